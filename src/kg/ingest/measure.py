"""What a figure measures: the noun before it, after it, or of the figure before."""

from __future__ import annotations

import re
import unicodedata

from kg.figures import Figure

_VERBS = (
    "现场|先后|签订|签下|达成|预计|(?:达产|投产|建成|建成投产|期间)后|或者|在原有基础上|累计|总计|"
    "共计|合计|同比|环比|分别|已经|已|达到了?|达|实现|完成|突破|超过|为|是|有(?!色|机)|约|近|共(?!同)|总|仅|再(?!生)|又|"
    "比上年|比去年|较上年|较去年|"
    "拥有|建成了?|建有|发展到|增加到|增长到|增至|升至|提高到|增长|下降|增加|减少|提高|上升|下滑|"
    "下跌|回落|跃居|位居|位列|居|列|排在?|排名|占到?了?|占|"
    "涌现了?|种植了?|投入|投资|新增|吸引|带动|签约|引进|打造|培育|整合|列支|覆盖|接待|实施|成立|"
    "全部|平均|每年|全年|当年|目前|现有|现(?!代|金)|将|可(?!支配|再生)|能(?!源|力|耗)|就(?!业)|还|"
    "全[国省市县区球镇]|以上|参加|来自|邀请|组织|促成|设立|辐射|惠及|安置|"
    "解决|帮助|助力|力争|争取|建设(?!用地)|在建|新?开工|新设|落地|登上|入选"
)
_TRAILING_VERBS = re.compile(rf"(?:{_VERBS}|[了到至从由在以对的])+$")
_LEADING_VERBS = re.compile(
    rf"^(?:.*的|.*等(?!级)|但|而|不过|其中|另外|此外|目前|据[悉介绍]+|{_VERBS}|[了将把])+"
)
# 景区接待游客: what is counted stands after the verb.
_INNER_VERB = re.compile(
    r"接待|实现|完成|种植|养殖|加工|拥有|建有|达到|吸引|带动|投入|新建|改造(?!率)|生产(?!总值|线|基地|能力|性)|引进|提高到|安排|培育|发放|投放|"
    r"销往|储存|收购|形成|获得|提供|创造|上缴"
)
_INNER_VERB = re.compile(
    rf"(?:{_INNER_VERB.pattern})(?!面积|[额量值率户业]|转化|龙头|产|收入|加工|能力|企业|基地|大户|总)"
)
_NOUN_BEFORE = re.compile(r"(?:[0-9]?[A-Z]{1,4})?[一-龥A-Za-z“”]{2,20}$")
_NOUN_AFTER = re.compile(
    r"(?P<noun>国家和地区|[一-龥A-Za-z]{0,6}(?:“[^”]{1,10}”)[一-龥]{1,8}?|[村镇县市省国](?=[(全均都进，、。])|"
    r"[一-龥A-Za-z]{2,18}?)"
    r"(?=[，。；、：！？)\n“”0-9]|$|和|与|及|以及|登上|集中|落户|增收|致富|就业|居|位[居列]|全部|"
    r"跻身|或者|先后|在(?!校|册|建|职|岗)|参(?:会|加|展)|上榜|进行|建|达|为|全部|的|同|共|"
    r"登上|入选|进入|发展|落户|签|获|实现|开|将|\(|入围|跻身|签约|退出|进入|现场|相继|已|均|从|前来|来自|代表)"
)
# What may stand between a measure and its number.
_LIGHT = re.compile(
    r"(?:达到了?|已?达|高达|多达|为|是|有|约|近|突破了?|超过|超|逾|首次|已经?|分别|分列|累计|均|都|稳定在|保持在|维持在|控制在|"
    r"提[高升]到|增加到|上升到|增长到|增至|升至|降至|降到|扩大到|发展到|可|将|预计|预期|有望|力争|争取|仅|只|再|"
    r"共|总计|合计|共计|就|还|也|又|实现了?|完成了?|不低于|不少于|拥有|[了到至从在以 ]|每年|全年|则|大约)+$"
)
# Nouns that a number measures: what stands before them belongs to the measure.
_HEAD = re.compile(
    r"(?:[额值量率价]|收入|投资|投入|利润|税收|面积|产能|能力|规模|资金|营收|里程|增收|纳税|出口|进口|消费|基金|"
    r"外资|比重|费用|成本|存款|贷款|余额|就业|减贫|岗位|寿命|水平|预算|补贴|贴息|奖金|租金|融资|债券|缺口)$"
)
_YEARLY = re.compile(
    r"(?P<span>年|日|月)(?P<verb>产(?![值能量业])|(?:生产|加工|处理|供应|销售|出栏|吞吐|出口|发电|孵化|培训)(?!能力|收入|[额量值]|规模))(?P<noun>[一-龥]{0,8}?)$"
)
_AREA = re.compile(r"(占地|用地)(?:面积)?$")
_CHANGED = re.compile(
    r"(?:同比|环比|按年|比上年|较上年|比去年|较去年|按可比价格?(?:计算)?|[比较][^，。]{1,10}?(?:同期|前|年|末|底)|年均|平均|两年|"
    r"大幅|再|又|可|预计|实现|逆势|首次|均|大)*"
    r"(?:增长|增加|提高|提升|上升|下降|减少|回落|下滑|下跌|上涨|净增|多增|增速|增幅|涨幅|降幅|增长率|[增涨降升翻])$"
)
_COMPARED = re.compile(r"高于|低于|高出|高过|快于|慢于|领先|落后|优于|比[^，。]{1,14}[高低快慢多少]")
_COMPARISON = re.compile(r"[比较](?:上年|去年|前年|上月|上届|上次|20\d\d年)|同比")
_SHARE = re.compile(
    r"(?:(?P<noun>[^，。]*)占(?:到了?|了|据)?(?:全[国省市州球县区]|世界|[^，。]{0,14}的)?(?:比重|比例|份额|比)?|占比|比重|比例)$"
)
_RANK_NOUN = re.compile(
    r"(?P<noun>[一-龥]{2,14}?)(?:均|分别|分|也|还|继续|保持|稳|跃升?|上升|连续[^，。]{1,4})*"
    r"(?:(?:位居|位列|居|列|排名|排在|排|跃居|保持|占|位)(?:[一-龥]{1,8})?"
    r"|(?:全[国省市球县区州]|世界|[一-龥]{2,3}[省市])(?:地级市|县级|同类)?)?$"
)
# Nouns that start like an adverb: 总 and 年 belong to them.
_TOTAL = re.compile(
    r"(?:协议|合同|计划)?(?:总|(?<![0-9一二两三四五六七八九十])年)(?:投资|收入|产值|产量|销售额|面积|额|产)额?$|投资总额$"
)
_BARE_RANK = frozenset(
    ("增幅", "增速", "增长率", "总量", "增量", "总数", "数量", "人均", "占比", "在榜数量", "规模", "上榜数量")
)
_NO_NOUN = frozenset(
    (
        "地区",
        "方面",
        "时间",
        "省级",
        "国家级",
        "市级",
        "部门",
        "以上",
        "左右",
        "首次",
        "其中",
        "达产",
        "投产",
        "可达",
    )
)
# Units that are themselves what is counted.
_NOUN_UNITS = frozenset(
    (
        "县市区", "市县区", "县区市", "县市", "县区", "区县", "市县", "乡镇", "镇街", "村镇", "县", "省份",
        "城市", "国家", "企业", "项目", "岗位",
    )
)  # fmt: skip
_CHANGE_WORDS = re.compile(
    r"(?:增速|增幅|涨幅|降幅|增长率|增长|增加|提高|提升|上升|下降|减少|回落|下滑|下跌|上涨)$"
)
_LATER = re.compile(r"^.*?(?:投产|达产|建成|投用|建成投产|投入使用|运营|期间|竣工)后(?:可|将|预计)*")
LIST_RANK = "榜单名次"
#: A derived measure says something of another one: its growth, its share, its rank.
DERIVED = re.compile(r"(?:增速|增量|占比|位次|完成率|名次)$")


def measure_key(words: str) -> str:
    """Return what the wordings of one measure have in common.

    >>> measure_key("网上零售总额增幅") == measure_key("网上零售额增速")
    True
    >>> measure_key("县市数量"), measure_key("村庄数")
    ('县', '村庄')
    """
    key = re.sub(r"[的“”《》()（）、 ]", "", unicodedata.normalize("NFKC", words))
    key = re.sub(r"增幅|增长率|涨幅|增长幅度", "增速", key)
    key = re.sub(r"总(?=额|产值|产量|面积|值)|总量(?=位次)", "", key)
    key = re.sub(r"县市区|县区市|市县区|县市|市县|区县|县区|百强县", "县", key)
    return re.sub(
        r"(?:(?<=..)|(?<=^[县村镇乡户]))(?:总数|数量|人数|个数|户数|家数|数)(?=$|位次|增速|占比|增量)",
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
    stripped = _bare(lead)
    part = figure.kind in ("percent", "fraction", "multiple")
    if part:
        found = _part_measure(figure, stripped, previous)
        derived = _SHARE.search(stripped) or _CHANGED.search(stripped)
        if found is not None or derived or stripped.endswith("的"):
            return found
    elif _COMPARISON.search(lead) and _CHANGED.search(stripped) and previous:
        return f"{base_of(previous)}增量", figure.end, "difference"
    if yearly := _YEARLY.search(stripped):
        noun = yearly["noun"] if _noun(yearly["noun"]) else ""
        return f"{noun}{yearly['span']}{yearly['verb']}量", figure.end, "yearly"
    if area := _AREA.search(stripped):
        return area[1] + "面积", figure.end, "noun-before"
    if text.startswith("工作日", figure.end):
        return None
    if figure.kind == "count":
        if figure.unit_text in _NOUN_UNITS and not _HEAD.search(stripped):
            return f"{figure.unit_text}数量", figure.end, "unit"
        after = _NOUN_AFTER.match(text, figure.end, last)
        noun = after["noun"].strip("“”") if after else ""
        # 两次签订, 46个，…: what follows a count of times is a verb.
        good = (
            noun
            and noun not in _NO_NOUN
            and not noun.startswith(("以上", "左右"))
            and figure.unit_text != "次"
        )
        if after and good and not re.match(r"[年月日的是了或家跻)]", noun):
            return noun + "数量", after.end("noun"), "noun-after"
    if text[figure.end : figure.end + 1] in ("的", "级") and not part:
        owned = re.match(
            r"的(?P<noun>[一-龥]{2,12}?(?:基金|资金|贷款|债券|订单|奖金|补贴))", text[figure.end : last]
        )
        if owned and figure.kind == "money":
            return owned["noun"], figure.end + owned.end(), "noun-after"
        if not _HEAD.search(stripped):
            return None  # 超5亿元的项目: a criterion
    noun = _noun(stripped)
    if noun:
        if figure.kind == "count":
            noun += "数量" if not re.search(r"[数量人次]$", noun) else ""
        return noun, figure.end, "noun-before"
    return None


def _bare(lead: str) -> str:
    """Return a lead without what stands between its noun and the number."""
    return _LIGHT.sub("", re.sub(r"[ ，、：（）()]+$", "", _LATER.sub("", lead) or lead))


def _part_measure(figure: Figure, lead: str, previous: str) -> tuple[str, int, str] | None:
    """Return the measure of a growth, a share or a rate, where need be of what was said before."""
    done = re.search(r"完成(?P<noun>[^，。]{2,12}?)(?:任务)?的$", lead)
    if done:
        return done["noun"] + "完成率", figure.end, "done"
    share = _SHARE.search(lead)
    if share and figure.kind != "multiple":
        if re.search(r"[、].*均|均$", share["noun"] or ""):
            return None  # 面积、产量均占…: one number for several measures
        noun = _noun(_bare(share["noun"] or "")) or base_of(previous)
        return (noun + "占比", figure.end, "share") if noun else None
    changed = _CHANGED.search(lead)
    if changed or figure.unit_text == "番":
        noun = _noun(_bare(lead[: changed.start()] if changed else "")) or base_of(previous)
        return (noun + "增速", figure.end, "change") if noun else None
    return None


def _rank_measure(figure: Figure, lead: str, previous: str) -> tuple[str, int, str] | None:
    if figure.value is None or _COMPARED.search(lead):
        return None
    match = _RANK_NOUN.search(_LIGHT.sub("", lead))
    noun = _TRAILING_VERBS.sub("", match["noun"]) if match else ""
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
    noun = re.sub(rf"^(?:个|的|{_VERBS}|[了到至从由在以对])+|继续$", "", noun)
    if (
        noun
        and not _HEAD.search(noun)
        and not noun.endswith(("数量", "增速", "增幅", "总数", "种植", "人口", "指数"))
    ):
        noun = ""
    if not noun and previous.endswith("增速"):
        base = previous
    noun = noun or base
    return (f"{noun}位次", figure.end, "rank") if len(noun) >= 2 else None


def _noun(lead: str) -> str:
    """Return the noun at the end of a clause, without verbs and adverbs after and before it."""
    stripped = lead
    head = _HEAD.search(stripped)
    while not head and (shorter := _TRAILING_VERBS.sub("", stripped)) != stripped:
        stripped = shorter
    match = _NOUN_BEFORE.search(stripped)
    noun = match[0] if match else ""
    if whole := _TOTAL.search(noun):
        before = _trimmed(_INNER_VERB.split(noun[: whole.start()])[-1])
        return (before if before not in _NO_NOUN and len(before) > 1 else "") + whole[0]
    last = _INNER_VERB.split(noun)[-1]
    noun = _trimmed(last if len(last) >= 2 else noun)
    noun = _CHANGE_WORDS.sub("", noun)
    return noun if len(noun) >= 2 and noun not in _NO_NOUN else ""


def _trimmed(noun: str) -> str:
    """Return a noun without the verbs and adverbs before it, but never less than a word."""
    for _ in range(3):
        shorter = _LEADING_VERBS.sub("", noun).strip("“”")
        noun = shorter if len(shorter) >= 2 else noun
    return noun


def base_of(measure: str) -> str:
    """Return the measure that a derived one speaks of.

    >>> base_of("网络零售额增速"), base_of("县市数量位次")
    ('网络零售额', '县市')
    """
    return re.sub(r"(?:增速位次|增速|增幅位次|增量|位次|占比|(?<=..)数量)+$", "", measure)
