"""The period that a fact holds for, read from the page's own words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kg.figures import read_periods

#: How often a figure recurs (ISO 8601 durations), by the page's word.
_RECURRING = {"每年": "P1Y", "每月": "P1M", "每天": "P1D", "每日": "P1D", "每周": "P7D", "每季度": "P3M"}


class StatedPeriod(NamedTuple):
    """First and last day where the words give them, the interval of what recurs, and the words."""

    start: date | None
    end: date | None
    interval: str
    verbatim: str


def read_period(words: str, reference: date) -> StatedPeriod:
    """Read a period; words that give no day, such as 目前, stay words.

    >>> read_period("截至2020年6月", date(2021, 6, 25))
    StatedPeriod(start=None, end=datetime.date(2020, 6, 30), interval='', verbatim='截至2020年6月')
    >>> read_period("每年", date(2021, 6, 25)).interval
    'P1Y'
    """
    if words in _RECURRING:
        return StatedPeriod(None, None, _RECURRING[words], words)
    found = read_periods(words, reference=reference)
    if not found:
        return StatedPeriod(None, None, "", words)
    return StatedPeriod(found[0].start_date, found[0].end_date, "", words)
