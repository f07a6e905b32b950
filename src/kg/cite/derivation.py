"""A row's derivation, read out of the solutions of a rewritten query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.cite.rewrite import Inner, Rewriting, Slot, Witness
from kg.query.engine import Row, Term


@dataclass
class Derivation:
    """What one row rests on: its triples, in how many ways they derive it, and whether some are left out."""

    triples: set[ox.Triple] = field(default_factory=set)
    ways: int = 0
    cut: bool = False

    def add(self, other: Derivation) -> None:
        """Take in what another derivation rests on."""
        self.triples |= other.triples
        self.cut |= other.cut


def together(derivations: Iterable[Derivation]) -> Derivation:
    """Join derivations into one that rests on all of them."""
    whole = Derivation()
    for one in derivations:
        whole.add(one)
        whole.ways += one.ways
    return whole


class Reader:
    """Read the triples of a solution, and note what has to be looked up."""

    def __init__(self, rewriting: Rewriting, index: Mapping[str, int]) -> None:
        plain = [slot for slot in rewriting.slots if isinstance(slot.pattern.predicate, str)]
        # A marker's place, or none for what always matches; then the places of the three terms.
        self._plain = [
            (index[slot.marker] if slot.marker else None, [index[term] for term in slot.pattern.terms])
            for slot in plain
        ]
        self._paths = [slot for slot in rewriting.slots if slot not in plain]
        self._index = index
        self._rewriting = rewriting
        self.paths: dict[tuple[Slot, Term | None], dict[tuple[Term, Term], list[Derivation]]] = {}
        self.rows: dict[Inner, dict[Row, list[Derivation]]] = {}
        self.seen: dict[Witness, dict[Row, list[Derivation]]] = {}

    def read(self, values: Sequence[Term | None], derivation: Derivation) -> None:
        """Add the triples of one solution to a derivation."""
        for marker, terms in self._plain:
            if marker is None or values[marker] is not None:
                subject, predicate, target = (values[i] for i in terms)
                derivation.triples.add(ox.Triple(subject, predicate, target))  # type: ignore[arg-type]
        index = self._index
        for slot in self._paths:
            if not slot.marker or values[index[slot.marker]] is not None:
                graph = values[index[slot.graph]] if slot.graph else None
                pair = (values[index[slot.pattern.subject]], values[index[slot.pattern.object]])
                asked = self.paths.setdefault((slot, graph), {})
                asked.setdefault(pair, []).append(derivation)  # type: ignore[arg-type]
        for inner in self._rewriting.inners:
            if not inner.marker or values[index[inner.marker]] is not None:
                row = tuple(values[index.get(name, -1)] for name in inner.aliases)
                self.rows.setdefault(inner, {}).setdefault(row, []).append(derivation)
        for witness in self._rewriting.witnesses:
            if not witness.marker or values[index[witness.marker]] is not None:
                row = tuple(values[index.get(name, -1)] for name in witness.shared)
                self.seen.setdefault(witness, {}).setdefault(row, []).append(derivation)
