"""Mentions of newspapers and other media, which name themselves before their reporters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_END = "|".join(sorted(words()["newspaper"]["end"], key=len, reverse=True))
_REPORTER = r"(?:见习|首席|特派|特约|全媒体?|融媒体?|驻[一-龥]{2,4})?(?:记者|通讯员|撰稿)"
# A paper is named before its own reporters and at the head of its reports.
_PAPER = re.compile(
    rf"(?:(?<=^)|(?<=[\n(【。，；：、 ]))(?!本报|[记特]者|据|该报|晚报|日报)"
    rf"(?P<name>(?:(?!本报|[了的在是])[一-龥]){{2,8}}?(?:{_END}))"
    rf"(?= ?{_REPORTER}|[一-龥]{{0,4}}讯 ?[(（]| {{0,2}}(?:[12][0-9]{{3}}年|$|\n))",
    re.MULTILINE,
)
# Whatever it is called, it is a paper in its marks before a reporter, at the head of a report, and as
# the source of a page.
_MARKED = re.compile(rf"《(?P<name>[^《》\n]{{2,10}})》 ?{_REPORTER}")
_HEAD = re.compile(
    r"(?:^|(?<=[\n【\[]))(?P<name>(?!本[报台刊网]|记者|又讯|[^\n]{0,3}(?:最新|快)讯)[一-龥]{4,12}?)"
    r"(?P<day>\d{1,2}月\d{1,2}日)?(?:专?电|讯)(?= ?[(（】\]]| ?记者)",
    re.MULTILINE,
)
_SOURCE = re.compile(
    r"(?:来源|稿源|转自|文章来源)[：:] ?《?(?P<name>[一-龥]{3,10}?)》?(?=[ \n)）]|编辑|作者|责|$)"
)
# 海东观察：一年来，…？ A paper that asks, more than once.
_ASKS = re.compile(rf"(?m)^(?P<name>[一-龥]{{2,8}}(?:{_END}))(?=：)")


def read_newspapers(text: str, places: Sequence[Mention] = ()) -> Iterator[Mention]:
    """Yield the papers of a clean text; 本报 names none.

    >>> [m.text for m in read_newspapers("海东日报记者 赵大川\\n本报讯(记者 钱小山)")]
    ['海东日报']
    >>> page = "《海东乡情》记者 赵大川\\n【海东地理讯】(记者 钱小山)来源：海东在线"
    >>> [m.text for m in read_newspapers(page)]
    ['海东在线', '海东乡情', '海东地理']
    """
    taken: set[int] = set()
    for match, sure in _found(text, places):
        start, end = match
        name = text[start:end]
        if start in taken or re.search(r"[申上填呈通汇预播举海快简喜捷战年月周]报$", name):
            continue
        taken.add(start)
        yield Mention("kg:Newspaper", name, start, end, "paper", (), sure)


def _found(text: str, places: Sequence[Mention]) -> Iterator[tuple[tuple[int, int], float]]:
    for match in _PAPER.finditer(text):
        yield match.span("name"), 0.8
    for match in (*_MARKED.finditer(text), *_SOURCE.finditer(text)):
        yield match.span("name"), 0.85
    for match in _HEAD.finditer(text):
        # 海东晚报 | 中宁6月29日电: where the report was written is no part of the name.
        start, end = match.span("name")
        end = next((p.start for p in places if start + 3 <= p.start and p.end == end), end)
        if end - start >= (3 if text[end - 1] in "社报网" else 4) and not any(
            p.start == start and p.end == end for p in places
        ):
            yield (start, end), 0.8
    asking = [m.span("name") for m in _ASKS.finditer(text)]
    names = [text[start:end] for start, end in asking]
    for start, end in asking:
        if names.count(text[start:end]) > 1:
            yield (start, end), 0.75
