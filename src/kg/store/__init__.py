"""Stores: where the statements are, and how a query reaches them.

``open_store`` takes locations and returns something that satisfies the ``Store`` protocol. Files are
read into memory, large ones from the cache; a store on disk or at an endpoint is asked where it is.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from kg import ahead
from kg.errors import UsageError
from kg.resources import locate
from kg.store.files import find
from kg.store.memory import MemoryStore
from kg.store.protocol import Answer, Node, Store, Term
from kg.store.stream import packing

__all__ = ["Answer", "MemoryStore", "Node", "Store", "Term", "open_shipped", "open_store"]

#: From this many bytes on, files are kept in the cache: they take a second to read, and twice that to cache.
LARGE = 16_000_000
#: What is queried when no location is named: the statements, and the terms they are written in.
SHIPPED = ("data/triples.ttl", "ontology/kg.ttl")


def open_store(locations: Sequence[str] = ()) -> Store:
    """Open files, directories or standard input (``-``) as one store, or a store on disk or at an endpoint.

    Without locations the shipped graph is opened together with the ontology, so that a question may
    ask for the label or the definition of a measure. Named locations are opened as they are, alone.

    Raises ``DataError`` when one of them cannot be read, or when there is not one statement in all,
    ``UsageError`` when a store is named together with something else.
    """
    if locations:
        return _open(locations)
    if ahead.shipped is not None:
        begun, ahead.shipped = ahead.shipped, None
        store: Store = begun.result()
        return store
    return open_shipped()


def _open(locations: Sequence[str]) -> Store:
    for location in locations:
        if location.startswith(("http://", "https://")):
            if len(locations) > 1:
                raise UsageError(f"the endpoint {location} is asked alone", hint="name it without files")
            from kg.store.endpoint import EndpointStore

            return EndpointStore.named(location)
        if os.path.isfile(os.path.join(location, "kg-store.json")):
            if len(locations) > 1:
                raise UsageError(
                    f"the store {location} is asked alone", hint="load the files into it: kg load"
                )
            from kg.store.disk import DiskStore

            return DiskStore(location)
    if _weight(locations) >= LARGE:
        from kg.store.cache import open_cached

        return open_cached(list(find(locations))) or MemoryStore.read(locations)
    return MemoryStore.read(locations)


def _weight(locations: Sequence[str]) -> int:
    """Return how many bytes of text files come to; 0 for what is no plain file."""
    if "-" in locations:
        return 0
    return sum(
        os.path.getsize(file) * (8 if packing(file) else 1)  # text of statements packs to an eighth or less
        for file in find(locations)
        if os.path.isfile(file)
    )


def open_shipped() -> Store:
    """Open the shipped graph and the ontology now."""
    return MemoryStore.read([locate(name) for name in SHIPPED])
