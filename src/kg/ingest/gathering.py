"""What is said of events: hosts, places and days, who comes, which reports come out there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation
from kg.ingest.speech import PERSONS

_HOSTS = re.compile(r"(?:联合|共同)?(?P<verb>主办|承办|协办|主持|指导|支持|冠名)")
_PREDICATE_OF_HOST = {"主办": "kg:hostedBy", "承办": "kg:undertakenBy", "协办": "schema:organizer"}
_NAMED = ("edition", "again")


def hosts(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """由甲、乙主办，丙承办的某会: each body before the verb hosts the event, or the last one."""
    here = reading.inside(start, end, "schema:Event")
    events = here or reading.inside(max(0, start - 300), start, "schema:Event")[-1:]
    if not events:
        return
    text = reading.page.text
    event = next((e for e in events if e.rule == "edition"), events[0])
    before = start
    for verb in _HOSTS.finditer(text, start, end):
        bodies = reading.inside(before, verb.start(), *ORGANIZATIONS)
        clause = max(text.rfind("，", before, bodies[0].start) if bodies else -1, before)
        predicate = _PREDICATE_OF_HOST.get(verb["verb"])
        for body in bodies if predicate else ():
            if not re.search(r"[。；]", text[clause : verb.start()]):
                yield Relation(event, str(predicate), body, body.start, verb.end(), "host", 0.85)
        before = verb.end()


_HELD = re.compile(
    r"(?:在|于)(?P<where>[^，。；]{2,24}?)(?:隆重|正式|成功|顺利)?(?:举办|举行|召开|开幕|启幕|闭幕|落幕|揭幕|登场|拉开帷幕)"
)
_HOLDS = re.compile(r"(?:隆重|成功)?(?:举办|举行|召开)了?")


def held(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某会在某地举行, 某市举行某会: the place or the hall, and the days where the page gives them."""
    text = reading.page.text
    for verb in _HELD.finditer(text, start, end):
        where = reading.inside(verb.start("where"), verb.end("where"), *PLACES, "kg:Venue", "schema:Place")
        events = reading.inside(start, verb.start(), "schema:Event")
        if not events:
            continue
        event = events[-1]
        between = text[event.end : verb.start()]
        if len(between) <= 20 and "，" not in between.strip("，"):
            if where:
                yield Relation(event, "schema:location", where[-1], event.start, verb.end(), "held", 0.85)
            yield from _days(reading, start, verb.end(), event)
    for verb in _HOLDS.finditer(text, start, end):
        where = [p for p in reading.inside(start, verb.start(), *PLACES) if p.end == verb.start()]
        events = [e for e in reading.inside(verb.end(), end, "schema:Event") if e.start == verb.end()]
        if where and events:
            yield Relation(
                events[0], "schema:location", where[0], where[0].start, events[0].end, "held", 0.75
            )
            yield from _days(reading, start, verb.end(), events[0])


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


_ATTENDS = re.compile(r"现身|出席|参加|来到|亮相|应邀|见证")
_GATHERING = re.compile(
    r"论坛|大会|博览会|活动|展会|会议|峰会|仪式|开幕式|闭幕式|典礼|盛会|交易会|签约|推介会"
)


def attendance(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """甲、乙出席论坛: everybody named before the verb; where it says 论坛 or 此次 only, the last event."""
    text = reading.page.text
    for verb in _ATTENDS.finditer(text, start, end):
        after = re.split("[，。]", text[verb.end() : verb.end() + 24])[0]
        persons = _run(reading, start, verb.start())
        events = reading.inside(verb.end(), min(end, verb.end() + 60), "schema:Event")[:1]
        generic = _GATHERING.search(after) or (after.startswith("并") and verb[0] == "出席")
        if not events and generic:
            events = [e for e in reading.inside(0, start, "schema:Event") if e.rule in _NAMED][-1:]
            events = events or reading.inside(start, verb.start(), "schema:Event")[-1:]
        for person in persons:
            for event in events:
                where = (person.start, verb.end() + len(after))
                yield Relation(event, "schema:attendee", person, *where, "attendance", 0.75)


_BETWEEN = re.compile(r"[、，和及]|以及|等|[，、和及]?[^，。；：“”]{0,40}")
_DOES = re.compile(r"说|表示|指出|介绍|认为|强调|举行|签|会见|率|主持|宣布")


def _run(reading: Reading, start: int, at: int) -> list[Mention]:
    """Return the persons of the list that ends at a verb, with only titles and commas between them."""
    run: list[Mention] = []
    text, left = reading.page.text, at
    for person in reversed(reading.inside(start, at, *PERSONS)):
        between = text[person.end : left]
        if _DOES.search(between) or not _BETWEEN.fullmatch(between) or (left == at and "，" in between):
            break
        run.append(person)
        left = person.start
    return run[::-1]


def from_countries(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """来自尼泊尔、斯里兰卡等: those who came to the event of the sentence, or the last one."""
    text = reading.page.text
    for came in re.finditer(r"来自", text[start:end]):
        at = start + came.end()
        clause = re.compile(r"[，。；]|的(?!国家)").search(text, at, end)
        stop = clause.start() if clause else end
        here = reading.inside(start, end, "schema:Event")
        events = [
            e for e in here or reading.inside(max(0, start - 500), start, "schema:Event") if e.rule in _NAMED
        ]
        for country in reading.inside(at, stop, "kg:Country") if events else ():
            if country.text != "中国":
                where = (at - 2, country.end)
                yield Relation(events[-1], "kg:participantsFrom", country, *where, "came-from", 0.7)


_OUT = re.compile(r"发布|出炉|揭晓|公布|亮相")
_THERE = re.compile(r"(?:此次|本次|该|本届)?(?:论坛|大会|峰会|会|活动|仪式|发布会)上")


def releases(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """甲发布《报告》: by whom; 大会开幕，《报告》同时发布: at which event."""
    text = reading.page.text
    for report in reading.inside(start, end, "schema:Report"):
        verb = text.rfind("发布", max(start, report.start - 8), report.start)
        for who in reading.inside(start, verb, *PERSONS, *ORGANIZATIONS)[-1:] if verb >= 0 else ():
            yield Relation(report, "kg:releasedBy", who, who.start, report.end, "release", 0.8)
        after = _OUT.search(text, report.end, min(end, report.end + 16))
        if verb < 0 and not after:
            continue
        stop = after.end() if after else report.end
        events = [e for e in reading.inside(start, stop, "schema:Event") if e.rule != "meeting"]
        there = _THERE.search(text, start, stop)
        if not events and there:
            events = [e for e in reading.inside(0, start, "schema:Event") if e.rule in _NAMED][-1:]
        for event in events[:1]:
            first = event.start if start <= event.start else there.start() if there else report.start
            yield Relation(
                report, "kg:releasedAt", event, min(first, report.start), stop, "released-at", 0.75
            )
