"""What the commands that list something share: their options, and how they write."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import click

from kg.cli import location
from kg.cli.offer import offer
from kg.cli.say import say
from kg.evidence import holds_evidence
from kg.files import replacing
from kg.query.render import canonical, find
from kg.query.render.width import printable
from kg.query.results import Results
from kg.store import Store

FOR_PEOPLE = ("table", "vertical", "md", "html")


def listing_options(command: Callable[..., Any], *, more: str = "") -> Callable[..., Any]:
    """Add ``--data`` and its like, ``--timeout``, ``--format``, ``--output`` and ``--lang``.

    ``more`` names more formats.
    """
    return location.timed(location.asking(format_options(command, more=more)))


def format_options(command: Callable[..., Any], *, more: str = "") -> Callable[..., Any]:
    """Add ``--format``, ``--output`` and ``--lang`` to a command."""
    for option in (
        click.option("--lang", default="zh", show_default=True, help="Language of labels."),
        click.option(
            "-o", "--output", metavar="FILE",
            help="Write here, whole or not at all; the extension names the format.",
        ),
        click.option(
            "--format", "format_", metavar="FORMAT", shell_complete=offer("complete_format"),
            help=f"text (as without), table, vertical, md, html, csv, tsv, json, xml{more}.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def chosen(format_: str | None, output: str | None) -> str:
    """Return the format that is asked for, by name or by the output's extension."""
    extension = Path(output).suffix if output else ""
    return "table" if format_ == "text" else canonical(format_ or extension or "table")


def tell(lines: Iterable[str], listing: Results, format_: str | None, output: str | None, lang: str) -> None:
    """Write an answer in words, or, where a format is asked for, as the listing of the same."""
    if format_ == "text" or not (format_ or output):
        text = "".join(f"{printable(line)}\n" for line in lines)
        with replacing(output) if output else nullcontext(sys.stdout.buffer) as stream:
            put(stream, text, people=True)
    else:
        write(listing, format_, output, lang)


def write(listing: Results, format_: str | None, output: str | None, lang: str) -> None:
    """Write a listing to a file or to standard output."""
    format = chosen(format_, output)
    find(format, listing.form)
    text = rendered(listing, format, lang, None if output else columns())
    with replacing(output) if output else nullcontext(sys.stdout.buffer) as stream:
        put(stream, text, people=format in FOR_PEOPLE)


def rendered(listing: Results, format: str, lang: str, room: int | None) -> str:
    """Return a listing as text; a table that is wider than the terminal has its cells wrapped, not cut."""
    if format != "table" or room is None or listing.form != "solutions":
        return listing.render(format, lang=lang)
    from kg.query.render import wrapped

    stream = BytesIO()
    wrapped.write(listing, stream, lang=lang, columns=room)
    return stream.getvalue().decode()


def mention_evidence(store: Store) -> None:
    """Say so where a graph holds no evidence at all: that nothing is quoted says nothing of the facts."""
    if not holds_evidence(store):
        say("this graph holds no evidence: what it says is told without a source")


def columns() -> int | None:
    """Return how wide the terminal is, or ``COLUMNS``; ``None`` where neither says."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size().columns
    return None


def put(stream: IO[bytes], text: str, *, people: bool) -> None:
    """Write text: to a terminal in its own encoding, elsewhere in UTF-8."""
    if people and stream is sys.stdout.buffer:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        stream.write(text.encode())
        stream.flush()
