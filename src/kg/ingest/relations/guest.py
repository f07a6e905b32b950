"""Who comes to an event: countries and places, bodies and persons, those who speak there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import chain_after, narrowest
from kg.ingest.discourse.occasion import GENERIC, article_of, event_of
from kg.ingest.discourse.speech import PERSONS
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation

_COMERS = (
    "嘉宾|客商|企业家|企业|代表|采购商|展商|参展商|经销商|供应商|专家|学者|商协会|商会|机构|媒体|选手|运动员|乡贤|观众|参会者|团队|商家|"
    "买家|投资商|投资人|负责人|展团|院士|青年|游客|商户|单位|院校|主播|与会者|客人|友人|买主|厂商|卖家|品牌商|来宾|学员|队伍"
)
_COMES = re.compile(
    rf"(?:、[一-龥]{{2,8}}){{0,2}}(?:等(?:[0-9一二三四五六七八九十两多余]+[多余]?个?)?(?:国家|地区|国|省|市|地|省市|县)*(?:[（(][^）)]*[）)])?(?:和地区)?(?:以及)?)?"
    rf"[^，。；]{{0,20}}?(?:{_COMERS})"
)
_COMING = re.compile(
    r"参加|参会|参展|参与|出席|到会|赴会|与会|应邀|前来|齐聚|汇聚|云集|到场|莅临|聚首|亮相|见证|洽谈|云聚|同台|共聚"
)
_HALL = re.compile(
    r"(?:及|和|等(?:[0-9一二三四五六七八九十]+[多余]?个?(?:国家|地区|国)?)?)?(?:的)?(?:国家馆|展馆|展区|展团|展位|馆)"
)
_FROM = re.compile(r"(?:来自|邀请|吸引|汇聚|云集|迎来|汇集|聚集)了?$")


def from_places(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield whence people come: 来自甲、乙等地的客商参加, 甲、乙等地嘉宾参会, 设甲、乙等国家馆.

    >>> from kg.ingest.reading import read_page
    >>> text = "第三届海东柑橘论坛开幕，来自尼泊尔和广西的60名客商参加。"
    >>> [r.object.text for r in from_places(read_page(text), 0, len(text))]
    ['尼泊尔', '广西']
    """
    text = reading.page.text
    event = event_of(reading, start, end)
    if event is None:
        return
    kinds = ("kg:Country", "kg:Region", *PLACES)
    at = start
    while at < end:
        first = next(iter(reading.inside(at, end, *kinds)), None)
        if first is None:
            return
        chain = chain_after(reading, first.start, end, *kinds)
        # 老挝、泰国等15个国家以及广西、贵州等9个省的企业
        last = chain[-1]
        more = re.compile(
            r"等[0-9一二三四五六七八九十]+[多余]?个?(?:国家|地区|国)(?:和地区)?(?:以?及|和|，)"
        ).match(text, last.end)
        if more:
            rest = chain_after(reading, more.end(), end, *kinds)
            chain, last = [*chain, *rest], (rest or chain)[-1]
        at = max(last.end, at + 1)
        whence = _FROM.search(text, max(start, first.start - 4), first.start) is not None
        comers = _COMES.match(text, last.end)
        clause_end = _end(text, last.end, end)
        coming = _COMING.search(text, last.end, clause_end)
        hall = _HALL.match(text, last.end)
        comers = comers or (
            re.search(rf"(?:{_COMERS}|参展|参会)[^。；]{{0,24}}$", text[start : first.start - 2])
            if whence
            else None
        )
        near = event.start >= start or event.end > start - 260
        if near and (
            (whence and (comers or coming)) or (comers and coming and text[last.end] in "等的、") or hall
        ):
            for place in chain:
                if place.text != "中国":
                    yield Relation(
                        event, "kg:participantsFrom", place, first.start, last.end, "came-from", 0.75
                    )


def _end(text: str, at: int, end: int) -> int:
    stop = re.compile("[。；]").search(text, at, end)
    return stop.start() if stop else end


_ATTENDS = re.compile(
    r"现身|出席|参加|应邀|见证|致辞|致欢迎[辞词]|致开幕[辞词]|主持|讲话|宣布|作(?:了)?(?:主旨|主题|专题|推介|交流|总结)?(?:演讲|发言|报告|推介|讲话)|"
    r"发表(?:主旨|主题)?(?:演讲|讲话)|介绍(?:了)?[^，。；]{0,16}?情况|通报(?:了)?[^，。；]{0,12}?情况|作(?:了)?[^，。；]{0,6}?说明|当(?:起|上)了?推介[员官]|回答(?:了)?(?:记者|媒体)|推介|剪彩|揭牌|揭幕|启动|颁奖|到会|莅临|发布(?:了)?(?=[《“])"
)
# Between two of a list stand a comma and a title; between the last one and the verb an adverb.
_WHO = re.compile(r"[，、]?(?:和|及|与|暨|以及)?[^，。；：“”]{0,30}")
_LAST = re.compile(
    r"[^，。；：“”]{0,14}|[^，。；：“”]{0,8}，?(?:应邀|受邀|分别|先后|并|共同|一同|到会|到场)[^，。；：“”]{0,10}"
)
_DOES = re.compile(r"说|表示|指出|认为|强调|透露|告诉|预计|签[下约订署]|率队|主办|承办")


def attendance(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield who attends: 甲、乙出席开幕式, 丙主持, 丁致辞, where the page tells of an event.

    >>> from kg.ingest.reading import read_page
    >>> text = "第三届海东柑橘论坛开幕。海东市副市长王小明出席，市商务局局长赵大川主持。"
    >>> [r.object.text for r in attendance(read_page(text), 12, len(text))]
    ['王小明', '赵大川']
    """
    text = reading.page.text
    seen: set[str] = set()
    for verb in _ATTENDS.finditer(text, start, end):
        clause = re.split("[，。；]", text[verb.end() : verb.end() + 30])[0]
        who = _run(reading, start, verb.start())
        if not who:
            continue
        event = _attended(reading, start, end, verb, clause)
        if event is None:
            continue
        for one in who:
            if one.text not in seen:
                seen.add(one.text)
                where = (one.start, verb.end() + len(clause))
                if where[1] - where[0] > 70:
                    where = (one.start, one.end)
                yield Relation(event, "schema:attendee", one, *where, "attendance", 0.75)


_TALKS = re.compile(
    r"[在于](?P<where>[^，。；：“”]{0,20}?"
    r"(?:推介|致辞|致词|演讲|发言|讲话|宣讲|路演|答问|发布词|[会坛式展节]|现场|闭幕|开幕|总结|会庆|点评)(?:中|时|上|里|期间|环节)?)"
    r"(?:则|也|还)?(?:说|表示|指出|认为|强调|透露|告诉|介绍|坦言|提出|呼吁|宣布|分享|分析)"
)
_CAME = re.compile(
    r"(?:专程|特意|应邀|受邀)?(?:前来|赶来|到场|现场)?(?:参会|参展|与会|赴会|参加大会|参加活动)的"
)


def talks(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield who speaks at the event that the page tells of: 甲在致辞中说, 乙在论坛上表示, 前来参会的丙.

    >>> from kg.ingest.reading import read_page
    >>> text = "第三届海东柑橘论坛开幕。莘县县长赵大川在致辞中说，前来参会的海东商会会长钱小山是老友。"
    >>> [r.object.text for r in talks(read_page(text), 12, len(text))]
    ['赵大川', '钱小山']
    """
    text = reading.page.text
    for talk in _TALKS.finditer(text, start, end):
        who = [p for p in reading.inside(start, talk.start(), *PERSONS) if p.end == talk.start()]
        named = reading.inside(*talk.span("where"), "schema:Event")
        event = named[-1] if named else event_of(reading, start, talk.end("where"))
        if who and event is not None and _held_here(reading, event, start):
            yield Relation(event, "schema:attendee", who[0], who[0].start, talk.end(), "talk", 0.7)
    for came in _CAME.finditer(text, start, end):
        who = reading.inside(came.end(), min(end, came.end() + 30), *PERSONS)[:1]
        event = event_of(reading, start, came.start())
        near = who and not re.search("[，。；、]", text[came.end() : who[0].start])
        if near and event is not None and _held_here(reading, event, start):
            yield Relation(event, "schema:attendee", who[0], came.start(), who[0].end, "talk", 0.7)


def _held_here(reading: Reading, event: Mention, at: int) -> bool:
    first, last = article_of(reading, at)
    known = event.rule in ("edition", "again", "meeting")
    return event.start >= at or (known and first <= event.start < last)


def _attended(reading: Reading, start: int, end: int, verb: re.Match[str], clause: str) -> Mention | None:
    """Return the event that somebody attends: named after the verb, in the sentence or near before it."""
    text = reading.page.text
    named = reading.inside(verb.end(), verb.end() + len(clause) + 1, "schema:Event")
    if named:
        return named[0]
    if verb[0] in ("参加", "应邀", "启动", "现身", "推介") and not GENERIC.search(clause):
        return None
    event = event_of(reading, start, verb.start())
    if event is None:
        return None
    told = reading.sentence(event.start)[0] if event.start < start else start
    near = start - told < 420 and text.count("\n", event.end, max(event.end, start)) <= 2
    generic = GENERIC.search(text, start, min(end, verb.end() + len(clause)))
    return event if near or generic else None


def _run(reading: Reading, start: int, at: int) -> list[Mention]:
    """Return the persons, and bodies with 代表, of the list that ends at a verb."""
    run: list[Mention] = []
    text, left = reading.page.text, at
    for one in reversed(reading.inside(start, at, *PERSONS, *ORGANIZATIONS)):
        sent = _SENT.match(text, one.end)
        if one.type not in PERSONS and not sent and not _beside(run, text[one.end : left]):
            continue  # the body of somebody's post
        between = text[sent.end() if sent else one.end : left]
        if _DOES.search(between) or not (_WHO if run else _LAST).fullmatch(between):
            break
        run.append(one)
        left = one.start
    return narrowest(run[::-1])


def _beside(run: list[Mention], between: str) -> bool:
    """Tell whether a body stands in a list of bodies that sent somebody: 甲商会、泰国乙商会的代表."""
    return (
        bool(run)
        and run[-1].type not in PERSONS
        and re.fullmatch("[、和及与][一-龥]{0,4}", between) is not None
    )


_SENT = re.compile(r"(?:的|等(?:[^，。；、]{0,20}?))?(?:有关|相关)?(?:[0-9余多名位]+)?(?:代表|负责人|代表团)")
_TITLE = re.compile(r"^(?:--|-)?在(?P<event>[^，。\n]{4,40})上的(?:讲话|发言|致辞|主旨演讲|演讲|报告)")


def speakers(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """在某大会上的讲话, over the line that names who spoke."""
    text = reading.page.text
    title = _TITLE.match(text[start:end])
    events = reading.inside(start, end, "schema:Event") if title else []
    if not events:
        return
    stop = min(len(text), end + 60)
    lines = text[end:stop].split("\n")[:2]
    persons = reading.inside(end, end + len("\n".join(lines)), *PERSONS)
    if persons and "。" not in text[end : persons[0].start]:
        yield Relation(events[0], "schema:attendee", persons[0], start, persons[0].end, "speaker", 0.75)
