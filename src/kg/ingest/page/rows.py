"""Lines that stand by themselves: items of lists, rows of tables, lines that open with a label.

A page is wrapped in columns, but its lists are set line by line: ——某项目…；, 1.某项目…, 第1名 某县 …,
投资方：…. Such a line goes on no sentence, whatever the widths are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.figures import parse_numeral
from kg.ingest.words import words

_NUMERAL = "一二三四五六七八九十"
_DASHED = re.compile(r"^(?:——|--|－－|[—●■◆▲◇★○•□※])\s*(?=[^\s—])")
_NUMBERED = re.compile(
    rf"^(?:[（(]\s*(?P<a>[0-9０-９]{{1,2}}|[{_NUMERAL}]{{1,3}})\s*[)）]|(?P<b>[0-9０-９]{{1,2}}|[{_NUMERAL}]{{1,3}})\s*[.．、)）](?!\s*[0-9０-９])"
    r"|(?P<c>[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳]))"
)
_RANKED = re.compile(
    r"^(?:第\s*|NO\.?\s*|TOP\s*)?(?P<rank>[0-9０-９](?:\s?[0-9０-９]){0,2})\s*[名位.．、:：]?\s*(?=[一-龥A-Za-z“])"
)
_CELL = re.compile(r"[ \t\u3000]{1,}|(?<=[一-龥)）])(?=[0-9０-９])")
_AMOUNT = re.compile(r"^[+-]?[0-9０-９][0-9０-９.．,，]*\s*(?:[%％]|[万亿]?[一-龥]{0,3})$")
_SENTENCE = re.compile(r"[，。；！？]")
_ENDED = re.compile(r"[。；;：:！？”」』）)]$")
_LABEL = re.compile(
    rf"^(?:{'|'.join(sorted(words()['label']['field'], key=len, reverse=True))})"
    r"(?:[（(][^）)]{1,8}[)）])?[:：]"
)
# 曹县：3.2亿元，5.1%
_COLONED = re.compile(r"^[一-龥]{2,12}[:：]\s*[+-]?[0-9０-９]")
_LEAST_ROWS = 3
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def opening(lines: Sequence[str]) -> set[int]:
    """Return which lines open an item or a field, whatever the widths of the lines say.

    >>> sorted(opening(["签约的有：", "1.甲项目，", "投资3亿元；", "2.乙项目。", "1.5万元"]))
    [1, 3]
    >>> sorted(opening(["甲项目", "投资方：海东果业", "总投资：3亿元"]))
    [1, 2]
    """
    found = {
        i for i, line in enumerate(lines)
        if i and ((_DASHED.match(line) and _ENDED.search(lines[i - 1])) or _LABEL.match(line))
    }  # fmt: skip
    return found | _numbered(lines)


def _numbered(lines: Sequence[str]) -> set[int]:
    """Return the lines that number on from one another; a number alone at a line's start is no item."""
    found: set[int] = set()
    runs: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        mark = _NUMBERED.match(line)
        if mark is None or (i and not _ENDED.search(lines[i - 1]) and not _SHORT.fullmatch(lines[i - 1])):
            continue
        group = str(mark.lastgroup)
        number = _number(mark[group])
        run = runs.setdefault(group, [])
        if number == 1:
            runs[group] = [i]
        elif len(run) == number - 1:
            run.append(i)
            found.update(run)
    return found


_SHORT = re.compile(r"[^，。；]{1,12}")


def _number(mark: str) -> int:
    circled = _CIRCLED.find(mark)
    if circled >= 0:
        return circled + 1
    return int(mark) if mark.isdigit() else int(parse_numeral(mark) or 0)


def rows(lines: Sequence[str]) -> set[int]:
    """Return which lines are rows of a table: three or more in a row that rank on, or of the same cells.

    >>> sorted(rows(["前三名为：", "1 曹县 92.36", "2 莘县 90.18", "3 冠县 88.75", "三县都在山东。"]))
    [1, 2, 3]
    >>> sorted(rows(["曹县 3.2亿元 5.1%", "莘县 2.8亿元 4.4%", "冠县 1.9亿元 6.3%"]))
    [0, 1, 2]
    """
    ranks = [_rank(line) for line in lines]
    shapes = [_shape(line) for line in lines]
    pairs = list(pairwise(range(len(lines))))
    ranked = {(i, j) for i, j in pairs if ranks[j] == (ranks[i] or -1) + 1}
    shaped = {(i, j) for i, j in pairs if "N" in shapes[i] and shapes[i] == shapes[j]}
    return _runs(len(lines), ranked) | _runs(len(lines), shaped)


def _runs(count: int, alike: set[tuple[int, int]]) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    for i in range(count):
        run = [*run, i] if (i - 1, i) in alike else [i]
        if len(run) >= _LEAST_ROWS:
            found.update(run)
    return found


def _rank(line: str) -> int | None:
    mark = _RANKED.match(line)
    if mark is None or _SENTENCE.search(line[: mark.end() + 6]) or len(line) > 50:
        return None
    return int(re.sub(r"\s", "", mark["rank"]))


def _shape(line: str) -> str:
    """Return the kinds of a line's cells: T for words, N for an amount; nothing where it is a sentence."""
    if _COLONED.match(line) and len(line) <= 50 and "。" not in line:
        return "N:"
    if _SENTENCE.search(line) or len(line) > 50:
        return ""
    joined = re.sub(r"(?<=[0-9.])\s(?=[0-9.])", "", line)
    cells = [cell for cell in _CELL.split(joined) if cell]
    shape = "".join("N" if _AMOUNT.match(cell) else "T" for cell in cells)
    shape = re.sub(r"(?<=N)T(?=N)", "", shape)  # 莘县 169个 年产值3亿元, over rows that need not say it again
    return (
        shape
        if re.fullmatch(r"N?T{1,2}N+", shape) and len(cells) > 1 and " " in line.replace("\u3000", " ")
        else ""
    )


def labelled(line: str) -> bool:
    """Tell whether a line gives one field of a project or an event.

    >>> labelled("投资方：海东果业"), labelled("他说：好")
    (True, False)
    """
    return _LABEL.match(line) is not None


def itemized(line: str) -> bool:
    """Tell whether a line by itself is an item, a field or a row, and so no heading.

    >>> [itemized(line) for line in ("--甲项目", "3.甲项目", "一、综合", "第1名 曹县 3亿元", "投资方：甲厂")]
    [True, True, False, True, True]
    """
    numbered = _NUMBERED.match(line)
    arabic = numbered is not None and re.search("[0-9０-９]", numbered[0]) is not None
    ranked = _RANKED.match(line)
    value = ranked is not None and re.search(
        r"[0-9](?:[%名位席分]|[十百千万亿]*[一-龥]{0,3})$", line[ranked.end() :]
    )
    return bool(
        (_DASHED.match(line) and "项目" in line)
        or arabic
        or _LABEL.match(line)
        or (value and not _SENTENCE.search(line))
    )
