"""The store that answers, asked the way the query was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.sparql import Data, Expression, Group, Projected, Query, Select
from kg.store.protocol import Answer, Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = tuple[Term | None, ...]


class Engine(NamedTuple):
    """A store, and the prefixes that a query of it need not declare."""

    store: Store
    prefixes: Mapping[str, str]

    def solutions(self, query: str) -> ox.QuerySolutions:
        """Evaluate a SELECT."""
        found: Any = self.ask(query)
        assert hasattr(found, "variables")  # an endpoint's solutions are of another class
        return found  # type: ignore[no-any-return]

    def rows(self, query: str) -> tuple[tuple[str, ...], list[Row]]:
        """Evaluate a SELECT; return its columns and its rows."""
        found = self.solutions(query)
        names = tuple("?" + variable.value for variable in found.variables)
        return names, [tuple(solution) for solution in found]

    def triples(self, query: str) -> list[ox.Triple]:
        """Evaluate a CONSTRUCT or a DESCRIBE."""
        found: Any = self.ask(query)
        assert not isinstance(found, ox.QueryBoolean) and not hasattr(found, "variables")
        return list(found)

    def ask(self, query: str) -> Answer:
        """Evaluate any query."""
        try:
            return self.store.query(query, self.prefixes)
        except SyntaxError as error:
            raise QueryError(f"the query cannot be read: {error}") from None

    def constants(self, query: Query, texts: Iterable[str]) -> dict[str, Term]:
        """Return the terms that texts such as ``id:x`` or ``5.0`` denote in a query: the engine knows."""
        names = sorted(set(texts))
        columns = tuple(Projected(f"?c{i}", Expression(text)) for i, text in enumerate(names))
        if not columns:
            return {}
        _, [row] = self.rows(query.text(Select(columns, Group(()))))
        return dict(zip(names, row, strict=True))  # type: ignore[arg-type]


def inline(names: Sequence[str], rows: Iterable[Row]) -> Data:
    """Write rows as inline data; a cell without a term is UNDEF.

    >>> print(inline(["?a", "?b"], [(ox.Literal("曹县", language="zh"), None)]))
    VALUES (?a ?b) { ("曹县"@zh UNDEF) }
    """
    lines = ("(" + " ".join("UNDEF" if term is None else str(term) for term in row) + ")" for row in rows)
    return Data(tuple(names), f"VALUES ({' '.join(names)}) {{ {' '.join(lines)} }}")
