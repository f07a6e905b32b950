"""RDF files: the statements themselves, with their evidence."""

from __future__ import annotations

from typing import IO

from pyoxigraph import Quad, RdfFormat, serialize

from kg.graph.selection import Selection
from kg.namespaces import PREFIXES

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}


def write(selection: Selection, stream: IO[bytes], format: str) -> None:
    """Write the selection's quads, sorted; formats without named graphs get each triple once."""
    syntax = _FORMATS[format]
    quads = selection.quads
    if not syntax.supports_datasets:
        quads = sorted({Quad(q.subject, q.predicate, q.object) for q in quads}, key=str)
    stream.write(serialized(quads, syntax, {**PREFIXES, **selection.store.prefixes}))


def serialized(quads: list[Quad], syntax: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Return quads in a syntax, with the prefixes that they use, in order.

    >>> from pyoxigraph import NamedNode
    >>> cao = NamedNode("https://kg.example/id/cao")
    >>> print(serialized([Quad(cao, cao, cao)], RdfFormat.TURTLE, PREFIXES).decode(), end="")
    @prefix id: <https://kg.example/id/> .
    id:cao id:cao id:cao .
    """
    if syntax not in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return serialize(quads, format=syntax) or b""
    text = serialize(quads, format=syntax, prefixes=prefixes) or b""
    lines = text.splitlines(keepends=True)
    head = [line for line in lines if line.startswith(b"@prefix ")]
    body = b"".join(lines[len(head) :])
    # pyoxigraph writes prefixes in an order that differs from run to run.
    used = sorted(line for line in head if line.split()[1] in body)
    return b"".join(used) + body
