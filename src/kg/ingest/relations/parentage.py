"""Whose daughter a company is: 其子公司某公司, 母公司某集团, who set it up, who paid for it in shares."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import chain_after
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, Relation
from kg.ingest.relations.belonging import last_company

# 旗下, 全资子公司 and the like right before a name; what they are called in Hong Kong and Taiwan too.
_DAUGHTER = re.compile(
    r"(?P<whose>其|该公司|公司|集团|本公司|旗下|下属)?的?(?:位于|设在|在)?(?:[一-龥]{2,4})?"
    r"(?:全资|控股|参股|核心|重要|主要|骨干|上市|海外)*(?:附属|子公司|孙公司|附属公司|分公司|旗下|下属企业|成员企业|关联公司)的?[“「:：]?$"
)
_MOTHER = re.compile(r"(?:其|公司)?(?:母公司|控股股东|大股东|实际控制人|母企业)(?:为|是|系)?[“「:：]?$")
_SETS_UP = re.compile(
    r"(?:注册成立|投资成立|投资设立|全资设立|出资设立|出资成立|成立|设立|组建|新设|创办|注册)了?(?:全资|控股)?(?:子公司)?(?:--|[“「:：])?$"
)
_SHARES = re.compile(
    r"(?:(?:分别)?按[^，。；]{1,12}(?:的)?(?:股权|出资)?比例|以[^，。；]{1,12}比例|双方|各半)?(?:共同|联合|合资|合作|分别|全额|独家)*"
    r"(?:出资|合资|持股|控股|参股|组建|设立|投资设立|投资成立|发起设立)(?!建设)"
)
_NO_PARENT = re.compile(r"由[^，。；]{2,}$|[0-9一二三四五六七八九十]+[余多]?家")


def parentage(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield the parent of each company that a sentence tells as a daughter.

    >>> from kg.ingest.reading import read_page
    >>> text = "海东集团有限公司产值翻番，其全资子公司海西果业有限公司投产。"
    >>> text += "海西果业由海东集团有限公司按六成比例出资。"
    >>> found = [r for s in read_page(text).sentences for r in parentage(read_page(text), *s)]
    >>> [(r.subject.text, r.object.text) for r in found]
    [('海西果业有限公司', '海东集团有限公司'), ('海西果业', '海东集团有限公司')]
    """
    text = reading.page.text
    for company in reading.inside(start, end, "kg:Company", "kg:Institution"):
        for head, part in _pairs(reading, start, company):
            if head.text != part.text:
                span = (part.start, part.end) if part is company else (company.start, company.end)
                yield Relation(part, "org:subOrganizationOf", head, *span, "parentage", 0.75)
    for by in re.finditer("由", text[start:end]):
        at = start + by.start()
        owners = chain_after(reading, at + 1, end, "kg:Company", "kg:Institution")
        whose = _before(reading, start, at) if owners and _SHARES.match(text, owners[-1].end) else None
        for owner in owners if whose else ():
            if whose is not None and owner.text != whose.text:
                yield Relation(whose, "org:subOrganizationOf", owner, at, owner.end, "shareholder", 0.75)


def _pairs(reading: Reading, start: int, company: Mention) -> Iterator[tuple[Mention, Mention]]:
    """Yield parent and daughter, as the words right before the name of a company say."""
    text, at = reading.page.text, company.start
    near = max(start, at - 16)
    if daughter := _DAUGHTER.search(text, near, at):
        head = _subject(reading, start, daughter.start(), company)
        if head is not None:
            yield head, company
    elif mother := _MOTHER.search(text, near, at):
        part = _subject(reading, start, mother.start(), company)
        if part is not None:
            yield company, part
    elif sets := _SETS_UP.search(text, near, at):
        named = reading.inside(start, sets.start(), "kg:Company")
        clear = named and not _NO_PARENT.search(text, named[0].end, sets.start())
        if clear and not reading.inside(named[0].end, sets.start(), *ORGANIZATIONS):
            yield named[0], company


def _subject(reading: Reading, start: int, at: int, company: Mention) -> Mention | None:
    """Return the company that a sentence is about before an offset, or the one that the page told of last."""
    own = [m for m in reading.inside(start, at, "kg:Company") if m.text != company.text]
    return own[0] if own else last_company(reading, start, 400)


def _before(reading: Reading, start: int, at: int) -> Mention | None:
    """Return the company right before 由: by its name, or by a part of it that ends in 公司."""
    text = reading.page.text
    clause = max(max(text.rfind(mark, start, at) for mark in "，。；：") + 1, start)
    named = [m for m in reading.inside(clause, at, "kg:Company") if at - m.end <= 4]
    if named:
        return named[-1]
    words = re.sub(r"(?:公司|集团|企业)$", "", text[clause:at])
    if not 2 <= len(words) <= 6 or words in ("该", "本", "这家"):
        return last_company(reading, clause) if text[clause:at] in ("公司", "该公司", "企业") else None
    return next((m for m in reading.mentions if m.type == "kg:Company" and words in m.text), None)
