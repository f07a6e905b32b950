"""The body that holds a post which the page gives a place only: 某县县长 is head of 某县人民政府."""

from __future__ import annotations

import re

from kg.ingest.proposal import Name

_PLACES = ("kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Village", "schema:Place")
# The first that the title holds; governments come last, since 市委常委、副市长 may be one post.
_BODIES = (
    (re.compile("人大"), "人大常委会", "kg:GovernmentBody"),
    (re.compile("政协"), "政协", "kg:GovernmentBody"),
    (re.compile("书记|常委|委|支书"), "党委", "kg:GovernmentBody"),
)


def seat(title: str, place: Name) -> Name:
    """Return the body in which a post at a place is, and any other body as it is.

    >>> seat("市长", Name("莱阳市", "kg:County")).text, seat("县委书记", Name("莘县", "kg:County")).text
    ('莱阳市人民政府', '中共莘县委员会')
    >>> seat("党委书记", Name("大集镇", "kg:Town")).text, seat("经理", Name("某公司", "kg:Company")).text
    ('大集镇党委', '某公司')
    """
    if place.type not in _PLACES:
        return place
    for words, ending, kind in _BODIES:
        if words.search(title):
            if ending != "党委":
                return Name(place.text + ending, kind)
            party = place.type not in ("kg:Town", "kg:Village", "schema:Place")
            return Name(f"中共{place.text}委员会" if party else place.text + ending, kind)
    if place.type == "kg:Village":
        return Name(place.text + "村民委员会", "kg:Association")
    if place.type == "schema:Place":
        return Name(place.text + "管理委员会", "kg:GovernmentBody")
    return Name(place.text + "人民政府", "kg:GovernmentBody")
