"""Statements at a SPARQL endpoint, asked by the SPARQL 1.1 Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    RdfFormat,
    Triple,
)

from kg.errors import EndpointError
from kg.store import pages
from kg.store.address import Address, find
from kg.store.exchange import Refused, ask
from kg.store.protocol import Answer, Node, Term
from kg.store.readahead import ReadAhead, select
from kg.store.reply import Reply
from kg.store.solutions import SOLUTIONS, Solutions

_GRAPH = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7, application/ld+json;q=0.5"
#: More statements than this are not fetched for one pattern: whoever needs them all wants a copy of the data.
MOST = 100_000
#: Rows a request where an endpoint turns out to cap its answers.
PAGE = 1_000
#: Virtuoso sends the answer of an ASK as a row, when it is asked for JSON beside other formats.
_VIRTUOSO_ASK = "__ASK_RETVAL"


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
        self.ahead = ReadAhead(self.fetch)

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
        reply = self.ask(text, SOLUTIONS)
        answer = self.results(reply)
        if not isinstance(answer, QueryBoolean) and [v.value for v in answer.variables] == [_VIRTUOSO_ASK]:
            answer = _boolean(any(row[0].value != "0" for row in answer))
        reply.close()
        if not isinstance(answer, QueryBoolean):
            raise self.wrong("rows instead of true or false")
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
        found: Iterator[Quad] | None
        if graph is None:
            found = self.ahead.quads(pattern, MOST)
        else:
            triples = self.fetch(select(pattern, graph=graph), MOST)
            found = None if triples is None else map(_quad, triples)
        if found is None:
            raise EndpointError(
                f"{self.address.url} holds more than {MOST:,} statements of the kind that is looked for",
                hint="name things by their IRI, or ask with SPARQL for just what you need",
            )
        yield from found

    def holds(self, triple: Triple, graph: NamedNode | None = None) -> bool:
        """Say whether a statement is there, or is in one named graph."""
        return any(True for _ in self.quads(triple.subject, triple.predicate, triple.object, graph))

    def parted(self) -> Iterator[Quad]:
        """Yield all statements; which graphs they are of, the endpoint does not tell."""
        return self.quads()

    def prefetch(self, subjects: Iterable[NamedNode], predicates: Iterable[NamedNode]) -> None:
        """Fetch what will be asked next, a hundred subjects a request."""
        self.ahead.prefetch(subjects, list(predicates), MOST)

    def rows(self, text: str) -> list[QuerySolution]:
        """Return all rows of a SELECT, without a remark on how they came."""
        return list(Solutions(self, text, None, internal=True))

    def fetch(self, text: str, most: int) -> list[Triple] | None:
        """Return the triples of a SELECT of ?s ?p ?o, capped or not; ``None`` where there are more."""
        text += f" LIMIT {most + 1}"
        solutions = Solutions(self, text, None, internal=True)
        found = list(islice(solutions, most + 1))
        if solutions.capped and len(found) <= most:
            found = list(islice(Solutions(self, text, PAGE, internal=True), most + 1))
        return None if len(found) > most else [Triple(row["s"], row["p"], row["o"]) for row in found]

    def __len__(self) -> int:
        (row,) = self.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        return int(row["n"].value)

    def ask(self, text: str, accept: str) -> Reply:
        """Send a query and return the reply."""
        return ask(self.address, {"query": text}, accept)

    def results(self, reply: Reply) -> Any:
        """Read the head of a reply's rows, or its yes or no."""
        format = QueryResultsFormat.from_media_type(reply.media_type)
        if format is None:
            raise self._foreign(reply)
        try:
            return pyoxigraph.parse_query_results(reply, format)  # type: ignore[arg-type]
        except SyntaxError as error:
            reply.close()
            raise self.wrong(str(error.msg)) from None

    def _graph(self, text: str) -> Iterator[Triple]:
        reply = self.ask(text, _GRAPH)
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
            raise self.wrong(str(error.msg)) from None

    def _foreign(self, reply: Reply) -> EndpointError:
        said = reply.text()
        reply.close()
        return EndpointError(
            f"{self.address.url} sent {reply.media_type or 'something'} instead of an answer"
            + (f": {said}" if said else ""),
            hint="give the address that answers SPARQL, not that of a page about it",
        )

    def wrong(self, reason: str) -> EndpointError:
        """Return the error for an answer that breaks the rules."""
        reason = reason.removeprefix("Parser error ")
        reason = reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
        return EndpointError(
            f"the answer of {self.address.url} cannot be read, {reason}",
            hint="ask again; it may have broken off",
        )


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object)


def _boolean(value: bool) -> Any:
    text = b'{"head":{},"boolean":true}' if value else b'{"head":{},"boolean":false}'
    return pyoxigraph.parse_query_results(text, QueryResultsFormat.JSON)


def _private(url: str) -> bool:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
