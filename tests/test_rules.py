"""Whatever the rules propose stands in the raw text, and twice the same."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ingest.discourse.modality import modality
from kg.ingest.extractor import Page
from kg.ingest.proposal import LONGEST_QUOTE, Name, grounded
from kg.ingest.rules import RulesExtractor
from kg.text import Alignment, squash

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "jingji-daobao-2021-06.txt"
PARTS = (
    "海阳市", "副市长", "赵大川", "表示，", "2020年，", "莘县", "网络零售额", "126 .3亿元", "，同比增长14 .1%",
    "\n\n", "。", "，增幅列全省第二位", "首届海阳柑橘博览会", "在海阳市举办", "由", "海阳市人民政府", "、", "主办",
    "合作的", "橘汁深加工项目", "与", "青岛的", "平度市", "成立", "“", "”", "5",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_every_proposal_is_grounded(parts: list[str]) -> None:
    raw = "".join(parts)
    alignment = Alignment(raw)
    for proposal in RulesExtractor().extract(Page(raw, date(2021, 6, 25))).proposals:
        assert grounded(alignment, proposal.quote)
        assert len(squash(proposal.quote.exact)) <= LONGEST_QUOTE


def test_the_same_page_gives_the_same_proposals() -> None:
    page = Page("海阳市副市长赵大川说，海阳市今年种柑橘5000余亩，产值达3亿元。")
    assert RulesExtractor().extract(page) == RulesExtractor().extract(page)


def triples(raw: str) -> set[tuple[str, str, str]]:
    found = RulesExtractor().extract(Page(raw, date(2021, 6, 25))).proposals
    return {
        (p.subject.text, p.predicate, p.object.text if isinstance(p.object, Name) else p.object or "")
        for p in found
    }


RELATIONS = Path(__file__).parent / "cases" / "relations.tsv"
CASES = [
    row.split("\t") for row in RELATIONS.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:20])
def test_relation(case: list[str]) -> None:
    text, subject, predicate, other = case
    if subject == "-":
        assert not any(p == predicate for _, p, _ in triples(text))
    else:
        assert (subject, predicate, other) in triples(text)


@pytest.mark.skipif(not CORPUS.exists(), reason="the page is not at hand")
def test_the_real_page() -> None:
    raw = CORPUS.read_text(encoding="utf-8")
    alignment = Alignment(raw)
    found = RulesExtractor().extract(Page(raw, date(2021, 6, 25))).proposals
    assert len(found) > 100 and all(grounded(alignment, p.quote) for p in found)
    sales = next(p for p in found if p.predicate == "网络销售额")
    assert sales.figure is not None and sales.figure.verbatim == "突破167亿元" and sales.period is not None
    assert (sales.subject.text, sales.period.verbatim) == ("曹县", "2021年1-5月份")


BOUND = Path(__file__).parent / "cases" / "figures-bound.tsv"
FIGURES = [row.split("\t") for row in BOUND.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]


@pytest.mark.parametrize("case", FIGURES, ids=lambda case: case[0][:20])
def test_figure_is_bound(case: list[str]) -> None:
    text, subject, measure, figure, period = case
    found = {
        (p.subject.text, p.predicate, p.figure.verbatim, p.period.verbatim if p.period else "-")
        for p in RulesExtractor().extract(Page(text, date(2021, 6, 25))).proposals
        if p.figure
    }
    if subject == "-":
        assert figure not in {f[2] for f in found}
    else:
        assert (subject, measure, figure, period) in found


def test_rows_without_a_rank_take_their_measures_from_the_words_over_them() -> None:
    text = (
        "2022年各县主要指标（GDP，增速；出口额）：\n莘县：136.2亿元，8.1%；9亿元\n"
        "冠县：118.5亿元，7.9%；8亿元\n曹县：112亿元，7.2%；7亿元\n三县都在山东。"
    )
    found = [
        (p.subject.text, p.predicate, p.figure.verbatim, p.period.verbatim if p.period else "-")
        for p in RulesExtractor().extract(Page(text, date(2023, 6, 25))).proposals
        if p.figure
    ]
    assert ("莘县", "GDP", "136.2亿元", "2022年") in found
    assert ("冠县", "GDP增速", "7.9%", "2022年") in found
    assert ("曹县", "出口额", "7亿元", "2022年") in found


def test_the_first_row_names_what_those_below_it_give() -> None:
    text = "聊城“淘宝村十大县”：\n莘县169个 年网销额14亿元\n冠县92个 28亿元\n曹县90个 31亿元\n三县都在山东。"
    found = {
        (p.subject.text, p.predicate, p.figure.verbatim)
        for p in RulesExtractor().extract(Page(text, date(2023, 6, 25))).proposals
        if p.figure
    }
    assert {("曹县", "淘宝村数量", "90个"), ("曹县", "年网销额", "31亿元")} <= found


def test_modality_holds_to_the_end_of_the_sentence() -> None:
    text = "到2025年，莘县产值力争达到3亿元，企业达到30家。莘县现有企业20家。"
    found = RulesExtractor().extract(Page(text, date(2021, 6, 25))).proposals
    assert {p.figure.verbatim: p.modality for p in found if p.figure} == {
        "3亿元": "kg:Plan", "30家": "kg:Plan", "20家": None
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "figure", "speaker"),
    [
        ("莘县县长赵大川说，产值3亿元。出口2亿元。", "2亿元", "赵大川"),
        ("据莘县统计局统计，产值3亿元。", "3亿元", "莘县统计局"),
        ("莘县县长赵大川介绍，产值3亿元。按照规划，到2025年产值达到5亿元。", "5亿元", None),
        ("“今年收成好，收入3万元。”果农赵大川说。冠县县长钱小山说好。", "3万元", "赵大川"),
        ("橘子的路\n--在莘县发展大会上的讲话\n莘县县长赵大川\n\n去年，产值3亿元。\n\n税收2亿元。", "2亿元", "赵大川"),
    ],
)  # fmt: skip
def test_who_says_a_figure(text: str, figure: str, speaker: str | None) -> None:
    found = {p.figure.verbatim: p for p in RulesExtractor().extract(Page(text)).proposals if p.figure}
    said = found[figure].speaker
    assert (said.text if said else None) == speaker


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("今年打算再上生产线两条", "kg:Plan"),
        ("全县产值要突破3亿元", "kg:Plan"),
        ("计划投资3亿元", None),
        ("规划面积3平方公里", None),
        ("预料全年产值3亿元", "kg:Forecast"),
        ("产值可达3亿元，去年产值2亿元", None),
    ],
)
def test_modality(clause: str, expected: str | None) -> None:
    assert modality(clause) == expected


SPOKEN = """各位来宾：
首先，我代表县委、县政府，向远道而来的各位客商朋友表示热烈欢迎，向一直关心支持药材产业发展的社会各界人士表示衷心感谢。
去年，全县产值达到156.3亿元。我们建成冷库46座，把一味味药材从山里送到全国各地的市场，也送到千家万户的餐桌上和药房里。
谢谢大家！
"""


@pytest.mark.parametrize(
    "head",
    [
        "让药材走出大山\n陇西县县长 赵大川\n",
        "陇西县委书记赵大川在全省电商大会上发言，本报摘登如下。\n",
        "做强电商产业\n中共陇西县委书记 赵大川\n",
    ],
)
def test_an_address_is_spoken_by_whom_its_head_names(head: str) -> None:
    found = RulesExtractor().extract(Page(head + SPOKEN)).proposals
    spoken = {p.figure.verbatim: p.speaker for p in found if p.figure}
    assert {value: by and by.text for value, by in spoken.items()} == {
        "156.3亿元": "赵大川",
        "46座": "赵大川",
    }


def test_what_nobody_is_named_for_is_spoken_by_nobody() -> None:
    found = RulesExtractor().extract(Page("陇西县让药材走出大山\n" + SPOKEN)).proposals
    assert found and all(p.speaker is None for p in found)
