"""A table for a narrow terminal: what does not fit into a cell goes on in the line below."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import IO, TYPE_CHECKING

from kg.query.render import table
from kg.query.render.width import pad, width

if TYPE_CHECKING:
    from kg.query.results import Results

_NUMBER = re.compile(r"[0-9.,]+$")


def write(results: Results, stream: IO[bytes], *, lang: str | None, columns: int) -> None:
    """Write a table of at most so many columns; where its own do not fit, one value a line."""
    rows = table.texts(results, lang)
    flush = table.numeric(results)
    # A name of a column is broken where nothing else helps: 'measur' reads badly over its cells.
    names = [max(table.NARROWEST, min(width(name), table.READABLE)) for name in results.columns]
    widths = table.fit(table.widths(list(results.columns), rows), columns, table.whole(rows, flush), names)
    gap = table.GAP
    if sum(widths) + len(gap) * (len(widths) - 1) > columns:
        margin = max(map(width, results.columns), default=0) + len(gap)
        for number, row in enumerate(rows, 1):
            stream.write(f"-- {number} --\n".encode())
            for name, text in zip(results.columns, row, strict=True):
                first, *more = wrap(text, max(columns - margin, table.NARROWEST))
                lines = [pad(name, margin) + first, *(" " * margin + line for line in more)]
                stream.write("".join(f"{line.rstrip()}\n" for line in lines).encode())
        return
    for cells in [list(results.columns), ["-" * w for w in widths], *rows]:
        wrapped = [wrap(text, w) for text, w in zip(cells, widths, strict=True)]
        for line in zip_longest(*wrapped, fillvalue=""):
            padded = (pad(t, w, right=r) for t, w, r in zip(line, widths, flush, strict=True))
            stream.write((gap.join(padded).rstrip() + "\n").encode())


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns: at blanks where there are any, not in a number.

    >>> wrap("涌现了5425个淘宝村", 8)
    ['涌现了', '5425个淘', '宝村']
    >>> wrap("菏泽市曹县 Cao County", 12), wrap("", 5)
    (['菏泽市曹县', 'Cao County'], [''])
    >>> wrap("https://kg.example/id", 10)
    ['https://kg', '.example/i', 'd']
    """
    lines: list[str] = []
    rest = text
    while width(rest) > columns:
        end = taken = 0
        while end < len(rest) and taken + width(rest[end]) <= columns:
            taken += width(rest[end])
            end += 1
        end = max(end, 1)  # a character that is wider than the column stands alone
        blank = rest.rfind(" ", 0, end + 1)
        at = blank if blank > 0 else end
        if at == end and rest[end].isdigit() and (number := _NUMBER.search(rest, 0, end)):
            at = number.start() or end  # a number that is wider than the column is broken all the same
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*lines, rest] if rest or not lines else lines
