"""One value a line, for rows that are wider than a terminal."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from kg.query.render.table import texts
from kg.query.render.table import write as write_table
from kg.query.render.width import pad, width

if TYPE_CHECKING:
    from kg.query.results import Results


def write(results: Results, stream: IO[bytes], *, lang: str | None, width: int | None) -> None:
    """Write each row as a block of ``column  value`` lines."""
    if results.form == "boolean":
        write_table(results, stream, lang=lang, width=None)
        return
    margin = _margin(results.columns)
    for number, row in enumerate(texts(results, lang), 1):
        lines = [f"-- {number} --"]
        lines += [
            f"{pad(column, margin)}  {text}".rstrip()
            for column, text in zip(results.columns, row, strict=True)
        ]
        stream.write(("\n".join(lines) + "\n").encode())


def _margin(columns: tuple[str, ...]) -> int:
    return max(map(width, columns), default=0)


WRITERS = {"vertical": write}
