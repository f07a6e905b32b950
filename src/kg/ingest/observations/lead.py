"""The words before a figure that may name what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.figures import Period
from kg.ingest.discourse.role import TYPES, whence
from kg.ingest.measures.phrase import is_light, phrase_before
from kg.ingest.observations.series import Place
from kg.ingest.observations.subject import Subject
from kg.ingest.reading import Reading

_MARKS = "，；：。"
#: 陶瓷企业从无到有，发展到2600家: what the number counts stands before.
_GROWN = re.compile("(?:从无到有|从小到大|从少到多|由少到多|由小到大|由弱到强|从弱到强|从零起步|从零开始)$")
#: 产业项目仍是大头，共98个
_CHIEF = re.compile(
    r"(?:仍然?|依然|依旧|也|还|继续|均|更)*(?:(?:[是占为唱挑]|成为)(?:绝对|全[市县省区]的?)?(?:大头|主力军?|主体|主流|多数|重头戏?|主角|亮点|最多|主导|支柱|大梁|重点|关键)"
    r"|数量?最[多大]|最多|居多|居首|领跑|以[^，。]{2,10}为主|唱主角|遍地开花|增势强劲|不断壮大)$"
)
#: 占全县出口的三成, 对韩国、日本出口
_TOWARDS = re.compile("占$|对(?:[一-龥]{2,6}[、和与])*$")
#: 铝、玉米两个产业产值分别…: the number of a row is no figure of its own.
_KINDS = re.compile("产业|行业|领域|板块|集群|品种|产品")


class Leads:
    """The words before the figures of a page: without subjects, periods and earlier figures.

    >>> from kg.ingest.observations.subject import read_subjects
    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("莘县去年网络零售额3亿元。")
    >>> leads = Leads(reading, read_subjects(reading))
    >>> leads.of(0, reading.figures[0].start, reading.periods[0], None)
    '网络零售额'
    """

    def __init__(self, reading: Reading, subjects: Iterable[Subject]) -> None:
        self.reading = reading
        self.text = reading.page.text
        self.subjects = list(subjects)
        # 百强 in 占百强县的五分之一 is a part of a name and ends no lead, nor does 五年 in 投资五年累计4亿元.
        self.ends = {
            f.start: f.end for f in reading.figures
            if (f.kind != "rank" or f.value is not None) and f.unit_code not in ("ANN", "MON", "DAY")
        }  # fmt: skip
        # 投资10亿元以上 of 投资10亿元以上项目9个 says which projects, and belongs to the measure.
        self.bounds = {
            f.end for f in reading.figures
            if f.kind in ("money", "amount", "price")
            and (f.qualifier in ("moreThan", "atLeast", "justUnder") or f.minimum != f.maximum)
        }  # fmt: skip

    def of(self, clause: int, at: int, period: Period | None, place: Place | None) -> str:
        """Return the words that may name the measure: without subject, period, earlier figures."""
        start = clause
        named = [(s.start, s.end) for s in self.subjects]
        named += [
            (m.start, m.end) for m in self.reading.inside(clause, at, *TYPES)
            if not (_TOWARDS.search(self.text, clause, m.start) or whence(self.text, m))
        ]  # fmt: skip
        start = max([start, *(e for s, e in named if clause <= s and e <= at)])
        for figure, end in self.ends.items():
            criterion = end in self.bounds and re.match("的?[^，。；、0-9]{0,12}$", self.text[end:at])
            criterion = criterion or re.match("级[一-龥]", self.text[end:])  # 5000吨级泊位6个
            ago = re.match("[年月]?前", self.text[end:]) and self.text[end - 1] in "年月"
            row = place and "、" in self.text[clause:figure] and _KINDS.match(self.text, end)
            if clause <= figure and end <= at and not (criterion or ago or row):
                start = max(start, end)
        end = place.word if place else at
        if period is not None and start <= period.start < end:
            if self.text[period.start - 1] in "由从":
                end = period.start - 1
            elif not is_light(self.text[period.end : end].strip("的，")) or not self.text[
                start : period.start
            ].strip("，的"):
                start = period.end
            else:
                end = period.start  # 线上销售额去年达到3亿元
        tail = self.text[place.word + 2 : at].strip("为达到有约-") if place else ""
        tail = re.sub("^(?:共|已|则)*(?:实现|完成|录得|创造|取得)", "", tail)
        lead = self.text[start:end] + tail
        return re.sub(
            r"^(?:[、和与及的]|等地的?|两地的?|三地的?|以来|内(?![地蒙贸销陆外河需部容]))+", "", lead
        )

    def before_comma(self, first: int, clause: int, found: Subject) -> str:
        """Return the clause before, where it ends with the noun that the number after its comma measures."""
        start = max(first, *(self.text.rfind(mark, first, clause - 1) + 1 for mark in _MARKS))
        start = max(start, found.end if start <= found.end < clause else start)
        lead = self.text[start : clause - 1]
        grown = _GROWN.search(lead) or _CHIEF.search(lead)
        lead = lead[: grown.start()] if grown else lead
        figures = any(start <= f and end < clause for f, end in self.ends.items())
        noun = phrase_before(lead)
        names = noun.headed or (grown and noun.noun)
        return lead if names and not figures and self.text[clause - 1] == "，" else ""
