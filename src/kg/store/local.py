"""Statements that pyoxigraph holds in this process, in memory or on disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.store.protocol import Answer, Node, Term


class LocalStore:
    """Ask a ``pyoxigraph.Store``; a subclass says where its statements come from."""

    #: Whether going through every statement takes no time to speak of.
    small = True

    def __init__(self, quads: pyoxigraph.Store) -> None:
        self.prefixes: dict[str, str] = {}
        self.notes: list[str] = []
        self._quads = quads

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

    def prefetch(self, subjects: Iterable[NamedNode], predicates: Iterable[NamedNode]) -> None:
        """Do nothing: what is here need not be fetched."""

    def __len__(self) -> int:
        return len(self._quads)
