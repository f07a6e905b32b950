"""What ``kg query`` adds to an answer: its evidence, its record, and why it is as it is."""

from __future__ import annotations

import sys
from typing import IO

from kg.cli.say import say
from kg.errors import UsageError
from kg.query.results import Results

_FOR_PEOPLE = ("table", "vertical", "md", "html")


def write_cited(
    results: Results, out: IO[bytes], format: str, *, style: str | None, lang: str | None, width: int | None
) -> None:
    """Write a cited answer, or with ``style`` its reference list alone."""
    from io import BytesIO

    from kg.cite.citation import cite
    from kg.cite.mixes import mixes
    from kg.cite.render import footnotes, write
    from kg.cite.styles import write_references

    citations = cite(results, lang=lang or "zh")
    said = [*mixes(results.store, citations.lineage.nodes(), results.labels(lang)), *citations.notes]
    if style:
        text = write_references(citations, style).encode()
    else:
        stream = BytesIO()
        write(citations, stream, format, notes=said, lang=lang, width=width)
        text = stream.getvalue()
    if out is sys.stdout.buffer and format in _FOR_PEOPLE:
        sys.stdout.write(text.decode())
        sys.stdout.flush()
    else:
        out.write(text)
        out.flush()
    if style or format not in _FOR_PEOPLE:
        say(*said)
        if results.form == "boolean" and not style:
            say(*(line for line in footnotes(citations) if line))


def explain(results: Results, *, empty: bool, why: bool, why_not: tuple[str, ...]) -> None:
    """Say on stderr why the answer is empty, what its parts find, why a row is not in it."""
    from kg.explain.absent import why_not as why_absent
    from kg.explain.empty import counts, why_empty

    if results.form == "graph":
        return
    if empty:
        say(*(["no rows"] if results.form == "solutions" else []))
        say(*why_empty(results.store, results.query, results.prefixes))
    if why:
        say(*counts(results.store, results.query, results.prefixes))
    if why_not and results.form != "solutions":
        raise UsageError("--why-not asks for a row, and only a SELECT has rows", hint="write it as SELECT")
    if why_not:
        say(*why_absent(results.store, results.query, results.prefixes, _wanted(why_not)))


def _wanted(pairs: tuple[str, ...]) -> dict[str, str]:
    wanted = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{pair!r} names no value", hint="write --why-not NAME=VALUE")
        wanted[name.strip().lstrip("?$")] = value
    return wanted


def save(results: Results, file: str, data: tuple[str, ...]) -> None:
    """Record an answer in a file, or write the record to standard output for ``-``."""
    from kg.cite.manifest import doubts, record
    from kg.files import replacing

    text = record(results, data=data)
    say(*doubts(results, data))
    if file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    with replacing(file) as stream:
        stream.write(text.encode())
