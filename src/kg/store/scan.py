"""Joins of whole properties: read side by side, instead of one looked up for each row of the other.

Oxigraph joins the patterns ``?figure schema:variableMeasured ?measure ; schema:value ?value`` one row at a
time: each figure is looked up in the store, which is right where there are few, and slow on disk. What stands
in a sub-select of its own it reads in one go and joins by hash: see benchmarks/README.md. A
basic graph pattern is the join of its patterns (SPARQL 1.1, section 18.3.1), so the rows are the same.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import QueryError
from kg.sparql import (
    Bind,
    Element,
    Filter,
    Group,
    Optional,
    Pattern,
    Projected,
    Query,
    Select,
    SubSelect,
    Triples,
    parse,
)


def side_by_side(text: str, many: Callable[[str], bool]) -> str:
    """Return a query in which the patterns that all have many matches are read side by side.

    Only a query that needs every match is changed: one that counts, sums or sorts. ``many`` is told a query
    for the matches of one pattern and says whether there are many.

    >>> text = "SELECT ?m (SUM(?v) AS ?sum) { ?o <urn:measure> ?m ; <urn:value> ?v } GROUP BY ?m"
    >>> side_by_side(text, lambda query: False) == text
    True
    >>> print(side_by_side(text, lambda query: True).strip())
    SELECT  ?m (SUM(?v) AS ?sum) WHERE { { SELECT  ?o ?m  WHERE { ?o <urn:measure> ?m . } }
    { SELECT  ?o ?v  WHERE { ?o <urn:value> ?v . } } } GROUP BY ?m
    """
    try:
        query = parse(text)
    except (QueryError, NotImplementedError):
        return text  # the engine says what is wrong with it
    select = query.select
    patterns = _joined(query)
    # The pattern with a constant in it first: that one is likely to have few, and then no other is looked at.
    for pattern in sorted(patterns, key=lambda pattern: pattern.object.startswith("?")):
        if not many(query.text(_alone(pattern))):
            return text
    if not patterns:
        return text
    parts: list[Element] = []
    for element in select.where.elements:
        if isinstance(element, Triples):
            parts += [SubSelect(_alone(pattern)) for pattern in element.patterns]
        else:
            parts.append(element)
    return query.text(select._replace(where=Group(tuple(parts))))


def _joined(query: Query) -> tuple[Pattern, ...]:
    """Return the patterns of a query that consists of a join and of what follows from each of its rows."""
    select = query.select
    needs_all = select.aggregates or (bool(select.order) and select.projection is not None)
    if query.form != "SELECT" or not needs_all or select.data or select.projection is None:
        return ()
    if not all(isinstance(each, Triples | Filter | Bind | Optional) for each in select.where.elements):
        return ()
    # Behind an OPTIONAL or a BIND the order of things matters to what is found.
    kinds = [isinstance(each, Triples) for each in select.where.elements]
    patterns = tuple(p for each in select.where.elements if isinstance(each, Triples) for p in each.patterns)
    if kinds != sorted(kinds, reverse=True) or len(patterns) < 2 or not all(map(_plain, patterns)):
        return ()
    about = {pattern.subject for pattern in patterns}
    named = [name for p in patterns for name in (p.subject, p.object) if name.startswith(query.fresh)]
    return patterns if len(about) == 1 and not named else ()


def _plain(pattern: Pattern) -> bool:
    """Say whether a pattern asks for a property, by name, of whatever has it."""
    named = isinstance(pattern.predicate, str) and not pattern.predicate.startswith("?")
    return named and pattern.subject.startswith("?") and pattern.object != pattern.subject


def _alone(pattern: Pattern) -> Select:
    names = (name for name in (pattern.subject, pattern.object) if name.startswith("?"))
    return Select(tuple(map(Projected, names)), Group((Triples((pattern,)),)))
