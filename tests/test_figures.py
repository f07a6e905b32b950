"""Each line of tests/cases/figures is a case: adding a case is adding a line."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.figures import Figure, read_figures, read_periods

CASES = Path(__file__).parent / "cases" / "figures"


def lines(name: str) -> list[list[str]]:
    rows = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [row.replace("\\n", "\n").split("\t") for row in rows if row and not row.startswith("#")]


def shown(figure: Figure) -> list[str]:
    numbers = ["-" if n is None else f"{n:f}" for n in (figure.value, figure.minimum, figure.maximum)]
    words = [figure.unit_code, figure.unit_text or "-", figure.qualifier or "-", figure.kind]
    row = [figure.verbatim, *numbers, *words]
    per = [f"{figure.per_value:f} {figure.per_unit_code}"] if figure.per_value is not None else []
    return row + per + ([figure.direction] if figure.direction else [])


@pytest.mark.parametrize("case", lines("figures.tsv"), ids=lambda case: case[0])
def test_figure(case: list[str]) -> None:
    assert [shown(f) for f in read_figures(case[0])] == ([] if case[1:] == ["-"] else [case[1:]])


@pytest.mark.parametrize("case", lines("periods.tsv"), ids=lambda case: case[0])
def test_period(case: list[str]) -> None:
    found = read_periods(case[0], reference=date(2021, 6, 25))
    assert [[p.verbatim, str(p.start_date or "-"), str(p.end_date or "-")] for p in found] == (
        [] if case[1:] == ["-"] else [case[1:]]
    )


def doubts(text: str) -> list[tuple[str, str | None]]:
    return [(figure.verbatim, figure.doubt) for figure in read_figures(text)]


def test_two_numbers_are_never_fused_in_silence() -> None:
    beside, joined = "other digits stand beside these, over a gap", "digits were joined over a gap"
    assert doubts("产值 2015 2017万元") == [("2017万元", beside)]
    assert doubts("总额1\n20亿元") == [("20亿元", beside)]
    assert doubts("增长37. 3%") == [("37.3%", joined)]
    assert doubts("\n1. 20家企业") == [("20家", None)]


def test_a_circled_number_is_no_digit() -> None:
    assert [f.verbatim for f in read_figures("①20家")] == ["20家"]


@given(st.integers(1, 10**9), st.sampled_from(["家", "亿元", "%", "亩", "公斤", "倍"]))
def test_the_value_is_the_number_that_was_written(number: int, unit: str) -> None:
    (figure,) = read_figures(f"共有{number}{unit}。")
    assert figure.value == number * (10**8 if unit == "亿元" else 1)


@given(st.integers(1, 999), st.integers(1, 99), st.sampled_from([" ", "\u3000"]))
def test_a_decimal_point_may_be_spaced(whole: int, part: int, gap: str) -> None:
    (figure,) = read_figures(f"增长{whole}{gap}.{gap}{part:02}%")
    assert figure.value == Decimal(f"{whole}.{part:02}")


@given(st.integers(1, 10**8), st.integers(1, 10**8))
def test_bounds_hold_the_value(number: int, more: int) -> None:
    (figure,) = read_figures(f"{number}余家")
    assert figure.minimum == number < (figure.maximum or 0)


figure_like = "0123456789 .\n，至-每第前位年月日万亿元家公斤%增长近余多约以上十百两三分之过半强番翻"


@given(st.text(figure_like, max_size=40))
def test_any_text_is_read_soundly(text: str) -> None:
    figures = read_figures(text)
    assert all(0 <= a.start < a.end <= len(text) for a in figures)
    assert all(a.end <= b.start for a, b in pairwise(figures))
    for figure in figures:
        assert figure.verbatim == "".join(text[figure.start : figure.end].split())
        if figure.minimum is not None and figure.maximum is not None:
            assert figure.minimum < figure.maximum
    for period in read_periods(text, reference=date(2021, 6, 25)):
        if period.start_date and period.end_date:
            assert period.start_date <= period.end_date


@given(st.text(max_size=60))
def test_no_text_breaks_the_lexer(text: str) -> None:
    read_figures(text)
    read_periods(text, reference=date(2021, 6, 25))


def test_what_grew_by_a_number_and_what_it_came_to_are_two_figures() -> None:
    assert [f.verbatim for f in read_figures("净增94间至1,286间")] == ["94间", "1,286间"]
    assert [f.verbatim for f in read_figures("跌3.1%至9.4亿港元")] == ["3.1%", "9.4亿港元"]
    assert [f.verbatim for f in read_figures("收入比由2.56缩小为2.47。")] == ["2.56", "2.47"]


def test_a_column_may_end_inside_a_number() -> None:
    assert doubts("全市规上工业企业营业收入突破30\n00亿元，增长5%") == [("突破3000亿元", None), ("5%", None)]
    assert doubts("全市规上工业企业数量截至2020\n15家") == [
        ("15家", "other digits stand beside these, over a gap")
    ]
