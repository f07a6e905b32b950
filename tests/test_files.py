"""Files that are written whole or not at all, and what is no file."""

import os
import threading
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.files import replacing


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError), replacing(path) as stream:
        stream.write(b"new")
        raise ValueError
    assert path.read_text(encoding="utf-8") == "old" and [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_link_keeps_leading_to_its_file(tmp_path: Path) -> None:
    link, file = tmp_path / "link.txt", tmp_path / "file.txt"
    link.symlink_to(file)
    with replacing(link) as stream:
        stream.write(b"whole")
    assert link.is_symlink() and file.read_bytes() == b"whole"


def test_nothing_takes_the_place_of_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    with replacing(pipe) as stream:
        stream.write(b"whole")
    reader.join()
    assert read == [b"whole"] and pipe.is_fifo()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="it is a folder"), replacing(tmp_path):
        pass
