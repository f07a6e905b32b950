"""Tables without ranks: lines that each open with the name of a place or a body and hold its figures."""

from __future__ import annotations

import re

from kg.ingest.discourse.occasion import article_of
from kg.ingest.reading import Reading
from kg.ingest.relations.row import Row

_NAMED = (
    "kg:County",
    "kg:PrefectureCity",
    "kg:Province",
    "kg:Town",
    "kg:Village",
    "kg:Company",
    "schema:Place",
)
_AFTER = re.compile(r"(?:[(（][^()（）]{1,14}[)）])?(?:[：: ]|(?=[0-9+-]))")
_COLON = re.compile("[：:](?=[0-9+-])")
_LONGEST = 60
_LEAST = 3
_NEAR = 260  # characters before a table in which its list is named


def plain_rows(reading: Reading) -> list[Row]:
    """Return the rows of the tables of a page: three lines and more that each give a name and its figures.

    >>> from kg.ingest.reading import read_page
    >>> page = read_page("各县产值：\\n莘县 3.2亿元 5.1%\\n冠县 2.8亿元 4.4%\\n曹县 1.9亿元 6.3%\\n完。")
    >>> [r.subject.text for r in plain_rows(page)]
    ['莘县', '冠县', '曹县']
    """
    found: list[Row] = []
    run: list[Row] = []
    last = -1
    for start, end in [*reading.page.paragraphs, (-1, -1)]:
        row = _row(reading, start, end) if start >= 0 else None
        if row is not None and (not run or last == start - 1):
            run.append(row)
        else:
            found += run if len(run) >= _LEAST else []
            run = [row] if row is not None else []
        last = end
    return found or [row for start, end in reading.page.paragraphs for row in _in_line(reading, start, end)]


def _in_line(reading: Reading, start: int, end: int) -> list[Row]:
    """Return the rows of a table whose lines were joined: 莘县：3亿元，5%冠县：2亿元，4%…"""
    text = reading.page.text
    named = [m for m in reading.inside(start, end, *_NAMED) if _COLON.match(text, m.end)]
    if len(named) < _LEAST:
        return []
    first, _ = article_of(reading, start)
    lists = reading.inside(max(first, start - _NEAR), named[0].start, "kg:RankedList")
    rows: list[Row] = []
    for one, after in zip(named, [*named[1:], None], strict=True):
        stop = re.compile("[。！\n]").search(text, one.end, end)
        last = min(after.start if after else end, stop.start() if stop else end)
        if after is None and rows:  # the last one ends with as many figures as the first
            count = sum(rows[0].start <= f.start < rows[0].end for f in reading.figures)
            own = [f for f in reading.figures if one.end <= f.start < last][:count]
            last = own[-1].end if own else last
        if last - one.start > _LONGEST:
            return []
        rows.append(Row(one.start, last, one, lists[-1] if lists else None))
    return rows


def _row(reading: Reading, start: int, end: int) -> Row | None:
    text = reading.page.text
    if end - start > _LONGEST or re.search("[。！？]", text[start : end - 1]):
        return None
    named = [m for m in reading.inside(start, end, *_NAMED) if m.start == start]
    while named and (
        inner := [m for m in reading.inside(named[0].end, end, *_NAMED) if m.start == named[0].end]
    ):
        named = inner  # 聊城市莘县
    if not named or not _AFTER.match(text, named[0].end):
        return None
    if not any(named[0].end <= f.start and f.end <= end for f in reading.figures):
        return None
    first, _ = article_of(reading, start)
    lists = reading.inside(max(first, start - _NEAR), start, "kg:RankedList")
    return Row(start, end, named[0], lists[-1] if lists else None)
