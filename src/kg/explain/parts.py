"""The parts of a query's pattern, and what each of them finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, islice

from kg.explain import wording
from kg.explain.links import flat, linked, mentioned
from kg.explain.wording import short
from kg.query.engine import Engine, Row
from kg.query.syntax import declared, tokens
from kg.sparql import (
    Bind,
    Data,
    Element,
    Expression,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Projected,
    Query,
    Select,
    SubSelect,
    Triples,
    certain,
    parse,
    variables,
)

#: Matches are counted up to here; more are "more than" this.
MOST_COUNTED = 10_000


@dataclass(frozen=True)
class Parts:
    """A pattern taken apart: each triple pattern, filter and group on its own, in the order they stand.

    ``holder`` is the element of ``outer`` that the pattern was taken out of, if it was.
    """

    engine: Engine
    query: Query
    elements: tuple[Element, ...]
    text: str = ""
    #: What was added to the pattern, and goes without saying.
    hidden: tuple[Element, ...] = ()
    #: Variables that have one value, and how it is written in their place.
    known: Mapping[str, str] = field(default_factory=dict)
    #: What is asked of one graph only: its name.
    graph: str = ""
    outer: Parts | None = None
    holder: Element | None = None

    @classmethod
    def of(cls, engine: Engine, text: str) -> Parts:
        """Take the WHERE clause of a query apart; a group in a group is taken apart too."""
        query = parse(text)
        own = declared(list(tokens(query.prologue)))
        engine = Engine(engine.store, {**engine.prefixes, **own})
        return cls(engine, query, tuple(flat(query.select)), text)

    def inside(self, element: Element) -> Parts | None:
        """Take apart what an element holds, a sub-select or a group; nothing if it holds no pattern.

        Inline data about a column of a sub-select goes along, where it selects the same rows inside.
        """
        within = replace(self, outer=self, holder=element)
        match element:
            case SubSelect(select):
                shown = {key.variable for key in select.keys} if select.aggregates else set(select.columns)
                about = [p for p in self.elements if isinstance(p, Data) and set(p.variables) <= shown]
                data = () if select.limited else tuple(about)
                return replace(within, elements=(*data, *flat(select)))
            case Group():
                return replace(within, elements=tuple(flat(Select(None, element))))
            case Graph(name, group) if not self.graph:
                return replace(within, elements=tuple(flat(Select(None, group))), graph=name)
        return None

    def requiring(self, names: Sequence[str]) -> Parts | None:
        """Return the pattern with the OPTIONALs that bind some variables asked for like the rest.

        A solution that binds them is one of that pattern. Nothing where something else binds them too.
        """
        optional = []
        for name in names:
            binding = [part for part in self.elements if name in variables(part)]
            if len(binding) != 1 or not isinstance(binding[0], Optional):
                return None
            optional.append(binding[0])
        required: list[Element] = []
        for part in self.elements:
            required += flat(Select(None, part.group)) if part in optional else [part]
        bound = certain(Group(tuple(required)))
        return replace(self, elements=tuple(required), text="") if bound >= set(names) else None

    def selecting(self, select: Select) -> Parts:
        """Return the pattern as that of another SELECT, over the graphs of this one."""
        dataset = self.query.select.dataset
        return replace(self, query=self.query._replace(select=select._replace(dataset=dataset)))

    def whole(self) -> Parts:
        """Put the pattern back into the query that it was taken out of."""
        match self.holder:
            case None:
                return self
            case SubSelect(select):
                own = tuple(p for p in self.elements if not isinstance(p, Data) or p in flat(select))
                new: Element = SubSelect(select._replace(where=Group(own), data=None))
            case Graph(name, _) if self.graph:
                new = Graph(name, Group(self.elements))
            case _:
                new = Group(self.elements)
        assert self.outer
        return self.outer.with_replaced(self.holder, new).whole()

    def written(self, elements: Element | Iterable[Element]) -> str:
        """Return elements as people write them, with what is known in place of its variables."""
        if isinstance(elements, Element):
            elements = [elements]
        shown = (
            wording.put(element, self.known)
            for element in elements
            if element not in self.hidden or not set(variables(element)) <= set(self.known)
        )
        text = wording.written(shown, self.query.fresh)
        return f"GRAPH {self.graph} {{ {text} }}" if self.graph else text

    def count(self, elements: Sequence[Element], most: int = MOST_COUNTED) -> int:
        """Return how many solutions some elements have together, at most one more than ``most``.

        Elements that share no variable are counted apart: their cross product is never made.
        """
        total = 1
        for part in self._linked(elements):
            inner = Select(None, self._group(part), limit=most + 1)
            count = Projected("?count", Expression("COUNT(*)", aggregates=True))
            outer = Select((count,), Group((SubSelect(inner),)), dataset=self.query.select.dataset)
            _, [[number]] = self.engine.rows(self.query.text(outer))
            total *= int(number.value) if number is not None else 0
            if not total:
                break
        return min(total, most + 1)

    def any(self, elements: Sequence[Element]) -> bool:
        """Say whether some elements have a solution together."""
        return self.count(elements, 0) > 0

    def rows(self, elements: Sequence[Element], names: Sequence[str], limit: int) -> list[Row]:
        """Return distinct values of variables over solutions of some elements, in order.

        They are looked for among the first solutions only: all of them may be too many to sort.
        """
        found: dict[str, list[tuple[str, Row]]] = {}
        for part in self._linked(elements):
            shown = [name for name in names if any(name in mentioned(element) for element in part)]
            if not shown:
                continue
            columns = tuple(map(Projected, shown))
            first = Select(columns, self._group(part), limit=MOST_COUNTED)
            order = tuple(Expression(name) for name in shown)
            select = Select(columns, Group((SubSelect(first),)), "DISTINCT", (), (), order, limit)
            select = select._replace(dataset=self.query.select.dataset)
            _, rows = self.engine.rows(self.query.text(select))
            if not rows:
                return []
            for at, name in enumerate(shown):
                found[name] = [(name, (row[at],)) for row in rows]
        # Parts that share no variable go together in any way.
        most = max(map(len, found.values()), default=0)
        columns_of = [cycle(found[name]) if name in found else cycle([(name, (None,))]) for name in names]
        return [
            tuple(cell for _, (cell,) in row)
            for row in islice(zip(*columns_of, strict=False), min(most, limit))
        ]

    def examples(self, elements: Sequence[Element], names: Sequence[str], limit: int) -> list[str]:
        """Return what variables are in solutions of some elements, in words."""
        return [self.worded(names, row) for row in self.rows(elements, names, limit)]

    def worded(self, names: Sequence[str], row: Row) -> str:
        """Return what variables are in one solution, in words."""
        prefixes = self.engine.prefixes
        return ", ".join(f"{n} is {short(term, prefixes)}" for n, term in zip(names, row, strict=True))

    def _linked(self, elements: Sequence[Element]) -> list[list[Element]]:
        # A graph's name links what is asked of it, where it is a variable.
        return [list(elements)] if self.graph.startswith("?") else linked(elements)

    def _group(self, elements: Sequence[Element]) -> Group:
        group = Group(tuple(elements))
        return Group((Graph(self.graph, group),)) if self.graph else group

    def smallest_empty(self) -> tuple[Element, ...]:
        """Return a part that has no solution, though each smaller part of it has; nothing if all have.

        A filter is tried only with what binds its variables.
        """
        kept: list[Element] = [part for part in self.elements if not isinstance(part, Optional)]
        # What is quickly asked comes first; where it is empty, so is the whole.
        triples = [part for part in kept if isinstance(part, Triples)]
        if alone := self._alone(triples):
            return alone
        if not (little := self._little(kept)):
            if self.any(self._fitting(kept)):
                kept = list(self.elements)
                if self.any(kept):
                    return ()
            others = [p for p in kept if not isinstance(p, Triples | Filter | Bind | Minus)]
            if alone := self._alone(others):
                return alone
        kept = little or kept
        for part in [p for kind in (Minus, Filter) for p in kept if isinstance(p, kind)] + kept[::-1]:
            rest = self._fitting([p for p in kept if p is not part])
            if part in kept and rest and not self.any(rest):
                kept = rest
        return tuple(kept)

    def _alone(self, parts: Iterable[Element]) -> tuple[Element, ...]:
        """Return the first of some parts that finds nothing by itself, or with the inline data about it."""
        for part in parts:
            alone = self.with_data([part])
            if not self.any(alone):
                return (part,) if not self.any([part]) else tuple(alone)
        return ()

    def _little(self, kept: list[Element]) -> list[Element]:
        """Return a filter that removes all that the patterns about its variables find, with these.

        They are quickly asked; all of the pattern but for one filter may take much longer than all of it.
        """
        for part in kept:
            if isinstance(part, Filter) and (needed := self.needed(part)):
                about = [p for p in kept if isinstance(p, Triples | Data) and needed & set(variables(p))]
                part_of = self._fitting([*about, part])
                # Where the filter alone links its patterns, it is tried on all that they make.
                if len(linked(about)) == 1 and part in part_of and not self.any(part_of):
                    return part_of
        return []

    def with_data(self, parts: list[Element]) -> list[Element]:
        """Join parts with the inline data about their variables, which is as good as constants."""
        names = {name for part in parts for name in variables(part)}
        data = [
            p for p in self.elements if isinstance(p, Data) and names & set(p.variables) and p not in parts
        ]
        return [*data, *parts]

    def bound(self) -> set[str]:
        """Return every variable that the pattern may bind."""
        return {name for part in self.elements for name in variables(part)}

    def needed(self, part: Element) -> set[str]:
        """Return what others must bind for a FILTER or MINUS to say anything."""
        if isinstance(part, Filter):
            return mentioned(part) & self.bound()
        if isinstance(part, Minus):
            return set(variables(part.group)) & self.bound()
        return set()

    def _fitting(self, parts: Iterable[Element]) -> list[Element]:
        """Leave out filters and MINUS whose variables the others do not bind: they would say nothing."""
        parts = list(parts)
        there = {name for part in parts if not isinstance(part, Filter | Minus) for name in variables(part)}
        return [
            part
            for part in parts
            if not (isinstance(part, Filter) and not self.needed(part) <= there)
            and not (isinstance(part, Minus) and not self.needed(part) & there)
        ]

    def without(self, gone: Iterable[Element]) -> list[Element]:
        """Return the elements but for some, and but for filters that depend on those."""
        gone = list(gone)
        return self._fitting(part for part in self.elements if part not in gone)

    def with_replaced(self, old: Element, new: Element) -> Parts:
        """Return the same pattern with one element for another."""
        return replace(self, elements=tuple(new if part is old else part for part in self.elements))
