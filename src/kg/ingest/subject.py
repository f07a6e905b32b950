"""Whom the figures of a page may be about: names, lists of names, and words that stand for them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

from kg.ingest.gazetteer import divisions
from kg.ingest.mention import Mention
from kg.ingest.reading import Reading

TYPES = (
    "kg:Country", "kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Village",
    "kg:Company", "kg:Institution",
    "kg:Association", "kg:GovernmentBody", "schema:Event", "kg:Project", "schema:Person", "schema:Place",
)  # fmt: skip
PLACES = ("kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Village")
_BODIES = ("kg:Company", "kg:Institution", "kg:Association")
# Before a name, these say with whom, where, whence or against what; the name is then no subject.
_OBJECT = re.compile(
    r"(?:来自|按照|根据|通过|邀请|销往|所属|下属|带动|惠及|辐射|助力|服务|供应|出口到|选址|落户|位于|走进|高于|低于|来到|远销|包括|[由与和同跟向对比较占居列据从在为是给往超])$"
)
_OBJECTS = re.compile(r"(?:对(?![口接应外照])|向|往)(?:[一-龥]{2,6}[、和及])+$")
_FROM = re.compile(r"(?:来自|邀请|组织|包括|分别是|远销|销往|出口[到至]|覆盖|辐射)[^。；]*$")
_TELLS = re.compile(
    r"[^，。；：]{0,8}(?:公布|发布|通报|获悉|消息|主办|承办|协办|发现|监测|测算|认定|评选)|(?:的)?(?:规划|统计|数据|要求)|记者|[籍)]"
)
_AND_SO_MANY = re.compile(r"(?:、[^，。；、]{2,12}){0,8}(?:和[^，。；、]{2,12})?等[0-9两三四五六七八九十]")
_HOLDS = re.compile(r"(?:市|省)?下?辖?的")
_FOUND = re.compile(r"(?:范围内)?(?:共|已)?(?:发现|认定|评选)")  # 某院在全国发现…
_OF_COUNTRY = re.compile(
    r"[，。、：；()\n0-9]|共|已|有|的|是|在|涌现|实现|出口|进口|进出口|仍|将|自|从|约|目前|现有|累计|达|成为|占|去年|今年|全年|$"
)
_SPEAKS = re.compile(r"[^，。：]{0,12}(?:说|表示|介绍|认为|指出|告诉|透露|坦言|强调)|：")
_AND = re.compile(r"[、和与及]|以及")
_TITLED = re.compile(
    r"(?:市|县|区)?(?:委|政府)?[一-龥]{0,6}?(?:书记|[省市县区镇]长|主任|局长|董事|总裁|经理|研究员|会长|主席)"
)
_GENERIC = re.compile(
    r"(?P<both>[两三四五]|[2345])(?P<of>地|县|市|区|家公司|家企业)(?!区)"
    r"|(?P<here>当地)"
    r"|(?:该|全|我|本)(?P<level>[省市县区镇州乡村])(?!第|前|首|平均|各|内|民|集体|的[0-9一二三四五六七八九])"
    r"|(?P<nation>[全我]国)(?!第|前|首|最|唯|率|各|人大|政协|两会|平均|同|文明|示范|先进|重点|性|范围|工商|劳动|统|百|十|优秀|著名)"
    r"|(?:[该此本]|(?<![一-龥]))(?P<project>项目)(?![^，。]{0,6}?[0-9一二三四五六七八九十]+[余多]?个|[建方签组负])|该(?P<project2>项目)"
    r"|(?:是次|本次|此次|本届|该)(?P<event>大会|活动|[一-龥]{0,4}[会节展]|签约|论坛|博览会|仪式)|(?P<event2>会上|大会上|活动现场|组委会|展期内?(?![一-龥])|(?<![一-龥])(?:展|会|节)会期间)"
    r"|(?:该|本|我们)(?P<body2>公司|集团|企业|研究院|协会|合作社|大学|学校|银行|中心|厂)"
    r"|(?P<body>公司|集团|研究院|协会|合作社|厂里)(?![0-9化与等]|[一-龥]{0,8}?(?:[部处]长|主任|总[裁监师]|经理|董事|负责人|会长|秘书))"
    r"|(?<![一-龥])(?P<body3>企业|大学|中心)(?=于|成立|现|目前|在|去年|今年|旗下|产品|年产|已|拥|有|还|计划|将|总)"
    r"|(?:该|本)?(?P<spot>景区|园区|工厂|古镇|开发区|高新区|经开区)(?=日均|共|现|已|今年|去年|拥|有|接待|内|还|占|面积|总|年)"
)
_LEVELS = {
    "省": ("kg:Province",), "市": ("kg:PrefectureCity", "kg:County"), "县": ("kg:County",),
    "区": ("kg:County", "kg:Province"), "镇": ("kg:Town",), "州": ("kg:PrefectureCity",),
    "乡": ("kg:Town",), "村": ("kg:Village",),
}  # fmt: skip
_MARKS = "，；：。“”\n"


@dataclass(frozen=True, slots=True)
class Subject:
    """A place in the text that says whom what follows is about; several mentions where it lists them.

    There are none where nobody can say what 我市 or 该公司 stands for: what follows is about no name
    of the page.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    how: str
    topical: bool

    @property
    def last(self) -> Mention:
        """The mention that stands nearest to what follows."""
        return self.mentions[-1]


def read_subjects(reading: Reading) -> list[Subject]:
    """Return the subjects of a page in order; names that only say with whom or where are none.

    >>> from kg.ingest.reading import read_page
    >>> page = "莘县与冠县签约。该县产值3亿元。曹县、莘县两地的产量分别为3吨、4吨。"
    >>> found = read_subjects(read_page(page))
    >>> [("".join(m.text for m in s.mentions), s.how) for s in found]
    [('莘县', 'named'), ('莘县', 'stands-for'), ('曹县莘县', 'listed')]
    """
    text = reading.page.text
    counted = {f.end for f in reading.figures if f.kind == "count"}  # 52家香港企业
    named = [
        m
        for m in reading.mentions
        if m.type in TYPES and _acts(reading, m) and (m.start not in counted or m.type == "kg:Project")
    ]
    found: list[Subject] = []
    counts = {f.start: f.value for f in reading.figures if f.kind == "count"}
    for run in _lists(text, named):
        start, end = run[0].start, run[-1].end
        tallied = len(run) > 1 and counts.get(end) == len(run)
        if tallied and not re.match(r"[一-龥0-9]{1,3}(?:分|均|都|的)", text[end:]):
            continue  # 辖甲、乙两县: how many were listed
        held = _HOLDS.match(text, end)
        if held and run[-1].type in PLACES and any(m.start == held.end() and m.type in PLACES for m in named):
            continue  # 徐州下辖的邳州市
        # Of 甲市乙县、丙州丁市 each chain names the place that it ends with.
        run = [m for m, after in zip_longest(run, run[1:]) if after is None or after.start != m.end]
        office = run[-1].type in (*PLACES, *_BODIES, "kg:GovernmentBody") and _office(reading, end)
        how = "office" if office else "listed" if len(run) > 1 else "named"
        found.append(Subject(start, end, tuple(run), how, _topical(reading, start)))
    for generic in _GENERIC.finditer(text):
        if any(m.start < generic.end() and generic.start() < m.end for m in reading.mentions):
            continue
        if generic["both"] and found and any(s.how == "listed" and s.end == generic.start() for s in found):
            continue  # 曹县、莘县两地: the names stand right before
        if (
            not generic["event2"]
            and not generic["nation"]
            and _OBJECT.search(text, max(0, generic.start() - 4), generic.start())
        ):
            continue
        topical = _topical(reading, generic.start())
        if generic["body"] and not (topical or not re.match("[一-龥]", text[generic.start() - 1])):
            continue  # 物流公司
        if generic["nation"] and not topical and not _FOUND.match(text, generic.end()):
            continue
        stood = _stood_for(reading, generic, [s for s in found if s.mentions])
        if stood or (topical and (generic["level"] or generic["body"] or generic["body2"])):
            listed = "listed" if len(stood) > 1 else "stands-for"
            found.append(Subject(generic.start(), generic.end(), stood, listed, topical))
    return sorted(found, key=lambda s: s.start)


def _lists(text: str, named: list[Mention]) -> list[list[Mention]]:
    runs: list[list[Mention]] = []
    for mention in named:
        before = runs[-1][-1] if runs else None
        between = text[before.end : mention.start] if before else ""
        if before and (_AND.fullmatch(between) or (not between and before.type in PLACES)):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _acts(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention may be a subject: not where it only says where from, or whose reporter."""
    text, at = reading.page.text, mention.start
    if mention.type in PLACES:  # 在某县某乡: what stands before the chain counts
        while outer := next((p for p in reading.places if p.end == at), None):
            at = outer.start
    before = text[max(0, at - 4) : at]
    start = max(text.rfind(mark, 0, mention.start) for mark in "，。\n“") + 1
    alone = before.endswith(("单是", "光是", "仅是"))  # 单是某镇，去年…
    if _OBJECT.search(before) and not (
        alone or (before[-1:] in "和与" and _listed_before(text, mention, start))
    ):
        return False
    if _AND_SO_MANY.match(text, mention.end):
        return False  # 日本等11个国家的展团
    if _OBJECTS.search(text, start, mention.start):
        return False  # 对甲国、乙国的出口
    if mention.text == "中国" and _topical(reading, mention.start):
        return True
    if mention.type == "kg:Country" and not _OF_COUNTRY.match(text, mention.end):
        return False  # 新加坡企业, 中国质量奖
    if text[mention.start - 1 : mention.start] == "“" and text[mention.end : mention.end + 1] != "”":
        return False  # “海东蜜橘”品牌
    if mention.rule == "list" or _FROM.search(text, start, mention.start):
        return False
    if mention.type == "schema:Person" and _SPEAKS.match(text, mention.end):
        return False
    return not _TELLS.match(text, mention.end)


def _listed_before(text: str, mention: Mention, start: int) -> bool:
    """Tell whether 和 goes on with a list of like names (江安县和高县), not with a partner."""
    before = text[start : mention.start - 1]
    return (
        len(before) >= 2
        and before[-1] == mention.text[-1]
        and not re.search(r"项目|签|合作", text[mention.end : mention.end + 12])
    )


def _office(reading: Reading, end: int) -> bool:
    """Tell whether a name only says where somebody holds office: 曹县 | 县长赵大川."""
    return any(
        end <= m.start <= end + 12 and _TITLED.fullmatch(reading.page.text, end, m.start)
        for m in reading.mentions
        if m.type in ("kg:Official", "kg:Executive", "kg:Expert", "schema:Person")
    )


_ADVERB = re.compile(
    r"(?:[ ，、]|其中|目前|此外|同时|近年来|而|但|据介绍|截至|位于|素有|在[一-龥]{1,4}[，]|另外|作为|"
    r"与此同时|以来|从|到|——)*"
)


def _topical(reading: Reading, start: int) -> bool:
    """Tell whether something stands first in its clause, save for adverbs and periods."""
    text = reading.page.text
    clause = max(text.rfind(mark, 0, start) for mark in _MARKS) + 1
    before = text[clause:start]
    for period in reading.periods:
        if clause <= period.start and period.end <= start:
            before = before.replace(text[period.start : period.end], "")
    return _ADVERB.fullmatch(before) is not None


def _stood_for(reading: Reading, generic: re.Match[str], before: list[Subject]) -> tuple[Mention, ...]:
    """Return what 公司, 该县, 两地 or 该项目 stands for: the last of its kind before."""
    start = generic.start()
    if generic["both"]:
        lists = [s for s in before if s.end <= start and len(s.mentions) in (_COUNT.get(generic["both"], 0),)]
        return lists[-1].mentions if lists else ()
    if generic["nation"]:
        return (Mention("kg:Country", "中国", start, generic.end(), "nation", ("CHN",)),)
    if generic["here"]:
        named = [s.last for s in before if s.end <= start and s.last.type in PLACES]
        return (named[-1],) if named else ()
    if level := generic["level"]:
        acting = [
            s.last
            for s in sorted(before, key=lambda s: s.start)
            if s.end <= start and s.last.type in _LEVELS[level]
        ]
        named = [m for m in acting if bears_level(m, level)]
        often = _often_named(reading, level, start)
        if often and (
            not named or (often.text[:2] != named[-1].text[:2] and _rarely(reading, named[-1], often))
        ):
            return (often,)
        named = named or [m for m in reading.inside(0, start, *_LEVELS[level]) if bears_level(m, level)]
        if level == "省" and named:
            names = Counter(m.text[:2] for m in reading.mentions if m.type == "kg:Province")
            named = [m for m in named if m.text[:2] == names.most_common(1)[0][0]] or named
        return (named[-1],) if named else ()
    if generic["project"] or generic["project2"]:
        named = reading.inside(max(0, start - 300), start, "kg:Project")
    elif generic["event"] or generic["event2"]:
        named = reading.inside(max(0, start - 600), start, "schema:Event")
        named = [m for m in named if m.rule != "meeting"] or named
    elif generic["spot"]:
        named = [
            m
            for m in reading.inside(max(0, start - 500), start, "schema:Place")
            if m.text.endswith(generic["spot"])
        ]
    else:
        word = generic["body"] or generic["body2"] or generic["body3"]
        kinds = _KINDS_OF.get(word, _BODIES)
        named = reading.inside(max(0, start - 600), start, *kinds)
        named = [m for m in named if m.text.endswith(word)] or named
    return (named[-1],) if named else ()


_KINDS_OF = {
    **dict.fromkeys(("公司", "集团", "企业", "银行", "厂", "厂里", "合作社"), ("kg:Company",)),
    "协会": ("kg:Association",),
    "研究院": ("kg:Institution",),
}


def _often_named(reading: Reading, level: str, start: int) -> Mention | None:
    """Return the place of a level that the page names most, also inside other names, at least twice."""
    places = [m for m in reading.places if m.type in _LEVELS[level] and bears_level(m, level)]
    counted = Counter(m.candidates for m in places if m.candidates)
    if not counted or counted.most_common(1)[0][1] < 2:
        return None
    before = [m for m in places if m.candidates == counted.most_common(1)[0][0]]
    return before[0]


def _rarely(reading: Reading, mention: Mention, often: Mention) -> bool:
    """Tell whether a place is named but once where another is named three times and more."""
    counted = Counter(m.candidates for m in reading.places)
    return counted[mention.candidates] == 1 and counted[often.candidates] >= 3


_COUNT = {"两": 2, "三": 3, "四": 4, "五": 5, "2": 2, "3": 3, "4": 4, "5": 5}


_AUTONOMOUS = ("广西", "宁夏", "内蒙", "新疆", "西藏")


def bears_level(mention: Mention, level: str) -> bool:
    """Tell whether a place is of the level that 全市 or 该县 says.

    >>> bears_level(Mention("kg:County", "莘县", 0, 2, "division"), "县")
    True
    """
    if mention.type == "kg:Province":
        return level == "省" or (level == "区" and mention.text.startswith(_AUTONOMOUS))
    if mention.type == "kg:PrefectureCity":
        return level in "市州"
    if level == "镇" and mention.type == "kg:Town":
        return True
    full = (divisions()[code].name for code in mention.candidates if code.isdigit())
    return mention.text.endswith(level) or any(name.endswith(level) for name in full)
