"""What stands after a number and names its measure: 300万元贷款, 2万人就业, 七成销往日本."""

from __future__ import annotations

import re

from kg.figures import Figure
from kg.ingest.measures.counted import phrase_after
from kg.ingest.measures.naming import AREAS, LENGTHS, MASSES
from kg.ingest.measures.phrase import Phrase
from kg.ingest.measures.segment import nominals, segment

_OWED = re.compile(r"[一-龥]{0,6}?(?:订单|贷款|补贴|奖金|货款|合同|债券|基金|资金|奖励|补助|补偿|借款)")
#: 列支300万元设立电商专项资金: the sum is that of the fund.
_FOUNDS = re.compile(
    r"[，]?(?:用于|来|专门)?(?:设立|成立|建立|组建|发起)了?(?P<fund>[一-龥]{2,14}?(?:基金|资金|资金池|风险池))(?![一-龥]*?公司)"
)
_SPENT = re.compile(r"[，]?(?:专门|主要|全部)?(?:用于|用来|支持|搞|作)(?P<on>[^，。；]{2,14})")
#: 带动1200人就业
_AIMS = re.compile(
    r"(?:实现|稳定|就近|就地)*(?P<what>就业|创业|增收|脱贫|致富|上岗|务工|返乡|稳岗)(?=[，。；、！”）)]|$)"
)
_HELPS = ("带动", "吸纳", "解决", "帮助", "安置", "辐射带动", "直接带动", "间接带动", "促进", "帮扶")
#: 七成销往日本: what a part of the goods told before does.
_GOES = re.compile(
    r"(?:销往|远销|出口到?|来自|用于|卖给|卖到|流向|集中在|分布在|投向|发往|供应|就地卖给)(?:了)?[^，。；0-9]{2,10}(?=[，。；]|$)"
)
_ENDS = tuple("，。；、！？)和与及\n")
SURVEYED = re.compile("的?(?:受访|被访|受调查|被调查|参与调查|调查对象)")
Found = tuple[str, int, str]


def sum_after(text: str, figure: Figure, phrase: Phrase, last: int, lead: str = "") -> Found | None:
    """Return the measure that stands after a sum, a length or an area.

    >>> from kg.figures import read_figures
    >>> text = "发放300万元贷款"
    >>> sum_after(text, read_figures(text)[0], Phrase(), len(text))
    ('贷款', 9, 'noun-after')
    """
    if figure.kind == "money":
        if founded := _FOUNDS.match(text, figure.end, last):
            return founded["fund"], founded.end(), "noun-after"
        if (owes := _OWED.match(text, figure.end, last)) and not re.match("[一-龥]*?[的用和]", owes[0]):
            return owes[0], owes.end(), "noun-after"
        owned = re.match(
            r"的(?P<noun>[一-龥]{2,12}?(?:基金|资金|贷款|债券|订单|奖金|补贴|价格|产值|价值|销售额))",
            text[figure.end : last],
        )
        if owned:
            return owned["noun"], figure.end + owned.end(), "noun-after"
        if not phrase.noun and (spent := _SPENT.match(text, figure.end, last)):
            return spent["on"] + "资金", spent.end(), "spent"
    if figure.unit_code in LENGTHS and not phrase.headed and not phrase.noun:
        noun, length = phrase_after(text[figure.end : last])
        return (noun + "长度", figure.end + length, "noun-after") if noun else None
    if (
        figure.unit_code in MASSES
        and not phrase.headed
        and (moved := _goods_after(text, figure, phrase, last, lead))
    ):
        return moved
    if figure.unit_code in AREAS and (not phrase.noun or re.fullmatch("(?:走进|来到)?面积", phrase.noun)):
        at = figure.end + text.startswith("的", figure.end)
        noun, length = phrase_after(text[at:last])
        if noun and not phrase.after:
            return noun + "面积", at + length, "noun-after"
    return None


def _goods_after(text: str, figure: Figure, phrase: Phrase, last: int, lead: str) -> Found | None:
    """Return what a verb moves where the goods stand behind their mass: 卖出300吨蜜柚, 验放800吨水果."""
    goods, length = phrase_after(text[figure.end : last])
    end = figure.end + length
    if not goods or (end < last and not text.startswith(_ENDS, end)):
        return None
    found = list(segment(lead[-20:]))
    while found and found[-1].may_be("adverb") and not found[-1].may_be("verb", "deverbal"):
        found.pop()
    verb = found[-1] if found else None
    if verb is None or not verb.may_be("verb", "deverbal") or verb.may_be("light", "head", "agent"):
        return None
    moved = nominals().get(verb.text, verb.text + "量" if len(verb.text) == 2 else "")
    before = found[-2].text if len(found) > 1 and found[-2].text in ("年", "日", "月") else ""
    span = phrase.span if len(phrase.span) == 1 else before
    if not moved or "面积" in moved:
        return None
    return goods + span + moved.removeprefix(span).replace("捐赠额", "捐赠量"), end, "goods-after"


def aim_after(text: str, figure: Figure, lead: str, phrase: Phrase) -> Found | None:
    """Return what people are brought to: 带动1200人就业.

    >>> from kg.figures import read_figures
    >>> text = "带动1200人就业"
    >>> aim_after(text, read_figures(text)[0], "带动", Phrase())
    ('带动就业人数', 9, 'noun-after')
    """
    aim = _AIMS.match(text, figure.end) if figure.unit_text in ("人", "名", "户") else None
    if aim is None:
        return None
    verb = phrase.governor or phrase.after or next((v for v in _HELPS if lead.endswith(v)), "")
    counted = "户数" if figure.unit_text == "户" else "人数"
    return ("带动" if verb in _HELPS else "") + aim["what"] + counted, aim.end(), "noun-after"


def of_whole(text: str, figure: Figure, last: int, base: str = "") -> Found | None:
    """Return the share that a clause starts with: 三分之一的客人来自…, 七成销往日本.

    >>> from kg.figures import read_figures
    >>> text = "七成销往日本。"
    >>> of_whole(text, read_figures(text)[0], len(text))
    ('销往日本占比', 6, 'share-after')
    """
    if goes := _GOES.match(text, figure.end, last):
        if base and goes[0].startswith("来自"):
            return goes[0].removeprefix("来自").removeprefix("了") + base + "占比", goes.end(), "share-after"
        return goes[0] + "占比", goes.end(), "share-after"
    if not text.startswith("的", figure.end) or SURVEYED.match(text, figure.end):
        return None
    noun, length = phrase_after(text[figure.end + 1 : last])
    end = figure.end + 1 + length
    told = (
        noun
        and text[end : end + 1] not in "，。；、！？” \n"
        and figure.unit_text not in ("个百分点", "百分点")
    )
    return (noun + "占比", end, "share-after") if told else None
