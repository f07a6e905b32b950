"""What a query says about itself: its ``#+`` lines.

They hold YAML, in the decorator syntax of grlc (https://github.com/CLARIAH/grlc): summary and description
in each language, and tags. They are comments to SPARQL.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from kg.errors import DataError


class Header(NamedTuple):
    """What the header of a query says; texts by language."""

    name: str
    summary: dict[str, str]
    description: dict[str, str]
    tags: tuple[str, ...]
    defaults: dict[str, Any]


def parse(query: str, name: str) -> Header:
    """Read the ``#+`` lines of a query.

    >>> parse("#+ summary: {zh: 淘宝村, en: Taobao villages}\\nASK {}", "x").summary
    {'zh': '淘宝村', 'en': 'Taobao villages'}

    Raises ``DataError`` when they are not the YAML they should be.
    """
    import yaml

    header = "\n".join(line[2:].removeprefix(" ") for line in query.splitlines() if line.startswith("#+"))
    try:
        fields = yaml.safe_load(header) or {}
        return Header(
            name,
            _by_language(fields.get("summary", "")),
            _by_language(fields.get("description", "")),
            tuple(_tags(fields.get("tags") or ())),
            dict(fields.get("defaults") or {}),
        )
    except (yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise DataError(
            f"the header of the query {name} is not as it should be: {reason}",
            hint="write '#+ summary: {zh: …, en: …}'",
        ) from None


def _by_language(value: Any) -> dict[str, str]:
    return {"en": value} if isinstance(value, str) else {str(k): str(v) for k, v in value.items()}


def _tags(value: str | Iterable[Any]) -> list[str]:
    return [value] if isinstance(value, str) else [str(tag) for tag in value]


def in_language(texts: dict[str, str], lang: str) -> str:
    """Return the text in a language, else in English, else any.

    >>> in_language({"zh": "淘宝村", "en": "Taobao villages"}, "fr")
    'Taobao villages'
    """
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")
