"""The statements that an answer rests on, found from the triples of its lineage."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.cite.derivation import Derivation
from kg.cite.excerpt import FEW, Excerpt, most_a_row
from kg.cite.lineage import Lineage
from kg.evidence import EvidenceIndex
from kg.query.engine import Row
from kg.store.protocol import Node

#: Where the words of a statement, or of a span itself, are looked for: with the words beside it, in graphs.
Asked = set[tuple[bool, tuple[NamedNode, ...]]]


class Grounds:
    """The statements that each row of an answer rests on, or else the spans that it is about."""

    def __init__(self, index: EvidenceIndex, traced: Lineage) -> None:
        self._index = index
        self._traced = traced
        self._said: dict[tuple[Node, tuple[NamedNode, ...]], list[Node]] = {}
        #: By derivation: equal rows share theirs.
        self._found: dict[int, dict[Node, Asked]] = {}

    def of(self, derivation: Derivation) -> dict[Node, Asked]:
        """Return the statements, or spans, that a derivation leads to, and where to look for their words."""
        if id(derivation) not in self._found:
            self._found[id(derivation)] = self._look_up(derivation)
        return self._found[id(derivation)]

    def _look_up(self, derivation: Derivation) -> dict[Node, Asked]:
        found: dict[Node, Asked] = {}
        found_in = derivation.found_in if derivation.graphs else lambda triple: ()
        alike = {(self._about(triple), found_in(triple)): triple for triple in derivation.triples}
        for (_, graphs), triple in alike.items():
            for statement in self._statements(triple, graphs):
                found.setdefault(statement, set()).add((True, graphs))
        if found:
            return found
        return {span: {(False, ())} for triple in derivation.triples for span in self._index.spans(triple)}

    def _about(self, triple: Triple) -> Node:
        """Return what decides which statements say a triple: it, or, where none is about it, its subject."""
        return triple if self._index.talked_of(triple) else triple.subject

    def _statements(self, triple: Triple, graphs: tuple[NamedNode, ...]) -> list[Node]:
        about = self._about(triple)
        if (about, graphs) not in self._said:
            self._said[about, graphs] = [*self._index.statements(triple, graphs)]
        return self._said[about, graphs]

    def excerpts(self, brief: bool) -> list[Excerpt]:
        """Return what each row cites: all that it rests on, or, to be brief, some of it."""
        found = [self.of(derivation) for derivation in self._traced.derivations]
        most = most_a_row([len(statements) for statements in found]) if brief and found else None
        return [
            Excerpt.of(statements, self._own(row, derivation) if most else (), most)
            for statements, row, derivation in zip(
                found, self._traced.rows, self._traced.derivations, strict=True
            )
        ]

    def notes(self, excerpts: Sequence[Excerpt]) -> list[str]:
        """Say how much of what the answer rests on is cited, where that is not all."""
        cut = [len(excerpt.cited) for excerpt in excerpts if excerpt.cut]
        if not cut:
            return []
        every = {statement for found in self._found.values() for statement in found}
        cited = {statement for excerpt in excerpts for statement in excerpt.cited}
        return [
            f"this answer rests on {len(every):,} statements, of which {len(cited):,} are cited: "
            f"up to {max(cut)} of each row with more than {FEW}, those that state a value of the row first"
        ]

    def _own(self, row: Row, derivation: Derivation) -> set[Node]:
        """Return the statements that state a value of the row, such as the greatest that it tells."""
        values = {term for term in row if isinstance(term, Literal)}
        return {
            statement
            for triple in derivation.triples
            if triple.object in values
            for statement in self._statements(triple, derivation.found_in(triple))
        }
