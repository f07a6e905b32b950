"""Which body is a part of another or lies where, as its name and the words beside it say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import chain_after
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, Relation

_UNDER = re.compile(r"(?:所属|下属|直属|旗下|隶属)的?")
_NAMED = re.compile(
    r"(?P<whole>[一-龥]{2,10}?(?:大学|科学院|集团|贸促会|协会|商会|学会|联合会))(?P<part>[一-龥]{2,}(?:中心|研究院|研究所|学院|实验室|分会))"
)
_BRANCH = re.compile(r"(?P<head>[一-龥A-Za-z]{2,})\((?P<place>[一-龥]{2,4})\)")
# 旗下有甲、乙两家子公司; 甲是某集团的全资子公司.
_HAS = re.compile(
    r"(?P<has>(?:旗下|名下|下设|下辖|下属|控股)(?:现|又|还|已)?(?:共)?"
    r"(?:设有|拥有|控股|有|设)?了?|设立了?|拥有|设有)"
)
_DAUGHTERS = re.compile(
    r"(?:等)?(?:[0-9一二两三四五六七八九十]+[余多]?[家个]|多家)?"
    r"(?:全资|控股|参股|下属)?(?:的)?(?:子公司|分公司|企业)"
)
_DAUGHTER_OF = re.compile(
    r"(?:的|下属|旗下)?(?:的)?(?:全资|控股|海外|核心|重要|主要|骨干|下属)*"
    r"(?:子公司|孙公司|分公司|成员企业)"
)
_IS = re.compile(r"[^。；]{0,24}?(?:是|为|系|作为|属于)")
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
    yield from _daughters(reading, start, end)
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


def _daughters(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    whole = reading.inside(start, end, "kg:Company")
    for verb in _HAS.finditer(text, start, end):
        parts = chain_after(reading, verb.end(), end, "kg:Company")
        said = parts and (verb[0].startswith(_BELOW) or _DAUGHTERS.match(text, parts[-1].end))
        heads = [m for m in whole if m.end <= verb.start()]
        head = heads[0] if heads else last_company(reading, start)
        for part in parts if said and head else ():
            if head is not None and part.text != head.text:
                yield Relation(part, "org:subOrganizationOf", head, verb.start(), part.end, "daughter", 0.8)
    for body in whole:
        of = _DAUGHTER_OF.match(text, body.end, end)
        before = [m for m in whole if m.end < body.start]
        if not of:
            continue
        named = [m for m in whole if m.start == of.end()]  # 某集团全资子公司某公司
        clause = max(text.rfind(mark, start, body.start) for mark in "。；") + 1
        if named:
            yield Relation(
                named[0], "org:subOrganizationOf", body, body.start, named[0].end, "daughter", 0.85
            )
        elif before and before[0].start >= clause and _IS.fullmatch(text, before[0].end, body.start):
            span = (before[0].start, of.end())
            yield Relation(before[0], "org:subOrganizationOf", body, *span, "daughter", 0.85)


_BELOW = ("旗下", "名下", "下设", "下辖", "下属")


def last_company(reading: Reading, at: int, reach: int = 500) -> Mention | None:
    """Return the company that 公司 stands for: the last one named that is not told as a daughter of another.

    >>> from kg.ingest.reading import read_page
    >>> text = "海东集团有限公司旗下有海西果业有限公司、海南果业有限公司两家子公司。公司董事长赵大川说好。"
    >>> last_company(read_page(text), text.index("公司董事长")).text
    '海东集团有限公司'
    """
    text = reading.page.text
    named = [m for m in reading.inside(max(0, at - reach), at, "kg:Company") if m.rule != "list"]
    for company in reversed(named):
        clause = max(text.rfind(mark, 0, company.start) for mark in "，。；\n") + 1
        told = _HAS.search(text, clause, company.start)
        daughter = told and (
            text.endswith(("旗下", "旗下的"), 0, company.start)
            or re.search(r"子公司$", text[: company.start])
            or (_DAUGHTERS.search(text, company.end, company.end + 40) and told["has"] != "设立")
        )
        if daughter or text[max(0, company.start - 3) : company.start] == "子公司":
            continue
        if _DAUGHTER_OF.match(text, company.end) and company is not named[0]:
            continue
        return company
    if reach < at and named:
        return last_company(reading, at, at)
    return named[-1] if named else None


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
