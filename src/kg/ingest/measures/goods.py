"""The goods that a page tells of: 产量 alone is that of the crop which the page speaks of there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache

from kg.ingest.measures.segment import word_set

_SHORT_BEFORE = "产业|的?存栏|的?出栏|养殖|种植|加工"
#: These say nothing without the goods that they are of.
_BARE = re.compile(
    "(?:总?产量?|年?产量|总产|亩产|亩均产量|平均亩产|单产|平均单产|种植面积|播种面积|栽培面积|栽植面积|挂果面积|采摘面积|采收面积|养殖面积|"
    "投产面积|种植规模|养殖规模|存栏量?|年?出栏量?|存栏数量|出栏数量|收购价格?|地头价格?|田头价格?|地头均价|综合产值|全产业链产值)"
    "(?:增速|增量|占比|位次)*"
)
#: These may be of something else; they are of goods that are named shortly before.
_NEARLY = re.compile(
    "(?:面积|亩收入|亩均收入|亩均收益|亩均效益|出口量|鲜果均价|均价|平均价格|批发价|批发均价|创汇|年加工能力|加工能力|采收量|销量|年销量|产地价|订单面积|亩产值|亩均产值)"
    "(?:增速|增量|占比|位次)*"
)
_NEAR = 30

_ANY, _ANIMALS = re.compile(""), re.compile("[猪牛羊禽鸡鸭鹅驴马兔鹿骆]")


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(word_set("goods", "all"), key=len, reverse=True)
    short = "".join(sorted(word_set("goods", "short")))
    return re.compile(f"(?:{'|'.join(longest)})|[{short}](?={_SHORT_BEFORE})")


class Goods:
    """The goods of a page in order; ``names`` are the spans of places and the like, which hold none.

    >>> text = "莘县是香瓜之乡。今年产量3万吨。"
    >>> goods = Goods(text, ())
    >>> goods.of("产量", 10, 0, (0, len(text))), goods.of("人口", 10, 0, (0, len(text)))
    ('香瓜产量', '人口')
    """

    def __init__(self, text: str, names: Sequence[tuple[int, int]]) -> None:
        found = (m for m in _pattern().finditer(text))
        self._found = [
            (m.start(), m[0]) for m in found if not any(s <= m.start() and m.end() <= e for s, e in names)
        ]
        self._starts = [start for start, _ in self._found]

    def of(self, measure: str, at: int, paragraph: int, article: tuple[int, int]) -> str:
        """Return a measure with the goods that it is of, where it names none and the page does.

        ``at`` is where the figure stands, in the paragraph that starts at ``paragraph``.
        """
        if _NEARLY.fullmatch(measure):
            return (self._last(max(paragraph, at - _NEAR), at, _ANY) or "") + measure
        if not _BARE.fullmatch(measure):
            return measure
        kind = _ANIMALS if "栏" in measure else _ANY
        return (self._last(paragraph, at, kind) or self._main(article, kind) or "") + measure

    def _last(self, start: int, end: int, kind: re.Pattern[str]) -> str | None:
        """Return the goods of a kind that are named last in a span."""
        found = self._found[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return next((name for _, name in reversed(found) if kind.search(name)), None)

    def _main(self, article: tuple[int, int], kind: re.Pattern[str]) -> str | None:
        """Return the goods of a kind that an article names most, twice at the least."""
        first, last = article
        counted = Counter(n for start, n in self._found if first <= start < last and kind.search(n))
        name, times = counted.most_common(1)[0] if counted else ("", 0)
        return name if times > 1 else None
