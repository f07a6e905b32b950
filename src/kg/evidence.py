"""Evidence: the words of a page that a statement was drawn from, who says them, and where they stand.

A statement is a node with ``prov:wasDerivedFrom``: an ``rdf:Statement`` about a triple, or a
``schema:Observation``. It leads to spans (``oa:SpecificResource``: a quote and its place), a span to
an article and a source. A background fact leads to a reference source without a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA
from kg.store.protocol import Node, Store, Term

SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
DERIVED = NamedNode(PROV + "wasDerivedFrom")
#: What words beside a statement give, by the property that leads to them.
_BESIDE = {KG + "periodIn": "period", KG + "speakerIn": "speaker"}
_SELECTOR = NamedNode(OA + "hasSelector")
_SAID_BY = PROV + "wasAttributedTo"


@dataclass(frozen=True, slots=True)
class Evidence:
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
        self._evidence: dict[tuple[Node, bool], tuple[Evidence, ...]] = {}
        self._spans: dict[Term, dict[str, object]] = {}
        self._labels: dict[Term, str] = {}

    def statements(self, triple: Triple) -> list[NamedNode | BlankNode]:
        """Return the statements that say a triple: those about it, and its subject if that is one."""
        subject = triple.subject
        found = [node for node in self._about(triple) if self._is_statement(node)]
        if isinstance(subject, NamedNode | BlankNode) and self._is_statement(subject):
            found.append(subject)
        return found

    def spans(self, triple: Triple) -> list[NamedNode | BlankNode]:
        """Return the span that a triple describes: its quote, its place, its source."""
        subject = triple.subject
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        if any(True for _ in self._store.quads(subject, _SELECTOR)):
            return [subject]
        owners = (quad.subject for quad in self._store.quads(None, _SELECTOR, subject))
        return [owner for owner in owners if isinstance(owner, NamedNode | BlankNode)]

    def of(self, statement: Node, *, beside: bool = False) -> tuple[Evidence, ...]:
        """Return the evidence of a statement, or of a span itself, in the order of the page.

        With ``beside`` the words that give its period and its speaker are evidence too.
        """
        if (statement, beside) not in self._evidence:
            said = _values(self._store, statement)
            spans = said.get(DERIVED.value, [])
            if not spans and any(True for _ in self._store.quads(statement, _SELECTOR)):
                spans = [statement]
            shared: dict[str, object] = {
                "speaker": self._names(said.get(_SAID_BY, [])),
                "modality": self._names(said.get(KG + "modality", [])),
            }
            pairs = [(span, "") for span in spans]
            for role, gives in _BESIDE.items() if beside else ():
                pairs += [(span, gives) for span in said.get(role, [])]
            found = [
                Evidence(
                    _name(statement),
                    _name(span),
                    gives=gives,
                    **({} if gives else shared),  # type: ignore[arg-type]
                    **self._span(span),  # type: ignore[arg-type]
                )
                for span, gives in pairs
            ]
            self._evidence[statement, beside] = tuple(sorted(found, key=lambda evidence: evidence.order))
        return self._evidence[statement, beside]

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

    def _is_statement(self, node: Node) -> bool:
        return node in self._evidence or any(True for _ in self._store.quads(node, DERIVED))

    def _span(self, span: Term) -> dict[str, object]:
        if span not in self._spans:
            self._spans[span] = self._read_span(span)
        return self._spans[span]

    def _read_span(self, span: Term) -> dict[str, object]:
        said = _values(self._store, span)
        sources = said.get(OA + "hasSource", [])
        found = self._read_source(sources[0] if sources else span)
        for selector in said.get(_SELECTOR.value, []):
            quote = _values(self._store, selector)
            for name in ("exact", "prefix", "suffix"):
                if texts := quote.get(OA + name):
                    found[name] = _name(texts[0])
            for name in ("start", "end"):
                if places := quote.get(OA + name):
                    found[name] = int(_name(places[0]))
        for article in said.get(SCHEMA + "isPartOf", [])[:1]:
            about = _values(self._store, article)
            found["article"] = _name(article)
            found["headline"] = _first(about, SCHEMA + "headline")
            found["section"] = _first(about, SCHEMA + "articleSection")
            found["authors"] = tuple(self.label(author) for author in about.get(SCHEMA + "author", []))
        return found

    def _read_source(self, source: Term) -> dict[str, object]:
        about = _values(self._store, source)
        return {
            "source": _name(source),
            "source_label": self.label(source),
            "publication": self._names(about.get(SCHEMA + "isPartOf", [])),
            "date": _first(about, DCTERMS + "date"),
        }

    def _names(self, nodes: Iterable[Term]) -> str:
        return "、".join(sorted(self.label(node) for node in nodes))

    def label(self, node: Term) -> str:
        """Return the label of a node in this index's language, in another, or its IRI."""
        if isinstance(node, Literal):
            return node.value
        if node not in self._labels:
            labels = [q.object for q in self._store.quads(node, NamedNode(RDFS + "label"))]
            literals = [label for label in labels if isinstance(label, Literal)]
            best = min(literals, key=lambda label: (label.language != self._lang, label.value), default=None)
            self._labels[node] = best.value if best else _name(node)
        return self._labels[node]


def evidence_of(store: Store, statements: Iterable[str], *, lang: str = "zh") -> list[Evidence]:
    """Return the evidence of statements, given by IRI, each piece once, in the order of the page.

    What is no statement has none.
    """
    index = EvidenceIndex(store, lang)
    found = {evidence for iri in statements for evidence in index.of(NamedNode(iri))}
    return sorted(found, key=lambda evidence: evidence.order)


def _values(store: Store, node: Term) -> dict[str, list[Term]]:
    if isinstance(node, Literal):
        return {}
    found: dict[str, list[Term]] = {}
    for quad in store.quads(node):
        found.setdefault(quad.predicate.value, []).append(quad.object)
    for values in found.values():
        if len(values) > 1:
            values.sort(key=str)
    return found


def _first(values: dict[str, list[Term]], name: str) -> str:
    return _name(values[name][0]) if name in values else ""


def _name(term: Term) -> str:
    return str(term) if isinstance(term, Triple) else term.value
