"""Measures said short: what a figure leaves out because the one before has said it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.figures import Figure
from kg.ingest.measures.key import base_of
from kg.ingest.measures.phrase import Phrase
from kg.ingest.measures.segment import segment

if TYPE_CHECKING:
    from kg.ingest.measures.measure import Beside

#: Of two words that stand for each other, the second takes the place of the first: 城镇…，农村….
_CONTRASTS = [
    frozenset(pair.split())
    for pair in (
        "城镇 农村 农村牧区 农牧区 乡村 城乡 全体 城镇居民 农村居民 居民", "存款 贷款",
        "公路 铁路 水路 航空 陆路",
        "出口 进口 进出口",
        "第一产业 第二产业 第三产业", "一产 二产 三产", "线上 线下", "内地 境外 海外 国内 国际", "男 女",
    )
]  # fmt: skip
_GOODS = re.compile(
    r"^(?P<of>[^、]{2,8}?)(?:总|年|日|月)?(?:种植面积|播种面积|栽培面积|采摘面积|养殖面积|面积|产量|总产量)$"
)
_OF_GOODS = re.compile(
    r"^(?:鲜果|综合|全产业链|平均|亩均)?(?:总?产[量值]|亩产|单产|面积|出口量|销量|销售量|价格)$"
)
_OF_PROJECTS = re.compile(r"^(?:协议|合同|计划)?(?:总投资额?|投资额?|总金额|金额|投资总额|引资额)$")
_PROJECTS = re.compile(r"^.{2,}(?<!签约)(?<!重大)(?<!开工)(?<!重点)(?<!集中)(?<!以上)项目$")
#: What may have been done with projects.
_DONE = re.compile(
    "(?:新|已|正式|集中)?(?:开工|竣工|投产|签约|落地|在建|建成|完工|复工|入库|达产|续建|竣工投产|建成投产|开工建设|投产达效)+"
)
_SHORT = re.compile(r"^[、，；和]?(?:其中|而|另有|当中|以及)?")


def continued(figure: Figure, between: str) -> bool:
    """Tell whether a figure without a noun goes on with the measure of one before in the same unit.

    >>> from kg.figures import read_figures
    >>> continued(read_figures("乙镇4个")[0], "、乙镇")
    True
    """
    return len(between) <= 30 and "。" not in between and figure.kind in ("count", "money", "amount")


def completed(name: str, phrase: Phrase, figure: Figure, beside: Beside | None, lead: str) -> str:
    """Return a measure with what it leaves out: 其中铁路口岸845万吨 is of the 货运量 told before."""
    if beside is None:
        return name
    base = base_of(beside.like or beside.measure)
    told = base_of(beside.measure)
    if _OF_GOODS.match(name) and (of := _GOODS.match(told)) and of["of"] not in ("总", "种植"):
        return of["of"] + name
    of_projects = figure.kind == "count" and (told.endswith("项目") or base.endswith("项目"))
    if of_projects and _DONE.fullmatch(phrase.noun):
        return phrase.noun + "项目数量"  # 项目36个，已开工29个
    if _OF_PROJECTS.match(name) and _PROJECTS.match(told) and beside.measure.endswith("数量"):
        return told + name
    if phrase.headed:
        return _contrasted(name, base) or name
    short = _SHORT.sub("", lead, count=1) == phrase.noun
    if not phrase.noun or segment(phrase.noun)[-1].may_be("deverbal"):
        if short and beside.like and figure.kind == "money" and (kind := _in_place(phrase.noun, base)):
            return kind  # 一般贸易出口3亿元，加工贸易2亿元
        return name  # 达产后产值20亿元，创税8000万元
    if base in ("全长", "总长"):
        return name
    if figure.kind == "count" and noun_of_level(phrase.noun) and "级" in base:
        return phrase.noun + base.partition("级")[2] + "数量"  # A级景区12家，其中4A级3家
    if not (beside.like and short and figure.kind in ("money", "amount")) or phrase.verb:
        return name
    if base and segment(base)[-1].may_be("agent") and not segment(base)[-1].may_be("head"):
        return name  # 出口机电产品12亿元、农产品8亿元
    if goods := _GOODS.match(base):
        return phrase.noun + base[goods.end("of") :]
    return _contrasted(phrase.noun, base) or joined(phrase.noun, base)


def noun_of_level(noun: str) -> bool:
    """Tell whether a noun says only of which level something is.

    >>> noun_of_level("4A级"), noun_of_level("国家级园区")
    (True, False)
    """
    return noun.endswith("级") and len(noun) <= 5


_PHASE = re.compile("[一二三四五首前后](?:、[二三四五])*期")


def _in_place(noun: str, base: str) -> str:
    """Return the measure before with its first kind changed for one of the same sort: 民营企业, 国有企业."""
    if _PHASE.fullmatch(noun):
        if phase := _PHASE.search(base):
            return base.replace(phase[0], noun, 1)  # 一期投资5亿元，二期3亿元
        return noun + "投资额" if base.endswith(("投资", "投资额")) else ""
    for size in (4, 3, 2):
        at = base.find(noun[-size:])
        if 0 < at <= 6 and at + size < len(base) and len(noun) > size:
            return noun + base[at + size :]
    return ""


def _contrasted(noun: str, base: str) -> str:
    """Return the measure before with one word changed for its counterpart."""
    for pair in _CONTRASTS:
        mine = max((w for w in pair if noun.startswith(w)), key=len, default="")
        if mine and mine in ("存款", "贷款", "出口", "进口"):
            other = next((w for w in pair if w != mine and w in base), "")
            if other and noun[len(mine) :] == base.partition(other)[2]:
                return base.replace(other, mine)
        elif mine == noun:
            other = max((w for w in pair if base.startswith(w)), key=len, default="")
            if other.endswith("居民") and not noun.endswith("居民"):
                return noun + base[len(other) - 2 :]  # 居民人均收入, of which 农村
            if other and other != noun:
                return noun + base[len(other) :]
    return ""


def joined(noun: str, base: str) -> str:
    """Return a kind and what is measured of it, a word that both have said once.

    >>> joined("铁路口岸", "口岸货运量"), joined("铁路专线", "公路货运量"), joined("国有企业", "民营企业出口")
    ('铁路口岸货运量', '铁路专线货运量', '国有企业出口')
    """
    if beside := _in_place(noun, base):
        return beside
    for pair in _CONTRASTS:
        other = next((w for w in pair if base.startswith(w) and not noun.startswith(w)), "")
        if other and noun.startswith(tuple(pair)):
            base = base[len(other) :]
            break
    for size in (4, 3, 2):
        if len(noun) > size and base.startswith(noun[-size:]):
            return noun + base[size:]
    return noun + base
