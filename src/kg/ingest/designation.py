"""Titles that places and bodies were given: 获评某某县, 被认定为某某企业, 荣获“某某”称号."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ingest.award import AWARDED
from kg.ingest.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation

_LONGEST = 38
_KINDS = (*PLACES, *ORGANIZATIONS, "kg:Project", "schema:Place")


def designations(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某县获评某某示范县: the clause's own subject, what it counts, or whom the sentence is about."""
    text = reading.page.text
    for title in reading.inside(start, end, "kg:Designation"):
        clause = max(max(text.rfind(mark, start, title.start) for mark in "；：。") + 1, start)
        verbs = list(AWARDED.finditer(text, clause, title.start))
        if not verbs or "。" in text[verbs[-1].end() : title.start]:
            continue
        verb = verbs[-1]
        comma = max(text.rfind("，", start, verb.start()) + 1, clause)
        counted = [m for m in reading.inside(verb.end(), title.start, *_KINDS) if verb["weak"]]
        own = (
            reading.inside(comma, verb.start(), *_KINDS)[-1:]
            or reading.inside(clause, verb.start(), *_KINDS)[:1]
        )
        owners = counted or own or _before(reading, start)
        sure = 0.75 if counted or own else 0.6
        if verb["weak"] and not (counted or own):
            continue
        for owner in owners:
            near = start <= owner.start and title.end - owner.start <= _LONGEST
            first = owner.start if near else verb.start()
            yield Relation(owner, "kg:hasDesignation", title, first, title.end, "designation", sure)


def _before(reading: Reading, start: int) -> list[Mention]:
    """Return whom the paragraph is about, for a sentence that names nobody: its first name."""
    paragraph = next((p for p in reading.page.paragraphs if p[0] <= start < p[1]), (start, start))
    return reading.inside(paragraph[0], start, *PLACES, *ORGANIZATIONS)[:1]
