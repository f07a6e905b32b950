"""CSV (RFC 4180): one row a statement."""

from __future__ import annotations

import csv
import io
from typing import IO

from kg.graph.selection import Selection
from kg.graph.table import COLUMNS, rows


def write(selection: Selection, stream: IO[bytes], format: str = "csv") -> None:
    """Write CSV with a byte order mark, without which Excel takes Chinese for Latin-1."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for row in rows(selection.network):
        table.writerow({key: _cell(value) for key, value in row.items()})
    stream.write(text.getvalue().encode("utf-8-sig", "replace"))


def _cell(value: object) -> object:
    """Return a value that a spreadsheet takes as data: a text must not start a formula (OWASP CSV injection).

    >>> _cell("=1+1"), _cell(-1)
    ("'=1+1", -1)
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
