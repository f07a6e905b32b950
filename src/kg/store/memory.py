"""Statements of files, held in memory by pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph
from pyoxigraph import Quad, Triple

from kg.errors import DataError
from kg.store import files
from kg.store.local import LocalStore


class MemoryStore(LocalStore):
    """Keep the statements of one or many files in memory.

    >>> store = MemoryStore.parse('@prefix ex: <urn:ex:> . ex:cao ex:in ex:heze .')
    >>> len(store), store.prefixes
    (1, {'ex': 'urn:ex:'})
    """

    def __init__(self) -> None:
        super().__init__(pyoxigraph.Store())
        self._declarations = files.Declarations(self.prefixes)
        self._size: int | None = None

    @classmethod
    def read(cls, locations: Sequence[str]) -> MemoryStore:
        """Read files, directories and standard input; raise ``DataError`` where one is wrong."""
        store = cls()
        for file in files.find(locations):
            store.notes += store._declarations.add(files.load(store._quads, file), file)
        store._unite()
        if next(store.quads(), None) is None:
            raise DataError(
                f"no statements in {', '.join(locations)}", hint="give a file with statements in it"
            )
        return store

    @classmethod
    def parse(cls, turtle: str) -> MemoryStore:
        """Read a text in TriG, which Turtle is part of."""
        store = cls()
        parser = pyoxigraph.parse(turtle, pyoxigraph.RdfFormat.TRIG)
        store._quads.extend(parser)
        store._unite()
        store.notes += store._declarations.add(parser.prefixes, "the text")
        return store

    @classmethod
    def of(cls, statements: Iterable[Quad | Triple]) -> MemoryStore:
        """Keep quads, or triples in the default graph, that are at hand already."""
        store = cls()
        store._quads.extend(Quad(*each) if isinstance(each, Triple) else each for each in statements)
        store._unite()
        return store

    def _unite(self) -> None:
        """See all graphs as one; a store without named graphs is left alone, and counts itself."""
        if next(self._quads.named_graphs(), None) is not None:
            from kg.store.union import size, unite

            unite(self._quads)
            self._size = size(self._quads)

    def __len__(self) -> int:
        if self._size is None:  # the engine counts anew each time
            self._size = len(self._quads)
        return self._size
