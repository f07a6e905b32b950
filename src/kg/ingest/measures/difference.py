"""By how much something is above another, or above itself of another time."""

from __future__ import annotations

import re

from kg.figures import Figure
from kg.ingest.measures.key import base_of
from kg.ingest.measures.phrase import phrase_before
from kg.ingest.measures.segment import word_set

_ABOVE = re.compile(
    r"(?P<noun>[^，。；]*?)(?:分别|继续|仍|还|均|已|大幅|明显)*"
    r"(?:(?P<how>高于|快于|好于|优于|低于|慢于|高出|高过|快过|低过|领先于?|落后于?|超出|超过)(?P<of>[^，。；0-9]{2,12}?)"
    r"|[比较](?P<than>[^，。；]{1,14}?)(?P<by>(?<![提升增新攀])高出?|(?<![降走])低|(?<!加)快|(?<!放)慢|(?<!增)多出?|(?<!减)少)了?)(?P<level>平均水平|平均线?|水平)?(?:近|约|逾|超过?|将近)?$"
)
#: The measure of a distance from others, of which nothing else is told.
APART = re.compile(r"(?:高|低|快|慢|好|优)于[一-龥]{2,12}$|高出[一-龥]{2,12}$|高过[一-龥]{2,12}$")
#: 比去年同期少: of itself at another time.
_THEN = re.compile(
    r"(?:上|去|前|往|当|常)年|同期|同月|同日|上[届次月周季期]|20[0-9]{2}年|年初|[年月季]末|年底|之前|以前|原来|此前|过去|节前|[年月]前"
)
_MORE = re.compile(
    r"[比较](?P<than>[^，。；]{1,14}?)(?:多|少)(?P<verb>[卖收产赚挣种养接花招签用投采供])(?:出|了|进)?$"
)
_BARE = word_set("derived", "bare")
_POINTS = ("个百分点", "百分点")
Found = tuple[str, int, str]


def difference(figure: Figure, lead: str, previous: str) -> Found | None:
    """Return the measure of a distance: 增速高于全省3个百分点, 比上年少0.4元.

    >>> from kg.figures import read_figures
    >>> difference(read_figures("3个百分点")[0], "增速高于全省", "茶叶产量增速")
    ('茶叶产量增速高于全省', 5, 'above')
    >>> difference(read_figures("0.4元")[0], "比上年同期少", "鲜叶均价")
    ('鲜叶均价增量', 4, 'difference')
    """
    if _MORE.search(lead):
        base = base_of(previous)
        return (f"{base}增量", figure.end, "difference") if base else None
    above = _ABOVE.search(lead)
    if above is None or figure.kind not in ("percent", "money", "amount", "count"):
        return None
    noun = phrase_before(above["noun"]).noun
    noun = "" if noun in _BARE else noun
    than = above["of"] or above["than"]
    points = figure.unit_text in _POINTS
    if points and not _THEN.search(than):
        of = noun or previous
        how = above["how"] or f"{above['by'].removesuffix('出')}于"
        return (f"{of}{how}{than}", figure.end, "above") if of else None
    if above["how"] in ("超过", "超出", "领先", "落后", "领先于", "落后于", "好于", "优于"):
        return None
    of = base_of(noun or previous)
    if not of or (not _THEN.search(than) and figure.kind in ("percent", "count")):
        return None
    return f"{of}{'增速' if figure.kind == 'percent' else '增量'}", figure.end, "difference"
