"""RDF 1.2 Turtle (https://www.w3.org/TR/rdf12-concepts/): statements as reifiers of triple terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg.graph.export.rdf import serialized
from kg.graph.selection import Selection
from kg.namespaces import PREFIXES, RDF

_PARTS = [NamedNode(RDF + part) for part in ("subject", "predicate", "object")]
_TYPE, _STATEMENT, _REIFIES = (NamedNode(RDF + name) for name in ("type", "Statement", "reifies"))


def write(selection: Selection, stream: IO[bytes], format: str = "rdf12") -> None:
    """Write each ``rdf:Statement`` as one ``rdf:reifies`` triple, all else as it is."""
    quads = sorted(set(_reified(selection.quads)), key=str)
    stream.write(serialized(quads, RdfFormat.TURTLE, {**PREFIXES, **selection.store.prefixes}))


def _reified(quads: list[Quad]) -> Iterator[Quad]:
    parts: dict[object, dict[NamedNode, set[object]]] = {}
    statements = {q.subject for q in quads if q.predicate == _TYPE and q.object == _STATEMENT}
    for quad in quads:
        if quad.subject in statements and quad.predicate in _PARTS:
            parts.setdefault(quad.subject, {}).setdefault(quad.predicate, set()).add(quad.object)
    # A statement that lacks a part, or has two, reifies no one triple: it stays as it is.
    whole = {statement: [p[part] for part in _PARTS] for statement, p in parts.items() if _is_whole(p)}
    for quad in quads:
        replaced = quad.predicate in _PARTS or (quad.predicate == _TYPE and quad.object == _STATEMENT)
        if not (quad.subject in whole and replaced):
            yield Quad(quad.subject, quad.predicate, quad.object)
    for statement, terms in whole.items():
        subject, predicate, object = (next(iter(term)) for term in terms)
        yield Quad(statement, _REIFIES, Triple(subject, predicate, object))  # type: ignore[arg-type]


def _is_whole(parts: dict[NamedNode, set[object]]) -> bool:
    subjects = parts.get(_PARTS[0], set())
    single = len(parts) == 3 and all(len(terms) == 1 for terms in parts.values())
    return single and not any(isinstance(term, Literal) for term in subjects)
