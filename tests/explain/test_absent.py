"""Why a row is not there, also where a value is bound by an OPTIONAL only."""

from __future__ import annotations

import pytest
from conftest import Run

from kg.errors import UnknownName, UsageError
from kg.explain.absent import check_wanted, why_not
from kg.query.vocabulary import warnings
from kg.store import MemoryStore

STORE = MemoryStore.parse("""
@prefix : <urn:> . :cao a :County . :shan a :County . :lu a :Province .
:f1 :of :cao ; :value 1 . :f2 :of :lu ; :value 598 . :shan :alias "单"@zh .
""")
PREFIXES = {"": "urn:"}
OPTIONAL = "SELECT ?x ?v { ?x a :County OPTIONAL { ?f :of ?x ; :value ?v } }"


def absent(query: str, **wanted: str) -> list[str]:
    return why_not(STORE, query, PREFIXES, wanted)


def test_a_value_that_no_optional_part_has() -> None:
    assert absent(OPTIONAL, v="598")[:6] == [
        "no row has v = 598",
        "were the OPTIONAL that binds ?v asked for like the rest:",
        "nothing matches ?x a :County . ?f :of ?x . ?f :value 598",
        "  by itself ?x a :County has 2 matches",
        "  by itself ?f :of ?x has 2 matches",
        "  by itself ?f :value 598 has 1 match",
    ]


def test_a_value_that_an_optional_part_has() -> None:
    assert absent(OPTIONAL, v="1") == ["there is a row that has v = 1"]
    assert absent(OPTIONAL, v="1", x="<urn:shan>")[0] == "no row has v = 1 and x = <urn:shan>"


def test_a_column_that_is_not_shown() -> None:
    assert absent("SELECT ?x { ?x a ?t }", t="<urn:County>") == [
        "the pattern has 2 such solutions with t = <urn:County>; ?t is no column of the answer"
    ]


def test_one_solution_is_one() -> None:
    lines = absent("SELECT ?x { ?x a :County ; :alias ?l } OFFSET 1", x="<urn:shan>")
    assert lines == [
        "no row has x = <urn:shan>, though the pattern has 1 such solution",
        "OFFSET 1 skips it",
    ]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("SELECT ?f ?m { ?f :value ?v BIND(?v * 2 AS ?m) }", {"m": "1196"}),
        ("SELECT ?x ?y { VALUES ?y { 101 102 } ?x a :County }", {"y": "101"}),
        ('SELECT ?x ?y { VALUES ?y { "zork" } ?x a :County }', {"y": "zork"}),
        ('SELECT ?x ?y { ?x a :Province BIND("Z" AS ?y) }', {"y": "Z", "x": ":lu"}),
        ("SELECT ?l { ?x :alias ?l }", {"l": '"单"@ZH'}),
    ],
)
def test_a_row_that_the_table_has(query: str, wanted: dict[str, str]) -> None:
    [line] = absent(query, **wanted)
    assert line.startswith("there is a row that has ")


def test_a_named_graph() -> None:
    store = MemoryStore.parse("GRAPH <urn:g> { <urn:a> <urn:p> 1 } GRAPH <urn:h> { <urn:b> <urn:q> 2 }")
    query = "SELECT ?g { GRAPH ?g { ?s <urn:p> ?o } }"
    assert why_not(store, query, PREFIXES, {"g": ":g"}) == ["there is a row that has g = :g"]
    assert why_not(store, query, PREFIXES, {"g": ":h"}) == [
        "no row has g = :h",
        "in the solutions, for example, ?g is :g",
    ]


def test_what_the_value_is_instead() -> None:
    query = "SELECT ?f ?m { ?f :value ?v BIND(?v * 2 AS ?m) }"
    assert absent(query, m="3") == [
        "no row has m = 3",
        "in the solutions, for example, ?m is 2; ?m is 1196",
    ]
    assert absent("SELECT ?l { ?x :alias ?l }", l='"单"@fr') == [
        'no row has l = "单"@fr: nothing in the graph is, or is named, "单"@fr'
    ]


def test_the_value_stands_in_the_pattern() -> None:
    assert absent("SELECT ?x { ?x :alias ?l }", x=":cao") == [
        "no row has x = :cao",
        "nothing matches :cao :alias ?l",
    ]


def test_limit_and_offset_are_told_apart() -> None:
    query = "SELECT ?v { ?f :value ?v } ORDER BY ?v "
    assert absent(query + "LIMIT 5 OFFSET 1", v="1")[1:] == ["OFFSET 1 skips it"]
    assert absent(query + "LIMIT 1", v="598")[1:] == ["LIMIT 1 cuts it off"]


def test_having_leaves_it_out() -> None:
    query = "SELECT ?x (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?x HAVING (COUNT(*) > 1)"
    assert absent(query, x="<urn:cao>")[1] == "HAVING (COUNT(*) > 1) leaves its group out"


def test_what_is_computed() -> None:
    query = "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t"
    assert absent(query, n="2") == ["there is a row that has n = 2"]
    assert absent(query, n="1", t="<urn:County>") == [
        "no row has n = 1 and t = <urn:County>: where t = <urn:County>, ?n is 2"
    ]
    assert absent(query, n="3") == ["no row has n = 3: for example, ?n is 1; ?n is 2"]
    having = query + " HAVING (COUNT(*) > 1)"
    assert absent(having, n="1") == ["no row has n = 1", "HAVING (COUNT(*) > 1) leaves its group out"]


def test_a_union_that_binds_it_in_one_branch() -> None:
    lines = absent("SELECT * { { ?x :alias ?l } UNION { ?x a :County } }", l="布")
    assert lines == ["no row has l = 布: nothing in the graph is, or is named, 布"]
    assert absent("SELECT * { { ?x :alias ?l } UNION { ?x a :County } }", l="单", x="<urn:cao>")[0] == (
        "no row has l = 单 and x = <urn:cao>"
    )


@pytest.mark.parametrize("query", ["ASK { ?x a :County }", "CONSTRUCT { ?x :is 1 } { ?x a :County }"])
def test_the_solutions_of_other_forms(query: str) -> None:
    assert absent(query, x="<urn:lu>")[0] == "no solution has x = <urn:lu>"
    assert absent(query, x="<urn:cao>") == ["there is a solution that has x = <urn:cao>"]


def test_what_cannot_be_asked_for() -> None:
    with pytest.raises(UnknownName, match="no column 'k'"):
        check_wanted(OPTIONAL, {"k": "1"})
    with pytest.raises(UsageError, match="no value is given for v"):
        check_wanted(OPTIONAL, {"v": " "})
    with pytest.raises(UsageError, match="DESCRIBE without a pattern"):
        check_wanted("DESCRIBE <urn:cao>", {"x": "1"})


@pytest.mark.parametrize("wanted", ["nope=1", "x=", "x"])
def test_a_row_that_cannot_be_meant_is_refused_before_the_answer(run_kg: Run, wanted: str) -> None:
    done = run_kg("query", "SELECT ?x { ?x a kg:County }", "--why-not", wanted)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


def test_why_of_every_form(run_kg: Run) -> None:
    for query in (
        "CONSTRUCT { ?x kg:made ?l } { ?x a kg:County ; rdfs:label ?l }",
        "DESCRIBE ?x { ?x a kg:County ; rdfs:label ?l }",
        "ASK { ?x a kg:County ; rdfs:label ?l }",
    ):
        done = run_kg("query", query, "--why", "--why-not", "x=山东省")
        assert done.returncode == 0
        assert "23  match ?x a kg:County" in done.stderr
        assert "no solution has x = 山东省" in done.stderr
        assert "does not know" not in done.stderr


@pytest.mark.parametrize("format", ["table", "csv"])
def test_a_sum_over_nothing_is_explained(run_kg: Run, format: str) -> None:
    query = 'SELECT (COUNT(*) AS ?n) { ?c rdfs:label "曹县" }'
    done = run_kg("query", query, "--format", format)
    assert done.stderr.splitlines() == [
        "kg: the pattern has no solution to sum up",
        'kg: nothing matches ?c rdfs:label "曹县"',
        'kg: with "曹县"@zh instead of "曹县" the pattern has 1 solution',
    ]
    assert run_kg("query", 'SELECT (COUNT(*) AS ?n) { ?c rdfs:label "曹县"@zh }').stderr == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?X { ?x a :County }", ["nothing in the query binds ?X; did you mean ?x?"]),
        ("SELECT ?x { ?x a ?t FILTER(?undefined > 3) }", ["nothing in the query binds ?undefined"]),
        ("SELECT (SUM(?n) AS ?s) { ?x :value ?v }", ["nothing in the query binds ?n"]),
        ("SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t HAVING (COUNT(*) > 1) ORDER BY ?n", []),
        ("SELECT ?y { ?x :value ?v BIND(?v * 2 AS ?y) } GROUP BY ?y", []),
        ("SELECT (?n * 2 AS ?m) { { SELECT (COUNT(*) AS ?n) { ?x a ?t } } }", []),
        ("SELECT ?g { GRAPH ?g { ?x a ?t } FILTER EXISTS { ?x a ?u FILTER(?u = ?t) } }", []),
        ("SELECT * { ?x a ?t FILTER NOT EXISTS { ?x a ?u FILTER(?u = ?t) } }", []),
    ],
)
def test_a_variable_that_nothing_binds(query: str, said: list[str]) -> None:
    assert warnings(STORE, query, PREFIXES) == said


def test_the_template_of_a_construct_is_not_asked_of_the_graph() -> None:
    known = {"kg": "https://kg.example/ontology#"}
    template, brief = "CONSTRUCT { ?x kg:made ?y } { ?x a ?y }", "CONSTRUCT WHERE { ?x kg:made ?y }"
    assert warnings(STORE, template, known) == []
    assert warnings(STORE, brief, known) == ["the graph does not know kg:made; it finds nothing"]


def test_nothing_to_describe_is_said(run_kg: Run) -> None:
    done = run_kg("query", "DESCRIBE <urn:nothing>")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "kg: the graph says nothing about what is to be described"


def test_a_syntax_error_lists_no_ranges_of_characters(run_kg: Run) -> None:
    done = run_kg("query", "SELECT * { ?x kg:in{2} ?y }")
    assert done.returncode == 3
    assert "possible here: $ ' ( * + - . / : < << ?" in done.stderr
    assert "FDCF" not in done.stderr
