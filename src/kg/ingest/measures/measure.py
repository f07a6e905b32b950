"""What a figure measures: the noun before it, after it, or of the figure before."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.figures import Figure
from kg.ingest.measures.bounded import LIMIT, bounded, over_bound
from kg.ingest.measures.counted import ABSTRACT, attending, phrase_after
from kg.ingest.measures.derived import (
    BARE,
    CHANGED,
    COMPARED,
    DIFFERS,
    SHARE,
    part_measure,
    rank_measure,
    share_after,
)
from kg.ingest.measures.difference import difference
from kg.ingest.measures.elision import completed, continued
from kg.ingest.measures.following import SURVEYED, aim_after, of_whole, sum_after
from kg.ingest.measures.key import base_of, measure_key
from kg.ingest.measures.naming import BARE_UNITS, LENGTHS, named
from kg.ingest.measures.phrase import Phrase, is_light, phrase_before
from kg.ingest.measures.segment import segment, word_set

__all__ = ["Beside", "base_of", "measure_key", "read_measure"]

LIST_RANK = "榜单名次"
#: 占全国的一半、全球的三分之一: a second share of the same thing.
ANOTHER_SHARE = re.compile(r"[、，和与](?:占)?(?:全[国球省市县区]|世界|亚洲|[一-龥]{2,8})的$")
#: A derived measure says something of another one: its growth, its share, its rank.
DERIVED = re.compile(r"(?:增速|增量|占比|位次|完成率|名次)$")
_LASTS = re.compile(
    r"(?:时间|时长|周期|停留|逗留|寿命|时效|耗时|运距|天数|年限|车程|行程|工期|用时|霜期|(?<![一二三四五六七八九十首上下本当近同])期|账期|年期|日照)$"
)
_SPAN = re.compile(
    r"(?:连续|近)?(?<![0-9])(?:[0-9]{1,2}|[一二两三四五六七八九十])年(?:[内来间]|(?!产|均|度|报|级))"
)  # 五年累计
_IN_YEAR = re.compile(r"并?[于在到]?(?:20[0-9]{2}年)(?:底|末)?(?:历史性|首次)?|而?(?:如今|现在|而今)已?")
_EACH = re.compile(r"[人户亩村店日月年县镇]均|(?:平均)?每[一-龥]{1,2}")
_TO = re.compile(
    r"(?:则|再|进一步|预计|将|可|也|还|一路|逐步|计划|力争|要|有望|料)*(?:(?:放缓|回落|收窄|扩阔|提前|恢复|翻|做|加|改|[拉调上回推抬攀跃蹿爬][升高长动低]?|[提增][高升加长大]?|[下]?[降跌滑][低]?|[压缩减扩放][缩小短少大减低低宽]?|压降|涨|延长|降|落|回?升)[回]?[到至成为]了?(?:现在的|目前的|如今的|去年的|今年的)?)|力争(?:达到)?|至"
)
_NAMING = {
    "斥资": "投资额",
    "出资": "投资额",
    "耗资": "投资额",
    "收报": "股价",
    "报收": "股价",
    "收市报": "股价",
}
_OF_THOSE = re.compile(
    r"(?P<what>[^，。；]{2,14}?)的[，]?(?:在[^，。；]{1,6})?(?:就|有|仅|只|共|约|近|达|已|超过|也|还)*$"
)
_THOSE = {"户": "户数", "人": "人数", "名": "人数", "人次": "人次", "家": "企业数量"}
#: From where something grows, no part of what does: 销售额在原有基础上增加40%.
_BASE = re.compile(r"(?<=..)在[^，。；]{0,10}?(?:基础|基数|水平)上")
#: 剔除留抵退税因素后增长
_EXCEPT = re.compile(
    r"(?:剔除|扣除|还原|除去|不计|考虑)[^，。；]{0,14}?(?:因素|影响)?后(?:同口径)?|按自然口径(?:计算)?"
)
#: 农户人均从茶产业增收: out of what it comes.
_FROM = re.compile(r"(?<=[人户亩村店]均)从[^，。0-9]{1,10}?(?=增收|收入|获益|受益|分红|获利|获得|领取|挣|赚)")
#: 月薪开(到)1.2万元, 产值奔200亿元: how an amount went to where it is.
_WENT = re.compile(
    r"(?<=[价率额量值薪资入款金税贷期])(?:时间)?(?:开出|开|奔着|奔向|奔|压|缩|谈|冲|攀|拉|爬|蹿|拔|跳|滑|掉|砍|抬|飙)(?:[到至]了?)?$|(?<=时间)[压缩提](?:[到至]了?)?$"
)
_CONVERTED = re.compile(r"[(（，](?:折合|约合|合|相当于|按[^，。]{1,8}折算为?)(?:人民币|美元)?约?$")
_LATER = re.compile(r"^.*?(?:投产|达产|建成|投用|建成投产|投入使用|运营|期间|竣工)后(?:可|将|预计)*")
_MOVED = re.compile(r"(?:前移|后移|上升|提升|下降|跃升|前进|下滑|上移|下移|倒退|晋升|攀升)了?$")
#: 年销售额超千万元的23家: the sum says which ones are counted.
_WHICH = re.compile(r"的[^，。；、0-9]{0,10}?[0-9]+[余多]?(?:个|家|户|人|名|座|所|种|只|位)")
_PER = re.compile("每[一-龥]{1,3}")
_ROUTE = re.compile(
    r"(?P<what>(?:从)?[一-龥]{2,14}到[一-龥]{2,10}的?(?:平均)?(?:用时|时间|车程|距离|里程|航程))[^，。]{0,6}$"
)
_SUMS = frozenset(("总额", "总金额"))
_UNIT_NOUN = {"国": "国家", "席": "席位", "期": "期数"}
# 香菇、木耳销售额: one amount of several goods.
_SEVERAL = re.compile(
    r"(?:有|拥有|现有|共有|发展)?(?P<kinds>[一-龥]{2,3}、[一-龥]{2,4}[一-龥]{0,5}(?:企业|产品|品牌))|[一-龥]{1,4}(?:、[一-龥]{1,4}){0,2}、[一-龥]{1,6}(?:销售额|零售额|出口额|总?产[值量]|种植面积|面积)"
)


class Beside(NamedTuple):
    """The figure told right before in the sentence, its measure, and the last one in the same unit."""

    figure: Figure
    measure: str
    like: str = ""


Found = tuple[str, int, str]


def read_measure(
    text: str, figure: Figure, lead: str, last: int, previous: str, beside: Beside | None = None
) -> Found | None:
    """Return the measure, where the words for it end, and the rule; None where no noun says it.

    ``lead`` is the clause before the figure without its subject and period, ``last`` the end of the
    sentence, ``previous`` the measure of the figure before of the same subject, or nothing.

    >>> from kg.figures import read_figures
    >>> text = "网络零售额126.3亿元"
    >>> read_measure(text, read_figures(text)[0], "网络零售额", len(text), "")
    ('网络零售额', 12, 'noun-before')
    """
    if figure.kind == "rank":
        return rank_measure(figure, lead, previous, listed=previous == LIST_RANK)
    if (apart := difference(figure, lead, previous)) is not None:
        return apart
    if COMPARED.search(lead):
        return None  # 增速高于全省3个百分点: a distance from another figure, no figure of the subject
    if beside and figure.kind == "money" and _CONVERTED.search(lead):
        return beside.measure, figure.end, "converted"  # 人均GDP62040元(折合8993美元)
    if beside and _TO.fullmatch(lead.strip("，、")) and _comparable(figure, beside.figure):
        return beside.measure, figure.end, "from-to"
    stripped = _bare(lead)
    part = figure.kind in ("percent", "fraction", "multiple")
    if _MOVED.search(stripped) and (figure.unit_text == "位" or re.match("[位名]次", text[figure.end :])):
        return (
            (previous if previous.endswith(("位次", "名次")) else "位次") + "增量",
            figure.end,
            "rank-moved",
        )
    if part:
        found = part_measure(text, figure, stripped, previous)
        if found is not None or stripped.endswith("的") or SHARE.search(stripped) or CHANGED.search(stripped):
            return found
    elif DIFFERS.search(stripped) and (grown := CHANGED.search(stripped)):
        own = phrase_before(stripped[: grown.start()]).noun
        own = "" if own in BARE else own
        noun = own if own and not re.search("[比较]", stripped[: grown.start()]) else base_of(previous)
        return (f"{noun}增量", figure.end, "difference") if noun else None
    if figure.kind == "amount" and (route := _ROUTE.search(lead)):
        return route["what"], figure.end, "route"
    if part and (not stripped or phrase_before(stripped).headed):
        of = stripped or _head(base_of(previous))
        if (share := of_whole(text, figure, last, of)) is not None and (not stripped or of in share[0]):
            return share
    if text.startswith("工作日", figure.end) or _criterion(text, figure, part):
        return None
    phrase = phrase_before(stripped)
    those = _OF_THOSE.search(lead) if figure.kind == "count" and not LIMIT.search(lead) else None
    if (
        those
        and not phrase_after(text[figure.end : last])[0]
        and (kind := _THOSE.get(figure.unit_text or ""))
    ):
        return those["what"].removeprefix("其中") + kind, figure.end, "those"  # 种苹果的有790户
    found = _counted(text, figure, stripped, phrase, last, previous) if figure.kind == "count" else None
    found = found or sum_after(text, figure, phrase, last, stripped)
    if found is not None:
        return found if found[0] else None
    if figure.kind == "price" and stripped == "平均" and previous and (per := _PER.match(figure.verbatim)):
        return f"平均{per[0]}{base_of(previous)}", figure.end, "each"  # 平均每县1366亿元
    if (each := _EACH.fullmatch(stripped)) and previous:
        return each[0] + base_of(previous), figure.end, "each"
    for verb, name in _NAMING.items():
        if figure.kind in ("money", "price") and stripped.endswith(verb):
            return name, figure.end, "verb"
    if text[figure.end : figure.end + 1] in ("的", "级") and not part and not phrase.headed:
        return None  # 超5亿元的项目: a criterion
    if (
        previous
        and previous != LIST_RANK
        and _IN_YEAR.fullmatch(stripped)
        and figure.kind in ("money", "amount")
    ):
        return base_of(previous), figure.end, "goes-on"  # 并于2024年突破1万亿元
    if stripped in _SUMS and previous.endswith("数量"):
        return base_of(previous) + stripped, figure.end, "sum"  # 订单14笔，总额…
    if phrase.noun in ("增量", "总量", "总数") and previous:
        return (
            base_of(previous).removeprefix("新增") + ("增量" if phrase.noun == "增量" else ""),
            figure.end,
            "goes-on",
        )
    several = _SEVERAL.fullmatch(stripped)
    if several:
        phrase = Phrase(several["kinds"] or stripped, headed=not several["kinds"])
    if (name := named(phrase, figure)) and len(name) >= 2:
        return completed(name, phrase, figure, beside, stripped), figure.end, "noun-before"
    if not phrase.noun and not phrase.after and is_light(stripped):
        return _alone(text, figure, stripped, last, previous, beside)
    return None


def _comparable(one: Figure, other: Figure) -> bool:
    parts = ("percent", "fraction")
    return one.unit_code == other.unit_code or (one.kind in parts and other.kind in parts)


def _alone(
    text: str, figure: Figure, lead: str, last: int, previous: str, beside: Beside | None
) -> Found | None:
    """Return the measure of a figure with no noun beside it: what the sentence told of before."""
    between = text[beside.figure.end : figure.start] if beside else ""
    if beside and beside.like and continued(figure, between):
        return beside.like, figure.end, "goes-on"  # 其中莲花镇6个、平安镇4个
    if figure.kind == "count" and figure.unit_text in BARE_UNITS:
        return BARE_UNITS[figure.unit_text], figure.end, "unit"
    if figure.kind in ("percent", "fraction") and not lead:
        return share_after(text, figure, last)
    if previous != LIST_RANK and DERIVED.search(previous) and figure.kind in ("money", "amount"):
        return base_of(previous), figure.end, "goes-on"  # 增长8%，2022年达到3亿元
    return None


def _criterion(text: str, figure: Figure, part: bool) -> bool:
    """Tell whether a number only says which things are meant: 投资10亿元以上的项目, 98%的乡镇."""
    if SURVEYED.match(text, figure.end):
        return False
    over = over_bound(text, figure)
    which = figure.qualifier is not None and _WHICH.match(text, figure.end)
    said = "以上" in figure.verbatim and text.startswith("的", figure.end)
    bound = figure.kind in ("money", "amount") and (over or which or said)
    away = re.match("[以之]?外|远|处", text[figure.end :]) and figure.unit_code in LENGTHS  # 县城12公里外
    return bool(bound or away or (part and text.startswith("的", figure.end)))


def _counted(text: str, figure: Figure, lead: str, phrase: Phrase, last: int, previous: str) -> Found | None:
    """Return the measure of a count: of what stands after it, or of what its unit says."""
    if (above := bounded(text, figure, lead, last, previous)) is not None:
        return above
    if figure.unit_text in word_set("unit", "things") and not phrase.headed:
        unit = figure.unit_text or ""
        more, length = phrase_after(text[figure.end : last]) if unit != "期" else ("", 0)
        if unit in ("期", "席") and phrase.noun:
            return phrase.noun + _UNIT_NOUN[unit], figure.end, "unit"
        verb = more and segment(more)[0].may_be("deverbal")
        if not more or verb:
            return _counting(_UNIT_NOUN.get(unit, unit)), figure.end, "unit"
    if figure.unit_text is None and not re.search("[百千万亿]", figure.verbatim):
        return None  # 总分86.4分: a score
    if not phrase.headed and (aimed := aim_after(text, figure, lead, phrase)) is not None:
        return aimed
    noun, length = phrase_after(text[figure.end : last])
    if noun.partition("的")[0] in ABSTRACT:
        return "", figure.end, "abstract"
    if noun and figure.unit_text != "次":  # 两次签订: what follows a count of times is a verb
        persons = figure.unit_text in ("人", "名", "位") and not noun.endswith("员")
        noun = attending(noun, text[figure.end + length : last])
        return noun + ("人数" if persons else "数量"), figure.end + length, "noun-after"
    return None


def _counting(unit: str) -> str:
    return unit if unit.endswith("数") else unit + "数量"


def lasts(before: str) -> bool:
    """Tell whether the words before a length of time name what lasts so long.

    >>> lasts("班列运行时间缩短至"), lasts("计划用")
    (True, False)
    """
    before = re.sub(
        r"[由从](?:原来的|过去的|原先的|以往的|平均)?[0-9.一二两三四五六七八九十]+个?半?(?:多?小时|天|分钟|个?月|年|日)(?:左右|以上|多)?",
        "",
        before,
    )
    words = re.sub(
        r"(?:缩短|压缩|延长|减少|控制|拉长|提速|缩减|降|减|增|压|缩|可|只需要?|仅需要?|需要?|最[短长快多少]|不到|不超过|近|超过?|约|已|[至到在为达仅、，由从])+$",
        "",
        before,
    )
    return _LASTS.search(words) is not None


def _head(measure: str) -> str:
    """Return the word that a measure ends with, where it names a quantity: 鞋厂 | 销售额."""
    last = segment(measure)[-1] if measure else None
    return last.text if last and last.may_be("head") and len(last.text) > 1 else ""


def _bare(lead: str) -> str:
    """Return a lead without what stands between its noun and the number."""
    lead = _FROM.sub("", _EXCEPT.sub("", _BASE.sub("", lead)))
    lead = re.sub(r"\([^()]*\)|(?<=[一-龥])[0-9]{1,2}天(?=[一-龥])", "", _SPAN.sub("", lead))
    first = segment(lead)[0] if re.match("中(?![小高低长短大远西式青老欧])", lead) else None
    if first is not None and first.may_be("unknown") and len(first.text) > 1:
        lead = lead[1:]  # 31家中钢铁企业占17家
    since = re.sub(r"(?<=..)(?:由|从(?!业|事))[^，。0-9]{0,8}的?$", "", _LATER.sub("", lead) or lead)
    return _WENT.sub("", re.sub(r"[ ，、：（）()]+$", "", since))
