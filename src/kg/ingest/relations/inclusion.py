"""Which place lies in which where no sentence says so: counties on a city's page, towns on a county's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from kg.ingest.discourse.occasion import article_of
from kg.ingest.names.gazetteer import divisions
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Relation

_SMALL = ("kg:Town", "kg:Village")
_SCENE = "在于赴到"  # a city where something merely happened holds no county by that
_MOST_OF_ALL = 0.6  # the share of an article's counties that makes one of them its own


def inclusions(reading: Reading) -> Iterator[Relation]:
    """Yield the city of each county that a city's article names, and the county of each town of a county's.

    >>> from kg.ingest.reading import read_page
    >>> text = "聊城市上半年增势良好。莘县增长5%，冠县增长4%，聊城市居前列。莘县的柳泉镇最快。"
    >>> for r in inclusions(read_page(text)):
    ...     print(r.subject.text, r.object.text)
    莘县 聊城市
    冠县 聊城市
    柳泉镇 莘县
    >>> list(inclusions(read_page("莘县上半年增长5%。莘县出口增长6%，居聊城市第一。")))
    []
    """
    told: set[tuple[str, str]] = set()
    for place in reading.mentions:
        if place.type == "kg:County":
            whole = _city(reading, place)
        elif place.type in _SMALL:
            whole = _whole(reading, place)
        else:
            continue
        if whole is not None and (place.text, whole.text) not in told:
            told.add((place.text, whole.text))
            yield Relation(place, "schema:containedInPlace", whole, place.start, place.end, "inclusion", 0.6)


def _city(reading: Reading, county: Mention) -> Mention | None:
    """Return the prefecture of a county, where its article is about it.

    It names no division oftener, and tells of no one who was or arrived there.
    """
    codes = [code for code in county.candidates if code in divisions()]
    if len(codes) != 1:
        return None
    first, last = article_of(reading, county.start)
    text = reading.page.text
    kinds = ("kg:County", "kg:PrefectureCity")
    named = [p for p in reading.places if first <= p.start < last and p.type in kinds]
    whole = [p for p in named if p.candidates == divisions()[codes[0]].parents[:1]]
    if not whole or any(text[p.start - 1] in _SCENE for p in whole):
        return None
    counted = Counter(p.candidates for p in named)
    return whole[0] if counted[whole[0].candidates] == max(counted.values()) else None


def _whole(reading: Reading, place: Mention) -> Mention | None:
    """Return the county of a town, the town or county of a village, by the names before it."""
    first, last = article_of(reading, place.start)
    if any(p.end == place.start for p in reading.inside(first, place.start, *PLACES)):
        return None  # 东莞市虎门镇
    if place.type == "kg:Village":
        towns = reading.inside(first, last, "kg:Town")
        before = [t for t in towns if t.end <= place.start]
        part = max(reading.sentence(place.start)[0], reading.page.text.rfind("；", 0, place.start))
        near = [t for t in before if t.start >= part]
        if near or (before and len({t.text for t in towns}) == 1):
            return (near or before)[-1]
        if towns:
            return None
    held = [p for p in reading.places if first <= p.start < last and p.type == "kg:County"]
    held = held or [p for p in reading.places if first <= p.start < last and _holds_towns(p)]
    before = [p for p in held if p.end <= place.start]
    if before:
        told = reading.sentence(before[-1].start)[0]  # the last sentence that names a county
        alone = len({p.candidates for p in before if p.start >= told}) == 1
        if alone or place.start < reading.sentence(told)[1]:
            return before[-1]
    counted = Counter(p.candidates for p in held)
    if not held or counted.most_common(1)[0][1] < _MOST_OF_ALL * len(held):
        return None
    return next(p for p in held if p.candidates == counted.most_common(1)[0][0])


def _holds_towns(place: Mention) -> bool:
    return place.type == "kg:PrefectureCity" and any(
        code[:4] in _without_counties() for code in place.candidates
    )


@cache
def _without_counties() -> frozenset[str]:
    """Return the first digits of the cities that have no counties: 东莞, 中山, 嘉峪关."""
    held = {code[:4] for code in divisions() if not code.endswith("00")}
    cities = {code[:4] for code in divisions() if code.endswith("00") and not code.endswith("0000")}
    return frozenset(cities - held)
