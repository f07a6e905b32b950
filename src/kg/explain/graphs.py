"""Graphs that a query asks for: FROM and GRAPH of one that the data does not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from pyoxigraph import NamedNode

from kg.explain.parts import MOST_COUNTED, Parts
from kg.explain.wording import short, solutions
from kg.sparql import Element, Graph
from kg.sparql.tokens import tokenize

#: So many graphs are named, the nearest first.
_MOST_NAMED = 3
_MOST_LISTED = 1000


def of_dataset(parts: Parts) -> Iterator[str]:
    """Say which graphs of FROM the data does not have, and what the pattern finds without FROM."""
    clauses = parts.query.select.dataset
    if not clauses:
        return
    names = [token.text for token in tokenize(clauses) if token.kind in ("iri", "name")]
    missing = [name for name in names if not _there(parts, name)]
    if missing:
        yield _no_graph(parts, missing)
        yield from without_dataset(parts)


def without_dataset(parts: Parts) -> Iterator[str]:
    """Say what the pattern finds in all graphs, where FROM names some."""
    clauses = parts.query.select.dataset
    if not clauses:
        return
    free = replace(parts, query=parts.query._replace(select=parts.query.select._replace(dataset="")))
    if number := free.count(free.elements):
        yield f"without {clauses} the pattern has {solutions(number, MOST_COUNTED)}"


def of_graph(parts: Parts, element: Graph) -> Iterator[str]:
    """Say that the graph of a GRAPH does not exist, and what the pattern finds without GRAPH."""
    if element.name.startswith("?"):
        if not _named(parts):
            yield "the data has no named graphs, and GRAPH looks into nothing else"
    elif not _there(parts, element.name):
        yield _no_graph(parts, [element.name])
    free = parts.with_replaced(element, element.group).whole()
    if number := free.count(free.elements):
        yield f"without GRAPH {element.name} the pattern has {solutions(number, MOST_COUNTED)}"


def all_missing(parts: Parts, element: Element) -> bool:
    """Say whether an element asks for a graph that the data does not have."""
    if not isinstance(element, Graph):
        return False
    return not _named(parts) if element.name.startswith("?") else not _there(parts, element.name)


def _there(parts: Parts, name: str) -> bool:
    _, [[there]] = parts.engine.rows(
        f"{parts.query.prologue}\nSELECT (EXISTS {{ GRAPH {name} {{ ?s ?p ?o }} }} AS ?there) {{}}"
    )
    return there is not None and there.value == "true"


def _named(parts: Parts) -> list[NamedNode]:
    _, rows = parts.engine.rows(f"SELECT DISTINCT ?g {{ GRAPH ?g {{}} }} LIMIT {_MOST_LISTED}")
    return sorted((g for (g,) in rows if isinstance(g, NamedNode)), key=lambda graph: graph.value)


def _no_graph(parts: Parts, missing: list[str]) -> str:
    graphs = _named(parts)
    terms = parts.engine.constants(parts.query, missing)
    wanted = str(getattr(terms[missing[0]], "value", missing[0]))
    graphs.sort(key=lambda g: (-SequenceMatcher(None, wanted, g.value).ratio(), g.value))
    names = [short(graph, parts.engine.prefixes) for graph in graphs[:_MOST_NAMED]]
    rest = len(graphs) - len(names)
    more = f" and {'over ' if len(graphs) == _MOST_LISTED else ''}{rest:,} more" if rest else ""
    what = f"it has {', '.join(names)}{more}" if graphs else "it has none but the default graph"
    return f"the data has no graph {' and no graph '.join(missing)}; {what}"
