"""What the tests share: a small graph in the shape of the shipped one, and the command as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).resolve().parent.parent
SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture
def small() -> kg.Dataset:
    """Two counties, one of them with 151 Taobao villages, and two people of one name."""
    return kg.open(SMALL)


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run_kg() -> Run:
    """Run ``kg`` as a user does, in a process of its own; returns what it printed and its exit code."""

    def run(
        *args: object,
        stdin: str | bytes = b"",
        env: dict[str, str] | None = None,
        encoding: str = "utf-8",
        timeout: float = 60,
    ) -> subprocess.CompletedProcess[str]:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, args)],
            input=data,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **(env or {})},
            timeout=timeout,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)
        )

    return run
