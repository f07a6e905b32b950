"""Mentions of events: forums, fairs, ceremonies, festivals, by edition, by year or by what they end in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.names.mention import Mention, longest
from kg.ingest.words import words

_END = (
    "|".join(sorted(words()["event"]["end"], key=len, reverse=True)) + "|[一-龥]{2,4}节(?!目|点|约|能|省|水)"
    "|[一-龥]{2}(?<![发进扩开拓施参布伸])展(?![开览示品馆会位区商厅台出现期销望团业])"
    "|[一-龥]{2}(?:赛(?!事|道|后|程|季)|周(?!年|边|期)|旅游季|采摘季|嘉年华)"
)
_EDITION = r"20\d\d年?(?:\d{1,2}月)?|第[一二三四五六七八九十百\d]+[届次]|首届"
_CHAR = r"(?:[^，。；、：“”\n《》【】]|“[^”\n]{1,8}”)"
_EVENT = re.compile(
    rf"(?P<name>(?:{_EDITION}){_CHAR}{{2,40}}?(?:{_END}|[开签启揭][一-龥]活动|推介活动)"
    rf"(?:暨{_CHAR}{{2,30}}?(?:{_END}))?(?:新闻发布会|新闻通气会|记者会|发布会|通气会)?)(?!名)"
)
# A whole name in quotation marks may end in what is a common word elsewhere: “2023柑橘展”.
_QUOTED = re.compile(
    rf"“(?P<name>(?:[一-龥·]{{0,12}}(?:{_EDITION}))[^“”，。；\n]{{2,30}}(?:[会展节赛坛周]|仪式))”"
)
# A name in quotation marks of which the page says that it is held, and one that says itself what it is.
_QUOTED_HELD = re.compile(
    r"“(?P<name>[^“”，。；\n]{4,30}(?:[会展节赛坛周季月夜行]|典礼|盛典|嘉年华|大集))”"
    r"(?:(?:将|已|于|在)?[^，。；]{0,20}?(?:举办|举行|召开|启动|开幕|启幕|开启|开锣|闭幕|落幕|举行)|(?:主题|系列|大型)*活动)"
)
# The place right before the year is a part of the name: 某市2021年招商大会.
_PLACE = re.compile(r"(?<=[，。；、：\n“ ])[一-龥]{2,6}?[省市县区州]$|^[一-龥]{2,6}?[省市县区州]$")
# 年来, 月1日 and the like: what starts with a year here is a sentence.
_NO_NAME = re.compile(
    r"^20\d\d年(?:来|度|底|以来|，)|月\d|^第[^届]{1,4}次[^届]{0,3}会议$|全国两会|人民代表大会|党代表大会|全体会议|次会议|召开|举行|举办|参加|出席"
)
_MEETINGS = "|".join(sorted(words()["event"]["meeting"], key=len, reverse=True))
_MEETING = re.compile(
    rf"(?P<name>(?P<quoted>“[^“”\n，。]{{2,16}}”)[一-龥]{{0,12}}?(?:{_MEETINGS})|[一-龥]{{2,16}}?(?:{_MEETINGS}))"
    r"(?:[一-龥]{2,4}?专场)?"
)
_MEETING_END = re.compile(rf"(?:{_MEETINGS})(?:[一-龥]{{2,4}}专场)?$")
_GENERIC = re.compile(
    rf"(?:{'|'.join(words()['event']['generic'])}|[0-9一二三四五六七八九十两多几]+[余多]?[场次个])*"
)
_COUNTED = re.compile(r"(?:共|达|近|约)*[0-9一二两三四五六七八九十]+[余多]?[场次个]")
_MEETING_BEFORE = re.compile(
    r"[，。；：、“”\n（()]|举办了?|举行的?|召开的?|参加|出席|此次|本次|该|在|的|了|和|与|及|是|"
    r"为|于|名为|开展|开幕|聊|期间|届|亮相|这个|那个|借鉴|打造|承办|主办|主持|预祝|预贺|祝愿|参与|参展|赴|来到|走进"
)


def read_events(text: str) -> Iterator[Mention]:
    """Yield the events of a clean text: those with an edition or a year first.

    >>> [m.text for m in read_events("第三届柑橘博览会开幕，2021年柑橘集中签约活动同时举行。")]
    ['第三届柑橘博览会', '2021年柑橘集中签约活动']
    """
    found = longest(_of_edition(text))
    yield from found
    first = len(found)
    found += [m for m in _meetings(text) if not any(m.overlaps(other) for other in found)]
    yield from found[first:]
    for meeting in _attended(text):
        again = meeting.text in _BARE and any(meeting.text in other.text for other in found)
        if not again and not any(meeting.overlaps(other) for other in found):
            yield meeting  # 在恳谈会上, of the one that the page named


def _of_edition(text: str) -> Iterator[Mention]:
    names: set[str] = set()
    for match in (*_QUOTED.finditer(text), *_QUOTED_HELD.finditer(text)):
        names.add(match["name"])
        yield Mention("schema:Event", match["name"], *match.span("name"), "edition", (), 0.9)
    at = 0
    while found := _EVENT.search(text, at):
        if _NO_NAME.search(found["name"]):
            at = found.start() + 1
            continue
        at = found.end()
        start = found.start()
        if found["name"].startswith("20") and (place := _PLACE.search(text, max(0, start - 8), start)):
            start = place.start()
        names.add(text[start : found.end()])
        yield Mention("schema:Event", text[start : found.end()], start, found.end(), "edition", (), 0.85)
    # The same event without its year or its edition.
    for name in sorted(names, key=len, reverse=True):
        short = re.sub(rf"^(?:[一-龥]{{2,6}}[省市县区州](?=20))?(?:{_EDITION})", "", name)
        for match in re.finditer(re.escape(short), text):
            yield Mention("schema:Event", short, *match.span(), "again", (), 0.8)


def _attended(text: str) -> Iterator[Mention]:
    """Yield a meeting without a name of its own where somebody attended it or spoke there: 在业绩说明会上."""
    for match in _ATTENDED.finditer(text):
        counted = re.match(r"[一二三四五六七八九十两几多数]+[场次个]", match["name"])
        if not counted and not _KIND_ONLY.match(match["name"]) and not _COUNTED.match(text, match.end()):
            yield Mention("schema:Event", match["name"], *match.span("name"), "meeting", (), 0.65)


_BARE = frozenset(words()["event"]["gathering"])
_GATHERING = "|".join(sorted(words()["event"]["gathering"], key=len, reverse=True))
_ATTENDED = re.compile(
    rf"(?:(?:出席|参加|召开|举行|举办|主持|亮相)了?|(?<![实现所存])在|于|日的)(?P<name>(?:(?![在了的和与及将])[一-龥]){{0,10}}?(?:{_GATHERING}))"
    r"(?=上|中|时|[，。；]|$|现场|并|期间)"
)
# What every page has: a press conference, a ceremony of its own.
_KIND_ONLY = re.compile(
    r"(?:此次|本次|该|这次|新闻|专题|系列|多场|一场|首场|开幕|闭幕|全体|工作|有关|相关|当天|昨日|今天|例行)*"
    r"(?:新闻发布会|新闻通气会|发布会|通气会|大会|会议|开幕式|闭幕式|展会|论坛|座谈会|推介会|工作会|全会|仪式|活动|年会|峰会|记者会|招待会|吹风会)$"
)


def _meetings(text: str) -> Iterator[Mention]:
    for match in _MEETING.finditer(text):
        start = match.start()
        for before in _MEETING_BEFORE.finditer(text, match.start(), match.end() - 1):
            start = match.start() if match["quoted"] else before.end()
        name = text[start : match.end()]
        if _COUNTED.match(text, match.end()):
            continue  # 举办专场对接会6场
        end = _MEETING_END.search(name)
        named = end is not None and (match["quoted"] or not _GENERIC.fullmatch(name[: end.start()]))
        counted = re.match(r"[个场次届种]|[一二三四五六七八九十两几多数]+[场次个]", name)
        if len(name) >= 5 and named and not counted:
            yield Mention("schema:Event", name, start, match.end(), "meeting", (), 0.7)
