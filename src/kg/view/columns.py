"""Rows as columns: a page of 100,000 statements says each key once, not once a row."""

from __future__ import annotations

import json
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
    if all(isinstance(value, str | list) for value in values):
        # A list has no hash: its JSON stands for it.
        names = [value if isinstance(value, str) else json.dumps(value) for value in values]
        distinct = {name: i for i, name in enumerate(dict.fromkeys(names))}
        if REPEATED * len(distinct) <= len(values):
            first = dict(zip(reversed(names), reversed(values), strict=True))
            return {"distinct": [first[name] for name in distinct], "each": [distinct[n] for n in names]}
    return values
