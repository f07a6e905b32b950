"""What is said of events: places and days, and which are parts of others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import SITES, chain_after, chain_before
from kg.ingest.discourse.occasion import GENERIC, event_of
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Relation

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
