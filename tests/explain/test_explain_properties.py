"""Everything that is said of a generated query on a generated graph is true when it is asked for itself."""

from __future__ import annotations

import re

import pyoxigraph as ox
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.explain.empty import why_empty
from kg.explain.parts import Parts
from kg.explain.trial import Trial, mended, renamed
from kg.query.engine import Engine
from kg.store import MemoryStore

NODES = [ox.NamedNode(f"urn:{name}") for name in ("ant", "bee", "cow", "dog")]
PROPERTIES = [ox.NamedNode(f"urn:{name}") for name in ("eats", "sees", "name")]
LITERALS = [
    ox.Literal(1),
    ox.Literal(2),
    ox.Literal("1"),
    ox.Literal("bee"),
    ox.Literal("bee", language="en"),
]
GRAPHS = [ox.DefaultGraph(), ox.NamedNode("urn:g1"), ox.NamedNode("urn:g2")]

triples = st.builds(
    ox.Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES + LITERALS)
)
quads = st.tuples(triples, st.sampled_from(GRAPHS)).map(lambda pair: ox.Quad(*pair[0], pair[1]))
datasets = st.sets(quads, min_size=1, max_size=12)

#: Terms that occur, and slips of them.
nodes = st.sampled_from(["?x", "?y", "?z", "<urn:ant>", "<urn:bee>", "<urn:Cow>", "[]"])
objects = st.one_of(nodes, st.sampled_from(["1", '"1"', '"2"', '"bee"', '"bee"@fr', "1.0", "7"]))
verbs = st.sampled_from(["<urn:eats>", "<urn:sees>", "<urn:name>", "<urn:see>", "?w"])
paths = st.sampled_from(
    ["<urn:eats>/<urn:sees>", "^<urn:eats>", "<urn:eats>|<urn:see>", "<urn:eats>/^<urn:name>"]
)
patterns = st.tuples(nodes, st.one_of(verbs, paths), objects).map(" ".join)
blanks = st.tuples(nodes, verbs, verbs, objects, verbs, objects).map(
    "{0[0]} {0[1]} [ {0[2]} {0[3]} ; {0[4]} {0[5]} ]".format
)
bgps = st.lists(st.one_of(patterns, patterns, blanks), min_size=1, max_size=3).map(
    lambda many: " . ".join(many) + " ."
)
others = st.one_of(
    st.sampled_from(
        [
            "FILTER(?x = ?y && ?y > 1)",
            'FILTER(?y = "1")',
            'FILTER(?z = "bee" || ?z > 5)',
            "FILTER(?x != ?z)",
            'FILTER(LANG(?y) = "en-GB")',
            "FILTER(?nowhere > 1)",
            'VALUES ?y { "1" "2" }',
            "VALUES ?x { <urn:ant> <urn:Bee> }",
            "BIND(?y + 1 AS ?k)",
        ]
    ),
    bgps.map("FILTER NOT EXISTS {{ {} }}".format),
    bgps.map("MINUS {{ {} }}".format),
    bgps.map("OPTIONAL {{ {} }}".format),
    bgps.map("GRAPH <urn:g1> {{ {} }}".format),
    bgps.map("GRAPH ?g {{ {} }}".format),
    bgps.map("GRAPH <urn:g9> {{ {} }}".format),
    bgps.map("{{ SELECT ?x {{ {} }} }}".format),
    st.tuples(bgps, bgps).map("{{ {0[0]} }} UNION {{ {0[1]} }}".format),
)
wheres = st.lists(st.one_of(bgps, others), min_size=1, max_size=4).map(" ".join)

_SLOW = [HealthCheck.filter_too_much, HealthCheck.too_slow]


def store_of(dataset: set[ox.Quad]) -> MemoryStore:
    return MemoryStore.of(dataset)


def number(store: MemoryStore, pattern: str) -> int:
    """Count solutions as anyone would: by asking for all of them."""
    return len(list(store.query(f"SELECT * {{ {pattern} }}", {})))  # type: ignore[arg-type]


def empty(store: MemoryStore, where: str) -> bool:
    try:
        return not store.query(f"ASK {{ {where} }}", {})
    except SyntaxError:  # BIND of a variable that is bound already
        return False


@settings(max_examples=200, deadline=None, suppress_health_check=_SLOW)
@given(datasets, wheres)
def test_what_is_said_to_match_nothing_matches_nothing(dataset: set[ox.Quad], where: str) -> None:
    store = store_of(dataset)
    assume(empty(store, where))
    lines = why_empty(store, f"SELECT * {{ {where} }}", {})
    assert lines
    for line in lines:
        assert "?_" not in line
        if nothing := re.fullmatch("nothing matches (.*)", line):
            assert number(store, nothing.group(1)) == 0, lines
        if alone := re.fullmatch(r"  by itself (.*) has (\d+) match(es)?", line):
            assert number(store, alone.group(1)) == int(alone.group(2)), lines
        if there := re.fullmatch("there is, for example, (.*)", line):
            for pattern in there.group(1).split("; "):
                assert number(store, pattern) > 0, lines
        if removed := re.fullmatch(r"FILTER (\(.*\)) removes (?:all of )?the (\d+) solutions?", line):
            plain = f"FILTER{removed.group(1)}"
            if where.count("FILTER") == 1 and plain in where and not re.search(r"\{[^{}]*FILTER", where):
                assert number(store, where.replace(plain, "")) in (int(removed.group(2)), 0), lines
        if free := re.fullmatch(r"without GRAPH (\S+) the pattern has (\d+) solutions?", line):
            assume(where.count(f"GRAPH {free.group(1)}") == 1)
            other = where.replace(f"GRAPH {free.group(1)}", "")
            assert number(store, other) == int(free.group(2)), lines


@settings(max_examples=200, deadline=None, suppress_health_check=_SLOW)
@given(datasets, wheres)
def test_a_mend_finds_what_it_is_said_to_find(dataset: set[ox.Quad], where: str) -> None:
    store = store_of(dataset)
    assume(empty(store, where))
    parts = Parts.of(Engine(store, {}), f"SELECT * {{ {where} }}")
    culprit = parts.smallest_empty()
    inner = parts
    while len(culprit) == 1 and (held := inner.inside(culprit[0])):
        if not (deeper := held.smallest_empty()):
            break
        inner, culprit = held, deeper
    for trial in [*renamed(parts), *mended(inner, culprit)]:
        if isinstance(trial, Trial):
            assert trial.number > 0
            # The whole query with the mend in it, as text, by the engine alone.
            pattern = " ".join(
                f"{{ {part} }}" if str(part).startswith("SELECT") else str(part)
                for part in trial.parts.elements
            )
            assert number(store, pattern) == trial.number, (where, str(trial))


@settings(max_examples=200, deadline=None, suppress_health_check=_SLOW)
@given(datasets, wheres)
def test_a_term_put_instead_of_another_gives_the_number_that_is_said(
    dataset: set[ox.Quad], where: str
) -> None:
    store = store_of(dataset)
    assume(empty(store, where))
    for line in why_empty(store, f"SELECT * {{ {where} }}", {}):
        said = re.fullmatch(r"with (\S+) instead of (\S+) the pattern has (\d+) solutions?", line)
        if said and where.count(said.group(2)) == 1:
            assert number(store, where.replace(said.group(2), said.group(1))) == int(said.group(3)), line
        if said := re.fullmatch(r"with [^:]*: (FILTER .*) the pattern has (\d+) solutions?", line):
            before = re.findall(r"FILTER\([^{}]*?\)(?= |$)", where)
            if len(before) == 1 and "&&" not in where and "instead" not in line:
                assert number(store, where.replace(before[0], said.group(1))) == int(said.group(2)), line
