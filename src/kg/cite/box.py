"""A SELECT as a box of rows, each of which knows the solutions that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import pyoxigraph as ox

from kg.cite.derivation import ANYWHERE, Derivation, Reader, together
from kg.cite.rewrite import Rewriting, Witness, refuse_exists
from kg.errors import QueryError
from kg.query.engine import Engine, Row, Term, inline
from kg.sparql import (
    Bind,
    Element,
    Graph,
    Group,
    Key,
    Minus,
    Optional,
    Path,
    Projected,
    Query,
    Select,
    SubSelect,
    certain,
)

#: Derivations that one row cites; the others are counted.
MOST_WAYS = 10_000
#: Solutions that are read for one SELECT; a query with more is cited in part, and says so.
MOST_SOLUTIONS = 300_000
#: Above so many rows the rewritten query is not narrowed to them: it would only grow.
MOST_NARROWED = 20_000


class Box:
    """The rows of a SELECT and what each rests on."""

    def __init__(self, engine: Engine, query: Query, select: Select, columns: Sequence[str]) -> None:
        named: tuple[Projected | Key, ...] = (*(select.projection or ()), *select.keys)
        for one in named:
            if one.expression:
                refuse_exists(one.expression, "a SELECT expression")
        for expression in select.having:
            refuse_exists(expression, "HAVING")
        chosen = bool(select.order and select.limited)
        if select.aggregates and select.data:
            # Data behind a query joins its groups: the same as a sub-select joined with the data.
            keys = (Projected(key.variable) for key in select.keys if key.variable not in select.columns)
            groups = Select(
                (*(select.projection or ()), *keys), select.where, keys=select.keys, having=select.having
            )
            select = select._replace(
                projection=tuple(Projected(name) for name in select.columns),
                where=Group((SubSelect(groups), select.data)),
                keys=(),
                having=(),
                order=(),
                data=None,
            )
        self.engine = engine
        self.query = query
        self.select = select
        self.columns = tuple(columns)
        self.cut = False
        self.rewriting = Rewriting.of(query, select)
        self.notes = [f"rests on what the graph does not say: {text}" for text in self.rewriting.absences]
        if select.aggregates:
            self.notes.append("what is computed over a group rests on the group being complete")
        if chosen:
            self.notes.append("which rows come first rests on all the others too")

    @property
    def plain(self) -> bool:
        """Whether each row is one solution, neither grouped, nor made distinct, nor left out."""
        return not (self.select.aggregates or self.select.modifier or self.select.limited)

    def derivations(self, rows: set[Row], *, whole: bool = False, sure: bool = True) -> dict[Row, Derivation]:
        """Return what each of ``rows`` rests on.

        ``whole`` says that the rows are all that the SELECT gives, ``sure`` that each is known to be
        one of them.

        Raises ``QueryError`` when a sure row cannot be derived again.
        """
        narrow = not whole or self.select.limited
        if not self.select.aggregates:
            computed = [Bind(c.expression, c.variable) for c in self.select.projection or () if c.expression]
            found = self._solve(self.columns, rows, computed, narrow)
        else:
            groups = self._groups(rows)
            computed = [Bind(key.expression, key.variable) for key in self.select.keys if key.expression]
            names = tuple(key.variable for key in self.select.keys)
            solved = self._solve(names, set().union(*groups.values()), computed, narrow)
            found = {row: together(solved[group] for group in keys) for row, keys in groups.items()}
        counted_nothing = self.select.aggregates and not self.select.keys
        if sure and not self.cut and not counted_nothing and any(not found[row].ways for row in rows):
            raise QueryError("this query cannot be cited: a row of it comes out otherwise a second time")
        return found

    def _groups(self, rows: set[Row]) -> dict[Row, set[Row]]:
        """Return the groups, by the values of their keys, that give each row."""
        names = [key.variable for key in self.select.keys]
        shown = [c.variable for c in self.select.projection or () if c.expression is None]
        if set(names) <= set(shown):
            places = [self.columns.index(name) for name in names]
            return {row: {tuple(row[i] for i in places)} for row in rows}
        hidden = (Projected(name) for name in names if name not in self.columns)
        projection = (*(self.select.projection or ()), *hidden)
        select = Select(
            projection, self.select.where, "", self.select.keys, self.select.having,
            dataset=self.query.select.dataset,
        )  # fmt: skip
        columns, solutions = self.engine.rows(self.query.text(select))
        groups: dict[Row, set[Row]] = {row: set() for row in rows}
        for solution in solutions:
            values = dict(zip(columns, solution, strict=True))
            row = tuple(values.get(name) for name in self.columns)
            if row in groups:
                groups[row].add(tuple(values.get(name) for name in names))
        return groups

    def _solve(
        self, names: tuple[str, ...], rows: set[Row], computed: list[Bind], narrow: bool
    ) -> dict[Row, Derivation]:
        """Attach each solution to the one of ``rows`` that its values of ``names`` make."""
        found = {row: Derivation() for row in rows}
        if not rows:
            return found
        where = self._where(names, rows, computed, narrow)
        select = Select(None, where, dataset=self.query.select.dataset)
        solutions = self.engine.solutions(self.query.text(select))
        index = {"?" + variable.value: i for i, variable in enumerate(solutions.variables)}
        constants = self.engine.constants(self.query, self.rewriting.constants())
        extra = tuple(constants.values())
        index |= {text: len(index) + i for i, text in enumerate(constants)}
        default = self.engine.constants(self.query, self.query.select.default_graphs)
        reader = Reader(self.rewriting, index, list(default.values()))
        key = [index.get(name, -1) for name in names]
        for count, solution in enumerate(solutions):
            if count == MOST_SOLUTIONS:
                self.cut = True
                break
            values = (*solution, *extra, None)
            derivation = found.get(tuple(values[i] for i in key))
            if derivation is None:
                continue
            derivation.ways += 1
            if derivation.ways > MOST_WAYS:
                derivation.cut = True
            else:
                reader.read(values, derivation)
        self._resolve(reader, constants)
        if self.cut:
            for derivation in found.values():
                derivation.cut = True
        return found

    def _where(self, names: tuple[str, ...], rows: set[Row], computed: list[Bind], narrow: bool) -> Group:
        where = self.rewriting.where
        text = str(where)
        if any(name.variable in text for name in computed):
            where = Group((where,))
        elements: list[Element] = [*where.elements, *computed]
        if self.select.data:
            elements.append(self.select.data)
        blank = any(isinstance(term, ox.BlankNode | ox.Triple) for row in rows for term in row)
        early = [i for i, name in enumerate(names) if name in certain(_head(where))]
        if (narrow or self.select.having) and early and not blank and len(rows) <= MOST_NARROWED:
            parts = {tuple(row[i] for i in early) for row in rows}
            data = inline([names[i] for i in early], sorted(parts, key=str))
            if narrow:
                elements.insert(0, data)
            else:
                # HAVING leaves out some groups. In the same group the engine would look the pattern up for
                # each row; to read all of it, as for the answer, and join is several times as fast.
                elements = [data, SubSelect(Select(None, Group(tuple(elements))))]
        return Group(tuple(elements))

    def _resolve(self, reader: Reader, constants: dict[str, Term]) -> None:
        """Follow what solutions only point at: paths, sub-selects, the matches of EXISTS."""
        store = self.engine.store
        if reader.paths:
            from kg.cite.trails import trails
        for (slot, graphs), asked in reader.paths.items():
            path = slot.pattern.predicate
            assert isinstance(path, Path)
            ways = trails(store, path, asked, constants, graphs)  # type: ignore[arg-type]
            for pair, derivations in asked.items():
                if pair not in ways:
                    raise QueryError(
                        f"the path {path} of this query cannot be cited: its triples were not found"
                    )
                way = Derivation(ways[pair])
                if graphs != ANYWHERE:
                    way.graphs = dict.fromkeys(way.triples, graphs)
                for derivation in derivations:
                    derivation.add(way)
        for inner, rows in reader.rows.items():
            box = Box(self.engine, self.query, inner.select, inner.select.columns)
            self._take(box, rows, box.derivations(set(rows)))
        for witness, rows in reader.seen.items():
            box, keys = self._witnesses(witness, list(rows))
            found = box.derivations(set(keys), whole=True, sure=witness.exists.role == "all")
            self._take(box, rows, {row: found[key] for row, key in zip(rows, keys, strict=True)})

    def _take(self, box: Box, rows: dict[Row, list[Derivation]], found: dict[Row, Derivation]) -> None:
        self.notes += [note for note in box.notes if note not in self.notes]
        for row, derivations in rows.items():
            for derivation in derivations:
                derivation.add(found[row])

    def _witnesses(self, witness: Witness, rows: list[Row]) -> tuple[Box, list[Row]]:
        """Make a box of what an EXISTS matched, for each row of the values that it saw."""
        if any(isinstance(term, ox.BlankNode) for row in rows for term in row):
            raise QueryError("an EXISTS about a blank node cannot be cited", hint="give the node an IRI")
        number = f"{self.query.fresh}row"
        keys: list[Row] = [(ox.Literal(i),) for i in range(len(rows))]
        data = inline([number, *witness.shared], [(*key, *row) for key, row in zip(keys, rows, strict=True)])
        body = Group((data, *witness.exists.group.elements))
        if witness.graph:
            body = Group((Graph(witness.graph, body),))
        select = Select((Projected(number),), body, dataset=self.query.select.dataset)
        return Box(self.engine, self.query, select, (number,)), keys


def _head(where: Group) -> Group:
    """Return what stands before any OPTIONAL or MINUS.

    To join rows on variables that this surely binds, at the head of the group, selects solutions as
    joining them at its end would. On other variables it would not: an unbound one takes any value.
    """
    return Group(tuple(takewhile(lambda part: not isinstance(part, Optional | Minus), where.elements)))
