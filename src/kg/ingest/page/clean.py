"""A page's text as a person would read it, and the raw code point of each of its characters.

A page out of a PDF is hard-wrapped in columns, spaces its digits, and loses the indent of each
paragraph. Three findings lead the rules: blank lines that stand between all lines mean nothing; a
paragraph's first line is two characters short, the indent that was lost; a paragraph ends only after
terminal punctuation, at a short line or before such a first line. Items of lists and rows of tables
stand by themselves. What is no paragraph by these rules and is short and open is a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from kg.figures.spacing import view
from kg.ingest.page.rows import opening, rows
from kg.traditional import simplified

_TERMINAL = re.compile(r"[。！？!?…)）：;；]$|[。！？!?…][”」』]$")
_ENDS = re.compile(r"[。！？!?…)）]$|[。！？!?…][”」』]$")
_GOES_AFTER = re.compile(r"[：;；]$")
_OPEN = re.compile(r"[，、,（(《“「—\-]$")
# What stands in a line of its own, and what opens a paragraph, whatever the widths.
_BYLINE = re.compile(
    r"^[◆●■□▲][^，。]{0,30}$|^[(（]?[^，。]{0,8}记者[ :：][一-龥 ]{2,20}[)）]?$|[^，。]{2,8} ?摄$"
)
_GREETED = (
    r"^“?(?:尊敬的|敬爱的|亲爱的|各位|同志们|朋友们|女士们|乡亲们|老乡们|老师们|大家(?:[上下]午|早上|晚上)?好)"
    r"[^。\n]{0,40}"
)
#: How an address starts: 同志们：, 各位来宾、各位朋友：
GREETING = re.compile(_GREETED + "[：！，]", re.MULTILINE)
# The same as a line of its own, also with the ASCII marks of a page that is not clean yet.
_GREETS = re.compile(_GREETED + "[：！:!]")
_OPENING = re.compile(r"^(?:[^，。]{0,12}(?:讯|日电)[ (（]|[◆●■□▲]|[^，。]{0,4}记者 )")
_GOES_ON = re.compile(r"[0-9][0-9 .]*[%亿万元]|[，。、；：）)]")
_CLAUSE = re.compile(r"[，；：。]")
#: No newspaper column is wider, so a longer line is a paragraph that was never wrapped.
_WIDEST_COLUMN = 60
#: Where more lines than these are indented, the indent opens no paragraph.
_MOST_INDENTS = 0.6
_LONGEST_HEAD = 6
_PUNCTUATION = str.maketrans("（）,;?!「」『』", "()，；？！“”‘’")


@dataclass(frozen=True)
class Clean:
    """Clean text: one paragraph a line; ``offsets[i]`` is the raw code point of character ``i``."""

    raw: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span (end exclusive) of ``text[start:end]``."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def at(self, raw_offset: int) -> int:
        """Return the first clean offset at or after a raw one."""
        return bisect_left(self.offsets, raw_offset)

    @cached_property
    def paragraphs(self) -> list[tuple[int, int]]:
        """The spans of the paragraphs in ``text``."""
        return [m.span() for m in re.finditer(r"[^\n]+", self.text)]


@lru_cache(maxsize=4096)
def _width(text: str) -> float:
    """Return the width of a line in Chinese characters; each line is measured by all its neighbours."""
    return sum(1 if ord(c) > 0x2E7F or c in "“”‘’—…·" else 0.5 for c in text)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    blank_before: bool
    indented: bool

    @property
    def width(self) -> float:
        return _width(self.text)


def clean(raw: str) -> Clean:
    """Join wrapped lines and split digits, and keep the way back.

    >>> page = clean("协议投资总额\\n\\n2 . 12亿元。\\n")
    >>> page.text, page.raw[slice(*page.span(6, 12))]
    ('协议投资总额2.12亿元。', '2 . 12亿元')

    Two numbers are never fused: a gap between digits that may part them stays a space.
    """
    lines = _lines(raw)
    breaks = _breaks(lines)
    page = view(raw)
    folded = page.chars.translate(simplified()) if traditional(raw) else page.chars
    kept = dict(zip(page.offsets, folded, strict=True))
    chars: list[str] = []
    offsets: list[int] = []

    def keep(char: str, offset: int) -> None:
        chars.append(char)
        offsets.append(offset)

    widths = [_column(lines, i) for i in range(len(lines))]
    for i, line in enumerate(lines):
        for offset in range(line.start, line.start + len(line.text)):
            char = kept.get(offset)
            if char is not None:
                keep(_punctuation(char, raw, offset), offset)
            elif raw[offset].isspace() and chars and chars[-1] != " " and _parts(raw, offset):
                keep(" ", offset)
        if i + 1 < len(lines):
            end = line.start + len(line.text)
            if i in breaks:
                keep("\n", end)
            elif _wraps_number(line, lines[i + 1], widths[i]):
                continue
            elif (
                line.text[-1].isascii() and lines[i + 1].text[0].isascii() and _word(line, lines[i + 1])
            ) or end in kept:
                keep(" ", end)
    return Clean(raw, "".join(chars), tuple(offsets))


def traditional(raw: str) -> bool:
    """Tell whether a page is in traditional script: a few such characters stand in simplified pages too."""
    return sum(ord(c) in simplified() for c in raw) > 0.05 * len(raw)


def _wraps_number(line: _Line, after: _Line, column: float) -> bool:
    """Tell whether a number goes on over the end of a full line: 产值2 / 700亿元."""
    full = column - line.width <= 3  # a first line is two characters short
    return full and line.text[-1].isdigit() and after.text[0].isdigit()


def _word(line: _Line, after: _Line) -> bool:
    return line.text[-1].isalpha() and after.text[0].isalpha()


def _punctuation(char: str, raw: str, offset: int) -> str:
    """Return Chinese punctuation for the ASCII forms that OCR makes, outside of numbers."""
    if char == "," and raw[offset - 1 : offset].isdigit() and raw[offset + 1 : offset + 2].isdigit():
        return char
    return char.translate(_PUNCTUATION)


def _parts(raw: str, offset: int) -> bool:
    """Tell whether the space parts something: words, names, the halves of a slogan; not split digits."""
    before, after = raw[:offset].rstrip()[-1:], raw[offset:].lstrip()[:1]
    if before == "." or after == "." or (before.isdigit() and after.isdigit()):
        return False
    one_is_digit = before.isdigit() or after.isdigit()
    return not one_is_digit and before.isalnum() and after.isalnum()


def _lines(raw: str) -> list[_Line]:
    lines = []
    at, blank = 0, False
    for text in raw.splitlines(keepends=True):
        stripped = text.strip()
        if stripped:
            indent = len(text) - len(text.lstrip(" \u3000"))
            lines.append(_Line(at + text.index(stripped[0]), stripped, blank, indent > 1))
        blank = not stripped
        at += len(text)
    return lines


def _breaks(lines: list[_Line]) -> set[int]:
    """Return after which lines a paragraph ends."""
    gaps = [line.blank_before for line in lines[1:]]
    share = sum(gaps) / len(gaps) if gaps else 0
    blanks_part = 0 < share < 0.6
    columns = [_column(lines, i) for i in range(len(lines))]
    texts = [line.text for line in lines]
    items, table = opening(texts), rows(texts)
    indents = sum(line.indented for line in lines) / len(lines) if lines else 0
    breaks = _head(lines, columns)
    for i, (line, after) in enumerate(pairwise(lines)):
        here, there = columns[i], columns[i + 1]
        indented = indents < _MOST_INDENTS and after.indented and not _OPEN.search(line.text)
        if (
            (blanks_part and after.blank_before and not _OPEN.search(line.text))
            or indented
            or i + 1 in items
            or (_GREETS.fullmatch(after.text) and not _OPEN.search(line.text))
            or i in table
            or i + 1 in table
            or line.width > _WIDEST_COLUMN
            or after.width > _WIDEST_COLUMN
        ):
            breaks.add(i)
        elif _TERMINAL.search(line.text):
            short = line.width <= here - (4 if _GOES_AFTER.search(line.text) else 1.5)
            indented = there - 2.5 <= after.width <= there - 1.5 and not _GOES_AFTER.search(line.text)
            other = not _GOES_AFTER.search(line.text) and (abs(here - there) > 3 or after.width > here + 1.5)
            if short or indented or other:
                breaks.add(i)
        elif not _OPEN.search(line.text) and _heads(line, after):
            # A heading starts where something has ended, and no number goes on after one.
            starts = i == 0 or i - 1 in breaks or _ENDS.search(lines[i - 1].text)
            if starts and not _GOES_ON.match(after.text):
                breaks.add(i)
    return breaks


def _head(lines: list[_Line], columns: list[float]) -> set[int]:
    """Return after which lines at the top of a page, above its first sentence, a heading ends."""
    breaks: set[int] = set()
    for i, (line, after) in enumerate(pairwise(lines[:_LONGEST_HEAD])):
        body = _CLAUSE.search(line.text) or _OPENING.search(line.text) or line.indented
        if body or line.width > _WIDEST_COLUMN:
            break
        if after.text.startswith("——") or (
            line.width <= columns[i] - 1.5 and not _OPEN.search(line.text) and not _GOES_ON.match(after.text)
        ):
            breaks.add(i)
    return breaks


def _heads(line: _Line, after: _Line) -> bool:
    """Tell whether an open line ends a heading: the next one does not go on in the same column.

    A first line is followed by one two characters longer, any other by one as long, save for the half
    widths of digits; the last line of a paragraph is shorter, but it is not open.
    """
    open_bracket = len(re.findall("[(（]", line.text)) > len(re.findall("[)）]", line.text))
    if (_BYLINE.search(line.text) and not open_bracket) or _OPENING.search(after.text):
        return True
    if line.text[-1].isdigit():
        return False  # 以20 / 个百强县
    longer = after.width - line.width
    if longer > 0:
        return longer > max(3.25, 0.3 * after.width)
    return longer <= -1.75 and not _TERMINAL.search(after.text) and not _CLAUSE.search(line.text)


def _column(lines: list[_Line], i: int) -> float:
    """Return the width of the column around a line: the commonest near it, the wider on a tie."""
    near = [round(line.width) for line in lines[max(0, i - 5) : i + 6] if line.width <= _WIDEST_COLUMN]
    if not near:
        return _WIDEST_COLUMN
    counts = Counter(near)
    return max(counts, key=lambda w: (counts[w] + counts[w - 1] / 2, w))
