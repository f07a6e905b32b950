"""A facts file keeps what a person wrote, to the byte, and takes decisions."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import FactsError, UnknownName
from kg.facts.page import read_page as read_facts_page
from kg.ingest.entity import Entity
from kg.ingest.extractor import Page
from kg.ingest.factsfile import FactsFile, decide, needed, parse_facts, read_facts, write_facts
from kg.ingest.link import Linker
from kg.ingest.propose import Outcome, Publication, propose
from kg.ingest.rules import RulesExtractor

TEXT = "莘县种柑橘。\n\n莘县县长赵大川表示，2020年莘县柑橘产值达3 . 5亿元，同比增长12%。\n"
PUBLICATION = Publication("test-2021-06-25", "测试日报", date(2021, 6, 25))


def proposed(text: str = TEXT, existing: FactsFile | None = None) -> Outcome:
    extraction = RulesExtractor().extract(Page(text, PUBLICATION.date))
    return propose(
        text,
        PUBLICATION,
        extraction,
        Linker([Entity("test-daily", "kg:Newspaper", "测试日报")]),
        existing=existing,
    )


def test_proposals_read_like_facts(tmp_path: Path) -> None:
    outcome = proposed()
    write_facts(tmp_path / "a.yaml", outcome.facts)
    page = read_facts_page(tmp_path / "a.yaml")
    assert [(f.quotes[0], *f.states, *f.figures, f.when, f.by) for f in page.facts] == [
        (
            "莘县县长赵大川",
            "zhao-dachuan org:holds post-shen-xian-ren-min-zheng-fu-xian-zhang",
            "post-shen-xian-ren-min-zheng-fu-xian-zhang org:postIn shen-xian-ren-min-zheng-fu",
            "shen-xian-ren-min-zheng-fu schema:location shenxian-371522",
            "", "",
        ),
        (
            "莘县柑橘产值达3.5亿元",
            "shenxian-371522 measure-gan-ju-chan-zhi 350000000 CNY",
            "2020年", "zhao-dachuan",
        ),
        (
            "莘县柑橘产值达3.5亿元，同比增长12%",
            "shenxian-371522 measure-gan-ju-chan-zhi-zeng-su 12 P1",
            "2020年", "zhao-dachuan",
        ),
    ]  # fmt: skip
    assert {f.status for f in page.facts} == {"proposed"}


def test_the_same_page_gives_the_same_bytes() -> None:
    assert proposed().facts.render() == proposed().facts.render()


def test_decisions_survive_a_second_reading() -> None:
    first = proposed().facts
    kept, dropped = first.facts[0].id or "", first.facts[1].id or ""
    decided, count = decide(decide(first, "accepted", ids=[kept])[0], "rejected", ids=[dropped])
    again = proposed(existing=decided)
    assert count == 1
    assert again.facts.render() == decided.render()
    assert {f.id: f.status for f in again.facts.facts}[dropped] == "rejected"


def test_what_a_person_wrote_is_kept_to_the_byte() -> None:
    mine = "  - quote: 莘县种柑橘   # the headline\n    states: a b c\n"
    text = (
        proposed()
        .facts.render()
        .replace("test-2021-06-25-1:\n  - ", "test-2021-06-25-1:\n" + mine + "  - ", 1)
    )
    assert mine in proposed(existing=parse_facts(text)).facts.render()


def test_a_changed_text_says_which_decisions_no_longer_hold() -> None:
    first = proposed().facts
    decided, _ = decide(first, "accepted", ids=[f.id or "" for f in first.facts])
    changed = TEXT.replace("赵大川", "钱小明")
    assert proposed(changed, existing=decided).stale == (first.facts[0].id,)


def test_by_rule() -> None:
    facts, count = decide(proposed().facts, "accepted", rule="post")
    assert (count, [f.status for f in facts.facts]) == (1, ["accepted", "proposed", "proposed"])
    assert [e.id for e in needed(facts)] == [
        "post-shen-xian-ren-min-zheng-fu-xian-zhang", "shen-xian-ren-min-zheng-fu", "shenxian-371522",
        "zhao-dachuan",
    ]  # fmt: skip


def test_an_unknown_id_is_named() -> None:
    with pytest.raises(UnknownName, match="no proposal p-000000000000"):
        decide(proposed().facts, "accepted", ids=["p-000000000000"])


def test_an_open_question_is_not_accepted() -> None:
    asked = "which: 朝阳区: chaoyang-110105 or chaoyang-220104"
    fields = f"    status: proposed\n    id: p-1\n    rule: post\n    note: '{asked}'\n"
    text = f"facts:\n  a:\n  - quote: 朝阳区\n{fields}"
    assert decide(parse_facts(text), "accepted", rule="post")[1] == 0
    with pytest.raises(FactsError, match="leaves a question open"):
        decide(parse_facts(text), "accepted", ids=["p-1"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("facts:\n  a:\n  - quote: [\n", "line 4"),
        ("source: a\n", "no field facts"),
        ("facts:\n  a:\n  - states: a b c\n", "no field quote"),
        ("facts:\n  a:\n  - quote: x\n    status: maybe\n", "status 'maybe'"),
    ],
)
def test_a_wrong_file_is_named(text: str, message: str) -> None:
    with pytest.raises(FactsError, match=message):
        parse_facts(text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FactsError, match="cannot read"):
        read_facts(tmp_path / "absent.yaml")


comments = st.text("# abc：。曹县\t", max_size=12).map(lambda text: f"    # {text}\n")


@given(st.lists(st.tuples(st.text("曹县莘ab", min_size=1, max_size=6), st.none() | comments), max_size=6))
def test_any_file_is_given_back_to_the_byte(rows: list[tuple[str, str | None]]) -> None:
    facts = "".join(f"  - quote: q{quote}\n{comment or ''}    states: a b c\n" for quote, comment in rows)
    text = f"# head\nsource: a\n\nfacts:\n  one:{' []' if not rows else ''}\n{facts}"
    assert parse_facts(text).render() == text
