"""The rows of an endpoint's answer, read as they come, page by page where it caps them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolution, Variable

from kg.errors import UsageError
from kg.store import pages

if TYPE_CHECKING:
    from kg.store.endpoint import EndpointStore

SOLUTIONS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.5"
)
#: Rows of an answer whose things are taken to belong together.
MET = 1_000


class Solutions:
    """Rows of an endpoint, one request after the other where it caps them; ``capped`` tells afterwards."""

    def __init__(self, store: EndpointStore, text: str, size: int | None, *, internal: bool = False) -> None:
        """``internal`` rows are the store's own question: it sees itself that none is missing."""
        self.text, self.capped = text, False
        self._store, self._size, self._internal = store, size, internal
        self._columns: dict[int, list[NamedNode]] = {}
        if size is not None:
            self._variables = _variables(text)
            if self._variables is None:
                raise UsageError("this query cannot be asked page by page", hint="leave out FROM, or --page")
        self._count = self._total = 0
        # Held here alone, and let go as soon as it is of no use: only the thread that made it may drop it.
        self._rows: Any = self._fetch(0)
        self.variables: list[Variable] = self._rows.variables

    def __iter__(self) -> Iterator[QuerySolution]:
        return self

    def __next__(self) -> QuerySolution:
        while self._rows is not None:
            try:
                row: QuerySolution = next(self._rows)
            except StopIteration:
                self._rows = None
                self._turn()
            except SyntaxError as error:
                self._rows = None
                self._reply.close()
                raise self._store.wrong(str(error.msg)) from None
            except BaseException:
                self._rows = None
                raise
            else:
                self._count += 1
                if self._total + self._count <= MET and not self._internal:
                    self._meet(row)
                return row
        raise StopIteration

    def _fetch(self, offset: int) -> Any:
        text = self.text
        if self._size is not None:
            text = pages.page(text, self._variables or [], self._size, offset)
        self._reply = self._store.ask(text, SOLUTIONS)
        rows = self._store.results(self._reply)
        if isinstance(rows, QueryBoolean):
            self._reply.close()
            raise self._store.wrong("true or false instead of rows")
        return rows

    def _turn(self) -> None:
        """Go on to the next page, or say what may be missing."""
        count, self._count = self._count, 0
        for terms in self._columns.values():
            self._store.ahead.meet(terms)
        self._columns.clear()
        self._total += count
        headers = self._reply.headers
        looks_capped = pages.capped(count, self.text, headers.get("X-SPARQL-MaxRows"))
        if headers.get("X-SQL-State") == "S1TAT":  # Virtuoso ran out of time, and sends what it has
            self._note(f"ran out of time: these are not all rows ({self._total:,})")
        if self._size is None:
            self.capped = looks_capped
            if looks_capped:
                self._note(
                    f"sent {count:,} rows, which looks like the most it sends: there may be more; "
                    f"--page {count} fetches them"
                )
        elif count and (count >= self._size or looks_capped):
            self._rows = self._fetch(self._total)

    def _meet(self, row: QuerySolution) -> None:
        """Remember the values of a column as things that belong together."""
        for column, term in enumerate(row):
            if isinstance(term, NamedNode):
                self._columns.setdefault(column, []).append(term)

    def _note(self, what: str) -> None:
        if not self._internal:
            self._store.notes.append(f"{self._store.address.url} {what}")


def _variables(text: str) -> list[str] | None:
    """Return the columns of a query; ``None`` where it cannot stand within another one."""
    if re.search(r"\bFROM\b", pages.split(text)[1], re.IGNORECASE):
        return None
    try:  # not evaluated: nobody asks for a row
        answer: Any = pyoxigraph.Store().query(text)
        return [variable.value for variable in answer.variables]
    except (SyntaxError, AttributeError):
        return []
