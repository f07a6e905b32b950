"""Bounds that say which things are counted: 投资10亿元以上项目9个."""

from __future__ import annotations

import re

from kg.figures import Figure
from kg.ingest.measures.counted import phrase_after
from kg.ingest.measures.key import base_of
from kg.ingest.measures.phrase import is_light, phrase_before

LIMIT = re.compile(
    r"(?:(?:超过?|过|逾|突破|不足)(?:[0-9.]+|[十百千])?[十百千]?[万亿]*(?:元|吨|亩|人|台|千瓦)?|(?:[0-9.]+|[十百千])?[十百千]?[万亿]*(?:元|吨|亩|人|台|千瓦)(?:以上|以下|至[0-9.]+[万亿]*元)|[万亿]+[元吨亩]以上|[0-9.]+[十百千]?[万亿]*吨级)(?:的)?"
)
_NEWLY = re.compile("新(?:签约|开工|引进|增|签|上|设|投产|入库)$")
_KIND = re.compile(r"(?:以上|以下|级|(?:元|吨|亩)(?!以))的?([一-龥]+?)数量$")


def over_bound(text: str, figure: Figure) -> bool:
    """Tell whether an amount says which things are meant: 超10亿元 of 超10亿元项目8个.

    >>> from kg.figures import read_figures
    >>> text = "超10亿元项目8个"
    >>> over_bound(text, read_figures(text)[0])
    True
    """
    over = figure.qualifier in ("moreThan", "atLeast") and figure.kind in ("money", "amount")
    return over and re.match("的?[项企网主村县店]", text[figure.end :]) is not None


def bounded(text: str, figure: Figure, lead: str, last: int, previous: str) -> tuple[str, int, str] | None:
    """Return the count of what reaches a bound: 投资10亿元以上项目9个, 产值超亿元的有6个县.

    >>> from kg.figures import read_figures
    >>> text = "投资10亿元以上项目9个"
    >>> bounded(text, read_figures(text)[1], "投资10亿元以上项目", len(text), "")
    ('投资10亿元以上项目数量', 12, 'above')
    """
    limits = list(LIMIT.finditer(lead))
    if not limits:
        return None
    limit = limits[-1]
    rest = phrase_before(lead[limit.end() :])
    kind = rest.noun or phrase_after(text[figure.end : last])[0]
    if rest.after or not (kind or is_light(lead[limit.end() :])):
        return None
    if not kind:
        earlier = _KIND.search(previous)
        kind = earlier[1] if earlier else base_of(previous) if previous.endswith(("数量", "人数")) else ""
    if not kind or kind.endswith(("额", "量", "值", "率")):
        return None
    of = phrase_before(lead[: limit.start()])
    newly = _NEWLY.search(lead[: limit.start()])
    what = of.noun if of.headed else newly[0] if newly else ""
    return f"{what}{limit[0].removesuffix('的')}{kind}数量", figure.end, "above"
