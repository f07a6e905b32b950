"""Which event a sentence is about: one that it names, one that 该论坛 or 会上 stands for, the last one."""

from __future__ import annotations

import re

from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading

_HEADS = (
    "博览会|交易会|展销会|洽谈会|推介会|对接会|恳谈会|招商会|发布会|座谈会|研讨会|交流会|推进会|现场会|订货会|双选会|招聘会|"
    "论坛|峰会|年会|大会|大赛|比赛|赛事|签约仪式|启动仪式|开幕式|闭幕式|仪式|展会|展览|会议|盛会|庆典|文化节|旅游节|活动|节会|展"
)
#: Words that stand for an event that was named before.
GENERIC = re.compile(
    rf"(?:(?:本|此|该|这|上|今)[届次场]?|当天的?|随后的?|是次|同期)?(?P<head>{_HEADS})"
    r"|(?<![一-龥])(?P<there>会上|会议|现场|会后|会前|期间|开幕式|组委会|主办方)"
    r"|(?:大会|活动|签约)现场"
)
_OTHER_HEADS = {"开幕式", "闭幕式", "仪式", "活动", "会议", "盛会", "展会", "展览", "节会", "现场"}
_SIGNED = re.compile(r"签约|招商|推介|洽谈|恳谈|对接|投资|合作|博览|交易|展|大会|论坛|峰会|经贸|节$")


def article_of(reading: Reading, at: int) -> tuple[int, int]:
    """Return the span of the article that holds an offset, the whole page where none does."""
    for article in reading.articles:
        start, end = article.blocks[0].start, article.blocks[-1].end
        if start <= at < end:
            return start, end
    return 0, len(reading.page.text)


def event_of(reading: Reading, start: int, at: int) -> Mention | None:
    """Return the event that the words from ``start`` to ``at`` are about.

    >>> from kg.ingest.reading import read_page
    >>> text = "第三届海东柑橘论坛开幕，首届海东农机博览会同期举行。论坛由某会主办。"
    >>> event_of(read_page(text), text.index("论坛由"), len(text)).text
    '第三届海东柑橘论坛'
    """
    named = reading.inside(start, at, "schema:Event")
    if named:
        return named[-1]
    first, _ = article_of(reading, start)
    before = [
        e for e in reading.inside(first, start, "schema:Event") if e.rule != "meeting" or _main(reading, e)
    ]
    heads = [g["head"] for g in GENERIC.finditer(reading.page.text, start, at) if g["head"]]
    for head in heads:
        alike = [e for e in before if e.text.endswith(head)]
        if alike:
            return alike[-1]
        if head not in _OTHER_HEADS and before and any(_ends_in_head(e) for e in before):
            continue
    return before[-1] if before else None


def _ends_in_head(event: Mention) -> bool:
    return re.search(rf"(?:{_HEADS})$", event.text) is not None


_HELD = re.compile(
    r"[”」]?(?:暨[^，。]{2,30})?(?:[一二三四五六七八九十\d月日上下午晚]|将|于|在[^，。；]{2,24}?|昨日?|今日?|日前|近日|隆重|正式|盛大|成功|同期|上|同时){0,6}"
    r"(?:举办|举行|召开|开幕|启幕|闭幕|落幕|揭幕|开锣|启动|登场|开启|拉开|上[，,])"
)


def _main(reading: Reading, event: Mention) -> bool:
    """Tell whether an event without an edition is one that the page says is held."""
    return (
        _HELD.match(reading.page.text, event.end) is not None
        or _HOLDS.search(reading.page.text, max(0, event.start - 4), event.start) is not None
    ) and not _BESIDE.search(reading.page.text, max(0, event.start - 30), event.start)


# 展会期间还将举办某论坛: a part of another event
_BESIDE = re.compile(r"(?:期间|同期|还|并|同时)[^。；]{0,20}$")
_HOLDS = re.compile(r"(?:举办|举行|召开)[了的]?[“「]?$")


def signing(event: Mention) -> bool:
    """Tell whether projects may be signed at an event."""
    return _SIGNED.search(event.text) is not None
