"""The triples that state a part of the graph: entities, the facts among them, and their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, Quad

from kg.graph.drawing import TYPE, Drawing
from kg.graph.evidence import STATEMENT
from kg.graph.figure import OBSERVATION
from kg.graph.index import Index
from kg.namespaces import DCTERMS, OA, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    import networkx as nx

    from kg.store.protocol import Store

#: What is told of a resource that is only mentioned: its class, its name, a source's date.
_IN_SHORT = frozenset({TYPE, RDFS + "label", SCHEMA + "headline", SCHEMA + "name", DCTERMS + "date"})


def describe(store: Store, network: nx.MultiDiGraph[str]) -> Iterator[Quad]:
    """Yield the quads about the nodes of a network: their attributes, the links among them, the statements
    and figures about those, the spans that these rest on, and the names of whatever is mentioned.
    """
    quads = list(store.quads())
    index = Index.read(quads)
    drawing = Drawing.read(index)
    inside: set[str] = set(network) | {d["via"] for *_, d in network.edges(data=True) if "via" in d}
    outside = {s for s in index.subjects if not drawing.hides(s)} - inside
    wanted: set[str] = set()
    for subject, properties in index.subjects.items():
        types = properties.get(TYPE, ())
        if STATEMENT in types:
            about, value = index.iri(subject, RDF + "subject"), index.one(subject, RDF + "object")
            if about in inside and value not in outside:
                wanted.add(subject)
        elif OBSERVATION in types and not inside.isdisjoint(index.iris(subject, SCHEMA + "observationAbout")):
            wanted.add(subject)
    bookkeeping = wanted.copy()
    mentioned: set[str] = set()
    while wanted:
        linked = {v for s in wanted for vs in index.subjects[s].values() for v in vs if isinstance(v, str)}
        known = {v for v in linked & index.subjects.keys() if v not in inside}
        wanted = {v for v in known if _is_evidence(v, index)} - bookkeeping
        bookkeeping |= wanted
        mentioned |= known - bookkeeping
    for quad in quads:
        subject = _name(quad.subject)
        if subject in bookkeeping:
            yield quad
        elif subject in inside:
            if isinstance(quad.object, Literal) or _name(quad.object) not in outside:
                yield quad
        elif subject in mentioned and quad.predicate.value in _IN_SHORT:
            yield quad


def _is_evidence(iri: str, index: Index) -> bool:
    """Return whether a resource is a span or a selector, told whole; others are told in short."""
    return any(type.startswith(OA) for type in index.iris(iri, TYPE))


def _name(term: Any) -> str:
    return str(term) if str(term).startswith("_:") else term.value
