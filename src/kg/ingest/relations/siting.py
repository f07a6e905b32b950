"""Where projects are: 落户某镇, 在某区建设, 某镇的某项目, 起于某县."""

from __future__ import annotations

import re

from kg.ingest.discourse.chain import SITES, chain_after, narrowest
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relations.account import Account
from kg.ingest.words import words

#: What is done with a project by those who are party to it.
INVESTS = "|".join(sorted(words()["project"]["done"], key=len, reverse=True))
_SITE = re.compile(
    r"(?:落户|选址|位于|坐落|地处|落地|落子|布局|扎根|入驻|进驻|建)(?:于|在|到)?|(?:建设|项目|实施)?(?:地点|地址|选址)(?:为|在|：)?|落地园区(?:为|：)?"
)
_IN = re.compile(r"(?:在|于)")
_BUILDS = re.compile(
    r"[，]?(?:分[两二三四][期批]|全面|正式|顺利|集中|举行|投资[^，。；]{0,10}?|独资|共同|合作|规划|计划|将|拟|启动|实施)*(?:投建|投资|建设|兴建|新建|扩建|开工|动工|试产|投产|奠基|启动|落地|实施|打造|建成|竣工|施工|建厂|设厂|破土|揭牌|上马|组织)"
)


def sites_of(reading: Reading, account: Account) -> list[tuple[str, Mention]]:
    """Return the places where a project is, by name, the narrowest of each chain.

    >>> from kg.ingest.relations.account import read_accounts
    >>> from kg.ingest.reading import read_page
    >>> page = read_page("--橘汁深加工项目，选址聊城市莘县，总投资3亿元。")
    >>> [name for name, _ in sites_of(page, read_accounts(page)[0])]
    ['莘县']
    """
    text, project = reading.page.text, account.project
    found: dict[str, Mention] = {}

    def add(sites: list[Mention]) -> None:
        for site in sites:
            found.setdefault(site.text, site)

    after = max(account.start, project.end) if account.start <= project.start < account.end else account.start
    for verb in _SITE.finditer(text, after, account.end):
        if verb[0] != "建" and not text[verb.end() :].startswith(("了", "的")):
            add(_at(reading, verb.end(), account.end))
    for prep in _IN.finditer(text, account.start, account.end):
        sites = _at(reading, prep.end(), account.end)
        if not sites:
            continue
        tail = sites[-1].end
        builds = _BUILDS.match(text, tail)
        between = text[tail : project.start] if tail < project.start else ""
        owned = between and re.fullmatch(rf"，?[^，。；]{{0,30}}(?:{INVESTS})[^，。；]{{0,8}}的?", between)
        if (builds and (prep.start() >= project.end or between)) or owned:
            add(sites)
    for site in reading.inside(max(account.start, project.start - 30), project.start, *SITES):
        between = text[site.end : project.start]
        if (
            between == "的" or (between == "" and site.type != "kg:PrefectureCity")
        ) and site.type != "kg:Province":
            add([site])
    if shared := _SHARED.search(text, account.end - 1, reading.sentence(account.end - 1)[1]):
        common = _at(reading, shared.end(), min(len(text), shared.end() + 24))
        if common and _BUILDS.match(text, common[-1].end):
            add(common)
    if rises := _RISES.search(text, account.start, account.end):
        add(narrowest(reading.inside(rises.start(), account.end, *SITES))[:6])
    if not found and (named := _in_name(reading, project)):
        add([named])
    return list(found.items())


def _in_name(reading: Reading, project: Mention) -> Mention | None:
    """Return the narrowest place that the name of a project opens with: 播州区 of 遵义市播州区供水项目.

    A county alone is often whose the project is: 诸城市某产业园 may be told of some town.
    """
    chain: list[Mention] = []
    for place in reading.places:
        if place.start == (chain[-1].end if chain else project.start) and place.end < project.end:
            chain.append(place)
    small = chain and chain[-1].type in ("kg:Town", "kg:Village")
    return chain[-1] if small or len(chain) > 1 else None


# 甲投资的某项目、乙投资的某项目均已在某区落地
_SHARED = re.compile(r"(?:均|都|全部)(?:已|将|拟|计划)?(?:经)?在")
_RISES = re.compile(r"(?:起于|起自|起点位于|北起|西起|东起|南起|途经|途[经径]|连接)")


def _at(reading: Reading, at: int, end: int) -> list[Mention]:
    """Return the places right at an offset, of a chain the narrowest: 落户 | 南康区龙岭镇."""
    skip = re.compile(r"[“]?(?:了|在|于|该[县市区]|我[县市区])?").match(reading.page.text, at)
    sites = chain_after(reading, skip.end() if skip else at, end, *SITES)
    return [] if sites and _NARROWER.match(reading.page.text, sites[-1].end) else sites


# What goes on like this is a place that the page names by more than was read of it.
_NARROWER = re.compile(
    rf"(?!{INVESTS}|在|由|的|分)[一-龥]{{1,8}}?(?:[区镇乡县村]|街道|开发区|产业园|园区|中心|广场|酒店)(?!域|长|建设)"
)
