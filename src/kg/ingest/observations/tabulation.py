"""The figures of a ranking that is set row by row: the rank, and what each column measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.figures import Figure
from kg.figures.row import read_row
from kg.ingest.measures.measure import LIST_RANK
from kg.ingest.measures.phrase import phrase_before
from kg.ingest.observations.listing import columns, listed_rows
from kg.ingest.observations.observation import Observation
from kg.ingest.observations.scope import stretch_before
from kg.ingest.reading import Reading
from kg.ingest.relations.ranking import about, read_rows
from kg.ingest.relations.row import Row

_TOLD = re.compile(
    r"数字(?:均|分别)?(?:为|是|表示)(?P<name>[一-龥]{2,12})|(?:[及和]其|各[县市区省镇地](?:[市区]*)(?:的)?)(?P<with>[一-龥A-Z]{2,12}?)(?:分别|依次)?(?:[为是]|如下)?(?:[（(]单位[^（）()]*[)）])?[：:]?\s*$"
    r"|按(?:照|其)?(?:(?:20[0-9]{2}|[今去上])?年?度?)(?P<by>[一-龥A-Z]{2,12}?)(?:总量|大小|高低|多少|由[高多大]到[低少小]|从[高多大]到[低少小])?(?:排[序名列]|计算?|看|划分)?，[^，。]{0,12}[：:]\s*$"
)
#: “淘宝村十大县”: what the list counts.
_MANY = re.compile(
    r"(?P<of>[一-龥]{1,6}(?:[村镇]|企业|品牌|商标|专利|网店))(?:[一二三五]?[十百]强|[十百]大)[县市镇区][^。]*$"
)
_GROWTH = re.compile("(?:同比|按年|比上年|较上年)?(?:增长?|下降|降|上升|上涨|减少?|增速|增幅|升|跌)")
_INDEX = re.compile(r"[一-龥]{0,6}(?:指数|得分|总分|分值|评分)(?!排名|榜|报告|体系)")
_COLUMN = re.compile(r"[^ 0-9。；：]{2,14}")
_WHOSE = re.compile(r"排名|名次|位次|序号|省份|所在|所属|隶属|县|市|区|企业|名称|地区|单位|乡镇|公司")
_UNIT = re.compile(r"[（(][^）)]*[)）]")


def tabulated(reading: Reading) -> list[Observation]:
    """Return the figures of the rows of a page's rankings.

    >>> from kg.ingest.reading import read_page
    >>> text = "“果业百强县”前三名（数字为综合指数）：\\n1 莘县 92.36\\n2 冠县 90.18\\n3 曹县 88.7\\n完。"
    >>> [(o.subject.text, o.measure, o.figure.verbatim) for o in tabulated(read_page(text))][:2]
    [('莘县', '榜单名次', '1'), ('莘县', '综合指数', '92.36')]
    """
    rows = [row for row in read_rows(reading) if row.rank]
    found: list[Observation] = []
    first = 0
    for before, row in zip([None, *rows], rows, strict=False):
        first = first if before is not None and row.rank == before.rank + 1 else row.start
        found += _of_row(reading, row, reading.page.text[:first])
    ranked = {row.start for row in rows} | {row.subject.start for row in rows}
    for run in listed_rows(reading):
        if not any(row.start in ranked for row in run):
            found += _of_run(reading, run)
    return found


def _of_run(reading: Reading, run: list[Row]) -> Iterator[Observation]:
    """Yield the figures of rows without a rank; what the first row names holds for those below it."""
    text = reading.page.text
    over = text[max(0, run[0].start - 200) : run[0].start].rstrip("\n：: ●■◆▲★·*○")
    cells, told, names = columns(over), _told(over + "："), [""] * 9
    for row in run:
        figures = [f for f in reading.figures if row.subject.end <= f.start and f.end <= row.end]
        left, before = row.subject.end, ""
        for index, figure in enumerate(figures[:9]):
            own = re.sub(r"[ ：:，；、\-]", "", text[left : figure.start])
            left = figure.end
            if row is run[0]:
                names[index] = own
            noun = phrase_before(own) if own else None
            if len(cells) == len(figures):
                measure = cells[index]
            elif own and told and noun and not _GROWTH.fullmatch(own) and not noun.headed:
                measure = own + told  # 再生金属制品基地41.2亿元, under 按出口额
            else:
                measure = own or names[index] or told
            if index and figure.kind == "percent" and _GROWTH.fullmatch(own or names[index]):
                measure = f"{before}增速"  # 莘县 31.2亿元 增长8%
            before = measure
            if figure.kind == "count" and not measure and (many := _MANY.search(over)):
                measure = many["of"] + "数量"
            if measure and figure.kind != "rank" and not own.isdigit():
                yield replace(
                    _observed(row, figure, measure, 0.7), period=stretch_before(reading, run[0].start)
                )


def _of_row(reading: Reading, row: Row, over: str) -> Iterator[Observation]:
    """Yield the figures of a row; ``over`` are the words before the ranking."""
    text, columns = reading.page.text, _header(over)
    bare = [_moved(f, row.start) for f in read_row(text[row.start : row.end])]
    figures = [f for f in reading.figures if row.start <= f.start and f.end <= row.end]
    ranks = [f for f in (*bare, *figures) if f.kind == "rank" and f.start < row.subject.start]
    values = [f for f in (*figures, *bare) if f.start >= row.subject.end]
    for rank in ranks[:1]:
        of = about(over)
        yield _observed(row, rank, f"{of}位次" if of else LIST_RANK, 0.8)
    left = row.subject.end
    for index, figure in enumerate(sorted(values, key=lambda f: f.start)):
        named = re.sub(r"[ :：—\-…·，,]+", "", text[left : figure.start])
        left = figure.end
        column = len(columns) - len(values) + index
        measure = columns[column] if 0 <= column < len(columns) else _named(reading, row, named)
        measure = measure or _told(over) or about(over) or (_indexed(over) if figure.kind == "index" else "")
        if measure:
            yield _observed(row, figure, measure, 0.75 if named or columns else 0.65)


def _observed(row: Row, figure: Figure, measure: str, sure: float) -> Observation:
    return Observation(figure, row.subject, measure, row.start, row.end, "row", sure)


def _named(reading: Reading, row: Row, words: str) -> str:
    """Return the measure that a row says itself; what is in brackets belongs to it, unless it is a place."""
    bracket = re.match(r"[(（](?P<what>[^()（）]{2,12})[)）](?P<rest>.*)$", words)
    if bracket is None:
        return words if re.fullmatch(r"[一-龥A-Z]{2,14}", words) else ""
    place = any(
        row.start <= p.start < row.end and p.text == bracket["what"] and p.start > row.subject.start
        for p in reading.places
    )
    rest = bracket["rest"]
    return (rest if place or not rest else bracket["what"] + rest) if re.fullmatch(r"[一-龥]*", rest) else ""


def _header(over: str) -> list[str]:
    """Return the names of the columns after the name, where a line over the rows gives them."""
    line = over.removesuffix("\n").rpartition("\n")[2]
    cells = [_UNIT.sub("", cell) for cell in line.split(" ")]
    if len(cells) < 2 or len(line) > 50 or not all(_COLUMN.fullmatch(cell) for cell in cells):
        return []
    values = [cell for cell in cells if not _WHOSE.fullmatch(cell) and not _WHOSE.match(cell)]
    return values if len(values) < len(cells) else []


def _told(over: str) -> str:
    """Return what the words over a table say that its numbers are: 数字为综合指数."""
    told = list(_TOLD.finditer(over[-200:]))
    return next(name for name in told[-1].groups() if name) if told else ""


def _indexed(over: str) -> str:
    named = _INDEX.findall(over[-400:])
    return str(named[-1]) if named else "综合指数"


def _moved(figure: Figure, by: int) -> Figure:
    return replace(figure, start=figure.start + by, end=figure.end + by)
