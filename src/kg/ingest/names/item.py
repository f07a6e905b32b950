"""Mentions of projects that a page lists: each opens a line behind a mark, its sum follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_ENDS = "|".join(sorted(words()["project"]["item"], key=len, reverse=True))
_COUNT = "[一二三四五六七八九十]"
_MARK = (
    rf"(?:[●■◆★▲□○•·①-⑳]|[0-9]{{1,2}}[.、)](?![0-9])|\((?:{_COUNT}{{1,2}}|[0-9]{{1,2}})\)|"
    rf"{_COUNT}{{1,2}}、|项目(?:{_COUNT}{{1,2}}|[0-9]{{1,2}})[：、])"
)
_ITEM = re.compile(
    rf"(?:(?<=\n)|^){_MARK} ?(?P<name>[^，。：；\n]{{4,40}}?(?:{_ENDS})(?:[一二三四五]期|"
    rf"\([一二三四五]期\))?)(?=[，。：；\n(—-])",
    re.MULTILINE,
)
# What an item of a list of projects tells of them.
_TELLS = re.compile(
    r"投资|[亿万]元|占地|用地|签约|甲方|乙方|业主|建设|承建|装机|产能|年产|达产|落户|选址|位于|工期|开工|全长|建筑面积"
)
_NO_NAME = re.compile(
    r"[0-9]+[个家条项]|有限公司|签[订署约下]|共[建同]|投资|(?:集团|银行|合作社|政府|委员会)$|^(?:加快|"
    r"推进|打造|建设|发展|做[大强优])"
)


def read_items(text: str, places: Sequence[Mention] = ()) -> Iterator[Mention]:
    """Yield the projects of a list, each by its whole name, behind the places that the name starts with.

    >>> page = "名单如下：\\n1.海东县草莓种苗繁育中心，投资2.6亿元。\\n2.海东果业有限公司，36亿元。"
    >>> [m.text for m in read_items(page)]
    ['海东县草莓种苗繁育中心']
    """
    for match in _ITEM.finditer(text):
        line = text.find("\n", match.end())
        rest = text[match.end() : min(line if line >= 0 else len(text), match.end() + 120)]
        if not _NO_NAME.search(match["name"]) and _TELLS.search(rest):
            start = match.start("name")
            for place in places:
                if place.start == start and place.end + 3 < match.end():
                    start = place.end
            yield Mention("kg:Project", match["name"], start, match.end(), "item", (), 0.85)
