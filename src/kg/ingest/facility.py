"""Mentions of places that are no division: scenic spots, parks and works (schema:Place), halls (kg:Venue)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention
from kg.ingest.words import words

_KIND_OF = {end: kind for kind, ends in words()["facility"].items() if ":" in kind for end in ends}
_END = "|".join(sorted(_KIND_OF, key=len, reverse=True))
_FACILITY = re.compile(
    rf"(?P<name>[一-龥]{{2,14}}?(?P<end>{_END})(?:[一二三四]期|第[一二三四]期)?)(?![一-龥]?(?:管委会|管理|委员会|公司))"
)
_BEFORE = re.compile("|".join(words()["facility"]["before"]))
_GENERIC = re.compile(
    rf"^(?:{'|'.join(words()['facility']['generic'])}|[0-9一二三四五六七八九十两几多余个家座A级]|级)*$"
)

_COUNTED = re.compile(r"(?:共|达|近|约)*[0-9一二两三四五六七八九十]+[余多]?[家个座处]")


def read_facilities(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Yield the facilities of a clean text, with the place in their name but not the one that holds them.

    >>> [(m.text, m.type) for m in read_facilities("节会在海东会展中心开幕，果园山景区人来人往", [])]
    [('海东会展中心', 'kg:Venue'), ('果园山景区', 'schema:Place')]
    """
    holders = [
        p.end for p in places if p.type in ("kg:County", "kg:Town", "kg:Village") and p.rule != "short-name"
    ]
    yield from _venues(text, holders)
    for match in _FACILITY.finditer(text):
        start, end = match.span("name")
        for before in _BEFORE.finditer(text, start, match.start("end")):
            start = before.end()
        start = max([start, *(h for h in holders if start < h <= match.start("end"))])
        stem = text[start : match.start("end")]
        if _COUNTED.match(text, end):
            continue  # 标准化加工厂230座
        if len(stem) < 2 or _GENERIC.match(stem) or not re.match(r"[一-龥]", stem):
            continue
        yield Mention(_KIND_OF[match["end"]], text[start:end], start, end, "facility", (), 0.7)


# Where something is held is a hall, whatever it is called.
_HELD_IN = re.compile(
    r"[在于](?P<name>[一-龥·“”]{2,18}?(?:中心|会展|[馆堂厅]|酒店|宾馆|饭店|广场|剧院|礼堂|大厦|大楼|会议室|公园|大学|学院|中学|体育场))"
    r"(?:隆重|正式|成功|顺利|盛大|如期)?(?:举行|举办|召开|开幕|启幕|闭幕|落幕|揭幕|启动|开锣)"
)
_SAID_ALONE = 4


def _venues(text: str, holders: list[int]) -> Iterator[Mention]:
    for match in _HELD_IN.finditer(text):
        start, end = match.span("name")
        inner = max((h for h in holders if start < h < end), default=start)
        if end - inner > _SAID_ALONE:
            start = inner  # 某县某某大酒店, but 某县政务中心
        if end - start > _SAID_ALONE and not re.search("[在于的]", text[start:end]):
            yield Mention("kg:Venue", text[start:end], start, end, "held-in", (), 0.75)
