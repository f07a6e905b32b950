"""What a row rests on: by hand for each part of SPARQL, and for any query by properties."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.cite.lineage import lineage
from kg.errors import QueryError
from kg.store import MemoryStore

GRAPH = """
:caoxian :in :heze . :heze :in :shandong . :daji :in :caoxian .
:caoxian :sells 167 . :heze :sells 500 . :daji :sells 40 .
:caoxian :label "曹县"@zh . :li :knows :caoxian , :daji .
"""


def store_of(turtle: str) -> MemoryStore:
    return MemoryStore.parse("@prefix : <urn:> . " + turtle)


def short(triple: ox.Triple) -> str:
    return " ".join(str(term.value).removeprefix("urn:") for term in triple)


def cited(query: str, graph: str = GRAPH) -> list[list[str]]:
    """The triples of each row, sorted, in the order of the answer."""
    found = lineage(store_of(graph), "PREFIX : <urn:> " + query)
    return [sorted(map(short, derivation.triples)) for derivation in found.derivations]


CASES = {
    "join": ("SELECT ?y { :daji :in ?x . ?x :in ?y }", [["caoxian in heze", "daji in caoxian"]]),
    "blank node": ("SELECT ?y { :daji :in [ :in ?y ] }", [["caoxian in heze", "daji in caoxian"]]),
    "sequence path": ("SELECT ?y { :daji :in/:in ?y }", [["caoxian in heze", "daji in caoxian"]]),
    "inverse path": ("SELECT ?y { :caoxian ^:in ?y }", [["daji in caoxian"]]),
    "path of any length": (
        "ASK { :daji :in+ :shandong }",
        [["caoxian in heze", "daji in caoxian", "heze in shandong"]],
    ),
    "path of length zero": ("SELECT ?x { :daji :in* ?x FILTER(?x = :daji) }", [[]]),
    "alternative path": (
        "SELECT ?x { :caoxian :in|^:knows ?x } ORDER BY ?x",
        [["caoxian in heze"], ["li knows caoxian"]],
    ),
    "alternative path of two lengths": (
        "SELECT ?x { :li ((:knows/:in)|:in|:knows) ?x } ORDER BY ?x",
        [
            ["daji in caoxian", "li knows caoxian", "li knows daji"],
            ["li knows daji"],
            ["caoxian in heze", "li knows caoxian"],
        ],
    ),
    "negated path": ("SELECT ?x { :daji !(:in) ?x }", [["daji sells 40"]]),
    "OPTIONAL that matches": (
        "SELECT ?l { :caoxian :in ?x OPTIONAL { :caoxian :label ?l } }",
        [["caoxian in heze", "caoxian label 曹县"]],
    ),
    "OPTIONAL that does not": (
        "SELECT ?l { :daji :in ?x OPTIONAL { :daji :label ?l } }",
        [["daji in caoxian"]],
    ),
    "OPTIONAL that binds nothing new": (
        "SELECT ?x { ?x :in ?y OPTIONAL { ?x :label '曹县'@zh } } ORDER BY ?x LIMIT 2",
        [["caoxian in heze", "caoxian label 曹县"], ["daji in caoxian"]],
    ),
    "filter of an OPTIONAL sees outside": (
        "SELECT ?b { :caoxian :sells ?a OPTIONAL { :daji :sells ?b FILTER(?b < ?a) } }",
        [["caoxian sells 167", "daji sells 40"]],
    ),
    "UNION": (
        "SELECT ?x { { ?x :label '曹县'@zh } UNION { :daji :in ?x } }",
        [["caoxian label 曹县", "daji in caoxian"], ["caoxian label 曹县", "daji in caoxian"]],
    ),
    "UNION with one branch": (
        "SELECT ?x { { :daji :in ?x } UNION { :daji :nothing ?x } }",
        [["daji in caoxian"]],
    ),
    "FILTER": ("SELECT ?x { ?x :sells ?n FILTER(?n > 200) }", [["heze sells 500"]]),
    "BIND": ("SELECT ?m { :daji :sells ?n BIND(?n * 2 AS ?m) }", [["daji sells 40"]]),
    "SELECT expression": ("SELECT (?n * 2 AS ?m) { :daji :sells ?n }", [["daji sells 40"]]),
    "VALUES": ("SELECT ?n { VALUES ?x { :daji :nobody } ?x :sells ?n }", [["daji sells 40"]]),
    "VALUES behind": ("SELECT ?x ?n { ?x :sells ?n } VALUES ?x { :daji }", [["daji sells 40"]]),
    "DISTINCT": ("SELECT DISTINCT ?p { :li :knows ?x . ?x ?p ?n FILTER isNumeric(?n) }",
        [["caoxian sells 167", "daji sells 40", "li knows caoxian", "li knows daji"]]),
    "LIMIT": ("SELECT ?x { ?x :sells ?n } ORDER BY DESC(?n) LIMIT 1", [["heze sells 500"]]),
    "GROUP BY": (
        "SELECT ?p (SUM(?n) AS ?s) { :li :knows ?p . ?p :sells ?n } GROUP BY ?p ORDER BY ?p",
        [["caoxian sells 167", "li knows caoxian"], ["daji sells 40", "li knows daji"]],
    ),
    "a key that is not shown": (
        "SELECT (MAX(?n) AS ?m) { ?p :sells ?n } GROUP BY ?p HAVING (MAX(?n) > 200)", [["heze sells 500"]],
    ),
    "a key that is computed": (
        "SELECT (COUNT(*) AS ?c) { ?p :sells ?n } GROUP BY (?n > 100) ORDER BY ?c",
        [["daji sells 40"], ["caoxian sells 167", "heze sells 500"]],
    ),
    "one group of all": (
        "SELECT (COUNT(?x) AS ?c) { ?x :sells ?n }",
        [["caoxian sells 167", "daji sells 40", "heze sells 500"]],
    ),
    "a count of nothing": ("SELECT (COUNT(?x) AS ?c) { ?x :nothing ?n }", [[]]),
    "sub-select": (
        "SELECT ?y { { SELECT ?x { ?x :sells ?n } ORDER BY ?n LIMIT 1 } ?x :in ?y }",
        [["daji in caoxian", "daji sells 40"]],
    ),
    "sub-select that groups": (
        "SELECT ?x { ?x :sells ?n { SELECT (MAX(?m) AS ?n) { :li :knows/:sells ?m } } }",
        [["caoxian sells 167", "daji sells 40", "li knows caoxian", "li knows daji"]],
    ),
    "sub-select alone": ("SELECT ?x { SELECT ?x { ?x :label ?l } }", [["caoxian label 曹县"]]),
    "sub-select in an OPTIONAL": (
        "SELECT ?l { :daji :in ?x OPTIONAL { SELECT ?x ?l { ?x :label ?l } } }",
        [["caoxian label 曹县", "daji in caoxian"]],
    ),
    "EXISTS": (
        "SELECT ?n { ?x :sells ?n FILTER EXISTS { ?y :knows ?x . ?x :label ?l } }",
        [["caoxian label 曹县", "caoxian sells 167", "li knows caoxian"]],
    ),
    "EXISTS that filters by the outside": (
        "SELECT ?x { ?x :sells ?n FILTER(?n < 200 && EXISTS { ?y :sells ?m FILTER(?m < ?n) }) }",
        [["caoxian sells 167", "daji sells 40"]],
    ),
    "EXISTS as one way of two": (
        "SELECT ?x { ?x :sells ?n FILTER(?n = 40 || EXISTS { ?x :label ?l }) } ORDER BY ?n",
        [["daji sells 40"], ["caoxian label 曹县", "caoxian sells 167"]],
    ),
    "NOT EXISTS": ("SELECT ?x { ?x :sells ?n FILTER NOT EXISTS { ?x :in ?y } FILTER(?n > 1) }", []),
    "MINUS": ("SELECT ?n { ?x :sells ?n MINUS { :li :knows ?x } }", [["heze sells 500"]]),
    "ASK": ("ASK { :daji :in ?x . ?x :label ?l }", [["caoxian label 曹县", "daji in caoxian"]]),
    "ASK that is false": ("ASK { :daji :nothing ?x }", []),
    "CONSTRUCT": (
        "CONSTRUCT { ?x :within ?z } { :daji :in ?x . ?x :in ?z }",
        [["caoxian in heze", "daji in caoxian"]],
    ),
    "CONSTRUCT WHERE": ("CONSTRUCT WHERE { :daji :in ?x }", [["daji in caoxian"]]),
    "DESCRIBE": ("DESCRIBE :daji", [["daji sells 40"], ["daji in caoxian"]]),
    "ground query": ("SELECT * { :daji :in :caoxian }", [["daji in caoxian"]]),
    "numbers as the engine reads them": ("SELECT ?x { ?x :sells 0040 }", [["daji sells 40"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_lineage(name: str) -> None:
    query, expected = CASES[name]
    assert cited(query) == expected


@pytest.mark.parametrize(
    ("query", "note"),
    [
        (
            "SELECT ?x { ?x :sells ?n MINUS { :li :knows ?x } }",
            "rests on what the graph does not say: MINUS",
        ),
        (
            "SELECT ?x { ?x :sells ?n FILTER NOT EXISTS { :li :knows ?x } }",
            "rests on what the graph does not say: NOT EXISTS",
        ),
        (
            "SELECT ?x { ?x :sells ?n FILTER(!EXISTS { :li :knows ?x }) }",
            "rests on what the graph does not say: NOT EXISTS",
        ),
        (
            "SELECT ?x { ?x :in ?y OPTIONAL { ?x :label ?l } FILTER(!bound(?l)) }",
            "rests on what the graph does not say: FILTER",
        ),
        (
            "SELECT (COUNT(*) AS ?n) { ?x :in ?y }",
            "what is computed over a group rests on the group being complete",
        ),
        (
            "SELECT ?x { ?x :sells ?n } ORDER BY ?n LIMIT 1",
            "which rows come first rests on all the others too",
        ),
        (
            "SELECT ?x { { SELECT ?x { ?x :sells ?n } ORDER BY ?n LIMIT 1 } }",
            "which rows come first rests on all the others too",
        ),
        ("ASK { ?x :nothing ?y }", "what is asked for is not in the graph"),
    ],
)  # fmt: skip
def test_absence_is_announced(query: str, note: str) -> None:
    found = lineage(store_of(GRAPH), "PREFIX : <urn:> " + query)
    assert any(line.startswith(note) for line in found.notes), found.notes


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x :in ?y OPTIONAL { ?x :sells ?n } FILTER(BOUND(?n)) }",
        "SELECT ?x { ?x :in ?y MINUS { :li :knows ?z } }",
    ],
)
def test_what_is_no_absence_is_not_announced(query: str) -> None:
    assert lineage(store_of(GRAPH), "PREFIX : <urn:> " + query).notes == ()


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT (RAND() AS ?r) { ?x :in ?y }", "RAND gives another value"),
        ("SELECT ?x { ?x :in ?y SERVICE <urn:e> { ?x :in ?z } }", "another endpoint"),
        ("SELECT ?x { ?x :in ?y BIND(EXISTS { ?x :label ?l } AS ?b) }", "inside BIND"),
        ("SELECT ?x { ?x :in ?y FILTER(EXISTS { ?x :label ?l } = false) }", "inside an operator"),
        (
            "SELECT ?x { ?x :sells ?n FILTER EXISTS { ?x :in ?y { ?y :sells ?m FILTER(?m > ?n) } } }",
            "an EXISTS with",
        ),
        ("CONSTRUCT { [] :of ?x } { ?x :in ?y }", "makes blank nodes"),
    ],
)
def test_what_cannot_be_cited_is_refused(query: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        lineage(store_of(GRAPH), "PREFIX : <urn:> " + query)


@pytest.mark.parametrize(
    ("filtering", "reason", "hint"),
    [
        ("FILTER(!(EXISTS { ?x :in ?z }))", "an EXISTS inside an operator", "NOT EXISTS"),
        ("FILTER EXISTS { SELECT ?x { ?x :in ?z } }", "an EXISTS with SELECT inside cannot", "DISTINCT"),
    ],
)
def test_a_refused_exists_says_how_to_write_it(filtering: str, reason: str, hint: str) -> None:
    with pytest.raises(QueryError) as refused:
        lineage(store_of(GRAPH), f"PREFIX : <urn:> SELECT ?x {{ ?x :in ?y {filtering} }}")
    assert refused.value.message.startswith(reason)
    assert hint in (refused.value.hint or "")


def test_a_graph_name_is_part_of_the_lineage() -> None:
    store = store_of(":g { :a :p :b } :b :p :c .")
    found = lineage(store, "SELECT ?x { GRAPH ?g { ?x <urn:p>+ ?y FILTER EXISTS { ?x <urn:p> ?z } } }")
    assert [sorted(map(short, d.triples)) for d in found.derivations] == [["a p b"]]


def test_an_explosion_is_bounded_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.cite.box.MOST_WAYS", 3)
    many = " ".join(f":n{i} :in :x ." for i in range(10))
    found = lineage(store_of(many), "PREFIX : <urn:> SELECT (COUNT(*) AS ?n) { ?x :in :x }")
    assert (len(found.derivations[0].triples), found.derivations[0].ways, found.complete) == (3, 10, False)


def test_a_cycle_ends() -> None:
    assert cited("ASK { :a :in+ :a }", ":a :in :b . :b :in :a .") == [["a in b", "b in a"]]
