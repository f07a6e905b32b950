"""The commands that the docs print, with what they answer.

    python tools/console.py            run every command of the docs and write down its output
    python tools/console.py --check    say which outputs are no longer true; exit 1 when there are any

A ``console`` block holds commands after ``$`` and their output; ``tools/run kg`` and ``kg`` are this
checkout's ``kg``. Commands run in one fresh folder a file, so that a later one may use what an earlier one
wrote; lines of ``...`` stand for any number of lines. A block that begins with ``# not run`` is left alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def pages() -> list[Path]:
    """Return the files whose commands are run."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def run(command: str, folder: Path) -> str:
    """Return what a command prints, on either stream."""
    kg = f'"{sys.executable}" -m kg'
    line = re.sub(r"(^|\| *|&& *)(?:tools/run )?kg\b", rf"\1{kg}", command)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", "LANG": "C.UTF-8"}
    done = subprocess.run(
        line,
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return "\n".join(text.rstrip() for text in done.stdout.decode("utf-8").splitlines())


def refreshed(text: str) -> str:
    """Return a page with the output of its commands as it is now; elided outputs stay where they hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for shipped in ("data", "ontology", "queries"):
            (folder / shipped).symlink_to(ROOT / shipped)

        def block(match: re.Match[str]) -> str:
            if match[1].startswith("# not run"):
                return match[0]
            parts = re.split(r"^\$ ", match[1], flags=re.MULTILINE)[1:]
            return "```console\n" + "".join(_answered(part, folder) for part in parts) + "```"

        return BLOCK.sub(block, text)


def _answered(part: str, folder: Path) -> str:
    command, _, old = part.partition("\n")
    while command.count("'") % 2:  # a quotation that goes on
        more, _, old = old.partition("\n")
        command += "\n" + more
    new = run(command, folder)
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + "\n" for line in old.splitlines())
    if "..." in old.splitlines() and re.fullmatch(pattern, new + "\n"):
        return f"$ {part}"
    return f"$ {command}\n{new}\n" if new else f"$ {command}\n"


def main() -> int:
    """Refresh the docs, or check them."""
    stale = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        new = refreshed(text)
        if new != text:
            stale.append(page)
            if "--check" not in sys.argv:
                page.write_text(new, encoding="utf-8")
    for page in stale:
        print(f"{page.relative_to(ROOT)}: {'stale' if '--check' in sys.argv else 'refreshed'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
