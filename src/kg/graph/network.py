"""A graph of statements as a NetworkX graph: entities are nodes, statements are edges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeGuard

from pyoxigraph import Literal, Quad, Triple

from kg.graph import collector
from kg.graph.drawing import TYPE, Drawing
from kg.graph.evidence import Evidence
from kg.graph.figure import figure
from kg.graph.index import Index, Value, python_value
from kg.namespaces import KG, OA, PROV, RDF, SCHEMA, SKOS, shorten
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

#: What statements and spans say of themselves; no entity is told by it.
_EVIDENCE = frozenset(
    {RDF + part for part in ("subject", "predicate", "object")}
    | {OA + name for name in ("hasSource", "hasSelector", "exact", "prefix", "suffix", "start", "end")}
    | {TYPE, PROV + "wasDerivedFrom", SCHEMA + "observationAbout"}
)
_curie = lru_cache(maxsize=1024)(shorten)
_CITES = (PROV + "wasDerivedFrom", OA + "hasSource")
_ALIASES = (SKOS + "altLabel", KG + "officialName", SCHEMA + "alternateName")


def to_networkx(
    triples: Store | Iterable[Quad | Triple], *, context: Store | None = None
) -> nx.MultiDiGraph[str]:
    """Return triples as a graph whose nodes are entities and whose edges are statements.

    A node carries ``label``, ``label_zh``, ``label_en``, ``type``, ``type_label``, ``aliases``,
    ``attributes`` and ``figures``; an edge carries ``property``, ``label``, ``label_en``, ``directed``,
    ``evidence`` (quotes with article and source), and where the graph says so ``speaker``, ``modality``,
    ``period`` and ``via`` (the post or the list item that folded into the edge). How a property is drawn
    is read from the ontology. ``graph["left_out"]`` counts, by property, the triples about entities
    that the ontology declares hidden and that have no place elsewhere in the graph.

    Parameters
    ----------
    triples
        What is drawn: a store, or the triples of a CONSTRUCT query.
    context
        Where names, classes and evidence are looked up; the triples themselves unless given.

    >>> from pyoxigraph import parse, RdfFormat
    >>> graph = to_networkx(parse('''
    ...     @prefix id: <https://kg.example/id/> . @prefix org: <http://www.w3.org/ns/org#> .
    ...     @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...     id:li-tao org:holds id:post . id:post a org:Post ; rdfs:label "书记"@zh ; org:postIn id:daji .
    ... ''', RdfFormat.TURTLE))
    >>> [(s, o, d["label"]) for s, o, d in graph.edges(data=True)]
    [('https://kg.example/id/li-tao', 'https://kg.example/id/daji', '书记')]
    """
    with collector.paused():
        return _Network(Index.read(triples), None if context is None else Index(context)).graph


class _Network:
    """Sort triples into nodes, edges, attributes and figures."""

    def __init__(self, index: Index, context: Index | None) -> None:
        import networkx as nx

        self.index = index
        self.drawing = Drawing.read(context or index)
        self.context = self.drawing.index
        self.evidence = Evidence(self.context, self.drawing)
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.left_out: Counter[str] = Counter()
        self.links: list[tuple[str, str, str]] = []
        self.attributes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.figures: dict[str, list[str]] = defaultdict(list)
        self.entities: set[str] = set()
        self._sort()
        folded = self._fold()
        self._add_nodes(self.entities - folded - self._only_cited())
        for link in self.links:
            subject, predicate, object = link
            if subject not in folded and object not in folded:
                self._add_edges(subject, object, predicate, self.drawing.names(predicate), [link])
        mentioned = {*self.evidence.mentioned, *(d["property_iri"] for *_, d in self.graph.edges(data=True))}
        self.graph.graph["names"] = {iri: self.drawing.names(iri) for iri in sorted(mentioned)}
        self.graph.graph["left_out"] = dict(sorted(self.left_out.items()))
        self.graph.graph["folded"] = len(folded)

    def _sort(self) -> None:
        """Put every triple into its place."""
        for observation, about in self.index.column(SCHEMA + "observationAbout").items():
            for entity in filter(_is_resource, about):
                self.figures[entity].append(observation)
                self.entities.add(entity)
        self.entities |= {s for type in self.index.classes for s in self._members(type)}
        for predicate in self.index.properties:
            if predicate not in _EVIDENCE:
                self._sort_property(predicate)

    def _members(self, type: str) -> set[str]:
        if self.drawing.styles.get(type) == "Hidden":
            return set()
        return {subject for subject in self.index.members(type) if not self.drawing.hides(subject)}

    def _sort_property(self, predicate: str) -> None:
        for subject, values in sorted(self.index.column(predicate).items(), key=itemgetter(0)):
            if self.drawing.hides(subject):
                continue
            for value in sorted(values, key=str):
                style = self.drawing.style(predicate, value)
                if style != "Hidden":
                    self.entities.add(subject)
                if style == "Attribute":
                    self.attributes[subject].append(self._attribute(subject, predicate, value))
                elif style == "Edge" and isinstance(value, str) and not self.drawing.hides(value):
                    self.links.append((subject, predicate, value))
                    self.entities.add(value)
                elif predicate not in self._shown_elsewhere:
                    self.left_out[_curie(predicate)] += 1

    #: Hidden properties of an entity that its node shows all the same, as name, alias or class.
    _shown_elsewhere = frozenset(
        {TYPE, "http://www.w3.org/2000/01/rdf-schema#label", SCHEMA + "headline", SCHEMA + "name", *_ALIASES}
    )

    def _attribute(self, subject: str, predicate: str, value: Value) -> dict[str, Any]:
        zh, en = self.drawing.names(predicate)
        plain = python_value(value) if isinstance(value, Literal) else self.drawing.names(value)[0]
        found: dict[str, Any] = {"property": _curie(predicate), "label": zh, "label_en": en, "value": plain}
        if isinstance(value, Literal) and value.language:
            found["lang"] = value.language
        if statements := self.evidence.of(subject, predicate, value):
            found["evidence"] = [span for statement in statements for span in statement["evidence"]]
        return found

    def _fold(self) -> set[str]:
        """Turn posts and list items into one edge from each start to each end; return what folded.

        A node folds only where the edge can carry all that it says: with figures, or with links beside
        those it folds along, it stays a node.
        """
        into: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        out: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for link in self.links:
            out[link[0]].append(link)
            into[link[2]].append(link)
        folded = set()
        for node in sorted(self.entities):
            fold = self.drawing.fold(node)
            if fold is None or node in self.figures or not (into[node] and out[node]):
                continue
            if {p for _, p, _ in into[node]} == {fold.start} and {p for _, p, _ in out[node]} == {fold.end}:
                folded.add(node)
        for node in sorted(folded):
            label = self.drawing.names(node) if self.drawing.name(node, "") else None
            for start in into[node]:
                for end in out[node]:
                    names = label or self.drawing.names(start[1])
                    extra: dict[str, Any] = {"via": node}
                    if self.attributes[node]:
                        extra |= {"attributes": self.attributes[node]}
                    self._add_edges(start[0], end[2], start[1], names, [start, end], **extra)
        return folded

    def _only_cited(self) -> set[str]:
        """Return the sources and articles that nothing but evidence names: they stand with each quote."""
        spans = self.context.column(OA + "hasSource")
        cited = {v for p in _CITES for values in self.context.column(p).values() for v in values}
        cited |= {
            v for s, values in self.context.column(SCHEMA + "isPartOf").items() if s in spans for v in values
        }
        linked = {end for start, _, end in self.links} | {start for start, _, _ in self.links}
        return set(filter(_is_resource, cited)) - linked - self.figures.keys()

    def _add_nodes(self, entities: set[str]) -> None:
        for iri in sorted(entities):
            zh, en = self.drawing.names(iri)
            type = self.drawing.type(iri)
            self.graph.add_node(
                iri,
                label=zh,
                label_zh=zh,
                label_en=en,
                type=_curie(type),
                type_iri=type,
                type_label=self.drawing.names(type)[0],
                type_label_en=self.drawing.names(type)[1],
                types_above=[_curie(above) for above in self.drawing.ancestors(type)],
                aliases=self._aliases(iri, zh, en),
                attributes=self.attributes.get(iri, []),
                figures=[figure(about, self.evidence) for about in sorted(self.figures.get(iri, ()))],
            )

    def _aliases(self, iri: str, *names: str) -> list[str]:
        found = {str(v.value) for p in _ALIASES for v in self.context.all(iri, p) if isinstance(v, Literal)}
        return sorted(found - set(names))

    def _add_edges(
        self,
        subject: str,
        object: str,
        predicate: str,
        names: tuple[str, str],
        triples: list[tuple[str, str, str]],
        **extra: Any,
    ) -> None:
        """Add an edge for each statement of the first triple; the others lend it their evidence."""
        first, *rest = triples
        more = [span for triple in rest for said in self.evidence.of(*triple) for span in said["evidence"]]
        for said in self.evidence.of(*first) or [{"evidence": []}]:
            spans = said["evidence"] + [span for span in more if span not in said["evidence"]]
            self.graph.add_edge(
                subject,
                object,
                key=said.get("statement", _curie(predicate)) + (f" {extra['via']}" if extra else ""),
                **{
                    "property": _curie(predicate),
                    "property_iri": predicate,
                    "label": names[0],
                    "label_en": names[1],
                    "directed": self.drawing.directed(predicate),
                    **said,
                    "evidence": spans,
                    **extra,
                },
            )


def _is_resource(value: Value) -> TypeGuard[str]:
    return isinstance(value, str)
