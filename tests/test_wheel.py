"""What is installed from the wheel works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel into an empty folder, as an installer does."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def kg(installed: Path, *args: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "kg", *args]
    done = subprocess.run(command, cwd=installed.parent, env=env, check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def test_the_wheel_answers_a_question_of_the_library(installed: Path) -> None:
    assert "曹县" in kg(installed, "query", "county-figures", "-p", "county=371721")
    assert "taobao-villages" in kg(installed, "queries")


def test_the_wheel_checks_its_graph(installed: Path) -> None:
    assert kg(installed, "check").endswith("conforms: no rule is broken\n")


def test_the_wheel_is_typed_and_licensed(installed: Path) -> None:
    assert (installed / "kg" / "py.typed").exists()
    assert list(installed.glob("kg-*.dist-info/licenses/NOTICE"))
