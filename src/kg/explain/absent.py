"""Why a row that was expected is not in an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from kg.errors import UnknownName, UsageError
from kg.explain.budget import SECONDS, told
from kg.explain.clauses import of_clauses
from kg.explain.empty import why_parts
from kg.explain.parts import MOST_COUNTED, Parts
from kg.explain.wanted import Wanted, made
from kg.explain.wording import many, short
from kg.query.engine import Engine
from kg.sparql import (
    Expression,
    Group,
    Projected,
    Query,
    Select,
    SubSelect,
    Triples,
    certain,
    parse,
    variables,
)
from kg.store.protocol import Store

#: So many rows are told of that have another value.
_MOST_TOLD = 3


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
    engine, select = parts.engine, parts.query.select
    row = "row" if parts.query.form == "SELECT" else "solution"
    asked = " and ".join(f"{name} = {value}" for name, value in wanted.items())
    none = f"no {row} has {asked}"
    found = [Wanted.of(engine, parts.query, name, value) for name, value in wanted.items()]
    subjects = {p.subject for part in parts.elements if isinstance(part, Triples) for p in part.patterns}
    found = [one.node() if one.variable in subjects else one for one in found]
    hidden = sorted({one.variable for one in found} - set(_columns(parts.query)))
    if not hidden and _has(parts, select, found):
        yield f"there is a {row} that has {asked}"
        return
    computed = {c.variable for c in select.projection or () if c.expression}
    for one in found:
        if not one.terms and one.variable not in made(select.where) | computed:
            yield f"{none}: nothing in the graph is, or is named, {one.given}"
            return
    given = [one for one in found if one.variable not in computed]
    if len(given) < len(found) and not hidden:
        if clauses := list(_left_out(parts, found)):
            yield none
            yield from clauses
            return
        if instead := _computed(parts, given, [one.variable for one in found if one not in given]):
            yield f"{none}: {instead}"
            return
    sure = [one for one in given if one.variable in certain(select.where)]
    tests = [one.test for one in given if one not in sure]
    number = parts.count((*(one.data(engine) for one in sure), *parts.elements, *tests))
    if not number:
        yield none
        yield from _missing(parts, sure, [one for one in given if one not in sure])
        return
    if hidden:
        yield f"the pattern has {_such(number)} with {asked}; {', '.join(hidden)} is no column of the answer"
        return
    yield f"{none}, though the pattern has {_such(number)}"
    yield from _left_out(parts, found) or islice(of_clauses(parts), 1)


def _such(number: int) -> str:
    return "1 such solution" if number == 1 else f"{many(number, MOST_COUNTED)} such solutions"


def _missing(parts: Parts, sure: Sequence[Wanted], unsure: Sequence[Wanted]) -> Iterator[str]:
    """Say what keeps a solution from having the values: a part that has none, or an OPTIONAL."""
    names = [one.variable for one in unsure]
    required = parts.requiring(names)
    if required is None or not all(one.terms for one in unsure):
        yield from _values(parts, names[0])
        return
    if names:
        # Where a row has the value, its OPTIONAL matched.
        yield f"were the OPTIONAL that binds {' and '.join(sorted(names))} asked for like the rest:"
    hidden = {one: one.data(parts.engine) for one in (*sure, *unsure)}
    single = (one for one in hidden if len(one.terms) == 1)
    known = {one.variable: short(one.terms[0], parts.engine.prefixes) for one in single}
    elements = (*hidden.values(), *required.elements)
    yield from why_parts(
        replace(required, elements=elements, hidden=tuple(hidden.values()), known=known, text="")
    )


def _values(parts: Parts, name: str) -> Iterator[str]:
    shown = parts.examples(parts.elements, [name], 3)
    if shown:
        yield f"in the solutions, for example, {'; '.join(shown)}"
    else:
        yield from why_parts(parts)


def _computed(parts: Parts, given: Sequence[Wanted], names: Sequence[str]) -> str:
    """Say what is computed in the rows that have the other values; nothing where there are none."""
    select = parts.query.select._replace(dataset="", limit=None, offset=0)
    inner = Group((SubSelect(select), *(one.test for one in given)))
    asked = Select(
        tuple(map(Projected, names)), inner, "DISTINCT", order=tuple(map(Expression, names)),
        limit=_MOST_TOLD, dataset=parts.query.select.dataset,
    )  # fmt: skip
    _, rows = parts.engine.rows(parts.query.text(asked))
    there = [parts.worded(names, row) for row in rows]
    if not there:
        return ""
    shown = there[0] if len(there) == 1 else f"for example, {'; '.join(there)}"
    where = " and ".join(f"{one.variable[1:]} = {one.given}" for one in given)
    return f"where {where}, {shown}" if where else shown


def _has(parts: Parts, select: Select, found: Sequence[Wanted]) -> bool:
    """Say whether a row of a SELECT has the values."""
    inner = Group((SubSelect(select._replace(dataset="")), *(one.test for one in found)))
    asked = Select(None, inner, limit=1, dataset=parts.query.select.dataset)
    return bool(parts.engine.rows(parts.query.text(asked))[1])


def _left_out(parts: Parts, found: Sequence[Wanted]) -> list[str]:
    """Say which of LIMIT, OFFSET and HAVING leaves out a row that is there without it."""
    select = parts.query.select
    unlimited = select._replace(limit=None, offset=0)
    if select.limited and _has(parts, unlimited, found):
        end = None if select.limit is None else select.offset + select.limit
        skipped = select.offset and _has(parts, select._replace(limit=end, offset=0), found)
        return [f"OFFSET {select.offset} skips it" if skipped else f"LIMIT {select.limit} cuts it off"]
    if select.having and _has(parts, unlimited._replace(having=()), found):
        return [f"HAVING {' '.join(map(str, select.having))} leaves its group out"]
    return []
