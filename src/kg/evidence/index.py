"""Which statements say a triple, and the evidence of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.ahead import shared
from kg.evidence.piece import Evidence
from kg.evidence.properties import BATCH, Properties
from kg.namespaces import DCTERMS, KG, OA, PREFIXES, PROV, RDF, RDFS, SCHEMA
from kg.query.terms import Labels
from kg.store.local import LocalStore
from kg.store.protocol import Node, Store, Term

SUBJECT, PREDICATE, OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
DERIVED = NamedNode(PROV + "wasDerivedFrom")
_SELECTOR, _LABEL = NamedNode(OA + "hasSelector"), NamedNode(RDFS + "label")
#: What is read of a statement: who says it, how, and the words beside it for its period and its speaker.
_STATED = [
    NamedNode(iri) for iri in (PROV + "wasAttributedTo", KG + "modality", KG + "periodIn", KG + "speakerIn")
]
_BESIDE = ("period", "speaker")
#: What is read of a span and, by its selectors, of its words.
_PART = NamedNode(SCHEMA + "isPartOf")
_SPAN = [NamedNode(OA + "hasSource"), _PART]
_WORDS = [[NamedNode(OA + name) for name in names.split()] for names in ("exact prefix suffix", "start end")]
_ARTICLE = [NamedNode(SCHEMA + name) for name in ("headline", "articleSection", "author")]
_SOURCE = [_PART, NamedNode(DCTERMS + "date")]

#: Named graphs; without any, it is any graph.
Graphs = tuple[NamedNode, ...]


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
        self._here = isinstance(store, LocalStore)
        self._evidence: dict[tuple[Node, bool, Graphs], tuple[Evidence, ...]] = {}
        self._reified: dict[NamedNode, bool] = {}
        self._talked_of: dict[Node, bool] = {}
        self._drawn: dict[Node, bool] = {}
        self._origins = Properties(store, [DERIVED])
        self._stated = Properties(store, _STATED)
        self._spans = Properties(store, _SPAN, to=(_SELECTOR, _WORDS))
        self._articles = Properties(store, _ARTICLE)
        self._sources = Properties(store, _SOURCE)
        self._names = Properties(store, [_LABEL])
        self._labels: dict[Term, str] = {}
        #: What the graph has no label for, the ontology may have.
        self._vocabulary = Labels(store, PREFIXES, lang)
        #: What is told of where words were published, by their source and their article.
        self._published: dict[tuple[Term, Term | None], tuple[Any, ...]] = {}

    def meet(self, nodes: Iterable[Term]) -> None:
        """Learn of many nodes at once which are statements, for ``statements``."""
        if self._here:
            shared(self._meet, [n for n in nodes if isinstance(n, NamedNode) and n not in self._drawn])

    def _meet(self, unknown: Sequence[NamedNode]) -> None:
        for start in range(0, len(unknown), BATCH):
            batch = unknown[start : start + BATCH]
            values = " ".join(map(str, batch))
            query = f"SELECT ?n {{ VALUES ?n {{ {values} }} FILTER NOT EXISTS {{ ?n {DERIVED} ?from }} }}"
            answer: Any = self._store.query(query, {})
            self._drawn.update(dict.fromkeys(batch, True) | {solution[0]: False for solution in answer})

    def read(self, statements: Iterable[Term]) -> None:
        """Read all that ``of`` will want to know of many statements, or spans, at once."""
        nodes = list(dict.fromkeys(statements))
        self._origins.read(nodes)
        self._stated.read(nodes)
        spans: list[Term] = []
        named: list[Term] = []
        for node in nodes:
            speakers, modalities, periods, places = self._stated.of(node)
            spans += (*(self._origins.of(node)[0] or (node,)), *periods, *places)
            named += (*speakers, *modalities)
        self._spans.read(spans)
        published = {self._spans.least(span)[:2] for span in spans}
        sources = [source for source, _ in published if source]
        articles = [article for _, article in published if article]
        self._sources.read(sources)
        self._articles.read(articles)
        named += [author for article in articles for author in self._articles.of(article)[2]]
        named += [*sources, *(paper for source in sources for paper in self._sources.of(source)[0])]
        self._names.read(named)

    def statements(self, triple: Triple, graphs: Graphs = ()) -> list[NamedNode | BlankNode]:
        """Return the statements that say a triple: those about it, and its subject if that is one.

        Where some of them stand in ``graphs``, it is only those: what another page says is not asked for.
        """
        subject = triple.subject
        found = []
        if self.talked_of(triple):
            found = [node for node in self._about(triple) if self._is_drawn(node)]
        if isinstance(subject, NamedNode | BlankNode) and self._is_drawn(subject):
            found.append(subject)
        return (
            [node for node in found if self._origin(node, graphs, strictly=True)] or found
            if graphs
            else found
        )

    def talked_of(self, triple: Triple) -> bool:
        """Say whether there may be an ``rdf:Statement`` about a triple, by its property and its subject."""
        predicate = triple.predicate
        if predicate not in self._reified:
            # Here that saves a look-up a subject; an endpoint would send all of the many that there may be.
            found = not self._here or any(True for _ in self._store.quads(None, PREDICATE, predicate))
            self._reified[predicate] = found
        if not self._reified[predicate]:
            return False
        subject = triple.subject
        if subject not in self._talked_of:
            self._talked_of[subject] = any(True for _ in self._store.quads(None, SUBJECT, subject))
        return self._talked_of[subject]

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
        spans = self._origin(statement, graphs)
        if not spans and any(True for _ in self._store.quads(statement, _SELECTOR)):
            spans = [statement]
        name = _name(statement)
        speakers, modalities, *roles = self._stated.of(statement)
        said = (self._listed(speakers), "、".join(sorted(map(self._modality, modalities))))
        found = []
        for gives, places in zip(("", *_BESIDE), (spans, *roles) if beside else (spans,), strict=False):
            own = ("", "") if gives else said
            for span in places:
                words, published = self._quoted(span)
                found.append(Evidence._make((name, _name(span), *words, *own, *published, gives)))
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
            if all(self._store.holds(Triple(node, name, value)) for name, value in wanted):
                yield node

    def _is_drawn(self, node: Node) -> bool:
        """Say whether a node is a statement: it was drawn from something."""
        if node not in self._drawn:
            self._drawn[node] = next(self._store.quads(node, DERIVED), None) is not None
        return self._drawn[node]

    def _origin(self, node: Node, graphs: Graphs = (), *, strictly: bool = False) -> Sequence[Term]:
        """Return what a statement was drawn from; what is no statement was drawn from nothing.

        By what ``graphs`` say; where they say nothing, and not ``strictly``, by what any graph says.
        """
        own = {quad.object for graph in graphs for quad in self._store.quads(node, DERIVED, None, graph)}
        return sorted(own, key=str) if own or strictly else self._origins.of(node)[0]

    def _quoted(self, span: Term) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Return the words of a span with their place, and where they were published."""
        source, article, exact, prefix, suffix, start, end = self._spans.least(span)
        words = (_text(exact), _text(prefix), _text(suffix), _number(start), _number(end))
        place = (source or span, article)
        published = self._published.get(place)
        if published is None:
            published = self._published[place] = (*self._article(article), *self._source(source or span))
        return words, published

    def _article(self, article: Term | None) -> tuple[Any, ...]:
        if article is None:
            return ("", "", "", ())
        headline, section, _ = self._articles.least(article)
        authors = self._articles.of(article)[2]
        return (_name(article), _text(headline), _text(section), tuple(map(self.label, authors)))

    def _source(self, source: Term) -> tuple[str, ...]:
        if isinstance(source, BlankNode):
            return ("", "", "", "")  # a span that says no source: nothing names it
        papers, dates = self._sources.of(source)
        return (_name(source), self.label(source), self._listed(papers), _text(dates[0] if dates else None))

    def _listed(self, nodes: Sequence[Term]) -> str:
        return "、".join(sorted(map(self.label, nodes))) if nodes else ""

    def _modality(self, node: Term) -> str:
        label = self.label(node)
        return label if label != _name(node) else self._vocabulary.text(node)

    def label(self, node: Term) -> str:
        """Return the label of a node in this index's language, in another, or its IRI."""
        if isinstance(node, Literal):
            return node.value
        if node not in self._labels:
            literals = [label for label in self._names.of(node)[0] if isinstance(label, Literal)]
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


def _text(term: Term | None) -> str:
    return "" if term is None else _name(term)


def _number(term: Term | None) -> int | None:
    text = _text(term)
    return int(text) if text.isdecimal() else None


def _order(evidence: Evidence) -> tuple[str | int, ...]:
    return evidence.order


def _name(term: Term) -> str:
    return str(term) if isinstance(term, Triple | BlankNode) else term.value
