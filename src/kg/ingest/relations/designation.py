"""Titles that places and bodies were given: 获评某某县, 被认定为某某企业, 荣获“某某”称号."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.ingest.discourse.anaphor import bears_level
from kg.ingest.discourse.speech import PERSONS
from kg.ingest.names.award import AWARDED
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation
from kg.ingest.relations.belonging import last_company

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
        agent = _AGENT.search(text[comma : verb.start()])  # 公司被工信部认定为…: who gives the title
        stop = comma + agent.start() if agent else verb.start()
        own = (
            reading.inside(comma, stop, *_KINDS)[-1:]
            or _stood_for(reading, text[comma:stop], comma)
            or _subject(reading, clause, comma)
        )
        if any(p.end >= comma - 1 for p in reading.inside(clause, verb.start(), *PERSONS)):
            continue  # 支书赵大川，被授予…: a person's
        owners = counted or own or _before(reading, start)
        sure = 0.75 if counted or own else 0.6
        if verb["weak"] and not (counted or own):
            continue
        for owner in owners:
            near = start <= owner.start and title.end - owner.start <= _LONGEST
            first = owner.start if near else verb.start()
            yield Relation(owner, "kg:hasDesignation", title, first, title.end, "designation", sure)


def _subject(reading: Reading, clause: int, comma: int) -> list[Mention]:
    """Return whom a sentence begins with: the first body, else the narrowest place of the first chain."""
    named = reading.inside(clause, comma, *_KINDS)
    if bodies := [m for m in named if m.type not in PLACES]:
        return bodies[:1]
    chain = named[:1]
    for place in named[1:]:
        chain = [place] if place.start == chain[-1].end else chain
    return chain


_AGENT = re.compile(r"(?:被|经|由|获)[^，。；被]{2,24}$")
_GENERIC = re.compile(
    r"^(?:此外|目前|如今)?(?:该|本|这家|我|全)?(?P<word>公司|企业|集团|合作社|民企|[省市县区镇乡村])(?![一-龥]{5,})"
)


def _stood_for(reading: Reading, head: str, at: int) -> list[Mention]:
    """Return what 公司 or 我县 at the head of a clause speaks of: the last company, the commonest place."""
    generic = _GENERIC.match(head)
    if generic is None:
        return []
    if len(generic["word"]) > 1:
        company = last_company(reading, at)
        return [company] if company else []
    places = [m for m in reading.mentions if m.type in PLACES and bears_level(m, generic["word"])]
    counted = Counter(m.candidates or (m.text,) for m in places)
    return [max(places, key=lambda m: counted[m.candidates or (m.text,)])] if places else []


def _before(reading: Reading, start: int) -> list[Mention]:
    """Return whom the paragraph is about, for a sentence that names nobody: its first name."""
    paragraph = next((p for p in reading.page.paragraphs if p[0] <= start < p[1]), (start, start))
    return reading.inside(paragraph[0], start, *PLACES, *ORGANIZATIONS)[:1]
