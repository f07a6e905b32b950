"""Of what time a figure is told, and whether it is yet to come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.figures import Figure, Period
from kg.ingest.discourse.modality import base_of_change, modality, of_project
from kg.ingest.names.mention import Mention
from kg.ingest.observations.observation import Observation
from kg.ingest.observations.scope import Stated
from kg.ingest.reading import Reading

_DAY = re.compile(r"^[^-至到]*[日号]$")  # 其中10月2日3万人次: what follows is of the whole again
_PART = re.compile("^(?!.*[前首至-])(?:今年|20..年)?(?:第?[一二三四]季度?|[0-9]{1,2}月份?|当月)$")
_WHOLE = re.compile("[前首][0-9一二三]|[至-][0-9]{1,2}月|半年|全年|年$|年以来$")
# 全年增长6.5%的目标不变: what is told is wished for.
_AIM = re.compile(
    r"(?:左右|以上)?(?:[、，][^，。；]{2,20}[0-9][^，。；]{0,8})?的[一-龥]{0,4}(?:目标|愿景|规划)(?!任务的|已|超额|完成)"
)
_DONE = re.compile("已|现有|目前|累计|去年|上半年|[上前]年|建成(?!后)|投产(?!后)|了")
_PAST = re.compile("去年|上年|今年|前年|截至|季度|上半年|目前|^20")
#: No plan is of these.
_OVER = re.compile("去年|[上前]年|截至|目前|昨|近[两几三五]年|以来")


def stated_before(reading: Reading, bound: Sequence[Observation], first: int) -> Stated | None:
    """Return what the figure before the sentence that starts at ``first``, or in it, was bound to.

    After 前10月出口3亿元，10月份增长9% the next sentence is of the whole time again.
    """
    told = [
        o for o in bound
        if (not _DAY.search(o.period.verbatim) if o.period else o.figure.kind != "count")
    ]  # fmt: skip
    if not told:
        return None
    last = told[-1]  # a stock between two flows has no period and ends none
    if last.figure.start < first and last.period and _PART.search(last.period.verbatim):
        start = reading.sentence(last.figure.start)[0]
        wider = (o for o in reversed(told) if o.period and o.period.end < last.period.start)
        near = (o for o in wider if o.figure.start >= start and o.period and _WHOLE.search(o.period.verbatim))
        last = next(near, last)
    return Stated(last.figure, last.subject.text, last.period)


def time_of(text: str, figure: Figure, first: int, period: Period | None, modal: str | None) -> Period | None:
    """Return the period of a figure: of what changes only its own, of a plan none that is over.

    >>> from kg.ingest.observations.binding import bind_figures
    >>> from kg.ingest.reading import read_page
    >>> page = "今年，莘县机械化率由18%提高到40%。去年莘县产值3亿元。产值要翻一番。"
    >>> [o.period and o.period.verbatim for o in bind_figures(read_page(page))]
    [None, '今年', '去年', None]
    """
    if period is None:
        return None
    if modal in ("kg:Plan", "kg:Forecast") and period.start < first and _OVER.search(period.verbatim):
        return None
    if base_of_change(text[first : figure.start], text[figure.end : figure.end + 12]):
        opened = max(text.rfind(word, first, figure.start) for word in "由从")
        return period if period.start >= opened else None
    return period


def modality_of(
    text: str,
    figure: Figure,
    span: tuple[int, int],
    of: Mention,
    measure: str,
    period: Period | None,
    year: int | None,
) -> str | None:
    """Return in which way a figure is to come, None where it is a fact.

    ``span`` is where its sentence and its clause start, ``year`` that of the page.

    >>> from kg.ingest.observations.binding import bind_figures
    >>> from kg.ingest.reading import read_page
    >>> page = "莘县香瓜深加工项目投资3亿元，新建冷库6座，年产值9亿元。"
    >>> [o.modality for o in bind_figures(read_page(page))]
    [None, 'kg:Plan', 'kg:Forecast']
    """
    first, clause = span
    before = text[first : figure.start]
    if base_of_change(before, text[figure.end : figure.end + 12]):
        return None
    if _AIM.match(text, figure.end):
        return "kg:Plan"
    later = period is not None and period.verbatim.endswith("后")
    done = _DONE.search(before) or (period is not None and not later and _PAST.search(period.verbatim))
    to_come = (later or of.type == "kg:Project") and not done
    said = of_project(measure, text[clause : figure.start], later) if to_come else None
    return modality(text[first : figure.end], year) or said
