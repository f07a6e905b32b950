"""Titles that places and bodies were given: 获评某某县, 被认定为某某企业, 荣获“某某”称号."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.ingest.discourse.antecedent import bears_level
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
        verbs = [*AWARDED.finditer(text, clause, title.start), *_BEARS.finditer(text, clause, title.start)]
        verbs.sort(key=lambda v: v.start())
        if not verbs or "。" in text[verbs[-1].end() : title.start]:
            continue
        verb = verbs[-1]
        comma = max(text.rfind("，", start, verb.start()) + 1, clause)
        counted = _given_to(reading, verb, title)
        agent = _AGENT.search(text[comma : verb.start()])  # 公司被工信部认定为…: who gives the title
        stop = comma + agent.start() if agent else verb.start()
        own = (
            reading.inside(comma, stop, *_KINDS)[-1:]
            or _stood_for(reading, text[comma:stop], comma)
            or _subject(reading, clause, comma)
            or _after(reading, verb, title)
            or _subject(reading, start, comma)
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


_BEARS = re.compile(
    r"(?P<weak>素有|享有|被?誉为|获称|号称|被?称为|被?称作|作为|冠以|堪称|挂上|戴上|拿下|拿到|拿了块|(?<![只没还仅])有(?=“))"
)
# 是某市首个“…”: the place that it is the first of bears it not.
_FIRST_OF = re.compile(
    r"(?:的)?(?:首[个批家座]|唯一|第[0-9一二三四五六七八九十]+|最早|仅有|少数|两大|三大|[0-9]+个)"
)


def _given_to(reading: Reading, verb: re.Match[str], title: Mention) -> list[Mention]:
    """Return whom a verb of award has for its object: 成为某县、某县的…, 授予某县、某县“…”称号."""
    if not verb["weak"] and "授予" not in verb[0]:
        return []
    named = reading.inside(verb.end(), title.start, *_KINDS)
    return [m for m in named if not _FIRST_OF.match(reading.page.text, m.end)]


def _after(reading: Reading, verb: re.Match[str], title: Mention) -> list[Mention]:
    """Return the name behind 作为“…”，"""
    text = reading.page.text
    if verb[0] != "作为" or text[title.end : title.end + 2] != "”，":
        return []
    return [m for m in reading.inside(title.end, title.end + 14, *_KINDS) if m.start == title.end + 2]


def _subject(reading: Reading, clause: int, comma: int) -> list[Mention]:
    """Return whom a sentence begins with: the first body, else the narrowest place of the first chain."""
    named = reading.inside(clause, comma, *_KINDS)
    if bodies := [m for m in named if m.type not in PLACES]:
        return bodies[:1]
    chain = named[:1]
    for place in named[1:]:
        within = _HOLDS.fullmatch(reading.page.text, chain[-1].end, place.start)
        chain = [place] if within else chain
    return chain


_HOLDS = re.compile(r"(?:下辖的?|所辖的?|管辖的?|代管的?|治下的?|的|西部的?|东部的?|南部的?|北部的?)?")
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
