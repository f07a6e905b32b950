"""Which body is a part of another or lies where, as its name and the words beside it say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, Relation

_UNDER = re.compile(r"(?:所属|下属|直属|旗下|隶属)的?")
_NAMED = re.compile(
    r"(?P<whole>[一-龥]{2,10}?(?:大学|科学院|集团|贸促会|协会|商会|学会|联合会))(?P<part>[一-龥]{2,}(?:中心|研究院|研究所|学院|实验室|分会))"
)
_BRANCH = re.compile(r"(?P<head>[一-龥A-Za-z]{2,})\((?P<place>[一-龥]{2,4})\)")
_BODIES = ("kg:Company", "kg:Institution", "kg:Association")


def belongs(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield 甲所属乙, 某大学某研究院, 某某(山东)有限公司, and a body right after the place where it is.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("海东集团。海东(聊城)贸易有限公司签约。")
    >>> [(r.predicate, r.object.text) for r in belongs(reading, 5, len(reading.page.text))]
    [('kg:affiliateOf', '海东集团'), ('schema:location', '聊城')]
    """
    text = reading.page.text
    bodies = reading.inside(start, end, *ORGANIZATIONS)
    for body in bodies:
        for part in bodies:
            under = _UNDER.fullmatch(text, body.end, part.start) if body.end < part.start else None
            if under:
                yield Relation(part, "org:subOrganizationOf", body, body.start, part.end, "under", 0.85)
        where = (body.start, body.end)
        if named := _NAMED.fullmatch(body.text) if body.type in _BODIES else None:
            whole = Mention(
                _class(named["whole"]), named["whole"], body.start, body.start + named.end("whole"), "in-name"
            )
            yield Relation(body, "org:subOrganizationOf", whole, *where, "in-name", 0.8)
        if branch := _BRANCH.match(body.text) if body.type == "kg:Company" else None:
            yield from _branch(reading, body, branch)
        for place in reading.inside(
            max(start, body.start - 12), body.start, "kg:County", "kg:Town", "kg:PrefectureCity"
        ):
            if place.end == body.start and body.type in _BODIES and not body.text.startswith(place.text):
                yield Relation(body, "schema:location", place, place.start, body.end, "beside", 0.75)


def _branch(reading: Reading, body: Mention, branch: re.Match[str]) -> Iterator[Relation]:
    where = (body.start, body.end)
    heads = [
        m for m in reading.mentions
        if m.type == "kg:Company" and m.text.startswith(branch["head"]) and "(" not in m.text
    ]  # fmt: skip
    if heads:
        whole = max(heads, key=lambda m: len(m.text))
        yield Relation(body, "kg:affiliateOf", whole, *where, "branch", 0.8)
    at = [
        m for m in reading.places if body.start <= m.start and m.end <= body.end and m.text == branch["place"]
    ]
    if at and at[0].type in ("kg:PrefectureCity", "kg:County"):
        yield Relation(body, "schema:location", at[0], *where, "branch", 0.75)


def _class(name: str) -> str:
    if name.endswith("集团"):
        return "kg:Company"
    return "kg:Institution" if name.endswith(("大学", "科学院")) else "kg:Association"
