"""``kg query``: parse, ask, render."""

from __future__ import annotations

import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from typing import IO

import click

from kg.ahead import Ahead
from kg.cli import location
from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import Dataset, is_name
from kg.errors import QueryError, UsageError
from kg.query import run
from kg.query.deadline import within
from kg.query.render import canonical, find
from kg.query.results import Results

#: Formats for people; the others are for machines, and are UTF-8 whatever the terminal speaks.
_FOR_PEOPLE = ("table", "vertical", "md", "html")
#: What sums up may sum up nothing.
_SUMS = ("COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT")
#: Rows at the most of what is held whole: a table for people, an answer with its evidence.
_MOST_ROWS = 200_000


@click.command("query", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("query", required=False, shell_complete=offer("complete_query"))
@click.option("--query-file", metavar="FILE", help="Read the SPARQL from a file; - is stdin.")
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=offer("complete_parameter"),
    help="Set a parameter: a label, code, pinyin or IRI. Repeat for several values.",
)
@location.options
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    shell_complete=offer("complete_format"),
    help="table, vertical, md, html, csv, tsv, json, xml, ttl, nt, nq, trig, rdf, jsonld; "
    "an extension or a media type will do.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write here, whole or not at all; the extension names the format."
)
@click.option("--lang", default="zh", show_default=True, help="Language of labels in tables.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Show at most N rows; say so if there are more."
)
@location.timeout_option
@click.option("--iris/--labels", default=False, help="Show IRIs, shortened, in tables instead of labels.")
@click.option("--vertical", is_flag=True, help="One value a line.")
@click.option(
    "--explain", is_flag=True, help="Say on stderr what is asked, its algebra and how long it took."
)
@click.option(
    "--cite", "cited", is_flag=True, help="Give every row its evidence: quote, speaker, article, place."
)
@click.option(
    "--cite-all",
    "cited_whole",
    is_flag=True,
    help="The same with every statement, where a table would show a few of the many that a row sums up.",
)
@click.option(
    "--cite-style",
    type=click.Choice(["bibtex", "csl-json", "footnote"]),
    help="Write the reference list of the answer, instead of the answer.",
)
@click.option(
    "--save-answer", metavar="FILE", help="Record query, data, rows and evidence here, for `kg rerun`."
)
@click.option("--why", is_flag=True, help="Say on stderr what each part of the pattern finds.")
@click.option(
    "--why-not",
    multiple=True,
    metavar="NAME=VALUE",
    help="Say why no row has this value in the column NAME. Repeat for several columns.",
)
@click.option("--exit-status", is_flag=True, help="Exit 1 when the answer is no: ASK false, or no rows.")
def command(
    query: str | None,
    query_file: str | None,
    params: tuple[str, ...],
    data: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    page: int | None,
    format_: str | None,
    output: str | None,
    lang: str,
    limit: int | None,
    timeout: float | None,
    iris: bool,
    vertical: bool,
    explain: bool,
    cited: bool,
    cited_whole: bool,
    cite_style: str | None,
    save_answer: str | None,
    why: bool,
    why_not: tuple[str, ...],
    exit_status: bool,
) -> int:
    """Answer QUERY: SPARQL, the name of a library query (see `kg queries`), or - for stdin.

    \b
    kg query taobao-villages
    kg query county-figures -p county=曹县
    kg query 'SELECT ?c ?name { ?c a kg:County ; rdfs:label ?name }' --format csv
    kg query county-figures -p county=曹县 --cite
    kg query 'ASK { id:caoxian-371721 a kg:County }' --exit-status
    cat question.rq | kg query - --data my-graph.ttl
    """
    if save_answer == "-" and not output:
        raise UsageError(
            "the answer and its record cannot both go to standard output",
            hint="give the answer a file: -o FILE",
        )
    cited |= cited_whole
    question = _question(query, query_file, data)
    values = _values(params)
    if vertical and format_:
        raise UsageError("--vertical is a format of its own", hint="leave out --format or --vertical")
    if cite_style and (vertical or format_):
        raise UsageError("--cite-style has a form of its own", hint="leave out --format and --vertical")
    named = os.path.splitext(output)[1] if output and not cite_style else ""
    wanted = "vertical" if vertical else format_ or named
    wanted = wanted and canonical(wanted)

    def answer(out: IO[bytes]) -> tuple[Results, str]:
        clock = [time.perf_counter()]
        dataset = location.opened(data, store, endpoint, page)
        said = list(dataset.notes)
        say(*said)
        text = dataset.text(question, values)
        if not is_name(question):
            say(*dataset.warnings(text))
        if why_not:
            from kg.cli.evidence import wanted as row

            missing.update(row(text, why_not))
        if cited or cite_style:
            from kg.cli.evidence import prepare

            Ahead(prepare)
        clock.append(time.perf_counter())
        results = run.evaluate(dataset.store, text, limit=limit)
        format = wanted or ("ttl" if results.form == "graph" else "table")
        find(format, results.form)  # a format that does not fit is refused before a row is fetched
        if limit is None and (format in _FOR_PEOPLE or cited or cite_style or save_answer):
            _bound(results)
        if exit_status:
            results.rows  # noqa: B018 -- fetched now, because a stream does not tell how many went by
        clock.append(time.perf_counter())
        width = (
            None if output or not sys.stdout.isatty() else os.get_terminal_size(sys.stdout.fileno()).columns
        )
        shown = None if iris else lang
        if save_answer:  # before the answer is shown: who reads it may stop reading
            from kg.cli.evidence import save

            save(results, save_answer, data or tuple(filter(None, (store, endpoint))))
        if cited or cite_style:
            from kg.cli.evidence import write_cited

            write_cited(results, out, format, style=cite_style, every=cited_whole, lang=shown, width=width)
        elif out is sys.stdout.buffer and format in _FOR_PEOPLE:
            # For people, so in the terminal's own encoding; what it cannot say is escaped.
            sys.stdout.write(results.render(format, lang=shown, width=width))
            sys.stdout.flush()
        else:
            results.write(out, format, lang=shown, once=not (exit_status or save_answer))
            out.flush()
        if format in _FOR_PEOPLE and not (cited or cite_style):
            _remark(results, shown)
        clock.append(time.perf_counter())
        say(*(note for note in dataset.notes if note not in said))
        if explain:
            _explain(text, dataset, clock)
        return results, format

    missing: dict[str, str] = {}
    began = time.monotonic()
    with _destination(output) as stream:
        results, format = within(timeout, lambda: answer(stream), size=len(question))
    if results.truncated:
        first = "row is" if limit == 1 else f"{limit} rows are"
        say(f"only the first {first} shown; raise --limit for more")
    if format in _FOR_PEOPLE and results.form == "graph" and not len(results):
        say("no rows")
    if why or missing or _may_be_nothing(results):
        from kg.cli.evidence import explain as explain_answer

        # The answer is out: an explanation that takes too long takes nothing from it.
        left = None if timeout is None else timeout - (time.monotonic() - began)
        explain_answer(results, why=why, why_not=missing, seconds=left)
    return 1 if exit_status and not results else 0


def _may_be_nothing(results: Results) -> bool:
    """Say whether an answer may be an empty one: without rows, or one row that sums up nothing."""
    if results.boolean or len(results) > 1:
        return False
    return not (results or results.went_by) or any(word in results.query.upper() for word in _SUMS)


def _bound(results: Results) -> None:
    """Fetch the rows of an answer that is held whole; refuse one that would fill the memory."""
    results.limit = _MOST_ROWS
    results.rows  # noqa: B018 -- fetched now, up to the limit
    if results.truncated:
        raise UsageError(
            f"the answer has more than {_MOST_ROWS:,} rows, too many for a table, a citation or a record",
            hint="give --limit N, or --format csv alone; does the query lack a join?",
        )
    results.limit = None


def _remark(results: Results, lang: str | None) -> None:
    """Say under a table which of its figures do not compare."""
    from kg.cite.observations import bound, figured

    if figured(results):
        from kg.cite.mixes import mixes

        say(*mixes(results.store, bound(results), results.labels(lang)))


def _destination(output: str | None) -> AbstractContextManager[IO[bytes]]:
    if output is None:
        return nullcontext(sys.stdout.buffer)
    from kg.files import replacing

    return replacing(output)


def _question(query: str | None, file: str | None, data: tuple[str, ...]) -> str:
    """Return the SPARQL text, or the name, that is asked."""
    if (query is None) == (file is None):
        what = "nothing is asked" if query is None else "two queries are given"
        raise UsageError(what, hint="give SPARQL, a name from kg queries, or --query-file FILE")
    if query is not None and query != "-":
        if not query.strip():
            raise UsageError("the query is empty", hint="give SPARQL or a name from kg queries")
        return _utf8(query.encode("utf-8", "surrogateescape"), "the query")
    source = file or "-"
    if source == "-":
        if "-" in data:
            raise UsageError("query and data cannot both come from stdin", hint="put one of them in a file")
        text = _utf8(sys.stdin.buffer.read(), "standard input")
    else:
        try:
            with open(source, "rb") as stream:
                text = _utf8(stream.read(), source)
        except OSError as error:
            raise UsageError(
                f"cannot read {source}: {error.strerror}", hint="give a file that holds SPARQL"
            ) from None
    # A text that looks like a name is still meant as SPARQL here: the space says so.
    return text + " "


def _utf8(text: bytes, source: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{source} is not UTF-8 (byte {error.start + 1})", hint="save it as UTF-8") from None


def _values(params: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{param!r} is no parameter", hint="write -p NAME=VALUE")
        values.setdefault(name.strip().lstrip("?$"), []).append(value)
    return values


def _explain(text: str, dataset: Dataset, clock: list[float]) -> None:
    from kg.query.plan import algebra

    steps = zip(("open", "ask", "answer and write"), clock, clock[1:], strict=False)
    times = ", ".join(f"{step} {(end - start) * 1000:.1f} ms" for step, start, end in steps)
    print(f"{text.strip()}\n\n{algebra(text, dataset.prefixes)}\n\n{times}", file=sys.stderr)
