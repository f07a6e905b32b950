"""A store on disk is what it was until a load is done, whatever happens to the load."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SMALL, Run

import kg
from kg.errors import DataError, UsageError
from kg.store.disk import DiskStore, is_store
from kg.store.generation import backup, load, optimize

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A store that holds the small graph."""
    load([str(SMALL)], str(tmp_path / "store"))
    return str(tmp_path / "store")


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def many(path: Path, statements: int) -> str:
    """Write a file that takes a moment to load."""
    return write(path, "".join(f"<urn:s{i}> <urn:p{i % 9}> <urn:o{i % 999}> .\n" for i in range(statements)))


def names(store: str) -> list[str]:
    return sorted(path.name for path in Path(store).iterdir())


def test_a_store_answers_as_the_file_does(store: str, small: kg.Dataset) -> None:
    asked = "SELECT ?county ?n { ?o schema:observationAbout ?county ; schema:value ?n } ORDER BY ?n"
    assert kg.open(store).query(asked).render() == small.query(asked).render()
    assert len(kg.open(store)) == len(small)
    assert kg.open(store).resolve("曹县") == small.resolve("曹县")
    assert DiskStore(store).prefixes == dict(small.store.prefixes)


def test_a_load_adds_and_replace_takes_the_place(store: str, tmp_path: Path) -> None:
    more = write(tmp_path / "more.nt", "<urn:a> <urn:p> <urn:b> .")
    before = len(DiskStore(store))
    load([more], store)
    assert len(DiskStore(store)) == before + 1
    load([more], store, replace=True)
    assert (len(DiskStore(store)), names(store)) == (1, ["generation-3", "kg-store.json"])


def test_readers_keep_what_they_opened_and_it_is_deleted_when_the_last_is_gone(
    store: str, tmp_path: Path
) -> None:
    more = write(tmp_path / "more.nt", "<urn:a> <urn:p> <urn:b> .")
    reader = DiskStore(store)
    load([more], store, replace=True)
    assert len(list(reader.quads())) == len(reader) > 1
    assert names(store) == ["generation-1", "generation-2", "kg-store.json"]
    del reader
    optimize(store)
    assert names(store) == ["generation-3", "kg-store.json"]


@pytest.mark.parametrize("packing", ["", ".gz", ".zst"])
def test_a_wrong_line_is_named_and_nothing_is_loaded(store: str, tmp_path: Path, packing: str) -> None:
    zstandard = pytest.importorskip("zstandard") if packing == ".zst" else None
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstandard and zstandard.compress}[packing]
    good = write(tmp_path / "good.nt", "<urn:a> <urn:p> <urn:b> .")
    bad = write(tmp_path / f"bad.ttl{packing}", pack(b"<urn:a> <urn:p> 1 .\n" * 9000 + b"<urn:a> oops .\n"))
    before = (len(DiskStore(store)), names(store))
    with pytest.raises(DataError, match=r"bad.ttl.*: at line 9001 .*oops"):
        load([good, bad], store)
    assert (len(DiskStore(store)), names(store)) == before
    with pytest.raises(DataError, match="at line 9001"):
        load([bad], str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


def test_a_zst_file_is_read_frame_by_frame_and_one_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    lines = [f"<urn:s{i}> <urn:p> <urn:o> .\n".encode() for i in range(20_000)]
    frames = zstandard.compress(b"".join(lines[:10_000])) + zstandard.compress(b"".join(lines[10_000:]))
    assert len(kg.open(write(tmp_path / "a.nt.zst", frames))) == 20_000
    with pytest.raises(DataError, match="ends within a frame"):
        kg.open(write(tmp_path / "cut.nt.zst", frames[:-9]))
    with pytest.raises(DataError, match="cannot unpack"):
        kg.open(write(tmp_path / "no.nt.zst", b"<urn:a> <urn:p> <urn:o> .\n"))


def test_without_zstandard_a_zst_file_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(UsageError, match=r"pip install 'kg\[zst\]'"):
        kg.open(write(tmp_path / "a.nt.zst", b"\x28\xb5\x2f\xfd"))


def start(*args: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, args)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_kill_9_at_any_moment_of_a_load_leaves_the_old_store_or_the_new_one(
    store: str, tmp_path: Path
) -> None:
    file = many(tmp_path / "many.nt", 60_000)
    began = time.monotonic()
    start("load", file, "--store", tmp_path / "timed").communicate()
    whole = time.monotonic() - began
    sizes = {len(DiskStore(store)), len(DiskStore(store)) + 60_000}
    kills = 0
    for step in range(12):
        process = start("load", file, "--store", store)
        time.sleep(whole * (step + 1) / 12)
        process.kill()
        kills += process.wait() == -signal.SIGKILL
        process.communicate()
        held = DiskStore(store)
        assert len(held) == sum(1 for _ in held.quads()) in sizes
        del held
    assert kills > 6
    load([file], store)
    assert len(DiskStore(store)) == max(sizes)
    assert len(names(store)) == 2, "what the dead loads left is swept away"


def test_a_second_writer_is_refused_and_readers_are_not(store: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow.nt")
    process = start("load", tmp_path / "slow.nt", "--store", store)
    with (tmp_path / "slow.nt").open("wb") as head:
        head.write(b"<urn:a> <urn:p> <urn:b> .\n")
    with (tmp_path / "slow.nt").open("wb") as feed:  # opened for the second time, it is being loaded
        with pytest.raises(DataError, match="another process is writing to the store"):
            load([str(SMALL)], store)
        assert len(list(DiskStore(store).quads())) == len(DiskStore(store))
        feed.write(b"<urn:a> <urn:p> <urn:b> .\n")
    process.kill()
    process.communicate()


def test_ctrl_c_leaves_the_store_as_it_was(store: str, tmp_path: Path) -> None:
    before = (len(DiskStore(store)), names(store))
    process = start("load", many(tmp_path / "many.nt", 400_000), "--store", store)
    while len(names(store)) < 3:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert (process.returncode, error.strip()) == (130, b"")
    assert (len(DiskStore(store)), names(store)) == before


def test_a_disk_that_is_full_is_one_clear_line(store: str, tmp_path: Path) -> None:
    before = (len(DiskStore(store)), names(store))
    file = many(tmp_path / "many.nt", 60_000)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000));"
        f"sys.argv = ['kg', 'load', {file!r}, '--store', {store!r}]; from kg.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: cannot write {store}: ")
    assert done.stderr.endswith("nothing was changed\n")
    assert done.stderr.count("\n") == 1
    assert (len(DiskStore(store)), names(store)) == before


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root to become nobody")
def test_a_folder_that_can_only_be_read_is_read_and_not_written(store: str) -> None:
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    Path(store).parent.chmod(0o755)
    for parent in Path(store).parents[1:3]:
        parent.chmod(parent.stat().st_mode | 0o055)

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*nobody, sys.executable, "-m", "kg", *args, "--store", store],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("query", "ASK { ?s a kg:County }").stdout == "true\n"
    refused = run("load", str(SMALL))
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"kg: cannot write {store}: ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 99}, "was written as version 99 of oxigraph"),
        ({"engine": "oxigraph 0.4"}, "of oxigraph 0.4"),
        ({"generation": "../elsewhere"}, "names no generation"),
        ({"generation": "generation-9"}, "generation-9 is missing"),
        ({"prefixes": 7}, "cannot be understood"),
    ],
)
def test_a_store_of_another_version_or_a_damaged_one_is_named(
    store: str, change: dict[str, object], message: str
) -> None:
    file = Path(store) / "kg-store.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    with pytest.raises(DataError, match=message):
        kg.open(store)


def test_files_that_were_cut_or_changed_are_found_out(store: str, run_kg: Run) -> None:
    (table,) = sorted(Path(store, "generation-1").glob("*.sst"), key=lambda f: f.stat().st_size)[-1:]
    whole = table.read_bytes()
    table.write_bytes(bytes(byte ^ 0x55 if i % 97 == 0 else byte for i, byte in enumerate(whole)))
    done = run_kg("query", COUNT, "--store", store)
    assert (done.returncode, done.stdout) == (4, "")
    table.write_bytes(whole[: len(whole) // 2])
    done = run_kg("query", COUNT, "--store", store)
    assert (done.returncode, done.stdout) == (4, "")
    assert f"kg: the store {store} is damaged" in done.stderr


def test_a_directory_that_is_no_store_is_left_alone(tmp_path: Path, run_kg: Run) -> None:
    write(tmp_path / "letter.txt", "dear")
    with pytest.raises(UsageError, match="it holds letter"):
        load([str(SMALL)], str(tmp_path))
    done = run_kg("query", COUNT, "--store", tmp_path)
    assert done.returncode == 4
    assert f"no store in {tmp_path}; make one: kg load FILES... --store {tmp_path}" in done.stderr


def test_a_backup_is_a_store_that_shares_nothing(store: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")
    backup(store, copy)
    assert is_store(copy)
    assert set(map(str, DiskStore(copy).quads())) == set(map(str, DiskStore(store).quads()))
    assert all(file.stat().st_nlink == 1 for file in Path(copy).rglob("*") if file.is_file())
    with pytest.raises(UsageError, match="copy exists"):
        backup(store, copy)


@pytest.mark.parametrize("name", ["a.nq", "a.nt.gz", "a.ttl", "a.rdf", "a.jsonld", "a.trig.zst"])
def test_a_dump_holds_every_statement(store: str, tmp_path: Path, run_kg: Run, name: str) -> None:
    if name.endswith(".zst"):
        pytest.importorskip("zstandard")
    file = tmp_path / name
    assert run_kg("dump", "--store", store, "-o", file).returncode == 0
    assert set(map(str, kg.open(file).store.quads())) == set(map(str, DiskStore(store).quads()))
    first = file.read_bytes()
    assert run_kg("dump", "--store", store, "-o", file).returncode == 0
    assert file.read_bytes() == first


def test_the_commands_say_what_they_did(tmp_path: Path, run_kg: Run) -> None:
    store = tmp_path / "store"
    done = run_kg("load", SMALL, "--store", store)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"kg: {store} holds 37 statements\n")
    assert run_kg("query", COUNT, "--store", store, "--format", "csv").stdout == "n\r\n37\r\n"
    assert run_kg("query", COUNT, "--data", store, "--format", "csv").stdout == "n\r\n37\r\n"
    assert run_kg("query", COUNT, "--data", store, "--data", SMALL).returncode == 2
    assert run_kg("query", COUNT, "--data", SMALL, "--store", store).returncode == 2
    assert run_kg("optimize", "--store", store).returncode == 0
    wrong = run_kg("dump", "--store", store, "--format", "tll")
    assert (wrong.returncode, wrong.stderr) == (
        2, "kg: no format 'tll'; choose one of nq, nt, ttl, trig, rdf, jsonld\n",
    )  # fmt: skip
    assert "nq, nt, ttl, trig, rdf or jsonld" in run_kg("dump", "--help").stdout
    assert run_kg("dump", "--store", store).stdout.count("\n") == 37
    assert run_kg("load", tmp_path / "none.ttl", "--store", store).returncode == 4
    one = tmp_path / "one.nt"
    one.write_text("<urn:a> <urn:p> <urn:b> .\n")
    assert run_kg("load", one, "--store", tmp_path / "one").stderr.endswith("one holds 1 statement\n")


def test_stats_count_the_same_from_a_file_and_from_a_store(store: str, run_kg: Run) -> None:
    shown = run_kg("stats", "--data", SMALL).stdout
    assert shown == run_kg("stats", "--store", store).stdout
    assert shown.splitlines()[:6] == [
        "statements                           37",
        "subjects                              8",
        "objects                              29",
        "",
        "classes                               5",
        "  kg:County                           2",
    ]
    assert "  source:a                            2" in shown
    counted = json.loads(run_kg("stats", "--store", store, "--format", "json").stdout)
    assert counted["sources"] == {"https://kg.example/source/a": 2}
    void = "ASK { ?d a void:Dataset ; void:triples 37 ; void:classPartition [ void:class kg:County ; void:entities 2 ] }"
    turtle = run_kg("stats", "--store", store, "--format", "ttl").stdout
    assert run_kg("query", void, "--data", "-", stdin=turtle).stdout == "true\n"


def test_a_store_that_lost_its_state_is_not_loaded_over(store: str, tmp_path: Path) -> None:
    (Path(store) / "kg-store.json").unlink()
    (tmp_path / "more.nt").write_text("<urn:a> <urn:p> <urn:b> .")
    before = sorted(path.name for path in Path(store).iterdir())
    with pytest.raises(DataError, match=r"kg-store\.json is missing"):
        load([str(tmp_path / "more.nt")], store)
    assert sorted(path.name for path in Path(store).iterdir()) == before


def test_a_store_that_lost_its_statements_is_called_damaged(store: str, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(next(Path(store).glob("generation-*")))
    (tmp_path / "more.nt").write_text("<urn:a> <urn:p> <urn:b> .")
    with pytest.raises(DataError, match="is missing"):
        load([str(tmp_path / "more.nt")], store)
