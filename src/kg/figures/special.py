"""Figures that are no plain number with a unit: ranks, fractions, tenths, doublings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.figures.coin import read_coins
from kg.figures.numeral import NUMERAL, parse_numeral, scale_value
from kg.figures.unit import UNITS, pattern


class Special(NamedTuple):
    """A figure by its offsets in the view."""

    start: int
    end: int
    kind: str
    value: Decimal | None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit_code: str = "C62"
    unit_text: str | None = None
    qualifier: str | None = None
    direction: str | None = None


_SIGN = (
    "(?P<sign>(?:不超过|不高于|不多于|至多|最多)|(?:不低于|不少于|不下|至少|最少)|"
    "(?:将近|接近|不足|不到|近)|(?:超过了?|突破了?|超|逾)|(?:大约|约))?"
)
_AT_LEAST = "(?:(?P<least>以上)|(?P<most>以下|以内))?"
# 第四 alone is a rank only where a ranking speaks of it; 第一产业 and 第二届 are names.
_RANKED = (
    "(?<=全[国省市球])|(?<=世界)|(?<=中国)|(?<=[居列位排名获])|(?<=[省市县区]内)|(?<=排在)|(?<=三角)|"
    "(?<=[东西中]部)|(?<=[一二三四五六七八九十][、和])|(?<=位[、和])|(?<=^)"
)
_NOT_RANK = r"[届次批期季章条款节回集天年代轮阶段部卷产方者线步站个家种类项责任书人民中小医]"
_RANK = re.compile(
    rf"第(?P<number>{NUMERAL})(?P<unit>位(?!数)|名)|(?:{_RANKED})第(?P<bare>{NUMERAL})(?!{_NOT_RANK})"
    rf"|第(?P<last>[一二三四五六七八九十]+)(?=[，。；])"
    rf"|第(?P<great>[一二三四五六七八九十])大(?=[^学中小])"
    rf"|(?P<top>(?<=[居列])首(?=[，。；、]|$)|(?<![首])首位(?!度)|榜首)"
)
# 第11、12和第15位: the ranks of several, each said short.
_SERIES = re.compile(
    r"第[0-9]+(?:[、和与]第?[0-9]+)+(?:位(?!数)|名)|(?<=[居列])[一二三四五六七八九十](?:[、和与][一二三四五六七八九十])+[位名]"
)
_TOP = re.compile(
    rf"(?<!之)前(?P<number>{NUMERAL})(?P<unit>位|名|强|甲)"
    r"|(?:(?<=[居列入身国省市第位])|^)前(?P<bare>[三五十]|二十|五十|3|5|10|20|50)(?P<none>)(?=[，。；、”]|$)"
)
_LIST = re.compile(
    r"(?P<bare>(?!))?(?P<number>[0-9]+|[一二三四五六七八九]?[十百千]+)(?P<unit>强|佳)(?![调化大烈])"
)
_PERCENT = re.compile(rf"{_SIGN}(?P<part>百分之|千分之)(?P<number>{NUMERAL}){_AT_LEAST}")
_FRACTION = re.compile(rf"{_SIGN}(?P<below>{NUMERAL})分之(?P<above>{NUMERAL}){_AT_LEAST}")
_SLASHED = re.compile(
    rf"{_SIGN}(?P<above>[1-9])/(?P<below>[2-9]|1[0-9])(?![0-9/年月日号.])(?P<about>左右)?(?P<least>以上)?(?P<most>以下)?"
)
_PAIR = re.compile(
    r"(?P<low>[一二三四五六七八])(?P<high>[二两三四五六七八九])(?P<scale>[十百千]?[万亿]?)"
    rf"(?P<unit>{pattern('money', 'amount', 'count')})"
)
_TENTHS = re.compile(
    rf"{_SIGN}(?P<number>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半])?"
    rf"(?![立为功效果员就本长熟都交人群型分套份])(?:(?P<more>[多余])|{_AT_LEAST})"
)
_HALF = re.compile(
    r"(?P<over>(?<![”期程])过半|超过?半数|超过?一半|半数以上|大半)|(?P<under>近半数?|近一半)|(?P<half>一半|半数)"
)
_DOUBLE = re.compile(r"翻(?:了)?(?P<number>[一二两三四五])?(?:番|翻)")
# 约占全省的三分之一, 不足全省产值的两成
_FAR = re.compile(r"(近|超过?|逾|约|不足)占[^，。；0-9]{0,10}$|(不足|不到|超过|逾)[^，。；0-9]{2,12}的$")
#: 位列灶具类目第三。: the ranking stands before what it is of.
_RANKS = re.compile(r"(?:位列|位居|居|排名|排在|名列|[^系陈序行]列)[^，。；0-9]{1,12}$")
_TWO_DIGITS = re.compile(r"[双两]位数(?=的?(?:增|升|上升|下降|跌)|[，。；]|$)")
# 综合得分78.6分, not 8点30分.
_SCORE = re.compile(
    r"(?<![0-9.点时:])(?P<number>[0-9]{1,4}(?:\.[0-9]{1,4})?)分"
    r"(?![0-9钟之店公秒别行局支会批期类布数析部级院红为成])"
)
_SCORED = re.compile(r"(?:得分|总分|评分|均分|分值|指数|打分|成绩|满意度)[^。；]{0,24}$")
#: 约占全省的40%: what says that a share is no exact one, before the whole that it is of.
FAR_ABOUT = re.compile(r"(?<![签条合违预履节])约占[^，。；0-9]{0,10}$")
_MORE = ("超", "超过", "超过了", "突破", "突破了", "逾")
_MOST = ("不超过", "不高于", "不多于", "至多", "最多")
_LEAST = ("不低于", "不少于", "不下", "至少", "最少")
_UNDER = ("近", "将近", "接近", "不足", "不到")


def read_special(chars: str) -> Iterator[Special]:
    """Read the ranks, fractions and doublings of a view, in no order, none over another.

    >>> [(s.kind, str(s.value)) for s in read_special("增幅列全省第二位，占五分之一，翻两番")]
    [('rank', '2'), ('fraction', '0.2'), ('multiple', '4')]
    """
    taken: list[tuple[int, int]] = []
    for reader in (
        _series,
        _ranks,
        _tops,
        _lists,
        _percents,
        _fractions,
        _slashed,
        _pairs,
        _tenths,
        _halves,
        _doublings,
        _two_digits,
        _scores,
        _coins,
    ):
        for special in reader(chars):
            if not any(s < special.end and special.start < e for s, e in taken):
                taken.append((special.start, special.end))
                yield special


def _series(chars: str) -> Iterator[Special]:
    for series in _SERIES.finditer(chars):
        for m in re.finditer(r"第?([0-9]+|[一二三四五六七八九十])(位|名)?", series[0]):
            span = (series.start() + m.start(), series.start() + m.end())
            yield Special(*span, "rank", parse_numeral(m[1]), unit_text=m[2])


def _ranks(chars: str) -> Iterator[Special]:
    for m in _RANK.finditer(chars):
        if m["last"] and not _RANKS.search(chars, max(0, m.start() - 14), m.start()):
            continue
        value = Decimal(1) if m["top"] else parse_numeral(m["number"] or m["bare"] or m["last"] or m["great"])
        # 第一，…；第二，… counts arguments, so a bare 第一 that opens a longer text is no rank.
        if value is None or (m["bare"] and m.start() == 0 and m.end() < len(chars)):
            continue
        yield Special(*m.span(), "rank", value, unit_text=m["unit"] or ("位" if m["top"] == "首位" else None))


def _tops(chars: str) -> Iterator[Special]:
    for m in _TOP.finditer(chars):
        yield _first(m)


def _lists(chars: str) -> Iterator[Special]:
    for m in _LIST.finditer(chars):
        yield _first(m)


def _first(m: re.Match[str]) -> Special:
    """Return 前十位 and 百强: some rank, at most this one."""
    last = parse_numeral(m["number"] or m["bare"])
    return Special(*m.span(), "rank", None, maximum=last, unit_text=m["unit"], qualifier="atMost")


def _percents(chars: str) -> Iterator[Special]:
    for m in _PERCENT.finditer(chars):
        value = parse_numeral(m["number"])
        if value is not None:
            code = "P1" if m["part"] == "百分之" else "NX"
            yield _signed(m, "percent", value, code, m["part"])


def _fractions(chars: str) -> Iterator[Special]:
    for m in _FRACTION.finditer(chars):
        above, below = parse_numeral(m["above"]), parse_numeral(m["below"])
        if above is not None and below:
            # Two thirds have no end in decimals: six places, and the wording beside them.
            yield _signed(m, "fraction", round(above / below, 6).normalize(), "C62", None)


def _slashed(chars: str) -> Iterator[Special]:
    for m in _SLASHED.finditer(chars):
        if chars[m.start("above") - 1 : m.start("above")] not in tuple("0123456789/."):
            value = round(Decimal(m["above"]) / Decimal(m["below"]), 6).normalize()
            found = _signed(m, "fraction", value, "C62", None)
            yield found._replace(qualifier="about") if m["about"] else found


def _pairs(chars: str) -> Iterator[Special]:
    """Read 三四百人 and 七八万件: from one to the next, and no value."""
    for m in _PAIR.finditer(chars):
        low, high = parse_numeral(m["low"]), parse_numeral(m["high"])
        if low is not None and high is not None and (high == low + 1 or (low == 3 and high == 5)):
            times = scale_value(m["scale"])
            unit = UNITS[m["unit"]]
            yield Special(*m.span(), unit.kind, None, low * times, high * times, unit.code, m["unit"])


def _tenths(chars: str) -> Iterator[Special]:
    for m in _TENTHS.finditer(chars):
        value = parse_numeral(m["number"])
        half = Decimal(5) if m["half"] == "半" else parse_numeral(m["half"] or "零")
        if value is not None and half is not None:
            found = _signed(m, "fraction", value / 10 + half / 100, "C62", "成")
            more = m["more"] is not None  # 两成多: less than 三成
            yield (
                found._replace(minimum=found.value, maximum=value / 10 + Decimal("0.1"), qualifier="moreThan")
                if more and not half
                else found
            )


def _signed(m: re.Match[str], kind: str, value: Decimal, code: str, unit: str | None) -> Special:
    sign = m["sign"] or (
        (far[1] or far[2]) if (far := _FAR.search(m.string, max(0, m.start() - 14), m.start())) else None
    )
    if sign in _MORE:
        return Special(*m.span(), kind, value, value, None, code, unit, "moreThan")
    if m["least"] or sign in _LEAST:
        return Special(*m.span(), kind, value, value, None, code, unit, "atLeast")
    if m["most"] or sign in _MOST:
        return Special(*m.span(), kind, value, None, value, code, unit, "atMost")
    qualifier = "justUnder" if sign in _UNDER else "about" if sign else None
    most = value if qualifier == "justUnder" else None
    return Special(*m.span(), kind, value, None, most, code, unit, qualifier)


def _halves(chars: str) -> Iterator[Special]:
    half = Decimal("0.5")
    for m in _HALF.finditer(chars):
        if m["over"]:
            yield Special(*m.span(), "fraction", half, half, None, qualifier="moreThan")
        elif m["under"]:
            yield Special(*m.span(), "fraction", half, None, half, qualifier="justUnder")
        else:
            yield Special(*m.span(), "fraction", half)


def _doublings(chars: str) -> Iterator[Special]:
    for m in _DOUBLE.finditer(chars):
        times = parse_numeral(m["number"] or "一")
        if times is not None:
            yield Special(*m.span(), "multiple", Decimal(2) ** times, unit_text="番", direction="up")


def _scores(chars: str) -> Iterator[Special]:
    for m in _SCORE.finditer(chars):
        value = parse_numeral(m["number"])
        scored = m.span() == (0, len(chars)) or _SCORED.search(chars, max(0, m.start() - 24), m.start())
        if value is not None and scored:
            yield Special(*m.span(), "amount", value, unit_code="cn:fen", unit_text="分")


def _two_digits(chars: str) -> Iterator[Special]:
    for m in _TWO_DIGITS.finditer(chars):
        yield Special(*m.span(), "percent", None, Decimal(10), Decimal(100), "P1", None)


def _coins(chars: str) -> Iterator[Special]:
    for start, end, value in read_coins(chars):
        yield Special(start, end, "money", value, unit_code="CNY", unit_text="元")
