"""The figures of a ranking that is set row by row: the rank, and what each column measures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.figures import Figure
from kg.figures.row import read_row
from kg.ingest.binding import Observation
from kg.ingest.measure import LIST_RANK
from kg.ingest.ranking import Row, read_rows
from kg.ingest.reading import Reading

_TOLD = re.compile(r"数字(?:均|分别)?(?:为|是|表示)(?P<name>[一-龥]{2,12})")
_INDEX = re.compile(r"[一-龥]{0,6}(?:指数|得分|总分|分值|评分)(?!排名|榜|报告|体系)")
# The noun that a table is about, in the words over it: 各县网络零售额排名如下.
_ABOUT = re.compile(
    r"(?P<name>[一-龥]{2,12}?)(?:总量|规模)?(?:排名|排行|排序|居前|前[0-9一二三四五六七八九十]{1,3}(?:名|位|强)?|情况)(?:的)?[^。；]{0,16}$"
)
_OF_WHOM = re.compile(r"^.*(?:各地|各县市区|各县|各区|各市|县域|全[省市县国]|[省市县区]|年|月|季度|按)")
_COLUMN = re.compile(r"[^ 0-9。；：]{2,14}")
_WHOSE = re.compile(r"排名|名次|位次|序号|县|市|区|企业|名称|地区|单位|乡镇|公司")
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
    for row in rows:
        found += _of_row(reading, row, _header(reading, rows, row))
    return found


def _of_row(reading: Reading, row: Row, columns: list[str]) -> Iterator[Observation]:
    text = reading.page.text
    bare = [_moved(f, row.start) for f in read_row(text[row.start : row.end])]
    figures = [f for f in reading.figures if row.start <= f.start and f.end <= row.end]
    ranks = [f for f in (*bare, *figures) if f.kind == "rank" and f.start < row.subject.start]
    values = [f for f in (*figures, *bare) if f.start >= row.subject.end]
    for rank in ranks[:1]:
        yield _observed(row, rank, LIST_RANK, 0.8)
    left = row.subject.end
    over = text[: row.start]
    for index, figure in enumerate(sorted(values, key=lambda f: f.start)):
        named = re.sub(r"[ :：—\-…·，,]+", "", text[left : figure.start])
        left = figure.end
        measure = columns[index] if index < len(columns) else _named(reading, row, named)
        measure = measure or (_bare_measure(over) if figure.kind == "index" else _about(over))
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


def _header(reading: Reading, rows: list[Row], row: Row) -> list[str]:
    """Return the names of the columns after the name, where a line over the rows gives them."""
    first = row.start
    while before := next((r for r in rows if r.end == first - 1), None):
        first = before.start
    line = reading.page.text[: first - 1].rpartition("\n")[2] if first else ""
    cells = [_UNIT.sub("", cell) for cell in line.split(" ")]
    if len(cells) < 2 or len(line) > 50 or not all(_COLUMN.fullmatch(cell) for cell in cells):
        return []
    values = [cell for cell in cells if not _WHOSE.fullmatch(cell) and not _WHOSE.match(cell)]
    return values if len(values) < len(cells) else []


def _bare_measure(over: str) -> str:
    """Return what the bare numbers of a table are: what the words over it say that they are."""
    told = _TOLD.findall(over[-200:])
    if told:
        return str(told[-1])
    named = _INDEX.findall(over[-400:])
    return str(named[-1]) if named else "综合指数"


def _about(over: str) -> str:
    """Return the measure that the sentence over a table says that it ranks by."""
    about = _ABOUT.search(re.split(r"[。\n]", over.strip())[-1])
    return _OF_WHOM.sub("", about["name"]) if about else ""


def _moved(figure: Figure, by: int) -> Figure:
    return replace(figure, start=figure.start + by, end=figure.end + by)
