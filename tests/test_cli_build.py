"""``kg build`` writes the graph and the record of its quotes, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run

PAGE = ROOT.parent / "shared" / "corpus" / "jingji-daobao-2021-06.txt"
FACTS = "jingji-daobao-2021-06.yaml"


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "facts", tmp_path / "facts"))


def test_check_says_whether_the_graph_is_current(facts: Path, run_kg: Run) -> None:
    graph = facts.parent / "triples.ttl"
    shutil.copy(ROOT / "data" / "triples.ttl", graph)
    assert run_kg("build", "--check", "--facts", facts, "-o", graph).returncode == 0
    graph.write_text(graph.read_text(encoding="utf-8") + "# edited by hand\n", encoding="utf-8")
    done = run_kg("build", "--check", "--facts", facts, "-o", graph)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kg: {graph} is not what {facts} compiles to; run kg build")


def test_a_fact_that_cannot_stand_leaves_the_graph_as_it_was(facts: Path, run_kg: Run) -> None:
    graph = facts.parent / "triples.ttl"
    graph.write_text("# old\n", encoding="utf-8")
    text = (facts / FACTS).read_text(encoding="utf-8")
    wrong = text.replace("kg:orders 46", "kg:orders 47")
    (facts / FACTS).write_text(wrong, encoding="utf-8")
    done = run_kg("build", "--facts", facts, "-o", graph)
    line = wrong[: wrong.index("kg:orders 47")].count("\n") - 1
    assert done.returncode == 4
    assert f"{FACTS}:{line}: the line states 47 C62, the quote says 46个 = 46 C62" in done.stderr
    assert graph.read_text(encoding="utf-8") == "# old\n"


def test_an_unwritable_output_is_one_line(facts: Path, run_kg: Run) -> None:
    done = run_kg("build", "--facts", facts, "-o", facts / "missing" / "triples.ttl")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.skipif(not PAGE.exists(), reason="the text of the page is not at hand")
def test_the_page_itself_gives_the_shipped_graph_and_record(facts: Path, run_kg: Run) -> None:
    graph = facts.parent / "triples.ttl"
    assert run_kg("build", "--facts", facts, "-o", graph, "--source", PAGE).returncode == 0
    assert graph.read_bytes() == (ROOT / "data" / "triples.ttl").read_bytes()
    record = "jingji-daobao-2021-06.spans.tsv"
    assert (facts / record).read_bytes() == (ROOT / "data" / "facts" / record).read_bytes()


@pytest.mark.skipif(not PAGE.exists(), reason="the text of the page is not at hand")
def test_a_page_that_changed_by_one_character_is_refused(facts: Path, run_kg: Run) -> None:
    edited = facts.parent / "page.txt"
    edited.write_text(PAGE.read_text(encoding="utf-8") + "。", encoding="utf-8")
    done = run_kg("build", "--facts", facts, "-o", facts.parent / "triples.ttl", "--source", edited)
    assert done.returncode == 4
    assert "is the text of no page" in done.stderr
