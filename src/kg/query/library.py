"""The query library: ``queries/*.rq``, each a question that documents itself.

A file is valid SPARQL as it stands. Lines that begin with ``#+`` hold YAML (the decorator syntax of
grlc, https://github.com/CLARIAH/grlc): summary and description in each language, and tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError, UnknownName
from kg.resources import resource

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class Description:
    """What the header of a query says; texts by language."""

    name: str
    summary: dict[str, str]
    description: dict[str, str]
    tags: tuple[str, ...]
    defaults: dict[str, Any]


def folder() -> Path:
    """Return the folder of the shipped queries."""
    return resource("queries")


def names() -> list[str]:
    """Return the names of all queries, sorted."""
    return sorted(path.stem for path in folder().glob("*.rq"))


def text(name: str) -> str:
    """Return the SPARQL text of a named query.

    Raises ``UnknownName`` with the near names.
    """
    path = folder() / f"{name}.rq"
    if not _NAME.match(name) or not path.is_file():
        from difflib import get_close_matches

        near = get_close_matches(name, names(), n=3, cutoff=0.5)
        raise UnknownName(f"no query named {name!r}", near=near, hint="" if near else "kg queries lists them")
    return path.read_text(encoding="utf-8")


def describe(name: str) -> Description:
    """Return what the header of a named query says."""
    return parse_header(text(name), name)


def parse_header(query: str, name: str) -> Description:
    """Read the ``#+`` lines of a query.

    >>> parse_header("#+ summary: {zh: 淘宝村, en: Taobao villages}\\nASK {}", "x").summary
    {'zh': '淘宝村', 'en': 'Taobao villages'}

    Raises ``DataError`` when they are not the YAML they should be.
    """
    import yaml

    header = "\n".join(line[2:].removeprefix(" ") for line in query.splitlines() if line.startswith("#+"))
    try:
        fields = yaml.safe_load(header) or {}
        return Description(
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
