"""What two newspapers say, each in a graph of its own: a question about one is not answered with the other."""

from __future__ import annotations

import pytest

from kg.cite.citation import cite
from kg.query.run import evaluate
from kg.store import MemoryStore

PAPER = """GRAPH <urn:{n}> {{
    id:a kg:in id:b . id:b kg:in id:{n} .
    <urn:st{n}> a rdf:Statement ; rdf:subject id:a ; rdf:predicate kg:in ; rdf:object id:b ; prov:wasDerivedFrom <urn:span{n}> .
    <urn:more{n}> a rdf:Statement ; rdf:subject id:b ; rdf:predicate kg:in ; rdf:object id:{n} ; prov:wasDerivedFrom <urn:more-span{n}> .
    <urn:obs> schema:observationAbout id:a ; schema:value 5 ; prov:wasDerivedFrom <urn:figure{n}> .
    <urn:span{n}> oa:hasSelector [ oa:exact "paper {n} says" ] .
    <urn:more-span{n}> oa:hasSelector [ oa:exact "paper {n} adds" ] .
    <urn:figure{n}> oa:hasSelector [ oa:exact "paper {n} counts" ] .
}}
"""
PREFIXES = """@prefix id: <https://kg.example/id/> . @prefix kg: <https://kg.example/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix schema: <https://schema.org/> .
"""
STORE = MemoryStore.parse(PREFIXES + "".join(PAPER.format(n=n) for n in (1, 2)))


@pytest.mark.parametrize(
    ("query", "cited"),
    [
        ("SELECT ?x { ?x kg:in id:b }", {"paper 1 says", "paper 2 says"}),
        ("SELECT ?x { GRAPH <urn:1> { ?x kg:in id:b } }", {"paper 1 says"}),
        ("SELECT ?x FROM <urn:2> { ?x kg:in id:b }", {"paper 2 says"}),
        ("SELECT ?x FROM <urn:1> FROM <urn:2> { ?x kg:in id:b }", {"paper 1 says", "paper 2 says"}),
        ("SELECT ?x FROM <urn:2> { ?x kg:in/kg:in id:2 }", {"paper 2 says", "paper 2 adds"}),
        ("SELECT ?x { GRAPH <urn:1> { ?x kg:in+ id:1 } FILTER(?x = id:a) }", {"paper 1 says", "paper 1 adds"}),
        ("SELECT ?v { GRAPH <urn:1> { ?o schema:value ?v } }", {"paper 1 counts"}),
        ("SELECT ?v FROM <urn:2> { ?o schema:value ?v }", {"paper 2 counts"}),
        ("SELECT ?x { GRAPH <urn:2> { { SELECT ?x { ?x kg:in id:b } LIMIT 1 } } }", {"paper 2 says"}),
        ("SELECT ?n { GRAPH <urn:1> { { SELECT (COUNT(*) AS ?n) { ?x kg:in ?y } } } }", {"paper 1 says", "paper 1 adds"}),
        ("SELECT (COUNT(*) AS ?n) { GRAPH <urn:1> { ?x kg:in id:b } }", {"paper 1 says"}),
        (
            "SELECT ?x { ?x kg:in id:b GRAPH <urn:1> { ?x kg:in id:b } }",
            {"paper 1 says", "paper 2 says"},
        ),
        ("SELECT ?x { GRAPH <urn:1> { ?x kg:in id:b } ?x kg:in id:b }", {"paper 1 says", "paper 2 says"}),
        ("SELECT ?x { ?o schema:value ?v FILTER EXISTS { GRAPH <urn:1> { ?x kg:in id:b } } }", {
            "paper 1 says", "paper 1 counts", "paper 2 counts"
        }),
    ],
)  # fmt: skip
def test_evidence_is_that_of_the_graphs_that_were_asked(query: str, cited: set[str]) -> None:
    citations = cite(evaluate(STORE, query))
    assert {piece.exact for piece in citations.evidence(0)} == cited


def test_each_graph_has_its_own_row_and_its_own_words() -> None:
    citations = cite(evaluate(STORE, "SELECT ?g { GRAPH ?g { ?x kg:in id:b } } ORDER BY ?g"))
    assert [[piece.exact for piece in citations.evidence(row)] for row in (0, 1)] == [
        ["paper 1 says"],
        ["paper 2 says"],
    ]


def test_evidence_that_is_kept_apart_from_what_it_is_about_is_found() -> None:
    apart = """GRAPH <urn:facts> { id:a kg:in id:b }
    GRAPH <urn:provenance> { <urn:st> rdf:subject id:a ; rdf:predicate kg:in ; rdf:object id:b ; prov:wasDerivedFrom <urn:span> .
    <urn:span> oa:hasSelector [ oa:exact "a in b" ] }"""
    citations = cite(
        evaluate(MemoryStore.parse(PREFIXES + apart), "SELECT ?x { GRAPH <urn:facts> { ?x kg:in ?y } }")
    )
    assert [piece.exact for piece in citations.evidence(0)] == ["a in b"]
