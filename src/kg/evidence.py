"""Evidence: the words of a page that a statement was drawn from, who says them, and where they stand.

A statement is a node with ``prov:wasDerivedFrom``: an ``rdf:Statement`` about a triple, or a
``schema:Observation``. It leads to spans (``oa:SpecificResource``: a quote and its place), a span to
an article and a source. A background fact leads to a reference source without a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA
from kg.store.protocol import Node, Store, Term

SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
DERIVED = NamedNode(PROV + "wasDerivedFrom")
#: What words beside a statement give, by the property that leads to them.
_BESIDE = {NamedNode(KG + "periodIn"): "period", NamedNode(KG + "speakerIn"): "speaker"}
_SELECTOR, _SOURCE = NamedNode(OA + "hasSelector"), NamedNode(OA + "hasSource")
_SAID_BY, _MODALITY = NamedNode(PROV + "wasAttributedTo"), NamedNode(KG + "modality")
_PART, _LABEL = NamedNode(SCHEMA + "isPartOf"), NamedNode(RDFS + "label")
_DATE = NamedNode(DCTERMS + "date")
_HEADLINE, _SECTION, _AUTHOR = (NamedNode(SCHEMA + name) for name in ("headline", "articleSection", "author"))


#: Named graphs; without any, it is any graph.
Graphs = tuple[NamedNode, ...]
#: What a selector says of a span, by the property that says it.
_QUOTED = {NamedNode(OA + name): name for name in ("exact", "prefix", "suffix", "start", "end")}


class Evidence(NamedTuple):
    """What one statement was drawn from: a quote with its surroundings, its place, its speaker.

    ``start`` and ``end`` count Unicode code points of the source's raw text, ``end`` exclusive. Names
    are labels; what is not known is empty, a place that is not known ``None``. ``gives`` says what words
    beside the statement are there for: its ``period`` or its ``speaker``; it is empty for its own words.
    """

    statement: str
    span: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    speaker: str = ""
    modality: str = ""
    article: str = ""
    headline: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    source_label: str = ""
    publication: str = ""
    date: str = ""
    gives: str = ""

    @property
    def order(self) -> tuple[str, int, int, str]:
        """What evidence is sorted by: source, then place."""
        return (self.source, self.start or 0, self.end or 0, self.statement)


class EvidenceIndex:
    """The evidence of a store's statements; what was read once is remembered.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''
    ...     @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    ...     @prefix oa: <http://www.w3.org/ns/oa#> .
    ...     <urn:cao> <urn:in> <urn:heze> . <urn:st> rdf:subject <urn:cao> ; rdf:predicate <urn:in> ;
    ...     rdf:object <urn:heze> ; <http://www.w3.org/ns/prov#wasDerivedFrom> <urn:page#char=3,9> .
    ...     <urn:page#char=3,9> oa:hasSource <urn:page> ; oa:hasSelector <urn:quote> .
    ...     <urn:quote> oa:exact "菏泽市曹县"@zh .''')
    >>> index = EvidenceIndex(store)
    >>> cao, heze = NamedNode("urn:cao"), NamedNode("urn:heze")
    >>> [statement] = index.statements(Triple(cao, NamedNode("urn:in"), heze))
    >>> [(evidence.exact, evidence.source) for evidence in index.of(statement)]
    [('菏泽市曹县', 'urn:page')]
    """

    def __init__(self, store: Store, lang: str = "zh") -> None:
        self._store = store
        self._lang = lang
        self._evidence: dict[tuple[Node, bool, Graphs], tuple[Evidence, ...]] = {}
        self._derived: dict[Node, list[Term]] = {}
        self._talked_of: dict[Node, bool] = {}
        self._articles: dict[Term, dict[str, Any]] = {}
        self._sources: dict[Term, dict[str, Any]] = {}
        self._labels: dict[Term, str] = {}

    def statements(self, triple: Triple, graphs: Graphs = ()) -> list[NamedNode | BlankNode]:
        """Return the statements that say a triple: those about it, and its subject if that is one.

        Where some of them stand in ``graphs``, it is only those: what another page says is not asked for.
        """
        subject = triple.subject
        if subject not in self._talked_of:
            self._talked_of[subject] = any(True for _ in self._store.quads(None, SUBJECT, subject))
        found = []
        if self._talked_of[subject]:
            found = [node for node in self._about(triple) if self._spans(node)]
        if isinstance(subject, NamedNode | BlankNode) and self._spans(subject):
            found.append(subject)
        return (
            [node for node in found if self._spans(node, graphs, strictly=True)] or found if graphs else found
        )

    def spans(self, triple: Triple) -> list[NamedNode | BlankNode]:
        """Return the span that a triple describes: its quote, its place, its source."""
        subject = triple.subject
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        if any(True for _ in self._store.quads(subject, _SELECTOR)):
            return [subject]
        owners = (quad.subject for quad in self._store.quads(None, _SELECTOR, subject))
        return [owner for owner in owners if isinstance(owner, NamedNode | BlankNode)]

    def of(self, statement: Node, *, beside: bool = False, graphs: Graphs = ()) -> tuple[Evidence, ...]:
        """Return the evidence of a statement, or of a span itself, in the order of the page.

        With ``beside`` the words that give its period and its speaker are evidence too; with ``graphs`` it is
        what those say of it, where they say anything.
        """
        found = self._evidence.get((statement, beside, graphs))
        if found is None:
            found = self._evidence[statement, beside, graphs] = tuple(self._read(statement, beside, graphs))
        return found

    def _read(self, statement: Node, beside: bool, graphs: Graphs) -> list[Evidence]:
        spans = self._spans(statement, graphs)
        if not spans and any(True for _ in self._store.quads(statement, _SELECTOR)):
            spans = [statement]
        name = _name(statement)
        speaker = self._names(self._objects(statement, _SAID_BY))
        modality = self._names(self._objects(statement, _MODALITY))
        found = [
            Evidence(name, _name(span), speaker=speaker, modality=modality, **self._quoted(span))
            for span in spans
        ]
        for role, gives in _BESIDE.items() if beside else ():
            found += [
                Evidence(name, _name(span), gives=gives, **self._quoted(span))
                for span in self._objects(statement, role)
            ]
        return sorted(found, key=_order) if len(found) > 1 else found

    def _about(self, triple: Triple) -> Iterator[NamedNode | BlankNode]:
        """Yield the nodes whose rdf:subject, rdf:predicate and rdf:object are those of a triple."""
        # A hub has thousands of statements on one side; both sides are read in step until one ends.
        sides: tuple[list[Term], list[Term]] = ([], [])
        ends = (
            self._store.quads(None, SUBJECT, triple.subject),
            self._store.quads(None, OBJECT, triple.object),
        )
        shorter = 0
        for pair in zip_longest(*ends):
            for side, quad in zip(sides, pair, strict=True):
                if quad is not None:
                    side.append(quad.subject)
            if None in pair:
                shorter = pair.index(None)
                break
        other = (OBJECT, triple.object) if shorter == 0 else (SUBJECT, triple.subject)
        for node in sides[shorter]:
            if not isinstance(node, NamedNode | BlankNode):
                continue
            wanted = ((PREDICATE, triple.predicate), other)
            if all(any(True for _ in self._store.quads(node, name, value)) for name, value in wanted):
                yield node

    def _spans(self, node: Node, graphs: Graphs = (), *, strictly: bool = False) -> list[Term]:
        """Return what a statement was drawn from; what is no statement was drawn from nothing.

        By what ``graphs`` say; where they say nothing, and not ``strictly``, by what any graph says.
        """
        own = {quad.object for graph in graphs for quad in self._store.quads(node, DERIVED, None, graph)}
        if own or strictly:
            return sorted(own, key=str)
        spans = self._derived.get(node)
        if spans is None:
            spans = self._derived[node] = self._objects(node, DERIVED)
        return spans

    def _objects(self, node: Term, name: NamedNode) -> list[Term]:
        """Return the values of a property, sorted; to look one up is cheaper than to read a whole node."""
        if isinstance(node, Literal):
            return []
        found = [quad.object for quad in self._store.quads(node, name)]
        return sorted(found, key=str) if len(found) > 1 else found

    def _first(self, node: Term, name: NamedNode) -> str:
        found = self._objects(node, name)
        return _name(found[0]) if found else ""

    def _quoted(self, span: Term) -> dict[str, Any]:
        """Return the words of a span, their place, their article and their source."""
        found: dict[str, Any] = {}
        for selector in self._objects(span, _SELECTOR):
            if not isinstance(selector, Literal):
                for quad in self._store.quads(selector):
                    if field := _QUOTED.get(quad.predicate):
                        # Of several values the least, whatever order the store has them in.
                        value = _name(quad.object)
                        found[field] = min(value, found.get(field, value))
        for field in ("start", "end"):
            if field in found:
                found[field] = int(found[field])
        sources = self._objects(span, _SOURCE)
        source = sources[0] if sources else span
        if source not in self._sources:
            self._sources[source] = self._source(source)
        found |= self._sources[source]
        for article in self._objects(span, _PART)[:1]:
            if article not in self._articles:
                self._articles[article] = self._article(article)
            found |= self._articles[article]
        return found

    def _article(self, article: Term) -> dict[str, Any]:
        return {
            "article": _name(article),
            "headline": self._first(article, _HEADLINE),
            "section": self._first(article, _SECTION),
            "authors": tuple(self.label(author) for author in self._objects(article, _AUTHOR)),
        }

    def _source(self, source: Term) -> dict[str, Any]:
        return {
            "source": _name(source),
            "source_label": self.label(source),
            "publication": self._names(self._objects(source, _PART)),
            "date": self._first(source, _DATE),
        }

    def _names(self, nodes: list[Term]) -> str:
        return "、".join(sorted(map(self.label, nodes))) if nodes else ""

    def label(self, node: Term) -> str:
        """Return the label of a node in this index's language, in another, or its IRI."""
        if isinstance(node, Literal):
            return node.value
        if node not in self._labels:
            labels = [q.object for q in self._store.quads(node, _LABEL)]
            literals = [label for label in labels if isinstance(label, Literal)]
            best = min(literals, key=lambda label: (label.language != self._lang, label.value), default=None)
            self._labels[node] = best.value if best else _name(node)
        return self._labels[node]


def holds_evidence(store: Store) -> bool:
    """Say whether anything in a store was drawn from anything: a plain graph holds no evidence.

    >>> from kg.store import MemoryStore
    >>> holds_evidence(MemoryStore.parse("<urn:a> <urn:p> 1 ."))
    False
    """
    return any(True for _ in store.quads(None, DERIVED))


def evidence_of(store: Store, statements: Iterable[str], *, lang: str = "zh") -> list[Evidence]:
    """Return the evidence of statements, given by IRI, each piece once, in the order of the page.

    What is no statement has none.
    """
    index = EvidenceIndex(store, lang)
    found = {evidence for iri in statements for evidence in index.of(NamedNode(iri))}
    return sorted(found, key=lambda evidence: evidence.order)


def _order(evidence: Evidence) -> tuple[str, int, int, str]:
    return evidence.order


def _name(term: Term) -> str:
    return str(term) if isinstance(term, Triple | BlankNode) else term.value
