"""What stands behind the pattern: HAVING, LIMIT and OFFSET that leave nothing, aggregates of nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError
from kg.explain.parts import MOST_COUNTED, Parts
from kg.explain.wording import short, solutions
from kg.query.engine import Engine
from kg.sparql import Expression, Filter, Group, Key, Projected, Select, SubSelect
from kg.sparql.tokens import Token, tokenize

_AGGREGATE = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"}


def of_clauses(parts: Parts) -> Iterator[str]:
    """Say what HAVING, LIMIT or OFFSET do to a pattern that has solutions."""
    select = parts.query.select
    pattern = f"the pattern has {solutions(parts.count(parts.elements), MOST_COUNTED)}"
    open_ended = select._replace(limit=None, offset=0, order=())
    if select.having and not _number(parts, open_ended):
        yield from _having(parts, open_ended, pattern)
    elif select.limit == 0:
        yield f"{pattern}, but LIMIT 0 asks for no row"
    elif select.offset:
        rows = _number(parts, open_ended)
        all_of = "the only row" if rows == 1 else f"all of the {_rows(rows)}"
        yield f"{pattern}, but OFFSET {select.offset} skips {all_of}"
    elif unbound := unbound_sums(parts):
        yield f"{pattern}, but {' and '.join(unbound)} is unbound in all of them"
    elif parts.query.form == "DESCRIBE":
        yield "the graph says nothing about what is to be described"
    elif parts.query.form == "CONSTRUCT":
        yield f"{pattern}, but its template makes no triple of them"


def _having(parts: Parts, select: Select, pattern: str) -> Iterator[str]:
    groups = _number(parts, select._replace(having=()))
    having = " ".join(map(str, select.having))
    in_groups = "in 1 group" if groups == 1 else f"in {groups:,} groups"
    yield f"{pattern} {in_groups}, but HAVING {having} leaves none"
    aliases = {c.variable: c.expression for c in select.projection or () if c.expression}
    keys = {key.variable for key in select.keys}
    for name in dict.fromkeys(name for each in select.having for name in each.variables):
        expression = aliases.get(name)
        if name in keys or expression is None:
            continue
        yield f"HAVING does not see {name}, which is a name for {expression} in the answer"
        written = tuple(
            Expression(re.sub(rf"{re.escape(name)}\b", str(expression), each.text), aggregates=True)
            for each in select.having
        )
        try:
            number = _number(parts, select._replace(having=written))
        except QueryError:
            continue
        if number:
            there = "is 1 group" if number == 1 else f"are {number:,} groups"
            yield f"with HAVING {' '.join(map(str, written))} there {there}"
            return
    yield from _extremes(parts, select, groups)


def _extremes(parts: Parts, select: Select, number: int) -> Iterator[str]:
    """Say between what values the aggregates of HAVING lie."""
    aliases = {c.variable: str(c.expression) for c in select.projection or () if c.expression}
    texts = [text for each in select.having for text in aggregates(each.text)]
    texts += [t for e in select.having for n in e.variables if (t := aliases.get(n, "")) and aggregates(t)]
    for text in dict.fromkeys(texts):
        value, low, high = (f"{parts.query.fresh}{name}" for name in ("value", "low", "high"))
        groups = select._replace(
            projection=(Projected(value, Expression(text, aggregates=True)),),
            modifier="",
            having=(),
            dataset="",
        )
        columns = tuple(
            Projected(name, Expression(f"{function}({value})", aggregates=True))
            for name, function in ((low, "MIN"), (high, "MAX"))
        )
        query = Select(columns, Group((SubSelect(groups),)), dataset=parts.query.select.dataset)
        _, [(least, most)] = parts.engine.rows(parts.query.text(query))
        if least is not None:
            prefixes = parts.engine.prefixes
            between = f"is {short(least, prefixes)}{' in each' * (number > 1)}" if least == most else (
                f"lies between {short(least, prefixes)} and {short(most, prefixes)}"
            )  # fmt: skip
            yield f"{text} {between}"


def aggregates(text: str) -> list[str]:
    """Return the aggregates in an expression, as text.

    >>> aggregates("(COUNT(*) > 5 && SUM(?v) < 3)")
    ['COUNT(*)', 'SUM(?v)']
    """
    tokens = tokenize(text)
    found = []
    for index, token in enumerate(tokens):
        if token.kind == "word" and token.text.upper() in _AGGREGATE:
            found.append(text[token.start : _closing(tokens[index + 1 :])])
    return found


def _closing(tokens: list[Token]) -> int:
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            return token.end
    return tokens[-1].end if tokens else 0


def unbound_sums(parts: Parts) -> list[str]:
    """Return the variables that a query without GROUP BY sums up, and that no solution binds."""
    select = parts.query.select
    if select.keys:
        return []
    expressions = [column.expression for column in select.projection or () if column.expression]
    names = dict.fromkeys(n for e in expressions if e.aggregates for n in e.variables)
    return [
        name
        for name in names
        if not parts.any([*parts.elements, Filter(Expression(f"(BOUND({name}))", (name,)))])
    ]


def hollow(engine: Engine, text: str) -> bool:
    """Say whether a query without GROUP BY sums up nothing at all: its one row is no finding.

    >>> from kg.store import MemoryStore
    >>> engine = Engine(MemoryStore.parse("<urn:a> <urn:p> 1 ."), {})
    >>> hollow(engine, "SELECT (COUNT(*) AS ?n) { ?s <urn:q> ?o }")
    True
    """
    parts = Parts.of(engine, text)
    select = parts.query.select
    if not select.aggregates or select.keys:
        return False
    return bool(unbound_sums(parts)) or not parts.any(parts.elements)


def _number(parts: Parts, select: Select) -> int:
    """Return how many rows a SELECT has."""
    inner = select._replace(dataset="")
    if not select.projection:
        inner = inner._replace(projection=None)
    elif select.aggregates and not inner.keys and not any(c.expression for c in inner.projection or ()):
        inner = inner._replace(keys=tuple(Key(name) for name in inner.columns))
    count = Projected(f"{parts.query.fresh}count", Expression("COUNT(*)", aggregates=True))
    query = Select((count,), Group((SubSelect(inner),)), dataset=parts.query.select.dataset)
    _, [[number]] = parts.engine.rows(parts.query.text(query))
    return int(number.value) if number is not None else 0


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"
