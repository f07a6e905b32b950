"""What the parts of a whole are told of: 共有产品57个，其中甲类31个。分市看，某市11个 is of the 57 again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures import Figure
from kg.ingest.measures.measure import DERIVED, Beside
from kg.ingest.observations.observation import Observation

#: Where the whole is divided anew: 分市看, 按产业分, 从区域分布看.
_DIVIDED = re.compile(
    r"(?:分|按)(?:[县市区州省镇]{1,4}|地区|地市|区域|产业|行业|领域|品种|国别|省份|企业|门类|类型|类别|贸易方式|市场|品类|属地)"
    r"(?:来)?(?:看|分|划分|计|统计|排名)|从[^，。；]{2,10}[看分]，|(?:县级|市级|区域|地域|省级|镇级)层面"
)
_PART = re.compile(r"其中|当中")
#: 收入2万元。其中城镇3万元: a sentence that goes on with the one before.
_OPENS = re.compile(r"\s*(?:其中|这其中|当中|(?:分|按)[^，。；0-9]{1,8}[看分]，)")


def whole(alike: Sequence[Observation], text: str, first: int) -> Observation:
    """Return the figure whose measure a row of parts goes on with, of those before in the same unit.

    ``first`` is where the sentence of the row starts: the parts of the sentence before are over.

    >>> from kg.ingest.observations.binding import bind_figures
    >>> from kg.ingest.reading import read_page
    >>> page = "聊城有产品57个，其中农产品19个。分县看，莘县11个，冠县8个。"
    >>> [(o.subject.text, o.measure) for o in bind_figures(read_page(page))][2:]
    [('莘县', '产品数量'), ('冠县', '产品数量')]
    """
    last = alike[-1]
    if last.figure.start >= first:
        return last
    if _DIVIDED.search(text, last.figure.end, first + 16):
        start = text.rfind("\n", 0, last.figure.start) + 1
        told = [o for o in alike if start <= o.figure.start and o.subject.text == last.subject.text]
        return told[0] if told else last
    start = max(text.rfind(mark, 0, last.figure.start) for mark in "。\n") + 1
    if part := _PART.search(text, start, last.figure.start):
        before = [o for o in alike if start <= o.figure.start < part.start()]
        return before[-1] if before else last
    return last


def beside(text: str, bound: Sequence[Observation], figure: Figure, lead: str, first: int) -> Beside | None:
    """Return the figure bound last in the sentence, with the last measure in the unit of this one.

    ``first`` is where the sentence starts; 泉州以12亿元居第一位 goes on with the sentences before.
    """
    alike = [
        o for o in bound
        if o.figure.unit_code == figure.unit_code and o.figure.kind == figure.kind
        and (figure.kind != "count" or o.figure.unit_text == figure.unit_text)
        and not DERIVED.search(o.measure)
    ]  # fmt: skip
    if _OPENS.match(text, first):
        before = text.rfind("。", 0, max(first - 1, 0))
        first = max(before, text.rfind("\n\n", 0, first)) + 1 if first - before < 160 else first
    like = next((o for o in reversed(alike) if o.figure.start >= first), None)
    previous = next((o for o in reversed(bound) if o.figure.start >= first), None)
    if lead == "以" and like is None:
        near = [o for o in alike if o.figure.start >= first - 300]
        previous = like = whole(near, text, first) if near else None
    return Beside(previous.figure, previous.measure, like.measure if like else "") if previous else None
