"""Rewrite a SELECT so that its solutions show which triple patterns matched.

The rewritten query keeps the WHERE clause as it is and hides nothing: every variable is a column,
each OPTIONAL and UNION branch that matched is marked, and the row of a sub-select that a solution
used appears beside it. So a solution of the rewritten query *is* one derivation of a row.

What cannot be told this way is refused here, with the reason.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.errors import QueryError
from kg.sparql import (
    Bind,
    Data,
    Element,
    Exists,
    Expression,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Path,
    Pattern,
    Projected,
    Query,
    Select,
    Service,
    SubSelect,
    Triples,
    Union,
    certain,
    variables,
)
from kg.sparql.tokens import tokenize

#: Functions that give another value at each call: rows could not be found again.
FICKLE = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})


NOTHING = Group(())


class Slot(NamedTuple):
    """A triple pattern that matched where ``marker`` is bound (or always), in ``graph``."""

    marker: str
    pattern: Pattern
    graph: str


class Inner(NamedTuple):
    """A sub-select; ``aliases`` are the columns that show its row."""

    marker: str
    select: Select
    aliases: tuple[str, ...]


class Witness(NamedTuple):
    """An EXISTS that holds; its pattern is looked up with the solution's values of ``shared``."""

    marker: str
    exists: Exists
    shared: tuple[str, ...]
    graph: str


@dataclass
class Rewriting:
    """A WHERE clause that shows its derivations, and where to read them in a solution."""

    query: Query
    select: Select
    where: Group = field(default_factory=lambda: Group(()))
    slots: list[Slot] = field(default_factory=list)
    inners: list[Inner] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    absences: list[str] = field(default_factory=list)
    _count: int = 0

    @classmethod
    def of(cls, query: Query, select: Select) -> Rewriting:
        """Rewrite the WHERE clause of a query's SELECT or of a sub-select.

        >>> from kg.sparql import parse
        >>> query = parse("SELECT ?s { ?s kg:p ?o OPTIONAL { ?s kg:q 5 } }")
        >>> str(Rewriting.of(query, query.select).where)
        '{ ?s kg:p ?o . OPTIONAL { ?s kg:q 5 . BIND(true AS ?_m0) } }'

        Raises ``QueryError`` for what cannot be cited: SERVICE, functions that give another value at
        each call, an EXISTS that is an operand of anything but ``&&`` and ``||``.
        """
        rewriting = cls(query, select)
        rewriting.where = rewriting._group(select.where, "", "", NOTHING)
        shown = (column for column in select.projection or () if column.expression)
        rewriting.absences += [str(c) for c in shown if c.expression and "BOUND" in c.expression.words]
        return rewriting

    def constants(self) -> set[str]:
        """Return the terms, as written, that stand in patterns, in paths and as graphs."""
        return {
            text
            for slot in self.slots
            for text in (*slot.pattern.terms, slot.graph, *_properties(slot.pattern.predicate))
            if text and not text.startswith("?")
        }

    def _new(self) -> str:
        self._count += 1
        return f"{self.query.fresh}m{self._count - 1}"

    def _group(self, group: Group, marker: str, graph: str, outer: Group) -> Group:
        """Rewrite a group; a filter in it sees ``outer`` too if the group is an OPTIONAL's."""
        return Group(tuple(self._element(part, group, marker, graph, outer) for part in group.elements))

    def _element(self, element: Element, group: Group, marker: str, graph: str, outer: Group) -> Element:
        match element:
            case Triples(patterns):
                self.slots += [Slot(marker, pattern, graph) for pattern in patterns]
            case Filter(expression):
                self._filter(expression, marker, graph, Group((*outer.elements, *group.elements)), group)
            case Bind(expression):
                refuse_exists(expression, "BIND")
                if "BOUND" in expression.words:
                    self.absences.append(str(element))
            case Optional(inner):
                seen = itertools.takewhile(lambda part: part is not element, group.elements)
                return Optional(self._marked(inner, graph, Group((*outer.elements, *seen))))
            case Union(branches):
                return Union(tuple(self._marked(branch, graph, NOTHING) for branch in branches))
            case Group():
                return self._group(element, marker, graph, NOTHING)
            case Graph(name, inner):
                return Graph(name, self._group(inner, marker, name, NOTHING))
            case SubSelect(select):
                return self._sub_select(select, marker, graph)
            case Minus(inner):
                seen = itertools.takewhile(lambda part: part is not element, group.elements)
                if set(variables(inner)) & set(variables(Group(tuple(seen)))):  # else it removes nothing
                    self.absences.append(str(element))
            case Data() | Service():
                pass
        return element

    def _marked(self, group: Group, graph: str, outer: Group) -> Group:
        """Rewrite a group that may or may not match; mark it with a variable that only a match binds."""
        own = self._own_variable(group)
        marker = own or self._new()
        inner = self._group(group, marker, graph, outer)
        if own:
            return inner
        return Group((*inner.elements, Bind(Expression("true"), marker)))

    def _own_variable(self, group: Group) -> str:
        """Find a variable that this group always binds and that occurs nowhere else."""
        whole, part = f"{self.select.where} {self.select.data or ''}", str(group)
        for element in group.elements:
            if isinstance(element, Triples):
                for name in variables(element):
                    if _occurrences(name, whole) == _occurrences(name, part):
                        return name
        return ""

    def _filter(self, expression: Expression, marker: str, graph: str, scope: Group, group: Group) -> None:
        """Note what the EXISTS of a filter need; they see all of ``scope``, of which ``group`` is theirs."""
        if "COALESCE" in expression.words or ("BOUND" in expression.words and not _only_bound(expression)):
            self.absences.append(f"FILTER {expression}")
        names = variables(scope)
        for exists in expression.exists:
            if exists.role == "other":
                refuse_exists(expression, "an operator or a function", "write ! before EXISTS as NOT EXISTS")
            self._refuse_open(exists, scope, group)
            if exists.negated:
                self.absences.append(f"NOT EXISTS {exists.group}")
                continue
            _refuse_entangled(exists.group, names)
            mentioned = str(exists.group)
            shared = dict.fromkeys(name for name in names if _occurrences(name, mentioned))
            if graph.startswith("?"):
                shared[graph] = None
            self.witnesses.append(Witness(marker, exists, tuple(shared), graph))

    def _refuse_open(self, exists: Exists, scope: Group, group: Group) -> None:
        """Refuse an EXISTS about what its group leaves unbound and another binds: engines differ there."""
        whole, part = f"{self.select.where} {self.select.data or ''}", str(group)
        for name in set(variables(exists.group)) - certain(scope):
            if _occurrences(name, whole) > _occurrences(name, part):
                raise QueryError(
                    f"an EXISTS that mentions {name}, which its own group may leave unbound, cannot be cited",
                    hint=f"rename {name} there, or move the FILTER to the group that binds it",
                )

    def _sub_select(self, select: Select, marker: str, graph: str) -> SubSelect:
        if graph.startswith("?"):
            raise QueryError(
                f"a sub-select inside GRAPH {graph} cannot be cited",
                hint="put the GRAPH inside the sub-select",
            )
        if graph:  # of a graph that is named it is the same whether GRAPH stands outside or inside
            select = select._replace(where=Group((Graph(graph, select.where),)))
        aliases = tuple(self._new() for _ in select.columns)
        self.inners.append(Inner(marker, select, aliases))
        columns = [Projected(name) for name in select.columns]
        columns += [
            Projected(alias, Expression(name)) for name, alias in zip(select.columns, aliases, strict=True)
        ]
        return SubSelect(Select(tuple(columns), Group((SubSelect(select),))))


def _properties(predicate: str | Path) -> tuple[str, ...]:
    if isinstance(predicate, str):
        return ()
    return (predicate.iri, *(iri for part in predicate.parts for iri in _properties(part)))


def _only_bound(expression: Expression) -> bool:
    """Say whether an expression only asks that variables be bound: that rests on no absence."""
    own = (token for token in tokenize(expression.text) if token.kind != "variable")
    return {token.text.upper() for token in own} <= {"BOUND", "(", ")", "&&", "||"}


def _occurrences(name: str, text: str) -> int:
    return len(re.findall(rf"[?$]{re.escape(name[1:])}(?!\w)", text))


def refuse_exists(expression: Expression, where: str, more: str = "") -> None:
    """Raise ``QueryError`` if an expression holds an EXISTS."""
    if expression.exists:
        raise QueryError(
            f"an EXISTS inside {where} cannot be cited",
            hint="write it as a FILTER of its own, joined by && or ||" + (f"; {more}" if more else ""),
        )


def _refuse_entangled(group: Group, scope: tuple[str, ...]) -> None:
    """Refuse an EXISTS whose inner groups look at the outer solution: joins do not show what they saw."""
    for element in group.elements:
        match element:
            case Minus() | SubSelect() | Service():
                entangled = True
            case Optional(inner):
                parts = Group(tuple(part for part in inner.elements if not isinstance(part, Filter)))
                entangled = bool((set(_seen(parts)) - set(variables(inner))) & set(scope))
            case Union() | Group() | Graph():
                entangled = bool(set(_seen(element)) & set(scope))
            case _:
                entangled = False
        if entangled:
            raise QueryError(
                f"an EXISTS with {_named(element)} inside cannot be cited",
                hint="write it as part of the pattern, with SELECT DISTINCT around",
            )


def _named(element: Element) -> str:
    """Return the keyword of an element."""
    if isinstance(element, SubSelect):
        return "SELECT"
    return "UNION" if isinstance(element, Union) else str(element).split("{")[0].strip() or "a group"


def _seen(element: Element) -> tuple[str, ...]:
    """Return the variables that expressions inside read without their group binding them."""
    match element:
        case Filter(expression) | Bind(expression):
            return expression.variables
        case Group(elements):
            return tuple({n for part in elements for n in _seen(part)} - set(variables(element)))
        case Optional(group) | Minus(group) | Graph(_, group):
            return _seen(group)
        case Union(branches):
            return tuple(name for branch in branches for name in _seen(branch))
    return ()
