"""Bounds that say which things are counted: 投资10亿元以上项目9个."""

from __future__ import annotations

import re

from kg.figures import Figure
from kg.ingest.measures.counted import phrase_after
from kg.ingest.measures.key import base_of
from kg.ingest.measures.phrase import is_light, phrase_before

LIMIT = re.compile(
    r"(?:(?:超过?|过|逾|突破|不足|[上破达满](?=[0-9十百千万亿]))(?:[0-9.]+|[十百千])?[十百千]?[万亿]*(?:元|吨|亩|人|台|千瓦)?|(?:[0-9.]+|[十百千])?[十百千]?[万亿]*(?:元|吨|亩|人|台|千瓦)(?:以上|以下|至[0-9.]+[万亿]*元)|[万亿]+[元吨亩]以上|[0-9.]+[十百千]?[万亿]*吨级)(?:的)?"
)
_NEWLY = re.compile("新(?:签约|开工|引进|增|签|上|设|投产|入库)$")
#: What is counted where nothing but the unit says it.
_BY_UNIT = {"家": "企业", "个": "项目", "户": "户", "人": "人员", "名": "人员"}
_AMONG = re.compile(r"(?P<kind>[一-龥]{2,10}?)(?:当中|之中|[里中])，?")
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
        kind = earlier[1] if earlier else _kinds(previous)
    kind = kind or _BY_UNIT.get(figure.unit_text or "", "")
    if not kind or kind.endswith(("额", "量", "值", "率")):
        return None
    above = lead[: limit.start()]
    if (among := _AMONG.search(above)) and not rest.noun:
        kind, above = among["kind"], above[among.end() :]  # 整机企业里产值超10亿元的才7家
    of = phrase_before(above)
    newly = _NEWLY.search(above)
    what = of.noun if of.headed else newly[0] if newly else ""
    if not what and (before := LIMIT.search(previous)) and previous.endswith(f"{kind}数量"):
        what = previous[: before.start()]  # 产值过亿元的企业12家，其中超10亿元的2家
    return f"{what}{limit[0].removesuffix('的')}{kind}数量", figure.end, "above"


def _kinds(previous: str) -> str:
    """Return the things that were counted before; none where they were not counted at all."""
    return base_of(previous) if previous.endswith(("数量", "人数")) and not LIMIT.search(previous) else ""


def limited(words: str) -> str:
    """Return those who reach a bound, where the words end so: 月收入5000元以上的 of …占62%.

    >>> limited("其中月收入5000元以上的"), limited("茶叶产量")
    ('月收入5000元以上', '')
    """
    limit = next((m for m in LIMIT.finditer(words) if m.end() == len(words)), None)
    of = phrase_before(words[: limit.start()]) if limit else None
    return of.noun + limit[0].removesuffix("的") if limit and of and of.headed else ""
