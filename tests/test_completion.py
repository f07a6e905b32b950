"""Completion in a real bash: keys go in, the words that the command is given come out."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time

import pytest
from conftest import ROOT, Run

STUB = """#!/bin/sh
if [ -n "$_KG_COMPLETE" ] || [ "$1" = completion ]; then exec {python} -m kg "$@"; fi
printf 'GIVEN'; printf '<%s>' "$@"; printf 'END\\n'
"""

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Type keys into one interactive bash, press Enter, and return the words that ``kg`` was given."""
    folder = tmp_path_factory.mktemp("bash")
    (folder / "kg").write_text(STUB.format(python=sys.executable), "utf-8")
    (folder / "kg").chmod(0o755)
    environment = {
        **os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src"), "PS1": "> ",
        "LC_ALL": "C.UTF-8", "TERM": "dumb", "HISTFILE": "", "INPUTRC": "/dev/null",
    }  # fmt: skip
    master, slave = pty.openpty()
    bash = subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"],
        stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    os.close(slave)

    def until(mark: str) -> str:
        shown, end = b"", time.monotonic() + 15
        while mark.encode() not in shown:
            if not select.select([master], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"bash shows {shown.decode('utf-8', 'replace')!r}, and no {mark}")
            shown += os.read(master, 65536)
        return shown.decode("utf-8", "replace")

    os.write(master, b'bind "set enable-bracketed-paste off"; bind "set bell-style none"; stty -echo\n')
    os.write(master, b'eval "$(kg completion bash)"; echo READ""Y\n')
    until("READY")

    def press(keys: str) -> list[str]:
        os.write(master, keys.encode() + b"\n")
        given = until("END").rpartition("GIVEN")[2].partition("END")[0]
        return given[1:-1].split("><")

    yield press
    bash.kill()
    bash.wait()
    os.close(master)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("kg query county-fig\t", ["query", "county-figures"]),
        ("kg query county-figures -p cou\t", ["query", "county-figures", "-p", "county="]),
        ("kg query county-figures -p \t曹\t", ["query", "county-figures", "-p", "county=曹县"]),
        ("kg query county-figures -p county=caox\t", ["query", "county-figures", "-p", "county=caoxian-371721"]),
        ("kg query county-figures -p county=Cao\t", ["query", "county-figures", "-p", "county=Cao County"]),
        ("kg query county-figures -p 'county=Cao\t", ["query", "county-figures", "-p", "county=Cao County"]),
        ("kg describe Cao\t", ["describe", "Cao County"]),
        ("kg describe Cao\\ C\t", ["describe", "Cao County"]),
        ('kg describe "Cao County G\t', ["describe", "Cao County Government"]),
        ("kg stated 曹县 conta\t", ["stated", "曹县", "containedInPlace"]),
        ("kg stated 曹县 网络\t", ["stated", "曹县", "网络销售额"]),
        ("kg stated 李涛 org:h\t", ["stated", "李涛", "org:holds"]),
        ("kg view --around 浙江大学中\t", ["view", "--around", "浙江大学中国农村发展研究院"]),
        ("kg path 浙江大\t 曹县", ["path", "浙江大学", "曹县"]),
        ("kg sour\t--format js\t", ["sources", "--format", "json"]),
    ],
)  # fmt: skip
def test_a_real_bash_completes(typed, keys: str, words: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert typed(keys) == words


@pytest.mark.parametrize(
    ("shell", "told"),
    [("bash", "complete -o nosort"), ("zsh", "#compdef kg"), ("fish", "complete --no-files")],
)
def test_the_script_of_a_shell(run_kg: Run, shell: str, told: str) -> None:
    done = run_kg("completion", shell)
    assert (done.returncode, done.stderr) == (0, "") and told in done.stdout


def test_without_a_known_shell_it_is_said_which_there_are(run_kg: Run) -> None:
    done = run_kg("completion", env={"SHELL": "/bin/tcsh"})
    assert (done.returncode, done.stderr) == (2, "kg: name a shell: kg completion bash, zsh or fish\n")


def completed(run_kg: Run, line: str) -> list[str]:
    done = run_kg(env={"_KG_COMPLETE": "bash_complete", "KG_LINE": line, "KG_BREAKS": " \t\n\"'><=;|&(:"})
    assert done.stderr == ""
    return [answer.partition(",")[2] for answer in done.stdout.splitlines() if answer]


def test_only_entities_of_the_kind_of_the_worked_example_are_offered(run_kg: Run) -> None:
    offered = completed(run_kg, "kg query county-figures -p county=")
    assert "曹县" in offered and "山东省" not in offered and "浙江大学" not in offered


def test_a_line_that_leads_nowhere_is_not_completed_and_says_nothing(run_kg: Run) -> None:
    for line in ("kg query no-such-query -p ", "kg describe 曹 --data missing.ttl ", "kg 'x"):
        assert completed(run_kg, line) == []
