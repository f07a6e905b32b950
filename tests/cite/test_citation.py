"""Answers with their evidence: in Python, in every format, as references, on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

import kg
from kg.cite.citation import Citations, cite
from kg.cite.comparison import compare
from kg.cite.manifest import read_record, record
from kg.cite.mixes import mixes
from kg.cite.observations import bound, figured
from kg.cite.render import write
from kg.cite.styles import references, write_references
from kg.errors import DataError, QueryError, UnknownName
from kg.query.run import evaluate
from kg.store import MemoryStore

DATA = "tests/data/evidence.ttl"
PAGE = Path("tests/data/page.txt").read_text("utf-8")
SALES = """SELECT ?place ?value { ?o schema:observationAbout ?place ; schema:variableMeasured kg:onlineSales ;
    schema:value ?value } ORDER BY ?value"""


@pytest.fixture
def dataset() -> kg.Dataset:
    return kg.open(DATA)


def rendered(citations: Citations, format: str) -> str:
    from io import BytesIO

    stream = BytesIO()
    write(citations, stream, format)
    return stream.getvalue().decode()


def test_a_row_has_its_quote_speaker_article_source_and_place(dataset: kg.Dataset) -> None:
    [evidence] = dataset.query(SALES).evidence(2)
    assert (evidence.exact, evidence.speaker, evidence.modality) == ("今年预计能到15亿元", "林岚", "预测")
    assert (evidence.headline, evidence.publication, evidence.date) == (
        "青禾县的灯笼生意",
        "云岭日报",
        "2021-03",
    )
    assert evidence.authors == ("周一鸣",)
    assert PAGE[evidence.start : evidence.end] == evidence.exact
    assert evidence.source == "https://kg.example/source/page"


def test_a_triple_leads_to_the_statement_about_it(dataset: kg.Dataset) -> None:
    results = dataset.query(
        "SELECT ?where { id:qinghe-990101 schema:containedInPlace+ ?where } ORDER BY ?where"
    )
    assert [[e.exact for e in results.evidence(row)] for row in range(2)] == [
        ["青禾县隶属东川市"],
        ["青禾县隶属东川市", "东川市隶属云岭省"],
    ]


def test_a_background_fact_leads_to_its_reference_source(dataset: kg.Dataset) -> None:
    [evidence] = dataset.query(
        "ASK { id:baishi-990102 schema:containedInPlace id:dongchuan-990100 }"
    ).evidence(0)
    assert (evidence.source_label, evidence.exact, evidence.start) == ("GB/T 2260", "", None)


def test_names_and_types_lead_nowhere_and_that_is_said(dataset: kg.Dataset) -> None:
    citations = cite(dataset.query("SELECT ?label { id:qinghe-990101 a kg:County ; rdfs:label ?label }"))
    assert citations.rows == ((), ())
    assert citations.notes == (
        "2 rows rest only on statements without evidence, as names, types and codes are",
    )


def test_what_rests_on_nothing_is_said(dataset: kg.Dataset) -> None:
    counted = cite(dataset.query("SELECT (COUNT(*) AS ?n) { ?x kg:nothing ?y }"))
    assert "1 row rests on what the graph does not say: nothing is counted" in counted.notes
    assert cite(dataset.query("SELECT * { VALUES ?x { 1 2 } }")).notes == ("2 rows rest on no statement",)


def test_a_question_about_a_quote_cites_the_quote(dataset: kg.Dataset) -> None:
    results = dataset.query('SELECT ?q { ?q oa:exact "白石县约8亿元"@zh }')
    assert [evidence.exact for evidence in results.evidence(0)] == ["白石县约8亿元"]


@pytest.mark.parametrize("graph", ["", "GRAPH <urn:g> "])
def test_a_triple_that_is_not_there_is_never_cited(monkeypatch: pytest.MonkeyPatch, graph: str) -> None:
    store = MemoryStore.parse("<urn:g> { <urn:cao> <urn:in> <urn:heze> }")
    answer = kg.Dataset(store).query(f"SELECT ?x {{ OPTIONAL {{ {graph}{{ <urn:cao> <urn:in> ?x }} }} }}")
    holds = MemoryStore.holds
    monkeypatch.setattr(
        MemoryStore, "holds", lambda self, triple, at=None: holds(self, triple, at) and bool(graph) and not at
    )
    with pytest.raises(QueryError, match="a triple it seems to rest on is not in the graph"):
        cite(answer)


def test_a_graph_without_evidence_says_so() -> None:
    store = MemoryStore.parse("<urn:cao> <urn:in> <urn:heze> .")
    citations = cite(kg.Dataset(store).query("SELECT ?x { <urn:cao> <urn:in> ?x }"))
    assert citations.notes == ("this graph holds no evidence, so nothing is cited",)


def test_the_same_words_are_one_footnote(dataset: kg.Dataset) -> None:
    citations = cite(dataset.query("SELECT ?p ?v { ?o schema:observationAbout ?p ; schema:value ?v }"))
    assert len(citations.footnotes) == len({note.evidence.span for note in citations.footnotes}) == 4


def test_table_with_footnotes(dataset: kg.Dataset) -> None:
    assert rendered(cite(dataset.query(SALES)), "table") == (
        "place        value  evidence\n"
        "------  ----------  --------\n"
        "白石县   800000000  [1]\n"
        "青禾县  1200000000  [2]\n"
        "青禾县  1500000000  [3]\n"
        "\n"
        "[1] “白石县约8亿元” 《青禾县的灯笼生意》, 云岭日报, 2021-03, characters 44-51\n"
        "[2] “网上销售额突破12亿元” 《青禾县的灯笼生意》, 云岭日报, 2021-03, characters 29-40\n"
        "[3] “今年预计能到15亿元” 林岚 (预测), 《青禾县的灯笼生意》, 云岭日报, 2021-03, characters 54-64\n"
    )


def test_markdown_and_html_link_their_footnotes(dataset: kg.Dataset) -> None:
    citations = cite(dataset.query(SALES))
    markdown, html = rendered(citations, "md"), rendered(citations, "html")
    assert "| 白石县 | 800000000 | [^1] |" in markdown
    assert "\n[^1]: “白石县约8亿元”" in markdown
    assert '<a href="#evidence-3">[3]</a>' in html
    assert '<li id="evidence-3">“今年预计能到15亿元”' in html


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_machine_formats_gain_columns(dataset: kg.Dataset, format: str) -> None:
    import pyoxigraph as ox

    text = rendered(cite(dataset.query(SALES)), format)
    if format == "csv":
        assert text.splitlines()[1].endswith(
            "白石县约8亿元,,青禾县的灯笼生意,https://kg.example/source/page,44,51,https://kg.example/id/obs-2"
        )
        return
    formats = {
        "tsv": ox.QueryResultsFormat.TSV,
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
    }
    read = ox.parse_query_results(text, formats[format])
    assert isinstance(read, ox.QuerySolutions)
    assert next(row["evidence_quote"].value for row in read) == "白石县约8亿元"


def test_several_pieces_stand_in_one_order_in_all_columns(dataset: kg.Dataset) -> None:
    query = "SELECT (COUNT(?o) AS ?n) { ?o schema:observationAbout id:qinghe-990101 }"
    _, line = rendered(cite(dataset.query(query)), "csv").splitlines()
    _, quotes, speakers, *_, starts, _, _ = line.split(",")
    assert quotes == "网上销售额突破12亿元 | 今年预计能到15亿元 | 六成以上"
    assert speakers == " | 林岚 | "
    assert starts == "29 | 54 | 128"


def test_a_constructed_graph_carries_its_evidence(dataset: kg.Dataset) -> None:
    text = rendered(cite(dataset.query("CONSTRUCT { ?x org:holds ?y } { ?x org:holds ?y }")), "nt")
    again = kg.Dataset(MemoryStore.parse(text))
    [evidence] = again.query("SELECT ?y { ?x org:holds ?y FILTER(?y = id:post-association-head) }").evidence(
        0
    )
    assert evidence.span == "https://kg.example/source/page#char=84,90"
    assert evidence.statement == "https://kg.example/id/st-5"


def test_bibtex(dataset: kg.Dataset) -> None:
    text = write_references(cite(dataset.query(SALES)), "bibtex")
    assert text.startswith(
        "@article{article-lanterns-2021,\n"
        "  author = {{周一鸣}},\n"
        "  title = {{青禾县的灯笼生意}},\n"
        "  journal = {云岭日报},\n"
        "  year = {2021},\n"
        "  month = {03},\n"
        "  note = {Words cited: “白石县约8亿元” (characters 44-51); "
    )
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")


def test_csl_json(dataset: kg.Dataset) -> None:
    [item] = json.loads(write_references(cite(dataset.query(SALES)), "csl-json"))
    assert (item["type"], item["title"], item["container-title"]) == (
        "article-newspaper", "青禾县的灯笼生意", "云岭日报",
    )  # fmt: skip
    assert item["author"] == [{"literal": "周一鸣"}]
    assert item["issued"] == {"date-parts": [[2021, 3]]}
    assert item["note"].endswith("ORDER BY ?value")


def test_references_have_keys_of_their_own_and_say_no_place_that_is_not_known() -> None:
    store = MemoryStore.parse("""@prefix oa: <http://www.w3.org/ns/oa#> . @prefix s: <https://schema.org/> .
        @prefix prov: <http://www.w3.org/ns/prov#> . @prefix : <https://kg.example/id/> .
        <urn:1> s:value 1 ; prov:wasDerivedFrom <urn:s1> . <urn:s1> s:isPartOf :文章一 ; oa:hasSelector [ oa:exact "一" ] .
        <urn:2> s:value 2 ; prov:wasDerivedFrom <urn:s2> . <urn:s2> s:isPartOf :文章二 ; oa:hasSelector [ oa:exact "二" ] .
        <urn:3> s:value 3 ; prov:wasDerivedFrom <https://a.example/x> . <urn:4> s:value 4 ; prov:wasDerivedFrom <https://b.example/x> .""")
    query = "SELECT ?v { ?o schema:value ?v } ORDER BY ?v"
    cited = cite(evaluate(store, query))
    keys = [reference.key for reference in references(cited)]
    assert len(set(keys)) == 4
    assert all(key.isascii() for key in keys)
    # The key of an article does not depend on what else is cited.
    alone = cite(evaluate(store, query.replace("}", "FILTER(?v = 1) }")))
    assert [reference.key for reference in references(alone)] == keys[:1]
    text = write_references(cited, "bibtex")
    assert "None" not in text
    assert "url = {https://a.example/x}" in text


def test_a_row_of_more_ways_than_are_read_is_not_said_to_lack_evidence() -> None:
    triples = "".join(f"<urn:s{i}> <urn:p> {i} ." for i in range(150))
    said = "<urn:st> rdf:subject <urn:x> ; rdf:predicate <urn:q> ; rdf:object 1 ; prov:wasDerivedFrom <urn:span> . <urn:x> <urn:q> 1 ."
    store = MemoryStore.parse(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> ."
        + triples
        + said
    )
    citations = cite(evaluate(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?t ?q ?r }"))
    assert any("more than is cited" in note for note in citations.notes)
    assert not any("rests only on names" in note for note in citations.notes)


def test_what_rests_on_an_unbound_variable_is_told_wherever_it_is_looked_at() -> None:
    store = MemoryStore.parse("<urn:a> <urn:p> 1 .")
    pattern = "?s <urn:p> ?v OPTIONAL { ?s <urn:q> ?m }"
    for query in (
        f'SELECT (IF(BOUND(?m), "forecast", "fact") AS ?kind) {{ {pattern} }}',
        f'SELECT ?kind {{ {pattern} BIND(IF(BOUND(?m), "forecast", "fact") AS ?kind) }}',
    ):
        notes = cite(evaluate(store, query)).notes
        assert any(note.startswith("rests on what the graph does not say") for note in notes), query


@pytest.mark.parametrize(
    ("query", "format"),
    [
        ("SELECT ?evidence { ?evidence ?p ?o }", "table"),
        ("SELECT ?evidence_end { ?evidence_end ?p ?o }", "csv"),
    ],
)
def test_a_column_of_the_name_of_an_added_one_is_refused(
    dataset: kg.Dataset, query: str, format: str
) -> None:
    with pytest.raises(QueryError, match="so has its evidence"):
        rendered(cite(dataset.query(query)), format)


def test_quotes_cannot_be_taken_for_marks_or_for_several(dataset: kg.Dataset) -> None:
    text = Path(DATA).read_text("utf-8").replace('"白石县约8亿元"@zh', '"甲 | 乙*丙\\n[1]"@zh')
    cited = cite(kg.dataset.Dataset(MemoryStore.parse(text)).query(SALES))
    assert "\n[^1]: “甲 \\| 乙\\*丙 \\[1\\]”" in rendered(cited, "md")
    assert "“甲 | 乙*丙 [1]”" in rendered(cited, "table")
    assert "甲 \\| 乙*丙" in rendered(cited, "csv")


def test_an_unknown_style_is_refused(dataset: kg.Dataset) -> None:
    with pytest.raises(
        UnknownName, match="no citation style 'apa'; choose one of bibtex, csl-json, footnote"
    ):
        write_references(cite(dataset.query(SALES)), "apa")


def test_what_does_not_compare_is_said(dataset: kg.Dataset) -> None:
    results = dataset.query("SELECT ?v { ?o schema:observationAbout id:qinghe-990101 ; schema:value ?v }")
    assert mixes(results.store, cite(results).lineage.nodes(), results.labels("en")) == [
        "the figures are in different units: CNY, P1",
        "the figures are of different periods: 2020-01-01/2020-12-31, 2021-01-01/2021-12-31, none given",
        "exact and approximate figures (at least, more than) stand side by side",
        "statements of fact and others (forecast) stand side by side",
    ]


def test_what_compares_is_not_remarked_on(dataset: kg.Dataset) -> None:
    results = dataset.query('SELECT ?v { ?o schema:value ?v ; schema:endDate "2020-12-31"^^xsd:date }')
    assert mixes(results.store, cite(results).lineage.nodes(), results.labels("en")) == []


@pytest.mark.parametrize(
    ("query", "figures"),
    [
        ("SELECT ?v { ?o schema:observationAbout id:qinghe-990101 ; schema:value ?v }", {"1", "3", "4"}),
        ("SELECT ?v { ?o schema:value ?v } ORDER BY ?v LIMIT 2", {"2", "4"}),
        ("SELECT ?p (SUM(?v) AS ?n) WHERE { ?o schema:observationAbout ?p ; schema:value ?v } GROUP BY ?p LIMIT 9", {"1", "2", "3", "4"}),
        ("SELECT (MAX(?v) AS ?n) { ?o schema:unitCode 'CNY' ; schema:value ?v }", {"1", "2", "3"}),
        ("SELECT ?v { { SELECT ?v { ?o schema:value ?v } ORDER BY ?v LIMIT 2 } }", {"2", "4"}),
        ("SELECT ?w { ?o schema:value ?v ; schema:unitCode 'P1' BIND(?v * 100 AS ?w) }", {"4"}),
        ("SELECT * { ?o schema:unitCode 'P1' ; schema:value ?v OPTIONAL { ?o kg:none ?none } }", {"4"}),
    ],
)  # fmt: skip
def test_the_figures_behind_a_plain_table_are_those_behind_the_cited_one(
    dataset: kg.Dataset, query: str, figures: set[str]
) -> None:
    results = dataset.query(query)
    assert figured(results)
    for nodes in (bound(results), cite(results).lineage.nodes()):
        assert {node.value[-1] for node in nodes if "/obs-" in node.value} == figures


def test_a_plain_table_is_remarked_on_and_a_machine_format_is_not(run_kg: Run) -> None:
    query = ("SELECT ?v { ?o schema:unitCode ?u ; schema:value ?v }", "--data", DATA)
    table, csv = run_kg("query", *query), run_kg("query", *query, "--format", "csv")
    assert "kg: the figures are in different units: CNY, P1" in table.stderr
    assert csv.stderr == ""


def test_a_record_is_the_same_bytes_and_holds(dataset: kg.Dataset, tmp_path: Path) -> None:
    text = record(dataset.query(SALES))
    assert text == record(kg.open(DATA).query(SALES))
    file = tmp_path / "answer.json"
    file.write_text(text, "utf-8")
    found = compare(read_record(file), dataset.query(SALES))
    assert (found.holds, found.same_data, found.same_evidence) == (True, True, True)


def test_a_changed_answer_names_the_statements_behind_it(dataset: kg.Dataset, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text(record(dataset.query(SALES)), "utf-8")
    turtle = Path(DATA).read_text("utf-8").replace("800000000", "900000000")
    found = compare(read_record(file), kg.Dataset(MemoryStore.parse(turtle)).query(SALES))
    assert not found.holds
    assert [row[1].split('"')[1] for row in (*found.lost, *found.gained)] == ["800000000", "900000000"]
    assert [t.split(" ")[0] for t in (*found.lost_statements, *found.gained_statements)] == [
        "<https://kg.example/id/obs-2>"
    ] * 2


def test_an_answer_that_cannot_be_cited_is_recorded_with_the_reason(dataset: kg.Dataset) -> None:
    results = dataset.query("SELECT ?c (NOW() AS ?now) { ?c a kg:County }")
    with pytest.raises(QueryError, match="NOW gives another value"):
        results.evidence(0)
    assert json.loads(record(results))["not_cited"].startswith("NOW gives another value")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("{", "is no JSON"), ("[]", "records no answer"), ('{"layout": 1, "rows": []}', "was edited")],
)
def test_a_record_that_was_edited_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError, match=reason):
        read_record(file)


def test_the_command(run_kg: Run, tmp_path: Path) -> None:
    answer = tmp_path / "answer.json"
    cited = run_kg("query", SALES, "--data", DATA, "--cite", "--save-answer", answer)
    assert cited.returncode == 0
    assert "青禾县  1200000000  [2]\n" in cited.stdout
    assert cited.stdout.endswith("Note: statements of fact and others (预测) stand side by side.\n")
    held = run_kg("rerun", answer)
    assert (held.returncode, held.stdout) == (0, "the answer holds: 3 rows, the same as recorded\n")
    references = run_kg("query", SALES, "--data", DATA, "--cite-style", "csl-json")
    assert json.loads(references.stdout)[0]["id"] == "article-lanterns-2021"
    refused = run_kg("query", "SELECT (RAND() AS ?r) { ?s a kg:County }", "--data", DATA, "--cite")
    assert (refused.returncode, refused.stderr) == (
        3, "kg: RAND gives another value at each call, so the rows cannot be cited; take it out of the query\n",
    )  # fmt: skip
