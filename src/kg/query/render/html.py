"""A table in HTML: labels link to nothing, the IRI is the cell's title, everything is escaped."""

from __future__ import annotations

from html import escape
from typing import IO, TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.query.render.table import numeric

if TYPE_CHECKING:
    from kg.query.results import Results


def write(results: Results, stream: IO[bytes], *, lang: str | None, width: int | None) -> None:
    """Write a ``table`` element, or a ``p`` for the answer of ASK."""
    if results.form == "boolean":
        stream.write(f"<p>{str(results.boolean).lower()}</p>\n".encode())
        return
    labels, flush = results.labels(lang), numeric(results)
    head = "".join(f"<th>{escape(column)}</th>" for column in results.columns)
    stream.write(f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n".encode())
    for row in results.cells():
        cells = []
        for term, right in zip(row, flush, strict=True):
            attributes = ' style="text-align: right"' if right else ""
            if isinstance(term, NamedNode):
                attributes += f' title="{escape(term.value)}"'
            elif isinstance(term, Literal) and term.language:
                attributes += f' lang="{escape(term.language)}"'
            cells.append(f"<td{attributes}>{escape(labels.text(term))}</td>")
        stream.write(f"<tr>{''.join(cells)}</tr>\n".encode())
    stream.write(b"</tbody>\n</table>\n")


WRITERS = {"html": write}
