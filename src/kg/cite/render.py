"""Write a cited answer in any format of `kg.query.render`.

For people the table gains a column of footnote numbers, and the footnotes follow it; "(3 of 14)" behind the
numbers of a row says that it rests on more statements than it cites. For machines
(csv, tsv, json, xml) it gains the columns of ``COLUMNS``, of which those with several pieces of
evidence hold one after the other, separated by ``SEPARATOR``, in the same order in each column; a bar
or a backslash in one of them stands behind a backslash.

The RDF formats gain the statements of the graph that carry its triples, with their spans. No page
states a triple that the query made: it gains a statement of its own, from which
``prov:wasInfluencedBy`` leads to those that it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.cite.citation import Citations, Footnote
from kg.errors import QueryError
from kg.evidence import Evidence
from kg.namespaces import OA, PROV, RDF
from kg.query.render import canonical, find
from kg.query.render.markdown import escape_text
from kg.query.render.width import printable
from kg.query.results import Results, Row
from kg.store.protocol import Store, Term

#: The columns that cited machine formats add, in order.
COLUMNS = (
    "evidence_quote",
    "evidence_speaker",
    "evidence_article",
    "evidence_source",
    "evidence_start",
    "evidence_end",
    "evidence_statement",
)
SEPARATOR = " | "
_FOR_PEOPLE = ("table", "vertical", "md", "html")


def write(
    citations: Citations,
    stream: IO[bytes],
    format: str = "table",
    *,
    notes: Sequence[str] | None = None,
    lang: str | None = "zh",
    width: int | None = None,
) -> None:
    """Write the answer with its evidence to a binary stream, and under it ``notes``, or else its own."""
    name = canonical(format)
    answer = citations.results
    people = name in _FOR_PEOPLE
    cited = _Cited(citations, _marks(citations, name) if people else _cells(citations), people)
    if name == "html":
        stream.write(_linked(cited.render(name, lang=lang)).encode())
    else:
        find(name, answer.form)(cited, stream, lang=lang, width=width)
    said = citations.notes if notes is None else notes
    if name == "html":
        stream.write(_html_notes(citations, said).encode())
    elif people:
        lines = [*footnotes(citations, name), *remarks(said)]
        stream.write("".join(f"{line}\n" for line in lines).encode())


def footnotes(citations: Citations, format: str = "table") -> Iterator[str]:
    """Yield the lines that follow a table: an empty one, then each footnote."""
    if citations.footnotes:
        yield ""
    for footnote in citations.footnotes:
        text = " ".join(printable(words(footnote.evidence)).split())
        if format == "md":
            yield f"[^{footnote.number}]: {escape_text(text)}"
        else:
            yield f"[{footnote.number}] {text}"


def remarks(notes: Sequence[str]) -> Iterator[str]:
    """Yield the lines that say what a reader has to know of an answer."""
    if notes:
        yield ""
    for note in notes:
        yield f"Note: {note}."


def words(evidence: Evidence) -> str:
    """Return a piece of evidence in one line: the quote, who says it, where it stands.

    >>> words(Evidence("urn:st", "urn:a#char=3,9", exact="突破167亿元", speaker="李某",
    ...     headline="电商之县", publication="某报", date="2021-06", start=3, end=9))
    '“突破167亿元” 李某, 《电商之县》, 某报, 2021-06, characters 3-9'
    """
    gives = f"({evidence.gives}) " if evidence.gives else ""
    quote = f"“{evidence.exact}” {gives}" if evidence.exact else ""
    speaker = f"{evidence.speaker} ({evidence.modality})" if evidence.modality else evidence.speaker
    publication = evidence.publication or evidence.source_label
    # Of words that no article has the source is told: a page of the paper.
    page = evidence.source_label if evidence.exact and publication != evidence.source_label else ""
    title = f"《{evidence.headline}》" if evidence.headline else page
    place = f"characters {evidence.start}-{evidence.end}" if evidence.start is not None else ""
    parts = [speaker.strip(), title, publication, evidence.date, place]
    return quote + ", ".join(part for part in parts if part)


def numbers(row: tuple[int, ...], mark: str = "[{}]") -> str:
    """Write footnote numbers, runs of three and more as a range.

    >>> numbers((1, 2, 5, 6, 7, 8))
    '[1] [2] [5]-[8]'
    """
    runs: list[list[int]] = []
    for number in sorted(row):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = []
    for run in runs:
        if len(run) > 2 and mark == "[{}]":
            texts.append(f"{mark.format(run[0])}-{mark.format(run[-1])}")
        else:
            texts += [mark.format(number) for number in run]
    return " ".join(texts)


def _refuse_own(columns: Sequence[str], more: Sequence[str]) -> None:
    """Refuse an answer that has a column of the name of one that is added."""
    if taken := [name for name in columns if name in more]:
        raise QueryError(
            f"the answer has a column {taken[0]!r}, and so has its evidence",
            hint=f"name it otherwise: SELECT (?{taken[0]} AS ?other)",
        )


class _Cited(Results):
    """An answer with more columns, for the writers of plain answers."""

    def __init__(
        self, citations: Citations, more: tuple[tuple[str, ...], list[tuple[str, ...]]], people: bool
    ):
        answer = citations.results
        self.__dict__.update(answer.__dict__)
        self._plain = answer
        self._more = more[1]
        if answer.form == "solutions" or (answer.form == "graph" and people):
            _refuse_own(answer.columns, more[0])
            self.columns = (*answer.columns, *more[0])
        self._statements = [] if people else sorted(set(_statements(citations)), key=str)

    @property
    def rows(self) -> list[Row]:
        rows = self._plain.rows
        return [*rows, *self._statements] if self.form == "graph" else rows

    def cells(self) -> Iterator[tuple[Term | None, ...]]:
        for row, more in zip(self._plain.cells(), self._more, strict=True):
            yield (*row, *(Literal(text) if text else None for text in more))


def _marks(citations: Citations, format: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    mark = "[^{}]" if format == "md" else "[{}]"
    return ("evidence",), [
        (numbers(row, mark) + (f" ({len(e.cited):,} of {e.rests_on:,})" if e.cut else ""),)
        for row, e in zip(citations.rows, citations.excerpts, strict=True)
    ]


def _cells(citations: Citations) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    return COLUMNS, [
        tuple(
            SEPARATOR.join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
            for cells in zip(*(_fields(citations.footnotes[n - 1]) for n in row), strict=True)
        )
        or ("",) * len(COLUMNS)
        for row in citations.rows
    ]


def _fields(footnote: Footnote) -> tuple[str, ...]:
    evidence = footnote.evidence
    start, end = ("" if at is None else str(at) for at in (evidence.start, evidence.end))
    article = evidence.headline or evidence.article
    statements = " ".join(footnote.statements)
    return (evidence.exact, evidence.speaker, article, evidence.source, start, end, statements)


def _statements(citations: Citations) -> Iterator[Triple]:
    """Yield the graph's own statements of the triples of a CONSTRUCT or DESCRIBE, with their spans."""
    if citations.results.form != "graph":
        return
    store = citations.results.store
    for row, numbered in zip(citations.lineage.rows, citations.rows, strict=True):
        footnotes = [citations.footnotes[number - 1] for number in numbered]
        for footnote in footnotes:
            for iri in (*footnote.statements, footnote.evidence.span):
                yield from _whole(store, iri)
        if footnotes and not store.holds(Triple(*row)):  # type: ignore[arg-type]
            yield from _made(row, {iri for footnote in footnotes for iri in footnote.statements})


def _made(row: Sequence[Term | None], statements: set[str]) -> Iterator[Triple]:
    """Yield a statement about a triple that a query made, which leads to those that it was made from."""
    from kg.identifiers import content_id

    node = NamedNode(content_id("made", *map(str, row)))
    yield Triple(node, NamedNode(RDF + "type"), NamedNode(RDF + "Statement"))
    for name, term in zip(("subject", "predicate", "object"), row, strict=True):
        yield Triple(node, NamedNode(RDF + name), term)  # type: ignore[arg-type]
    for iri in statements:
        if iri and not iri.startswith("_:"):
            yield Triple(node, NamedNode(PROV + "wasInfluencedBy"), NamedNode(iri))


def _whole(store: Store, iri: str) -> Iterator[Triple]:
    """Yield what the graph says of a statement or a span, its quote and position included."""
    if not iri or iri.startswith("_:"):
        return
    for quad in store.quads(NamedNode(iri)):
        yield quad.triple
        if quad.predicate.value == OA + "hasSelector" and isinstance(quad.object, NamedNode | BlankNode):
            yield from (selected.triple for selected in store.quads(quad.object))


def _linked(table: str) -> str:
    """Link the numbers of the last column to the footnotes."""
    link = r'<a href="#evidence-\1">[\1]</a>'
    last = re.compile(r"<td>(?:\[\d+\][ -]?)+(?:\([\d,]+ of [\d,]+\))?</td></tr>")
    return last.sub(lambda cell: re.sub(r"\[(\d+)\]", link, cell.group()), table)


def _html_notes(citations: Citations, said: Sequence[str]) -> str:
    from html import escape

    items = (
        f'<li id="evidence-{footnote.number}">{escape(words(footnote.evidence))}</li>\n'
        for footnote in citations.footnotes
    )
    return f"<ol>\n{''.join(items)}</ol>\n" + "".join(f"<p>{escape(note)}.</p>\n" for note in said)
