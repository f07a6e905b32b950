"""An explanation comes within its budget, or says that it ended there; it takes nothing from the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from conftest import Run

from kg.explain import budget
from kg.explain.empty import counts, why_empty
from kg.store import MemoryStore

LABELS = MemoryStore.parse(" ".join(f'<urn:{i}> <urn:label> "{i}"@zh .' for i in range(3000)))
#: Some 10 ** 10 solutions without its filters, which the engine puts where they cost nothing.
CROSSED = """SELECT * { ?a <urn:label> ?b . ?c <urn:label> ?d . ?e <urn:label> ?f
    FILTER(?b = "1" && ?d = "2" && ?f = "3") }"""
#: Slow as soon as its last filter is taken away, and then by nine million comparisons of texts.
SLOW = """SELECT * { ?a <urn:label> ?b . ?c <urn:label> ?d
    FILTER(CONCAT(?b, ?d, ?b, ?d) = CONCAT(?d, ?d, ?d, "x")) }"""


def test_a_cross_product_is_never_made() -> None:
    lines = why_empty(LABELS, CROSSED, {})
    assert lines[0].endswith("removes all of the 3,000 solutions")
    assert lines[-1] == (
        'with the text alone, whatever its language: FILTER (STR(?b) = "1") FILTER (STR(?d) = "2")'
        ' FILTER (STR(?f) = "3") the pattern has 1 solution'
    )


def test_parts_without_a_common_variable_are_counted_apart() -> None:
    query = "SELECT * { ?a <urn:label> ?b . ?c <urn:label> ?d . ?e <urn:label> ?f }"
    assert [line.split()[0] for line in counts(LABELS, query, {})] == ["3,000"] * 3 + ["over"]


def test_what_takes_too_long_is_given_up_and_that_is_said() -> None:
    [line] = why_empty(LABELS, SLOW, {}, seconds=0.05)
    assert (
        line == "looking further for the reason would take more than the time that is left; narrow the query"
    )


def test_what_was_found_is_told() -> None:
    hang = Event()

    def lines() -> Iterator[str]:
        yield "nothing matches ?s ?p 1"
        hang.wait()

    said = budget.told(lines, 0.1)
    hang.set()
    assert said[0] == "nothing matches ?s ?p 1" and said[1].startswith("looking further")


def test_no_time_is_said_too() -> None:
    assert budget.told(lambda: ["never"], -1) == ["no time is left to look for the reason"]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MEMORY", 1 << 24)
    hang = Event()

    def lines() -> Iterator[str]:
        block = b"x" * (1 << 26)
        hang.wait()
        yield str(len(block))

    said = budget.told(lines, 60)
    hang.set()
    assert said == ["looking further for the reason would take more than 16 MB; narrow the query"]


def test_an_answered_query_is_answered_whatever_its_explanation_takes(run_kg: Run, tmp_path: Path) -> None:
    data = tmp_path / "labels.nt"
    data.write_text("".join(f'<urn:{i}> <urn:label> "{i}" .\n' for i in range(3000)), "utf-8")
    query = """SELECT * { ?a <urn:label> ?b . ?c <urn:label> ?d . FILTER(?a = <urn:none>)
        FILTER(CONCAT(?b, ?d, ?b) = CONCAT(?d, "x")) }"""
    done = run_kg("query", query, "--data", data, "--timeout", 3)
    assert done.returncode == 0
    assert done.stdout.startswith("a")
    assert "FILTER (?a = <urn:none>) removes all of the 3,000 solutions" in done.stderr
