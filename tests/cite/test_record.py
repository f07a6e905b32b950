"""Answers on record: what they hold, what is refused, and whether they still hold."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

import kg
from kg.cite.comparison import compare
from kg.cite.manifest import read_record, record
from kg.errors import DataError
from kg.store import MemoryStore

DATA = "tests/data/evidence.ttl"
VALUES = "SELECT ?o ?v ?m { ?o schema:value ?v OPTIONAL { ?o kg:modality ?m } } ORDER BY ?v"


def saved(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "answer.json"
    file.write_text(text, "utf-8")
    return file


def edited(text: str, change: dict[str, Any]) -> str:
    """Edit a record, and make its digest fit again; ``...`` takes an entry away."""
    manifest = json.loads(text) | change
    manifest = {name: value for name, value in manifest.items() if value is not ... and name != "sha256"}
    digest = sha256(json.dumps(manifest, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return json.dumps(manifest | {"sha256": digest})


@pytest.mark.parametrize(
    "change",
    [
        {"query": ...}, {"query": 7}, {"rows": ...}, {"rows": [[1]]}, {"rows": ["x"]}, {"rows": {}},
        {"lineage": ...}, {"lineage": [[1]]}, {"lineage": "x"}, {"limit": "x"}, {"limit": True}, {"limit": 0},
        {"data": [1]}, {"data": "x"}, {"citations": [[99]]}, {"citations": [["1"]]}, {"evidence": [1]},
        {"data_sha256": 1}, {"form": "poem"}, {"columns": [None]},
    ],
)  # fmt: skip
def test_a_record_of_another_shape_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    text = edited(record(kg.open(DATA).query(VALUES)), change)
    with pytest.raises(DataError, match="is no whole record: '"):
        read_record(saved(tmp_path, text))


def test_a_record_that_nests_too_deep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no JSON"):
        read_record(saved(tmp_path, "[" * 200_000))


def test_a_triple_of_a_record_that_is_none_is_refused(tmp_path: Path) -> None:
    text = edited(record(kg.open(DATA).query(VALUES)), {"rows": [["a"]], "lineage": [["?s ?p ?o } #"]]})
    with pytest.raises(DataError, match="which is no triple"):
        compare(read_record(saved(tmp_path, text)), kg.open(DATA).query(VALUES))


def blank(value: int, *, turned: bool = False) -> kg.Dataset:
    parts = [f"<urn:a> <urn:p> [ <urn:q> {value} ] .", "<urn:a> <urn:p> [ <urn:q> 7 ] ."]
    return kg.Dataset(MemoryStore.parse(" ".join(reversed(parts) if turned else parts)))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { <urn:a> <urn:p> ?x }",
        "SELECT ?v { <urn:a> <urn:p>/<urn:q> ?v }",
        "CONSTRUCT { ?x <urn:r> ?v } { <urn:a> <urn:p> ?x . ?x <urn:q> ?v }",
        "CONSTRUCT { [] <urn:r> ?v } { <urn:a> <urn:p>/<urn:q> ?v }",
        "DESCRIBE <urn:a>",
    ],
)
def test_blank_nodes_are_the_same_in_another_load(tmp_path: Path, query: str) -> None:
    file = saved(tmp_path, record(blank(1).query(query)))
    found = compare(read_record(file), blank(1, turned=True).query(query))
    assert (found.holds, found.same_data, found.same_evidence) == (True, True, True)
    assert not compare(read_record(file), blank(2).query(query)).holds


def test_a_lost_statement_about_a_blank_node_is_named(tmp_path: Path) -> None:
    query = "SELECT ?v { <urn:a> <urn:p>/<urn:q> ?v }"
    found = compare(read_record(saved(tmp_path, record(blank(1).query(query)))), blank(2).query(query))
    assert [line.split(" ")[1] for line in found.lost_statements] == ["<urn:p>", "<urn:q>"]


def test_rows_may_come_in_any_order_unless_the_query_orders_them(tmp_path: Path) -> None:
    query = "SELECT ?v { VALUES ?v { 1 2 } }"
    text = record(kg.open(DATA).query(query))
    turned = edited(text, {"rows": list(reversed(json.loads(text)["rows"]))})
    assert compare(read_record(saved(tmp_path, turned)), kg.open(DATA).query(query)).holds
    text = record(kg.open(DATA).query(VALUES))
    turned = edited(text, {"rows": list(reversed(json.loads(text)["rows"]))})
    assert compare(read_record(saved(tmp_path, turned)), kg.open(DATA).query(VALUES)).reordered


def test_data_are_found_beside_the_record_and_named_where_they_are_not(run_kg: Run, tmp_path: Path) -> None:
    shutil.copy(DATA, tmp_path / "mine.ttl")
    text = json.loads(record(kg.open(DATA).query(VALUES), data=["mine.ttl"]))
    file = saved(tmp_path, json.dumps(text, ensure_ascii=False, indent=2))
    assert run_kg("rerun", file).stdout == "the answer holds: 4 rows, the same as recorded\n"
    (tmp_path / "mine.ttl").unlink()
    gone = run_kg("rerun", file)
    assert gone.returncode == 4
    assert gone.stderr.startswith("kg: there is no mine.ttl, which the record was made of, here or in ")
    assert gone.stderr.endswith("say where it is now: --data FILE\n")
    assert run_kg("rerun", file, "--data", DATA).returncode == 0


def test_what_cannot_be_asked_again_is_said_when_it_is_saved(run_kg: Run, tmp_path: Path) -> None:
    file, data = tmp_path / "a.json", Path(DATA).read_bytes()
    query = "SELECT (NOW() AS ?t) {}"
    done = run_kg("query", query, "--data", "-", "--format", "csv", "--save-answer", file, stdin=data)
    assert "kg: NOW gives another value at each call: this answer will never come again\n" in done.stderr
    assert (
        "kg: the data came from standard input: kg rerun will need it again, by --data FILE\n" in done.stderr
    )
    again = run_kg("rerun", file)
    assert (again.returncode, again.stderr) == (
        4, "kg: the record was made of standard input; give the same statements: --data FILE\n",
    )  # fmt: skip


def test_what_changed_is_told_in_labels_and_listed(run_kg: Run, tmp_path: Path) -> None:
    file, new = tmp_path / "a.json", tmp_path / "new.ttl"
    run_kg("query", VALUES, "--data", DATA, "--format", "csv", "--save-answer", file)
    new.write_text(Path(DATA).read_text("utf-8").replace("1500000000", "1600000000"), "utf-8")
    told = run_kg("rerun", file, "--data", new)
    assert (told.returncode, told.stdout.splitlines()[:3]) == (
        1,
        [
            "the answer has changed",
            "- o: id:obs-3, v: 1500000000, m: 预测",
            "    because of the missing id:obs-3 数值 1500000000",
        ],
    )
    english = run_kg("rerun", file, "--data", new, "--lang", "en", "--format", "csv")
    assert english.stdout.splitlines()[0] == "change,o,v,m,because,statements"
    assert english.stderr.startswith("kg: the answer has changed\n")
    new.write_text(Path(DATA).read_text("utf-8").replace("schema:value 60 ;", "schema:value 61 ;"), "utf-8")
    assert "- o: id:obs-4, v: 60, m: unbound\n" in run_kg("rerun", file, "--data", new).stdout


def test_a_record_goes_to_standard_output(run_kg: Run, tmp_path: Path) -> None:
    done = run_kg("query", VALUES, "--data", DATA, "-o", tmp_path / "a.csv", "--save-answer", "-")
    assert json.loads(done.stdout)["query"].strip() == VALUES
    assert run_kg("rerun", "-", "--data", DATA, stdin=done.stdout).returncode == 0
    both = run_kg("query", VALUES, "--data", DATA, "--save-answer", "-")
    assert (both.returncode, both.stdout) == (2, "") and "standard output" in both.stderr


def test_who_stops_reading_the_answer_takes_nothing_from_the_record(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    command = [sys.executable, "-m", "kg", "query", VALUES, "--data", DATA, "--save-answer", file]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        assert asked.stdout is not None
        asked.stdout.close()  # as `| head -0` does
        asked.wait(60)
    assert len(read_record(file)["rows"]) == 4


AGES = "<urn:a> <urn:age> 7 ; a <urn:T> . <urn:b> <urn:age> 5 ; a <urn:T> . <urn:c> a <urn:T> ; <urn:knows> 1, 2 ."
ALSO = "the query also looks for the "


@pytest.mark.parametrize(
    ("query", "old", "new", "told"),
    [
        (
            "SELECT ?x { ?x a <urn:T> MINUS { ?x <urn:age> 7 } }", "<urn:age> 7", "<urn:age> 8",
            ["gained", "<urn:a>", ALSO + "missing", '"7"'],
        ),
        (
            "SELECT ?x { ?x a <urn:T> FILTER NOT EXISTS { ?x <urn:age> ?n } }", "<urn:c> a", "<urn:c> <urn:age> 9 ; a",
            ["lost", "<urn:c>", ALSO + "new", '"9"'],
        ),
        (
            "SELECT ?x { ?x <urn:age> ?n } ORDER BY ?n LIMIT 1", "<urn:age> 5", "<urn:old> 5",
            ["lost", "<urn:b>", "because of the missing", '"5"', "gained", "<urn:a>", ALSO + "missing", '"5"'],
        ),
        (
            "SELECT ?x { ?x <urn:knows> ?y } GROUP BY ?x HAVING (COUNT(?y) < 2)", "1, 2", "1",
            ["gained", "<urn:c>", ALSO + "missing", '"2"'],
        ),
        (
            "SELECT ?x { ?x a <urn:T> ; <urn:age> ?n }", "<urn:c> a", "<urn:c> <urn:age> 9 ; a",
            ["gained", "<urn:c>", "because of the new", '"9"'],
        ),
        ("SELECT ?x { ?x <urn:age> 7 }", "<urn:age> 7", "<urn:age> 8", ["lost", "<urn:a>", "because of the missing", '"7"']),
    ],
)  # fmt: skip
def test_a_row_is_explained_by_what_the_graphs_do_not_share(
    run_kg: Run, tmp_path: Path, query: str, old: str, new: str, told: list[str]
) -> None:
    was, now, file = (tmp_path / name for name in ("was.trig", "now.trig", "answer.json"))
    was.write_text(f"<urn:g> {{ {AGES} }}", "utf-8")
    now.write_text(f"<urn:g> {{ {AGES.replace(old, new)} }}", "utf-8")
    run_kg("query", query, "--data", was, "--save-answer", file)
    done = run_kg("rerun", file, "--data", now, "--format", "json")
    rows = json.loads(done.stdout)["results"]["bindings"]
    found = [
        (
            row["change"]["value"],
            f"<{row['x']['value']}>",
            row["because"]["value"],
            row["statements"]["value"],
        )
        for row in rows
    ]
    assert [part for row in found for part in (*row[:3], '"' + row[3].split('"')[1] + '"')] == told


def test_a_statement_that_moved_to_another_graph_is_missing_from_its_own(run_kg: Run, tmp_path: Path) -> None:
    was, now, file = (tmp_path / name for name in ("was.trig", "now.trig", "answer.json"))
    was.write_text("<urn:g> { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 }", "utf-8")
    now.write_text("<urn:g> { <urn:a> <urn:p> 1 } <urn:h> { <urn:b> <urn:p> 2 }", "utf-8")
    run_kg("query", "SELECT ?x { GRAPH <urn:g> { ?x <urn:p> ?n } }", "--data", was, "--save-answer", file)
    told = run_kg("rerun", file, "--data", now).stdout
    assert "- x: <urn:b>\n    because of the missing <urn:b> <urn:p> 2\n" in told


def test_without_the_recorded_data_a_row_that_came_only_rests_on_something(
    run_kg: Run, tmp_path: Path
) -> None:
    data, file = tmp_path / "data.ttl", tmp_path / "answer.json"
    data.write_text(AGES, "utf-8")
    query = "SELECT ?x { ?x a <urn:T> MINUS { ?x <urn:age> 7 } }"
    run_kg("query", query, "--data", data, "--save-answer", file)
    data.write_text(AGES.replace("<urn:age> 7", "<urn:age> 8"), "utf-8")
    told = run_kg("rerun", file).stdout
    assert "+ x: <urn:a>\n    rests on an absence, and on <urn:a> 类型 <urn:T>\n" in told
    data.write_text(AGES.replace("a <urn:T> ; <urn:knows>", "a <urn:T> ; <urn:age> 7 ; <urn:knows>"), "utf-8")
    told = run_kg("rerun", file).stdout
    assert "- x: <urn:c>\n    not because of the statements that it rests on: they are as they were\n" in told
