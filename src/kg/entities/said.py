"""All that a graph says, fact by fact: the value, what qualifies it, and the words that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.entities.blank import BlankNames
from kg.entities.describe import period
from kg.evidence import DERIVED, OBJECT, PREDICATE, SUBJECT, Evidence, EvidenceIndex
from kg.namespaces import KG, OA, PROV, SCHEMA
from kg.query.run import known_prefixes
from kg.query.terms import Labels
from kg.store.protocol import Node, Store, Term

_ABOUT, _MEASURE = NamedNode(SCHEMA + "observationAbout"), NamedNode(SCHEMA + "variableMeasured")
_VALUES = [SCHEMA + name for name in ("value", "minValue", "maxValue")]
_SPANS = {NamedNode(OA + name) for name in ("hasSelector", "hasSource", "exact", "start")}
_WORDS = {DERIVED, NamedNode(KG + "periodIn"), NamedNode(KG + "speakerIn")}
#: What of a figure is told elsewhere than beside it: what it is of, its value, its period, its words.
_APART = {_ABOUT, _MEASURE, *_WORDS} | {
    NamedNode(SCHEMA + name) for name in ("value", "startDate", "endDate", "observationDate")
}
#: What qualifies a statement, as it is called in every listing; the rest goes by its label.
_ASPECTS = {
    PROV + "wasAttributedTo": "speaker",
    KG + "modality": "modality",
    SCHEMA + "measurementQualifier": "qualifier",
    SCHEMA + "unitCode": "unit",
    SCHEMA + "minValue": "minimum",
    SCHEMA + "maxValue": "maximum",
}
#: Where facts belong that no page states.
BACKGROUND = "background"


class Told(NamedTuple):
    """Something as it is compared (``exact``) and as people read it (``words``)."""

    exact: str
    words: str


_YES, _NO = Told("yes", "yes"), Told("no", "no")


@dataclass(frozen=True)
class Fact:
    """What is said once: a value of a subject, with what qualifies it and what it rests on."""

    subject: str
    relation: str
    value: Told
    article: str
    period: str = ""
    aspects: tuple[tuple[str, Told], ...] = ()
    evidence: frozenset[Told] = frozenset()

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells this fact from others of its subject and property, whatever labels they bear."""
        aspects = tuple((name, told.exact) for name, told in self.aspects)
        return self.value.exact, self.period, aspects, frozenset(told.exact for told in self.evidence)

    def aspect(self, name: str) -> Told:
        """Return what qualifies it under a name, empty where nothing does."""
        return dict(self.aspects).get(name, Told("", ""))


def said(store: Store, *, lang: str = "zh") -> dict[tuple[str, str], list[Fact]]:
    """Return the facts of a graph by subject and property, or by entity and measure.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:cao> <urn:villages> 151 ; <urn:post> [ <urn:of> <urn:li> ] .")
    >>> [(fact.relation, fact.value.words) for facts in said(store).values() for fact in facts]
    [('<urn:post>', '[<urn:of> <urn:li>]'), ('<urn:villages>', '151')]
    """
    return _Reader(store, lang).facts()


class _Reader:
    """Read the facts of one graph."""

    def __init__(self, store: Store, lang: str) -> None:
        self._store = store
        self._labels = Labels(store, known_prefixes(store), lang)
        self._index = EvidenceIndex(store, lang)
        self._names = BlankNames(store.quads())

    def facts(self) -> dict[tuple[str, str], list[Fact]]:
        stating = self._stating()
        statements = {node for nodes in stating.values() for node in nodes}
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        nodes = {quad.subject for quad in self._store.quads()} - statements
        for node in sorted(nodes, key=self._names.text):
            own = list(self._store.quads(node))
            names = {quad.predicate for quad in own}
            if names & _SPANS:
                continue
            if _ABOUT in names and _MEASURE in names:
                key, fact = self._figure(node, own)
                found[key].append(fact)
            elif node not in self._names.anchored:  # what hangs on an IRI is told where it hangs
                for triple in sorted({quad.triple for quad in own}, key=self._names.line):
                    found[self._key(triple)] += self._told(triple, stating.pop(triple, []), asserted=True)
        for triple, nodes_ in stating.items():
            asserted = any(True for _ in self._store.quads(*triple))
            found[self._key(triple)] += self._told(triple, nodes_, asserted=asserted)
        return {key: _merged(facts) for key, facts in found.items()}

    def _stating(self) -> dict[Triple, list[Node]]:
        """Return the statements of each triple that has any."""
        found: dict[Triple, list[Node]] = defaultdict(list)
        for quad in self._store.quads(None, SUBJECT):
            names = (SUBJECT, PREDICATE, OBJECT)
            parts = (next((q.object for q in self._store.quads(quad.subject, n)), None) for n in names)
            subject, name, value = parts
            if isinstance(subject, NamedNode | BlankNode) and isinstance(name, NamedNode) and value:
                found[Triple(subject, name, value)].append(quad.subject)
        return found

    def _key(self, triple: Triple) -> tuple[str, str]:
        return self._names.text(triple.subject), self._names.text(triple.predicate)

    def _told(self, triple: Triple, statements: list[Node], *, asserted: bool) -> Iterator[Fact]:
        subject, name, value = triple
        for node in sorted(statements, key=self._names.text) or (None,):
            quads = [] if node is None else list(self._store.quads(node))
            aspects = self._aspects(quads, {SUBJECT, PREDICATE, OBJECT, *_WORDS})
            aspects.append(("asserted", _YES if asserted else _NO))
            pieces = self._index.of(node, beside=True) if node is not None else ()
            words = self._words(value)
            if name == DERIVED and isinstance(value, NamedNode | BlankNode):  # of what is no statement
                words = next((_quote(piece).words for piece in self._index.of(value)), words)
            yield Fact(
                self._words(subject),
                self._words(name),
                Told(self._names.text(value), words),
                _article(pieces),
                aspects=tuple(aspects),
                evidence=frozenset(map(_quote, pieces)),
            )

    def _figure(self, node: Node, quads: list[Quad]) -> tuple[tuple[str, str], Fact]:
        said: dict[str, Term] = {}
        for quad in sorted(quads, key=self._names.line):
            said.setdefault(quad.predicate.value, quad.object)
        about, measure, when = said[_ABOUT.value], said[_MEASURE.value], period(said)
        verbatim, number = (
            self._words(term) if term is not None else ""
            for term in (said.get(KG + "verbatim"), next((said[v] for v in _VALUES if v in said), None))
        )
        value = f"{verbatim} ({number})" if verbatim and verbatim != number else number
        pieces = self._index.of(node, beside=True)
        aspects = self._aspects(quads, _APART | {NamedNode(KG + "verbatim")})
        fact = Fact(
            self._words(about),
            self._words(measure) + (f" ({when})" if when else ""),
            Told(value, value),
            _article(pieces),
            when,
            tuple(aspects),
            frozenset(map(_quote, pieces)),
        )
        return (self._names.text(about), self._names.text(measure)), fact

    def _aspects(self, quads: Iterable[Quad], apart: set[NamedNode]) -> list[tuple[str, Told]]:
        """Return what qualifies a statement, by name; what is told apart is left out."""
        values: dict[str, set[Told]] = defaultdict(set)
        for quad in quads:
            if quad.predicate not in apart:
                name = _ASPECTS.get(quad.predicate.value) or self._words(quad.predicate)
                values[name].add(Told(self._names.text(quad.object), self._words(quad.object)))
        return [(name, together(values[name], "、")) for name in sorted(values)]

    def _words(self, term: Term, depth: int = 2) -> str:
        """Return a term as people read it; a blank node is what is said of it."""
        if not isinstance(term, BlankNode):
            return self._labels.text(term)
        if depth == 0:
            return self._names.text(term)
        said = {quad.triple for quad in self._store.quads(term)}
        parts = (f"{self._labels.text(t.predicate)} {self._words(t.object, depth - 1)}" for t in said)
        return f"[{'; '.join(sorted(parts))}]"


def together(told: Iterable[Told], mark: str) -> Told:
    """Return several things as one."""
    ordered = sorted(told)
    return Told(*(mark.join(dict.fromkeys(each[i] for each in ordered)) for i in (0, 1)))


def _merged(facts: list[Fact]) -> list[Fact]:
    """Join the evidence of what is said several times in the same way."""
    found: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = fact.identity[:-1]
        if key in found:
            both = found[key].evidence | fact.evidence
            fact = Fact(**{**found[key].__dict__, "evidence": both})
        found[key] = fact
    return list(found.values())


def _quote(piece: Evidence) -> Told:
    gives = f"({piece.gives}) " if piece.gives else ""
    place = f"characters {piece.start}-{piece.end}" if piece.start is not None else ""
    where = ", ".join(part for part in (piece.article, piece.source, place) if part)
    return Told(
        f"{gives}“{piece.exact}” ({where})",
        gives + (f"“{piece.exact}”" if piece.exact else piece.source_label),
    )


def _article(pieces: Iterable[Evidence]) -> str:
    """Return the article that a fact is told in, or else the source that it is quoted from."""
    told = [piece.headline or (piece.source_label if piece.exact else "") for piece in pieces]
    return next(filter(None, told), BACKGROUND)
