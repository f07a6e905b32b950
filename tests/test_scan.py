"""Whole properties of a store on disk, joined side by side: other plan, same rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import QueryError
from kg.query.run import evaluate
from kg.store import disk
from kg.store.disk import DiskStore
from kg.store.generation import load
from kg.store.scan import side_by_side

NODES = [NamedNode(f"urn:{name}") for name in "abcd"]
PROPERTIES = [NamedNode(f"urn:{name}") for name in "pqr"]
VALUES = [*NODES[:2], *(Literal(n) for n in (1, 2, 2.5)), Literal("县", language="zh")]
GRAPHS = [DefaultGraph(), NamedNode("urn:g")]

quads = st.builds(*(Quad, *map(st.sampled_from, (NODES, PROPERTIES, VALUES, GRAPHS))))
patterns = st.tuples(st.sampled_from("pqr"), st.sampled_from(["?x", "?y", "?z", "1", "<urn:a>", "2.5"]))
AFTER = [
    "",
    "FILTER(?x != 1)",
    "OPTIONAL { ?s <urn:r> ?w }",
    "BIND(STR(?y) AS ?w)",
    "OPTIONAL { ?s <urn:r> ?w FILTER(?w > ?x) } FILTER(BOUND(?w))",
    "FILTER NOT EXISTS { ?s <urn:r> ?x }",
]
SELECTED = [
    "SELECT (COUNT(*) AS ?n) { WHERE }",
    "SELECT ?s (COUNT(?x) AS ?n) (SUM(?y) AS ?sum) { WHERE } GROUP BY ?s",
    "SELECT ?w (MAX(?x) AS ?most) { WHERE } GROUP BY ?w HAVING(COUNT(*) > 1)",
    "SELECT ?x ?y { WHERE } ORDER BY ?x",
    "SELECT DISTINCT ?s { WHERE } ORDER BY ?s LIMIT 2",
]


def rows(store: pyoxigraph.Store, text: str) -> Counter[str]:
    answer = store.query(text, use_default_graph_as_union=True)
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return Counter(str([None if term is None else str(term) for term in row]) for row in answer)


@settings(max_examples=400)
@given(
    st.lists(quads, max_size=25),
    st.lists(patterns, min_size=2, max_size=3),
    st.sampled_from(AFTER),
    st.sampled_from(SELECTED),
)
def test_the_rows_are_the_same(
    held: list[Quad], joined: list[tuple[str, str]], after: str, selected: str
) -> None:
    store = pyoxigraph.Store()
    store.extend(held)
    star = " . ".join(f"?s <urn:{name}> {value}" for name, value in joined)
    text = selected.replace("WHERE", f"{star} {after}")
    changed = side_by_side(text, lambda matches: True)
    assert changed != text
    assert rows(store, changed) == rows(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x ?y { ?s <urn:p> ?x ; <urn:q> ?y } LIMIT 10",  # the first rows are enough
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x }",  # nothing to join
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x ; ?y ?z }",  # any property
        "SELECT (COUNT(*) AS ?n) { <urn:a> <urn:p> ?x ; <urn:q> ?y }",  # of one thing
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x ; <urn:q>+ ?y }",  # a path
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x ; <urn:q> [] }",
        "SELECT (COUNT(*) AS ?n) { VALUES ?x { 1 } ?s <urn:p> ?x ; <urn:q> ?y }",
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x . ?x <urn:q> ?y }",  # a chain: few may be linked
        "SELECT * { ?s <urn:p> ?x ; <urn:q> ?y } ORDER BY ?x",
        "ASK { ?s <urn:p> ?x ; <urn:q> ?y }",
        "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x ; <urn:q> ",
    ],
)
def test_what_is_left_as_it_is(text: str) -> None:
    assert side_by_side(text, lambda matches: True) == text


def test_a_pattern_with_few_matches_is_where_one_begins() -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?x ; <urn:q> <urn:a> ; <urn:r> ?y }"
    told: list[str] = []

    def many(matches: str) -> bool:
        told.append(matches)
        return "<urn:a>" not in matches

    assert side_by_side(text, many) == text
    assert len(told) == 1


def test_a_store_on_disk_asks_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"<urn:{i}> <urn:p> {i} ; <urn:q> {i % 3} .\n" for i in range(30))
    (tmp_path / "a.ttl").write_text(lines)
    load([str(tmp_path / "a.ttl")], str(tmp_path / "store"))
    text = "SELECT ?y (SUM(?x) AS ?n) { ?s <urn:p> ?x ; <urn:q> ?y } GROUP BY ?y ORDER BY ?y"
    asked: list[str] = []
    answered = disk.LocalStore.query

    def query(self: disk.LocalStore, text: str, prefixes: dict[str, str]) -> object:
        asked.append(text)
        return answered(self, text, prefixes)

    monkeypatch.setattr(disk.LocalStore, "query", query)
    for many, steps in ((20, 3), (29, 3), (30, 2), (100, 1)):
        # Two questions how many there are, then the query; one where the first has too few; none in a small store.
        asked.clear()
        monkeypatch.setattr(disk, "MANY", many)
        found = evaluate(DiskStore(str(tmp_path / "store")), text)
        assert [(row["y"].value, row["n"].value) for row in found] == [
            ("0", "135"),
            ("1", "145"),
            ("2", "155"),
        ]
        assert len(asked) == steps
        assert (asked[-1] == text) is (many >= 30)
    monkeypatch.setattr(disk, "MANY", 20)
    with pytest.raises(QueryError, match="ex:"):
        evaluate(DiskStore(str(tmp_path / "store")), text.replace("<urn:p>", "ex:p"))
