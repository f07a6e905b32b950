"""Results: rows and columns of Python, pandas and rdflib."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import kg
from kg.errors import EndpointError, QueryError, QueryTimeout, UsageError

FIGURES = """SELECT ?county ?n ?start {
  ?o schema:observationAbout ?county ; schema:value ?n OPTIONAL { ?o schema:startDate ?start }
} ORDER BY ?n"""
FOREVER = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . FILTER(?a = ?o && ?d = ?i) }"


def test_select(small: kg.Dataset) -> None:
    results = small.query(FIGURES)
    assert results.form == "solutions"
    assert results.columns == ("county", "n", "start")
    assert [row["n"].value for row in results.rows] == ["9", "151"]
    assert [row["start"] is None for row in results] == [False, True]
    assert results.types == {"county": ("IRI",), "n": ("xsd:integer",), "start": ("xsd:date",)}
    assert len(results) == 2
    assert repr(results) == "<Results 2 rows: county, n, start>"


def test_ask(small: kg.Dataset) -> None:
    assert small.query("ASK { ?s a kg:County }")
    assert not small.query("ASK { ?s a kg:Moon }")
    assert small.query("ASK { ?s a kg:Moon }").boolean is False
    assert repr(small.query("ASK {}")) == "<Results true>"


def test_construct_and_describe_are_graphs_in_a_stable_order(small: kg.Dataset) -> None:
    described = small.query("DESCRIBE id:heze-371700")
    assert described.form == "graph"
    assert [str(row) for row in described] == sorted(str(row) for row in described)
    graph = small.query("CONSTRUCT { ?s rdfs:label ?l } { ?s a kg:County ; rdfs:label ?l }").to_rdflib()
    assert len(graph) == 4


def test_pandas(small: kg.Dataset) -> None:
    frame = small.query(FIGURES).to_pandas()
    assert list(frame["n"]) == [9, 151]
    assert str(frame["start"][0]) == "2020-01-01"


def test_python_values(small: kg.Dataset) -> None:
    from kg.query.terms import to_python

    row = small.query("""SELECT ?i ?d ?e ?b ?s ?bad ?time {
        BIND(7 AS ?i) BIND(1.5 AS ?d) BIND(1e3 AS ?e) BIND(true AS ?b) BIND("曹"@zh AS ?s)
        BIND("ten"^^xsd:integer AS ?bad) BIND("2021-06-01T08:00:00"^^xsd:dateTime AS ?time) }""").rows[0]
    assert [to_python(term) for term in row][:6] == [7, Decimal("1.5"), 1000.0, True, "曹", "ten"]
    assert to_python(row["time"]).hour == 8


def test_rdflib_sees_the_same_statements(small: kg.Dataset) -> None:
    asked = "SELECT ?s ?label { ?s a kg:County ; rdfs:label ?label }"
    theirs = {(str(row.s), str(row.label)) for row in small.to_rdflib().query(asked)}
    assert theirs == {(row["s"].value, row["label"].value) for row in small.query(asked)}


def test_a_notebook_shows_labels_and_escapes(small: kg.Dataset) -> None:
    html = small.query('SELECT ?c ("<b>" AS ?x) { ?c kg:gb2260 "371721" }')._repr_html_()
    assert '<td title="https://kg.example/id/caoxian-371721">曹县</td><td>&lt;b&gt;</td>' in html


def test_limit_says_that_it_cut(small: kg.Dataset) -> None:
    results = small.query("SELECT ?s { ?s ?p ?o }", limit=3)
    assert (len(results), results.truncated) == (3, True)
    exact = small.query("SELECT ?s { ?s a kg:County }", limit=2)
    assert (len(exact), exact.truncated) == (2, False)


def test_results_can_be_rendered_twice_and_after_a_limit(small: kg.Dataset) -> None:
    results = small.query(FIGURES, limit=1)
    assert results.render("csv") == results.render("csv")
    assert (
        results.render("tsv")
        .splitlines()[1]
        .endswith('9\t"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>')
    )


def test_time_runs_out(small: kg.Dataset) -> None:
    with pytest.raises(QueryTimeout, match=r"longer than 0\.2 s"):
        small.query(FOREVER, timeout=0.2)
    assert len(small.query(FIGURES, timeout=20)) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {\n  ?s skso:altLabel ?x }", "line 2, column 6: unknown prefix skso:; did you mean skos"),
        ("SELECT ?s { ?s zzz:q ?o }", "unknown prefix zzz:; declare it with PREFIX"),
        ("SELECT ?s { ?s ?p ?o FILTR(?o > 1) }", "column 22: FILTR is no word of SPARQL; did you mean FILT"),
        ("SELEC ?s { ?s ?p ?o }", "this is no SPARQL query; did you mean SELECT"),
        ("曹县有多少淘宝村？ SELECT", "？ is full-width; write ?"),
        ("SELECT ?s { ?s ?p 1；}", "line 1, column 20: ； is full-width; write ;"),
        ("SELECT ?s { ?s ?p “曹县” }", "“ is full-width"),
        ('SELECT ?s { ?s ?p "曹县 }', "line 1, column 19: this string has no end"),
        ("SELECT ?s { ?s ?p ?o ", "line 1, column 11: this { is never closed; add }"),
        ("SELECT ?s { ?s ?p ?o }}", "line 1, column 23: this } closes nothing"),
        ("SELECT ?s { ?s ?p (1 }", "} where ) is due"),
        ("SELECT ?s { ?s <p> ?o }", "<p> is a relative IRI"),
        ("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", "neither in GROUP BY nor in an aggregate"),
        ("SELECT ?s { ?s ?p }", "line 1, column 19: SPARQL does not allow this near }"),
        ("SELECT ?s { ?s ?p ?o } LIMIT x", "x is no word of SPARQL"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", "INSERT is an update, and a query only reads"),
        ("PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
        ("DROP ALL", "DROP is an update"),
        ("# nothing", "the query is empty"),
        ("SELECT ?s { FILTER(<urn:f>(?s)) ?s ?p ?o }", "custom function <urn:f> is not supported"),
    ],
)  # fmt: skip
def test_a_wrong_query_is_explained(small: kg.Dataset, text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        small.query(text + " ")
    assert message in str(caught.value)


def test_an_update_word_inside_a_query_is_no_update(small: kg.Dataset) -> None:
    assert small.query('SELECT ?s { ?s a kg:County FILTER(?s != "INSERT DATA") } # DROP ALL')


def test_a_service_that_does_not_answer(small: kg.Dataset) -> None:
    with pytest.raises(EndpointError, match="SERVICE did not answer"):
        small.query("SELECT ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")


def test_what_the_graph_does_not_know_is_warned_of(small: kg.Dataset) -> None:
    assert small.warnings("SELECT ?s { ?s schema:valeu ?n ; a kg:Countie }") == [
        "the graph does not know schema:valeu; did you mean schema:value?",
        "the graph does not know kg:Countie; did you mean kg:County?",
    ]
    assert (
        small.warnings("SELECT ?s { ?s schema:value ?n . # kg:nothing\n ?s rdfs:label 'kg:nothing' }") == []
    )
    assert small.warnings("PREFIX schema: <http://schema.org/> ASK { ?s schema:value ?n }") == [
        "the query declares schema: as <http://schema.org/>, the data as <https://schema.org/>; it wins",
        "the graph does not know <http://schema.org/value>; its terms are https://schema.org/, with an s",
    ]


def test_full_width_punctuation_that_sparql_takes_for_a_letter_is_warned_of(small: kg.Dataset) -> None:
    assert small.warnings("SELECT ?s { ?s ?p ?o；}") == ["； is full-width and part of a name here; write ;"]


def test_a_very_long_query_is_answered_and_a_very_deep_one_refused(small: kg.Dataset) -> None:
    counties = " ".join(f"id:c-{i}" for i in range(90_000))
    assert len(f"{counties}") > 700_000
    assert (
        len(small.query(f"SELECT ?s {{ VALUES ?s {{ {counties} id:caoxian-371721 }} ?s a kg:County }}")) == 1
    )
    for deep in (
        "{" * 50_000 + "}" * 50_000,
        "{ FILTER(" + "!" * 50_000 + "true) }",
        "{ FILTER(" + "(" * 9_000 + "1",
    ):
        with pytest.raises(QueryError, match="deep"):
            small.query(f"ASK {deep}")
    with pytest.raises(QueryError, match="more than 2,000,000"):
        small.query("ASK { } #" + "x" * 2_000_000)


def test_many_terms_of_one_operator_do_not_end_the_process(small: kg.Dataset) -> None:
    assert small.query("ASK { FILTER(" + " || ".join(["true"] * 20_000) + ") }")


def test_graph_results_only_where_there_is_a_graph(small: kg.Dataset) -> None:
    with pytest.raises(UsageError, match="no graph"):
        small.query(FIGURES).to_rdflib()


def test_a_row_that_is_not_there_has_no_evidence_and_says_so() -> None:
    results = kg.open("tests/data/evidence.ttl").query("SELECT ?c { ?c a kg:County }")
    for row in (99, -1):
        with pytest.raises(kg.UsageError, match=f"there is no row {row} among 2; give 0 to 1"):
            results.evidence(row)


def test_the_references_of_an_answer() -> None:
    results = kg.open("tests/data/evidence.ttl").query("SELECT ?v { ?o schema:value ?v }")
    assert results.references().startswith("[1] “")
    assert results.references("bibtex").startswith("@article{article-lanterns-2021,")
    with pytest.raises(kg.UnknownName):
        results.references("poem")


def test_a_dataset_does_what_the_commands_do(tmp_path: Path) -> None:
    page = kg.open("tests/data/evidence.ttl")
    assert page.describe("青禾").label == "青禾县"
    assert page.search("灯笼")[0].iri.endswith("lantern")
    assert [way.statements for way in page.path("青禾县", "白石县")] == [2]
    assert page.stated("青禾县", "containedInPlace", "云岭省").verdict == "stated"
    [(piece, around)] = page.quote("id:obs-2", texts=["tests/data/page.txt"], characters=4)
    assert (piece.exact, around[0]) == ("白石县约8亿元", "。隔壁的")
    assert len(page.sources()) == 2
    assert page.diff(kg.open("tests/data/evidence.ttl")) == []
    assert page.why('SELECT ?c { ?c rdfs:label "青禾县" }')[0] == 'nothing matches ?c rdfs:label "青禾县"'
    assert page.why_not("SELECT ?c { ?c a kg:County }", {"c": "东川市"})
    page.save(page.query("SELECT ?c { ?c a kg:County }"), tmp_path / "a.json")
    assert page.rerun(tmp_path / "a.json").holds
    with pytest.raises(kg.UsageError, match="None is no name but a NoneType"):
        page.resolve(None)  # type: ignore[arg-type]
