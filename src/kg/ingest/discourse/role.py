"""What the names of a page do in their clauses: whether what follows may be about them."""

from __future__ import annotations

import re
from itertools import zip_longest

from kg.ingest.discourse.clause import SINGLED, clause_start, topical
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES
from kg.ingest.words import words

TYPES = (
    "kg:Country", *PLACES, "kg:Company", "kg:Institution",
    "kg:Association", "kg:GovernmentBody", "schema:Event", "kg:Project", "schema:Person", "schema:Place",
)  # fmt: skip
_PERSONS = ("kg:Official", "kg:Executive", "kg:Expert", "schema:Person")
# Before a name, these say with whom, where, whence or against what; the name is then no subject.
_OBJECT = re.compile(rf"(?:{'|'.join(words()['clause']['object'])})[了着过]?$")
_OBJECTS = re.compile(
    r"(?:对(?![口接应外照])|向|往|出口|进口|销往|远销|畅销|发往|销售)(?:[一-龥]{2,6}[、和及])+$"
)
_FROM = re.compile(
    r"(?:来自|邀请|组织|旗下[又还也现]?(?:[拥设]?有|设立|控股)|下设|包括|分别是|远销|销往|出口[到至]|覆盖|辐射)[^。；]*$"
)
# 单是某镇，增速最快的是某市: what follows is about the one that is singled out.
_SINGLED = re.compile(r"(?:[单光仅]是|最[一-龥]{1,4}的(?:当属|还是|要数|是))$")
_TELLS = re.compile(
    r"[^，。；：]{0,8}(?:公布|发布|通报|获悉|消息|主办|承办|协办|(?:指导|支持|冠名|赞助|监制|出品)[，。；、]|发现|监测|测算|认定|评选)|(?:的)?(?:规划|统计|数据|要求)|记者|[籍)]"
)
_ANNOUNCES = re.compile(r"(?:[(][^)]{0,16}[)])?[^，。；：]{0,6}(?:公布|发布|通报)(?!的)")
_AND_SO_MANY = re.compile(r"等(?:[0-9两三四五六七八九十多]|[各外]?地)")
# 香港旅客, 广东客商: those who come from there.
_WHENCE = re.compile(
    rf"(?:的?(?:[0-9一二三四五六七八九十百千两万]+[余多来]?)?[名位个家]?)(?:{'|'.join(words()['clause']['whence'])})"
)
_MADE = re.compile(r"(?:[建创]成|创建|打造|培育|形成|拥有|[现共已]有|涌现|新增|评[为出]|认定)[了出]?$")
_BOTH = re.compile(r"[两二][省市县区地州国家镇村乡企校港]|[^，。；]{0,14}分别")
#: Of 某公司西安基地 and 重庆子公司某公司 the place says only where.
_BRANCH = re.compile("(?:子公司|分公司|公司|基地|工厂|厂区|总部|分厂|门店|分行|项目部|研究院|研发中心)")
_LINK = re.compile(r"(?:市|省)?下?辖?的?")
_HOLDS = re.compile(r"(?:市|省)?下?辖?的")
_OF_COUNTRY = re.compile(
    r"[，。、：；()\n0-9]|共|已|有|的|是|在|涌现|实现|出口|进口|进出口|仍|将|自|从|约|目前|现有|累计|达|成为|占|居|位[居列]|排|名列|分[居列别]|去年|今年|全年|$"
)
_SPEAKS = re.compile(r"[^，。：]{0,12}(?:说|表示|介绍|认为|指出|告诉|透露|坦言|强调)|：")
# 某镇的农妇刘桂芹, 主播霍晓彤: who somebody is stands before the name.
_CALLED = re.compile(
    rf"的?[一-龥]{{0,4}}?(?:{'|'.join(sorted(words()['person']['title'], key=len, reverse=True))})"
)
_AND = re.compile(r"[、和与及]|以及")
_TITLED = re.compile(
    r"(?:市|县|区)?(?:委|政府)?[一-龥]{0,6}?(?:书记|[省市县区镇]长|主任|局长|董事|总裁|经理|研究员|会长|主席)"
)


def read_roles(reading: Reading) -> list[tuple[tuple[Mention, ...], str]]:
    """Return the names, and coordinations of names, that what follows may be about, and how they say so.

    A name of which only an office is told is listed as ``office``.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("曹县、莘县的产量分别为3吨、4吨，在冠县、阳谷县设厂。高唐县县长赵大川说好。")
    >>> [("".join(m.text for m in run), how) for run, how in read_roles(reading)]
    [('曹县莘县', 'listed'), ('高唐县', 'office')]
    """
    text = reading.page.text
    counts = {f.end: f.start for f in reading.figures if f.kind == "count"}  # 52家香港企业
    tallies = {f.start: f for f in reading.figures if f.kind == "count"}
    named = [m for m in reading.mentions if m.type in TYPES and _of_its_own(reading, m)]
    found: list[tuple[tuple[Mention, ...], str]] = []
    for run in _coordinated(text, named):
        start, end = run[0].start, run[-1].end
        tally = tallies.get(end)
        if tally and tally.value == len(run) > 1 and re.match("[，。；、和及]|$", text[tally.end :]):
            continue  # 辖甲、乙两县，: how many were listed
        if tally and tally.value == len(run) > 1 and _MADE.search(text, max(0, start - 6), start):
            continue  # 建成甲、乙2个示范县: the two are what is counted
        if start in counts and run[0].type != "kg:Project":
            continue
        held = _HOLDS.match(text, end)
        if held and any(m.start == held.end() for m in named):
            continue  # 徐州下辖的邳州市, 某公司的某工厂
        if run[-1].type in PLACES and _of_person(reading, end):
            continue
        if run[-1].type in PLACES and (branch := _BRANCH.match(text, end)):
            owner = reading.inside(max(0, start - 40), start, "kg:Company")
            if any(m.end == start for m in owner) or any(m.start == branch.end() for m in named):
                continue
        if not _acts(reading, run):
            continue
        # Of 甲市乙县、丙州丁市 each chain names the place that it ends with.
        kept = [m for m, after in zip_longest(run, run[1:]) if after is None or after.start != m.end]
        office = kept[-1].type in (*PLACES, *ORGANIZATIONS) and _office(reading, end)
        found.append((tuple(kept), "office" if office else "listed" if len(kept) > 1 else "named"))
    return found


def chain_start(reading: Reading, at: int) -> int:
    """Return where the names start that hold the one at an offset: 某县某镇的某公司."""
    text = reading.page.text
    if any(p.start == at for p in reading.inside(at, at + 12, "schema:Person")):
        start = max([clause_start(text, at), *(m.end for m in reading.inside(max(0, at - 12), at, *PLACES))])
        at = start if _CALLED.fullmatch(text, start, at) else at
    while before := next(
        (m for m in reading.inside(max(0, at - 40), at) if _LINK.fullmatch(text, m.end, at)), None
    ):
        at = before.start
    return at


def _of_person(reading: Reading, end: int) -> bool:
    """Tell whether a place only says whence somebody is: 某村村民王业昌种地."""
    named = reading.inside(end, end + 16, "schema:Person")
    return bool(named) and _CALLED.fullmatch(reading.page.text, end, named[0].start) is not None


def _of_its_own(reading: Reading, mention: Mention) -> bool:
    """Tell whether a mention is a name in the sentence: not a part of a number (澳门元) or of a slogan."""
    text = reading.page.text
    if any(f.start < mention.end and mention.start < f.end for f in reading.figures):
        return False
    if text.startswith("元", mention.end):
        return False  # 5亿澳门元
    quoted = text[mention.start - 1 : mention.start] == "“" and "”" in text[mention.end : mention.end + 8]
    if quoted and text[mention.end] != "”" and mention.type in PLACES:
        return False  # “海东蜜橘”品牌
    return mention.rule != "list"


def _coordinated(text: str, named: list[Mention]) -> list[list[Mention]]:
    runs: list[list[Mention]] = []
    for mention in named:
        before = runs[-1][-1] if runs else None
        between = text[before.end : mention.start] if before else ""
        alike = before is not None and (before.type in PLACES) == (mention.type in PLACES)
        if alike and _partner(text, runs[-1], mention):
            alike = False
        if before and ((alike and _AND.fullmatch(between)) or (not between and before.type in PLACES)):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _partner(text: str, run: list[Mention], mention: Mention) -> bool:
    """Tell whether 和 or 与 names a partner (甲公司与乙公司签约), not one more of a list."""
    joined = text[mention.start - 1]
    if _BOTH.match(text, mention.end):
        return False  # 甲省与乙省两地产值分别…
    if joined not in "和与" or mention.start - run[-1].end != 1:
        return False
    together = re.search(r"项目|签|合作|共建|携手", text[mention.end : mention.end + 12])
    return mention.type != "kg:Project" and (joined == "与" or together is not None)


def whence(text: str, mention: Mention) -> bool:
    """Tell whether a place only says where those come from who are counted: 香港旅客.

    >>> whence("香港旅客3万人次", Mention("kg:Province", "香港", 0, 2, "division"))
    True
    """
    return mention.type in PLACES and _WHENCE.match(text, mention.end) is not None


def _acts(reading: Reading, run: list[Mention]) -> bool:
    """Tell whether a run of names may be a subject: not where it only says where or whence."""
    text, at, mention = reading.page.text, run[0].start, run[-1]
    if run[0].type in (*PLACES, "schema:Place"):  # 在某县某乡: what stands before the chain counts
        beside = [*reading.places, *reading.inside(max(0, at - 12), at, "kg:Country")]
        while outer := next((p for p in beside if p.end == at), None):
            at = outer.start
    start = clause_start(text, at)
    singled = _SINGLED.search(text, start, at) or SINGLED.search(text, start, at)
    if _OBJECT.search(text, start, at) and not singled:
        return False
    if _AND_SO_MANY.match(text, mention.end) or _OBJECTS.search(text, start, at):
        return False  # 日本等11个国家的展团, 对甲国、乙国的出口
    if mention.type == "kg:Country":
        if mention.text == "中国" and topical(reading, mention.start):
            return True
        if not _OF_COUNTRY.match(text, mention.end):
            return False  # 新加坡企业, 中国质量奖
    if _FROM.search(text, start, at) and not singled:
        return False
    if whence(text, mention):
        return False
    if mention.type == "schema:Person" and _SPEAKS.match(text, mention.end):
        return False
    if mention.type == "kg:Company" and _ANNOUNCES.match(text, mention.end):
        return True  # 某公司公布业绩
    return not _TELLS.match(text, mention.end)


def _office(reading: Reading, end: int) -> bool:
    """Tell whether a name only says where somebody holds office: 曹县 | 县长赵大川."""
    return any(
        end <= m.start <= end + 12 and _TITLED.fullmatch(reading.page.text, end, m.start)
        for m in reading.inside(end, end + 24, *_PERSONS)
    )
