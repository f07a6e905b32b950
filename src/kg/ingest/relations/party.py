"""Which bodies work together, by the agreements that they sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation

_COOPERATES = re.compile(r"签订|签署|达成|签约|建立|开展|有着良好的?合作|携手")


def cooperation(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """甲与乙签订战略合作协议: the two cooperate."""
    text = reading.page.text
    for verb in _COOPERATES.finditer(text, start, end):
        if (
            "合作" not in text[verb.start() : verb.end() + 14]
            and "协议" not in text[verb.start() : verb.end() + 14]
        ):
            continue
        stop = re.search("[，。；]", text[verb.end() : end])
        if reading.inside(verb.end(), verb.end() + stop.start() if stop else end, "kg:Project"):
            continue  # what they sign is a project, and both are parties of it
        clause = max(max(text.rfind(mark, start, verb.start()) for mark in "，。；：") + 1, start)
        if reading.inside(clause, verb.start(), "kg:Project"):
            continue
        sides = reading.inside(clause, verb.start(), *ORGANIZATIONS, *PLACES)
        if len(sides) == 2 and re.search(r"[与和同跟]", text[sides[0].end : sides[1].start]):
            yield Relation(
                sides[0], "kg:cooperatesWith", sides[1], sides[0].start, verb.end(), "cooperation", 0.75
            )
