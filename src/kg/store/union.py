"""The union of a dataset's graphs, as a set of statements.

The engine can ask all graphs as one, but then a statement of two graphs counts twice, and FROM is not
heard. So the default graph of a store of ours holds every statement of its named graphs too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.sparql import Expression, Group, Projected, Query, Select

UNION = DefaultGraph()


def unite(quads: pyoxigraph.Store) -> None:
    """Copy the statements of named graphs to the default graph.

    >>> store = pyoxigraph.Store()
    >>> store.load("<urn:g> { <urn:a> <urn:p> 1 } <urn:h> { <urn:a> <urn:p> 1 }", pyoxigraph.RdfFormat.TRIG)
    >>> unite(store)
    >>> size(store)
    1
    """
    for graph in list(quads.named_graphs()):
        found = quads.quads_for_pattern(None, None, None, graph)
        quads.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in found)


def size(quads: pyoxigraph.Store) -> int:
    """Return how many statements a united store holds."""
    if next(quads.named_graphs(), None) is None:
        return len(quads)
    return sum(1 for _ in quads.quads_for_pattern(None, None, None, UNION))


def parted(quads: pyoxigraph.Store) -> Iterator[Quad]:
    """Yield the statements of a united store as they came: a copy of a named graph's is left out."""
    named = next(quads.named_graphs(), None) is not None
    for quad in quads:
        if named and quad.graph_name == UNION:
            copies = quads.quads_for_pattern(quad.subject, quad.predicate, quad.object)
            if any(copy.graph_name != UNION for copy in copies):
                continue
        yield quad


def merged(quads: pyoxigraph.Store, query: Query, prefixes: Mapping[str, str]) -> pyoxigraph.Store:
    """Return a store whose default graph is the graphs of a query's FROM, each statement once.

    Several default graphs are no set to the engine either. The named graphs are those of FROM NAMED.
    """
    store = pyoxigraph.Store()
    for names, named in ((query.select.default_graphs, False), (query.select.named_graphs, True)):
        for graph in _meant(quads, query, names, prefixes):
            found = quads.quads_for_pattern(None, None, None, graph)
            store.extend(quad if named else Quad(*quad.triple) for quad in found)
    return store


def _meant(
    quads: pyoxigraph.Store, query: Query, names: tuple[str, ...], prefixes: Mapping[str, str]
) -> list[NamedNode]:
    """Return the graphs that names such as ``ex:page`` denote in a query: the engine knows."""
    columns = tuple(Projected(f"?g{i}", Expression(name)) for i, name in enumerate(names))
    if not columns:
        return []
    solutions: Any = quads.query(query.text(Select(columns, Group(()))), prefixes=dict(prefixes))
    return list(next(solutions))
