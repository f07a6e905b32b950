"""``kg view`` and ``kg export`` as a user runs them: files whole or not at all, and plain words when it cannot be."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import sample

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "small.ttl"
    path.write_text(sample.small(), encoding="utf-8")
    return path


def test_view_writes_one_file(run_kg: Run, tmp_path: Path) -> None:
    done = run_kg("view", "-o", tmp_path / "graph.html", "--title", "经济导报", "--lang", "en")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]
    html = (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>经济导报</title>" in html


def test_view_replaces_a_file_whole(run_kg: Run, data: Path, tmp_path: Path) -> None:
    old = tmp_path / "graph.html"
    old.write_text("x" * 5_000_000)
    assert run_kg("view", "--data", data, "-o", old).returncode == 0
    assert old.read_text(encoding="utf-8").endswith("</html>")


def test_a_failed_view_leaves_the_old_file(run_kg: Run, data: Path, tmp_path: Path) -> None:
    old = tmp_path / "graph.html"
    old.write_text("old")
    assert run_kg("view", "SELECT nonsense", "--data", data, "-o", old).returncode == 3
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("graph.html", "old")]


def test_an_empty_answer_is_a_page_that_says_so(run_kg: Run, data: Path, tmp_path: Path) -> None:
    done = run_kg("view", "SELECT ?x { ?x a <urn:none> }", "--data", data, "-o", tmp_path / "a.html")
    assert (done.returncode, done.stderr) == (0, "kg: the selection holds no entity\n")
    assert (tmp_path / "a.html").exists()


def test_a_large_graph_is_one_file_and_nothing_to_say(run_kg: Run, tmp_path: Path) -> None:
    many = "".join(f"<urn:e{i}> <urn:p> <urn:e{i // 2}> .\n" for i in range(5_100))
    done = run_kg("view", "--data", "-", "-o", tmp_path / "a.html", stdin=many)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["view"], 2, "no output is named; give -o FILE.html, or --open"),
        (["view", "ASK {}", "-o", "a.html"], 3, "a yes or no cannot be drawn; ask with CONSTRUCT or SELECT"),
        (
            ["view", "SELECT (1 AS ?n) {}", "-o", "a.html"],
            3,
            "the answer names no entity to draw; select an IRI, or use CONSTRUCT",
        ),
        (
            ["view", "-o", "/no/such/folder/a.html"],
            2,
            "cannot write /no/such/folder/a.html: No such file or directory; choose another file",
        ),
        (
            ["view", "-o", "graph.txt"],
            2,
            "a view is an HTML page, and graph.txt is named as another file; give -o FILE.html; "
            "kg export writes other formats",
        ),
        (["view", "-o", "/"], 2, "cannot write /: it is a folder; choose another file"),
        (["view", "--around", "曹贤", "-o", "a.html"], 2, "nothing is named '曹贤'"),
        (
            ["view", "--class", "Countie", "-o", "a.html"],
            2,
            "no entity of the class 'Countie'; did you mean kg:County",
        ),
        (["view", "ASK {}", "--around", "曹县", "-o", "a.html"], 2, "a part is chosen in two ways"),
        (["view", "-p", "a=b", "-o", "a.html"], 2, "a parameter without a query"),
        (["export"], 2, "no format is named; give --to FORMAT, or -o FILE with an extension"),
        (["export", "-o", "graph.xls"], 2, "no format '.xls'; "),
        (["export", "--to", "gefx"], 2, "no format 'gefx'; did you mean gexf"),
        (["export", "--to", "nt", "--data", "/none.ttl"], 4, "no file /none.ttl"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    run_kg: Run,
    data: Path,
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    if "--data" not in arguments:
        arguments = [*arguments, "--data", str(data)]
    done = run_kg(*arguments)
    assert done.returncode == code
    assert done.stderr.startswith(f"kg: {message}")
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_export_to_a_pipe(run_kg: Run, data: Path) -> None:
    done = run_kg("export", "CONSTRUCT WHERE { ?a kg:releasedBy ?b }", "--to", "nt", "--data", data)
    assert done.stdout == (
        "<https://kg.example/id/report-2020> <https://kg.example/ontology#releasedBy> "
        "<https://kg.example/id/alibaba-group> .\n"
    )


def test_the_extension_names_the_format(run_kg: Run, data: Path, tmp_path: Path) -> None:
    for name in ("a.graphml", "a.gexf", "a.json", "a.csv", "a.ttl", "a.jsonld", "a.parquet", "a.cyjs"):
        assert run_kg("export", "--around", "曹县", "--data", data, "-o", tmp_path / name).returncode == 0
        assert (tmp_path / name).stat().st_size > 500
