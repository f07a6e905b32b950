"""Mentions of places that the gazetteer lacks, by what holds them: towns, villages, former counties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention

_TOWN = re.compile(r"[一-龥]{2,3}?(?:镇|乡|街道)(?!村|企业|政府|上|下|级|民|亲|音|土|愁|贤|办)")
_NOT_TOWN = re.compile(
    r"^[各该本全从个我这那两几多每名村]|^城[镇乡]|淘宝|小镇|特色|重点|示范|[一二三四五六七八九十个][镇乡]$|"
    r"乡镇|城镇|村镇|返乡|[下回侨同异水]乡|[家老故他]乡|美丽|中心镇"
)

# A town that opens its clause and does something needs no county before it.
_TOWN_ALONE = re.compile(
    r"(?:^|[，。；\n])(?:单是|仅|光是)?(?P<name>[一-龥]{2,3}镇)"
    r"(?=[现共]?有(?!关)|拥有|，[去今]年|[去今]年|更[高低多]|核心|位于|地处|是)",
    re.MULTILINE,
)
_VILLAGE = re.compile(r"[一-龥]{2,3}?(?:行政|自然)?村(?!民|委|里|庄|集体|[镇级干口企支两官党务规史域社落寨])")
_NOT_VILLAGE = re.compile(
    r"^[各该本全从个我这那两几多每名第有在的等]|淘宝|示范|贫困|行政村|自然村|农村|乡村|山村|渔村|中心|特色|美丽|明星|专业|空心|"
    r"城中|先进|文明|传统|重点|[一二三四五六七八九十个多余]村|新村$|城村|强村|富村|和美"
)
_COUNTY = re.compile(
    r"(?![有共各全该其这那本我两几多等百上下是的在]|.[有共两三四五六七八九十个些大小强穷])[一-龥]{2}(?<![一二三四五六七八九十各个多]个)(?<![的等级和与强大])[县旗](?![域级乡镇委政长区市])"
)


def read_settlements(text: str, places: list[Mention]) -> list[Mention]:
    """Return the places named right after the one that holds them, and wherever they stand again.

    >>> city = Mention("kg:PrefectureCity", "聊城", 0, 2, "short-name")
    >>> [(m.text, m.type) for m in read_settlements("聊城水城县东关镇桃花村和示范村，桃花村", [city])]
    [('水城县', 'kg:County'), ('东关镇', 'kg:Town'), ('桃花村', 'kg:Village'), ('桃花村', 'kg:Village')]
    """
    found = [*places, *_repeated(text, places)]
    for kind, rule, pattern, other, holders in _KINDS:
        found += _after(text, found, kind, rule, pattern, other, holders)
    return sorted(found[len(places) :], key=lambda m: m.start)


_CITIES = ("kg:Province", "kg:PrefectureCity")
_KINDS = (
    ("kg:County", "county-after-city", _COUNTY, None, _CITIES),
    ("kg:Town", "town-after-county", _TOWN, _NOT_TOWN, ("kg:PrefectureCity", "kg:County")),
    (
        "kg:Village",
        "village-after-town",
        _VILLAGE,
        _NOT_VILLAGE,
        ("kg:PrefectureCity", "kg:County", "kg:Town"),
    ),
)


_ALONE = re.compile(r"(?<![一-龥])(?P<name>[一-龥]{2}县)(?=[一-龥])")


def _repeated(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Yield a county that the gazetteer lacks and the page names at the start of two clauses and more."""
    heads = [
        m["name"]
        for m in _ALONE.finditer(text)
        if _COUNTY.fullmatch(m["name"]) and not _taken(places, *m.span())
    ]
    for name in sorted(set(heads)):
        if heads.count(name) > 1 and not re.search(r"[该全本我各强大名多两三每农乡城邻外]|示范|先进", name):
            for match in re.finditer(re.escape(name), text):
                yield Mention("kg:County", name, *match.span(), "county-repeated", (), 0.6)


def _after(
    text: str,
    places: list[Mention],
    kind: str,
    rule: str,
    pattern: re.Pattern[str],
    other: re.Pattern[str] | None,
    holders: tuple[str, ...],
) -> Iterator[Mention]:
    names: set[str] = set()
    if kind == "kg:Town":
        alone = (m["name"] for m in _TOWN_ALONE.finditer(text))
        names |= {
            n for n in alone if not _NOT_TOWN.search(n) and not any(n.startswith(p.text) for p in places)
        }
    for place in places:
        found = pattern.match(text, place.end) if place.type in holders else None
        if found and not (other and other.search(found[0])) and not _taken(places, *found.span()):
            names.add(found[0])
    for name in sorted(names):
        for match in re.finditer(re.escape(name), text):
            if not _taken(places, *match.span()):
                yield Mention(kind, name, *match.span(), rule, (), 0.7 if kind == "kg:County" else 0.9)


def _taken(places: list[Mention], start: int, end: int) -> bool:
    return any(p.start < end and start < p.end for p in places)
