"""What is said of events: places and days, which are parts of others, who comes and from where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.chain import SITES, chain_after, chain_before, narrowest
from kg.ingest.mention import Mention
from kg.ingest.occasion import GENERIC, article_of, event_of
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation
from kg.ingest.speech import PERSONS

_NAMED = ("edition", "again")
_OPENS = (
    r"(?:隆重|正式|成功|顺利|盛大|如期|火热|联合|共同|同步|线上|首次)*"
    r"(?:举办|举行|召开|开幕|启幕|闭幕|落幕|揭幕|登场|拉开帷幕|拉开大幕|开锣|启动|开启|开展(?=[，。])|亮相|收官|落下帷幕|圆满)"
)
_HELD = re.compile(rf"(?:在|于|走进)(?P<where>[^，。；在于]{{2,26}}?){_OPENS}")
_HOLDS = re.compile(r"(?:隆重|成功)?(?:举办|举行|召开)了?[“「]?")
_SITE_END = re.compile(r"(?:隆重|正式|成功|顺利|盛大|如期|火热|联合|共同|同步|线上|首次)+$")


def held(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield place and days of 某会在某地举行, 在某地举行的某会, 某市举行某会.

    >>> from kg.ingest.reading import read_page
    >>> text = "在聊城市举行的第三届海东柑橘论坛上，嘉宾云集。"
    >>> [(r.predicate, r.object.text) for r in held(read_page(text), 0, len(text))]
    [('schema:location', '聊城市')]
    """
    text = reading.page.text
    for verb in _HELD.finditer(text, start, end):
        event = _of_held(reading, start, end, verb)
        if event is None:
            continue
        stop = verb.start("where") + len(_SITE_END.sub("", verb["where"]))
        where = chain_before(reading, verb.start("where"), stop, *SITES)
        where = where or chain_after(reading, verb.start("where"), stop, *PLACES)[-1:]
        if where:
            span = (min(event.start, verb.start()), max(verb.end(), event.end))
            span = span if span[1] - span[0] < 70 else verb.span()
            yield Relation(event, "schema:location", where[-1], *span, "held", 0.85)
        yield from _days(reading, start, verb.end(), event)
    for verb in _HOLDS.finditer(text, start, end):
        where = [p for p in reading.inside(start, verb.start(), *PLACES) if p.end == verb.start()]
        events = [e for e in reading.inside(verb.end(), end, "schema:Event") if e.start == verb.end()]
        if where and events:
            span = (where[0].start, events[0].end)
            yield Relation(events[0], "schema:location", where[0], *span, "held", 0.75)
            yield from _days(reading, start, verb.end(), events[0])


_ELIDED = re.compile(r"[^，。；]{0,12}$")


def _of_held(reading: Reading, start: int, end: int, verb: re.Match[str]) -> Mention | None:
    """Return the event that is held: after 的, before 在, or what 论坛 and the like stand for."""
    text = reading.page.text
    after = re.compile(r"的?(?:主题为)?[“「]?").match(text, verb.end())
    at = after.end() if after else verb.end()
    named = [e for e in reading.inside(at, end, "schema:Event") if e.start == at]
    if named:
        return named[0]
    if text[verb.end() : verb.end() + 1] == "的":
        return None
    before = reading.inside(start, verb.start(), "schema:Event")
    if before:
        between = text[before[-1].end : verb.start()]
        return before[-1] if len(between) <= 30 and "，" not in between.strip("，")[:-16] else None
    clause = max(text.rfind(mark, start, verb.start()) for mark in "，；。") + 1
    generic = GENERIC.search(text, max(start, clause), verb.start())
    return event_of(reading, generic.start(), verb.start()) if generic else None


def _days(reading: Reading, start: int, end: int, event: Mention) -> Iterator[Relation]:
    days = [
        p for p in reading.periods
        if start <= p.start and p.end <= end and p.start_date and re.search("[日号]$", p.verbatim)
    ]  # fmt: skip
    first_day, last_day = (days[0].start_date, days[0].end_date) if len(days) == 1 else (None, None)
    if first_day is None or last_day is None:
        return
    where = (min(days[0].start, event.start), max(days[0].end, event.end))
    yield Relation(event, "schema:startDate", first_day.isoformat(), *where, "held-on", 0.75)
    if last_day != first_day:
        yield Relation(event, "schema:endDate", last_day.isoformat(), *where, "held-on", 0.75)


_PARTS = re.compile(r"(?:期间|还|同期|同时|现场)[^，。；]{0,6}?(?:举办|举行|召开)了?")


def parts(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """论坛还举办了甲会、乙会: each is a part of the event that the sentence is about."""
    for verb in _PARTS.finditer(reading.page.text, start, end):
        whole = [e for e in reading.inside(start, verb.start(), "schema:Event") if e.rule in _NAMED]
        for part in reading.inside(verb.end(), end, "schema:Event") if whole else ():
            yield Relation(part, "schema:superEvent", whole[-1], verb.start(), part.end, "part", 0.75)


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
    r"发表(?:主旨|主题)?(?:演讲|讲话)|介绍有关情况|介绍情况|回答(?:了)?(?:记者|媒体)|推介|剪彩|揭牌|揭幕|启动|颁奖|到会|莅临|发布(?:了)?(?=[《“])"
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
    r"在(?P<where>[^，。；：“”]{0,20}?"
    r"(?:推介|致辞|致词|演讲|发言|讲话|宣讲|路演|答问|[会坛式展节]|现场)(?:中|时|上|里|期间|环节)?)"
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
    return event.start >= at or (event.rule in (*_NAMED, "meeting") and first <= event.start < last)


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


_SENT = re.compile(r"(?:的|等(?:[^，。；、]{0,8}))?(?:有关|相关)?(?:代表|负责人|代表团)")
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
