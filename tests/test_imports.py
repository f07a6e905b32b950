"""What importing and asking may cost: pyoxigraph and click, and nothing that is not used."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import ROOT, SMALL, Run

import kg
from kg.ahead import Ahead

HEAVY = {
    "rdflib",
    "networkx",
    "pyvis",
    "pyshacl",
    "numpy",
    "scipy",
    "pandas",
    "yaml",
    "pypinyin",
    "jinja2",
    "IPython",
}
#: Parts of the standard library that would take longer to import than a query takes to answer.
SLOW = {"pathlib", "shutil", "tempfile", "urllib.request", "asyncio", "http.client", "dataclasses", "json"}

PROBE = """
import os, sys
os._exit = lambda code: print("", *sorted(sys.modules), file=sys.stderr)
sys.argv = ["kg", *sys.argv[1:]]
from kg.cli import main
main()
"""


def modules(*args: object) -> set[str]:
    """Return the modules that a run of the command has imported when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, args)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    return set(done.stderr.splitlines()[-1].split())


def test_asking_imports_neither_what_is_heavy_nor_what_is_slow() -> None:
    loaded = modules(
        "query", "SELECT ?c ?n { ?o schema:observationAbout ?c ; schema:value ?n }", "--data", SMALL
    )
    assert {"pyoxigraph", "click", "kg.query.render.table"} <= loaded
    assert loaded & (HEAVY | SLOW) == set()


def test_a_machine_format_does_not_import_the_table() -> None:
    loaded = modules("query", "SELECT ?s { ?s a kg:County }", "--data", SMALL, "--format", "csv")
    assert "kg.query.render.solutions" in loaded
    assert "kg.query.render.table" not in loaded
    assert loaded & (HEAVY | SLOW) == set()


def test_help_imports_no_command() -> None:
    loaded = modules("--help")
    assert "kg.cli.query" not in loaded
    assert "pyoxigraph" not in loaded


def test_the_public_names_are_these_and_come_when_asked_for() -> None:
    assert sorted(kg.__all__) == dir(kg)
    assert kg.__all__ == [
        "AmbiguousName",
        "DataError",
        "Dataset",
        "EndpointError",
        "FactsError",
        "KgError",
        "QueryError",
        "QueryTimeout",
        "Results",
        "SourceError",
        "UnknownName",
        "UsageError",
        "open",
    ]
    for name in kg.__all__:
        assert getattr(kg, name).__module__.startswith("kg.")
    assert not hasattr(kg, "nothing")


def test_importing_kg_imports_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import kg; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert {name for name in done.stdout.split() if name.partition(".")[0] == "kg"} == {"kg"}
    assert "pyoxigraph" not in done.stdout


def test_a_named_or_written_question_to_the_shipped_graph_imports_nothing_heavy() -> None:
    loaded = modules("query", "SELECT ?c ?name { ?c a kg:County ; rdfs:label ?name }")
    assert loaded & (HEAVY | SLOW) == set()


def test_the_graph_that_is_opened_ahead_is_the_graph(run_kg: Run) -> None:
    asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    ahead = run_kg("query", asked, "--format", "csv")
    data = ("--data", ROOT / "data" / "triples.ttl", "--data", ROOT / "ontology" / "kg.ttl")
    assert ahead.stdout == run_kg("query", asked, "--format", "csv", *data).stdout


def test_what_fails_ahead_fails_when_it_is_asked_for() -> None:
    def work() -> None:
        raise kg.DataError("no graph")

    with pytest.raises(kg.DataError, match="no graph"):
        Ahead(work).result()
