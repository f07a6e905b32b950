"""The lexer's view of a text: no white space, one form for each digit, and an offset for each character.

White space inside a number is a trap both ways. A PDF sets ``2 . 12亿元`` for 2.12, and a table sets
``2015 2017`` for two years. So digits are joined over a gap only where the gap cannot separate two
numbers (every group is one digit, or a decimal point lies beside the gap) and, on a page that spaces
its decimal points throughout, inside a number of running text; any other gap between digits stays in
the view as one space, which no numeral crosses, and leaves a doubt behind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.text import IDEOGRAPHS

# Only forms that fold one to one. Circled and superscript digits stay out: ①2015年 is not 12015年,
# and so does the full-width comma, which separates clauses and not thousands.
_FOLD: dict[int, str | int | None] = {0xFF10 + i: str(i) for i in range(10)}
_FOLD.update({0xFF21 + i: chr(0x41 + i) for i in range(26)})
_FOLD.update({0xFF41 + i: chr(0x61 + i) for i in range(26)})
_FOLD |= str.maketrans("％．－—–〜～∼＋／", "%.---~~~+/")
# The traditional forms that a numeral, a unit or an approximator may have.
_FOLD |= str.maketrans(
    "萬億餘兩個約達過間戶畝噸點幾數縣鎮鄉區無後從雙歲週臺隻條種項筆輛處幣國業莊門則對組隊場號盞顆團單張層欄頃噸",
    "万亿余两个约达过间户亩吨点几数县镇乡区无后从双岁周台只条种项笔辆处币国业庄门则对组队场号盏颗团单张层栏顷吨",
)
_FOLD |= IDEOGRAPHS
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_GAP = re.compile(rf"[\s{_INVISIBLE}]+")
# A page that sets `4 . 3%` spaces all its digits; there `11 27户` is 1127, but never `2015 2017`.
_SPACED_POINT = re.compile(r"[0-9]\s?\.\s[0-9]|[0-9]\s\.[0-9]")
_SPACED_NUMBER = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]\n))(?!(?:19|20)[0-9]{2}\s+[0-9]{4})[0-9]{1,4}(?:\s{1,3}[0-9]{1,4}){1,3}(?=\s{0,3}(?:[\u4e00-\u9fff%.]))"
)
# A column that ends inside a number of running text: 突破30 | 00亿元, but never a year and a number.
_WRAPPED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?!(?:19|20)[0-9]{2}\s)[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"[ \t]*\n(?:[ \t]*\n)?[ \t]*[0-9]{1,4}(?:\.[0-9]+)?(?=[\u4e00-\u9fff%])"
)
#: A column holds at least so many characters.
_COLUMN = 9
_LETTER_SPACED = re.compile(r"(?<![0-9])[0-9](?:[ \t\u00a0\u3000][0-9])+(?![0-9])")


@dataclass(frozen=True, slots=True)
class View:
    """A text without its white space; ``offsets[i]`` is where character ``i`` stands in the raw text."""

    raw: str
    chars: str
    offsets: tuple[int, ...]
    doubtful: frozenset[int] = field(default_factory=frozenset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw span (end exclusive) of ``chars[start:end]``."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def wording(self, start: int, end: int) -> str:
        """Return the page's own characters of ``chars[start:end]``, without white space."""
        return "".join(self.raw[self.offsets[i]] for i in range(start, end))

    def doubt(self, start: int, end: int) -> str | None:
        """Say why the digits of ``chars[start:end]`` may not be the whole number."""
        if any(i in self.doubtful for i in range(start, end)):
            return "digits were joined over a gap"
        before, after = self.chars[max(start - 2, 0) : start], self.chars[end : end + 2]
        first, last = self.chars[start], self.chars[end - 1]
        beside_before = len(before) == 2 and before[0].isdigit() and before[1] == " " and first.isdigit()
        beside_after = len(after) == 2 and after[0] == " " and after[1].isdigit() and last.isdigit()
        if beside_before or beside_after:
            return "other digits stand beside these, over a gap"
        return None


def view(text: str) -> View:
    """Return the lexer's view of a text.

    >>> view("总额\\n\\n2 . 12亿元、2 3 0余家，2015 2017").chars
    '总额2.12亿元、230余家，2015 2017'
    """
    folded = text.translate(_FOLD)
    spaced = {i for m in _LETTER_SPACED.finditer(folded) for i in range(*m.span())}
    if len(_SPACED_POINT.findall(folded)) > 1:
        spaced |= {i for m in _SPACED_NUMBER.finditer(folded) for i in range(*m.span())}
    spaced |= {i for m in _WRAPPED.finditer(folded) if _in_column(folded, m) for i in range(*m.span())}
    chars: list[str] = []
    offsets: list[int] = []
    doubtful: set[int] = set()
    at = 0
    for gap in _GAP.finditer(folded):
        start, end = gap.span()
        chars.extend(folded[at:start])
        offsets.extend(range(at, start))
        at = end
        before, after = folded[start - 1 : start], folded[end : end + 1]
        if _digit(before) and _digit(after):
            if start not in spaced:
                chars.append(" ")
                offsets.append(start)
        elif before == "." and _digit(after) and _digit(folded[start - 2 : start - 1]):
            # `37. 3%` goes on; `1. 20家` at the start of a line is an item of a list.
            if _opens_line(folded, start - 1):
                chars.append(" ")
                offsets.append(start)
            else:
                doubtful.add(len(chars) - 1)
    chars.extend(folded[at:])
    offsets.extend(range(at, len(folded)))
    return View(text, "".join(chars), tuple(offsets), frozenset(doubtful))


def _in_column(text: str, number: re.Match[str]) -> bool:
    """Tell whether the line that a number ends is long enough to be a column's."""
    return number.start() - text.rfind("\n", 0, number.start()) >= _COLUMN


def _digit(char: str) -> bool:
    return char != "" and char in "0123456789"


def _opens_line(text: str, point: int) -> bool:
    """Tell whether only digits stand between the start of the line and the point."""
    line = text[text.rfind("\n", 0, point) + 1 : point]
    return line.strip().isdigit()
