"""The benchmark: the same graph for the same seed, one command, and what goes wrong is said in the table."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Store

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))
import graph
from peers import digest
from questions import QUERIES


def run(*words: str) -> subprocess.CompletedProcess[str]:
    # Out of reach: an environment of peers that a developer has.
    script = "import sys, pathlib, run; run.ENVIRONMENT = pathlib.Path('/nowhere'); run.main()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "benchmarks"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, env=environment, check=False
    )


def rows(output: str, title: str) -> dict[str, list[str]]:
    """Return the rows of a table by their first cell."""
    lines = output.partition(f"## {title}\n")[2].partition("\n## ")[0].splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return {row[0]: row[1:] for row in table}


def test_the_same_bytes_for_size_and_seed(tmp_path: Path) -> None:
    def written(name: str, size: int, seed: int) -> tuple[int, str]:
        statements = graph.write(tmp_path / name, size, seed)
        return statements, sha256((tmp_path / name).read_bytes()).hexdigest()

    assert written("a.ttl", 5_000, 7) == written("b.ttl", 5_000, 7)
    assert written("a.ttl", 5_000, 7)[1] != written("b.ttl", 5_000, 8)[1]
    statements, _ = written("a.ttl", 5_000, 7)
    store = Store()
    store.bulk_load(path=str(tmp_path / "a.ttl"))
    assert len(store) == statements >= 5_000


def test_a_place_that_cannot_be_written_is_said_in_one_line() -> None:
    words = [sys.executable, str(ROOT / "benchmarks" / "graph.py"), "10", "-o", "/no/such/folder/a.ttl"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith(
        "error: cannot write /no/such/folder/a.ttl: No such file or directory; choose another file\n"
    )


def test_the_graph_keeps_the_rules(tmp_path: Path) -> None:
    graph.write(tmp_path / "a.ttl", 4_000)
    done = subprocess.run(
        [sys.executable, "-m", "kg", "check", str(tmp_path / "a.ttl")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "conforms: no rule is broken")


def test_every_question_finds_something(tmp_path: Path) -> None:
    graph.write(tmp_path / "a.ttl", 20_000)
    store = Store()
    store.bulk_load(path=str(tmp_path / "a.ttl"))
    assert [name for name, text in QUERIES.items() if not list(store.query(text))] == []
    assert len(QUERIES) >= 12


def test_one_command_compares_peers() -> None:
    words = ["--size", "2000", "--runs", "1", "--limit", "60", "--peers", "kg,pyoxigraph,rdflib"]
    done = run(*words, "--workloads", "load,query,networkx,store,kg")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# 2,")
    questions = rows(done.stdout, "Questions")
    assert len([row for row in questions if row.partition(" (")[0] in QUERIES]) == len(QUERIES)
    for name, cells in {**questions, **rows(done.stdout, "Load")}.items():
        assert all(cell[0].isdigit() for cell in cells[1:] if "ms" not in name and "---" not in name), name
    # The same answers from all: another one would be said.
    assert "another answer" not in done.stdout
    assert "Error" not in done.stdout
    assert {"lookup", "load", "sum by measure"} <= set(rows(done.stdout, "A store on disk"))


def test_what_goes_wrong_is_said_in_its_place() -> None:
    words = ["--size", "2000", "--runs", "1", "--workloads", "load,query"]
    done = run(*words, "--peers", "pyoxigraph,maplib")
    assert done.returncode == 0, done.stderr
    load = rows(done.stdout, "Load")["load"]
    assert load[0].replace(".", "").isdigit() and load[1] == "not installed"
    hurried = run(*words, "--peers", "pyoxigraph,rdflib", "--limit", "0.001")
    assert hurried.returncode == 0, hurried.stderr
    assert rows(hurried.stdout, "Load")["load"] == ["over 0.001 s"] * 2
    assert run("--peers", "jena").returncode == 2
    assert "no jena" in run("--peers", "jena").stderr
    assert run("--size", "0").returncode == 2


@pytest.mark.parametrize(
    ("value", "same"),
    [("1.50", True), ("1.5000000001", True), ("1.6", False)],
    ids=["zeros", "digits", "other"],
)
def test_answers_are_compared_by_value(value: str, same: bool) -> None:
    def answer(number: str) -> str:
        kind = '"datatype":"http://www.w3.org/2001/XMLSchema#decimal"'
        cell = f'{{"type":"literal","value":"{number}",{kind}}}'
        return f'{{"head":{{"vars":["n"]}},"results":{{"bindings":[{{"n":{cell}}}]}}}}'

    assert (digest(answer(value)) == digest(answer("1.5"))) is same


def test_xml_and_json_are_compared() -> None:
    xml = """<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">
      <head><variable name="n"/></head><results><result><binding name="n">
      <literal xml:lang="zh">曹县</literal></binding></result></results></sparql>"""
    json = """{"head":{"vars":["n"]},"results":{"bindings":[
      {"n":{"type":"literal","value":"曹县","xml:lang":"zh"}}]}}"""
    assert digest(xml) == digest(json)
