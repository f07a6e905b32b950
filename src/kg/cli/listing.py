"""What the commands that list something share: their options, and how they write."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

import click

from kg.cli import location
from kg.cli.offer import offer
from kg.files import replacing
from kg.query.render import canonical, find
from kg.query.results import Results

FOR_PEOPLE = ("table", "vertical", "md", "html")


def listing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--data`` and its like, ``--format``, ``--output`` and ``--lang`` to a command."""
    for option in (
        click.option("--lang", default="zh", show_default=True, help="Language of labels."),
        click.option("-o", "--output", metavar="FILE", help="Write here, whole or not at all."),
        click.option(
            "--format", "format_", metavar="FORMAT", shell_complete=offer("complete_format"),
            help="table, vertical, md, html, csv, tsv, json, xml; what is told in words without: text.",
        ),
    ):  # fmt: skip
        command = option(command)
    return location.asking(command)


def chosen(format_: str | None, output: str | None) -> str:
    """Return the format that is asked for, by name or by the output's extension."""
    extension = Path(output).suffix if output else ""
    return canonical(format_ or extension or "table")


def tell(lines: Iterable[str], listing: Results, format_: str | None, output: str | None, lang: str) -> None:
    """Write an answer in words, or, where a format is asked for, as the listing of the same."""
    if format_ not in (None, "text") or output:
        write(listing, format_ if format_ != "text" else None, output, lang)
    else:
        put(sys.stdout.buffer, "".join(f"{line}\n" for line in lines), people=True)


def write(listing: Results, format_: str | None, output: str | None, lang: str) -> None:
    """Write a listing to a file or to standard output."""
    format = chosen(format_, output)
    find(format, listing.form)
    with replacing(output) if output else nullcontext(sys.stdout.buffer) as stream:
        put(stream, listing.render(format, lang=lang), people=format in FOR_PEOPLE)


def put(stream: IO[bytes], text: str, *, people: bool) -> None:
    """Write text: to a terminal in its own encoding, elsewhere in UTF-8."""
    if people and stream is sys.stdout.buffer:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        stream.write(text.encode())
        stream.flush()
