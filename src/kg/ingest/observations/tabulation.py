"""The figures of a ranking that is set row by row: the rank, and what each column measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.figures import Figure, Period
from kg.figures.row import read_row
from kg.ingest.discourse.occasion import article_of
from kg.ingest.measures.measure import LIST_RANK
from kg.ingest.observations.observation import Observation
from kg.ingest.observations.scope import frame_of
from kg.ingest.reading import Reading
from kg.ingest.relations.ranking import about, read_rows
from kg.ingest.relations.row import Row

_TOLD = re.compile(r"数字(?:均|分别)?(?:为|是|表示)(?P<name>[一-龥]{2,12})")
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
    rows = read_rows(reading)
    found: list[Observation] = []
    first, said = 0, dict[int, str]()
    for before, row in zip([None, *rows], rows, strict=False):
        goes_on = before is not None and (
            row.rank == before.rank + 1 if row.rank else not before.rank and row.start - before.end <= 1
        )
        first, said = (first, said) if goes_on else (row.start, {})
        found += _of_row(reading, row, first, said)
    return found


def _of_row(reading: Reading, row: Row, first: int, said: dict[int, str]) -> Iterator[Observation]:
    """Yield the figures of a row of the table that starts at ``first``.

    ``said`` are the measures that an earlier row says of its columns: 莘县 169个 年产值3亿元.
    """
    text = reading.page.text
    over = text[:first]
    bare = [_moved(f, row.start) for f in read_row(text[row.start : row.end])]
    figures = [f for f in reading.figures if row.start <= f.start and f.end <= row.end]
    ranks = [f for f in (*bare, *figures) if f.kind == "rank" and f.start < row.subject.start]
    values = sorted([f for f in (*figures, *bare) if f.start >= row.subject.end], key=lambda f: f.start)
    columns, period = _header(over) or _bracketed(over, len(values)), _period(reading, first)
    for rank in ranks[:1]:
        of = about(over)
        yield _observed(row, rank, f"{of}位次" if of else LIST_RANK, 0.8, None)
    left = row.subject.end
    told = about(over) or _valued(row)
    for index, figure in enumerate(values):
        named = re.sub(r"[ :：—\-…·，,；]+", "", text[left : figure.start])
        left = figure.end
        column = len(columns) - len(values) + index
        measure = columns[column] if 0 <= column < len(columns) else _named(reading, row, named)
        if named and measure == named and row.rank == 0:
            if told and not _MEASURES.search(named):
                measure = named + told  # 化妆刷基地 | 22.5亿元, under 按出口额
            else:
                said[index] = named
        measure = measure or said.get(index) or _told(over) or (told if _fits(told, figure) else "")
        measure = measure or (_indexed(over) if figure.kind == "index" else "")
        if measure:
            yield _observed(row, figure, measure, 0.75 if named or columns else 0.65, period)


_MEASURES = re.compile(
    r"(?:额|值|量|数|率|比|收入|价|指数|得分|面积|投资|利润|税收|人口|GDP|增幅|增速|占比|存款|贷款|客流|规模)$"
)
_VALUE_LIST = re.compile(
    r"(?P<what>[一-龥]{2}(?:价值|收入|额|量|值|指数))(?:百强|排行|排名|[0-9一二三四五六七八九十]+强)?榜"
)


def _valued(row: Row) -> str:
    """Return what a list goes by, where its name says so: 品牌价值 of a 品牌价值榜."""
    found = _VALUE_LIST.search(row.ranked.text) if row.ranked else None
    return found["what"] if found else ""


def _fits(measure: str, figure: Figure) -> bool:
    """Tell whether a figure may be of a measure: no per cent is a sum, no count of things either."""
    amount = re.search(r"[额值税入款资]$|收入|GDP|投资|利润|价值", measure) is not None
    return not amount or figure.kind not in ("percent", "count", "rank")


def _bracketed(over: str, count: int) -> list[str]:
    """Return the columns that brackets over a table name: (GDP，增速；工业增加值增速)："""
    found = _BRACKETS.search(over)
    names = re.split("[，、；/]", found["columns"]) if found else []
    if len(names) != count or count < 2:
        return []
    columns: list[str] = []
    for name in names:
        own = (
            name
            if not columns or not re.fullmatch("增速|增幅|增长率|占比|位次|排名", name)
            else columns[-1] + name
        )
        columns.append(own)
    return columns


_BRACKETS = re.compile(r"[(（](?P<columns>[^()（）。]{3,60})[)）]\s*[：:]?\s*$")


def _period(reading: Reading, first: int) -> Period | None:
    """Return the time that the sentence over a table gives it, or the last stretch before it."""
    text = reading.page.text
    start = max(text.rfind(mark, 0, max(first - 1, 0)) for mark in "。\n") + 1
    near = [
        p for p in reading.periods
        if max(article_of(reading, first)[0], first - _REACH) <= p.start and p.end <= first
        and text[p.start - 1 : p.start] not in ("比", "较") and not _NO_SPAN.search(p.verbatim)
    ]  # fmt: skip
    own = [p for p in near if p.start >= start]
    over = [p for p in near if _STRETCH.search(p.verbatim)]
    found = own or over
    return found[-1] if found else frame_of(reading, first)


_REACH = 200
_NO_SPAN = re.compile(r"[日号天]$|近日|同期|上年")
_STRETCH = re.compile(r"季度$|半年$|[0-9]年(?:[0-9]{1,2}[-至][0-9]{1,2}月)$|年前[一二三]季度$")


def _observed(row: Row, figure: Figure, measure: str, sure: float, period: Period | None) -> Observation:
    return Observation(figure, row.subject, measure, row.start, row.end, "row", sure, period)


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
    told = _TOLD.findall(over[-200:])
    return str(told[-1]) if told else ""


def _indexed(over: str) -> str:
    named = _INDEX.findall(over[-400:])
    return str(named[-1]) if named else "综合指数"


def _moved(figure: Figure, by: int) -> Figure:
    return replace(figure, start=figure.start + by, end=figure.end + by)
