"""The union of a dataset's graphs, as a set of statements.

The engine can ask all graphs as one, but then a statement of two graphs counts twice, and FROM is not
heard. So the default graph of a store of ours holds every statement of its named graphs too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.sparql import Expression, Group, Projected, Query, Select

UNION = DefaultGraph()
#: Statements that are copied at a time.
_BATCH = 100_000


def unite(quads: pyoxigraph.Store) -> int:
    """Copy the statements of named graphs to the default graph; return how many that holds then.

    >>> store = pyoxigraph.Store()
    >>> store.load("<urn:g> { <urn:a> <urn:p> 1 } <urn:h> { <urn:a> <urn:p> 1 }", pyoxigraph.RdfFormat.TRIG)
    >>> unite(store)
    1
    """
    named = list(quads.named_graphs())
    for graph in named:
        copies = (Quad(*quad.triple) for quad in quads.quads_for_pattern(None, None, None, graph))
        missing = (copy for copy in copies if copy not in quads)
        while batch := list(islice(missing, _BATCH)):
            quads.bulk_extend(batch)
    return sum(1 for _ in quads.quads_for_pattern(None, None, None, UNION)) if named else len(quads)


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
