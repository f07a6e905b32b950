"""How many of its statements a row cites where a person reads it.

A row that counts or sums up may rest on thousands of statements, and nobody reads thousands of footnotes. An
answer that rests on up to ``MOST_WHOLE`` statements is cited whole. Of a larger one each row cites the same
number at the most, so many that all rows together come to ``MOST_SHOWN``: at least one, at most
``MOST_A_ROW``. A row that rests on up to ``FEW`` statements keeps them in any case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from kg.store.protocol import Node

MOST_WHOLE, MOST_SHOWN, MOST_A_ROW, FEW = 1_000, 500, 20, 2


class Excerpt(NamedTuple):
    """The statements that a row cites, and how many it rests on."""

    cited: tuple[Node, ...]
    rests_on: int

    @property
    def cut(self) -> bool:
        """Whether the row rests on more than it cites."""
        return len(self.cited) < self.rests_on

    @classmethod
    def of(cls, statements: Collection[Node], first: Collection[Node], most: int | None) -> Excerpt:
        """Take ``most`` of a row's statements, or all: those in ``first`` first, then by their names.

        >>> from pyoxigraph import NamedNode
        >>> nodes = [NamedNode(f"urn:{name}") for name in "abcd"]
        >>> excerpt = Excerpt.of(nodes, {nodes[3]}, 2)
        >>> [node.value for node in excerpt.cited], excerpt.rests_on, excerpt.cut
        (['urn:d', 'urn:a'], 4, True)
        """
        if most is None or len(statements) <= max(most, FEW):
            return cls(tuple(statements), len(statements))
        ordered = sorted(statements, key=lambda node: (node not in first, str(node)))
        return cls(tuple(ordered[:most]), len(statements))


def most_a_row(counts: Sequence[int]) -> int | None:
    """Return how many statements each row may cite, by how many each rests on; nothing where all may.

    >>> most_a_row([600, 400]), most_a_row([5000]), most_a_row([90] * 40 + [1] * 300), most_a_row([9] * 900)
    (None, 20, 5, 1)
    """
    if sum(counts) <= MOST_WHOLE:
        return None
    levels = range(MOST_A_ROW, 1, -1)
    return next((n for n in levels if sum(min(n, count) for count in counts) <= MOST_SHOWN), 1)
