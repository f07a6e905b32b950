"""Mentions of newspapers and other media, which name themselves before their reporters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.names.mention import Mention

# A paper is named before its own reporters and at the head of its reports.
_PAPER = re.compile(
    r"(?:(?<=^)|(?<=[\n(【。，；：、 ]))(?!本报|[记特]者|据|该报|晚报|日报)"
    r"(?P<name>(?:(?!本报|[了的在是])[一-龥]){2,8}?"
    r"(?:[日晚早商时晨导快党青]报|都市报|经济报|观察报|[一-龥]报|周刊|商讯|通讯社|新闻网|电视台|融媒))"
    r"(?=(?:见习|首席|特派|驻[一-龥]{2,4})?记者|[一-龥]{0,4}讯 ?[(（]| {0,2}(?:[12][0-9]{3}年|$|\n))",
    re.MULTILINE,
)


def read_newspapers(text: str) -> Iterator[Mention]:
    """Yield the papers of a clean text; 本报 names none.

    >>> [m.text for m in read_newspapers("海东日报记者 赵大川\\n本报讯(记者 钱小山)")]
    ['海东日报']
    """
    for match in _PAPER.finditer(text):
        if not re.search(r"[申上填呈通汇预播举海快简喜捷战年月周]报$", match["name"]):
            yield Mention("kg:Newspaper", match["name"], *match.span("name"), "paper", (), 0.8)
