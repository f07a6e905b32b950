"""Mentions of organizations: by what a name ends in, and by standing in a list that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention

# What a name ends in, and its class. The longer ending is tried first.
_ENDINGS = {
    "kg:Company": "有限责任公司 股份有限公司 集团有限公司 有限公司 集团公司 总公司 分公司 公司 集团 银行 合作社 合作联社 超市 商城 酒厂 "
    "药业 实业 乳业 控股 证券 保险 出版社 事务所 企业联盟 家庭农场",
    "kg:Institution": "研究院 研究中心 研究所 科学院 农科院 设计院 大学 职业学院 技术学院 学院 实验室 服务中心 推广中心 发展中心 "
    "指挥中心 监测中心 试验站 医院 中学 小学 学校 博物馆 图书馆 文化馆 智库 基金会 管理处 工作站 服务站",
    "kg:GovernmentBody": "人民政府 市政府 县政府 区政府 省政府 镇政府 市委 县委 区委 省委 镇党委 党委 人大常委会 人大 政协 组织部 宣传部 "
    "统战部 农业农村部 商务部 财政部 教育部 科技部 工信部 生态环境部 交通运输部 国务院 发改委 国资委 卫健委 网信办 新闻办 办公厅 办公室 "
    "委员会 管委会 农业农村局 商务局 财政局 统计局 税务局 交通运输局 市场监管局 文旅局 投资促进局 乡村振兴局 教体局 教育局 民政局 "
    "水利局 林业局 公安局 司法局 审计局 自然资源局 生态环境局 人社局 科技局 工信局 住建局 海关 局 农业农村厅 商务厅 财政厅 厅 法院 检察院",
    "kg:Association": "国际贸易促进委员会 贸促会 商会 总商会 协会 学会 联合会 工商联 促进会 妇联 残联 文联 科协 联盟 总工会 慈善总会 团委",
}  # fmt: skip
_CLASS = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_ENDING = re.compile("|".join(sorted(map(re.escape, _CLASS), key=len, reverse=True)))
# A name starts after punctuation or after one of these; longer ones first, so that 以及 is not 以 and 及.
_BEFORE = re.compile(
    r"[，。、；：！？“”‘’《》\n…\-—•·/| ]|以及|包括|涉及|其中|邀请|组织|吸引|引进|来自|联合|携手|委托|依托|借助|通过|对于|关于|根据|按照|"
    r"随着|得益于|走进|走访|来到|落户|入驻|成立|组建|设立|总结|担任|现任|原任|下属|旗下|所属|举行|举办|主办|承办|协办|支持|指导|"
    r"[由与和及跟同向对从在给把被将让使为以据是有到等的了至于经任、]|[一二三四五六七八九十两几多0-9余]+[家个名所位]|(?:近|约|余|多)家"
)
_KEEPS = re.compile(r"(?:合作|联合|和平|和谐|共同|同城|同济|大同|会同|有限|同仁|对外|对口|国有|所有|现代|中和|经济|经贸|经营|经纪|市委|主任|有色|有机|"
    r"开发|向阳|从化|在线|信和|人和|太和|泰和|祥和|永和|和信|和县|和田|的士|给排水|等级|被动|使馆|为民|以色列|是非|任丘|任城|于都|到家|及第|对接|"
    r"经信|经开|让胡路|同方|同仁|将军|至诚|了望|合同|与会|万和|华为|有机|有为|国有|富有|公有|拥有)")  # fmt: skip
# An ending with nothing of its own before it names a kind, not a body: 物流公司, 县政府, 研究院.
_GENERIC = re.compile(
    r"^(?:[该本此各其一全某贵我当多]|快递|物流|上市|跨国|大型|龙头|当地|相关|有关|省内|国内|国外|国际|外贸|电商|村级|村|省级|市级|县级|专业|股份|经济|"
    r"国有|民营|地方|县市区?|市县|直属|服务|推广|基层|农民|农村|农业|高等|家庭|商业|行业|科技|农产品|合作|县|市|省|区|镇|乡|联合|公共|综合|信息|便民|专|有限|母|子|"
    r"总|分|大|小|中|开发|投资|保险|建筑|劳务|贸易|食品|旅游|乡镇|基层党|村党|两级|各级|三级|快递物流)*$"
)
_LONGEST = 28
_LISTED = re.compile(
    r"(?P<items>[^，。；：、\n“”《》()]{2,12}(?:、[^，。；：、\n“”《》]{2,12}){1,}(?:[和与及][^，。；、\n“”《》]{2,8})?)"
    r"(?:，?以及[^，。；]{0,30})?等(?:[^，。；、\n]{0,8}?)(?:企业|电商|公司|品牌|商家|平台|集团|机构|客商)"
)
_ITEM = re.compile(r"^[一-龥A-Za-z0-9]{2,8}$")


def read_organizations(text: str, places: list[Mention]) -> list[Mention]:
    """Read the organizations of a clean text.

    >>> found = read_organizations("由海东市人民政府、省果业协会主办，30家快递物流公司参加", [])
    >>> [(m.text, m.type) for m in found]
    [('海东市人民政府', 'kg:GovernmentBody'), ('省果业协会', 'kg:Association')]
    """
    found = list(_by_ending(text, places))
    found += [m for m in _by_list(text, places) if not any(m.overlaps(other) for other in found)]
    known = {m.text: m.type for m in found}
    found += [m for m in _again(text, known) if not any(m.overlaps(other) for other in found)]
    return sorted(found, key=lambda m: m.start)


def _by_ending(text: str, places: list[Mention]) -> Iterator[Mention]:
    at = 0
    ends_of_places = {m.end: m.start for m in places}
    for ending in _ENDING.finditer(text):
        if ending.start() < at:
            continue
        # 研究院 inside 中国农村发展研究院院长 ends there, but 大学 in 浙江大学中国…研究院 goes on.
        if re.match(r"[一-龥]{0,12}?(?:研究院|研究中心|研究所|有限公司|公司|学院)", text[ending.end() :]) and ending[0] in (
            "集团", "大学", "科学院", "超市", "银行",
        ) and not _BEFORE.search(text, ending.end(), _next_ending(text, ending.end())):  # fmt: skip
            continue
        start = _start(text, ending.start(), max(at, ending.end() - _LONGEST))
        # 山东省聊城市商务局: the places right before an ending belong to it, 在 and 的 before them do not.
        if start == ending.start() and ending.start() in ends_of_places:
            start = ends_of_places[ending.start()]
        name = text[start : ending.end()]
        stem = name[: -len(ending[0])]
        if not stem or _GENERIC.match(stem) or len(name) < 3 or not re.match(r"[一-龥A-Za-z0-9]", name):
            continue
        if _WORD_AFTER.match(text, ending.end()) and ending[0] in ("局", "厅", "集团", "人大", "海关", "法院"):
            continue
        if ending[0] == "局" and re.search(r"[结布格当时大全开变残定僵]局$|新发展格局", name):
            continue
        if ending[0] == "厅" and re.search(r"[餐客大报告舞音乐展]厅$", name):
            continue
        at = ending.end()
        sure = 0.9 if len(ending[0]) > 2 or any(p.start == start for p in places) else 0.75
        yield Mention(_CLASS[ending[0]], name, start, ending.end(), "ending", (), sure)


_WORD_AFTER = re.compile(r"[面部势限促化军式群]")


def _next_ending(text: str, at: int) -> int:
    following = _ENDING.search(text, at)
    return following.start() if following else at


def _start(text: str, end: int, floor: int) -> int:
    """Return where the name that ends at an ending starts: after the last word that cannot be in one."""
    start = floor
    for before in _BEFORE.finditer(text, floor, end):
        if any(k.start() <= before.start() < k.end() for k in _KEEPS.finditer(text, max(0, before.start() - 2), end)):
            continue
        # 阿里巴巴(衢州)…: a place in brackets is a part of the name; 聊城市(山东省) is not cut either.
        start = before.end()
    if text[start:end].count(")") > text[start:end].count("("):
        start = text.index(")", start) + 1
    opening = text[start:end].rfind("(")
    if opening >= 0 and ")" not in text[start + opening : end]:
        start += opening + 1
    return start


def _by_list(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Yield the names in 甲、乙、丙等知名企业, where no name may end like one."""
    for listed in _LISTED.finditer(text):
        at = listed.start("items")
        for item in re.split(r"[、和与及]", listed["items"]):
            start = text.index(item, at)
            at = start + len(item)
            if start == listed.start("items"):
                cut = _start(text, at, start)
                item, start = text[cut:at], cut
            named = any(p.start == start and p.end == at for p in places)
            if _ITEM.match(item) and not named and not _KIND.search(item):
                yield Mention("kg:Company", item, start, at, "list", (), 0.7)


_KIND = re.compile(r"(?:企业|产业|行业|产品|品牌|电商|服务|技术|设备|食品|农业|水果|国家|地区|代表|客商|项目|材料|[业品]$)")


def _again(text: str, known: dict[str, str]) -> Iterator[Mention]:
    """Yield later mentions of a known body by its full name or without its ending (阿里巴巴 for 阿里巴巴集团)."""
    names = dict(known)
    for name, kind in known.items():
        short = re.sub(r"(?:集团|股份|有限公司|公司)+$", "", name)
        if len(short) >= 3 and short != name and kind == "kg:Company" and "(" not in short:
            names.setdefault(short, kind)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            yield Mention(names[name], name, *match.span(), "again", (), 0.8)
