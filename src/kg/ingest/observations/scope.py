"""For what time a figure holds: the period of its sentence, or one that goes on from before."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.figures import Figure, Period
from kg.ingest.discourse.clause import article_at
from kg.ingest.reading import Reading

# A day on which something is told or held is not the period of the figures that are told, nor is the
# month in which a plant is to open.
_DATED = re.compile(
    r"(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上?|当[天日])?，?[^，。；、]{0,24}?(?:发布|公布|举行|召开|举办|开幕|获悉|介绍|表示|签约|签署|成立|创办|走进|来到|启动|开业|上市|闭幕|落幕|开馆|电$)"
)
_BUILT = re.compile(
    r"(?:建成|正式|全部|全面|前|将|可|竣工|有望|实现|并|就|已|起|才|便)*"
    r"(?:动工|开工|试产|投产|投用|投运|启用|通车|完工|竣工|封顶|交付|成立|创[办立建]|建[厂校园院市港]|办厂|设立|组建|注册|落户|入驻|迁[来入至]"
    r"|搬[到来进迁]|升格|获[评称批]|入选|挂牌|上市|被[评授列认]|引进|举办|召开|举行)"
)
_NO_PERIOD = re.compile(r"同期$|年均|当时|当年|近日|日前|昨[日天]|今[日天]")
# 上年同期为-3150万元: the earlier figure itself.
_THEN_WAS = re.compile("(?:则|仅|只)*(?:为|亏损|盈利)[约近]?[-负]?")
# 到2025年由目前的3家增至5家: the first of the two is of today.
_FROM_NOW = re.compile(r"[由从](?:现时|目前|现在|当前|原来|原先)的?$")
_BASE = re.compile("(?:同期)?的?(?:基础|基数|水平)上")  # 在去年基础上再增长
# 与去年持平, 和2019年相比: what it is held against.
_LIKENED = re.compile(r"(?:同期)?(?:基本|大体|大致)?(?:持平|相比|相当|相较|比较|齐平)")
# 三年前占18%，如今占33%; 去年营收3亿元；拥有专利63件.
_OVER = re.compile(
    r"(?<![由从])(?:如今|现在|而今)|；(?:[^，。；]{0,4}[，、])?(?:现?拥有|现有|共有|[建设]有|目前|眼下)"
)
# 今年5月签约，达产后产值5亿元: the time of another deed.
_COMPLETED = re.compile(r"[，；、][^，。；]{0,12}(?:达产|投产|建成|投用|投运|运营|通车|完工|达效)后")
# 总投资9亿元 is of the whole building, 完成投资 and 工业投资 of a year.
_LAID_OUT = re.compile(r"(?:总投资|计划投资|(?<![成产业年])投资)(?:额|规模)?[为约达超近逾]?$")
_SINCE = re.compile(r"[^，。；0-9]{0,10}以来")
# These start a new count of their own: the period of the sentence before does not reach them.
_NOW = re.compile(r"现有|目前|稳定在|共有|已|拥有|到20|未来|力争|目标|预计|投产|计划|拟|将|有")
# 去年营收3亿元；员工600人: how many there are is not of last year.
_HEADS = frozenset(("人", "名", "家", "户"))
# These count what happened over a time, not how many there are.
_FLOW = re.compile(
    r"开行|接待|完成|签约|新增|新建|引进|实施|举办|培训|发放|办理|销售|出口|生产|开工|投产|发生|处理|出栏|寄递|吞吐|推出|开展"
)
# Stocks: what there is on a day is not of the period over which something flowed before.
_STOCKS = frozenset(("cn:mu", "MTK", "HAR", "KMK", "KMT"))


# 假期 alone is the holiday that was named before it.
_HOLIDAY = re.compile(r"(?<![暑寒休婚产病年带])假期|节日期间|假日期间|小长假|黄金周")


# A stretch of time over which something flows, no day and no state of things.
_SPAN = re.compile(
    r"^(?!截|近|每|目前|明年|.*同期)[^日号天]*(?:季度?|半年|[0-9一二三四五六七八九十]个?月份?|[0-9]年度?|去年|今年)$|期间?$|假期.*天$|^报告期内?$"
)
# 分县区看, 按商品计: the parts of what was told before, of the same time.
_BY_PART = re.compile(r"(?:分|按|从|就|各)[一-龥]{1,7}(?:看|计算?|划分|来看|来讲|方面)[，,]")
# 2022年年报, 上半年业绩: a report whose figures are of that time.
_REPORTED = re.compile(
    "年?度?(?:全年)?(?:年报|报告|半年报|[一三]?季报|业绩|财报|中报|经济运行|国民经济|运行情况|运行综述)"
)
# A firm's accounts, which are all of one time; a report on a place or a trade is not.
_DISCLOSED = re.compile(
    "(?:披露|发布|公布|公告|刊发|出炉)[^，。；]{0,20}(?:年度报告|季度报告|中期报告|年报|[一三]?季报|中报|财报|业绩快报)"
)
# 员工600人 after 去年营收3亿元: how many there are now.
_STAFF = re.compile("(?:员工|职工|雇员|股东|从业人员|从业者)(?:总数|户数)?(?:有|达|共|约|近)?$")
# 总投资9亿元 after 今年5月签约: of the whole building.
_TOTAL = re.compile("(?:总投资|计划投资|投资总额|协议投资)(?:额|规模)?[为约达超近逾]?$")
_GROWS = re.compile(r"同比|环比|比上年|[比较]去年|按[年月]|增长|下降|增速|增幅")
_AHEAD = re.compile(r"预计|力争|有望|目标")
# 同期, 期内: of the time that was told last.
_THEN = re.compile(r"当时|(?<![年上])同期|期内|其间")


class Stated(NamedTuple):
    """A figure that was bound before: its subject by name, and its period."""

    figure: Figure
    subject: str
    period: Period | None


def period_of(
    reading: Reading,
    figure: Figure,
    first: int,
    subject: str,
    how: str,
    last: Stated | None,
    told: int | None = None,
    made: int | None = None,
) -> Period | None:
    """Return the period of a figure whose sentence starts at ``first``; ``how`` its subject was found.

    ``told`` is where the address or the turn of an interview starts that it stands in, if any: through
    its paragraphs a period goes on as through the sentences of one. ``made`` is where the sentence names
    the subject as something new: 2021年建成某园区 is no time of the area of the park.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("2020年，莘县产值3亿元。")
    >>> period_of(reading, reading.figures[0], 0, "莘县", "named", None).verbatim
    '2020年'
    """
    text = reading.page.text
    own = [
        p
        for p in reading.periods
        if first <= p.start
        and p.end <= figure.start
        and text[p.start - 1 : p.start] not in ("于", "比", "较", "是")
        and not (_NO_PERIOD.search(p.verbatim) and not _THEN_WAS.fullmatch(text, p.end, figure.start))
        and not _BASE.match(text, p.end)
        and not (text[p.start - 1 : p.start] in ("与", "和", "同", "跟") and _LIKENED.match(text, p.end))
        and not (p.verbatim.startswith("每") and _figure_between(reading, p, figure))
        and not (text[p.start - 1 : p.start] in ("由", "从") and _figure_between(reading, p, figure))
        and not _only_dates(text, p, figure)
        and not (made is not None and p.end <= made and not p.verbatim.endswith("后"))
        and not (_SINCE.match(text, p.end) and "以来" not in p.verbatim)
    ]
    if _FROM_NOW.search(text, max(first, figure.start - 8), figure.start):
        return None
    frame = frame_of(reading, figure.start)
    if own:
        between = text[own[-1].end : figure.start]
        stock = figure.kind == "count" and figure.unit_text in _HEADS and "；" in between
        over = _COMPLETED.search(between) is not None or _OVER.search(between) is not None
        later = re.search("[，；]", between) is not None and not own[-1].verbatim.startswith("截")
        stands = (_STAFF if figure.kind == "count" else _TOTAL).search(between) is not None
        over = over or (later and stands)
        whole = own[-1].verbatim == "全年" and frame and frame.verbatim.endswith("年")
        return (
            None
            if stock or over
            else frame
            if whole and not _AHEAD.search(text, first, figure.start)
            else own[-1]
        )
    if last and last.period and _BY_PART.match(text, first) and _SPAN.search(last.period.verbatim):
        return last.period if not _NOW.search(text, first, figure.end) else None
    if holiday := _holiday(reading, first, figure.start):
        return holiday
    total = figure.kind == "money" and _TOTAL.search(text, max(first, figure.start - 9), figure.start)
    framed = frame is not None and figure.kind != "price" and not total
    if framed and not _NOW.search(text, first, figure.end):
        before = last.period if last and last.period and _SPAN.search(last.period.verbatim) else None
        start = next((p[0] for p in reading.page.paragraphs if p[0] <= first < p[1]), first)
        near = before and last and last.figure.start >= start
        return before if near else frame
    if last is None or last.figure.start >= first:
        return last.period if last and not own and _same_clause(text, last, figure) else None
    since = next((p[0] for p in reading.page.paragraphs if p[0] <= first < p[1]), first)
    if last.figure.start < min(since, since if told is None else told) and how != "article":
        return None
    then = _THEN.search(text, first, figure.start) or text.startswith("其中", first)
    if _stands(last, figure, text[first : figure.start]):
        return last.period
    flows = last.period is not None and not re.match(
        r"截|目前|眼下|现|如今|常年|每|.*[年月]前$|.*后$|全年|.*同期$|[首旺淡高最昨]", last.period.verbatim
    )
    counts = (
        figure.kind == "count"
        and _FLOW.search(text[max(first, figure.start - 14) : figure.start]) is not None
    )
    kinds = ("money", "percent", "rank", "fraction", "multiple")
    festive = last.period is not None and _HOLIDAY.search(last.period.verbatim) is not None
    same = (last.subject == subject or festive or (told is not None and told < since)) and (
        figure.kind in kinds
        or (figure.kind == "amount" and figure.unit_code not in _STOCKS)
        or how == "article"
        or counts
    )
    laid_out = figure.kind == "money" and _LAID_OUT.search(text, max(first, figure.start - 9), figure.start)
    goes_on = flows and same and not laid_out and not _NOW.search(text, first, figure.end)
    return last.period if then or goes_on else None


def _holiday(reading: Reading, first: int, at: int) -> Period | None:
    """Return the holiday that 假期 in a sentence stands for: the last one that was named before."""
    text = reading.page.text
    if not _HOLIDAY.search(reading.page.text, first, at):
        return None
    named = (
        p for p in reversed(reading.periods)
        if p.end <= at and _HOLIDAY.search(p.verbatim) and text[p.start - 1] not in "比较"
    )  # fmt: skip
    return next(named, None)


def frame_of(reading: Reading, at: int) -> Period | None:
    """Return the time that a whole report of figures is of: the first stretch that its opening names.

    >>> from kg.ingest.reading import read_page
    >>> text = "一季度，莘县产值增长8%，出口增长9%，投资增长7%，税收下降2%。\\n用电增长5%。"
    >>> frame_of(read_page(text), len(text) - 4).verbatim
    '一季度'
    """
    first, last = article_at(reading, at)
    text = reading.page.text
    head = [p for p in reading.periods if first <= p.start < first + 250]
    # 披露2020年年度报告。报告期内…: the page goes on with the words after the name of the report.
    if disclosed := _DISCLOSED.search(text, first, first + 250):
        named = (p for p in head if disclosed.end() <= p.start and _SPAN.search(p.verbatim))
        if opened := next((p for p in named if p.start < disclosed.end() + 40), None):
            return opened
    if reported := next((p for p in head if _REPORTED.match(text, p.end)), None):
        return reported
    figures = sum(first <= f.start < last for f in reading.figures)
    growths = sum(1 for _ in _GROWS.finditer(text, first, last))
    if growths < 5 or growths < 0.25 * figures:
        return None
    spans = (
        p for p in reading.periods
        if first <= p.start < first + 250 and _SPAN.search(p.verbatim)
        and text[p.start - 1 : p.start] not in ("比", "较")
    )  # fmt: skip
    return next(spans, None)


def stretch_before(reading: Reading, at: int) -> Period | None:
    """Return the stretch of time that an article named last before a table: what its rows are of.

    >>> from kg.ingest.reading import read_page
    >>> text = "2020年莘县等地出口居前。各县出口如下："
    >>> stretch_before(read_page(text), len(text)).verbatim
    '2020年'
    """
    first, _ = article_at(reading, at - 1)
    before = (
        p for p in reversed(reading.periods)
        if first <= p.start and p.end <= at and (_SPAN.search(p.verbatim) or p.verbatim.endswith("年"))
        and reading.page.text[p.start - 1 : p.start] not in ("比", "较", "由", "从")
    )  # fmt: skip
    return next(before, None)


def _figure_between(reading: Reading, period: Period, figure: Figure) -> bool:
    """Tell whether a period is that of another figure: 由2018年的3亿元增至5亿元."""
    return any(period.end <= f.start and f.end <= figure.start for f in reading.figures)


def _stands(last: Stated, figure: Figure, between: str) -> bool:
    """Tell whether a count is of the day that was told before: 截至6月…。某省有9个."""
    stood = last.period is not None and last.period.verbatim.startswith("截")
    return stood and figure.kind in ("count", "rank") and not re.search("目前|现有|共有|如今", between)


def _same_clause(text: str, last: Stated, figure: Figure) -> bool:
    """Tell whether a figure stands in one sentence with the one before, whose period went on to it."""
    if _stands(last, figure, text[last.figure.end : figure.start]):
        return True
    return (
        last.period is not None
        and last.period.end <= figure.start
        and text[last.period.start - 1] not in "由从"  # 由去年的3家增至5家
        and not last.period.verbatim.startswith("每")
        and not _NOW.search(text, last.figure.end, figure.end)
    )


def _only_dates(text: str, period: Period, figure: Figure) -> bool:
    day = "日" in period.verbatim or "号" in period.verbatim
    return (_DATED if day else _BUILT).match(text, period.end, figure.start) is not None
