"""Rows as columns: a page of 100,000 statements says each key once, not once a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: A column of so many equal texts refers to them by number.
REPEATED = 3


def columns(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return rows as columns for JSON; ``rowsOf`` in the page's script makes rows of them again.

    A column is a list, with null where a row has no such key, or one of three shorter things: ``{"from": 0}``
    counts up; ``{"distinct": […], "each": […]}`` names a value by its number; ``{"rows": […], "column": …}``
    holds what only some rows have.

    >>> columns([{"id": 0, "s": 5}, {"id": 1, "s": 7, "by": "李涛"}, {"id": 2, "s": 5}])
    {'length': 3, 'columns': {'id': {'from': 0}, 's': [5, 7, 5], 'by': {'rows': [1], 'column': ['李涛']}}}
    >>> columns([{"kind": "dot"}] * 3)
    {'length': 3, 'columns': {'kind': {'distinct': ['dot'], 'each': [0, 0, 0]}}}
    """
    keys = dict.fromkeys(key for row in rows for key in row)
    return {"length": len(rows), "columns": {key: _column([row.get(key) for row in rows]) for key in keys}}


def _column(values: list[Any]) -> Any:
    filled = [i for i, value in enumerate(values) if value is not None]
    if 2 * len(filled) < len(values):
        return {"rows": filled, "column": _column([values[i] for i in filled])}
    if values == list(range(len(values))) and len(values) > 1:
        return {"from": 0}
    # A list has no hash, a tuple has.
    names = [tuple(value) if isinstance(value, list) else value for value in values]
    if all(isinstance(name, str) or (isinstance(name, tuple) and _texts(name)) for name in names):
        distinct = {name: i for i, name in enumerate(dict.fromkeys(names))}
        if REPEATED * len(distinct) <= len(values):
            shown = [list(name) if isinstance(name, tuple) else name for name in distinct]
            return {"distinct": shown, "each": [distinct[name] for name in names]}
    return values


def _texts(values: tuple[Any, ...]) -> bool:
    return all(isinstance(value, str) for value in values)
