"""A table for the terminal: labels, aligned by display width, numbers flush right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from kg.query.render.width import cut, pad, printable, width
from kg.query.terms import is_number

if TYPE_CHECKING:
    from kg.query.results import Results

GAP = "  "
#: A column that is cut below this is not read any more.
READABLE = 12
_MARKS = re.compile(r"(?:\[\^?\d+\] ?)*(?:\([\d,]+ of [\d,]+\))?")
#: No column is cut below this, however narrow the terminal.
NARROWEST = 6


def texts(results: Results, lang: str | None) -> list[list[str]]:
    """Return the cells as people read them, row by row."""
    labels = results.labels(lang)
    return [[printable(labels.text(term)) for term in row] for row in results.cells()]


def numeric(results: Results) -> list[bool]:
    """Return for each column whether all that is bound in it are numbers."""
    seen = [False] * len(results.columns)
    only = [True] * len(results.columns)
    for row in results.cells():
        for i, term in enumerate(row):
            if term is not None and only[i]:
                seen[i] = True
                only[i] = is_number(term)
    return [s and o for s, o in zip(seen, only, strict=True)]


def write(results: Results, stream: IO[bytes], *, lang: str | None, width: int | None) -> None:
    """Write the table; ``width`` is that of the terminal, to which the widest columns are cut.

    Where that would leave a column too little to be read, its cells go on in the line below.
    """
    if results.form == "boolean":
        stream.write(b"true\n" if results.boolean else b"false\n")
        return
    rows = texts(results, lang)
    full, flush = widths(list(results.columns), rows), numeric(results)
    fitted = fit(full, width, whole(rows, flush))
    if width is not None and any(
        cut_to < min(wide, READABLE) for cut_to, wide in zip(fitted, full, strict=True)
    ):
        from kg.query.render import wrapped

        wrapped.write(results, stream, lang=lang, columns=width)
        return
    lines = [list(results.columns), ["-" * w for w in fitted], *rows]
    for line in lines:
        cells = (pad(cut(t, w), w, right=r) for t, w, r in zip(line, fitted, flush, strict=True))
        stream.write((GAP.join(cells).rstrip() + "\n").encode())


def whole(rows: list[list[str]], numeric: list[bool]) -> list[bool]:
    """Return which columns are never cut: numbers, and those of footnotes. A piece of one is another."""
    return [number or all(_MARKS.fullmatch(row[i]) for row in rows) for i, number in enumerate(numeric)]


def widths(columns: list[str], rows: list[list[str]]) -> list[int]:
    """Return how wide each column is that cuts nothing."""
    widths = [width(column) for column in columns]
    for row in rows:
        for i, text in enumerate(row):
            if len(text) * 2 > widths[i] and (wide := width(text)) > widths[i]:
                widths[i] = wide
    return widths


def fit(
    widths: list[int], room: int | None, whole: Sequence[bool] = (), least: Sequence[int] = ()
) -> list[int]:
    """Cut the widest columns until the line fits, but for the ``whole`` ones, none below its ``least``.

    >>> fit([10, 40, 30], 64), fit([10, 40, 30], 64, [False, True, False])
    ([10, 25, 25], [10, 40, 10])
    >>> fit([10, 40, 30], 30, least=[8, 6, 6])
    [8, 9, 9]
    """
    if room is None:
        return widths
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - room
    fitted = list(widths)
    kept, floors = whole or [False] * len(widths), least or [NARROWEST] * len(widths)
    while excess > 0:
        free = ((w, -i) for i, w in enumerate(fitted) if not kept[i] and w > floors[i])
        _, widest = max(free, default=(0, 1))
        if widest > 0:
            break
        fitted[-widest] -= 1
        excess -= 1
    return fitted


WRITERS = {"table": write}
