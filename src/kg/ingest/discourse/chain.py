"""Names that stand in a row: 甲、乙和丙, before a verb or after one; a chain of places as its narrowest."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES

SITES = (*PLACES, "schema:Place", "kg:Venue")
SIDES = (*ORGANIZATIONS, *PLACES)
# What joins two names; the place before a body may be no part of its name.
_JOIN = re.compile(r"(?:[、，]?(?:[、，和与及暨]|以及|携手|联合|会同|连同)(?:[一-龥]{1,6}[省市县区州])?)?")
_WITH = re.compile(
    r"[，、]?(?:以?及|先后|分别|则|也|将|拟|共同|还|又|再|已|成功)*(?:[与和同跟]|携手|联合|牵手|会同)"
)


def narrowest(found: list[Mention]) -> list[Mention]:
    """Return the mentions without the places that hold the next one: of 聊城市莘县 only 莘县.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("聊城市莘县、冠县")
    >>> [m.text for m in narrowest(reading.inside(0, 8, *PLACES))]
    ['莘县', '冠县']
    """
    inner = {outer for outer, place in pairwise(found) if outer.type in PLACES and outer.end == place.start}
    return [m for m in found if m not in inner]


def chain_before(reading: Reading, start: int, at: int, *types: str) -> list[Mention]:
    """Return the list of names that ends right at an offset, in the order of the page.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("会议由海东市商务局、海东果业协会主办")
    >>> [m.text for m in chain_before(reading, 0, 16, *ORGANIZATIONS)]
    ['海东市商务局', '海东果业协会']
    """
    text = reading.page.text
    run: list[Mention] = []
    for name in reversed(reading.inside(start, at, *types)):
        if not _joined(text[name.end : run[-1].start if run else at], first=not run):
            break
        run.append(name)
    return narrowest(run[::-1])


def chain_after(reading: Reading, at: int, end: int, *types: str) -> list[Mention]:
    """Return the list of names that starts right at an offset.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("来自聊城、济南等地")
    >>> [m.text for m in chain_after(reading, 2, 9, *PLACES)]
    ['聊城', '济南']
    """
    text = reading.page.text
    run: list[Mention] = []
    for name in reading.inside(at, end, *types):
        if not _joined(text[run[-1].end if run else at : name.start], first=not run):
            break
        run.append(name)
    return narrowest(run)


def _joined(between: str, *, first: bool) -> bool:
    """Tell whether a name goes on with a list: the first stands right there, the others after 、 or 和."""
    return not between if first else _JOIN.fullmatch(between) is not None


def paired(reading: Reading, start: int, end: int) -> list[list[Mention]]:
    """Return the groups of sides that a clause joins with 与, 和, 同 or 携手, one list a group.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("莘县先后同海东果业有限公司、西山果业有限公司签约")
    >>> [[m.text for m in side] for side in paired(reading, 0, 24)]
    [['莘县'], ['海东果业有限公司', '西山果业有限公司']]
    """
    text = reading.page.text
    named = reading.inside(start, end, *SIDES)
    sides, opened = narrowest(named), {m.end: m.start for m in named}
    groups: list[list[Mention]] = []
    joined = False
    for side in sides:
        opens = side.start
        while opens in opened and groups and opened[opens] > groups[-1][-1].end:
            opens = opened[opens]  # 聊城市 of 聊城市莘县
        between = text[groups[-1][-1].end : opens] if groups else ""
        if not groups:
            groups = [[side]]
        elif between == "、" or (joined and _JOIN.fullmatch(between)):
            groups[-1].append(side)
        elif not joined and _WITH.fullmatch(between):
            groups.append([side])
            joined = True
        elif not joined:
            groups = [[side]]
        else:
            break
    return groups if joined else []
