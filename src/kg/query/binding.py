"""Variables that a query shows or compares, and binds nowhere: a slip, and a column without values."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import QueryError
from kg.sparql import (
    Bind,
    Data,
    Element,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Select,
    Service,
    SubSelect,
    Triples,
    Union,
    parse,
    variables,
)


def unbound(text: str) -> list[str]:
    """Return a sentence for each variable that is shown or compared, and that no pattern binds.

    >>> unbound("SELECT ?X { ?x a ?kind }")
    ['nothing in the query binds ?X; did you mean ?x?']
    """
    try:
        select = parse(text).select
    except QueryError:  # what is not read here may be right all the same
        return []
    bound = set(_bound(select))
    said = []
    for name in dict.fromkeys(_asked(select)):
        if name not in bound:
            meant = near_variable(name, bound)
            said.append(f"nothing in the query binds {name}{f'; did you mean {meant}?' if meant else ''}")
    return said


def near_variable(name: str, bound: set[str]) -> str:
    """Return the one variable that was meant by another, or nothing.

    >>> near_variable("?X", {"?x", "?y"}), near_variable("?nmae", {"?name"}), near_variable("?a", {"?b"})
    ('?x', '?name', '')
    """
    from difflib import get_close_matches

    alike = sorted(other for other in bound if other.casefold() == name.casefold() and other != name)
    near = alike or get_close_matches(name, sorted(bound - {name}), n=1, cutoff=0.7)
    return near[0] if near and (alike or len(name) > 3) else ""


def _bound(select: Select) -> Iterator[str]:
    """Yield what a query binds anywhere, by patterns, by inline data or as a name for an expression."""
    yield from _bound_in(select.where)
    yield from select.data.variables if select.data else ()
    yield from (key.variable for key in select.keys if key.expression)
    yield from (column.variable for column in select.projection or () if column.expression)


def _bound_in(element: Element) -> Iterator[str]:
    match element:
        case Triples() | Bind() | Data() | Service():
            yield from variables(element)
        case Group(elements):
            for part in elements:
                yield from _bound_in(part)
        case Optional(group) | Minus(group):
            yield from _bound_in(group)
        case Graph(name, group):
            yield name
            yield from _bound_in(group)
        case Union(branches):
            for branch in branches:
                yield from _bound_in(branch)
        case SubSelect(select):
            yield from _bound(select)
        case Filter(expression):
            for each in expression.exists:
                yield from _bound_in(each.group)


def _asked(select: Select) -> Iterator[str]:
    """Yield what a query shows, compares or computes with, but for the filters of its inner groups."""
    for column in select.projection or ():
        yield from column.expression.variables if column.expression else (column.variable,)
    for part in select.where.elements:
        if isinstance(part, Filter | Bind):
            yield from part.expression.variables
    for key in select.keys:
        yield from key.expression.variables if key.expression else (key.variable,)
    for expression in (*select.having, *select.order):
        yield from expression.variables
