"""What every kind of store can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

Node = NamedNode | BlankNode | Triple
Term = Node | Literal
Answer = QuerySolutions | QueryTriples | QueryBoolean


class Store(Protocol):
    """Statements that can be queried; named graphs are seen as one with the default graph."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that the store itself declares."""
        ...

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know about how the store was opened, one sentence each."""
        ...

    @property
    def small(self) -> bool:
        """Whether going through every statement takes no time to speak of."""
        ...

    def query(self, text: str, prefixes: Mapping[str, str]) -> Answer:
        """Evaluate a SPARQL 1.1 query in which the prefixes need no declaration.

        Raises ``SyntaxError`` as pyoxigraph words it; ``kg.query`` translates it.
        """
        ...

    def quads(
        self,
        subject: Node | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements that fit the pattern, each once; those of one named graph if it is given."""
        ...

    def holds(self, triple: Triple, graph: NamedNode | None = None) -> bool:
        """Say whether a statement is there, or is in one named graph."""
        ...

    def parted(self) -> Iterator[Quad]:
        """Yield the statements by the graphs that they came in, each of the others in the default graph."""
        ...

    def prefetch(self, subjects: Iterable[NamedNode], predicates: Iterable[NamedNode]) -> None:
        """Be told what ``quads`` will be asked next: each of these subjects with each predicate."""
        ...

    def __len__(self) -> int:
        """Return how many statements there are."""
        ...
