"""The RDF formats, for what CONSTRUCT and DESCRIBE answer; statements are sorted."""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.namespaces import XSD

if TYPE_CHECKING:
    from kg.query.results import Results


def _write(
    results: Results, stream: IO[bytes], *, format: RdfFormat, lang: str | None, width: int | None
) -> None:
    triples = [row for row in results.rows if isinstance(row, Triple)]
    used = {iri for triple in triples for iri in _iris(triple)}
    prefixes = {p: ns for p, ns in results.prefixes.items() if any(iri.startswith(ns) for iri in used)}
    if format == RdfFormat.JSON_LD:
        prefixes = {}  # with a context pyoxigraph would shorten IRIs that a reader has to expand again
    text = pyoxigraph.serialize(triples, format=format, prefixes=prefixes) or b""
    stream.write(text if not text or text.endswith(b"\n") else text + b"\n")


def _iris(triple: Triple) -> list[str]:
    """Return the IRIs that a format may shorten: those of the terms, and the datatype a literal shows."""
    terms = [triple.subject, triple.predicate, triple.object]
    shown = [t.datatype for t in terms if isinstance(t, Literal) and not t.language]
    return [t.value for t in (*terms, *shown) if isinstance(t, NamedNode) and t.value != XSD + "string"]


WRITERS = {
    "ttl": partial(_write, format=RdfFormat.TURTLE),
    "nt": partial(_write, format=RdfFormat.N_TRIPLES),
    "nq": partial(_write, format=RdfFormat.N_QUADS),
    "trig": partial(_write, format=RdfFormat.TRIG),
    "rdf": partial(_write, format=RdfFormat.RDF_XML),
    "jsonld": partial(_write, format=RdfFormat.JSON_LD),
}
