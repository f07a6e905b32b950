"""Large files are read once; the cache is found by content, bounded, and rebuilt when it is damaged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

import kg
import kg.store
from kg.errors import DataError
from kg.store import MemoryStore, cache
from kg.store.disk import DiskStore

ASK = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, in which every file is large enough."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(kg.store, "LARGE", 1)
    return tmp_path / "cache"


def write(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_the_second_time_a_file_is_not_read(tmp_path: Path, root: Path) -> None:
    file = write(tmp_path / "a.ttl", '@prefix ex: <urn:ex:> . ex:cao ex:label "曹县"@zh .')
    first = kg.open(file)
    assert first.notes == ["0 MB are kept in the cache for the next query; see kg cache"]
    before = sorted(root.rglob("*.sst"))
    second = kg.open(file)
    assert isinstance(second.store, DiskStore)
    assert (second.notes, sorted(root.rglob("*.sst"))) == ([], before)
    assert [row["o"].value for row in second.query("SELECT ?o { ex:cao ex:label ?o }")] == ["曹县"]


def test_another_content_is_another_entry_even_where_size_and_time_are_the_same(tmp_path: Path) -> None:
    file = write(tmp_path / "a.nt", "<urn:a> <urn:p> <urn:b> .")
    stamp = Path(file).stat()
    assert kg.open(file).query("ASK { ?s ?p <urn:b> }")
    write(tmp_path / "a.nt", "<urn:a> <urn:p> <urn:c> .")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert kg.open(file).query("ASK { ?s ?p <urn:c> }")
    assert len(cache.entries(str(tmp_path / "cache"))) == 2


def test_relative_iris_are_those_of_the_file_that_is_asked(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        subject = next(kg.open(write(tmp_path / name, "<#s> <urn:p> <urn:o> .")).store.quads()).subject
        assert subject.value == f"file://{tmp_path}/{name}#s"


def test_what_the_files_gave_to_say_is_said_each_time(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{n}.ttl", f"@prefix ex: <urn:{n}:> . ex:s ex:p ex:o .") for n in (1, 2)]
    said = MemoryStore.read(files).notes
    assert said
    assert [kg.open(files).notes[0], *kg.open(files).notes] == said * 2


@pytest.mark.parametrize("harm", ["state", "cut", "gone", "engine"])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, root: Path, harm: str) -> None:
    file = write(tmp_path / "a.nt", "".join(f"<urn:s{i}> <urn:p> <urn:o> .\n" for i in range(2000)))
    kg.open(file)
    state = next(root.rglob("kg-store.json"))
    if harm == "state":
        state.write_text('{"version": 1')
    elif harm == "engine":
        state.write_text(state.read_text().replace("oxigraph 0.", "oxigraph 9."))
    else:
        for table in root.rglob("*.sst"):
            if harm == "cut":
                os.truncate(table, 100)
            else:
                table.unlink()
    again = kg.open(file)
    assert isinstance(again.store, DiskStore)
    assert again.query(ASK).render("csv") == "n\r\n2000\r\n"
    assert len(cache.entries(str(root))) == 1


def test_a_wrong_file_is_named_and_leaves_nothing(tmp_path: Path, root: Path) -> None:
    with pytest.raises(DataError, match=r"a\.nt: at line 1"):
        kg.open(write(tmp_path / "a.nt", "<urn:a> oops"))
    assert list(root.iterdir()) == []


def test_four_processes_at_once_make_one_entry_and_answer_the_same(tmp_path: Path, root: Path) -> None:
    file = write(tmp_path / "a.nt", "".join(f"<urn:s{i}> <urn:p> <urn:o> .\n" for i in range(30_000)))
    code = f"import kg, kg.store; kg.store.LARGE = 1; print(len(list(kg.open({file!r}).store.quads())))"
    every = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    assert [process.communicate()[0] for process in every] == [b"30000\n"] * 4
    assert len(list(root.glob("*/generation-*"))) == 1


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path, root: Path) -> None:
    files = [write(tmp_path / f"{n}.nt", f"<urn:{n}> <urn:p> <urn:o> .") for n in range(3)]
    for age, file in ((30, files[0]), (20, files[1])):
        opened = cache.open_cached([file])
        assert opened is not None
        os.utime(Path(opened.directory) / "kg-store.json", (age, age))
        del opened
    assert cache.open_cached([files[0]]) is not None  # asked again
    size = cache.entries(str(root))[0].size
    cache.open_cached([files[2]], bound=int(2.5 * size))
    assert {Path(entry.path).name for entry in cache.entries(str(root))} == {
        cache.key([files[0]]),
        cache.key([files[2]]),
    }


def test_where_there_is_no_cache_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.nt", "<urn:a> <urn:p> <urn:b> .")
    write(tmp_path / "in the way", "a file")
    for place in ("off", "", str(tmp_path / "in the way" / "cache")):
        monkeypatch.setenv("KG_CACHE", place)
        assert isinstance(kg.open(file).store, MemoryStore)
        assert kg.open(file).notes == []


def test_the_cache_is_where_the_desktop_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KG_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == str(tmp_path / "kg")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == str(tmp_path / ".cache" / "kg")


def test_kg_cache_shows_and_clears(tmp_path: Path, root: Path, run_kg: Run) -> None:
    cache.open_cached([write(tmp_path / "a.nt", "<urn:a> <urn:p> <urn:b> .")])
    (entry,) = cache.entries(str(root))
    assert run_kg("cache").stdout.endswith(f"  {Path(entry.path).name}\n")
    assert run_kg("cache", "--clear").returncode == 0
    assert list(root.iterdir()) == []
    assert run_kg("cache", env={"KG_CACHE": "off"}).stderr == "kg: the cache is off (KG_CACHE)\n"


def test_a_small_file_and_the_shipped_graph_do_without(tmp_path: Path, root: Path, run_kg: Run) -> None:
    run_kg("query", "ASK {}")
    run_kg("query", "ASK {}", "--data", write(tmp_path / "a.nt", "<urn:a> <urn:p> <urn:b> ."))
    assert not root.exists()
