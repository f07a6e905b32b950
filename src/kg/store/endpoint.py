"""Statements at a SPARQL endpoint, asked by the SPARQL 1.1 Protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    RdfFormat,
    Triple,
    Variable,
)

from kg.errors import EndpointError, UsageError
from kg.store import pages
from kg.store.address import Address, find
from kg.store.exchange import Refused, Reply, ask
from kg.store.protocol import Answer, Node, Term

_SOLUTIONS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, text/tab-separated-values;q=0.5"
)
_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7, application/ld+json;q=0.5"
#: More statements than this are not fetched for one pattern: whoever needs them all wants a copy of the data.
MOST = 100_000
#: Rows a request where an endpoint turns out to cap its answers.
PAGE = 1_000
#: Subjects that one request asks the labels of.
_BATCH = 100


class EndpointStore:
    """Ask a remote store; which graphs a query sees, the endpoint decides.

    >>> EndpointStore(Address("http://127.0.0.1:7878/query")).notes
    []
    """

    small = False

    def __init__(self, address: Address) -> None:
        self.address = address
        self.prefixes: dict[str, str] = {}
        self.notes: list[str] = []
        if address.authorization and not _private(address.url):
            self.notes.append(f"credentials go to {address.url} without encryption; use https")
        self._known: dict[tuple[NamedNode, NamedNode], list[Quad]] = {}

    @classmethod
    def named(cls, location: str, *, page: int | None = None) -> EndpointStore:
        """Return the endpoint at an address, or of a name in ``kg.toml``; ``page`` is rows a request."""
        address = find(location)
        return cls(address if page is None else address._replace(page=page))

    def query(self, text: str, prefixes: Mapping[str, str]) -> Answer:
        """Send a query and return its answer, whose rows are read as they come.

        Raises ``EndpointError`` when the endpoint fails, ``SyntaxError`` when it refuses a query that is
        wrong.
        """
        try:
            answer: Answer = self._answer(pages.declare(text, dict(prefixes)))
            return answer
        except Refused as error:
            if error.status == 400:
                # Our own parser points at the word; what it accepts, the endpoint has its reasons to refuse.
                with suppress(OSError, RuntimeError):
                    pyoxigraph.Store().query(text, prefixes=dict(prefixes))
            raise

    def _answer(self, text: str) -> Any:
        form = pages.form(text)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return self._graph(text)
        if form != "ASK":
            return Solutions(self, text, self.address.page)
        reply = self._ask(text, _SOLUTIONS)
        answer = self._results(reply)
        reply.close()
        if not isinstance(answer, QueryBoolean):
            raise self._wrong("rows instead of true or false")
        return answer

    def quads(
        self,
        subject: Node | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements that fit the pattern; none for a blank node, which has no name elsewhere.

        Raises ``EndpointError`` when there are more than ``MOST``.
        """
        pattern = (subject, predicate, object)
        if any(isinstance(term, BlankNode) for term in pattern):
            return
        if isinstance(subject, NamedNode) and predicate and object is None and graph is None:
            known = self._known.get((subject, predicate))
            if known is not None:
                yield from known
                return
        terms = (str(term) if term else f"?{name}" for term, name in zip(pattern, "spo", strict=True))
        where = f"GRAPH {graph} {{ {' '.join(terms)} }}" if graph else " ".join(terms)
        solutions = Solutions(self, f"SELECT {_columns(pattern)} {{ {where} }}", None)
        rows: Iterator[QuerySolution] = iter(solutions)
        found = list(islice(rows, MOST + 1))
        if solutions.capped:
            found = list(islice(Solutions(self, solutions.text, PAGE), MOST + 1))
        if len(found) > MOST:
            raise EndpointError(
                f"{self.address.url} holds more than {MOST:,} statements of the kind that is looked for",
                hint="name things by their IRI, or ask with SPARQL for just what you need",
            )
        for row in found:
            yield _quad(*(_bound(row, name, term) for term, name in zip(pattern, "spo", strict=True)))

    def prefetch(self, subjects: Iterable[NamedNode], predicates: Iterable[NamedNode]) -> None:
        """Fetch what will be asked next, a hundred subjects a request."""
        properties = list(predicates)
        wanted = [s for s in dict.fromkeys(subjects) if (s, properties[0]) not in self._known]
        values = " ".join(map(str, properties))
        for start in range(0, len(wanted), _BATCH):
            batch = wanted[start : start + _BATCH]
            text = (
                f"SELECT ?s ?p ?o {{ VALUES ?s {{ {' '.join(map(str, batch))} }} VALUES ?p {{ {values} }} "
                "?s ?p ?o }"
            )
            found: dict[tuple[NamedNode, NamedNode], list[Quad]] = {
                (subject, predicate): [] for subject in batch for predicate in properties
            }
            for row in Solutions(self, text, None):
                found[row["s"], row["p"]].append(_quad(row["s"], row["p"], row["o"]))
            self._known.update(found)

    def __len__(self) -> int:
        (row,) = Solutions(self, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", None)
        return int(row["n"].value)

    def _ask(self, text: str, accept: str) -> Reply:
        return ask(self.address, {"query": text}, accept)

    def _results(self, reply: Reply) -> Any:
        format = QueryResultsFormat.from_media_type(reply.media_type)
        if format is None:
            raise self._foreign(reply)
        try:
            return pyoxigraph.parse_query_results(reply, format)  # type: ignore[arg-type]
        except SyntaxError as error:
            reply.close()
            raise self._wrong(str(error.msg)) from None

    def _graph(self, text: str) -> Iterator[Triple]:
        reply = self._ask(text, _GRAPH)
        format = RdfFormat.from_media_type(reply.media_type)
        if format is None:
            raise self._foreign(reply)
        return self._triples(reply, format)

    def _triples(self, reply: Reply, format: RdfFormat) -> Iterator[Triple]:
        try:
            seen = set()
            for quad in pyoxigraph.parse(reply, format, base_iri=self.address.url):  # type: ignore[arg-type]
                if quad.triple not in seen:  # an endpoint may say a thing twice
                    seen.add(quad.triple)
                    yield quad.triple
        except SyntaxError as error:
            reply.close()
            raise self._wrong(str(error.msg)) from None

    def _foreign(self, reply: Reply) -> EndpointError:
        said = reply.text()
        reply.close()
        return EndpointError(
            f"{self.address.url} sent {reply.media_type or 'something'} instead of an answer"
            + (f": {said}" if said else ""),
            hint="give the address that answers SPARQL, not that of a page about it",
        )

    def _wrong(self, reason: str) -> EndpointError:
        reason = reason.removeprefix("Parser error ")
        return EndpointError(
            f"the answer of {self.address.url} cannot be read, {reason[:1].lower()}{reason[1:]}",
            hint="ask again; it may have broken off",
        )


class Solutions:
    """Rows of an endpoint, one request after the other where it caps them; ``capped`` tells afterwards."""

    def __init__(self, store: EndpointStore, text: str, size: int | None) -> None:
        self.text, self.capped = text, False
        self._store, self._size = store, size
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
                raise self._store._wrong(str(error.msg)) from None
            except BaseException:
                self._rows = None
                raise
            else:
                self._count += 1
                return row
        raise StopIteration

    def _fetch(self, offset: int) -> Any:
        text = self.text
        if self._size is not None:
            text = pages.page(text, self._variables or [], self._size, offset)
        self._reply = self._store._ask(text, _SOLUTIONS)
        rows = self._store._results(self._reply)
        if isinstance(rows, QueryBoolean):
            self._reply.close()
            raise self._store._wrong("true or false instead of rows")
        return rows

    def _turn(self) -> None:
        """Go on to the next page, or say what may be missing."""
        count, self._count = self._count, 0
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

    def _note(self, what: str) -> None:
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


def _columns(pattern: tuple[Term | None, ...]) -> str:
    free = [f"?{name}" for term, name in zip(pattern, "spo", strict=True) if term is None]
    return " ".join(free) or "(1 AS ?found)"


def _bound(row: QuerySolution, name: str, term: Term | None) -> Any:
    return row[name] if term is None else term


def _quad(subject: Any, predicate: Any, object: Any) -> Quad:
    return Quad(subject, predicate, object, DefaultGraph())


def _private(url: str) -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
