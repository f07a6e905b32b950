"""Rows without a rank: each opens with a name and gives its figures, line by line or one behind the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relations.row import Row

_TYPES = (
    "kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Village", "kg:Country", "kg:Company",
    "schema:Place",
)  # fmt: skip
_LEAST = 3
_LONGEST = 60
_GAP = re.compile(r"[ ：:—\-·]*")
_COLUMN = re.compile(r"(?:[^ 0-9。；：，]{2,12})?")
_COLUMNS = re.compile(r"[（(](?P<cells>[^（）()]{3,40})[)）]\s*[：:]?\s*$")
_GROWN = re.compile("(?:同比)?(?:增速|增幅|增长|增减|涨幅)")


def listed_rows(reading: Reading) -> list[list[Row]]:
    """Return the runs of at least three rows that have as many figures each.

    >>> from kg.ingest.reading import read_page
    >>> page = "各县（产量，产值）：\\n莘县：3万吨，2亿元\\n冠县：2万吨，1亿元\\n曹县：1万吨，1亿元\\n完。"
    >>> page = read_page(page)
    >>> [[row.subject.text for row in run] for run in listed_rows(page)]
    [['莘县', '冠县', '曹县']]
    """
    runs: list[list[Row]] = []
    open_, count = False, 0
    for row, ends, closed in _rows(reading):
        last = runs[-1][-1] if runs else None
        between = reading.page.text[last.end : row.start] if last is not None else ""
        if open_ and not between.strip("●■◆▲★·*○ \n") and (len(ends) == count or not closed):
            if len(ends) >= count:
                runs[-1].append(row if closed else replace(row, end=ends[count - 1]))
            open_ = closed
        elif closed:
            runs.append([row])
            open_, count = True, len(ends)
    return [run for run in runs if len(run) >= _LEAST]


def columns(over: str) -> list[str]:
    """Return what the words over some rows say, in brackets, that their figures are, in order.

    >>> columns("主要指标（GDP，增速；出口额）：")
    ['GDP', 'GDP增速', '出口额']
    """
    told = _COLUMNS.search(over)
    cells = re.split("[，；、,;/]", told["cells"]) if told else []
    if any("：" in cell or not 2 <= len(cell) <= 14 for cell in cells):
        return []
    found: list[str] = []
    for cell in cells:
        grown = found and _GROWN.fullmatch(cell)
        found.append(f"{found[-1].removesuffix('增速')}增速" if grown else cell)
    return found


def _rows(reading: Reading) -> Iterator[tuple[Row, list[int], bool]]:
    """Yield what may be a row, where each of its figures ends, and whether nothing else follows them."""
    text = reading.page.text
    figures = [f for f in reading.figures if f.kind != "rank"]
    opening = [m for m in reading.mentions if m.type in _TYPES and _opens(text, m)]
    for at, name in enumerate(opening):
        line = text.find("\n", name.end)
        end = line if line >= 0 else len(text)
        end = next((m.start for m in opening[at + 1 :] if m.start < end), end)
        left, ends = name.end, []
        for figure in (f for f in figures if name.end <= f.start and f.end <= end):
            words = re.sub(r"[ ：:，,；;、\-]", "", text[left : figure.start])
            if figure.end - name.start > _LONGEST or not (words.isdigit() or _COLUMN.fullmatch(words)):
                break
            left = figure.end
            ends.append(left)
        if ends:
            yield Row(name.start, end, name, None), ends, not text[left:end].strip("；，、 。\n")


def _opens(text: str, name: Mention) -> bool:
    """Tell whether a name stands where a row may start, with its figures right behind."""
    before = text[: name.start].rstrip("●■◆▲★·*○ ")
    begins = (
        not before
        or before[-1] in "\n："
        or before[-1] in "%元个家人吨亩"
        or text[name.end : name.end + 1] == "："
    )
    after = _GAP.match(text, name.end)
    shown = text[after.end() if after else name.end :][:14]
    return begins and re.match(r"[^ 0-9。；：，\n]{0,12} ?[-0-9]", shown) is not None
