"""Every command that the docs print is run, and prints what they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import console


@pytest.mark.parametrize("page", console.pages(), ids=lambda page: page.name)
def test_the_docs_print_what_the_commands_print(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert console.refreshed(text) == text, "run python tools/console.py"
