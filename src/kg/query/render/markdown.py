"""A table in Markdown (GitHub Flavored Markdown, section 4.10)."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from kg.query.render.table import numeric, texts
from kg.query.render.table import write as write_table

if TYPE_CHECKING:
    from kg.query.results import Results


def write(results: Results, stream: IO[bytes], *, lang: str | None, width: int | None) -> None:
    """Write the table; numbers are flush right, and a bar in a cell is escaped."""
    if results.form == "boolean":
        write_table(results, stream, lang=lang, width=None)
        return
    rule = ["---:" if right else "---" for right in numeric(results)]
    for line in [list(results.columns), rule, *texts(results, lang)]:
        stream.write(("| " + " | ".join(map(_escape, line)) + " |\n").encode())


def escape_text(text: str) -> str:
    """Return a text as a paragraph that reads as it is: nothing in it is taken for a mark.

    >>> escape_text("*曹县* [1] <i>")
    '\\\\*曹县\\\\* \\\\[1\\\\] &lt;i>'
    """
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", text).replace("<", "&lt;")


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


WRITERS = {"md": write}
