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
