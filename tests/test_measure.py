"""What figures measure: each line of tests/cases/measures.tsv is a case."""

from pathlib import Path

import pytest

from kg.ingest.evaluation import compare
from kg.ingest.measures.key import measure_key
from kg.ingest.observations.binding import bind_figures
from kg.ingest.reading import read_page
from kg.ingest.statements import Statements

CASES = Path(__file__).parent / "cases" / "measures.tsv"
ROWS = [row.split("\t") for row in CASES.read_text(encoding="utf-8").splitlines() if row[0] != "#"]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case[0][3:18])
def test_measure(case: list[str]) -> None:
    sentence, measure, figure = case
    found = {o.figure.verbatim: o.measure for o in bind_figures(read_page(sentence))}
    assert found.get(figure, "-") == measure


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("规模以上工业增加值", "规上工业增加值", True),
        ("网上零售额", "网络零售额", True),
        ("年加工谷子", "谷子年加工量", True),
        ("榜单名次", "位次", True),
        ("电子商务企业数量", "电商企业数量", True),
        ("带动就业人数", "就业人数", True),
        ("产量", "产值", False),
        ("进口额", "出口额", False),
        ("新增企业数量", "企业数量", False),
        ("面积", "产量", False),
    ],
)
def test_wordings_of_one_measure(one: str, other: str, same: bool) -> None:
    assert (measure_key(one) == measure_key(other)) is same


def test_what_the_page_has_just_said_may_be_left_out() -> None:
    def stated(*measures: str, said: str = "芝麻种植面积3万亩，产量5000吨") -> Statements:
        figures = {("sesame-county", m, str(n), "-", "-") for n, m in enumerate(measures)}
        before = {("sesame-county", str(n)): said for n in range(len(measures))}
        return Statements(figures=figures, words={m: m for m in measures}, before=before)

    full, short, other = (
        stated("芝麻种植面积", "芝麻产量"),
        stated("芝麻种植面积", "产量"),
        stated("芝麻种植面积", "产值"),
    )
    assert compare(full, short).scores["figures"].right == 2
    assert compare(full, other).scores["figures"].right == 1
    far = stated("芝麻种植面积", "产量", said="产量5000吨")
    assert compare(full, far).scores["figures"].right == 1
