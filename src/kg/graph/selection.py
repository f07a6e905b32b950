"""A selection: the part of a graph that is exported or viewed, as a network and as triples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import QueryError, UnknownName
from kg.graph.description import describe
from kg.graph.network import to_networkx
from kg.namespaces import SCHEMA, expand, shorten
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx

    from kg.query.results import Results

    Network = nx.MultiDiGraph[str]


@dataclass
class Selection:
    """Hold what was chosen and how: the whole graph, a neighbourhood, a class, or an answer.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('<urn:cao> <urn:in> <urn:heze> . <urn:heze> <urn:in> <urn:shandong> .')
    >>> sorted(Selection.around(store, "urn:cao", depth=1).network)
    ['urn:cao', 'urn:heze']
    """

    store: Store
    network: Network
    #: The SPARQL that was asked, where a query chose.
    query: str = ""
    #: How the part was chosen, as the words of the command line.
    chosen: str = ""
    _answer: list[Triple] | None = field(default=None, repr=False)
    _whole: bool = field(default=False, repr=False)

    @classmethod
    def whole(cls, store: Store) -> Selection:
        """Choose everything."""
        return cls(store, to_networkx(store), _whole=True)

    @classmethod
    def around(cls, store: Store, iri: str, *, depth: int = 1) -> Selection:
        """Choose an entity and all that lies within so many edges of it, whatever their direction."""
        network = to_networkx(store)
        if iri not in network:
            raise UnknownName(f"{shorten(iri)} is no entity of the graph", hint="name one that is drawn")
        return cls(store, _near(network, [iri], depth), chosen=f"--around {shorten(iri)} --depth {depth}")

    @classmethod
    def of_class(cls, store: Store, name: str, *, depth: int = 1) -> Selection:
        """Choose the entities of a class or of one below it, and what lies within so many edges of them.

        The class is named by its CURIE, its local name or its label.
        """
        network = to_networkx(store)
        bearers: dict[str, list[str]] = {}
        for node, data in network.nodes(data=True):
            for curie in (data["type"], *data["types_above"]):
                bearers.setdefault(curie, []).append(node)
        curie = _class_named(name, network, list(bearers))
        return cls(store, _near(network, bearers[curie], depth), chosen=f"--class {curie} --depth {depth}")

    @classmethod
    def of(cls, results: Results, query: str) -> Selection:
        """Choose what a query answers: the triples of CONSTRUCT, or the entities that SELECT names.

        Entities in one row of a SELECT are joined by the facts that the graph states of them, or where it
        states none, by an edge named after the column. Where each row names one entity, the facts among all
        of them are drawn.

        Raises ``QueryError`` when the answer has no entities in it.
        """
        store = results.store
        if results.form == "graph":
            triples = [row for row in results.rows if isinstance(row, Triple)]
            network = to_networkx(triples, context=store)
            return cls(store, network, query=query, _answer=triples)
        if results.form != "solutions":
            raise QueryError("a yes or no cannot be drawn", hint="ask with CONSTRUCT or SELECT")
        return cls(store, _of_rows(results, to_networkx(store)), query=query)

    @cached_property
    def quads(self) -> list[Quad]:
        """The quads that state what the selection shows, with their evidence; sorted."""
        if self._whole:
            found: Iterable[Quad] = self.store.parted()
        elif self._answer is not None:
            found = (Quad(t.subject, t.predicate, t.object) for t in self._answer)
        else:
            found = describe(self.store, self.network)
            if self.store.small:  # a look at every statement tells which graphs these are of
                shown = {quad.triple for quad in found}
                found = (quad for quad in self.store.parted() if quad.triple in shown)
        return sorted(set(found), key=str)


def _near(network: Network, centres: list[str], depth: int) -> Network:
    near, layer = set(centres), set(centres)
    for _ in range(depth):
        layer = {m for n in layer for m in (*network.successors(n), *network.predecessors(n))} - near
        near |= layer
    return _part(network, near)


def _part(network: Network, nodes: set[str]) -> Network:
    """Return a copy of part of a network, its nodes in order."""
    import networkx as nx

    # Not network.subgraph: its order is that of a set, which differs from run to run.
    part: Network = nx.MultiDiGraph(**network.graph)
    part.add_nodes_from((node, data) for node, data in network.nodes(data=True) if node in nodes)
    for source, target, key, data in network.edges(keys=True, data=True):
        if source in nodes and target in nodes:
            part.add_edge(source, target, key=key, **data)
    return part


def _class_named(name: str, network: Network, curies: list[str]) -> str:
    by_name: dict[str, str] = {curie.rpartition(":")[2].casefold(): curie for curie in sorted(curies)}
    for _, data in network.nodes(data=True):
        by_name.setdefault(data["type_label"].casefold(), data["type"])
        by_name.setdefault(data["type_label_en"].casefold(), data["type"])
    by_name |= {curie.casefold(): curie for curie in curies}
    try:
        wanted = shorten(expand(name)) if ":" in name and "//" not in name else shorten(name)
    except KeyError:
        wanted = name
    found = by_name.get(name.casefold()) or by_name.get(wanted.casefold())
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(name.casefold(), list(by_name), n=3)
        raise UnknownName(
            f"no entity of the class {name!r}",
            near=list(dict.fromkeys(by_name[match] for match in near)),
            hint="" if near else "give one of " + ", ".join(sorted(set(by_name.values()))[:12]),
        )
    return found


def _of_rows(results: Results, network: Network) -> Network:
    """Return the entities that rows name and the facts between them."""
    import networkx as nx

    rows = [
        [(column, _name(term)) for column, term in zip(results.columns, row, strict=True) if _is_node(term)]
        for row in results.cells()
    ]
    drawn: Network = nx.MultiDiGraph()
    drawn.graph = dict(network.graph)
    unknown = {name for row in rows for _, name in row if name not in network}
    plain = to_networkx(
        [Triple(NamedNode(n), NamedNode(SCHEMA + "url"), Literal(n)) for n in sorted(unknown)],
        context=results.store,
    )
    # A measure, a qualifier or a property in a cell is a term of the ontology: no entity to draw.
    terms = {name for name in unknown if name not in plain}
    rows = [[cell for cell in row if cell[1] not in terms] for row in rows]
    if len(results) and not any(rows):
        raise QueryError("the answer names no entity to draw", hint="select an IRI, or use CONSTRUCT")
    if terms:
        drawn.graph["left_out"] = {**drawn.graph.get("left_out", {}), "terms of the ontology": len(terms)}
    for _, name in (cell for row in rows for cell in row):
        if name not in drawn:
            known = network.nodes[name] if name in network else {**plain.nodes[name], "attributes": []}
            drawn.add_node(name, **known)
    if all(len(row) < 2 for row in rows):
        pairs = {(s, o): "" for s, o in network.edges() if s in drawn and o in drawn}
    else:
        pairs = {}
        for row in rows:
            for (_, first), (column, second) in combinations(row, 2):
                if first != second:
                    pairs.setdefault((first, second), column if first == row[0][1] else "")
    for (first, second), column in pairs.items():
        _join(drawn, network, first, second, column)
    return drawn


def _join(drawn: Network, network: Network, first: str, second: str, column: str) -> None:
    """Draw the facts between two entities in either direction, else an edge named after the column."""
    found = False
    for s, o in ((first, second), (second, first)):
        for key, data in (network.get_edge_data(s, o) or {}).items():
            drawn.add_edge(s, o, key=key, **data)
            found = True
    if not found and column and first in drawn and second in drawn:
        named = {"property": f"?{column}", "property_iri": f"?{column}", "label": column, "label_en": column}
        drawn.add_edge(first, second, key=f"?{column}", **named, directed=True, evidence=[])


def _is_node(term: object) -> bool:
    return isinstance(term, NamedNode | BlankNode)


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
