"""What belongs to what, by the wording: places in places, products of places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.ingest.names.gazetteer import divisions
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Relation


def containment(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """青岛的平度市、胶州市: each county after the city that its code lies in; a town after its county."""
    yield from _facilities(reading, start, end)
    text = reading.page.text
    outer: Mention | None = None
    before: Mention | None = None
    for place in reading.inside(start, end, *PLACES, "kg:Country"):
        between = text[before.end : place.start] if before is not None else "。"
        if before is not None and between in ("", "的", "("):
            if between == "(":  # 乙县(丙省甲市)
                while inner := _beside(reading, place.end, end):
                    span = (place.start, inner.end)
                    if _lies_in(inner, place):
                        yield Relation(inner, "schema:containedInPlace", place, *span, "chain", 0.95)
                    place = inner
            whole, part = (place, before) if between == "(" else (before, place)
            if _lies_in(part, whole):  # 甲市乙县, 乙县(甲市)
                yield Relation(part, "schema:containedInPlace", whole, before.start, place.end, "chain", 0.95)
                if part is place:
                    outer = before if _more(text, place) else place
                    before = place
                continue
        before = place
        small = place.type in ("kg:Town", "kg:Village")
        if (
            outer is not None
            and not small
            and _lies_in(place, outer)
            and _LISTED_IN.fullmatch(text, outer.end, place.start)
        ):
            yield Relation(place, "schema:containedInPlace", outer, outer.start, place.end, "chain", 0.9)
            continue
        if place.type != "kg:Village" and not (place.type == "kg:County" and text[place.start - 1] == "、"):
            outer = place


def _beside(reading: Reading, at: int, end: int) -> Mention | None:
    return next((p for p in reading.inside(at, end, *PLACES)[:1] if p.start == at), None)


# 甲市的乙县、丙县, 甲省除乙县外，丙县、丁县.
_LISTED_IN = re.compile(r"(?:除|的)?(?:[一-龥]{1,10}[市县区旗](?:外，|、|和|及|与))*")


def _more(text: str, place: Mention) -> bool:
    """Tell whether a list of places in the same outer one goes on after this one."""
    return text[place.end : place.end + 1] in ("、", "和", "与", "外")


_LIES = re.compile(r"(?:地处|位于|隶属于?|坐落于?|坐落在)")


def _facilities(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """宜章县莽山景区, 紫阳县地处安康市: the place right before, or the one that the verb names."""
    text = reading.page.text
    for place in reading.inside(start, end, *PLACES, "schema:Place", "kg:Venue"):
        before = [p for p in reading.inside(start, place.start, *PLACES) if p.end == place.start]
        if before and place.type == "schema:Place":
            yield Relation(
                place, "schema:containedInPlace", before[-1], before[-1].start, place.end, "chain", 0.85
            )
        if lies := _LIES.match(text, place.end, end):
            chain = reading.inside(lies.end(), end, *PLACES)
            run = [p for p, q in pairwise(chain) if p.end == q.start]
            inner = chain[len(run)] if chain and chain[0].start - lies.end() <= 2 else None
            if inner is not None and inner.text != place.text:
                yield Relation(
                    place, "schema:containedInPlace", inner, place.start, inner.end, "lies-in", 0.85
                )


def _lies_in(place: Mention, outer: Mention) -> bool:
    if outer.type == "kg:Country" or (not place.candidates and place.type == "kg:County"):
        return place.type == "kg:County" and outer.type == "kg:PrefectureCity"
    if place.type == "kg:Village":
        return outer.type in ("kg:County", "kg:Town")
    if place.type == "kg:Town":
        return outer.type in ("kg:County", "kg:PrefectureCity")  # 中山市 has towns and no counties
    return any(
        o in divisions()[c].parents for c in place.candidates for o in outer.candidates if c in divisions()
    )  # fmt: skip


_PRODUCT = re.compile(
    r"(?:代表农产品|特色农产品|主导产品|特色产品|主要农产品)(?:多)?(?:为|是|包括|有)(?P<items>[^。；]{2,60})"
)


def products(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    for match in _PRODUCT.finditer(text, start, end):
        owners = reading.inside(start, match.start(), *PLACES)
        if not owners or re.search(r"(?:其|这些县[市区]?|上述县[市区]?)的?$", text[start : match.start()]):
            continue  # of several counties together, not of each
        at = match.start("items")
        for item in re.split(r"[、和及]", re.split(r"等(?:[，。]|$)|，", match["items"])[0]):
            begin = text.index(item, at)
            name = re.sub(r"等.*$", "", item)
            if 1 < len(name) <= 8:
                yield Relation(
                    owners[0],
                    "kg:representativeProduct",
                    name,
                    match.start(),
                    begin + len(item),
                    "product",
                    0.7,
                )
