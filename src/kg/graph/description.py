"""The triples that state a part of the graph: entities, the facts among them, and their evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, Quad

from kg.graph.drawing import TYPE, Drawing
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
    index = Index(store)
    drawing = Drawing.read(index)
    about: dict[str, list[Quad]] = {}
    for quad in quads:
        about.setdefault(_name(quad.subject), []).append(quad)
    inside: set[str] = set(network) | {d["via"] for *_, d in network.edges(data=True) if "via" in d}
    outside = {s for s in about if not drawing.hides(s)} - inside
    wanted = {
        statement
        for statement, subject in index.single(RDF + "subject").items()
        if subject in inside and index.one(statement, RDF + "object") not in outside
    }
    observed = index.column(SCHEMA + "observationAbout")
    wanted |= {observation for observation, entities in observed.items() if not inside.isdisjoint(entities)}
    bookkeeping = wanted.copy()
    mentioned: set[str] = set()
    while wanted:
        linked = {_name(q.object) for s in wanted for q in about[s] if not isinstance(q.object, Literal)}
        known = (linked & about.keys()) - inside
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
