"""What a figure measures: the noun before it, after it, or of the figure before."""

from __future__ import annotations

import re
import unicodedata

from kg.figures import Figure
from kg.ingest.noun import ABSTRACT, HEAD, LIGHT, TRAILING_VERBS, VERBS, counted_noun, noun_before

_YEARLY = re.compile(
    r"(?P<span>(?<!全)年|日|月)(?P<verb>产(?![值能量业])|(?:生产|加工|处理|供应|销售|出栏|吞吐|出口|发电|孵化|培训)(?!能力|收入|[额量值]|规模))(?P<noun>[一-龥]{0,8}?)$"
)
_PRODUCED = re.compile(r"(?:^|[，、共年])(?:共|年)?产(?![量能值业出销])(?P<noun>[一-龥]{1,6})$")  # 产茶9480吨
_WEIGHTS = frozenset(("TNE", "KGM", "cn:jin"))
_AREAS = frozenset(("cn:mu", "MTK", "HAR", "KMK"))
_LASTS = re.compile(r"(?:时间|时长|周期|停留|逗留|寿命|时效|耗时|运距)$")
_IN_YEAR = re.compile(r"并?[于在到]?(?:20[0-9]{2}年)(?:底|末)?(?:历史性|首次)?|而?(?:如今|现在|而今)已?")
_SPAN = re.compile(
    r"(?:连续|近)?(?<![0-9])(?:[0-9]{1,2}|[一二两三四五六七八九十])年[内来间]?(?!产|均|度|报|级)"
)  # 五年累计
_EACH = re.compile(r"[人户亩村店]均")
_TO = re.compile(
    r"则?(?:放缓|回落|收窄|拉升|提高|提升|上升|下降|降低|增加|增长|压缩|缩小|扩大|减少|缩短|[降升增])[到至]了?"
)
_ABOVE = re.compile(
    r"(?P<noun>(?:新开工|新增)?(?:[0-9.]+|[十百千])?[万亿]+[元吨亩]以上|[过超逾][0-9.]*[十百千]?[万亿]+元)的?(?P<kind>[一-龥]{0,6})$"
)
_OWED = re.compile(r"[一-龥]{0,4}(?:订单|贷款|补贴|奖金|货款|合同|债券)")
_GAVE = re.compile(r"贡献了?$")
_AREA = re.compile(r"((?:[一二三]期|首期)?(?:占地|用地))(?:面积)?$")
_CHANGED = re.compile(
    r"(?:[比较][^，。0-9]{1,12}?|按可比价格?(?:计算)?|按不变价格?(?:计算)?)?"
    r"(?:同比|环比|按[年月季]|年均|平均|两年|大幅|小幅|再|又|可|预计|实现|逆势|首次|均|大|微|净|持续|快速|稳步|由此)*"
    r"(?:增长|增加|提高|提升|上升|下降|减少|回落|下滑|下跌|上涨|多增|多出|扩大|缩小|压缩|扩阔|衰退|增速|增幅|涨幅|降幅|增长率"
    r"|(?<=[，；、])[年月季][增减]|^[年月季][增减]|(?<=按[年月季])[跌减]|[增涨降升翻少])$"
)
_COMPARED = re.compile(
    r"高于|低于|高出|高过|快于|慢于|领先|落后|优于|[比较][^，。]{1,14}(?<!提)(?:[高低快慢]|多(?!出|增)|少(?!于))(?!新|技术)"
)
_DIFFERS = re.compile(
    r"[比较](?:上年|去年|前年|上月|上届|上次|上一年|20\d\d年|[^，。0-9]{1,6}[年月末底季初])|同比|净增$|多出$"
)
_SHARE = re.compile(
    r"(?:(?P<noun>[^，。]*)占(?:到了?|了|据)?(?:全[国省市州球县区]|世界|[^，。]{0,14}的|(?![比地用])[一-龥]{2,10})?(?:比重|比例|份额|比)?|占比|比重|比例)$"
)
_RANK_NOUN = re.compile(
    r"(?P<noun>[一-龥]{2,14}?)(?:均|分别|分|也|还|继续|保持|稳|跃升?|上升|连续[^，。]{1,4})*"
    r"(?:(?:位居|位列|居|列|排名|排在|排|跃居|保持|占|位)(?:[一-龥]{1,8})?"
    r"|(?:全[国省市球县区州]|世界|[一-龥]{2,3}[省市])(?:地级市|县级|同类)?)?$"
)
_BARE_RANK = frozenset(
    ("增幅", "增速", "增长率", "总量", "增量", "总数", "数量", "人均", "占比", "在榜数量", "规模", "上榜数量")
)
# Units that are themselves what is counted.
_NOUN_UNITS = frozenset(
    (
        "县市区", "市县区", "县区市", "县市", "县区", "区县", "市县", "乡镇", "镇街", "村镇", "县", "省份",
        "城市", "国家", "企业", "项目", "岗位", "国",
    )
)  # fmt: skip
_UNIT_NOUN = {"国": "国家"}
_LATER = re.compile(r"^.*?(?:投产|达产|建成|投用|建成投产|投入使用|运营|期间|竣工)后(?:可|将|预计)*")
_OF_INDUSTRY = re.compile(r"(?:增加值|投资|产值|营业收入|利润|用电量)$")
# 香菇、木耳销售额: one amount of several goods.
_SEVERAL = re.compile(
    r"(?:有|拥有|现有|共有|发展)?(?P<kinds>[一-龥]{2,3}、[一-龥]{2,4}[一-龥]{0,5}(?:企业|产品|品牌))|[一-龥]{1,4}(?:、[一-龥]{1,4}){0,2}、[一-龥]{1,6}(?:销售额|零售额|出口额|总?产[值量]|种植面积|面积)"
)
# 工业项目25个，投资额30亿元 is what those projects cost.
_PROJECTS = re.compile(r"(?P<kind>.{2,}(?<!签约)(?<!重大)(?<!开工)(?<!重点)项目)数量")
_INVESTED = frozenset(("投资额", "协议投资额", "合同引资额", "计划投资额"))
_SUMS = frozenset(("总额", "总金额"))
_KIND = re.compile(r"以上([一-龥]+?)数量$")
LIST_RANK = "榜单名次"
#: 占全国的一半、全球的三分之一: a second share of the same thing.
ANOTHER_SHARE = re.compile(r"[、，和与](?:占)?(?:全[国球省市县区]|世界|亚洲|[一-龥]{2,8})的$")
#: A derived measure says something of another one: its growth, its share, its rank.
DERIVED = re.compile(r"(?:增速|增量|占比|位次|完成率|名次)$")


def measure_key(words: str) -> str:
    """Return what the wordings of one measure have in common.

    >>> measure_key("网上零售总额增幅") == measure_key("网上零售额增速")
    True
    >>> measure_key("县市数量"), measure_key("村庄数")
    ('县', '村')
    """
    key = re.sub(r"[的“”《》()（）、 ]", "", unicodedata.normalize("NFKC", words))
    key = re.sub(r"增幅|增长率|涨幅|增长幅度", "增速", key)
    key = re.sub(r"规模以上", "规上", key.replace("茶叶", "茶").replace("村庄", "村"))
    key = re.sub(
        r"^(?:引进|实现|完成|接待|上缴|吸引|获得|提供|到会|与会|现场|参展(?!商)|参会|拥有|建成|累计|计划(?=总?投资)|使用|释出)(?=..)(?![额量率])",
        "",
        key,
    )
    key = re.sub(r"(?<=均)接待", "", key)
    key = re.sub(r"^年产(?![值量能销])(.{1,6}?)(?=$|占比|增速)", r"\1年产量", key)
    key = re.sub(r"^规划(?=占地|用地|总?面积|总投资)|(?<=库)容积$", "", key)
    key = re.sub(r"总(?=额|产值|产量|面积|值)|总量(?=位次)", "", key)
    key = re.sub(r"县市区|县区市|市县区|县市|市县|区县|县区|百强县", "县", key)
    return re.sub(
        r"(?:(?<=..)|(?<=^[县村镇乡户]))(?:(?:种植|播种|栽培)?面积|总数|数量|人数|人次|个数|户数|家数|数)(?=$|位次|增速|占比|增量)",
        "",
        key,
    )


def read_measure(
    text: str, figure: Figure, lead: str, last: int, previous: str
) -> tuple[str, int, str] | None:
    """Return the measure, where the words for it end, and the rule; None where no noun says it.

    ``lead`` is the clause before the figure without its subject and period, ``last`` the end of the
    sentence, ``previous`` the measure of the figure before in the sentence, or nothing.

    >>> from kg.figures import read_figures
    >>> text = "网络零售额126.3亿元"
    >>> read_measure(text, read_figures(text)[0], "网络零售额", len(text), "")
    ('网络零售额', 12, 'noun-before')
    """
    if figure.kind == "rank":
        return _rank_measure(figure, lead, previous)
    if _COMPARED.search(lead) or (figure.unit_text == "倍" and lead.endswith("的")):
        return None  # 增速高于全省3个百分点: a distance from another figure, no figure of the subject
    if previous and _TO.fullmatch(lead.strip("，")):
        return previous, figure.end, "from-to"
    stripped = _bare(lead)
    part = figure.kind in ("percent", "fraction", "multiple")
    if part:
        found = _part_measure(text, figure, stripped, previous)
        derived = _SHARE.search(stripped) or _CHANGED.search(stripped)
        if found is not None or derived or stripped.endswith("的"):
            return found
    elif _DIFFERS.search(stripped) and (grown := _CHANGED.search(stripped)):
        own = noun_before(_bare(stripped[: grown.start()])) if stripped.endswith("净增") else ""
        noun = own or base_of(previous)
        return (f"{noun}增量", figure.end, "difference") if noun else None
    if yearly := _YEARLY.search(stripped):
        noun = yearly["noun"] if len(yearly["noun"]) == 1 or noun_before(yearly["noun"]) else ""
        return f"{noun}{yearly['span']}{yearly['verb']}量", figure.end, "yearly"
    if area := _AREA.search(stripped):
        return area[1] + "面积", figure.end, "noun-before"
    if text.startswith("工作日", figure.end):
        return None
    if produced := _PRODUCED.search(stripped) if figure.unit_code in _WEIGHTS else None:
        return produced["noun"] + "产量", figure.end, "produced"
    if figure.kind == "count":
        above = _ABOVE.search(text, 0, figure.start)
        if above and (kind := above["kind"] or (earlier[1] if (earlier := _KIND.search(previous)) else "")):
            return f"{above['noun']}{kind}数量", figure.end, "above"
        if figure.unit_text in _NOUN_UNITS and not HEAD.search(stripped):
            return f"{_UNIT_NOUN.get(figure.unit_text or '', figure.unit_text)}数量", figure.end, "unit"
        noun, end = counted_noun(text, figure.end, last)
        if noun in ABSTRACT:
            return None
        if noun and figure.unit_text != "次":  # 两次签订: what follows a count of times is a verb
            return noun + "数量", end, "noun-after"
    over = figure.qualifier in ("moreThan", "atLeast") and re.match("的?[项企网]", text[figure.end :])
    if over or ("以上" in figure.verbatim and text.startswith("的", figure.end)):
        return None  # 投资10亿元以上的项目: a criterion
    if re.match("[以之]?外|远|处", text[figure.end :]) and figure.unit_code in ("KMT", "MTR"):
        return None  # 县城12公里外
    if part and text.startswith("的", figure.end):
        return None  # 98%的乡镇
    if figure.kind == "money" and (owes := _OWED.match(text, figure.end, last)):
        return owes[0], owes.end(), "noun-after"
    if figure.unit_code in ("KMT", "MTR") and not HEAD.search(stripped):
        noun, end = counted_noun(text, figure.end, last)
        return (noun + "长度", end, "noun-after") if noun else None
    if figure.unit_code in _AREAS and text.startswith("的", figure.end) and stripped.endswith("面积"):
        noun, end = counted_noun(text, figure.end + 1, last)
        if noun and re.fullmatch("(?:走进|来到)?面积", stripped):
            return noun + "面积", end, "noun-after"
    if text[figure.end : figure.end + 1] in ("的", "级") and not part:
        owned = re.match(
            r"的(?P<noun>[一-龥]{2,12}?(?:基金|资金|贷款|债券|订单|奖金|补贴))", text[figure.end : last]
        )
        if owned and figure.kind == "money":
            return owned["noun"], figure.end + owned.end(), "noun-after"
        if not HEAD.search(stripped):
            return None  # 超5亿元的项目: a criterion
    if (
        previous
        and previous != LIST_RANK
        and _IN_YEAR.fullmatch(stripped)
        and figure.kind in ("money", "amount")
    ):
        return base_of(previous), figure.end, "goes-on"  # 并于2024年突破1万亿元
    several = _SEVERAL.fullmatch(stripped)
    noun = (several["kinds"] or stripped) if several else noun_before(stripped)
    if stripped in _SUMS and previous.endswith("数量"):
        return base_of(previous) + stripped, figure.end, "sum"  # 订单14笔，总额…
    if noun in ("增量", "总量", "总数") and previous:
        return base_of(previous) + ("增量" if noun == "增量" else ""), figure.end, "goes-on"
    if noun in _INVESTED and (of := _PROJECTS.fullmatch(previous)):
        noun = of["kind"] + noun
    if noun:
        if figure.kind == "count" and not re.search(r"[数量人次]$", noun) and not HEAD.search(noun):
            noun += "数量"
        if figure.unit_code in _AREAS and not re.search(r"面积|规模|占地|用地", noun):
            noun += "面积"
        return noun, figure.end, "noun-before"
    if each := _EACH.fullmatch(lead):
        return (each[0] + base_of(previous), figure.end, "each") if previous else None
    if (
        not stripped
        and previous != LIST_RANK
        and DERIVED.search(previous)
        and figure.kind in ("money", "amount")
    ):
        return base_of(previous), figure.end, "goes-on"  # 增长8%，2022年达到3亿元
    return None


def lasts(before: str) -> bool:
    """Tell whether the words before a length of time name what lasts so long.

    >>> lasts("班列运行时间缩短至"), lasts("计划用")
    (True, False)
    """
    words = re.sub(
        r"(?:缩短|压缩|延长|减少|控制|可|只需要?|仅需要?|需要?|最[短长快多少]|不到|不超过|近|超过?|约|[至到在为达仅、，由从])+$",
        "",
        before,
    )
    return _LASTS.search(words) is not None


def _bare(lead: str) -> str:
    """Return a lead without what stands between its noun and the number."""
    lead = _SPAN.sub("", lead)
    since = re.sub(r"(?<=..)(?:由|从(?!业|事))[^，。0-9]{0,8}的?$", "", _LATER.sub("", lead) or lead)
    return LIGHT.sub("", re.sub(r"[ ，、：（）()]+$", "", since))


def _part_measure(text: str, figure: Figure, lead: str, previous: str) -> tuple[str, int, str] | None:
    """Return the measure of a growth, a share or a rate, where need be of what was said before."""
    done = re.search(r"完成(?P<noun>[^，。]{2,12}?)(?:任务)?的$", lead)
    if done:
        return done["noun"] + "完成率", figure.end, "done"
    if _GAVE.search(lead) and (of := re.match(r"的?(?P<noun>[一-龥]{2,8})(?=[，。；])", text[figure.end :])):
        return of["noun"] + "占比", figure.end + of.end(), "share"
    if (gave := _GAVE.search(lead)) and (noun := noun_before(lead[: gave.start()])):
        return noun + "占比", figure.end, "share"
    share = _SHARE.search(lead)
    if share and figure.kind != "multiple":
        if re.search(r"[、].*均|均$", share["noun"] or ""):
            return None  # 面积、产量均占…: one number for several measures
        noun = noun_before(_bare(share["noun"] or "")) or base_of(previous)
        return (noun + "占比", figure.end, "share") if noun else None
    changed = _CHANGED.search(lead)
    if changed or figure.unit_text == "番":
        noun = noun_before(_bare(lead[: changed.start()] if changed else ""))
        kind = _OF_INDUSTRY.search(base_of(previous))
        if noun.endswith("业") and kind:
            noun += kind[0]  # 工业增加值增长8%，其中制造业增长9%
        if not noun and figure.unit_text in ("个百分点", "百分点"):
            noun = previous  # 占比提高2个百分点 speaks of the share
        noun = noun or base_of(previous)
        return (noun + "增速", figure.end, "change") if noun else None
    return None


def _rank_measure(figure: Figure, lead: str, previous: str) -> tuple[str, int, str] | None:
    if figure.value is None or _COMPARED.search(lead):
        return None
    match = _RANK_NOUN.search(LIGHT.sub("", lead))
    noun = TRAILING_VERBS.sub("", match["noun"]) if match else ""
    base = "" if previous == LIST_RANK else base_of(previous)
    if noun in _BARE_RANK:
        if not base:
            return None
        growth = (
            "增速"
            if noun in ("增幅", "增速", "增长率")
            else noun
            if noun not in ("总数", "数量", "规模", "上榜数量")
            else ""
        )
        noun = base + growth
    noun = re.sub(rf"^(?:个|的|{VERBS}|[了到至从由在以对])+|继续$", "", noun)
    if (
        noun
        and not HEAD.search(noun)
        and not noun.endswith(("数量", "增速", "增幅", "总数", "种植", "人口", "指数"))
    ):
        noun = ""
    if not noun and previous.endswith("增速"):
        base = previous
    noun = noun or base
    return (f"{noun}位次", figure.end, "rank") if len(noun) >= 2 else None


def base_of(measure: str) -> str:
    """Return the measure that a derived one speaks of.

    >>> base_of("网络零售额增速"), base_of("县市数量位次")
    ('网络零售额', '县市')
    """
    return re.sub(r"(?:增速|增幅|增量|位次|占比|(?<=..)数量)+$", "", measure)
