"""Traditional characters and the simplified ones they are written as now."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def simplified() -> dict[int, str]:
    """Return the table that folds traditional characters, for ``str.translate``.

    >>> "鄒城縣".translate(simplified())
    '邹城县'
    """
    _, *lines = (files("kg") / "traditional.csv").read_text("utf-8").splitlines()
    pairs = (line.split(",") for line in lines)
    return {ord(traditional): written for traditional, written in pairs}
