"""The parts of a query's pattern, and what each of them finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg.namespaces import XSD, shorten
from kg.query.engine import Engine
from kg.sparql import (
    Bind,
    Data,
    Element,
    Expression,
    Filter,
    Group,
    Minus,
    Optional,
    Projected,
    Query,
    Select,
    SubSelect,
    Triples,
    parse,
    variables,
)
from kg.store.protocol import Term

#: Matches are counted up to here; more are "more than" this.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Parts:
    """A pattern taken apart: each triple pattern, filter and group on its own, in the order they stand."""

    engine: Engine
    query: Query
    elements: tuple[Element, ...]
    text: str = ""

    @classmethod
    def of(cls, engine: Engine, text: str) -> Parts:
        """Take the WHERE clause of a query apart; a group in a group is taken apart too."""
        query = parse(text)
        return cls(engine, query, tuple(_flat(query.select)), text)

    def inside(self, element: Element) -> Parts | None:
        """Take apart what an element holds, a sub-select or a group; nothing if it holds no pattern.

        Inline data about a column of a sub-select goes along, where it selects the same rows inside.
        """
        if isinstance(element, SubSelect):
            select = element.select
            shown = {key.variable for key in select.keys} if select.aggregates else set(select.columns)
            data = [p for p in self.elements if isinstance(p, Data) and set(p.variables) <= shown]
            return replace(self, elements=(*(() if select.limited else data), *_flat(select)))
        if isinstance(element, Group):
            return replace(self, elements=tuple(_flat(Select(None, element))))
        return None

    def count(self, elements: Sequence[Element], most: int = MOST_COUNTED) -> int:
        """Return how many solutions some elements have together, at most one more than ``most``."""
        inner = Select(None, Group(tuple(elements)), limit=most + 1)
        count = Projected("?count", Expression("COUNT(*)", aggregates=True))
        outer = Select((count,), Group((SubSelect(inner),)), dataset=self.query.select.dataset)
        _, [[number]] = self.engine.rows(self.query.text(outer))
        return int(number.value) if number is not None else 0

    def any(self, elements: Sequence[Element]) -> bool:
        """Say whether some elements have a solution together."""
        return self.count(elements, 0) > 0

    def solutions(
        self, elements: Sequence[Element], names: Sequence[str], limit: int
    ) -> list[tuple[str, ...]]:
        """Return distinct values of variables over the solutions of some elements, as people write them."""
        columns = tuple(Projected(name) for name in names)
        select = Select(
            columns,
            Group(tuple(elements)),
            "DISTINCT",
            order=tuple(Expression(name) for name in names),
            limit=limit,
            dataset=self.query.select.dataset,
        )
        _, rows = self.engine.rows(self.query.text(select))
        return [tuple(short(term, self.engine.prefixes) for term in row) for row in rows]

    def smallest_empty(self) -> tuple[Element, ...]:
        """Return a part that has no solution, though each smaller part of it has; nothing if all have.

        A filter is tried only with what binds its variables.
        """
        kept: list[Element] = [part for part in self.elements if not isinstance(part, Optional)]
        if self.any(self._fitting(kept)):
            kept = list(self.elements)
            if self.any(kept):
                return ()
        for part in [
            *(p for p in kept if isinstance(p, Triples)),
            *(p for p in kept if not isinstance(p, Triples)),
        ]:
            alone = self.with_data([part])
            if not isinstance(part, Filter | Bind | Minus) and not self.any(alone):
                return tuple(alone)
        for part in [p for kind in (Minus, Filter) for p in kept if isinstance(p, kind)] + kept[::-1]:
            rest = self._fitting([p for p in kept if p is not part])
            if part in kept and rest and not self.any(rest):
                kept = rest
        return tuple(kept)

    def with_data(self, parts: list[Element]) -> list[Element]:
        """Join parts with the inline data about their variables, which is as good as constants."""
        names = {name for part in parts for name in variables(part)}
        data = [
            p for p in self.elements if isinstance(p, Data) and names & set(p.variables) and p not in parts
        ]
        return [*data, *parts]

    def _fitting(self, parts: Iterable[Element]) -> list[Element]:
        """Leave out filters and MINUS whose variables the others do not bind: they would say nothing."""
        parts = list(parts)
        bound = {name for part in parts if not isinstance(part, Filter | Minus) for name in variables(part)}
        return [
            part
            for part in parts
            if not (isinstance(part, Filter) and not set(part.expression.variables) <= bound)
            and not (isinstance(part, Minus) and not set(variables(part.group)) & bound)
        ]

    def without(self, gone: Iterable[Element]) -> list[Element]:
        """Return the elements but for some, and but for filters that depend on those."""
        gone = list(gone)
        return self._fitting(part for part in self.elements if part not in gone)

    def with_replaced(self, old: Element, new: Element) -> Parts:
        """Return the same pattern with one element for another."""
        return replace(self, elements=tuple(new if part is old else part for part in self.elements))


def _flat(select: Select) -> Iterable[Element]:
    yield from _flat_group(select.where)
    if select.data:
        yield select.data


def _flat_group(group: Group) -> Iterable[Element]:
    for element in group.elements:
        if isinstance(element, Triples):
            yield from (Triples((pattern,)) for pattern in element.patterns)
        elif isinstance(element, Group) and all(
            isinstance(p, Triples | Data | Group | SubSelect) for p in element.elements
        ):
            yield from _flat_group(element)
        else:
            yield element


def written(element: Element) -> str:
    """Return an element as the query has it, on one line."""
    if isinstance(element, Triples):
        return " . ".join(pattern.written or str(pattern) for pattern in element.patterns)
    return " ".join(str(element).split())


def short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return a term as SPARQL may write it: a CURIE, a bare number, a string with its tag."""
    if term is None:
        return "unbound"
    if isinstance(term, NamedNode):
        return shorten(term.value, dict(prefixes))
    if isinstance(term, Literal) and not term.language:
        kind = term.datatype.value
        if kind.removeprefix(XSD) in ("integer", "decimal", "boolean"):
            return term.value
        return f'"{term.value}"' + ("" if kind == XSD + "string" else f"^^{shorten(kind, dict(prefixes))}")
    return str(term)
