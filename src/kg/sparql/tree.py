"""The parts of a SPARQL query, each of which prints as SPARQL again.

Terms and triple patterns are in `kg.sparql.pattern`, expressions in `kg.sparql.expression`.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.sparql.expression import Expression
from kg.sparql.kind import distinct
from kg.sparql.pattern import Pattern


@distinct
class Triples(NamedTuple):
    """Triple patterns that stand together: a basic graph pattern, and paths."""

    patterns: tuple[Pattern, ...]

    def __str__(self) -> str:
        return " ".join(f"{pattern} ." for pattern in self.patterns)


@distinct
class Filter(NamedTuple):
    expression: Expression

    def __str__(self) -> str:
        return f"FILTER {self.expression}"


@distinct
class Bind(NamedTuple):
    expression: Expression
    variable: str

    def __str__(self) -> str:
        return f"BIND({self.expression} AS {self.variable})"


@distinct
class Data(NamedTuple):
    """Inline data: ``VALUES ?x { … }``."""

    variables: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return self.text


@distinct
class Group(NamedTuple):
    """A group ``{ … }``: its elements in order."""

    elements: tuple[Element, ...]

    def __str__(self) -> str:
        # A SELECT that is not alone needs braces of its own.
        alone = len(self.elements) == 1
        texts = (
            f"{{ {part} }}" if isinstance(part, SubSelect) and not alone else str(part)
            for part in self.elements
        )
        return "{ " + " ".join(texts) + " }"


@distinct
class Optional(NamedTuple):
    group: Group

    def __str__(self) -> str:
        return f"OPTIONAL {self.group}"


@distinct
class Minus(NamedTuple):
    group: Group

    def __str__(self) -> str:
        return f"MINUS {self.group}"


@distinct
class Union(NamedTuple):
    branches: tuple[Group, ...]

    def __str__(self) -> str:
        return " UNION ".join(str(branch) for branch in self.branches)


@distinct
class Graph(NamedTuple):
    name: str
    group: Group

    def __str__(self) -> str:
        return f"GRAPH {self.name} {self.group}"


@distinct
class Service(NamedTuple):
    """A SERVICE call: another endpoint's business, kept as text."""

    text: str
    variables: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


@distinct
class Projected(NamedTuple):
    """A column: a variable, or an expression under a name."""

    variable: str
    expression: Expression | None = None

    def __str__(self) -> str:
        return f"({self.expression} AS {self.variable})" if self.expression else self.variable


@distinct
class Key(NamedTuple):
    """What a GROUP BY groups by; ``variable`` is empty when an expression has no name."""

    variable: str
    expression: Expression | None = None

    def __str__(self) -> str:
        return f"({self.expression} AS {self.variable})" if self.expression else self.variable


@distinct
class Select(NamedTuple):
    """A SELECT, at the top or inside a group; ``projection`` is ``None`` for ``*``."""

    projection: tuple[Projected, ...] | None
    where: Group
    modifier: str = ""
    keys: tuple[Key, ...] = ()
    having: tuple[Expression, ...] = ()
    order: tuple[Expression, ...] = ()
    limit: int | None = None
    offset: int = 0
    data: Data | None = None
    dataset: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables that the rows of this SELECT bind, in order."""
        if self.projection is None:
            return variables(self.where)
        return tuple(column.variable for column in self.projection)

    @property
    def aggregates(self) -> bool:
        """Whether the rows are groups of solutions."""
        expressions = [column.expression for column in self.projection or () if column.expression]
        return bool(self.keys) or any(e.aggregates for e in (*expressions, *self.having, *self.order))

    @property
    def default_graphs(self) -> tuple[str, ...]:
        """The graphs of the FROM clauses, as written."""
        return tuple(name for name in self._graphs if not name.startswith("NAMED "))

    @property
    def named_graphs(self) -> tuple[str, ...]:
        """The graphs of the FROM NAMED clauses, as written."""
        return tuple(name.removeprefix("NAMED ") for name in self._graphs if name.startswith("NAMED "))

    @property
    def _graphs(self) -> list[str]:
        return [name.strip() for name in self.dataset.split("FROM ")[1:]]

    @property
    def limited(self) -> bool:
        """Whether LIMIT or OFFSET leave rows out."""
        return self.limit is not None or self.offset > 0

    def __str__(self) -> str:
        columns = "*" if self.projection is None else " ".join(map(str, self.projection))
        clauses = [
            f"SELECT {self.modifier} {columns} {self.dataset}",
            f"WHERE {self.where}",
            "GROUP BY " + " ".join(map(str, self.keys)) if self.keys else "",
            "HAVING " + " ".join(map(str, self.having)) if self.having else "",
            "ORDER BY " + " ".join(map(str, self.order)) if self.order else "",
            f"LIMIT {self.limit}" if self.limit is not None else "",
            f"OFFSET {self.offset}" if self.offset else "",
            str(self.data) if self.data else "",
        ]
        return " ".join(clause for clause in clauses if clause)


@distinct
class SubSelect(NamedTuple):
    select: Select

    def __str__(self) -> str:
        return str(self.select)


Element = Triples | Filter | Bind | Data | Group | Optional | Minus | Union | Graph | Service | SubSelect


@distinct
class Query(NamedTuple):
    """A query: its ``form`` (SELECT, ASK, CONSTRUCT, DESCRIBE), its prologue as text, and its body.

    The body of an ASK, a CONSTRUCT and a DESCRIBE is the SELECT of all that its pattern binds.
    ``fresh`` begins no variable of the query, so that new variables can begin with it. The prologue
    takes the first ``prologue_length`` tokens.
    """

    form: str
    prologue: str
    select: Select
    template: tuple[Pattern, ...] = ()
    words: frozenset[str] = frozenset()
    fresh: str = "?_"
    prologue_length: int = 0

    def text(self, select: Select) -> str:
        """Write a SELECT of one's own under this query's prologue."""
        return f"{self.prologue}\n{select}"


def variables(element: Element | Pattern) -> tuple[str, ...]:
    """Return the variables that an element can bind (SPARQL 1.1, section 18.2.1), each once, in order.

    >>> from kg.sparql import parse
    >>> variables(parse("SELECT * { ?s kg:p ?o OPTIONAL { ?o kg:q ?r } FILTER(?hidden > 1) }").select.where)
    ('?s', '?o', '?r')
    """
    found: list[str] = []
    match element:
        case Pattern():
            found = [term for term in element.terms if term.startswith("?")]
        case Triples():
            found = [name for pattern in element.patterns for name in variables(pattern)]
        case Bind():
            found = [element.variable]
        case Data() | Service():
            found = list(element.variables)
        case Group():
            found = [name for part in element.elements for name in variables(part)]
        case Optional():
            found = list(variables(element.group))
        case Union():
            found = [name for branch in element.branches for name in variables(branch)]
        case Graph():
            found = [element.name] if element.name.startswith("?") else []
            found += variables(element.group)
        case SubSelect():
            found = list(element.select.columns)
        case Filter() | Minus():
            pass
    return tuple(dict.fromkeys(found))


def certain(element: Element) -> set[str]:
    """Return variables that every solution of an element surely binds.

    >>> from kg.sparql import parse
    >>> sorted(certain(parse("ASK { ?s kg:p ?o BIND(1 / ?o AS ?q) OPTIONAL { ?o kg:q ?r } }").select.where))
    ['?o', '?s']
    """
    match element:
        case Triples():
            return set(variables(element))
        case Group(elements):
            return set().union(*map(certain, elements))
        case Graph(_, group):
            return certain(group)
        case Union(branches):
            return set.intersection(*map(certain, branches))
    return set()
