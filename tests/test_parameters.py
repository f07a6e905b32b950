"""Parameters are terms: a value is resolved, typed and escaped, never pasted."""

from __future__ import annotations

import pytest

import kg
from kg.errors import AmbiguousName, UnknownName, UsageError
from kg.query.parameters import fill, parameters

QUERY = """SELECT ?n {
  VALUES ?county { id:caoxian-371721 }
  ?o schema:observationAbout ?county ; schema:value ?n .
}"""


def value(example: str, given: str) -> str:
    filled = fill(
        f"VALUES ?x {{ {example} }}",
        {"x": given},
        resolve=lambda name: f"urn:{name}",
        prefixes={"xsd": "urn:x#"},
    )
    return filled.removeprefix("VALUES ?x { ").removesuffix(" }")


@pytest.mark.parametrize(
    "name",
    [
        "单县",
        "Shan County",
        "371722",
        "shanxian",
        "Shan Xian",
        "id:shanxian-371722",
        "shanxian-371722",
        "<https://kg.example/id/shanxian-371722>",
    ],
)
def test_a_county_goes_by_any_of_its_names(small: kg.Dataset, name: str) -> None:
    assert [row["n"].value for row in small.query(QUERY, params={"county": name})] == ["9"]


def test_a_parameter_takes_several_values(small: kg.Dataset) -> None:
    results = small.query(QUERY, params={"county": ["曹县", "单县"]})
    assert sorted(row["n"].value for row in results) == ["151", "9"]


def test_a_parameter_that_is_not_given_keeps_its_example(small: kg.Dataset) -> None:
    assert [row["n"].value for row in small.query(QUERY)] == ["151"]


@pytest.mark.parametrize(
    ("example", "given", "term"),
    [
        ('"曹"@zh', "单", '"单"@zh'),
        ('"x"', 'a "quoted" \\ one', r'"a \"quoted\" \\ one"'),
        ("'x'", "it's", '"it\'s"'),
        ("100", "-5", '"-5"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("100", "2.5", '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("true", "false", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ('"2020-01-01"^^xsd:date', "2021-06-30", '"2021-06-30"^^<urn:x#date>'),
        ("id:a", "b", "<urn:b>"),
        ("<urn:a> <urn:b>", "c", "<urn:c>"),
    ],
)
def test_a_value_becomes_a_term_of_the_examples_kind(example: str, given: str, term: str) -> None:
    assert value(example, given) == term


@pytest.mark.parametrize(
    "attack",
    [
        'x" } DROP ALL #',
        "x> } ?s ?p ?o #",
        "曹县 } UNION { ?s ?p ?o",
        "id:a } . ?s ?p ?o . { ",
        "x\\u0022 } SELECT",
        "a\n} ?s ?p ?o",
        "\\1",
    ],
)
def test_no_value_brings_sparql_with_it(small: kg.Dataset, attack: str) -> None:
    text = 'SELECT ?s {\n  VALUES ?label { "曹县"@zh }\n  ?s rdfs:label ?label\n}'
    assert len(small.query(text, params={"label": attack})) == 0
    with pytest.raises(UnknownName):
        small.query(QUERY, params={"county": attack})


def test_what_cannot_be_is_refused(small: kg.Dataset) -> None:
    with pytest.raises(UnknownName, match="no parameter 'conty'; did you mean county"):
        small.query(QUERY, params={"conty": "曹县"})
    with pytest.raises(UnknownName, match="this query has none"):
        small.query("ASK {}", params={"county": "曹县"})
    with pytest.raises(UsageError, match="the parameter county is empty"):
        small.query(QUERY, params={"county": " "})
    with pytest.raises(UnknownName, match="nothing is named '曹线'; did you mean 曹县"):
        small.query(QUERY, params={"county": "曹线"})
    with pytest.raises(UsageError, match="the parameter x is a number, not 'ten'"):
        value("100", "ten")
    with pytest.raises(UsageError, match="true or false"):
        value("true", "maybe")


def test_a_tie_is_refused_with_the_candidates(small: kg.Dataset) -> None:
    with pytest.raises(AmbiguousName) as caught:
        small.resolve("王伟")
    assert caught.value.candidates == ("id:wang-wei-cao (王伟)", "id:wang-wei-shan (王伟)")


def test_only_values_lines_of_one_variable_are_parameters() -> None:
    text = """SELECT * {
      VALUES ?county { id:a }   # the county
      values $n {5}
      VALUES (?a ?b) { (1 2) }
      # VALUES ?c { 1 }
      BIND("VALUES ?d { 1 }" AS ?e)
    }"""
    assert parameters(text) == {"county": "id:a", "n": "5"}
