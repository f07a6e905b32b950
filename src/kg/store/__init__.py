"""Stores: where the statements are, and how a query reaches them.

``open_store`` takes locations and returns something that satisfies the ``Store`` protocol. Files are
read into memory; another kind of store (a directory on disk, a remote endpoint) is one more class
with the same methods and one more branch in ``open_store``.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg import ahead
from kg.resources import locate
from kg.store.memory import MemoryStore
from kg.store.protocol import Answer, Node, Store, Term

__all__ = ["Answer", "MemoryStore", "Node", "Store", "Term", "open_shipped", "open_store"]

#: What is queried when no location is named: the statements, and the terms they are written in.
SHIPPED = ("data/triples.ttl", "ontology/kg.ttl")


def open_store(locations: Sequence[str] = ()) -> Store:
    """Open files, directories or standard input (``-``) as one store.

    Without locations the shipped graph is opened together with the ontology, so that a question may
    ask for the label or the definition of a measure. Named locations are opened as they are, alone.

    Raises ``DataError`` when one of them cannot be read, or when there is not one statement in all.
    """
    if locations:
        return MemoryStore.read(locations)
    if ahead.shipped is not None:
        begun, ahead.shipped = ahead.shipped, None
        store: Store = begun.result()
        return store
    return open_shipped()


def open_shipped() -> Store:
    """Open the shipped graph and the ontology now."""
    return MemoryStore.read([locate(name) for name in SHIPPED])
