"""A mention: words of a clean text that name an entity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """What is named (a class of the ontology), where, and by which rule it was found.

    ``candidates`` are codes or ids of entities that bear the name; ``start`` and ``end`` (exclusive)
    are offsets in the clean text.
    """

    type: str
    text: str
    start: int
    end: int
    rule: str
    candidates: tuple[str, ...] = ()
    confidence: float = 0.9

    def overlaps(self, other: Mention) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Keep the longest of overlapping mentions, the surer on a tie, in order of the text.

    >>> place = Mention("kg:Place", "阳谷县", 0, 3, "a")
    >>> [m.text for m in longest([place, Mention("kg:Company", "阳谷县粮油公司", 0, 7, "b")])]
    ['阳谷县粮油公司']
    """
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, -m.confidence, m.start)):
        if not any(mention.overlaps(other) for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
