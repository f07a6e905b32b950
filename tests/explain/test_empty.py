"""What emptied an answer, and the mend that was tried before it is suggested."""

from __future__ import annotations

import pytest

from kg.explain.absent import why_not
from kg.explain.empty import counts, why_empty
from kg.namespaces import PREFIXES
from kg.store import MemoryStore

STORE = MemoryStore.read(["tests/data/evidence.ttl", "ontology/kg.ttl"])
COUNTIES = "?c a kg:County"


CASES = {
    "language tag": (
        'SELECT ?n { ?c rdfs:label "青禾县" ; kg:gb2260 ?n }',
        'with "青禾县"@zh instead of "青禾县" the pattern has 1 solution',
    ),
    "datatype": (
        "SELECT ?c { ?c kg:gb2260 990101 }",
        'with "990101" instead of 990101 the pattern has 1 solution',
    ),
    "property that does not occur": (
        "SELECT ?c { ?c a kg:County ; schema:containedInPlac id:dongchuan-990100 }",
        "with schema:containedInPlace instead of schema:containedInPlac the pattern has 2 solutions",
    ),
    "http and https": (
        "PREFIX s: <http://schema.org/> SELECT ?c { ?c s:containedInPlace id:dongchuan-990100 }",
        "with schema:containedInPlace instead of s:containedInPlace the pattern has 2 solutions",
    ),
    "percent-encoded twin": (
        "SELECT ?s { ?s oa:hasSource <https://kg.example/source%2Fpage> }",
        "with source:page instead of <https://kg.example/source%2Fpage> the pattern has 9 solutions",
    ),
    "wrong direction": (
        "SELECT ?c { id:dongchuan-990100 schema:containedInPlace ?c . ?c a kg:County }",
        "with the other direction: ?c schema:containedInPlace id:dongchuan-990100 "
        "the pattern has 2 solutions",
    ),
    "class whose subclasses are stored": (
        "SELECT ?o { ?o a schema:Organization }",
        "with schema:Organization or a class below it (rdf:type/rdfs:subClassOf*) "
        "the pattern has 3 solutions",
    ),
    "name where an entity is stored": (
        'SELECT ?o { ?o schema:observationAbout "青禾" }',
        'with id:qinghe-990101 instead of "青禾" the pattern has 3 solutions',
    ),
    "number as a string": (
        'SELECT ?v { ?o schema:value ?v FILTER(?v > "100") }',
        'with the number 100 instead of the string "100": FILTER (?v > 100) the pattern has 3 solutions',
    ),
    "label compared without its language": (
        'SELECT ?c { ?c a kg:County ; rdfs:label ?l FILTER(?l = "青禾县") }',
        'with the text alone, whatever its language: FILTER (STR(?l) = "青禾县") the pattern has 1 solution',
    ),
    "language written otherwise": (
        'SELECT ?c { ?c a kg:County ; rdfs:label ?l FILTER(LANG(?l) = "zh-CN") }',
        'with any variant of the language: FILTER (LANGMATCHES(LANG(?l), "zh")) the pattern has 2 solutions',
    ),
    "two slips": (
        "ASK { id:qinghe schema:containedInPlace id:dongchuan }",
        "with id:qinghe-990101 instead of id:qinghe and id:dongchuan-990100 instead of id:dongchuan "
        "the pattern has 1 solution",
    ),
    "two slips in two patterns": (
        'SELECT ?c { ?c rdfs:label "青禾县" ; schema:containedInPlac ?p }',
        'with "青禾县"@zh instead of "青禾县" and schema:containedInPlace instead of schema:containedInPlac '
        "the pattern has 1 solution",
    ),
    "another property": (
        'SELECT ?c { ?c rdfs:label "青禾"@zh }',
        'with "青禾县"@zh instead of "青禾"@zh the pattern has 1 solution',
    ),
}


def why(query: str) -> list[str]:
    return why_empty(STORE, query, PREFIXES)


@pytest.mark.parametrize("name", CASES)
def test_mend(name: str) -> None:
    query, mend = CASES[name]
    assert mend in why(query)


def test_the_smallest_part_is_named_and_the_rest_counted() -> None:
    assert why("SELECT ?x { ?c a kg:County ; schema:nothing ?x ; rdfs:label ?l }")[:2] == [
        "nothing matches ?c schema:nothing ?x",
        "the rest of the pattern has 4 solutions",
    ]


def test_the_rest_is_what_does_not_fail() -> None:
    failing = "?p a kg:County ; schema:containedInPlace id:yunling-990000"
    assert why(f"SELECT ?p {{ {failing} . ?q a kg:County }}")[3] == "the rest of the pattern has 2 solutions"


def test_two_patterns_that_match_apart() -> None:
    assert why("SELECT ?p { ?p a kg:County ; schema:containedInPlace id:yunling-990000 }")[:4] == [
        "nothing matches ?p a kg:County . ?p schema:containedInPlace id:yunling-990000",
        "  by itself ?p a kg:County has 2 matches",
        "  by itself ?p schema:containedInPlace id:yunling-990000 has 1 match",
        "with schema:containedInPlace+ (any number of steps) instead of schema:containedInPlace"
        " the pattern has 2 solutions",
    ]


def test_a_filter_tells_what_it_removes() -> None:
    assert why("SELECT ?c { ?o schema:observationAbout ?c ; schema:value ?v FILTER(?v > 9000000000) }") == [
        "FILTER (?v > 9000000000) removes all of the 4 solutions",
        "there, for example, ?v is 60; ?v is 800000000; ?v is 1200000000",
    ]


def test_what_stands_behind_the_pattern() -> None:
    assert why("SELECT ?c { ?c a kg:County } GROUP BY ?c HAVING (COUNT(*) > 5)") == [
        "the pattern has 2 solutions in 2 groups, but HAVING (COUNT(*) > 5) leaves none",
        "COUNT(*) is 1 in each",
    ]
    assert why("SELECT ?c { ?c a kg:County } OFFSET 9") == [
        "the pattern has 2 solutions, but OFFSET 9 skips all of the 2 rows"
    ]


def test_no_mend_is_suggested_that_finds_nothing() -> None:
    assert not any(
        line.startswith("with") for line in why("SELECT ?x { ?x a kg:County ; schema:latitude ?y }")
    )


def test_counts_of_each_part() -> None:
    query = "SELECT ?c { ?c a kg:County OPTIONAL { ?c kg:gb2260 ?l } FILTER(?c != id:baishi-990102) }"
    assert [line.split(maxsplit=1) for line in counts(STORE, query, PREFIXES)] == [
        ["2", "match ?c a kg:County"],
        ["4", "match OPTIONAL { ?c kg:gb2260 ?l }"],
        ["1", "removed by FILTER (?c != id:baishi-990102)"],
        ["1", "in all"],
    ]


@pytest.mark.parametrize(
    ("query", "wanted", "said"),
    [
        (f"SELECT ?c {{ {COUNTIES} }} ORDER BY ?c LIMIT 1", {"c": "青禾县"}, "LIMIT 1 cuts it off"),
        (
            f"SELECT ?c {{ {COUNTIES} ; skos:altLabel ?l }}",
            {"c": "白石县"},
            "no row has c = 白石县 / nothing matches id:baishi-990102 skos:altLabel ?l",
        ),
        (
            f"SELECT ?c {{ {COUNTIES} {{ SELECT ?c {{ ?o schema:observationAbout ?c ; schema:value 1200000000 }} }} }}",
            {"c": "白石县"},
            "no row has c = 白石县 / nothing matches ?o schema:observationAbout id:baishi-990102 ."
            " ?o schema:value 1200000000"
            " /   by itself ?o schema:observationAbout id:baishi-990102 has 1 match"
            " /   by itself ?o schema:value 1200000000 has 1 match",
        ),
        (f"SELECT ?c {{ {COUNTIES} }}", {"c": "黑石县"}, "nothing in the graph is, or is named, 黑石县"),
        (f"SELECT ?c {{ {COUNTIES} }}", {"c": "白石县"}, "there is a row that has c = 白石县"),
    ],
)
def test_why_not(query: str, wanted: dict[str, str], said: str) -> None:
    lines = why_not(STORE, query, PREFIXES, wanted)
    assert said in " / ".join(lines)


def test_a_class_is_mended_in_data_that_come_without_the_ontology() -> None:
    store = MemoryStore.read(["tests/data/evidence.ttl"])
    assert why_empty(store, "SELECT ?p { ?p a schema:AdministrativeArea }", PREFIXES)[1:] == [
        "with kg:Province or kg:PrefectureCity or kg:County instead of schema:AdministrativeArea "
        "the pattern has 4 solutions"
    ]


def test_one_character_of_two_is_a_slip() -> None:
    store = MemoryStore.parse(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:cao> rdfs:label '曹县'@zh ."
    )
    lines = why_empty(store, 'SELECT ?c { ?c rdfs:label "曹懸"@zh }', PREFIXES)
    assert 'with "曹县"@zh instead of "曹懸"@zh the pattern has 1 solution' in lines
