"""Mentions of places that the gazetteer lacks, by what stands before them: towns, villages, counties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_WORDS = words()["settlement"]


def _any(*names: str) -> str:
    return "|".join(sorted({re.escape(w) for name in names for w in _WORDS[name]}, key=len, reverse=True))


@dataclass(frozen=True)
class _Kind:
    """How the names of a kind of settlement end, what before it makes no name, and in what they may lie."""

    type: str
    end: re.Pattern[str]
    words: str
    holders: tuple[str, ...]
    #: Whether a word before the name is enough, where no place is.
    alone: bool = True

    @cached_property
    def none(self) -> re.Pattern[str]:
        return re.compile(
            rf"^(?:{_any(self.words + '_whole')})$|(?:{_any(self.words)})$"
            "|..古$|^[各该本全几每其][一-龥]|[一二三四五六七八九十两几]个?$"
        )

    @cached_property
    def none_alone(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{_any(self.words + '_end')})$" + (r"|^..城$" if self.type == "kg:Town" else "")
        )


_CITIES = ("kg:Province", "kg:PrefectureCity")
_COUNTIES = ("kg:PrefectureCity", "kg:County")
_KINDS = (
    _Kind(
        "kg:County",
        re.compile(r"[县旗](?![域级乡镇委政长区市])|区(?![域间内划位块委属县])"),
        "district", _CITIES, alone=False,
    ),
    _Kind(
        "kg:Town",
        re.compile(r"(?:镇|(?<!城)乡|街道|苏木)(?![村企上级民亲音土愁贤间情]|政府|办(?!事)|两级|之间)"),
        "town", _COUNTIES,
    ),
    _Kind(
        "kg:Village",
        re.compile(
            r"(?:行政|自然)?村(?![民委里庄镇级干口企两官务规史域社落寨容医校貌道组小]|合作)|社区(?![居工团服化治村])|嘎查"
        ),
        "village", (*_COUNTIES, "kg:Town"),
    ),
)  # fmt: skip
# 村集体 and 村党支部 are of a village only behind what holds one.
_OF_ANY = re.compile(r"[党集支]|”")
_COUNTY_ALIKE = re.compile(
    r"^(?:[有共各全该其这那本我两几多等百上下是的在]|.[有共大小强穷等级和与]"
    r"|.*[一二两三四五六七八九十几多]个?$)"  # 五个县, 一县一品
)
# 32个核桃镇, 核桃镇14个: a kind of towns.
_COUNTED_BEFORE, _COUNTED_AFTER = re.compile("[0-9][余多]?$"), re.compile("[0-9]+[余多]?个")
_HAN = re.compile(r"[一-龥]*$")
_BOUNDARY = re.compile(rf"(?:{_any('before')})$")
_STARTS = re.compile(rf"(?:{_any('before')})")
# 龙头山镇 is commonest with two characters, then three; one stands only behind the place that holds it.
_LENGTHS = (2, 3, 4)


def read_settlements(text: str, places: list[Mention]) -> list[Mention]:
    """Return the places named after the one that holds them or a word that calls for one, and again.

    >>> city = Mention("kg:PrefectureCity", "聊城", 0, 2, "short-name")
    >>> [(m.text, m.type) for m in read_settlements("聊城水城县东关镇桃花村和示范村，桃花村", [city])]
    [('水城县', 'kg:County'), ('东关镇', 'kg:Town'), ('桃花村', 'kg:Village'), ('桃花村', 'kg:Village')]
    >>> [m.text for m in read_settlements("走进人和镇的特色小镇，产业园落户柳泉镇、南庄乡", [])]
    ['人和镇', '柳泉镇', '南庄乡']
    """
    found = [*places, *_repeated(text, places)]
    for kind in _KINDS:
        found += _of_kind(text, found, kind)
    return sorted(found[len(places) :], key=lambda m: m.start)


def _of_kind(text: str, places: list[Mention], kind: _Kind) -> list[Mention]:
    names: dict[str, float] = {}
    ends = {p.end: p for p in places}
    for end in kind.end.finditer(text):
        name, sure = _name(text, end, ends, kind)
        if name and not _taken(places, end.end() - len(name), end.end()):
            names[name] = max(sure, names.get(name, 0.0))
    found: list[Mention] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        for match in re.finditer(re.escape(name), text):
            # 柳泉镇 is no 龙柳泉镇, which stands there already.
            if not _taken([*places, *found], *match.span()):
                found.append(Mention(kind.type, name, *match.span(), "settlement", (), names[name]))
    return found


def _name(text: str, end: re.Match[str], ends: dict[int, Mention], kind: _Kind) -> tuple[str, float]:
    """Return the name that ends here and how sure it is, or nothing."""
    at = end.start()
    for length in (*_LENGTHS, 1):
        start = at - length
        if start < 0 or not re.fullmatch("[一-龥]+", text[start:at]):
            continue
        stem, holder = text[start:at], ends.get(start)
        if holder is not None and holder.type in kind.holders:
            other = (
                _COUNTY_ALIKE.match(stem)
                if end[0] in ("县", "旗")
                else kind.none.search(stem) or (not kind.alone and kind.none_alone.search(stem))
            )
            if length < 4 and not other and (length > 1 or kind.type == "kg:Village"):
                return text[start : end.end()], 0.7 if kind.type == "kg:County" else 0.9
            return "", 0.0
        if not kind.alone or length not in (2, 3) or holder is not None:
            continue
        before = text[max(0, start - 4) : start]
        clause = not _HAN.search(before)[0]  # type: ignore[index]
        other = kind.none.search(stem) or kind.none_alone.search(stem) or _OF_ANY.match(text, end.end())
        other = other or _COUNTED_BEFORE.search(before) or _COUNTED_AFTER.match(text, end.end())
        cut = length > 2 and (_STARTS.match(stem) or re.search("[和与及]", stem[1:]))
        if (clause or _BOUNDARY.search(before)) and not other and not cut:
            return text[start : end.end()], 0.7
    return "", 0.0


_ALONE = re.compile(r"(?<![一-龥])(?P<name>[一-龥]{2}县)(?=[一-龥])")


def _repeated(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Yield a county that the gazetteer lacks and the page names at the start of two clauses and more."""
    heads = [
        m["name"]
        for m in _ALONE.finditer(text)
        if not _COUNTY_ALIKE.match(m["name"]) and not _taken(places, *m.span())
    ]
    for name in sorted(set(heads)):
        if heads.count(name) > 1 and not re.search(r"[该全本我各强大名多两三每农乡城邻外]|示范|先进", name):
            for match in re.finditer(re.escape(name), text):
                yield Mention("kg:County", name, *match.span(), "county-repeated", (), 0.6)


def _taken(places: list[Mention], start: int, end: int) -> bool:
    return any(p.start < end and start < p.end for p in places)
