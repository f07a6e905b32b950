"""The figures of a text: every number with its unit, its approximators and the page's own wording.

``value`` is what the page says, in the page's unit; ``minimum`` and ``maximum`` are what it allows:

===================  ==================================  ========================================
wording              qualifier                           bounds
===================  ==================================  ========================================
突破 超 逾 167亿元    moreThan                            minimum
230余家, 40多家       moreThan                            minimum, maximum = next step (240, 50)
近200家 不足 接近      justUnder                           maximum
约3900万元 左右        about                               none
千万元以上 至少        atLeast                             minimum
10万元以下 不超过      atMost                              maximum
3至5亿元              none                                both, and no value
前十位                atMost                              maximum, and no value
===================  ==================================  ========================================

A fall keeps its number positive and has ``direction`` "down"; "up" marks growth *by* the figure
(增长3倍), never growth *to* it (增至3.5倍). One before a count word is an article (一个平台) and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest

from kg.figures.numeral import NUMERAL, SCALE, next_step, parse_numeral, plain, scale_value
from kg.figures.period import period_spans
from kg.figures.spacing import View, view
from kg.figures.special import FAR_ABOUT, Special, read_special
from kg.figures.standing import is_change, stands
from kg.figures.unit import CURRENCIES, UNITS, pattern

_MORE = "突破了?|超过了?|超出|已?超|逾|高于|大于|多于|不止|过|(?<![突打击])破"
_AT_LEAST = "不少于|不低于|不下|至少|最少|最低"
_AT_MOST = "不超过|不高于|不多于|至多|最多|最高"
_UNDER = "将近|接近|(?<![附最])近|不足|不到|低于|少于"
_ABOUT = "大约|大概|(?<![签条合违预履节])约合?|粗略|估计"
_PRE = (
    f"(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<under>{_UNDER})|(?P<about>{_ABOUT})|(?P<over>{_MORE})"
)
_UNIT = pattern()
_LETTER = "A-Za-z0-9.:"
_FIGURE = re.compile(
    rf"""
    (?P<each>每(?P<per_number>{NUMERAL})?(?P<per>{pattern("amount", "count")}))?
    (?:{_PRE})?
    (?P<currency>{"|".join(CURRENCIES)})?
    (?<![{_LETTER}])
    (?:(?P<low>{NUMERAL})(?P<low_scale>{SCALE})?(?P<low_unit>{_UNIT})?(?:[-~至到]+)(?=[0-9一二三四五六七八九十百千两]))?
    (?:(?P<vague>上|数|几)(?P<vague_number>[十百千万亿]+)|(?P<number>{NUMERAL}))
    (?P<more>[余多来])?(?P<scale>{SCALE})?(?P<more_after>[余多])?
    (?P<unit>{_UNIT})?
    (?P<after>多(?![个元种样年数方次家])|以上|以下|以内|之内|左右|上下|不到)?
    (?:(?:/|每)(?P<by>{pattern("amount", "count")}))?
    """,
    re.VERBOSE,
)
_UP = "增长|上升|提高|增加|提升|上涨|扩大|增幅|涨幅|增速|增|涨|升"
_DOWN = "负增长|下降|减少|降低|回落|下滑|下跌|缩减|降幅|减|降|跌"
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|达到?|为|约)?$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text; ``start`` and ``end`` (exclusive) are offsets in the text that was given."""

    value: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None
    unit_code: str
    unit_text: str | None
    qualifier: str | None
    verbatim: str
    kind: str
    start: int
    end: int
    per_value: Decimal | None = None
    per_unit_code: str | None = None
    direction: str | None = None
    doubt: str | None = None


def read_figures(text: str) -> list[Figure]:
    """Read every figure of a text, in order; dates are not figures.

    >>> for f in read_figures("网络销售额突破167\\n\\n亿元，2 3 0余家企业参会，每3公斤2 . 5元"):
    ...     print(f.verbatim, f.value, f.minimum, f.maximum, f.unit_code, f.qualifier, f.per_value)
    突破167亿元 16700000000 16700000000 None CNY moreThan None
    230余家 230 230 240 C62 moreThan None
    每3公斤2.5元 2.5 None None CNY None 3
    """
    page = view(text)
    taken = [*period_spans(page)]
    figures: list[Figure] = []
    for special in read_special(page.chars):
        if not _overlaps(special.start, special.end, taken):
            taken.append((special.start, special.end))
            figures.append(_from_special(page, special))
    at = 0
    while match := _FIGURE.search(page.chars, at):
        at = max(match.end(), match.start() + 1)
        busy = _overlap_end(_numeral_start(match), match.end(), taken)
        if busy is not None:
            at = max(busy, match.start() + 1)
            continue
        figure = _read(page, match)
        if figure is None:
            first = _first_of_change(page, match)
            if first is not None:
                figures.append(first)
            # What did not make a figure may hide one: 五4家 …, so go on right after its first digit.
            at = match.end("low_unit") if first is not None else _numeral_start(match) + 1
        else:
            figures.append(figure)
    return sorted(_priced(page, figures), key=lambda f: f.start)


def _numeral_start(match: re.Match[str]) -> int:
    return min(match.start(g) for g in ("low", "vague", "number") if match[g] is not None)


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return _overlap_end(start, end, taken) is not None


def _overlap_end(start: int, end: int, taken: list[tuple[int, int]]) -> int | None:
    return max((e for s, e in taken if s < end and start < e), default=None)


def _from_special(page: View, special: Special) -> Figure:
    start, end = page.span(special.start, special.end)
    return Figure(
        value=special.value,
        minimum=special.minimum,
        maximum=special.maximum,
        unit_code=special.unit_code,
        unit_text=special.unit_text,
        qualifier=special.qualifier,
        verbatim=page.wording(special.start, special.end),
        kind=special.kind,
        start=start,
        end=end,
        direction=special.direction or _direction(page.chars, special.start),
        doubt=page.doubt(special.start, special.end),
    )


def _direction(chars: str, start: int) -> str | None:
    change = _CHANGE.search(chars, max(0, start - 6), start)
    return None if change is None else "up" if change["up"] else "down"


def _read(page: View, match: re.Match[str]) -> Figure | None:
    number = match["number"] or match["vague_number"]
    scale = scale_value(match["scale"] or "")
    value = parse_numeral("一" + number if number[0] in "万亿" else number)
    if value is None or not stands(page.chars, match, number):
        return None
    value = plain(value * scale)
    start, end = match.start(), match.end()
    if match["each"] is None and match["by"] is None and match["after"] is None:
        end = max(match.end(g) for g in ("number", "vague_number", "more", "scale", "more_after", "unit"))
    low = _low(match, scale)
    if match["low"] is not None and (low is None or low >= value or is_change(page.chars, match)):
        return None
    unit = UNITS.get(
        match["currency"] if match["currency"] and match["unit"] == "元" else match["unit"] or ""
    )
    minimum, maximum, qualifier = _bounds(match, value)
    if (
        qualifier is None
        and unit
        and unit.kind == "percent"
        and FAR_ABOUT.search(page.chars, max(0, start - 14), start)
    ):
        qualifier = "about"
    approximate = None if match["vague"] in ("数", "几") else value
    per, per_unit = match["per"] or match["by"], None
    if per is not None:
        per_unit = UNITS[per].code
    raw_start, raw_end = page.span(start, end)
    return Figure(
        value=None if low is not None else approximate,
        minimum=low if low is not None else minimum,
        maximum=value if low is not None else maximum,
        unit_code=unit.code if unit else "C62",
        unit_text=match["unit"],
        qualifier=qualifier,
        verbatim=page.wording(start, end),
        kind="price" if per and unit and unit.kind == "money" else unit.kind if unit else "count",
        start=raw_start,
        end=raw_end,
        per_value=None if per is None else parse_numeral(match["per_number"] or "一"),
        per_unit_code=per_unit,
        direction=_direction(page.chars, start),
        doubt=page.doubt(start, end),
    )


def _first_of_change(page: View, match: re.Match[str]) -> Figure | None:
    if match["low_unit"] is None or not is_change(page.chars, match):
        return None
    first = _FIGURE.match(page.chars, match.start("low"), match.end("low_unit"))
    return _read(page, first) if first is not None else None


def _low(match: re.Match[str], scale: Decimal) -> Decimal | None:
    if match["low"] is None:
        return None
    low = parse_numeral(match["low"])
    if low is None:
        return None
    if match["low_scale"]:
        return plain(low * scale_value(match["low_scale"]))
    own = match["low"][-1] in "十百千万亿" or match["low_unit"] is not None
    if own:
        return low
    # 3至5亿元: the scale stands once and holds for both.
    tail = re.search(rf"[0-9]({SCALE})$", match["number"] or "")
    return plain(low * scale * (scale_value(tail[1]) if tail else 1))


def _bounds(match: re.Match[str], value: Decimal) -> tuple[Decimal | None, Decimal | None, str | None]:
    after = match["after"] or ""
    if match["vague"] in ("数", "几"):
        return value, value * 10, "moreThan"
    if match["vague"] == "上" or match["over"]:
        return value, None, "moreThan"
    if match["more"] in ("余", "多") or match["more_after"] or after == "多":
        return value, plain(next_step(value)), "moreThan"
    if match["most"] or after in ("以下", "以内", "之内"):
        return None, value, "atMost"
    if match["under"] or after == "不到":
        return None, value, "justUnder"
    if match["least"] or after == "以上":
        return value, None, "atLeast"
    if match["about"] or match["more"] == "来" or after in ("左右", "上下"):
        return None, None, "about"
    return None, None, None


def _priced(page: View, figures: list[Figure]) -> Iterator[Figure]:
    """Join 3公斤 and 2元, side by side, to one price."""
    ordered = sorted(figures, key=lambda f: f.start)
    skip = False
    for here, after in zip_longest(ordered, ordered[1:]):
        if skip:
            skip = False
            continue
        beside = after is not None and not page.raw[here.end : after.start].strip()
        weighed = here.kind == "amount" and here.unit_code not in ("ANN", "MON", "DAY")
        if after and beside and weighed and after.kind == "money":
            skip = True
            yield replace(
                after,
                verbatim=here.verbatim + after.verbatim,
                kind="price",
                start=here.start,
                per_value=here.value,
                per_unit_code=here.unit_code,
                doubt=here.doubt or after.doubt,
            )
        else:
            yield here
