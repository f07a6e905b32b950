"""Mentions of what has a title or a long name: reports, ranked lists, events, projects, designations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from kg.ingest.names.award import read_awards, read_epithets, read_titles
from kg.ingest.names.event import read_events
from kg.ingest.names.mention import Mention, longest
from kg.ingest.names.project import read_projects

_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,40})》")
_QUOTED_LIST = re.compile(
    r"[“「《](?P<title>[^“”「」《》\n]{2,30}(?:[百千]强[县区市镇村]?|[0-9一二三四五六七八九十]+强[县区市镇村]?|十[大佳][县市镇村]|百佳|排行榜|"
    r"榜单|名单)[^“”「」《》\n]{0,6})[”」》]"
)


def read_works(text: str, places: Sequence[Mention] = ()) -> list[Mention]:
    """Read the reports, lists, events, projects and designations of a clean text.

    >>> found = read_works("首届柑橘博览会开幕，《柑橘报告》发布，签约的橘汁加工项目")
    >>> [(m.text, m.type) for m in found]
    [('首届柑橘博览会', 'schema:Event'), ('柑橘报告', 'schema:Report'), ('橘汁加工项目', 'kg:Project')]
    """
    found: list[Mention] = []
    projects = partial(read_projects, places=places)
    for reader in (_titles, read_events, _lists, read_titles, read_awards, read_epithets, projects):
        found += [m for m in reader(text) if not any(m.overlaps(other) for other in found)]
    return longest(found)


_STRONG = (
    r"(?:百强|百佳|(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,3})强)"
    r"(?:县(?:市区|市)?|区|市|镇|村|企业|品牌|榜)?"
)
_UNQUOTED_LIST = re.compile(
    rf"(?P<title>[一-龥0-9]{{4,26}}?(?:{_STRONG}(?=名单|榜单|排行榜|排名|榜)"
    r"|[一-龥]{4}(?:城市|企业|县域|县市|品牌|园区|景区|集群|[名强][县镇村])(?=榜单|排行榜)"
    r"|[一-龥]{2}(?:排行|价值|品牌|指数|排名|先锋|潜力|实力)榜(?!样)))"
)
# 跻身全国百强县; 公布2020年度某某名单.
_ENTERED = re.compile(
    r"(?:[跻挺]身|入选|入围|位列|稳居|位居|进入?|闯入|重返|上榜|蝉联|保持|列)了?(?:20\d\d年度?)?“?(?P<title>(?:全国|中国|中部|西部|东部|全省|[一-龥]{2}省)"
    r"[一-龥]{0,10}?(?:[百千]强(?:县市?|县级市|区|镇|村|市)?|[一二三四五]?十强(?:县市?|区|镇|村|市)|[百十]佳[县镇村]))(?![一-龥]*(?:名单|榜))"
)
_PUBLISHED = re.compile(
    r"(?:(?:公布|发布|公示|揭晓|印发)了?(?:的)?)(?P<title>(?:20\d\d年度?)?[一-龥“”]{4,26}名单)(?=[，。；])|"
    r"(?P<after>(?<=[，。\n])20\d\d年度?[一-龥“”]{4,26}名单)(?=[^，。]{0,8}(?:公布|发布|揭晓|出炉))"
)
# Before a list that stands without marks: what is done with it.
_LIST_BEFORE = re.compile(
    r"(?:发布|公布|揭晓|推出|评出|入围|入选|登上|跻身|进入|上榜|荣登|位列|蝉联)了?(?!的)|[在的了，。、“：]|根据|最新|其中|一份|这份"
)


def _lists(text: str) -> Iterator[Mention]:
    names: set[str] = set()
    for match in _QUOTED_LIST.finditer(text):
        names.add(match["title"])
        yield Mention("kg:RankedList", match["title"], *match.span("title"), "quoted-list", (), 0.9)
    for match in _UNQUOTED_LIST.finditer(text):
        start, end = match.span("title")
        for before in _LIST_BEFORE.finditer(text, start, end - 3):
            start = before.end()
        title = text[start:end]
        size = re.search(_STRONG, title)
        told = any(title in name or (size and size[0][:2] in name) for name in names)
        if len(title) >= 5 and not told:
            names.add(title)
            yield Mention("kg:RankedList", title, start, end, "list-name", (), 0.75)
    for match in (*_ENTERED.finditer(text), *_PUBLISHED.finditer(text)):
        group = "title" if match["title"] else "after"
        title = match[group]
        size = re.search(_STRONG, title)
        if any(title in name or (size and size[0][:2] in name) for name in names):
            continue
        if not (size and title.endswith("名单")):  # 百强县名单 is the list 百强县
            names.add(title)
            yield Mention("kg:RankedList", title, *match.span(group), "list-name", (), 0.7)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            yield Mention("kg:RankedList", name, *match.span(), "again", (), 0.85)


# What reports something, and what a government or a body lays down.
_REPORT = re.compile(
    r"报告|蓝皮书|白皮书|绿皮书|皮书|年鉴|指数|公报|年报|半年报|季报|财报|观察(?:[(（]|$)|研究|调查|图谱|地图|"
    r"规划|办法|方案|意见|条例|通知|纲要|计划|措施|细则|指南|标准|规范|清单|公告|倡议书|宣言|章程"
)
_ANNUAL = re.compile(r"20\d\d年(?:度报告|年度报告|年报|半年报|半年度报告|一季报|三季报|第[一三]季度报告)")
# A report that is printed whole: its title is a line of its own.
_HEADING = re.compile(
    r"(?m)^(?P<title>[^，。：《》\n]{6,40}(?:公报|白皮书|蓝皮书|统计报告|发展报告))(?:[(（][^)）\n]{1,6}[)）])?$"
)


def _titles(text: str) -> Iterator[Mention]:
    for match in _TITLE.finditer(text):
        title = match["title"]
        if re.search(rf"(?:{_STRONG}|排行榜|榜单|名单|[一-龥]榜)$", title):
            continue
        report = _REPORT.search(title)
        kind = "schema:Report" if report else "schema:CreativeWork"
        yield Mention(kind, title, *match.span("title"), "title-marks", (), 0.9 if report else 0.6)
    for match in _ANNUAL.finditer(text):
        yield Mention("schema:Report", match[0], *match.span(), "annual", (), 0.75)
    for match in _HEADING.finditer(text):
        yield Mention("schema:Report", match["title"], *match.span("title"), "heading", (), 0.8)
