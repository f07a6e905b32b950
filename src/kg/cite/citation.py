"""An answer with its evidence: footnotes, each a piece of evidence, and the footnotes of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from kg.ahead import Ahead
from kg.cite.box import MOST_WAYS
from kg.cite.excerpt import Excerpt
from kg.cite.grounds import Asked, Grounds
from kg.cite.lineage import Lineage, lineage, verify
from kg.evidence import DERIVED, Evidence, EvidenceIndex
from kg.query.results import Results
from kg.store.local import LocalStore
from kg.store.protocol import Node


class Footnote(NamedTuple):
    """A numbered piece of evidence, and the statements that were drawn from it."""

    number: int
    evidence: Evidence
    statements: tuple[str, ...]


class Citations(NamedTuple):
    """The evidence of an answer: ``rows`` holds the numbers of each row's footnotes.

    ``excerpts`` says of each row how many statements it rests on, and how many of them are cited.
    """

    results: Results
    lineage: Lineage
    footnotes: tuple[Footnote, ...]
    rows: tuple[tuple[int, ...], ...]
    excerpts: tuple[Excerpt, ...]
    notes: tuple[str, ...]

    @property
    def cut(self) -> bool:
        """Whether some row rests on more statements than it cites."""
        return any(excerpt.cut for excerpt in self.excerpts)

    def nodes(self) -> set[NamedNode]:
        """Return what the answer is about, its figures among it; of one that is cut, what is cited."""
        if not self.cut:
            return self.lineage.nodes()
        return {node for e in self.excerpts for node in e.cited if isinstance(node, NamedNode)}

    def evidence(self, row: int) -> list[Evidence]:
        """Return the evidence of a row, counted from 0, in the order of its footnotes."""
        return [self.footnotes[number - 1].evidence for number in self.rows[row]]


def cite(
    results: Results, *, lang: str = "zh", index: EvidenceIndex | None = None, brief: bool = False
) -> Citations:
    """Find the evidence of every row of an answer; names are given in ``lang`` where they can be.

    An ``index`` of the same store, in its own language, saves reading again what it has read. With ``brief``
    rows that rest on many statements cite some of them, if the answer rests on more than a reader follows
    (`kg.cite.excerpt`); their lineage is whole all the same.

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
    here = isinstance(results.store, LocalStore)
    rows = None if results.form == "boolean" else [tuple(row) for row in results.cells()]
    traced = lineage(
        results.store,
        results.query,
        rows=rows,  # type: ignore[arg-type]
        columns=results.columns,
        whole=not results.truncated,
        prefixes=results.prefixes,
        verified=not here,
    )
    index = index or EvidenceIndex(results.store, lang)
    # Our engine lets other threads run while it reads: the lineage is verified meanwhile.
    verified = Ahead(partial(verify, results.store, traced)) if here else None
    index.meet({triple.subject for derivation in traced.derivations for triple in derivation.triples})
    grounds = Grounds(index, traced)
    excerpts = grounds.excerpts(brief)
    index.read(node for excerpt in excerpts for node in excerpt.cited)
    if verified:
        verified.result()
    book = _Book(index)
    numbers = [
        book.numbers(grounds.of(derivation), excerpt)
        for derivation, excerpt in zip(traced.derivations, excerpts, strict=True)
    ]
    return Citations(
        results,
        traced,
        tuple(book.footnotes),
        tuple(numbers),
        tuple(excerpts),
        (*traced.notes, *grounds.notes(excerpts), *_notes(results, traced, excerpts)),
    )


class _Book:
    """Footnotes in the order in which rows call for them."""

    def __init__(self, index: EvidenceIndex) -> None:
        self.footnotes: list[Footnote] = []
        self._index = index
        self._places: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[int, ...]] = {}

    def numbers(self, grounds: dict[Node, Asked], excerpt: Excerpt) -> tuple[int, ...]:
        """Return the numbers of a row's footnotes; equal rows share their grounds, and their footnotes."""
        if id(grounds) not in self._known:
            found = {
                piece
                for statement in excerpt.cited
                for beside, graphs in grounds[statement]
                for piece in self._index.of(statement, beside=beside, graphs=graphs)
            }
            ordered = sorted(found, key=lambda evidence: evidence.order)
            self._known[id(grounds)] = tuple(dict.fromkeys(self._number(piece) for piece in ordered))
        return self._known[id(grounds)]

    def _number(self, evidence: Evidence) -> int:
        """Number a piece of evidence; the same words of the same speaker are one footnote."""
        words = evidence[1:]  # all but the statement
        number = self._places.setdefault(words, len(self.footnotes) + 1)
        if number > len(self.footnotes):
            self.footnotes.append(Footnote(number, evidence, (evidence.statement,)))
        else:
            footnote = self.footnotes[number - 1]
            if evidence.statement not in footnote.statements:
                statements = (*footnote.statements, evidence.statement)
                self.footnotes[number - 1] = footnote._replace(statements=statements)
        return number


def _notes(results: Results, traced: Lineage, excerpts: Sequence[Excerpt]) -> list[str]:
    notes = []
    cut = [derivation for derivation in traced.derivations if derivation.cut]
    if cut:
        rows = "1 row" if len(cut) == 1 else f"{len(cut):,} rows"
        notes.append(
            f"{rows} may rest on more than is cited: up to {MOST_WAYS:,} ways of deriving a row are, "
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
    bare = [d for e, d in zip(excerpts, traced.derivations, strict=True) if not (e.rests_on or d.cut)]
    if bare and not any(True for _ in results.store.quads(None, DERIVED)):
        notes.append("this graph holds no evidence, so nothing is cited")
        return notes
    kinds = Counter(
        "only on statements without evidence, as names, types and codes are"
        if derivation.triples
        else ("on no statement" if derivation.ways else "on what the graph does not say: nothing is counted")
        for derivation in bare
    )
    for what, number in kinds.items():
        notes.append(f"{'1 row rests' if number == 1 else f'{number:,} rows rest'} {what}")
    return notes
