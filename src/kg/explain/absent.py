"""Why a row that was expected is not in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pyoxigraph import Literal, NamedNode

from kg.errors import UnknownName, UsageError
from kg.explain.empty import why_parts
from kg.explain.parts import Parts
from kg.query.engine import Engine, Row, Term, inline
from kg.sparql import Data, parse, variables
from kg.store.protocol import Store


def why_not(store: Store, query: str, prefixes: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    """Return, line by line, why no row has the ``wanted`` values, by the names of columns.

    A value is text, a number, or the name of an entity, whichever the column holds.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:cao> <urn:villages> 151 . <urn:shan> <urn:villages> 4 .")
    >>> query = "SELECT ?c { ?c <urn:villages> ?n FILTER(?n > 100) }"
    >>> for line in why_not(store, query, {}, {"c": "<urn:shan>"}):
    ...     print(line)
    no row has c = <urn:shan>
    FILTER (?n > 100) removes the 1 solution
    there, for example, ?n is 4

    Raises ``UnknownName`` for a column that the query does not have, ``UsageError`` for a value that
    names nothing.
    """
    tree = parse(query)
    engine = Engine(store, prefixes)
    select = tree.select
    columns = {*select.columns, *variables(select.where)}
    for name in wanted:
        if f"?{name}" not in columns:
            known = [column[1:] for column in select.columns]
            raise UnknownName(f"the query has no column {name!r}", hint="its columns are " + ", ".join(known))
    parts = Parts.of(engine, query)
    found: dict[str, list[Term]] = {
        name: list(_terms(store, value, prefixes)) for name, value in wanted.items()
    }
    asked = " and ".join(f"{name} = {value}" for name, value in wanted.items())
    computed = {c.variable for c in select.projection or () if c.expression}
    if any(f"?{name}" in computed for name in wanted):
        return [f"{asked} is computed; say why of a column that the pattern binds"]
    for name, terms in found.items():
        if not any(_occurs(store, term) for term in terms):
            return [f"no row has {asked}: nothing in the graph is, or is named, {wanted[name]}"]
    data = []
    for name, terms in found.items():
        rows: list[Row] = [(term,) for term in terms]
        data.append(inline([f"?{name}"], rows))
    bound = replace(parts, elements=(*data, *parts.elements), text="")
    if not bound.any(bound.elements):
        # What was asked for is said once; the data that stands for it need not be said again.
        lines = why_parts(bound)
        for part in data:
            lines = [line.replace(f"{part} . ", "") for line in lines]
        return [f"no row has {asked}", *lines]
    solutions = bound.count(bound.elements)
    if _in_answer(engine, query, data):
        return [f"there is a row that has {asked}"]
    return [f"no row has {asked}, though the pattern has {solutions:,} such solutions", *_clauses(parts)]


def _terms(store: Store, value: str, prefixes: Mapping[str, str]) -> Iterator[Term]:
    """Yield the terms that a value may stand for: an entity, a literal that occurs, a number."""
    from kg.entities import resolve

    written_as_iri = value.startswith("<") and value.endswith(">")
    try:
        yield NamedNode(resolve(store, value, prefixes=prefixes))
    except UsageError:
        if written_as_iri:
            yield NamedNode(value[1:-1])
    if written_as_iri:
        return
    yield Literal(value)
    occurring = {
        quad.object
        for quad in store.quads()
        if isinstance(quad.object, Literal) and quad.object.value == value
    }
    yield from sorted(occurring - {Literal(value)}, key=str)


def _occurs(store: Store, term: Term) -> bool:
    if any(True for _ in store.quads(None, None, term)):
        return True
    return isinstance(term, NamedNode) and any(True for _ in store.quads(term))


def _in_answer(engine: Engine, query: str, data: list[Data]) -> bool:
    columns, rows = engine.rows(query)
    allowed = {}
    for part in data:
        [name], terms = engine.rows(f"SELECT * {{ {part} }}")
        allowed[name] = {row[0] for row in terms}
    places = [(columns.index(name), terms) for name, terms in allowed.items() if name in columns]
    return bool(places) and any(all(row[at] in terms for at, terms in places) for row in rows)


def _clauses(parts: Parts) -> Iterator[str]:
    select = parts.query.select
    if select.having:
        yield f"HAVING {' '.join(map(str, select.having))} leaves its group out"
    if select.limited:
        limit = f"LIMIT {select.limit}" if select.limit is not None else f"OFFSET {select.offset}"
        yield f"{limit} cuts it off"
    if not select.having and not select.limited:
        yield "its column is not shown, or its group is one of several"
