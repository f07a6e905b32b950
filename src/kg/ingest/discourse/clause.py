"""Where a clause starts, and what stands first in it."""

from __future__ import annotations

import re

from kg.ingest.reading import Reading
from kg.ingest.words import words

_MARKS = "，；：。“”！？】\n"
_ADVERB = re.compile(rf"(?:[ ，、]|在[一-龥]{{1,4}}，|{'|'.join(words()['clause']['adverb'])})*")

#: 最大的一家是, 其代表就是, 率先落户的是: what comes next is what the rest of the sentence is about.
SINGLED = re.compile(
    r"(?:一[家个宗项条座位笔处款批]|最[一-龥]{1,3}的[一-龥]{0,6}|代表|龙头|典型|主角|[一-龥]的)"
    r"(?:就|便|正|则|依然|仍|还|也)?(?:是|为|当属|要数|当推)$"
)

#: 帮助某县, 让某村: who is helped or made to do what follows.
_LET = re.compile("(?:帮助|支持|助力|助推|推动|促使|扶持|指导|协助|促成|让|使|令)$")


def clause_start(text: str, at: int, first: int = 0) -> int:
    """Return where the clause that holds an offset starts.

    >>> clause_start("莘县很美，产值3亿元", 7)
    5
    """
    return max(first, *(text.rfind(mark, first, at) + 1 for mark in _MARKS))


def topical(reading: Reading, start: int) -> bool:
    """Tell whether something stands first in its clause, save for adverbs and periods.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("目前，2020年莘县产值3亿元")
    >>> topical(reading, 8), topical(reading, 10)
    (True, False)
    """
    text = reading.page.text
    clause = clause_start(text, start)
    before = text[clause:start]
    if before.endswith(("的", "的是", "单是", "当属", "要数")) or SINGLED.search(before):
        return True  # 总部位于某市的某公司, 最大的一家是某公司: the name that a clause before it tells of
    if _LET.search(before):
        return True  # 东莞帮助德江引进企业27家，投产22家
    for period in reading.periods:
        if clause <= period.start and period.end <= start:
            before = before.replace(text[period.start : period.end], "")
    return _ADVERB.fullmatch(before) is not None


def article_at(reading: Reading, at: int) -> tuple[int, int]:
    """Return the span of the article that holds an offset."""
    spans = [(a.blocks[0].start, a.blocks[-1].end) for a in reading.articles]
    return next((s for s in spans if s[0] <= at < s[1]), (0, len(reading.page.text)))
