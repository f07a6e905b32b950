"""Mentions of projects: works, bases and parks by what they end in, where more than their kind is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.ingest.mention import Mention
from kg.ingest.words import words

_PROJECT = re.compile(r"(?P<name>[一-龥A-Za-z0-9+“”()·]{3,30}?(?:项目|(?:工程|产业园|基地|生产线)(?:项目)?))")
# Roads, tunnels and power stations go by their own names.
_WORK = re.compile(
    r"(?P<name>[一-龥]{2,6}?(?:(?:抽水蓄能|水|核|光伏|火)电站|风电场|高速公路|高速铁路|隧道|水利枢纽|引水工程|调水工程))(?![一-龥]{0,8}(?:项目|管理|公司|局|工程))"
)
_ANY_WORK = re.compile(
    r"全[省市县国区]|境内|[0-9一二三四五六七八九十两几多余各][条座个]|^[该本这那各]|建设|承建|修建|开挖|贯通|完善|农村|城市|大型|[的在]|普通|收费|国家|地方|公路|工程|路基|桥梁"
)

_BEFORE = re.compile(
    r"选址|该项目|共建|驶[过上出入]|横跨|穿过|连接|[，。；：、\n]|合作的|建设的?|投资的?|签约的?|实施的?|引进的?|推进|启动|开工|总投资|亿元的|"
    r"万元的|其中|包括|以及|及|落户的?|打造的?|负责的?|的(?=[一-龥A-Za-z])|是|为|与|和(?!谐|美)|在|了|将|对|于|"
    r"由|使|个|上马|谋划|规划|签署|签订|签下|建成|新开工|实施|推动|引入|坚持|支持|强化|投入|安装|购置|新增|新上|万元|亿元|就|公司|集团|政府|银行|深化|[)有来到把被从]"
)
_GENERIC = re.compile(
    rf"^(?:{'|'.join(words()['project']['generic'])}|[一二三四五六七八九十百两几多0-9余个次批第年月])+$"
)
_IS = re.compile(
    r"(?:是|成为|作为|打造成)(?:我国|全国|全省|世界|全球|国内|亚洲)?(?:重要|最大|主要|著名|知名|有名)的$"
)
# A division before a project holds it: 柳泉镇 | 橘汁加工项目.
_FULL = ("division", "settlement", "uncoded")
_SET_IN = re.compile(r"(?:选址|位于|入驻|走进|来到|进驻|落户|依托|在|到)$")
_BUILT = re.compile(
    r"建设|投资|新建|拟建|打造|签约|开工|奠基|动工|落户|谋划|规划|签下|签订|上马|投建|兴建|总投资|竣工|试产"
)
_STEM = re.compile(r"(?:项目|工程|产业园|基地|生产线)+$")
_COUNTED = re.compile(r"(?:共|有|达|近|约|超|总数|分别为)*[0-9一二两三四五六七八九十]+[余多]?[个条项座宗]")


def read_projects(text: str, places: Sequence[Mention] = ()) -> Iterator[Mention]:
    """Yield the projects of a clean text; 重大项目 and 制造业项目 say a kind and name none.

    >>> [m.text for m in read_projects("签约的橘汁加工项目和12个重大项目")]
    ['橘汁加工项目']
    """
    for match in _PROJECT.finditer(text):
        start = _start(text, match, places, 1)
        name = text[start : match.end()]
        if len(name) < 6 or (not name.endswith("项目") and _is_site(text, start, match)):
            continue
        if name.count("”") != name.count("“") or name.count("(") != name.count(")"):
            continue
        if _IS.search(text, max(0, start - 16), start):
            continue  # 某市是全国重要的橘子生产基地: what it is, no project
        if _COUNTED.match(text, match.end()) or (name.endswith("业项目") and len(name) < 9):
            continue  # 制造业项目19个: a kind that is counted, no name
        if name.endswith("生产线"):
            continue  # two production lines are no project by themselves
        stem = _STEM.sub("", name)
        stem = next((text[p.end : start + len(stem)] for p in places if p.start == start), stem)
        if stem and not _GENERIC.match(stem) and re.match(r"[一-龥A-Za-z“]", name):
            yield Mention(
                "kg:Project", name, start, match.end(), "project", (), 0.8 if name.endswith("项目") else 0.6
            )
    yield from _works(text, places)


def _start(text: str, match: re.Match[str], places: Sequence[Mention], least: int) -> int:
    """Return where a name starts: after the last word that is none of it, and the division that holds it."""
    start = match.start()
    for before in _BEFORE.finditer(text, start, match.end() - least):
        start = before.end()
    last = match.end() - least - 3
    return max([start, *(p.end for p in places if start <= p.start and p.end <= last and p.rule in _FULL)])


def _works(text: str, places: Sequence[Mention]) -> Iterator[Mention]:
    for match in _WORK.finditer(text):
        start = _start(text, match, places, 3)
        if match.end() - start >= 4 and not _ANY_WORK.search(text, start, match.end() - 2):
            yield Mention("kg:Project", text[start : match.end()], start, match.end(), "work", (), 0.65)


def _is_site(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a park or a base is a place where things are: nothing near says that it is built."""
    if text[start] == "“":
        return True  # “某某云仓”直播基地 is known by what is quoted
    if text[match.end() - 3 : match.end()] != "产业园":
        return False
    if _SET_IN.search(text, max(0, match.start()), start) or _SET_IN.search(text, max(0, start - 3), start):
        return True
    clause = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    return not _BUILT.search(text, max(clause, start - 24), match.end() + 8)
