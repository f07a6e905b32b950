"""Mentions of projects: by the word 项目, and works, parks and bases that are being built."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.ingest.names.item import read_items
from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_WORKS = "|".join(sorted(words()["project"]["work"], key=len, reverse=True))
_PROJECT = re.compile(
    rf"(?P<name>(?:[一-龥A-Za-z0-9+“”()·±×]|(?<=[一-龥])-(?=[一-龥])){{3,30}}?(?:项目|(?P<work>{_WORKS})(?:[一二三四五六七八九十]{{1,2}}期)?(?P<is>项目|(?:改建|扩建|改扩建|改造|提升|升级|加固|配套|整治|修复|续建)?工程)?(?![^，。；、：\n和与及的在是]{{0,6}}项目)))"
    r"(?![师学局院公库部组]|中心|技术|负责|办公|(?:建设|投资)?(?:引导)?基金|清单|建设现场)"
)
# What says that a thing without the word 项目 is being built.
_BUILT_BEFORE = re.compile(
    r"(?:建设|兴建|共建|承建|投建|筹建|新建|在建|打造|规划|谋划|投资|签约|签下|签订|开工|动工|启动|上马|推进|落地|承接|(?:亿|万)元)[^，。；]{0,12}?(?:的|座|个|条)?$"
)
_BUILT_AFTER = re.compile(
    r"[，]?(?:一期|二期|首期|也|又|已|正在?|将|正式|通过|预定|预计|计划|拟|在[^，。；]{2,14}|今年|明年|下月|\d+月|主体)*(?:(?:计划|估算|动态|概算|静态)?总?投资|总装机|概算|开工|动工|奠基|破土|施工|贯通|掘进|竣工|封顶|由[^，。；]{2,30}(?:投资|建设|承建))|"
    r"。(?:该|此|这个)?项目|(?:规划|计划|设计|首期|一期)?(?:全长|总长|占地|用地|面积|总建筑面积|建筑面积)[^。；]{0,28}?(?:投资|掘进|开工|动工|建设|施工)"
)
_COUNT_FIRST = re.compile(
    r"^(?:[两几数多0-9一二三四五六七八九十百千万]+[余多]?(?:条|个|座|家|亩|栋|处|大)|全|各|这|那|该|此|我|本)"
)
_BEFORE = re.compile(
    r"选址|该项目|共建|兴建|(?:新建|扩建)(?!工程|项目|改造)|在建|拟建|筹建|承建|跟|介绍|通报|[东南西北上里内边旁]建(?!设|筑|材)|驶[过上出入]|横跨|穿过|[，。；：、\n]|合作的|建设的?|投资的?|签约的?|实施的?|引进的?|推进|启动|开工|总投资|亿元的|"
    r"万元的|其中|包括|以及|及|落户的?|打造的?|负责的?|的(?=[一-龥A-Za-z“])|是|为|与|和(?!谐|美)|在|了|将|对|于|"
    r"由|使|个|上马|谋划|规划|签署|签订|签下|建成|新开工|实施|推动|引入|坚持|支持|强化|投入|安装|购置|新增|新上|万元|亿元|就|公司|集团|政府|银行|深化|[)有来到把被从]"
)
_GENERIC = re.compile(
    rf"^(?:{'|'.join(words()['project']['generic'])}|[一二三四五六七八九十百两几多0-9余个次批第年月])+$"
)
_IS = re.compile(
    r"(?:是|成为|作为|打造成)(?:我国|全国|全省|世界|全球|国内|亚洲)?(?:重要|最大|主要|著名|知名|有名)的$"
)
# 智能 | 分拨中心项目 names one by the kind of centre that it is.
_PLAIN = "|".join(sorted((w for w in words()["project"]["work"] if "中心" not in w), key=len, reverse=True))
_STEM = re.compile(rf"(?:项目|工程|{_PLAIN})+$")
_TOWN = re.compile(r"[一-龥]{2,3}?[镇乡](?=[一-龥])(?!村)|[一-龥]{2,5}(?:街道|开发区|高新区)(?=[一-龥])")
# A division by its full name holds what stands after it; a short one is a part of the name.
_FULL = ("division", "settlement", "uncoded")
_NICKNAME = re.compile(r"“[^”]{1,4}”(?=[一-龥]{3})")  # “硬骨头”某某隧道
# Of the firm that the page speaks of: 公司 | 二期项目, 今年动工的 | 三期项目; a factory of a place: 永川二厂.
_PHASE = re.compile(
    r"(?:(?<=[，。；、：\n的])|(?<=公司)|(?<=企业)|(?<=集团)|(?<=园区)|(?<=厂))(?P<name>[二三四五]期(?:项目|工程))(?![、和与及])"
)
_NEW = re.compile(r"(?:共建|兴建|新建|建设|筹建)$")
_FACTORY_BUILT = re.compile(r"(?:兴建|新建|扩建|投建)(?P<name>[一-龥]{2}[一二三四五六]厂)")
_FACTORY = re.compile(r"(?:[一二三四五六]|新)厂(?![区房长])")
_COUNTED = re.compile(r"(?:共|有|达|近|约|超|总数|分别为)*[0-9一二两三四五六七八九十]+[余多]?[个条项座宗]")


def read_projects(text: str, places: Sequence[Mention] = ()) -> Iterator[Mention]:
    """Yield the projects of a clean text; 重大项目 and 制造业项目 say a kind and name none.

    >>> [m.text for m in read_projects("签约的橘汁加工项目和12个重大项目")]
    ['橘汁加工项目']
    """
    items = list(read_items(text, places))
    yield from items
    for match in _PHASE.finditer(text):
        yield Mention("kg:Project", match["name"], *match.span("name"), "phase", (), 0.7)
    for match in _FACTORY_BUILT.finditer(text):
        yield Mention("kg:Project", match["name"], *match.span("name"), "factory", (), 0.75)
    for place in places:
        factory = _FACTORY.match(text, place.end) if place.type != "kg:Country" else None
        if factory:
            name = text[place.start : factory.end()]
            yield Mention("kg:Project", name, place.start, factory.end(), "factory", (), 0.7)
    for match in _PROJECT.finditer(text):
        if any(m.start < match.end() and match.start() < m.end for m in items):
            continue
        start = match.start()
        for before in _BEFORE.finditer(text, match.start(), match.end() - 1):
            start = before.end()
        if text.count("”", start, match.end()) > text.count("“", start, match.end()):
            start = text.rindex("”", start, match.end()) + 1
        if match["work"] and (nick := _NICKNAME.match(text, start, match.end())):
            start = nick.end()
        start = _after_place(text, start, match.end(), places)
        name = text[start : match.end()]
        if match["work"] and not match["is"] and not _built(text, start, match.end()):
            continue  # an industrial park at work is a place
        if name.count("”") != name.count("“") or name.count("(") != name.count(")"):
            continue
        if _IS.search(text, max(0, start - 16), start):
            continue  # 某市是全国重要的橘子生产基地: what it is, no project
        if _COUNTED.match(text, match.end()) or (name.endswith("业项目") and len(name) < 9):
            continue  # 制造业项目19个: a kind that is counted, no name
        if _COUNT_FIRST.match(name):
            continue  # 两条生产线, 千亩产业园, 这么大的项目
        stem = _STEM.sub("", name)
        new = _NEW.search(text, max(0, start - 2), start) and re.match(
            "，(?:总?投资|占地)", text[match.end() :]
        )
        if (
            (len(name) >= 6 or (new and len(name) >= 4))
            and not _GENERIC.match(stem)
            and re.match(r"[一-龥A-Za-z“]", name)
        ):
            yield Mention(
                "kg:Project", name, start, match.end(), "project", (), 0.8 if name.endswith("项目") else 0.75
            )


_INFRASTRUCTURE = re.compile(
    r"(?:公路|铁路|高铁|快速路|高速|地铁|运河|航道|泊位|隧道|大桥|电站|水利枢纽|电厂|风电场)$"
)
# A work of the ground, whose own progress is told: 某运河工程累计完成投资320亿元.
_GROUND = re.compile(r"(?:工程|公路|铁路|高铁|快速路|高速|地铁|运河|隧道|大桥|电站|枢纽|航道)$")
_PROGRESS = re.compile(
    r"(?:累计|已|共|主体)*(?:完成(?:年度|总|固定资产)*(?:投资|工程量)|完工|获批|获核准|通过(?:竣工)?验收|全线通车)"
)
_DONE = re.compile(r"(?:建成|建起|建有|拥有|运营|投用)了?$")
_UNDER_WAY = re.compile(
    r"总投资|完成投资|完工|路基|架梁|铺轨|动态投资|概算|掘进|开挖|施工|开工|动工|在建|合龙|贯通|工期|计划[^。]{0,10}(?:通车|投产|建成)|首台机组"
)


def _built(text: str, start: int, end: int) -> bool:
    """Tell whether the words beside a name say that it is being built."""
    before = max(text.rfind(mark, 0, start) for mark in "，。；\n") + 1
    if _DONE.search(text, before, start):
        return False
    if _GROUND.search(text, start, end) and _PROGRESS.match(text, end):
        return True
    if _INFRASTRUCTURE.search(text, start, end) and _UNDER_WAY.search(text, before, end + 80):
        return True
    return _BUILT_BEFORE.search(text, before, start) is not None or _BUILT_AFTER.match(text, end) is not None


def _after_place(text: str, start: int, end: int, places: Sequence[Mention]) -> int:
    """Return where a name starts after the division that holds it: 江口镇 | 柳编家居出口项目."""
    town = _TOWN.match(text, start, end)
    held = [p.end for p in places if start <= p.start and p.end < end and p.rule in _FULL]
    last = max([*held, town.end() if town else start])
    rest = text[last:end]
    return last if len(rest) >= 6 and not _GENERIC.match(_STEM.sub("", rest)) else start
