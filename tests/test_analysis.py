"""The Python of docs/analysis.md gives what the page says. `python tests/test_analysis.py` writes it down anew."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parent.parent / "docs" / "analysis.md"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def refreshed(text: str) -> str:
    """Return the page with what each line of its Python gives now; the blocks are one session."""
    names: dict[str, object] = {}

    def block(match: re.Match[str]) -> str:
        sources = re.findall(r"^>>> .*\n(?:\.\.\. ?.*\n)*", match[1], flags=re.MULTILINE)
        return "```python\n" + "".join(source + answer(source) for source in sources) + "```"

    def answer(source: str) -> str:
        code = compile(re.sub(r"^(?:>>>|\.\.\.) ?", "", source, flags=re.MULTILINE), PAGE.name, "single")
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(code, names)
        return out.getvalue()

    return BLOCK.sub(block, text)


def test_the_analysis_gives_what_the_page_says() -> None:
    pytest.importorskip("pandas", reason="needs pandas (pip install 'kg[pandas]')")
    text = PAGE.read_text(encoding="utf-8")
    assert refreshed(text) == text, "run python tests/test_analysis.py"


if __name__ == "__main__":
    sys.path.insert(0, str(PAGE.parent.parent / "src"))
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
