"""``kg query`` as a user meets it: what comes on stdout, what on stderr, and the exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SMALL, Run

REMARK = "kg: the figures are of different periods: 2020-01-01, none given\n"
FIGURES = "SELECT ?county ?n { ?o schema:observationAbout ?county ; schema:value ?n } ORDER BY ?n"
COUNTY = """SELECT ?n {
  VALUES ?county { id:caoxian-371721 }
  ?o schema:observationAbout ?county ; schema:value ?n
}"""
FOREVER = """SELECT * {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u .
  FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j), STR(?m), STR(?p), STR(?s)) = "")
}"""
TABLE = "county    n\n------  ---\n单县      9\n曹县    151\n"


def test_sparql_as_an_argument_from_stdin_and_from_a_file(run_kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("\ufeff" + FIGURES, encoding="utf-8")
    for args, stdin in (
        ([FIGURES], ""),
        (["-"], FIGURES),
        (["--query-file", "-"], FIGURES),
        (["--query-file", file], ""),
    ):
        done = run_kg("query", *args, "--data", SMALL, stdin=stdin)
        assert (done.returncode, done.stdout, done.stderr) == (0, TABLE, REMARK)


def test_data_from_stdin_and_from_several_files(run_kg: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.nt"
    more.write_text(
        "<urn:o> <https://schema.org/observationAbout> <urn:c> .\n<urn:o> <https://schema.org/value> 3 ."
    )
    more.write_text(more.read_text().replace(" 3 ", ' "3" '))
    assert run_kg("query", FIGURES, "--data", "-", stdin=SMALL.read_bytes()).stdout == TABLE
    assert "<urn:c>" in run_kg("query", FIGURES, "--data", SMALL, "--data", more).stdout


def test_languages_iris_vertical(run_kg: Run) -> None:
    args = ("query", FIGURES, "--data", SMALL, "--limit", 1)
    assert "Shan County" in run_kg(*args, "--lang", "en").stdout
    assert "id:shanxian-371722" in run_kg(*args, "--iris").stdout
    assert run_kg(*args, "--vertical").stdout == "-- 1 --\ncounty  单县\nn       9\n"


def test_a_cap_is_announced_on_stderr(run_kg: Run) -> None:
    done = run_kg("query", FIGURES, "--data", SMALL, "--limit", 1, "--format", "csv")
    assert done.stdout == "county,n\r\nhttps://kg.example/id/shanxian-371722,9\r\n"
    assert done.stderr == "kg: only the first row is shown; raise --limit for more\n"
    assert run_kg("query", FIGURES, "--data", SMALL, "--limit", 2).stderr == REMARK


@pytest.mark.parametrize("option", [(), ("--cite", "--format", "csv"), ("--format", "md")])
def test_a_join_that_was_forgotten_does_not_fill_the_memory(run_kg: Run, option: tuple[str, ...]) -> None:
    done = run_kg("query", "SELECT * { ?a ?b ?c . ?d ?e ?f }", *option)
    assert (done.returncode, done.stdout) == (2, "")
    assert "more than 200,000 rows" in done.stderr
    assert "--limit" in done.stderr


@pytest.mark.parametrize("option", ["--data", "--store", "--endpoint"])
def test_an_option_that_names_nothing_does_not_mean_the_shipped_graph(run_kg: Run, option: str) -> None:
    done = run_kg("query", "ASK {}", option, "")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option} names nothing" in done.stderr


def test_no_rows_and_unbound_cells(run_kg: Run) -> None:
    none = run_kg("query", "SELECT ?s { ?s a kg:County ; kg:gb2260 '0' }", "--data", SMALL)
    assert (none.returncode, none.stdout) == (0, "s\n-\n")
    assert none.stderr.startswith("kg: no rows\nkg: nothing matches ?s kg:gb2260 '0'\n")
    some = run_kg(
        "query", "SELECT ?s ?x ?y { BIND(1 AS ?s) OPTIONAL { ?x a <urn:no> } BIND(2 AS ?y) }", "--data", SMALL
    )
    assert some.stdout == "s  x  y\n-  -  -\n1     2\n"


def test_exit_status(run_kg: Run) -> None:
    ask = ("query", "--data", SMALL, "ASK { ?s a kg:County ; kg:gb2260 '0' }")
    assert (run_kg(*ask).stdout, run_kg(*ask).returncode, run_kg(*ask, "--exit-status").returncode) == (
        "false\n",
        0,
        1,
    )
    yes = run_kg("query", "--data", SMALL, FIGURES, "--exit-status", "--format", "tsv")
    assert (yes.returncode, yes.stdout.count("\n")) == (0, 3)
    assert run_kg("query", "--data", SMALL, "SELECT * { ?s a <urn:no> }", "--exit-status").returncode == 1


def test_output_is_written_whole_or_not_at_all(run_kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    done = run_kg("query", FIGURES, "--data", SMALL, "--output", file)
    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_text(encoding="utf-8").startswith("county,n\n")
    before = file.read_bytes()
    for wrong in (["SELECT ?s {"], [FOREVER, "--timeout", 0.5], [FIGURES, "--format", "ttl"]):
        assert run_kg("query", *wrong, "--data", SMALL, "--output", file).returncode in (2, 3, 124)
        assert file.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["answer.csv"]
    assert run_kg("query", FIGURES, "--data", SMALL, "--output", tmp_path / "no" / "a.csv").returncode == 2


def test_explain(run_kg: Run) -> None:
    done = run_kg("query", COUNTY, "-p", "county=单县", "--data", SMALL, "--explain")
    assert done.stdout == "n\n-\n9\n"
    assert "VALUES ?county { <https://kg.example/id/shanxian-371722> }" in done.stderr
    assert "SelectQuery(" in done.stderr
    assert " ms" in done.stderr


def test_a_wrong_query_shows_line_caret_and_hint(run_kg: Run) -> None:
    done = run_kg(
        "query", "-", "--data", SMALL, stdin='SELECT ?s {\n  ?s rdfs:label "曹县"@zh ; skso:altLabel ?x }'
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "kg: line 2, column 27: unknown prefix skso:; did you mean skos:?\n"
        '  2 |   ?s rdfs:label "曹县"@zh ; skso:altLabel ?x }\n'
        "    |                             ^\n"
    )


def test_an_unknown_term_is_warned_of(run_kg: Run) -> None:
    done = run_kg("query", "SELECT ?s { ?s schema:valeu ?n }", "--data", SMALL)
    assert done.returncode == 0
    assert "kg: the graph does not know schema:valeu; did you mean schema:value?\n" in done.stderr


def test_a_prefix_that_the_data_declares_otherwise_is_said(run_kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text("@prefix schema: <http://schema.org/> . <urn:a> schema:name 'x' .")
    done = run_kg("query", "SELECT ?x { ?s schema:name ?x }", "--data", file)
    assert done.stdout == "x\n-\nx\n"
    assert "declares the prefix schema: as <http://schema.org/>, usually <https://schema.org/>" in done.stderr


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        ((), 2, "nothing is asked"),
        (("",), 2, "the query is empty"),
        (("   ",), 2, "the query is empty"),
        (("ASK {}", "--query-file", "q.rq"), 2, "two queries are given"),
        (("--query-file", "none.rq"), 2, "cannot read none.rq"),
        (("--query-file", "/"), 2, "cannot read /"),
        (("ASK {}", "--data", "none.ttl"), 4, "no file none.ttl"),
        (("ASK {}", "--format", "jsn"), 2, "no format 'jsn'; did you mean json"),
        (("ASK {}", "--format", "ttl"), 2, "ttl cannot hold a boolean answer"),
        (("ASK {}", "--limit", "0"), 2, "--limit"),
        (("ASK {}", "--limit", "many"), 2, "--limit"),
        (("ASK {}", "--timeout", "-1"), 2, "--timeout"),
        (("ASK {}", "--vertical", "--format", "csv"), 2, "--vertical is a format"),
        (("ASK {}", "--colour"), 2, "--colour"),
        (("ASK {}", "-p", "county"), 2, "'county' is no parameter; write -p NAME=VALUE"),
        (("ASK {}", "-p", "county=曹县"), 2, "no parameter 'county'; this query has none"),
        ((COUNTY, "-p", "county="), 2, "the parameter county is empty"),
        ((COUNTY, "-p", "conty=曹县"), 2, "did you mean county"),
        ((COUNTY, "-p", "county=曹"), 2, "nothing is named '曹'"),
        ((COUNTY, "-p", "county=王伟"), 2, "choose one of id:wang-wei-cao (王伟), id:wang-wei-shan (王伟)"),
        ((COUNTY, "-p", "county=id:a } DROP ALL #"), 2, "nothing is named"),
        ((COUNTY, "-p", "county=x> } ?s ?p ?o #"), 2, "nothing is named"),
        (("DELETE WHERE { ?s ?p ?o }",), 3, "DELETE is an update"),
        (("SELECT ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",), 5, "a SERVICE did not answer"),
    ],
)
def test_bad_input_is_one_clear_line_and_the_documented_exit_code(
    run_kg: Run, args: tuple[str, ...], code: int, message: str
) -> None:
    data = () if "--data" in args else ("--data", SMALL)
    done = run_kg("query", *args, *data)
    assert (done.returncode, done.stdout) == (code, "")
    first, *rest = done.stderr.splitlines()
    assert first.startswith("kg: ")
    assert message in first
    assert not rest or code == 3, "only a wrong query shows its line below"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", b""),
        ("a.ttl", bytes(range(256))),
        ("a.ttl", '<urn:a> <urn:b> "曹县" .'.encode("gb18030")),
        ("a.ttl", b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b"),
        ("a.ttl.gz", b"\x1f\x8b\x08\x00cut"),
        ("a.txt", b"text"),
    ],
    ids=["empty", "binary", "GB18030", "cut off", "cut off gz", "no data"],
)
def test_wrong_data_is_one_clear_line_and_exit_code_4(
    run_kg: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    for location in (tmp_path / name, tmp_path):
        done = run_kg("query", "ASK {}", "--data", location)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1)
        assert str(tmp_path) in done.stderr


def test_queries_and_data_that_are_no_utf_8(run_kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_bytes('SELECT ?s { ?s ?p "曹县" }'.encode("gb18030"))
    done = run_kg("query", "--query-file", file, "--data", SMALL)
    assert (done.returncode, done.stderr) == (3, f"kg: {file} is not UTF-8 (byte 20); save it as UTF-8\n")
    assert run_kg("query", "-", "--data", "-", stdin="x").returncode == 2
    raw = [
        sys.executable.encode(),
        b"-m",
        b"kg",
        b"query",
        b"ASK { ?s ?p '\xff' }",
        b"--data",
        os.fsencode(SMALL),
    ]
    done_raw = subprocess.run(
        raw, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False
    )
    assert (done_raw.returncode, done_raw.stderr[:27]) == (3, b"kg: the query is not UTF-8 ")


def test_a_query_of_one_megabyte(run_kg: Run) -> None:
    values = " ".join(f"id:c-{i:06}" for i in range(100_000))
    text = f"SELECT ?c {{ VALUES ?c {{ {values} id:caoxian-371721 }} ?c a kg:County }}"
    assert len(text) > 1_000_000
    done = run_kg("query", "-", "--data", SMALL, "--format", "csv", stdin=text)
    assert (done.returncode, done.stdout) == (0, "c\r\nhttps://kg.example/id/caoxian-371721\r\n")
    assert done.stderr.count("\n") == 6, "five terms that the graph does not know, and how many more"
    for bad in ("x" * 1_000_000, "ASK " + "{" * 500_000, "ASK { ?s ?p '" + "x" * 1_000_000):
        wrong = run_kg("query", "-", "--data", SMALL, stdin=bad)
        assert wrong.returncode == 3
        assert len(wrong.stderr) < 500


@pytest.mark.parametrize("format", ["table", "csv", "json", "tsv", "md"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, format: str) -> None:
    rows = "SELECT ?a ?b { VALUES ?a { %s } VALUES ?b { %s } }" % ((" ".join(map(str, range(317))),) * 2)
    (tmp_path / "q.rq").write_text(rows)
    command = f"{sys.executable} -m kg query --query-file q.rq --data {SMALL} --format {format}"
    command += ' | head -3 | wc -l; echo "${PIPESTATUS[0]}"'
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.split()[-1] == "0"


def test_time_runs_out(run_kg: Run, tmp_path: Path) -> None:
    started = time.monotonic()
    done = run_kg("query", FOREVER, "--data", SMALL, "--timeout", 0.5, "--output", tmp_path / "a.csv")
    assert done.returncode == 124
    assert done.stderr == "kg: the query took longer than 0.5 s; narrow it, or give it more with --timeout\n"
    assert time.monotonic() - started < 5
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_ends_a_long_evaluation_with_130(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kg",
        "query",
        FOREVER,
        "--data",
        SMALL,
        "--output",
        str(tmp_path / "a.csv"),
    ]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("env", "encoding", "shown"),
    [
        ({"LC_ALL": "C", "LANG": "C"}, "utf-8", "曹县"),
        ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "utf-8", "曹县"),
        ({"PYTHONIOENCODING": "cp936"}, "cp936", "曹县"),
        ({"PYTHONIOENCODING": "cp1252"}, "cp1252", r"\u66f9\u53bf"),
        ({"PYTHONIOENCODING": "ascii"}, "ascii", r"\u66f9\u53bf"),
        ({"PYTHONIOENCODING": "utf-16"}, "utf-16", "曹县"),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_chinese_comes_out_whatever_the_terminal_speaks(
    run_kg: Run, env: dict[str, str], encoding: str, shown: str
) -> None:
    asked = 'SELECT ?c { ?c kg:gb2260 "371721" }'
    assert shown in run_kg("query", asked, "--data", SMALL, env=env, encoding=encoding).stdout
    machine = run_kg("query", 'SELECT ("曹县" AS ?c) {}', "--data", SMALL, "--format", "csv", env=env)
    if env.get("PYTHONIOENCODING") or "PYTHONUTF8" not in env:
        assert machine.stdout == "c\r\n曹县\r\n"
    wrong = run_kg("query", "SELECT ?曹 { 曹县 }", "--data", SMALL, env=env, encoding=encoding)
    assert wrong.returncode == 3
