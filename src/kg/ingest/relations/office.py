"""Who holds which post where: titles before a name, read from the name to the left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.ingest.discourse.antecedent import bears_level
from kg.ingest.discourse.speech import PERSONS
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Post, Relation
from kg.ingest.relations.belonging import last_company
from kg.ingest.words import words

_PLAIN = frozenset(words()["person"]["plain"])
_TITLES = "|".join(sorted({*words()["person"]["title"]} - _PLAIN, key=len, reverse=True))
_PREFIX = (
    r"[省市县区州旗镇乡村]?(?:委|政府|人大常委会|人大|政协)|党委|党组|党工委|党总支|党支部|支部|常务|第一|执行|首席|高级|联席|轮值|名誉|"
    r"董事局|董事会|监事会|理事会|创始|代理|副|总|省|市|县|区|州|旗|镇|乡|村|经济财政司|新闻|统计|财务|技术|运营|生产|销售|市场|品牌|人事|行政|研发"
)
_TITLE = re.compile(rf"(?:{_PREFIX})*(?:{_TITLES})$")
_OTHER = re.compile(rf"(?<=、)[一-龥]{{0,8}}(?:{'|'.join(_PLAIN)})$|^[一-龥]{{0,8}}(?:{'|'.join(_PLAIN)})$")
# A part of the body between its name and the title: 某公司 | 研发中心 | 主任.
_PART = re.compile(r"[一-龥]{2,10}(?:部|中心|处|科|室|办|院|所|车间|分会|委)")
_GENERIC = re.compile(
    r"(?:该|本)?(?P<word>公司|集团|协会|商会|研究院|合作社|银行|学会|联合会|促进会|中心|景区|实验室|研究所|学院|学校|管委会|工厂|园区|农场|基金会|"
    r"联盟|酒庄|茶厂|酒厂|药厂|药业|证券|保险|联社|公会|总会|联会|分会|医院|大学|机场|港口|渔场|牧场|林场|基地|海关|市场|酒店|书院|茶庄|庄园|工作室|企业|总社|联席会)(?:[一-龥]{2,8}(?:部|中心|处|科|室|办|院))?$"
)
_LEVEL = re.compile(r"^(?:常务)?(?P<level>[省市县区州旗镇乡村])(?!场)")
_OF_LEVEL = re.compile(r"(?P<level>[省市县区州旗镇乡])长$")
_OF_COMPANY = re.compile(
    r"C[EFOTI]O|执行官|财务长|执行长|副总$|总裁|经理|董事|总监|厂长|总工程师|总会计师|创始人|首席|理事长"
)
# What a title without a body is the head of: the last body so called.
_HEADS = (
    (re.compile(r"会长|秘书长|主席$"), re.compile(r"[协商学公]会|联合会|促进会|联会|集团|公司|研究会")),
    (re.compile(r"理事长$"), re.compile(r"[协学]会|合作社|联合社|联盟|基金会|促进会|研究会")),
    (re.compile(r"社长$"), re.compile(r"社$")),
    (re.compile(r"庄主$"), re.compile(r"庄园?$")),
    (re.compile(r"关长$"), re.compile(r"海关$")),
    (re.compile(r"署长$"), re.compile(r"署$")),
    (re.compile(r"院长$"), re.compile(r"院$")),
    (re.compile(r"所长$"), re.compile(r"所$")),
    (re.compile(r"校长$"), re.compile(r"大学|学校|中学|小学|学院")),
    (re.compile(r"馆长$"), re.compile(r"馆$")),
    (re.compile(r"局长$"), re.compile(r"局$")),
    (re.compile(r"厅长$"), re.compile(r"厅$")),
    (re.compile(r"站长$"), re.compile(r"站$")),
    (re.compile(r"行长$"), re.compile(r"银行|分行|支行|农商行")),
    (re.compile(r"实验室主任$"), re.compile(r"实验室$")),
    (re.compile(r"管委会(?:副)?主任$"), re.compile(r"管委会$|管理委员会$")),
)
# 市统计局 | 局长: a body whose place the page leaves unsaid. 县委 and 县政府 are their place.
_LEFT_OUT = re.compile(
    r"(?:(?<![一-龥])|(?<=[据由和与及请经从是]))(?P<body>[省市县区州旗镇](?![委长]|政府|人大|政协|领导|属|级|里|内|直|人民)"
    r"[一-龥]{1,10}?(?:局|厅|委|办|办公室|中心|协会|商会|学会|联合会|促进会|公会|管委会|集团|公司|银行|医院|学校|研究院|研究所|专班|林场))$"
)
_REPORTER = re.compile(r"(?P<own>本报)?(?:见习|首席|特派|驻[一-龥]{2,4})?记者[ :：]?$")
_MOST = 4


def posts(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield the posts of the persons of a sentence.

    A title without a body of its own is at the body of the title before it (甲公司董事长、总经理), at
    what 公司 or 协会 stands for, or at the place of the page that 市长 or 县委书记 says.

    >>> from kg.ingest.reading import read_page
    >>> text = "莘县举行签约仪式。县委书记赵大川，海东公司董事长、总经理钱小山出席。"
    >>> reading = read_page(text)
    >>> [(r.subject.text, r.object.title, r.object.at.text) for r in posts(reading, 0, len(text))]
    [('赵大川', '县委书记', '莘县'), ('钱小山', '总经理', '海东公司'), ('钱小山', '董事长', '海东公司')]
    """
    yield from _reporters(reading, start, end)
    yield from _owners(reading, start, end)
    for person in reading.inside(start, end, *PERSONS):
        waiting: list[tuple[str, int]] = []
        gap = reading.page.text[person.start - 1 : person.start] == " "  # 县长 赵大川 at the head of a speech
        for title, at, body, left in _titles(reading, start, person.start - gap):
            if body is None:
                waiting.append((title, at))
                continue
            beside = left == body.start  # else 公司 or 协会 stands for it
            for name, _ in [*waiting, (title, at)]:
                rule, sure = ("post", 0.9) if beside else ("post, body stood for", 0.75)
                yield Relation(person, "org:holds", Post(name, body), left, person.end, rule, sure)
            waiting = []
        for title, at in waiting:
            stood = _stood_for(reading, title, at)
            if stood is not None:
                yield Relation(
                    person, "org:holds", Post(title, stood), at, person.end, "post, body stood for", 0.7
                )


def _reporters(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某报记者赵大川, and 本报记者 on the page of one paper."""
    text = reading.page.text
    papers = [m for m in reading.mentions if m.type == "kg:Newspaper"]
    only = papers[:1] if len({m.text for m in papers}) == 1 else []
    for person in reading.inside(start, end, "kg:Journalist"):
        found = _REPORTER.search(text, max(0, person.start - 12), person.start)
        if found is None:
            continue
        named = [m for m in papers if m.end == found.start()]
        for paper in named or (only if found["own"] else []):
            first = paper.start if named else found.start()
            yield Relation(person, "org:holds", Post("记者", paper), first, person.end, "reporter", 0.8)


# 赵大川创办的某公司, 赵大川2012年注册了某公司
_OWNS = re.compile(
    r"(?:(?:返乡|回乡|自己|独自|带头|辞职|毕业后|[0-9]{4}年(?:[0-9]{1,2}月)?|后来|又|又?回村|牵头|一手)*)"
    r"(?P<verb>创办|创立|创建|开办|承包|经营|注册成立|注册|成立|办起|开起|办|开|组建|发起)(?:了|的|起)?(?:这家|一家)?$"
)


def _owners(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    for body in reading.inside(start, end, "kg:Company", "kg:Institution"):
        clause = max(text.rfind(mark, start, body.start) for mark in "。；，“")
        before = reading.inside(max(clause + 1, start), body.start, *PERSONS)
        if before and (owns := _OWNS.fullmatch(text, before[-1].end, body.start)):
            title = Post(f"{owns['verb']}人", body)
            yield Relation(before[-1], "org:holds", title, before[-1].start, body.end, "owner", 0.7)


def _titles(reading: Reading, start: int, at: int) -> Iterator[tuple[str, int, Mention | None, int]]:
    """Yield title, where it starts, the body right before it, and where the two start, to the left."""
    text = reading.page.text
    for _ in range(_MOST):
        found = _TITLE.search(text, max(start, at - 16), at)
        if found is None:
            other = _OTHER.search(text, max(start, at - 12), at)
            if other is None or text[other.start() - 1 : other.start()] != "、":
                return
            at = other.start() - 1  # 某公司董事长、某地籍企业家赵大川
            continue
        body, title, begin, left = _body(reading, start, found)
        yield title, begin, body, left
        if text[left - 1 : left] != "、":
            return
        at = left - 1


def _body(reading: Reading, start: int, found: re.Match[str]) -> tuple[Mention | None, str, int, int]:
    """Return the body or place right before a title, the title, where it starts and where the two do."""
    text = reading.page.text
    begin = found.start()
    bodies = reading.inside(max(start, begin - 40), found.end(), *ORGANIZATIONS, *PLACES, "schema:Place")
    for body in reversed([b for b in bodies if b.end < found.end()]):
        between = text[body.end : found.end()]
        title = _TITLE.fullmatch(between)
        if title or (_PART.fullmatch(text, body.end, max(begin, body.end)) and body.end <= begin):
            if title is None:
                between = found[0]
            # 广陵区 | 委书记
            name = body.text[-1] + between if between.startswith("委") else between
            return _seated(reading, body), name, body.end if title else begin, body.start
    own = begin + found[0].startswith("委")  # 市发改委 | 主任
    if elided := _LEFT_OUT.search(text, max(start, begin - 14), own):
        return _called(reading, elided), text[own : found.end()], own, elided.start("body")
    generic = _GENERIC.search(text, max(start, begin - 14), begin)
    if generic:
        stood = _last(reading, generic["word"], begin)
        if stood is not None:
            return stood, found[0], begin, generic.start()
    return None, found[0], begin, begin


def _called(reading: Reading, elided: re.Match[str]) -> Mention:
    """Return the body that 市统计局 is: the one that the page calls fully, or by that name alone."""
    name, start = elided["body"], elided.start("body")
    full = next((m for m in reading.mentions if m.type in ORGANIZATIONS and m.text.endswith(name)), None)
    kind = "kg:GovernmentBody" if name[-1] in "局厅委办室" else "kg:Institution"
    kind = "kg:Association" if name.endswith("会") and not name.endswith("管委会") else kind
    kind = "kg:Company" if name.endswith(("集团", "公司")) else kind
    return full or Mention(kind, name, start, elided.end("body"), "left-out")


_SEAT = re.compile(r"(?:党委|委|人民政府|政府|委员会|人大常委会|政协)$")


def _seated(reading: Reading, body: Mention) -> Mention:
    """Return the place of its own committee or government: a post at 某市委 is one at 某市."""
    if body.type == "kg:GovernmentBody" and (end := _SEAT.search(body.text)):
        stop = body.end - len(end[0])
        held = [p for p in reading.places if p.end == stop and p.start >= body.start and p.type in PLACES]
        return held[0] if held else body
    return body


def _last(reading: Reading, word: str, at: int) -> Mention | None:
    kinds = ORGANIZATIONS if word != "景区" else ("schema:Place",)
    named = reading.inside(0, at, *kinds)
    if word in ("公司", "集团") and (company := last_company(reading, at, at)):
        return company
    alike = [m for m in named if m.text.endswith(word)]
    companies = [m for m in named if m.type == "kg:Company"] if word in ("公司", "集团", "景区") else []
    return (alike or companies)[-1] if alike or companies else None


def _stood_for(reading: Reading, title: str, at: int) -> Mention | None:
    """Return the place that a title such as 市长 speaks of, or the company of a manager."""
    level = _LEVEL.match(title) or _OF_LEVEL.search(title)
    if level:
        kinds = [m for m in reading.mentions if m.type in PLACES and bears_level(m, level["level"])]
        counted = Counter(m.candidates or (m.text,) for m in kinds)
        sentence = reading.sentence(at)[0]
        here = [m for m in kinds if sentence <= m.start < at]
        if here:
            return here[-1]  # 某市委书记甲，市委副书记乙
        before = [m for m in kinds if m.start < at] or kinds
        return max(before, key=lambda m: (counted[m.candidates or (m.text,)], m.start), default=None)
    for heads, bodies in _HEADS:
        if heads.search(title):
            named = [m for m in reading.inside(max(0, at - 600), at, *ORGANIZATIONS) if bodies.search(m.text)]
            return named[-1] if named else None
    if _OF_COMPANY.search(title):
        return last_company(reading, at, 400)
    return None
