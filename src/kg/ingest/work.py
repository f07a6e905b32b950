"""Mentions of what has a title or a long name: reports, ranked lists, events, projects, designations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention, longest

_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,40})》")
_QUOTED_LIST = re.compile(
    r"[“「《](?P<title>[^“”「」《》\n]{2,30}(?:百强县?|[0-9一二三四五六七八九十]+强|百佳|排行榜|"
    r"榜单|名单)[^“”「」《》\n]{0,6})[”」》]"
)
_BARE_LIST = re.compile(r"(?P<title>[一-龥]{2,14}百强县?)(?:名单|榜单|榜)?")
_EVENT_END = (
    "开幕式|闭幕式|启动仪式|签约仪式|揭牌仪式|高峰论坛|论坛|博览会|交易会|展销会|洽谈会|推介会|"
    "对接会|订货会|招商会|峰会|年会|研讨会|座谈会|恳谈会|"
    "交流会|现场会|推进会|动员大会|发展大会|创新大会|合作大会|企业家大会|博士大会|大会|新闻发布会|"
    "发布会|圆桌会议|培训会议|工作会议|文化节|"
    "采摘节|艺术节|旅游节|购物节|美食节|桃花节|啤酒节|[一-龥]{2,4}节|展览会|展会|仪式|双选会|招聘会|"
    "广交会|进博会|挑战赛|大赛"
)
_EVENT = re.compile(
    rf"(?P<name>(?:20\d\d年?|第[一二三四五六七八九十百\d]+届|首届)(?:[^，。；、"
    rf"“”\n《》]|“[^”\n]{{1,8}}”){{2,40}}?(?:{_EVENT_END})(?:[暨][^，。；、“”\n]{{2,30}}?(?:{_EVENT_END}))?)(?!名)"
)
_MEETING = re.compile(
    r"(?P<name>[一-龥]{2,16}?(?:对接会|推介会|洽谈会|圆桌会议|培训会议|签约仪式|启动仪式|博览会|"
    r"交易会|高峰论坛|研讨会|座谈会|恳谈会|招商会|展销会|文化节|采摘节|旅游节))"
)
_MEETING_BEFORE = re.compile(
    r"[，。；：、“”\n（()]|举办了?|举行的?|召开的?|参加|出席|此次|本次|该|在|的|了|和|与|及|是|"
    r"为|于|名为|开展|开幕|聊|期间|届|亮相|这个|那个|借鉴|打造|承办|主办|参与"
)
_PROJECT = re.compile(r"(?P<name>[一-龥A-Za-z0-9+“”()]{3,30}?(?:项目|(?:工程|产业园|基地|生产线)(?:项目)?))")
_PROJECT_BEFORE = re.compile(
    r"[，。；：、\n]|合作的|建设的?|投资的?|签约的?|实施的?|引进的?|推进|启动|开工|总投资|亿元的|"
    r"万元的|其中|包括|以及|落户的?|打造的?|负责的?|的(?=[一-龥A-Za-z])|是|为|与|和|在|了|将|对|于|"
    r"由|使|个|上马|谋划|规划|签署|签订|签下|建成|新开工|实施|推动|引入"
)
_PROJECT_GENERIC = re.compile(
    r"^(?:[一二三四五六七八九十百两几多0-9余]*个?(?:重大|重点|大|好|新|合作|签约|此|该|本|这些|"
    r"多个|有多个|现场|一批|省级|市级|国家级|对接|投资|亿元|建设|在建|续建|产业|工业|招商|基础设施|"
    r"生产|种植|养殖|培训|示范|创业|就业|民生|原料|上|新建|扶贫|文旅|农业|储备|优质|外资|相关|所有|"
    r"各类|大型|标准化|以上|新能源|主要|全部|”|“)*)+(?:项目|工程|产业园|基地|生产线)$"
)
_COUNTED = re.compile(r"(?:共|有|达|近|约|超)*[0-9一二两三四五六七八九十]+[余多]?[个条项座宗]")
_DESIGNATION = re.compile(
    r"(?P<name>(?:国家级?|全国|中国|省级|市级|[一-龥]{2}省)[^，。；、"
    r"\n“”0-9]{2,20}?(?:示范[县市区镇村户园](?!域)|示范企业|示范基地|示范社|先进县|强县|百强县|"
    r"名县|之乡|特色小镇|小镇|龙头企业|"
    r"文明城市|卫生城市|森林城市|园林城市|卫生县城|称号|高新技术企业|“[^”]{2,12}”(?:企业|县|村|镇)))"
)


def read_works(text: str) -> list[Mention]:
    """Read the reports, lists, events, projects and designations of a clean text.

    >>> found = read_works("首届柑橘博览会开幕，《柑橘报告》发布，签约的橘汁加工项目")
    >>> [(m.text, m.type) for m in found]
    [('首届柑橘博览会', 'schema:Event'), ('柑橘报告', 'schema:Report'), ('橘汁加工项目', 'kg:Project')]
    """
    found: list[Mention] = []
    for reader in (_lists, _titles, _events, _meetings, _designations, _projects):
        found += [m for m in reader(text) if not any(m.overlaps(other) for other in found)]
    return longest(found)


def _lists(text: str) -> Iterator[Mention]:
    names: set[str] = set()
    for match in _QUOTED_LIST.finditer(text):
        names.add(match["title"])
        yield Mention("kg:RankedList", match["title"], *match.span("title"), "quoted-list", (), 0.9)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            yield Mention("kg:RankedList", name, *match.span(), "again", (), 0.85)


def _titles(text: str) -> Iterator[Mention]:
    for match in _TITLE.finditer(text):
        title = match["title"]
        report = re.search(r"报告|蓝皮书|白皮书|年鉴|指数|公报", title)
        kind = "schema:Report" if report else "schema:CreativeWork"
        yield Mention(kind, title, *match.span("title"), "title-marks", (), 0.9 if report else 0.6)


def _events(text: str) -> Iterator[Mention]:
    names: set[str] = set()
    for match in _EVENT.finditer(text):
        if re.search(r"年(?:来|度|底|以来)|月\d|全国两会", match["name"]):
            continue
        names.add(match["name"])
        yield Mention("schema:Event", match["name"], *match.span("name"), "edition", (), 0.85)
    # The same event without its year or its edition.
    for name in sorted(names, key=len, reverse=True):
        short = re.sub(r"^(?:20\d\d年?|第[一二三四五六七八九十\d]+届|首届)", "", name)
        for match in re.finditer(re.escape(short), text):
            yield Mention("schema:Event", short, *match.span(), "again", (), 0.8)


def _meetings(text: str) -> Iterator[Mention]:
    for match in _MEETING.finditer(text):
        start = match.start()
        for before in _MEETING_BEFORE.finditer(text, match.start(), match.end() - 3):
            start = before.end()
        name = text[start : match.end()]
        if len(name) >= 5 and not re.match(r"[个场次届种]|新闻发布会$", name):
            yield Mention("schema:Event", name, start, match.end(), "meeting", (), 0.7)


def _projects(text: str) -> Iterator[Mention]:
    for match in _PROJECT.finditer(text):
        start = match.start()
        for before in _PROJECT_BEFORE.finditer(text, match.start(), match.end() - 2):
            start = before.end()
        name = text[start : match.end()]
        if name.count("”") != name.count("“"):
            continue
        if _COUNTED.match(text, match.end()) or (name.endswith("业项目") and len(name) < 9):
            continue  # 制造业项目19个: a kind that is counted, no name
        if len(name) >= 6 and not _PROJECT_GENERIC.match(name) and re.match(r"[一-龥A-Za-z0-9“]", name):
            sure = 0.8 if name.endswith("项目") else 0.6
            yield Mention("kg:Project", name, start, match.end(), "project", (), sure)


def _designations(text: str) -> Iterator[Mention]:
    for match in _DESIGNATION.finditer(text):
        yield Mention("kg:Designation", match["name"], *match.span("name"), "designation", (), 0.75)
