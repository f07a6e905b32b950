"""Slips of value: datatypes, dates, scripts, names, inline data; and mends that would be another question."""

from __future__ import annotations

import pytest

from kg.explain.empty import why_empty
from kg.namespaces import PREFIXES
from kg.store import MemoryStore

STORE = MemoryStore.parse("""
@prefix : <urn:x:> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:a :dec 5.0 ; :bool true ; :day "2021-03-01"^^xsd:date ; :year "2021"^^xsd:gYear ; :month "2021-06"^^xsd:gYearMonth ;
    :at "2021-03-01T10:00:00"^^xsd:dateTime ; :text "151" ; :n 3 ; :name "曹县"@zh, "Cao County"@en .
:b :day "2020-03-01"^^xsd:date ; :year "2020"^^xsd:gYear ; :n 5 ; :in :a . :c :in :b ; :kind :K . :d :in :c .
""")

MENDS = {
    "?o :dec 5": "with 5.0 instead of 5 the pattern has 1 solution",
    "?o :bool 1": "with true instead of 1 the pattern has 1 solution",
    '?o :day "2021-03-01T00:00:00"^^xsd:dateTime': 'with "2021-03-01"^^xsd:date'
    ' instead of "2021-03-01T00:00:00"^^xsd:dateTime the pattern has 1 solution',
    '?o :name "曹縣"@zh': 'with "曹县"@zh instead of "曹縣"@zh the pattern has 1 solution',
    '?o :name ?l FILTER(?l = "曹縣")': 'with simplified characters, whatever the language: FILTER (STR(?l) = "曹县")'
    " the pattern has 1 solution",
    '?o :name ?l FILTER(?l IN ("曹县", "x"))': "with the text alone, whatever its language:"
    ' FILTER (STR(?l) IN ("曹县", "x")) the pattern has 1 solution',
    '?o :name ?l FILTER(CONTAINS(?l, "cao"))': "with capitals and small letters alike:"
    ' FILTER (CONTAINS(LCASE(?l), LCASE("cao"))) the pattern has 1 solution',
    '?o :day ?d FILTER(?d >= "2021-01-01")': 'with "2021-01-01"^^xsd:date instead of "2021-01-01":'
    ' FILTER (?d >= "2021-01-01"^^xsd:date) the pattern has 1 solution',
    "?o :day ?d FILTER(?d > 2020)": "with the year of ?d: FILTER (YEAR(?d) > 2020) the pattern has 1 solution",
    "?o :month ?d FILTER(?d > 2020)": "with the year of ?d: FILTER (xsd:integer(SUBSTR(STR(?d), 1, 4)) > 2020)"
    " the pattern has 1 solution",
    "?o :year ?y FILTER(?y = 2021)": 'with "2021"^^xsd:gYear instead of 2021: FILTER (?y = "2021"^^xsd:gYear)'
    " the pattern has 1 solution",
    '?o :at ?d FILTER(?d > "2021-01-01")': 'with "2021-01-01T00:00:00"^^xsd:dateTime instead of "2021-01-01":'
    ' FILTER (?d > "2021-01-01T00:00:00"^^xsd:dateTime) the pattern has 1 solution',
    '?o :day ?d FILTER(STRSTARTS(?d, "2021"))': 'with the text of ?d: FILTER (STRSTARTS(STR(?d), "2021"))'
    " the pattern has 1 solution",
    "?o :text ?v FILTER(?v > 100)": "with the values of ?v as numbers: FILTER (xsd:decimal(STR(?v)) > 100)"
    " the pattern has 1 solution",
    'VALUES ?v { "3" "7" } ?o :n ?v': 'with 3 instead of "3" the pattern has 1 solution',
    "OPTIONAL { ?o :day ?d } ?o :kind ?k": "with OPTIONAL last the pattern has 1 solution",
    "?o :kind ?k ; :in :a": "with :in+ (any number of steps) instead of :in the pattern has 1 solution",
    "5 :n ?o": "with the other direction: ?o :n 5 the pattern has 1 solution",
    "?o :N 3": "with :n instead of :N the pattern has 1 solution",
}


def why(where: str) -> list[str]:
    return why_empty(STORE, f"PREFIX : <urn:x:> SELECT ?o {{ {where} }}", PREFIXES)


@pytest.mark.parametrize("where", list(MENDS))
def test_mend(where: str) -> None:
    assert MENDS[where] in why(where)


@pytest.mark.parametrize(
    ("where", "there"),
    [
        ("?o :n 4", "of :n there is 3 and 5, but no 4"),
        ("?o :n 3.5", "of :n there is 3 and 5, but no 3.5"),
        (
            '?o :day "2021-04-01"^^xsd:date',
            'of :day there is "2021-03-01"^^xsd:date, but no "2021-04-01"^^xsd:date',
        ),
    ],
)
def test_another_number_or_date_is_told_of_and_not_suggested(where: str, there: str) -> None:
    lines = why(where)
    assert lines[-1] == there
    assert not any(line.startswith("with") for line in lines)


def test_another_number_in_a_text_is_another_text() -> None:
    store = MemoryStore.parse('<urn:a> <urn:name> "2020年报告"@zh .')
    assert why_empty(store, 'SELECT * { ?x <urn:name> "2021年报告"@zh }', {}) == [
        'nothing matches ?x <urn:name> "2021年报告"@zh'
    ]


def test_a_property_of_literals_is_not_read_backwards() -> None:
    assert not any("direction" in line for line in why("?o :n ?v . ?v :in ?z"))


def test_what_is_said_of_the_right_value_is_not_mended_to_another_property() -> None:
    assert [line for line in why("?o :dec 5") if line.startswith("with")] == [MENDS["?o :dec 5"]]


def test_patterns_beside_inline_data_are_counted() -> None:
    assert "  by itself ?o :n ?v has 2 matches" in why('VALUES ?v { "x" } ?o :n ?v')


def test_a_name_in_a_join_is_mended_with_the_steps_it_lacks() -> None:
    store = MemoryStore.read(["tests/data/evidence.ttl", "ontology/kg.ttl"])
    lines = why_empty(store, 'SELECT ?c { ?c a kg:County ; schema:containedInPlace "云岭省" }', PREFIXES)
    assert lines[-1] == (
        'with id:yunling-990000 instead of "云岭省" and schema:containedInPlace+ (any number of steps)'
        " instead of schema:containedInPlace the pattern has 2 solutions"
    )


def test_a_prefix_that_means_another_namespace_is_written_out() -> None:
    store = MemoryStore.parse("<urn:a> <https://schema.org/about> <urn:b> .")
    lines = why_empty(store, "PREFIX schema: <http://schema.org/> ASK { ?x schema:about ?y }", PREFIXES)
    assert lines[-1] == ("with <https://schema.org/about> instead of schema:about the pattern has 1 solution")
