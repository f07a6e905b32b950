"""A row's derivation, read out of the solutions of a rewritten query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.cite.rewrite import Inner, Rewriting, Slot, Witness
from kg.query.engine import Row, Term

#: Where a triple was found: in named graphs, or, with ``None`` among them, anywhere.
Graphs = frozenset[Term | None]
ANYWHERE: Graphs = frozenset((None,))


class Derivation:
    """What one row rests on: its triples, in how many ways they derive it, and whether some are left out.

    ``graphs`` says where triples were found that GRAPH or FROM looked for; ``matched`` are triples of
    patterns without which a solution is none: they need no second look whether they are in the graph.
    """

    __slots__ = ("cut", "graphs", "matched", "triples", "ways")

    def __init__(self, triples: Iterable[ox.Triple] = (), ways: int = 0) -> None:
        self.triples = set(triples)
        self.matched: set[ox.Triple] = set()
        self.ways = ways
        self.cut = False
        self.graphs: dict[ox.Triple, Graphs] = {}

    def add(self, other: Derivation) -> None:
        """Take in what another derivation rests on."""
        if self.graphs or other.graphs:
            for triple in other.triples:
                self.place(triple, other.graphs.get(triple, ANYWHERE))
        self.triples |= other.triples
        self.matched |= other.matched
        self.cut |= other.cut

    def place(self, triple: ox.Triple, graphs: Graphs) -> None:
        """Add a triple that was found in some graphs."""
        known = self.graphs.get(triple, ANYWHERE if triple in self.triples else frozenset())
        self.triples.add(triple)
        self.graphs[triple] = known | graphs

    def found_in(self, triple: ox.Triple) -> tuple[ox.NamedNode, ...]:
        """Return the named graphs that a triple was looked for in; none where it was looked for anywhere."""
        graphs = self.graphs.get(triple, ANYWHERE)
        return tuple(g for g in graphs if isinstance(g, ox.NamedNode)) if None not in graphs else ()


def together(derivations: Iterable[Derivation]) -> Derivation:
    """Join derivations into one that rests on all of them."""
    whole = Derivation()
    for one in derivations:
        whole.add(one)
        whole.ways += one.ways
    return whole


class Reader:
    """Read the triples of a solution, and note what has to be looked up.

    ``default`` are the graphs of the query's FROM clauses.
    """

    def __init__(
        self, rewriting: Rewriting, index: Mapping[str, int], default: Sequence[Term | None] = ()
    ) -> None:
        plain = [slot for slot in rewriting.slots if isinstance(slot.pattern.predicate, str)]
        self._default: Graphs = frozenset(default) or ANYWHERE
        #: Slots whose triples are looked for in some graphs only.
        placed = [slot for slot in plain if slot.graph or default]
        # A marker's place, or none for what always matches; then the places of the three terms.
        self._plain: list[tuple[int | None, int, int, int]] = [
            (index[slot.marker] if slot.marker else None, *(index[t] for t in slot.pattern.terms))  # type: ignore[misc]
            for slot in plain
            if slot not in placed
        ]
        self._placed = placed
        self._paths = [slot for slot in rewriting.slots if slot not in plain]
        self._index = index
        self._rewriting = rewriting
        self.paths: dict[tuple[Slot, Graphs], dict[tuple[Term, Term], list[Derivation]]] = {}
        self.rows: dict[Inner, dict[Row, list[Derivation]]] = {}
        self.seen: dict[Witness, dict[Row, list[Derivation]]] = {}

    def read(self, values: Sequence[Term | None], derivation: Derivation) -> None:
        """Add the triples of one solution to a derivation."""
        for marker, subject, predicate, target in self._plain:  # no loop here is run more often
            if marker is None or values[marker] is not None:
                triple = ox.Triple(values[subject], values[predicate], values[target])  # type: ignore[arg-type]
                derivation.triples.add(triple)
                if marker is None:
                    derivation.matched.add(triple)
        index = self._index
        for slot in self._placed:
            if not slot.marker or values[index[slot.marker]] is not None:
                terms: Any = [values[index[name]] for name in slot.pattern.terms]
                derivation.place(ox.Triple(*terms), self._where(slot, values))
        for slot in self._paths:
            if not slot.marker or values[index[slot.marker]] is not None:
                pair = (values[index[slot.pattern.subject]], values[index[slot.pattern.object]])
                asked = self.paths.setdefault((slot, self._where(slot, values)), {})
                asked.setdefault(pair, []).append(derivation)  # type: ignore[arg-type]
        for inner in self._rewriting.inners:
            if not inner.marker or values[index[inner.marker]] is not None:
                row = tuple(values[index.get(name, -1)] for name in inner.aliases)
                self.rows.setdefault(inner, {}).setdefault(row, []).append(derivation)
        for witness in self._rewriting.witnesses:
            if not witness.marker or values[index[witness.marker]] is not None:
                row = tuple(values[index.get(name, -1)] for name in witness.shared)
                self.seen.setdefault(witness, {}).setdefault(row, []).append(derivation)

    def _where(self, slot: Slot, values: Sequence[Term | None]) -> Graphs:
        return frozenset((values[self._index[slot.graph]],)) if slot.graph else self._default
