"""The closed word lists that the rules share, kept in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """Return the word lists by section and name.

    >>> "研究院" in words()["organization"]["kg:Institution"]
    True
    """
    sections = tomllib.loads((files("kg.ingest") / "words.toml").read_text(encoding="utf-8"))
    return {
        section: {name: text.split() for name, text in lists.items()} for section, lists in sections.items()
    }
