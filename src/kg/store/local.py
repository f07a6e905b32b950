"""Statements that pyoxigraph holds in this process, in memory or on disk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.store.protocol import Answer, Node, Term

#: What the default graph holds: each statement of any graph, once (see `kg.store.union`).
_ALL = DefaultGraph()
#: The word that begins a clause about graphs, and not the end of prov:wasDerivedFrom.
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)


class LocalStore:
    """Ask a ``pyoxigraph.Store``; a subclass says where its statements come from."""

    #: Whether going through every statement takes no time to speak of.
    small = True

    def __init__(self, quads: pyoxigraph.Store) -> None:
        self.prefixes: dict[str, str] = {}
        self.notes: list[str] = []
        self._quads = quads

    def query(self, text: str, prefixes: Mapping[str, str]) -> Answer:
        """Evaluate a query over all statements, or over the graphs that its FROM clauses name."""
        answer = self._quads.query(text, prefixes=dict(prefixes))
        if text.upper().count("FROM") > 1 and len(_FROM.findall(text)) > 1:
            from kg.sparql import parse
            from kg.store.union import merged

            query = parse(text)
            if len(query.select.default_graphs) > 1:
                store = merged(self._quads, query, prefixes)
                named = list(store.named_graphs())
                return store.query(text, prefixes=dict(prefixes), default_graph=_ALL, named_graphs=named)
        return answer

    def quads(
        self,
        subject: Node | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements that fit the pattern, each once; those of one named graph if it is given."""
        return self._quads.quads_for_pattern(subject, predicate, object, graph or _ALL)

    def holds(self, triple: Triple, graph: NamedNode | None = None) -> bool:
        """Say whether a statement is there, or is in one named graph; three times as fast as to read it."""
        return Quad(triple.subject, triple.predicate, triple.object, graph or _ALL) in self._quads

    def parted(self) -> Iterator[Quad]:
        """Yield the statements by the graphs that they came in, each of the others in the default graph."""
        from kg.store.union import parted

        return parted(self._quads)

    def prefetch(self, subjects: Iterable[NamedNode], predicates: Iterable[NamedNode]) -> None:
        """Do nothing: what is here need not be fetched."""

    def __len__(self) -> int:
        return len(self._quads)
