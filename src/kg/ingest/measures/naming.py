"""The name of a measure: a noun phrase and the kind of its figure make one."""

from __future__ import annotations

import re

from kg.figures import Figure
from kg.ingest.measures.phrase import Phrase
from kg.ingest.measures.segment import nominals, segment, word_set

AREAS = frozenset(("cn:mu", "MTK", "HAR", "KMK", "FTK"))
MASSES = frozenset(("TNE", "KGM", "GRM", "cn:jin", "cn:dan", "MTQ", "LTR", "cn:teu", "KWH", "MWH"))
LENGTHS = frozenset(("KMT", "MTR", "NMI"))
_PERSONS = frozenset(("人", "名", "位"))
_COUNTED = re.compile(r"(?:数量?|人数|人次|户数|次数|总量|流量|[^数]量|规模|[率值额])$")
_AREA_NOUN = re.compile(r"面积|规模|占地|用地")
#: What is counted where the unit alone says it: 石佛村有286户.
BARE_UNITS = {"户": "户数", "人": "人数", "口": "人口", "人口": "人口"}
#: What is done is counted by these: 外出招商86批次.
_BATCHES = frozenset(("批次", "场次", "班次", "航次", "架次", "车次"))
_PLACES = (*"村镇县乡市区", "社区", "街道")
_PAID = frozenset(["卖", "卖到", "售", "买", "卖得"])
_CHEAP = 100_000
#: 锂电产业实现产值: who reaches an amount so is what it is of.
_REACHED = frozenset(("实现", "完成", "达到", "实现了", "完成了", "创造", "创"))
_PRODUCED = frozenset(
    [
        "产值",
        "总产值",
        "工业总产值",
        "营收",
        "营业收入",
        "增加值",
        "销售额",
        "销售收入",
        "交易额",
        "产量",
        "利润",
        "税收",
    ]
)
_RATE = re.compile(r"(?:率|比|度|比重|比例|份额|进度|[增涨降跌]幅|面|息|税|利润率|水平|收益|指数|含量|增速)$")
_COUNTABLE = re.compile(r"(?:订单|保单|门票|债券|岗位|贡献)$")
_WORK = re.compile(r"就业$|就业岗位$")


def named(phrase: Phrase, figure: Figure) -> str:
    """Return the name of what a figure measures, by its kind; nothing where the phrase says none.

    >>> from kg.figures import read_figures
    >>> from kg.ingest.measures.phrase import phrase_before
    >>> for lead, value in (("年加工谷子", "15万吨"), ("建成冷库", "46座"), ("卖出汽车", "22万辆"), ):
    ...     print(named(phrase_before(lead), read_figures(value)[0]))
    谷子年加工量
    冷库数量
    汽车销量
    """
    if figure.kind == "count":
        return _counted(phrase, figure)
    if figure.kind in ("money", "price"):
        return _paid(phrase, figure)
    if figure.kind == "amount":
        return _amount(phrase, figure)
    return phrase.noun if _RATE.search(phrase.noun) else ""


def _moved(phrase: Phrase, *, area: bool = False) -> str:
    """Return the amount of the goods that the phrase's verb moves, nothing where no verb does."""
    nominal = nominals().get(phrase.verb, "")
    if not nominal or nominal.endswith("面积") != area:
        return ""
    if len(phrase.span) > 1:
        return phrase.span + phrase.noun + nominal
    return phrase.noun + phrase.span + nominal


def _counted(phrase: Phrase, figure: Figure) -> str:
    noun, unit = phrase.noun, figure.unit_text or ""
    if unit in word_set("unit", "goods") and phrase.verb and (moved := _moved(phrase)):
        return moved
    if unit == "人次" and phrase.after.startswith("接待"):
        return phrase.span + "游客接待量"
    if unit == "人次" and (phrase.verb.startswith("接待") or noun.endswith("接待")):
        return (
            phrase.span + "游客接待量"
            if noun in ("游客", "", "接待")
            else noun.removesuffix("接待") + "接待量"
        )
    if not noun:
        return ""
    if phrase.governor == "新增" and not noun.startswith("新增"):
        noun = "新增" + noun
    if unit in _BATCHES and _ends_in_verb(noun):
        return noun + unit
    if _WORK.search(noun) and unit in _PERSONS:
        return ("带动" if phrase.governor.startswith("带动") else "") + noun + "人数"
    if unit in word_set("unit", "goods") and _ends_in_verb(noun) and not phrase.headed:
        return phrase.span + noun + "量"
    if unit in BARE_UNITS and noun.endswith(_PLACES):
        return BARE_UNITS[unit]
    if unit == "家" and noun.endswith(("规上", "限上", "规模以上", "限额以上", "级以上")):
        noun += "企业"  # 入园企业30家，其中规上14家
    if unit == "家" and noun.endswith("业") and not noun.endswith("企业"):
        noun += "企业"  # 服务业仅有4家
    if _COUNTED.search(noun) or (phrase.headed and not _COUNTABLE.search(noun)):
        return noun
    return noun + ("人数" if unit in _PERSONS and not noun.endswith(("员", "人员")) else "数量")


def _paid(phrase: Phrase, figure: Figure) -> str:
    noun = phrase.noun
    small = figure.value is not None and figure.value < _CHEAP and figure.unit_text == "元"
    if phrase.after in _PAID and small:
        return phrase.span + noun + ("" if noun.endswith("价") else "价格") if noun else ""
    if phrase.verb in nominals() and not phrase.headed:
        nominal = nominals()[phrase.verb]
        if nominal.endswith("面积"):
            return ""
        sold = {"销量": "销售额", "产量": "产值"}.get(nominal, nominal[:-1] + "额")
        return (phrase.span if len(phrase.span) > 1 else "") + noun + sold
    trade = phrase.topic.endswith(("业", "集群", "板块")) and phrase.governor in _REACHED
    if phrase.headed and noun in _PRODUCED and trade:
        return phrase.topic + noun
    if re.fullmatch("投资|[一二三]期投资", noun):
        return noun + "额"
    if noun and not phrase.headed and _ends_in_verb(noun):
        return noun + "额"
    return noun


def _goods(noun: str) -> str:
    """Return the amount of goods that the noun's own first word moves: 进口 | 水产品."""
    verb = segment(noun)[0] if noun else None
    if verb is None or len(verb.text) < 2 or verb.end == len(noun):
        return ""
    nominal = nominals().get(verb.text, "")
    return noun[verb.end :] + nominal if nominal and not nominal.endswith("面积") else ""


def _amount(phrase: Phrase, figure: Figure) -> str:
    noun = phrase.noun
    if figure.unit_code in AREAS:
        if _AREA_NOUN.search(noun):
            return noun + ("面积" if noun.endswith(("占地", "用地")) else "")
        return _moved(phrase, area=True) or (noun + "面积" if noun else "")
    if not phrase.headed and (
        moved := _moved(phrase) or (_goods(noun) if figure.unit_code in MASSES else "")
    ):
        return moved
    if not noun or phrase.headed:
        return noun
    if figure.unit_code in LENGTHS:
        return noun + "长度"
    return noun + ("量" if _ends_in_verb(noun) else "")


def _ends_in_verb(noun: str) -> bool:
    last = segment(noun)[-1]
    return last.may_be("deverbal") and not last.may_be("head", "agent", "noun")
