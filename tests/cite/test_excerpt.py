"""A table cites some of the many statements that a row sums up, and says so; nothing else is ever cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.cite import excerpt
from kg.cite.citation import Citations, cite
from kg.cite.excerpt import FEW, MOST_A_ROW, MOST_SHOWN, MOST_WHOLE, most_a_row
from kg.query.library import names
from kg.store import MemoryStore

HEAD = """@prefix s: <https://schema.org/> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
SUMS = """SELECT ?place (COUNT(*) AS ?n) (MAX(?v) AS ?most) {
    ?o schema:observationAbout ?place ; schema:value ?v } GROUP BY ?place ORDER BY ?place"""


def figures(**counts: int) -> str:
    """Write so many figures about each place, one an article, whose values fall as their names rise."""
    blocks = (
        f"<urn:{place}-{i:04}> a s:Observation ; s:observationAbout <urn:{place}> ; s:value {5000 - i * 7 % 1000} ;"
        f" prov:wasDerivedFrom <urn:span-{place}-{i}> . <urn:span-{place}-{i}> s:isPartOf <urn:article-{place}-{i}> ;"
        f" oa:hasSource <urn:page> ; oa:hasSelector [ oa:exact '{place}{i}' ] , [ oa:start {i} ; oa:end {i + 1} ] ."
        for place, count in counts.items()
        for i in range(count)
    )
    return HEAD + "\n".join(blocks)


@pytest.fixture(scope="module")
def dataset() -> kg.Dataset:
    return kg.Dataset(MemoryStore.parse(figures(a=1200, b=30, c=3, d=1)))


def brief_and_whole(dataset: kg.Dataset, query: str) -> tuple[Citations, Citations]:
    return cite(dataset.query(query), brief=True), cite(dataset.query(query))


def test_rows_that_sum_up_much_cite_some_and_the_others_all(dataset: kg.Dataset) -> None:
    brief, whole = brief_and_whole(dataset, SUMS)
    assert [(len(e.cited), e.rests_on) for e in brief.excerpts] == [(20, 1200), (20, 30), (3, 3), (1, 1)]
    assert [(len(e.cited), e.rests_on) for e in whole.excerpts] == [(n, n) for n in (1200, 30, 3, 1)]
    assert [len(row) for row in brief.rows] == [20, 20, 3, 1]
    assert [len(row) for row in whole.rows] == [1200, 30, 3, 1]
    for row in range(4):
        assert set(brief.evidence(row)) <= set(whole.evidence(row))
    assert brief.lineage.derivations[0].triples == whole.lineage.derivations[0].triples
    assert (brief.cut, whole.cut) == (True, False)


def test_it_is_said_how_much_is_cited_of_how_much(dataset: kg.Dataset) -> None:
    brief, whole = brief_and_whole(dataset, SUMS)
    said = [note for note in brief.notes if note not in whole.notes]
    assert said == [
        "this answer rests on 1,234 statements, of which 44 are cited: "
        "up to 20 of each row with more than 2, those that state a value of the row first"
    ]


def test_what_states_a_value_of_the_row_comes_first_then_the_names_decide(dataset: kg.Dataset) -> None:
    brief, _ = brief_and_whole(dataset, SUMS.replace("MAX", "MIN"))
    least = min(
        dataset.query("SELECT ?o ?v { ?o schema:observationAbout <urn:a> ; schema:value ?v }"),
        key=lambda r: (int(r["v"].value), r["o"].value),
    )
    cited = [node.value for node in brief.excerpts[0].cited]  # type: ignore[union-attr]
    assert cited[0] == least["o"].value != "urn:a-0000"
    states = [
        row["o"].value
        for row in dataset.query(
            f"SELECT ?o {{ ?o schema:observationAbout <urn:a> ; schema:value {least['v'].value} }}"
        )
    ]
    assert set(states) <= set(cited)
    rest = [f"urn:a-{i:04}" for i in range(1200) if f"urn:a-{i:04}" not in states]
    assert cited[len(states) :] == rest[: 20 - len(states)]
    again, _ = brief_and_whole(
        kg.Dataset(MemoryStore.parse(figures(d=1, c=3, b=30, a=1200))), SUMS.replace("MAX", "MIN")
    )
    assert again.excerpts == brief.excerpts
    assert again.footnotes == brief.footnotes


def test_an_answer_of_many_rows_with_a_few_statements_each_is_cited_whole() -> None:
    dataset = kg.Dataset(MemoryStore.parse(figures(**{f"p{i}": 2 for i in range(600)})))
    brief, whole = brief_and_whole(dataset, SUMS)
    assert len(brief.footnotes) == 1200
    assert brief.footnotes == whole.footnotes
    assert not brief.cut


def test_the_shipped_graph_is_cited_whole() -> None:
    page = kg.open()
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . FILTER EXISTS { ?s prov:wasDerivedFrom ?span } }"
    for query in (*names(), everything):
        brief, whole = brief_and_whole(page, query)
        assert not brief.cut, query
        assert brief.footnotes == whole.footnotes, query


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=60))
def test_no_more_is_shown_than_is_said(counts: list[int]) -> None:
    most = most_a_row(counts)
    if sum(counts) <= MOST_WHOLE:
        assert most is None
        return
    assert most is not None and 1 <= most <= MOST_A_ROW
    shown = [count if count <= FEW else min(count, most) for count in counts]
    assert sum(shown) <= MOST_SHOWN + FEW * len(counts)
    if most < MOST_A_ROW:  # one more a row would have been too many
        assert sum(min(count, most + 1) for count in counts) > MOST_SHOWN


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "figures.ttl"
    path.write_text(figures(a=1200, b=30, c=3, d=1), "utf-8")
    return path


def test_the_table_says_so_in_each_row_and_below_it(run_kg: Run, file: Path) -> None:
    table = run_kg("query", SUMS, "--data", file, "--cite").stdout
    assert "[1]-[20] (20 of 1,200)\n" in table
    assert "[41]-[43]\n" in table
    assert "Note: this answer rests on 1,234 statements, of which 44 are cited: up to 20 of each row" in table
    assert "--cite-all cites every one, and csv, tsv, json and xml always do.\n" in table
    assert table.count("\n[") == 44
    html = run_kg("query", SUMS, "--data", file, "--cite", "--format", "html").stdout
    assert '<a href="#evidence-20">[20]</a> (20 of 1,200)</td>' in html
    whole = run_kg("query", SUMS, "--data", file, "--cite-all").stdout
    assert whole.count("\n[") == 1234
    assert " of 1,200" not in whole
    assert "rests on 1,234" not in whole


def test_what_machines_read_is_whole(run_kg: Run, file: Path, tmp_path: Path) -> None:
    csv = run_kg("query", SUMS, "--data", file, "--cite", "--format", "csv")
    assert csv.stdout.splitlines()[1].count(" | urn:a-") >= 1199
    assert "cited" not in csv.stderr
    record = tmp_path / "answer.json"
    run_kg("query", SUMS, "--data", file, "--cite", "--save-answer", record)
    assert len(json.loads(record.read_text("utf-8"))["evidence"]) == 1234
    bibliography = run_kg("query", SUMS, "--data", file, "--cite", "--cite-style", "csl-json")
    assert len(json.loads(bibliography.stdout)) == 1234
    assert "cited" not in bibliography.stderr


def test_python_gets_all_of_it(dataset: kg.Dataset) -> None:
    results = dataset.query(SUMS)
    assert [len(results.evidence(row)) for row in range(4)] == [1200, 30, 3, 1]
    assert results.references("bibtex").count("@article") == 1234


def test_passages_are_counted_where_a_row_rests_on_no_statement(
    monkeypatch: pytest.MonkeyPatch, dataset: kg.Dataset
) -> None:
    monkeypatch.setattr(excerpt, "MOST_WHOLE", 100)
    brief, whole = brief_and_whole(dataset, "SELECT (COUNT(?q) AS ?n) { ?q oa:exact ?e }")
    assert [(len(e.cited), e.rests_on) for e in brief.excerpts] == [(20, 1234)]
    assert len(whole.rows[0]) == 1234
