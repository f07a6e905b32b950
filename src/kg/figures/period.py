"""The periods of a text: dates, spans of dates, and words that count from the page's own date."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.figures.numeral import parse_numeral
from kg.figures.spacing import View, view

_N = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = "(?<![0-9.])(?:19|20)[0-9]{2}|[一二][〇零九][〇零一二三四五六七八九]{2}"
_TO = "[-~至到]+"
_LAST = "(?<![线网海路陆])上年"  # not in 线上年销售额
_RELATIVE = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}
_MONTH_RELATIVE = {"本月": 0, "上月": -1, "上个月": -1}
_DAY_RELATIVE = {"今日": 0, "今天": 0, "昨日": -1, "昨天": -1, "前天": -2, "明日": 1, "明天": 1}
_PART = (
    rf"(?P<m1>{_N})月(?P<d1>{_N})[日号](?:{_TO}(?:(?P<dy2>{_YEAR})年)?(?:(?P<dm2>{_N})月)?(?P<d2>{_N})[日号])?"
    rf"|(?P<md1>{_N})月(?P<dd1>{_N}){_TO}(?P<dd2>{_N})[日号]"
    rf"|(?P<ma>{_N})月?(?:份)?{_TO}(?:(?P<my2>{_YEAR})年)?(?P<mb>{_N})月(?!{_N}[日号])份?"
    rf"|(?P<m>{_N})月(?:份|(?P<third>上旬|中旬|下旬)|(?P<mend>底|末)|(?P<mstart>初))?"
    r"|(?P<half>[上下]半年)"
    rf"|(?P<q>第?[一二三四1-4]季度|第[一二三四1-4]季|首季)|[前首](?P<qs>[二三两23])个?季度?|[前首](?P<ms>{_N})个?月"
    r"|(?P<yend>年?底|年?末|年终)"
)
# 全部达产后, 一期建成后: from when on a plan holds.
_DONE = (
    r"(?:[一二三四首][二三]?期(?:[、和][二三四]期)?|全部|全面|正式|整体|完全)*"
    r"(?:达产|投产|满产|建成|竣工|完工|投用|投运|达效|投入(?:使用|运营|生产)|通车)(?:达产|达效|投产|投用|投运|运营|使用)?之?后(?!续|期|劲)"
)
# 2015年“双11”当天, 去年“五一”到“十一”.
_FEAST = (
    r"(?:“(?:双1[12]|双十[一二]|618|五一|十一|国庆|中秋|春节|端午|清明|元旦|元宵)”(?:小?长?假期?|黄金周|期间|当天)?"
    r"|(?:双1[12]|双十[一二]|五一|十一|国庆|中秋|春节|端午|清明|元旦|元宵|暑|寒)(?:小?长假|假期?|黄金周|期间|当天))"
)
_PERIOD = re.compile(
    rf"""
    (?P<until>截[至止]到?|截至到)?
    (?:
      (?P<y1>{_YEAR})年?{_TO}(?P<y2>{_YEAR})年(?!{_N}月)
      | (?:(?P<y>{_YEAR})年度?
        |(?P<rel>[今去](?:[(（][0-9]{{2,4}}[)）])?年|本年|当年|{_LAST}|前年|明年)(?!度报告))
        (?:{_PART}|(?P<feast>{_FEAST}(?:[至到]{_FEAST})?))?
      | (?P<mrel>本月|上月|上个月)(?:(?P<rd>{_N})[日号])?
      | (?P<drel>今日|今天|昨日|昨天|前天|明日|明天)
      | (?P<plan>“?十[一二三四五六]五”?)(?:规划)?(?:期间|时期|以来|末)
      | (?P<vague>(?:国庆|春节|元旦|端午|中秋|“?五一”?)(?:小?长?假期?|黄金周|期间)
        |假期[0-9一二三四五六七八九十]{{1,2}}天
        |(?:近|最近|过去)[一二两三四五六七八九十]年(?:[来间里])?|[一二两三四五六七八九十]年(?:内|间)
        |(?<![0-9一二三四五六七八九十百千余多])(?:[1-9]|[一二两三四五六七八九十]|[一二]?十[一二三四五六七八九]?)年多?前|目前|当前|眼下|截至目前|现在(?!代)|现时|现阶段|现今|(?:旅游)?[旺淡]季|最?高峰期|最高峰|首日|首年|首月|起步时|常年|[这近][两几]年(?:来|间)?|这些年|昨(?=收|早|晚|跌|升|报)
        |(?<![^，。；：、\n])(?:自从?)?[一-龥]{{2,12}}(?<![今去前近些]年)以来|{_DONE}|全年|每年|每月|每天|年均|近日|日前|当时|如今)
      | (?P<alone>{_PART.replace("?P<", "?P<x").replace("年?底|年?末", "年底|年末")})
      | (?P<dayonly>(?<![0-9月日.])(?P<only>[0-9]{{1,2}})日(?![本元]))
    )
    (?P<tail>{_DONE}|同期|全年|上半年|以来|起|前|止(?:[三六九36]|十二|12)个月|止年度|止全年|止半年)?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: first and last day where they are known, and where the text says so."""

    start_date: date | None
    end_date: date | None
    verbatim: str
    start: int
    end: int


def read_periods(text: str, *, reference: date | None = None) -> list[Period]:
    """Read every period of a text; ``reference`` is the page's date, for 去年 and for days without a year.

    >>> page = "截至2020年6月，6月23日-\\n\\n24日，去年上半年，每年"
    >>> for p in read_periods(page, reference=date(2021, 6, 25)):
    ...     print(p.verbatim, p.start_date, p.end_date)
    截至2020年6月 None 2020-06-30
    6月23日-24日 2021-06-23 2021-06-24
    去年上半年 2020-01-01 2020-06-30
    每年 None None

    A day or month without a year is taken nearest to the reference, the past first.
    """
    page = view(text)
    periods = []
    for match in _matches(page):
        found = _resolve(match, reference)
        if found is not None:
            start, end = page.span(*match.span())
            periods.append(Period(*found, page.wording(*match.span()), start, end))
    return periods


def period_spans(page: View) -> list[tuple[int, int]]:
    """Return where the periods stand, in offsets of the view."""
    return [match.span() for match in _matches(page)]


def _matches(page: View) -> list[re.Match[str]]:
    # 20年 of 5年 is a length of time, 12个月 too: only what the pattern names is a period.
    return [m for m in _PERIOD.finditer(page.chars) if m.group()]


_Span = tuple[date | None, date | None]


def _resolve(m: re.Match[str], reference: date | None) -> _Span | None:
    """Return the first and last day, None for what is not said, or None when no such day exists."""
    try:
        span = _days(m, reference)
    except (ValueError, OverflowError):
        return None
    start, end = span
    if start and end and start > end:
        return None
    if m["until"]:
        return None, end
    if m["tail"] in ("以来", "起"):
        return start, None
    if m["tail"] and m["tail"].endswith("后"):
        return end, None
    if m["tail"] == "同期":
        return None, None
    return start, end


def _days(m: re.Match[str], reference: date | None) -> _Span:
    if m["y1"]:
        return date(_int(m["y1"]), 1, 1), date(_int(m["y2"]), 12, 31)
    if m["y"] or m["rel"]:
        if m["feast"] or (m["rel"] and reference is None):
            return None, None
        year = _int(m["y"]) if m["y"] else (reference or date.min).year + _RELATIVE[m["rel"][0] + "年"]
        return _part(m, "", year)
    if m["plan"]:
        first = 2006 + 5 * ("一二三四五六".index(re.sub("[“”十五]", "", m["plan"]) or "五"))
        return date(first, 1, 1), date(first + 4, 12, 31)
    if m["vague"] or reference is None:
        return None, None
    if m["drel"]:
        day = reference + timedelta(days=_DAY_RELATIVE[m["drel"]])
        return day, day
    if m["mrel"]:
        month = reference.year * 12 + reference.month - 1 + _MONTH_RELATIVE[m["mrel"]]
        year, month = month // 12, month % 12 + 1
        if m["rd"]:
            return (date(year, month, _int(m["rd"])),) * 2
        return date(year, month, 1), _month_end(year, month)
    if m["dayonly"]:
        day = date(reference.year, reference.month, _int(m["only"]))
        return day, day
    return _nearest(m, reference)


def _nearest(m: re.Match[str], reference: date) -> _Span:
    """Choose the year that brings the part nearest to the reference; the future counts double."""

    def distance(span: _Span) -> int:
        day = span[0] or span[1] or reference
        days = (day - reference).days
        return 2 * days if days > 0 else -days

    spans = []
    for year in (reference.year, reference.year - 1, reference.year + 1):
        try:
            spans.append(_part(m, "x", year))
        except ValueError:  # 2月29日 of a common year
            continue
    if not spans:
        raise ValueError
    return min(spans, key=distance)


def _part(m: re.Match[str], x: str, year: int) -> _Span:
    if m[f"{x}m1"]:
        first = date(year, _int(m[f"{x}m1"]), _int(m[f"{x}d1"]))
        if not m[f"{x}d2"]:
            return first, first
        last_year = _int(m[f"{x}dy2"]) if m[f"{x}dy2"] else year
        month = _int(m[f"{x}dm2"]) if m[f"{x}dm2"] else first.month
        return first, date(last_year, month, _int(m[f"{x}d2"]))
    if m[f"{x}md1"]:
        month = _int(m[f"{x}md1"])
        return date(year, month, _int(m[f"{x}dd1"])), date(year, month, _int(m[f"{x}dd2"]))
    if m[f"{x}ma"]:
        last_year = _int(m[f"{x}my2"]) if m[f"{x}my2"] else year
        return date(year, _int(m[f"{x}ma"]), 1), _month_end(last_year, _int(m[f"{x}mb"]))
    if m[f"{x}m"]:
        month = _int(m[f"{x}m"])
        last = _month_end(year, month)
        third = m[f"{x}third"]
        if third:
            begin = {"上旬": 1, "中旬": 11, "下旬": 21}[third]
            return date(year, month, begin), last if third == "下旬" else date(year, month, begin + 9)
        return date(year, month, 1), last
    if m[f"{x}half"]:
        first_half = m[f"{x}half"][0] == "上"
        return (date(year, 1, 1), date(year, 6, 30)) if first_half else (date(year, 7, 1), date(year, 12, 31))
    if m[f"{x}q"]:
        quarter = 1 if m[f"{x}q"] == "首季" else _int(re.sub("[第季度]", "", m[f"{x}q"]))
        return date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)
    if m[f"{x}qs"]:
        return date(year, 1, 1), _month_end(year, 3 * _int(m[f"{x}qs"]))
    if m[f"{x}ms"]:
        return date(year, 1, 1), _month_end(year, _int(m[f"{x}ms"]))
    if m[f"{x}yend"]:
        return None, date(year, 12, 31)
    return date(year, 1, 1), date(year, 12, 31)


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, calendar.monthrange(year, month)[1])


def _int(text: str) -> int:
    value = parse_numeral(text)
    if value is None:
        raise ValueError(text)
    return int(value)
