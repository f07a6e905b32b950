"""Words that stand for a name: 该县, 全市, 村里, 公司, 博览会, 两地, and which name they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.ingest.discourse.antecedent import KIND_OF, Antecedents
from kg.ingest.discourse.clause import topical
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.words import words

_HEADS = "|".join(sorted(KIND_OF, key=len, reverse=True))
_POINTS = (
    r"[该此]|本[次届]?(?![地报])|这一?[家个座次项条届场款]|我们|我(?=公司|集团|院|校|行)|是次|此[次届]|今届"
)
_LEVEL = "地区|[省市县区镇州乡村旗盟]"
# 此次集中开工项目, 现场签约: what is signed or begun, at the event that the page tells of.
_OCCASION = (
    r"(?<![过借以着在为对因经让使是])(?:[此本这是][次届轮批]|现场|当[天场](?!的))(?=[^，。；一-龥]{0,2}(?:集中|共|总共|累计|一共|还|又|同时|新)*"
    r"(?:签约|签订|签署|签下|达成|开工|竣工|动工|投产|推介|发布|对接|参[展会赛]|展出|展示|成交|评选|评出|认定|授[牌予]|揭牌|促成|吸引|征集|采购))"
)
_ANAPHOR = re.compile(
    r"(?P<both>[两三四五六]|[2-6])(?:地|县|市|区|镇|村|家公司|家企业|省)(?!区|场|级|委)"
    r"|(?P<former>前者)|(?P<latter>后者)"
    r"|(?P<here>当地)"
    r"|(?P<person>(?<![其吉])[他她])(?![们人乡国方山杀日])(?![^，。；]{0,6}(?:说|称|表示|介绍|认为|指出|估|预|透露|告诉|坦言|强调|看好))"
    rf"|(?:(?P<this>[该本]|这[个座])|(?P<whole>[全我]))(?P<level>{_LEVEL})(?!第|前|首|平均|各(?![类项])|内|民|集体|的[0-9一二三四五六七八九])"
    r"|(?P<in>[省市县区镇乡村旗州])[里上](?=[一-龥0-9])"
    rf"|(?P<occasion>{_OCCASION})"
    r"|(?P<listed>(?:上榜|入榜|入围|登榜|榜上)(?:的(?![一-龥])|(?=的?[一-龥]{0,4}(?:[县市区镇村]|企业|公司|品牌|项目|门槛))))"
    r"|(?P<each>各(?:地(?!区)|县区?|市县?|乡镇|镇街|市州|县市区?|区县|部门)(?:[(（]市、区[)）])?)"
    r"|(?P<nation>[全我]国)(?!第|前|首|最|唯|率|各|人大|政协|两会|平均|同|文明|示范|先进|重点|性|范围|工商|劳动|统|百|十|优秀|著名)"
    r"|(?P<event>(?<![社机])[展大年峰盛谈介接览]?会上|(?:仪式|幕式|论坛|活动)上|活动现场|组委会|展期内?(?![一-龥])|(?<![一-龥])(?:展|会|节|大|年|峰|盛|博览|交易|洽谈|推介|招聘)会期间|(?<![一-龥])(?:活动|论坛|赛事)期间|(?<![一-龥])(?:大|展|年|峰|博览|交易|洽谈|推介|招聘)会(?=自[^，。；]{2,10}(?:以来|至今))|[今本]届(?![政人市省县榜百]))"
    r"|(?P<phase>(?:项目|基地|工程)?[一二三四]期(?:工程|项目|基地)?)(?=[，、0-9一二三四五六七八九十]|将|计划|总?投资|已|于|正|今年|明年|去年|全部|达产|投产|建成|规划|占地|用地|新[增建]|预计|可|有|年|设计)(?![期届]|、[二三四]期)"
    rf"|(?P<points>{_POINTS})(?:[^，。；]{{2,24}}的)?(?P<kind>[一-龥]{{0,4}}?)(?P<head>{_HEADS})(?![0-9化])"
    rf"|(?P<bare>{_HEADS})(?![0-9化等])"
)
_FOUND = re.compile(r"(?:范围内)?(?:共|已)?(?:发现|认定|评选)")  # 某院在全国发现…
# 公司总经理某某 tells who speaks; 项目建设, 企业数量 are nouns of their own.
_LONGER = re.compile(
    r"[一-龥]{0,8}?(?:[部处]长|主任|总[裁监师]|经理|董事|负责人|会长|秘书)|[建方签组负数总]|名称|[^，。]{0,6}?[0-9一二三四五六七八九十]+[余多]?个"
)
#: 投资上亿元的企业有3家: the firms that are counted are nobody's name.
_COUNTED = re.compile(
    "(?:已|共|现|只|仅|才|就|超过?|近|约|达到?|有|增[至到])*[0-9两三四五六七八九十]+[余多]?[家户个项](?![一-龥])"
)
_PREDICATE = re.compile(
    r"于|成立|现|目前|在|去年|今年|旗下|产品|年|已|拥|有|还|计划|将|总|占|共|内|日均|接待|面积|实现|投[资用产]|"
    r"预计|为期|由|[集聚][聚集]|累计|全年|每|[一二三]期|首期|员工|主|自|可|设|吸引|营|建成|建有|规划|用地|达产|开|20|，"
)
_LONE = frozenset(words()["head"]["lone"])
_PARKS = frozenset(
    ["园区", "景区", "开发区", "高新区", "经开区", "产业园", "工业园", "物流园", "科技园", "港区"]
)
_OF_PARK = re.compile(
    "建设|管理|管委|党|负责|内外|之间|周边|外|化|与|和|、|等|的人|主任|规划[^面]|[一-龥]{0,3}(?:委|局|中心|公司)"
)


@dataclass(frozen=True, slots=True)
class Anaphor:
    """Words that stand for names; for none of the page where nobody can say which."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
    topical: bool


def read_anaphors(reading: Reading, acting: Iterable[tuple[Mention, ...]]) -> list[Anaphor]:
    """Return the words that stand for names; ``acting`` are the names that sentences are about.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("海东柑橘博览会在莘县开幕。博览会为期三天。该县很美。")
    >>> [(a.start, a.mentions[0].text) for a in read_anaphors(reading, [])]
    [(13, '海东柑橘博览会'), (21, '莘县')]
    """
    text = reading.page.text
    page = Antecedents(reading, list(acting))
    found = []
    for match in _ANAPHOR.finditer(text):
        # 这家扎根某市的企业: the head must be free, what stands before it not.
        word = match.start("head") if match["head"] else match.start()
        if any(m.start < match.end() and word < m.end for m in page.near(word)):
            continue
        first = bool(match["occasion"]) or topical(reading, match.start())
        if not _stands(text, match, first):
            continue
        stood = page.of(match)
        unknown = match["level"] or match["head"] or match["bare"] in ("公司", "集团", "企业")
        if stood or (first and unknown):
            # 一期 is told of the project, and stays in what is measured: 一期投资.
            end = match.start() if match["phase"] or match["listed"] else match.end()
            found.append(Anaphor(match.start(), end, stood, first))
    return found


def _stands(text: str, match: re.Match[str], first: bool) -> bool:
    """Tell whether the words stand for something here: 物流公司 does not, nor does 来自全国."""
    start, end = match.span()
    if (
        match["each"]
        or match["in"]
        or match["person"]
        or match["occasion"]
        or match["phase"]
        or match["listed"]
        or match["former"]
        or match["latter"]
    ):
        return first
    if match["nation"]:
        return first or _FOUND.match(text, end) is not None
    if bare := match["bare"]:
        if not first or _LONGER.match(text, end) or _COUNTED.match(text, end) or text[start - 1] == "的":
            return False
        if bare in _PARKS and not _OF_PARK.match(text, end):
            return True  # 园区产销吉他71万把
        return bare in _LONE or _PREDICATE.match(text, end) is not None
    if match["head"] and _LONGER.match(text, end) and match["points"] not in ("该", "这家"):
        return False
    if match["whole"] and _REACHES.search(text, max(0, start - 4), start):
        return True  # 带动全县3000户: told of the whole county
    return _OBJECT.search(text, max(0, start - 4), start) is None or bool(match["event"])


_OBJECT = re.compile(rf"(?:{'|'.join(words()['clause']['object'])})$")

_REACHES = re.compile(r"(?:带动|辐射|惠及|助力|服务|覆盖|让|使)[了着]?$")
