"""Where statements are written: a graph at an endpoint, by SPARQL Update or the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Protocol

from kg.errors import UsageError
from kg.store.address import Address
from kg.store.exchange import Message, send

#: How a message to the default graph is written, and to one with a name.
_UPDATE = "application/sparql-update; charset=utf-8"
_TRIPLES = "application/n-triples"


class Target(Protocol):
    """What statements can be written to."""

    url: str

    def insert(self, lines: Sequence[str], graph: str) -> None:
        """Add statements, N-Triples a line, to a graph; ``""`` is the default graph."""
        ...

    def insert_blank(self, lines: Sequence[str], graph: str) -> None:
        """Add statements with blank nodes, which are new ones each time, so it is done once."""
        ...


def target(address: Address) -> Target:
    """Return what an address says: its graph store where it names one, else what takes updates."""
    if address.graph_store and address.update:
        raise UsageError(
            "a push goes one way", hint="give an address for updates, or a graph store, not both"
        )
    return GraphStore(address) if address.graph_store else Update(address)


def named(graph: str) -> str:
    """Return a graph in words.

    >>> named("urn:news"), named("")
    ('the graph <urn:news>', 'the default graph')
    """
    return f"the graph <{graph}>" if graph else "the default graph"


class Update:
    """SPARQL 1.1 Update (Protocol, section 2.2)."""

    def __init__(self, address: Address) -> None:
        self.url = address.update or address.url
        self._address = address._replace(url=self.url)

    def insert(self, lines: Sequence[str], graph: str) -> None:
        """Add statements; doing so twice does no harm."""
        self._send(f"INSERT DATA {_group(lines, graph)}")

    def insert_blank(self, lines: Sequence[str], graph: str) -> None:
        """Add statements with blank nodes."""
        # Not INSERT DATA, where Virtuoso refuses them.
        self._send(f"INSERT {_group(lines, graph)} WHERE {{ }}", repeatable=False)

    def drop(self, graph: str) -> None:
        """Delete a graph that the push made."""
        self._send(f"DROP SILENT GRAPH <{graph}>")

    def move(self, source: str, graph: str) -> None:
        """Put a graph in the place of another, which is gone then."""
        self._send(f"MOVE GRAPH <{source}> TO {f'GRAPH <{graph}>' if graph else 'DEFAULT'}")

    def _send(self, text: str, *, repeatable: bool = True) -> None:
        send(self._address, Message("POST", {}, text.encode(), _UPDATE, repeatable=repeatable)).close()


class GraphStore:
    """SPARQL 1.1 Graph Store HTTP Protocol, section 5."""

    def __init__(self, address: Address) -> None:
        self.url = address.graph_store
        self._address = address._replace(url=self.url)

    def insert(self, lines: Sequence[str], graph: str) -> None:
        """Add statements; doing so twice does no harm."""
        self._send("POST", _document(lines), graph)

    def insert_blank(self, lines: Sequence[str], graph: str) -> None:
        """Add statements with blank nodes."""
        self._send("POST", _document(lines), graph, repeatable=False)

    def put(self, document: IO[bytes], graph: str) -> None:
        """Put a document of N-Triples in the place of a graph, in one request."""
        self._send("PUT", document, graph)

    def _send(self, method: str, body: bytes | IO[bytes], graph: str, *, repeatable: bool = True) -> None:
        fields = {"graph": graph} if graph else {"default": ""}
        send(self._address, Message(method, fields, body, _TRIPLES, repeatable=repeatable)).close()


def _group(lines: Sequence[str], graph: str) -> str:
    body = "\n".join(lines)
    return f"{{ GRAPH <{graph}> {{\n{body}\n}} }}" if graph else f"{{\n{body}\n}}"


def _document(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
