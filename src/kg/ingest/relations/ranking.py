"""Ranked lists: which names stand on one, row by row or in prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from kg.figures import parse_numeral
from kg.ingest.discourse.chain import chain_after, narrowest
from kg.ingest.discourse.occasion import article_of
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import Relation
from kg.ingest.relations.row import Row
from kg.ingest.relations.table import plain_rows

_KINDS = {
    r"企业|民企|公司|品牌|500强|独角兽|上市|制造业|服务业|[厂店]": ("kg:Company",),
    r"强[镇乡]|[镇乡](?:百强|千强|榜|排行|综合|$)": ("kg:Town",),
    r"(?:强|示范|明星)村|村(?:百强|榜|排行|$)": ("kg:Village",),
    r"城市|地级市|市百强": ("kg:PrefectureCity", "kg:County"),
    r"高校|大学|医院": ("kg:Institution",),
    r"景区|园区|开发区|高新区": ("schema:Place",),
}
_ANY = (
    "kg:County",
    "kg:PrefectureCity",
    "kg:Company",
    "kg:Town",
    "kg:Village",
    "kg:Province",
    "schema:Place",
)
_ROW_START = re.compile(
    r"(?:第(?=[0-9一二三四五六七八九十]{1,3}[名位])|NO\.?|TOP)?(?P<rank>[0-9]{1,3}|(?<=第)[一二三四五六七八九十]{1,3})"
    r"(?:(?<=第[0-9一二三四五六七八九十])[名位]|(?<=第[0-9一二三四五六七八九十]{2})[名位])?[.、：: ]{0,2}"
)
_OUTER = re.compile(r"[一-龥]{0,8}?[省市州]?")
_LEAST_ROWS = 3
_LONGEST_ROW = 60
# A line, a clause, or what ends before the next rank.
_PART = re.compile(r"(?:(?! (?:第?[0-9]{1,3}[名位.、]?)[一-龥])[^，；。：\n])+")


_ITEM = re.compile(r"[^；。：\n]+")
# The noun that a table is about, in the words over it: 各县网络零售额排名如下.
_ABOUT = re.compile(
    r"(?P<name>[一-龥]{2,12}?)(?:总量|规模)?(?:排名|排行|排序|居前|，?前[0-9一二三四五六七八九十]{1,3}(?:名|位|强)?|情况)(?:的)?[^。；]{0,16}$"
)
_OF_WHOM = re.compile(r"^.*(?:各地|各县市区|各县|各区|各市|县域|全[省市县国]|[省市县区]|年|月|季度|按)")


def read_rows(reading: Reading) -> list[Row]:
    """Return the rows of the rankings of a page: three and more that each open with a rank and a name.

    They stand line by line, or one behind the other: 第1名甲县3亿元，第2名乙县2亿元，….

    >>> from kg.ingest.reading import read_page
    >>> page = read_page("“果业百强县”前三名：\\n1 莘县 92.36\\n2 冠县 90.18\\n3 曹县 88.7\\n三县都在山东。")
    >>> [(r.subject.text, r.ranked.text) for r in read_rows(page)]
    [('莘县', '果业百强县'), ('冠县', '果业百强县'), ('曹县', '果业百强县')]
    """
    text, lines = reading.page.text, reading.page.paragraphs
    found = _runs(text, (_row(reading, start, end) for start, end in lines))
    for start, end in lines:
        if not any(start <= row.start < end for row in found):
            for part in (_PART, _ITEM):  # 1.甲公司，3亿元；2.乙公司，2亿元
                run = _runs(text, (_row(reading, *p.span()) for p in part.finditer(text, start, end)))
                found += run
                if run:
                    break
    ranked = {row.start for row in found}
    found += [row for row in plain_rows(reading) if row.start not in ranked]
    return sorted(found, key=lambda row: row.start)


def about(over: str) -> str:
    """Return the measure that the words over a table say that it ranks by, nothing where it is a list.

    >>> about("各县网络零售额排名："), about("百强县榜单前三名：")
    ('网络零售额', '')
    """
    found = _ABOUT.search(re.split(r"[。\n]", over.strip())[-1])
    name = _OF_WHOM.sub("", found["name"]) if found else ""
    return "" if re.search("榜|名单|强|佳|企业|项目", name) or len(name) < 2 else name


def _runs(text: str, rows: Iterable[Row | None]) -> list[Row]:
    """Return the rows that stand one behind the other, each ranked right behind the one before."""
    found: list[Row] = []
    run: list[Row] = []
    for row in (*rows, None):
        if row is not None and run and row.rank == run[-1].rank + 1:
            run.append(row)
            continue
        if len(run) >= _LEAST_ROWS:
            own = about(text[: run[0].start])
            found += [replace(r, ranked=None) if own else r for r in run]
        run = [row] if row is not None else []
    return found


def _row(reading: Reading, start: int, end: int) -> Row | None:
    text = reading.page.text[start:end]
    opened = _ROW_START.match(text) if end - start < _LONGEST_ROW else None
    if opened is None or re.search("[。；].", text):
        return None
    at = start + opened.end()
    names = narrowest([m for m in reading.inside(at, end, *_ANY) if m.start <= at + 8])
    if not names or not _OUTER.fullmatch(reading.page.text, at, names[0].start):
        return None
    first, _ = article_of(reading, start)
    lists = reading.inside(first, start, "kg:RankedList")
    return Row(start, end, names[0], lists[-1] if lists else None, int(parse_numeral(opened["rank"]) or 0))


_LISTED = re.compile(
    r"上榜|登上|入选|跻身|入围|榜单|名列(?!前茅)|榜上有名|进入(?=[^，。]{0,8}(?:榜|名单|百强|[0-9]强))|再次入榜|入榜|在列|登榜"
)
_PLACED = re.compile(
    r"(?:排名?|排在|排到|位列|位居|位次|名次|列|居|分列|分居|分别列|升至|前移至|跃居|跃升至|跌至|退居|滑落至)"
    r"(?:[^，。；]{0,14}?(?:升至|降至|跌至|进至))?(?:全国|全省)?(?:榜单)?(?:第[0-9一二三四五六七八九十百]+[名位]?|榜首|首位|榜眼|前[0-9一二三四五六七八九十]+)"
)
_NAMES = re.compile(
    r"(?:上榜|入围|入选|登榜|跻身)(?:的)?[^，。；：]{0,14}?(?:有|是|为|包括|分别(?:是|为)|：)|(?:有|是|为|分别(?:是|为)|包括)：?"
)
_OTHER = re.compile(
    r"全[省市县区]|增速|增幅|增长|总量|规模|数量|总数|产值|产量|收入|出口|零售额|销售额|GDP|生产总值|占比|面积|人均"
)
_ELSEWHERE = re.compile(r"(?:在|来自|赴|到|于|去|对|与|同|比|距|除)$")
_ABROAD = re.compile(r"(?:举行|举办|召开|发布|开幕|的?(?:工厂|车间|会议|企业|记者))")


def members(reading: Reading) -> Iterator[Relation]:
    """Yield who is on a list: the rows under it, and the names that a sentence says are listed or ranked.

    >>> from kg.ingest.reading import read_page
    >>> text = "“果业百强县”名单公布，莘县、冠县入围。曹县列第46位。"
    >>> [(r.object.text, r.rule) for r in members(read_page(text))]
    [('莘县', 'listed'), ('冠县', 'listed'), ('曹县', 'ranked')]
    >>> text = "“果业百强县”名单公布，聊城的莘县，临沂的平邑县、郯城县，枣庄滕州市，分别上榜。"
    >>> [r.object.text for r in members(read_page(text))]
    ['莘县', '平邑县', '郯城县', '滕州市']
    """
    rows = read_rows(reading)
    for row in rows:
        if row.ranked is not None:
            span = (row.start, row.end)
            yield Relation(row.ranked, "schema:itemListElement", row.subject, *span, "row", 0.85)
    lists = [m for m in reading.mentions if m.type == "kg:RankedList"]
    if not lists:
        return
    for start, end in reading.sentences:
        if not any(row.start <= start < row.end for row in rows):
            yield from _in_prose(reading, start, end)


def _in_prose(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    first, last = article_of(reading, start)
    named = reading.inside(start, end, "kg:RankedList")
    before = reading.inside(first, start, "kg:RankedList")
    if not (named or before) or start >= last:
        return
    ranked = (named or before)[-1]
    kinds = next((k for words, k in _KINDS.items() if re.search(words, ranked.text)), ("kg:County",))
    told: set[str] = set()
    among = _AMONG.match(text, start)
    if among and _LISTED.search(text, max(first, start - 60), start):
        for one in chain_after(reading, among.end(), end, *kinds):
            yield Relation(ranked, "schema:itemListElement", one, one.start, one.end, "among", 0.75)
    for cue, rule in _cues(text, start, end):
        if rule == "ranked" and not named and _OTHER.search(text, max(start, cue.start() - 22), cue.start()):
            continue
        for one in _subjects(reading, start, end, cue, kinds):
            if one.text not in told:
                told.add(one.text)
                span = (min(one.start, cue.start()), max(one.end, cue.end()))
                span = span if span[1] - span[0] < 60 else (one.start, one.end)
                sure = 0.8 if named else 0.75
                yield Relation(ranked, "schema:itemListElement", one, *span, rule, sure)


_AMONG = re.compile(r"其中，?")


def _cues(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], str]]:
    for cue in _LISTED.finditer(text, start, end):
        yield cue, "listed"
    for cue in _PLACED.finditer(text, start, end):
        yield cue, "ranked"


def _subjects(
    reading: Reading, start: int, end: int, cue: re.Match[str], kinds: tuple[str, ...]
) -> list[Mention]:
    """Return the names before a cue that are its subject, or those after it that it lists."""
    text = reading.page.text
    names = _NAMES.match(text, cue.start()) or _NAMES.search(text, cue.end(), min(end, cue.end() + 24))
    if names and cue.re is _LISTED:
        listed = chain_after(reading, names.end(), end, *kinds, *_PLACES_OVER)
        found = _listed_after(reading, names.end(), end, kinds)
        found = found or [m for m in listed if m.type in kinds]
        if found:
            return found
    clause = start
    found = [m for m in reading.inside(clause, cue.start(), *kinds) if _acts(text, m, cue.start())]
    if not found:
        return []
    near = found[-1]
    gap = text[near.end : cue.start()]
    if re.search(r"[；。]", gap) or gap.count("，") > 2:
        return []
    run = [near]
    for one, after in reversed(list(pairwise(found))):
        joined = _AND.fullmatch(text, one.end, after.start) or _moved_on(reading, one.end, after.start)
        if after is not run[0] or not joined:
            break
        run.insert(0, one)
    return run


_AND = re.compile(r"(?:[、，]?(?:[、和与及]|以及)|、)?(?:[一-龥]{2,6}?[省市州](?:的)?|[一-龥]{2,4}的)?")
_PLACES_OVER = ("kg:PrefectureCity", "kg:Province")


def _moved_on(reading: Reading, start: int, end: int) -> bool:
    """Tell whether only the name of another place stands between: 甲市的乙县，丙市的丁县."""
    text = reading.page.text
    return text[start] == "，" and any(
        m.start == start + 1 and text[m.end : end] in ("", "的")
        for m in reading.inside(start, end, *_PLACES_OVER)
    )


def _listed_after(reading: Reading, at: int, end: int, kinds: tuple[str, ...]) -> list[Mention]:
    """Return the members of a list that goes on to the sentence's end: 无锡的甲市、乙市，徐州的丙市."""
    text = reading.page.text
    run: list[Mention] = []
    left = at
    for one in reading.inside(at, end, *kinds):
        if not re.fullmatch(
            r"[、，：；]?(?:和|与|及|以及)?(?:[一-龥]{2,8}?的|[一-龥]{2,6}?[省市州])?", text[left : one.start]
        ):
            break
        run.append(one)
        left = one.end
    return run


def _acts(text: str, mention: Mention, cue: int) -> bool:
    """Tell whether a name before a cue may be what is listed: not where it only says where something is."""
    if _ELSEWHERE.search(text[max(0, mention.start - 2) : mention.start]):
        return False
    return not _ABROAD.match(text, mention.end) or mention.end == cue
