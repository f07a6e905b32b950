"""Statements of files, held in memory by pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from kg.errors import DataError
from kg.store import files
from kg.store.protocol import Answer, Node, Term


class MemoryStore:
    """Keep the statements of one or many files in memory.

    >>> store = MemoryStore.parse('@prefix ex: <urn:ex:> . ex:cao ex:in ex:heze .')
    >>> len(store), store.prefixes
    (1, {'ex': 'urn:ex:'})
    """

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.notes: list[str] = []
        self._quads = pyoxigraph.Store()
        self._declared_by: dict[str, str] = {}

    @classmethod
    def read(cls, locations: Sequence[str]) -> MemoryStore:
        """Read files, directories and standard input; raise ``DataError`` where one is wrong."""
        store = cls()
        for file in files.find(locations):
            store._declare(files.load(store._quads, file), file)
        if not len(store):
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
        store._declare(parser.prefixes, "the text")
        return store

    @classmethod
    def of(cls, statements: Iterable[Quad | Triple]) -> MemoryStore:
        """Keep quads, or triples in the default graph, that are at hand already."""
        store = cls()
        store._quads.extend(Quad(*each) if isinstance(each, Triple) else each for each in statements)
        return store

    def _declare(self, prefixes: Mapping[str, str], file: str) -> None:
        for prefix, namespace in prefixes.items():
            known = self.prefixes.setdefault(prefix, namespace)
            first = self._declared_by.setdefault(prefix, file)
            if known != namespace:
                self.notes.append(
                    f"{file} declares the prefix {prefix}: as <{namespace}>, {first} as <{known}>; "
                    f"queries use the latter"
                )

    def query(self, text: str, prefixes: Mapping[str, str]) -> Answer:
        """Evaluate a query over the union of all graphs."""
        # A union costs time, so it is asked for only where there is more than the default graph.
        named = next(iter(self._quads.named_graphs()), None) is not None
        return self._quads.query(text, prefixes=dict(prefixes), use_default_graph_as_union=named)

    def quads(
        self, subject: Node | None = None, predicate: NamedNode | None = None, object: Term | None = None
    ) -> Iterator[Quad]:
        """Yield the quads of any graph that fit the pattern."""
        return self._quads.quads_for_pattern(subject, predicate, object, None)

    def __len__(self) -> int:
        return len(self._quads)
