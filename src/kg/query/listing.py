"""Rows that no query gave, to be written in the formats of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pyoxigraph import Triple

from kg.query.results import Results
from kg.store.protocol import Store, Term


class Listing(Results):
    """Terms in named columns, or triples, which every writer of results can write.

    >>> from kg.store import MemoryStore
    >>> from pyoxigraph import Literal
    >>> print(Listing(["name"], [(Literal("曹县"),)], MemoryStore(), {}).render("csv"), end="")
    name
    曹县
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[tuple[Term | None, ...]],
        store: Store,
        prefixes: Mapping[str, str],
        *,
        triples: Sequence[Triple] | None = None,
    ) -> None:
        answer: Any = None
        super().__init__(answer, store=store, prefixes=prefixes)
        if triples is None:
            self.form, self.columns = "solutions", tuple(columns)
        self._listed: list[Any] = sorted(triples, key=str) if triples is not None else list(rows)

    @property
    def rows(self) -> list[Any]:
        return self._listed

    def cells(self) -> Iterator[tuple[Term | None, ...]]:
        return (tuple(row) for row in self._listed)
