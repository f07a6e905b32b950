"""Bodies that a page names by their level: 县商务局 is that of the county which the page speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.ingest.names.gazetteer import divisions
from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_LEVELS = "自治区|省|市|县|区|州|旗"
_BODIES = "|".join(sorted(words()["organization"]["level"], key=len, reverse=True))
_OFFICES = "|".join(words()["inside"]["office"])
_BODY = re.compile(
    rf"(?<![一-龥])(?P<on>(?:[由经据从与和在向对按]|按照|根据|经过|联合|会同|举行|日前|近日|今天上午|昨天|其中|当天)?)"
    rf"(?P<level>{_LEVELS})(?P<body>(?:人民)?政府(?=新闻办)?(?:新闻办公室|新闻办)|"
    rf"(?:(?:{_OFFICES})(?:和|与|及|及其)?){{1,5}}(?:局|厅|委|办|中心)|[一-龥]{{0,6}}?(?:{_BODIES}))"
    r"(?!员会|[面部势长])"
)


def read_leveled(text: str, places: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the bodies of a level by their full names, where the page names a place of that level.

    >>> county = Mention("kg:County", "莘县", 0, 2, "division", ("371522",))
    >>> [m.text for m in read_leveled("莘县开会，县商务局局长赵大川、县电商协会到场，县政府在场", [county])]
    ['莘县商务局', '莘县电商协会']
    """
    for match in _BODY.finditer(text):
        place = _of_level(match["level"], match.start("level"), places)
        if place is None:
            continue
        kind = "kg:Association" if match["body"][-1] in "会联" else "kg:GovernmentBody"
        if match["body"].endswith("中心"):
            kind = "kg:Institution"
        yield Mention(kind, place + match["body"], match.start("level"), match.end(), "level", (), 0.7)


def _of_level(level: str, at: int, places: Sequence[Mention]) -> str | None:
    """Return the full name of the last place of a level before an offset, else of the first after it.

    A province is the one that the page speaks of most.
    """
    named = [(p.start, name) for p in places if (name := _full(p, level))]
    before = [name for start, name in named if start < at]
    if level in ("省", "自治区") and before:
        return max(before, key=before.count)  # a page of one province names others too
    return before[-1] if before else named[0][1] if named else None


def _full(place: Mention, level: str) -> str | None:
    """Return what a place is called whole, where it is of the level; a province also by what lies in it."""
    codes = [c for c in place.candidates if c in divisions()]
    if not codes:
        return place.text if place.type == "kg:County" and place.text.endswith(level) else None
    if level in ("省", "自治区"):
        name = divisions()[codes[0][:2] + "0000"].name
        return name if name.endswith(level) else None
    name = divisions()[codes[0]].name
    if level == "市" and place.type != "kg:County":
        return name if name.endswith("市") else None
    return name if name.endswith(level) and place.type in ("kg:County", "kg:PrefectureCity") else None
