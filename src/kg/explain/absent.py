"""Why a row that was expected is not in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pyoxigraph import Literal, NamedNode

from kg.errors import UnknownName, UsageError
from kg.explain.budget import SECONDS, told
from kg.explain.clauses import of_clauses
from kg.explain.empty import why_parts
from kg.explain.near import occurs
from kg.explain.parts import MOST_COUNTED, Parts
from kg.explain.wording import many
from kg.query.engine import Engine, Term, inline
from kg.sparql import Element, Expression, Filter, Query, Select, certain, parse, variables
from kg.store.protocol import Store

#: So many literals of one text are told apart.
_MOST_ALIKE = 100


def check_wanted(query: str, wanted: Mapping[str, str]) -> None:
    """Refuse a column that a query does not have, before it is asked.

    >>> check_wanted("SELECT ?c { ?c a ?kind }", {"k": "x"})
    Traceback (most recent call last):
    ...
    kg.errors.UnknownName: the query has no column 'k'; its columns are c
    """
    tree = parse(query)
    columns = _columns(tree)
    known = {*columns, *variables(tree.select.where)}
    if wanted and not known:
        raise UsageError(f"{tree.form} without a pattern has no rows to miss", hint="write it as SELECT")
    for name, value in wanted.items():
        if f"?{name}" not in known:
            raise UnknownName(
                f"the query has no column {name!r}",
                hint="its columns are " + ", ".join(column[1:] for column in columns),
            )
        if not value.strip():
            raise UsageError(f"no value is given for {name}", hint=f"write --why-not {name}=VALUE")


def _columns(tree: Query) -> Sequence[str]:
    return tree.select.columns or variables(tree.select.where)


def why_not(
    store: Store,
    query: str,
    prefixes: Mapping[str, str],
    wanted: Mapping[str, str],
    *,
    seconds: float = SECONDS,
) -> list[str]:
    """Return, line by line, why no row has the ``wanted`` values, by the names of columns.

    A value is text, a number, or the name of an entity, whichever the column holds. Of an ASK, a
    CONSTRUCT or a DESCRIBE the solutions of its pattern are the rows.

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
    check_wanted(query, wanted)
    engine = Engine(store, prefixes)
    return told(lambda: _why_not(engine, query, wanted), seconds, size=len(query))


def _why_not(engine: Engine, query: str, wanted: Mapping[str, str]) -> Iterator[str]:
    parts = Parts.of(engine, query)
    select = parts.query.select
    asked = " and ".join(f"{name} = {value}" for name, value in wanted.items())
    none = f"no {'row' if parts.query.form == 'SELECT' else 'solution'} has {asked}"
    found = {f"?{name}": list(_terms(engine, value)) for name, value in wanted.items()}
    computed = {c.variable for c in select.projection or () if c.expression}
    if computed & set(found):
        there = _has(parts, select, found, {f"?{name}": value for name, value in wanted.items()})
        yield f"there is a row that has {asked}" if there else f"{none}: it is computed for each row"
        return
    for name, terms in found.items():
        if not terms:
            yield f"{none}: nothing in the graph is, or is named, {wanted[name[1:]]}"
            return
    sure = certain(select.where) & set(found)
    data = [inline([name], [(term,) for term in found[name]]) for name in sorted(sure)]
    tests = [_equals(name, found[name]) for name in found if name not in sure]
    elements = (*data, *parts.elements, *tests)
    number = parts.count(elements)
    if not number:
        yield none
        yield from _missing(parts, found, data)
        return
    if not set(found) <= set(_columns(parts.query)):
        hidden = ", ".join(sorted(set(found) - set(_columns(parts.query))))
        such = _such(number)
        yield f"the pattern has {such} with {asked}; {hidden} is no column of the answer"
        return
    if _has(parts, select, found):
        yield f"there is a {'row' if parts.query.form == 'SELECT' else 'solution'} that has {asked}"
        return
    yield f"{none}, though the pattern has {_such(number)}"
    yield from _clauses(parts, found)


def _such(number: int) -> str:
    return "1 such solution" if number == 1 else f"{many(number, MOST_COUNTED)} such solutions"


def _missing(parts: Parts, found: Mapping[str, Sequence[Term]], data: Sequence[Element]) -> Iterator[str]:
    """Say what keeps a solution from having the values: a part that has none, or an OPTIONAL."""
    unsure = sorted(set(found) - {name for part in data for name in variables(part)})
    required = parts.requiring(unsure)
    if required is None:
        yield from _values(parts, unsure[0])
        return
    if unsure:
        # Where a row has the value, its OPTIONAL matched.
        yield f"were the OPTIONAL that binds {' and '.join(unsure)} asked for like the rest:"
    hidden = (*data, *(inline([name], [(t,) for t in found[name]]) for name in unsure))
    yield from why_parts(replace(required, elements=(*hidden, *required.elements), hidden=hidden, text=""))


def _values(parts: Parts, name: str) -> Iterator[str]:
    shown = parts.examples(parts.elements, [name], 3)
    if shown:
        yield f"in the solutions, for example, {'; '.join(shown)}"
    else:
        yield from why_parts(parts)


def _equals(name: str, terms: Sequence[Term]) -> Filter:
    """Return the filter that keeps solutions in which a variable is one of some terms."""
    text = " || ".join(f"sameTerm({name}, {term})" for term in terms)
    return Filter(Expression(f"({text})", (name,)))


def _terms(engine: Engine, value: str) -> Iterator[Term]:
    """Yield the terms of the data that a value may stand for: an entity, a literal of that text."""
    from kg.entities import resolve

    store = engine.store
    written_as_iri = value.startswith("<") and value.endswith(">")
    try:
        iri = NamedNode(resolve(store, value, prefixes=engine.prefixes))
    except UsageError:
        iri = None
        if written_as_iri:
            try:
                iri = NamedNode(value[1:-1])
            except ValueError as error:
                raise UsageError(f"{value} is no IRI: {error}", hint="write <https://…>") from None
    if iri is not None and occurs(store, iri):
        yield iri
    if not written_as_iri:
        text = Literal(value)
        query = f"SELECT DISTINCT ?o {{ ?s ?p ?o FILTER(isLiteral(?o) && STR(?o) = {text}) }}"
        _, rows = engine.rows(f"{query} LIMIT {_MOST_ALIKE}")
        yield from sorted((o for (o,) in rows if isinstance(o, Literal)), key=str)


def _has(
    parts: Parts,
    select: Select,
    found: Mapping[str, Sequence[Term]],
    texts: Mapping[str, str] | None = None,
) -> bool:
    """Say whether a row of a SELECT has one of the terms, or the very text, in each column."""
    solutions = parts.engine.solutions(parts.query.text(select))
    columns = ["?" + variable.value for variable in solutions.variables]
    places = [
        (columns.index(name), set(terms), (texts or {}).get(name))
        for name, terms in found.items()
        if name in columns
    ]
    return any(
        all(
            row[at] in terms or (text is not None and getattr(row[at], "value", None) == text)
            for at, terms, text in places
        )
        for row in solutions
    )


def _clauses(parts: Parts, found: Mapping[str, Sequence[Term]]) -> Iterator[str]:
    """Say what leaves out a row whose solution the pattern has."""
    select = parts.query.select
    unlimited = select._replace(limit=None, offset=0)
    if select.limited and _has(parts, unlimited, found):
        clause = f"LIMIT {select.limit}" if select.limit is not None else f"OFFSET {select.offset}"
        yield f"{clause} cuts it off"
    elif select.having:
        yield f"HAVING {' '.join(map(str, select.having))} leaves its group out"
    else:
        yield from islice(of_clauses(parts), 1)
