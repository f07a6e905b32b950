"""Mentions of places that are no division: scenic spots, parks and works (schema:Place), halls (kg:Venue)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg.ingest.names.gazetteer import by_name
from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_WORDS = words()["facility"]
_KIND_OF = {end: kind for kind, ends in _WORDS.items() if ":" in kind for end in ends}
_END = re.compile("|".join(sorted(_KIND_OF, key=len, reverse=True)))
_PHASE = re.compile(r"[一二三四]期|第[一二三四]期")
# What goes on after the end is another name: a body of the park, or another word.
_GOES_ON = re.compile(r"[一-龥]?(?:管委会|管理|委员会|公司)|[化性型级式员长户主们]|标准")
_BEFORE = re.compile("|".join(sorted(_WORDS["before"], key=len, reverse=True)))
_KEEPS = re.compile("|".join(words()["inside"]["organization"]))
_GENERIC = re.compile(rf"^(?:{'|'.join(_WORDS['generic'])}|[0-9一二三四五六七八九十两几多余个家座A级+]|级)*$")
_SIZE = re.compile(r"[百千万][亩亿吨]")  # 千亩产业园
_WEAK = frozenset(_WORDS["weak"])
_HAN = re.compile(r"[一-龥·]{0,14}$")
_COUNTED = re.compile(r"(?:共|达|近|约|有)*[0-9一二两三四五六七八九十]+[余多]?[家个座处条片]")
_FULL = ("division", "settlement", "uncoded", "county-repeated")


def read_facilities(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Yield the facilities of a clean text, with the place in their name but not the one that holds them.

    A division before a name of its own holds it; before what is none it is a part of the name.

    >>> county = Mention("kg:County", "海东县", 3, 6, "division")
    >>> [(m.text, m.type) for m in read_facilities("节会在海东县会展中心开幕，果园山景区人来人往", [county])]
    [('海东县会展中心', 'kg:Venue'), ('果园山景区', 'schema:Place')]
    >>> [m.text for m in read_facilities("节会在海东县果园山景区开幕", [county])]
    ['果园山景区']
    """
    divisions = [p for p in places if p.type.startswith("kg:")]
    yield from _ports(text)
    ends_of = [p.end for p in divisions]
    towns = {p.end for p in places if p.type in ("kg:Town", "kg:Village")}
    for end in _END.finditer(text):
        if end.end() in towns or _END.match(text, end.end()) or _COUNTED.match(text, end.end()):
            continue
        han = _HAN.search(text, max(0, end.start() - 14), end.start())
        floor = han.start() if han else end.start()
        inner = [
            p
            for p in divisions[bisect_left(ends_of, floor + 1) : bisect_left(ends_of, end.start() + 1)]
            if p.start >= floor
        ]
        start = _start(text, end, floor, inner)
        if start is None:
            continue
        goes_on = _GOES_ON.match(text, end.end())
        if goes_on and not (goes_on[0] == "建设" and text[start - 1 : start] in ("在", "于")):
            continue  # 在某园区建设 says where, 园区建设 what
        if end.end() < len(text) and text[end.end()] == "区" and end[0][-1] in "园业城镇":
            continue  # 现代农业园 | 区12个
        phase = _PHASE.match(text, end.end())
        stop = phase.end() if phase else end.end()
        yield Mention(_KIND_OF[end[0]], text[start:stop], start, stop, "facility", (), 0.7)


def _beside(one: Mention, other: Mention) -> bool:
    """Tell whether two short names are of places of which none holds the other."""
    held = any(c.startswith(o.rstrip("0")) for o in one.candidates for c in other.candidates)
    return one.rule == other.rule == "short-name" and not held


def called_whole(facilities: list[Mention]) -> list[Mention]:
    """Return the facilities, a zone under the whole name that the page gives it.

    >>> whole = Mention("schema:Place", "海东经济技术开发区", 0, 9, "facility")
    >>> [m.text for m in called_whole([whole, Mention("schema:Place", "海东经开区", 20, 25, "facility")])]
    ['海东经济技术开发区', '海东经济技术开发区']
    """
    names = {m.text for m in facilities}
    called = []
    for place in facilities:
        kind = next((k for k in _WHOLE if place.text.endswith(k)), "")
        stem = place.text.removesuffix(kind)
        whole = [n for n in names if kind and n.startswith(stem) and _WHOLE[kind].search(n[len(stem) :])]
        called.append(replace(place, text=whole[0]) if stem and len(whole) == 1 else place)
    return called


_WHOLE = {
    "经开区": re.compile(r"经济(?:技术)?开发区$"),
    "高新区": re.compile(r"高新(?:技术)?(?:产业)?开发区$"),
    "综保区": re.compile(r"综合保税区$"),
    "开发区": re.compile(r"经济(?:技术)?开发区$|高新(?:技术)?(?:产业)?开发区$"),
    "园区": re.compile(r"[产工科物].园区$"),
    "自贸区": re.compile(r"自由贸易试验区$"),
}


def _ports(text: str) -> Iterator[Mention]:
    """Yield the ports of places by the place's short name, and others by what only a port does.

    >>> [m.text for m in _ports("钦州港扩建。橘湾港上半年完成货物吞吐量98万吨，大桥港湾在建。")]
    ['钦州港', '橘湾港']
    """
    for match in _PORT.finditer(text):
        if match["place"] in by_name() or match["place"] + "市" in _UNCODED:
            end = match.end("name")
            yield Mention("schema:Place", match["name"], match.start("name"), end, "port", (), 0.7)
    for match in _PORT_AT_WORK.finditer(text):
        if match["place"] not in by_name() and not _GENERIC.match(match["place"]):
            yield Mention("schema:Place", match["name"], *match.span("name"), "port", (), 0.65)


_UNCODED = frozenset(words()["place"]["uncoded"])
_PORT = re.compile(
    r"(?P<name>(?P<place>[一-龥]{2})(?:舟山)?(?:新|老|东|西|南|北)?港)"
    r"(?![口城区澳务珠式台湾股商资人币元籍警铁府交剧片星版集有路]|航(?!线))"
)

# 某港上半年完成货物吞吐量…, at the head of a clause.
_PORT_AT_WORK = re.compile(
    r"(?:(?<=[，。；：、\n])|^)(?P<name>(?P<place>(?!该|本|全|各|主|海|两|此|沿|内|外|疏|进|离|到|靠)[一-龥]{2,3})港)"
    r"(?=[^，。；：\n港]{0,12}(?:吞吐|标箱|集装箱|泊位|靠泊|航线))",
    re.MULTILINE,
)


def _start(text: str, end: re.Match[str], floor: int, inner: list[Mention]) -> int | None:
    """Return where the name that ends here starts, or nothing where it names no facility of its own."""
    start = floor
    for before in _BEFORE.finditer(text, floor, end.start()):
        kept = (
            k.start() <= before.start() < k.end()
            for k in _KEEPS.finditer(text, max(0, before.start() - 2), end.end())
        )
        if not any(kept) and not any(p.start <= before.start() < p.end for p in inner):
            start = max(start, before.end())
    inside = [p for p in inner if p.start >= start]
    if inside:
        place = inside[-1]
        if len(inside) > 1 and inside[-2].end == place.start and _beside(inside[-2], place):
            place = inside[-2]  # 西安咸阳国际机场
        rest = text[place.end : end.start()]
        own = len(rest) > 1 and not _GENERIC.match(rest)
        if place.rule in _FULL and own:
            return place.end
        if place.rule in _FULL and end[0] in _WEAK and not own:
            return None
        return place.start if len(rest) <= 12 else None
    stem = text[start : end.start()]
    if (
        len(stem) < 2
        or len(stem) > 12
        or _GENERIC.match(stem)
        or not re.match("[一-龥]", stem)
        or _SIZE.match(stem)
    ):
        return None
    return start
