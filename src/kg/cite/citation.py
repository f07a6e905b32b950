"""An answer with its evidence: footnotes, each a piece of evidence, and the footnotes of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, Triple

from kg.cite.box import MOST_WAYS
from kg.cite.derivation import Derivation
from kg.cite.lineage import Lineage, lineage
from kg.evidence import DERIVED, Evidence, EvidenceIndex
from kg.query.results import Results


@dataclass(frozen=True)
class Footnote:
    """A numbered piece of evidence, and the statements that were drawn from it."""

    number: int
    evidence: Evidence
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Citations:
    """The evidence of an answer: ``rows`` holds the numbers of each row's footnotes."""

    results: Results
    lineage: Lineage
    footnotes: tuple[Footnote, ...]
    rows: tuple[tuple[int, ...], ...]
    notes: tuple[str, ...]

    def evidence(self, row: int) -> list[Evidence]:
        """Return the evidence of a row, counted from 0, in the order of its footnotes."""
        return [self.footnotes[number - 1].evidence for number in self.rows[row]]


def cite(results: Results, *, lang: str = "zh", index: EvidenceIndex | None = None) -> Citations:
    """Find the evidence of every row of an answer; names are given in ``lang`` where they can be.

    An ``index`` of the same store, in its own language, saves reading again what it has read.

    A triple leads to the ``rdf:Statement`` about it, or, where its subject is itself a statement or an
    observation, to that. A label, a type or a code leads nowhere: nobody said it. Only a row that has no
    other evidence cites the spans that its triples describe.

    >>> from kg.query.run import evaluate
    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix prov: <http://www.w3.org/ns/prov#> .
    ...     @prefix oa: <http://www.w3.org/ns/oa#> .
    ...     <urn:obs> <urn:villages> 151 ; prov:wasDerivedFrom <urn:span> .
    ...     <urn:span> oa:hasSelector <urn:quote> . <urn:quote> oa:exact "151个"@zh .''')
    >>> cited = cite(evaluate(store, "SELECT ?n { ?s <urn:villages> ?n }"))
    >>> cited.rows, [footnote.evidence.exact for footnote in cited.footnotes]
    (((1,),), ['151个'])

    Raises ``QueryError`` for a query that cannot be cited, with the reason.
    """
    rows = None if results.form == "boolean" else [tuple(row) for row in results.cells()]
    traced = lineage(
        results.store,
        results.query,
        rows=rows,  # type: ignore[arg-type]
        columns=results.columns,
        whole=not results.truncated,
        prefixes=results.prefixes,
    )
    book = _Book(index or EvidenceIndex(results.store, lang))
    numbers = [book.numbers(derivation) for derivation in traced.derivations]
    return Citations(
        results,
        traced,
        tuple(book.footnotes),
        tuple(numbers),
        (*traced.notes, *_notes(results, traced, numbers)),
    )


class _Book:
    """Footnotes in the order in which rows call for them."""

    def __init__(self, index: EvidenceIndex) -> None:
        self.footnotes: list[Footnote] = []
        self._index = index
        self._places: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[int, ...]] = {}
        self._pieces: dict[tuple[Triple, tuple[NamedNode, ...]], list[Evidence]] = {}

    def numbers(self, derivation: Derivation) -> tuple[int, ...]:
        """Return the numbers of a row's footnotes; equal rows share their derivation, and its footnotes."""
        if id(derivation) not in self._known:
            found: set[Evidence] = set()
            for triple in derivation.triples:
                found.update(self._said(triple, derivation.found_in(triple)))
            if not found:
                spans = {span for triple in derivation.triples for span in self._index.spans(triple)}
                found = {piece for span in spans for piece in self._index.of(span)}
            ordered = sorted(found, key=lambda evidence: evidence.order)
            self._known[id(derivation)] = tuple(dict.fromkeys(self._number(piece) for piece in ordered))
        return self._known[id(derivation)]

    def _said(self, triple: Triple, graphs: tuple[NamedNode, ...]) -> list[Evidence]:
        if (triple, graphs) not in self._pieces:
            statements = self._index.statements(triple, graphs)
            found = (self._index.of(statement, beside=True, graphs=graphs) for statement in statements)
            self._pieces[triple, graphs] = [piece for pieces in found for piece in pieces]
        return self._pieces[triple, graphs]

    def _number(self, evidence: Evidence) -> int:
        """Number a piece of evidence; the same words of the same speaker are one footnote."""
        words = evidence[1:]  # all but the statement
        number = self._places.setdefault(words, len(self.footnotes) + 1)
        if number > len(self.footnotes):
            self.footnotes.append(Footnote(number, evidence, (evidence.statement,)))
        else:
            footnote = self.footnotes[number - 1]
            if evidence.statement not in footnote.statements:
                self.footnotes[number - 1] = replace(
                    footnote, statements=(*footnote.statements, evidence.statement)
                )
        return number


def _notes(results: Results, traced: Lineage, numbers: Sequence[tuple[int, ...]]) -> list[str]:
    notes = []
    cut = [derivation for derivation in traced.derivations if derivation.cut]
    if cut:
        rows = "1 row rests" if len(cut) == 1 else f"{len(cut):,} rows rest"
        notes.append(
            f"{rows} on more than is cited: up to {MOST_WAYS:,} ways of deriving a row are, "
            f"of {max(d.ways for d in cut):,} and perhaps more that there are"
        )
    if results.form == "graph":
        made = sum(not results.store.holds(Triple(*row)) for row in traced.rows)  # type: ignore[arg-type]
        if made:
            what = "1 triple is" if made == 1 else f"{made:,} triples are"
            notes.append(
                f"{what} made by the query and not stated in the graph: "
                "the evidence is that of what the query read"
            )
    bare = sum(not (row or d.cut) for row, d in zip(numbers, traced.derivations, strict=True))
    if bare and not any(True for _ in results.store.quads(None, DERIVED)):
        notes.append("this graph holds no evidence, so nothing is cited")
    elif bare:
        rows = "1 row rests" if bare == 1 else f"{bare:,} rows rest"
        notes.append(
            f"{rows} only on names, types, codes and the like, for which the graph holds no evidence"
        )
    return notes
