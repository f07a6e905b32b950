"""What ``kg query`` adds to an answer: its evidence, its record, and why it is as it is."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import IO

from pyoxigraph import Literal

from kg.cli.say import say
from kg.errors import QueryTimeout, UsageError
from kg.query.results import Results

#: What is said of an answer comes within so many seconds of it.
_SECONDS = 5.0
_FOR_PEOPLE = ("table", "vertical", "md", "html")


def prepare() -> None:
    """Import what a cited answer takes, while the engine works on the answer."""
    import kg.cite.citation
    import kg.cite.mixes
    import kg.cite.render  # noqa: F401


def write_cited(
    results: Results,
    out: IO[bytes],
    format: str,
    *,
    style: str | None,
    every: bool,
    lang: str | None,
    width: int | None,
) -> None:
    """Write a cited answer, or with ``style`` its reference list alone.

    What people read cites some statements of rows that rest on very many, unless it is to cite ``every`` one.
    """
    from io import BytesIO

    from kg.cite.citation import cite
    from kg.cite.mixes import mixes
    from kg.cite.render import footnotes, write

    brief = format in _FOR_PEOPLE and not (style or every)
    citations = cite(results, lang=lang or "zh", brief=brief)
    said = [*mixes(results.store, citations.nodes(), results.labels(lang)), *citations.notes]
    if citations.cut:
        said.append(
            "what does not compare is said of the cited statements; --cite-all cites every one, "
            "and csv, tsv, json and xml always do"
        )
    if style:
        from kg.cite.styles import write_references

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


def wanted(query: str, pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the row that --why-not asks for, by columns that the query has."""
    from kg.explain.absent import check_wanted

    asked = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageError(f"{pair!r} names no value", hint="write --why-not NAME=VALUE")
        asked[name.strip().lstrip("?$")] = value.strip()
    if asked:
        check_wanted(query, asked)
    return asked


def explain(results: Results, *, why: bool, why_not: Mapping[str, str], seconds: float | None = None) -> None:
    """Say on stderr why the answer is empty, what its parts find, why a row is not in it.

    All of it takes at most ``seconds``; without, as long as an explanation may.
    """
    from kg.query.deadline import within

    end = monotonic() + min(_SECONDS, _SECONDS if seconds is None else seconds)
    size = len(results.query)
    with suppress(QueryTimeout):  # whether it is empty was not found in time
        found = within(max(0.01, end - monotonic()), lambda: _found(results), size=size)
        if found == "nothing" and not (results.store.small or why):
            nothing = "false" if results.form == "boolean" else "no rows"
            say(f"{nothing}; --why looks for the reason, which takes a while on a large store or an endpoint")
        elif found == "nothing" or (found == "no sum" and (results.store.small or why)):
            _explain_empty(results, end, summed=found == "no sum")
    asked = (results.store, results.query, results.prefixes)
    if why:
        from kg.explain.empty import counts

        say(*counts(*asked, seconds=end - monotonic()))
    if why_not:
        from kg.explain.absent import why_not as why_absent

        say(*why_absent(*asked, why_not, seconds=end - monotonic()))


def _explain_empty(results: Results, end: float, *, summed: bool) -> None:
    from kg.explain.empty import why_empty

    if results.form == "solutions" and not summed:
        say("no rows")
    say(*why_empty(results.store, results.query, results.prefixes, seconds=end - monotonic()))


def _found(results: Results) -> str:
    """Say what was found: ``nothing``, ``no sum`` but of nothing, or something.

    A row that was streamed is gone: where it costs little it is asked for again.
    """
    if results.went_by and not results.store.small:
        return "something"
    if results.went_by:
        from kg.query.run import evaluate

        results = evaluate(results.store, results.query, limit=1)
    if not results:
        return "nothing"
    return "no sum" if _sums(results) else "something"


def _sums(results: Results) -> bool:
    """Say whether the one row of an answer sums up nothing."""
    if results.form != "solutions" or len(results) > 1:
        return False
    if any(term is not None and term != Literal(0) for row in results.cells() for term in row):
        return False
    from kg.explain.clauses import hollow
    from kg.query.engine import Engine

    return hollow(Engine(results.store, results.prefixes), results.query)


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
