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
    prefixes = {**PREFIXES, **selection.store.prefixes} if format in {"ttl", "trig", "jsonld"} else None
    serialize(quads, stream, syntax, prefixes=prefixes)
