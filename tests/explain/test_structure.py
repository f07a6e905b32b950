"""Paths, graphs, groups and clauses: each is named as it is written, and counted as it is named."""

from __future__ import annotations

import pytest

from kg.explain.empty import counts, why_empty
from kg.store import MemoryStore

STORE = MemoryStore.parse("""
@prefix : <urn:> . :a :p :b . :b :p :c ; :q 1 ; :label "b"@en . :c :q 2 . :x :r :y ; a :K . :z a :K .
:g1 { :a :s :b } :g2 { :b :s :c . :c :t :d }
""")
PREFIXES = {"": "urn:"}

LINES = {
    "steps of a path": (
        "SELECT * { ?x :r/:q ?y }",
        [
            "nothing matches ?x :r/:q ?y",
            "  by itself ?x :r [] has 1 match",
            "  by itself [] :q ?y has 2 matches",
        ],
    ),
    "a step that nothing matches": ("SELECT * { ?x :p/:none/:q ?y }", ["nothing matches [] :none []"]),
    "blank nodes": (
        "SELECT * { ?x :p [ :q 2 ; :label ?l ] }",
        ["nothing matches _:b0 :q 2 . _:b0 :label ?l"],
    ),
    "the other direction of a step": (
        "SELECT * { ?x :r/:r ?y }",
        ["with the other direction: ?x ^:r/:r ?y the pattern has 1 solution"],
    ),
    "NOT EXISTS": (
        "SELECT * { ?x a :K FILTER NOT EXISTS { ?x a ?t } }",
        ["FILTER NOT EXISTS { ?x a ?t } removes all of the 2 solutions"],
    ),
    "MINUS": ("SELECT * { ?x a :K MINUS { ?x a ?t } }", ["MINUS { ?x a ?t } removes all of the 2 solutions"]),
    "a conjunct": (
        "SELECT * { ?x :q ?v FILTER(?v > 0 && ?v > 7) }",
        ["FILTER (?v > 7) removes all of the 2 solutions", "there, for example, ?v is 1; ?v is 2"],
    ),
    "conjuncts together": (
        "SELECT * { ?x :q ?v FILTER(?v > 1 && ?v < 2) }",
        ["FILTER (?v > 1) and FILTER (?v < 2) remove all of the 2 solutions"],
    ),
    "a variable of another name": (
        "SELECT * { ?x :q ?v FILTER(?V > 0) }",
        ["FILTER (?V > 0) removes all of the 2 solutions", "?V is never bound there; did you mean ?v?"],
    ),
    "a variable of another group": (
        "SELECT * { ?x :q ?v { ?y :r ?z FILTER(?v > 0) } }",
        ["FILTER (?v > 0) removes the 1 solution", "?v is never bound in its group"],
    ),
    "no such graph": (
        "SELECT * { GRAPH :g3 { ?x :p ?y } }",
        ["the data has no graph :g3; it has :g1, :g2", "without GRAPH :g3 the pattern has 2 solutions"],
    ),
    "no such graph to ask": (
        "SELECT * FROM :g { ?x :p ?y }",
        ["the data has no graph :g; it has :g1, :g2", "without FROM :g the pattern has 2 solutions"],
    ),
    "another graph": (
        "SELECT * { GRAPH :g1 { ?x :t ?y } }",
        ["nothing matches GRAPH :g1 { ?x :t ?y }", "without GRAPH :g1 the pattern has 1 solution"],
    ),
    "the default graph": (
        "SELECT * { GRAPH ?g { ?x :p ?y } }",
        ["nothing matches GRAPH ?g { ?x :p ?y }", "without GRAPH ?g the pattern has 2 solutions"],
    ),
    "a value in a graph": (
        "SELECT * { GRAPH ?g { ?x :s :d } }",
        ["nothing matches GRAPH ?g { ?x :s :d }"],
    ),
    "branches": (
        'SELECT * { { ?x :q "1" } UNION { ?x :q 3 } }',
        [
            'nothing matches { ?x :q "1" } UNION { ?x :q 3 }',
            'with 1 instead of "1" the pattern has 1 solution',
            "of :q there is 2, but no 3",
        ],
    ),
    "HAVING": (
        "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t HAVING (COUNT(*) > 5)",
        ["the pattern has 2 solutions in 1 group, but HAVING (COUNT(*) > 5) leaves none", "COUNT(*) is 2"],
    ),
    "HAVING in a sub-select": (
        "SELECT * { { SELECT ?x (MAX(?v) AS ?n) { ?x :q ?v } GROUP BY ?x HAVING (MAX(?v) > 5) } }",
        ["MAX(?v) lies between 1 and 2"],
    ),
    "a name that HAVING does not see": (
        "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t HAVING (?n > 1)",
        [
            "HAVING does not see ?n, which is a name for COUNT(*) in the answer",
            "with HAVING (COUNT(*) > 1) there is 1 group",
        ],
    ),
    "LIMIT": ("SELECT * { ?x :q ?v } LIMIT 0", ["the pattern has 2 solutions, but LIMIT 0 asks for no row"]),
    "OFFSET": (
        "SELECT DISTINCT ?t { ?x a ?t } OFFSET 1",
        ["the pattern has 2 solutions, but OFFSET 1 skips the only row"],
    ),
    "what the subject has": (
        "ASK { :b :p :x }",
        ["nothing matches :b :p :x", "there is, for example, :b :p :c"],
    ),
    "what the rest has": (
        "SELECT * { ?s :q 1 ; :p :x }",
        ["there is, for example, ?s :p :c"],
    ),
    "a value for a property": (
        "SELECT * { ?x :K ?y }",
        [":K is no property in the data; it stands, for example, in ?s a :K"],
    ),
    "a template": (
        "CONSTRUCT { ?v :of ?x } { ?x :q ?v }",
        ["the pattern has 2 solutions, but its template makes no triple of them"],
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_what_is_said(name: str) -> None:
    query, lines = LINES[name]
    said = why_empty(STORE, query, PREFIXES)
    assert [line for line in lines if line not in said] == [], said


def test_a_sum_of_what_nothing_binds() -> None:
    lines = why_empty(STORE, "SELECT (SUM(?z) AS ?s) { ?x a :K OPTIONAL { ?x :none ?z } }", PREFIXES)
    assert lines[:3] == [
        "the pattern has 2 solutions, but ?z is unbound in all of them",
        "nothing matches ?x :none ?z",
        "the rest of the pattern has 2 solutions",
    ]


def test_data_without_named_graphs() -> None:
    store = MemoryStore.parse("<urn:a> <urn:p> <urn:b> .")
    assert why_empty(store, "SELECT * { GRAPH ?g { ?x ?p ?y } }", {}) == [
        "the data has no named graphs, and GRAPH looks into nothing else",
        "without GRAPH ?g the pattern has 1 solution",
    ]


def test_counts_of_steps() -> None:
    assert counts(STORE, "SELECT * { ?x :p/:q ?y }", PREFIXES) == [
        "         2  match ?x :p []",
        "         2  match [] :q ?y",
        "         2  in all",
    ]
