"""Mentions of projects: works, bases and parks by what they end in, where more than their kind is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention
from kg.ingest.words import words

_PROJECT = re.compile(r"(?P<name>[一-龥A-Za-z0-9+“”()·]{3,30}?(?:项目|(?:工程|产业园|基地|生产线)(?:项目)?))")
_BEFORE = re.compile(
    r"[，。；：、\n]|合作的|建设的?|投资的?|签约的?|实施的?|引进的?|推进|启动|开工|总投资|亿元的|"
    r"万元的|其中|包括|以及|及|落户的?|打造的?|负责的?|的(?=[一-龥A-Za-z])|是|为|与|和(?!谐|美)|在|了|将|对|于|"
    r"由|使|个|上马|谋划|规划|签署|签订|签下|建成|新开工|实施|推动|引入|坚持|支持|强化|投入|安装|购置|新增|新上|万元|亿元|就|公司|集团|政府|银行|深化|[)有来到把被从]"
)
_GENERIC = re.compile(
    rf"^(?:{'|'.join(words()['project']['generic'])}|[一二三四五六七八九十百两几多0-9余个次批第年月])+$"
)
_IS = re.compile(
    r"(?:是|成为|作为|打造成)(?:我国|全国|全省|世界|全球|国内|亚洲)?(?:重要|最大|主要|著名|知名|有名)的$"
)
_STEM = re.compile(r"(?:项目|工程|产业园|基地|生产线)+$")
_COUNTED = re.compile(r"(?:共|有|达|近|约|超|总数|分别为)*[0-9一二两三四五六七八九十]+[余多]?[个条项座宗]")


def read_projects(text: str) -> Iterator[Mention]:
    """Yield the projects of a clean text; 重大项目 and 制造业项目 say a kind and name none.

    >>> [m.text for m in read_projects("签约的橘汁加工项目和12个重大项目")]
    ['橘汁加工项目']
    """
    for match in _PROJECT.finditer(text):
        start = match.start()
        for before in _BEFORE.finditer(text, match.start(), match.end() - 2):
            start = before.end()
        name = text[start : match.end()]
        if name.count("”") != name.count("“") or name.count("(") != name.count(")"):
            continue
        if _IS.search(text, max(0, start - 16), start):
            continue  # 某市是全国重要的橘子生产基地: what it is, no project
        if _COUNTED.match(text, match.end()) or (name.endswith("业项目") and len(name) < 9):
            continue  # 制造业项目19个: a kind that is counted, no name
        stem = _STEM.sub("", name)
        if len(name) >= 6 and not _GENERIC.match(stem) and re.match(r"[一-龥A-Za-z“]", name):
            yield Mention(
                "kg:Project", name, start, match.end(), "project", (), 0.8 if name.endswith("项目") else 0.6
            )
