"""What a figure measures: the noun before it, after it, or of the figure before."""

from __future__ import annotations

import re

from kg.figures import Figure

_VERBS = (
    "现场|先后|签订|签下|达成|预计|(?:达产|投产|建成|建成投产|期间)后|或者|在原有基础上|累计|总计|"
    "共计|合计|同比|环比|分别|已经|已|达到了?|达|实现|完成|突破|超过|为|是|有|约|近|共|总|仅|再|又|"
    "比上年|比去年|较上年|较去年|"
    "拥有|建成了?|建有|发展到|增加到|增长到|增至|升至|提高到|增长|下降|增加|减少|提高|上升|下滑|"
    "下跌|回落|跃居|位居|位列|居|列|排在?|排名|占到?了?|占|"
    "涌现了?|种植了?|投入|投资|新增|吸引|带动|签约|引进|打造|培育|整合|列支|覆盖|接待|实施|成立|"
    "全部|平均|每年|全年|当年|目前|现有|现|将|可|能|就|还|"
    "全[国省市县区球镇]|以上|参加|来自|邀请|组织|促成|设立|辐射|惠及|安置|"
    "解决|帮助|助力|建设|在建|开工|落地|登上|入选"
)
_TRAILING_VERBS = re.compile(rf"(?:{_VERBS}|[了到至从由在以对的])+$")
_LEADING_VERBS = re.compile(rf"^(?:.*的|其中|另外|此外|目前|据[悉介绍]+|{_VERBS}|[了将把])+")
# 景区接待游客: what is counted stands after the verb.
_INNER_VERB = re.compile(
    r"接待|实现|完成|种植|养殖|加工|拥有|建有|达到|吸引|带动|投入|新建|改造|生产|引进|提高到|安排|培育|发放|投放|"
    r"销往|储存|收购"
)
_NOUN_BEFORE = re.compile(r"(?:[0-9]?[A-Z]{1,4})?[一-龥A-Za-z“”]{2,14}$")
_NOUN_AFTER = re.compile(
    r"(?P<noun>国家和地区|[一-龥A-Za-z]{0,6}(?:“[^”]{1,10}”)[一-龥]{1,8}?|[村镇县市省国](?=[全均都，、。])|"
    r"[一-龥A-Za-z]{2,18}?)"
    r"(?=[，。；、：！？)\n“”0-9]|$|和|与|及|以及|登上|集中|落户|增收|致富|就业|居|位[居列]|全部|"
    r"跻身|或者|先后|在(?!校|册|建|职|岗)|参(?:会|加|展)|上榜|进行|建|达|为|全部|的|同|共|"
    r"登上|入选|进入|发展|落户|签|获|实现|开|将|已|均|从|前来|来自|代表)"
)
_CHANGE = re.compile(
    r"(?:同比|环比|比上年|较上年|比去年|较去年)?(?:增长|下降|增加|减少|提高|上升|回落|下滑|下跌|"
    r"增)(?:了|约|近)?$"
)
# Nouns that start like an adverb or end like a verb.
_TOTAL = re.compile(
    r"(?:协议|合同|计划)?(?:总|(?<![0-9一二两三四五六七八九十])年)(?:投资|收入|产值|产量|销售额|面积|额|产)额?$|投资总额$"
)
_SHARE = re.compile(r"占(?:到了?|比)?(?:[^，。]{0,10}的)?$")
_RANK_NOUN = re.compile(
    r"(?P<noun>[一-龥]{2,10}?)(?:均|分别|也|还|继续|保持|稳|跃升?|上升)*(?:位居|位列|居|列|排名|"
    r"排在|排|跃居|保持|占)?(?:全[国省市县球]|世界|[一-龥]{2,3}[省市]|[一-龥]{2}之?)?$"
)
_NO_NOUN = frozenset(("地区", "方面", "时间", "省级", "国家级", "市级", "部门"))


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
        return _rank_measure(text, figure, lead, previous)
    share = _SHARE.search(lead)
    if share and figure.kind in ("percent", "fraction"):
        noun = _noun(lead[: share.start()])
        base = noun or (_base(previous) + "占比" if previous else "")
        return (base, figure.end, "share") if base else None
    if figure.unit_text == "番":
        return (f"{_base(previous)}增速", figure.end, "change") if previous else None
    change = _CHANGE.search(lead)
    if change and figure.kind in ("percent", "multiple"):
        noun = _noun(lead[: change.start()]) or _base(previous)
        return (f"{noun}增速", figure.end, "change") if noun else None
    after = _NOUN_AFTER.match(text, figure.end, last)
    if figure.kind == "count" and after and not after["noun"].startswith(("以上", "左右")):
        noun = after["noun"].strip("“”")
        # 两次签订, 46个，…: what follows a count of times is a verb.
        if noun not in _NO_NOUN and figure.unit_text != "次" and not re.match(r"[年月日的是了或家跻]", noun):
            return noun + "数量", after.end("noun"), "noun-after"
    noun = _noun(lead)
    if noun:
        if figure.kind == "count":
            noun += "数量" if not re.search(r"[数量人次]$", noun) else ""
        return noun, figure.end, "noun-before"
    return None


def _rank_measure(text: str, figure: Figure, lead: str, previous: str) -> tuple[str, int, str] | None:
    if figure.value is None:
        return None
    match = _RANK_NOUN.search(lead)
    noun = _TRAILING_VERBS.sub("", match["noun"]) if match else ""
    base = _base(previous)
    if noun in ("增幅", "增速", "增长率", "总量", "增量", "总数", "数量", "人均", "占比", "在榜数量"):
        noun = base + (noun if noun not in ("总数", "数量") or not base.endswith("数量") else "")
    noun = noun or base
    noun = re.sub(rf"^(?:个|的|{_VERBS}|[了到至从由在以对])+|继续$", "", noun) or base
    return (f"{noun}位次", figure.end, "rank") if len(noun) >= 2 else None


def _noun(lead: str) -> str:
    """Return the noun at the end of a clause, without verbs and adverbs after and before it."""
    stripped = re.sub(r"[ ，、：（）()]+$", "", lead)
    while (shorter := _TRAILING_VERBS.sub("", stripped)) != stripped:
        stripped = shorter
    if whole := _TOTAL.search(lead):
        return whole[0]
    match = _NOUN_BEFORE.search(stripped)
    noun = match[0] if match else ""
    last = _INNER_VERB.split(noun)[-1]
    noun = _LEADING_VERBS.sub("", last if len(last) >= 2 else noun).strip("“”")
    return noun if len(noun) >= 2 else ""


def _base(measure: str) -> str:
    return re.sub(r"(?:增速|增幅位次|位次|占比|(?<=..)数量)$", "", measure)
