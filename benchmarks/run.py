"""Compare `kg` with other RDF tools on a generated graph; write a table of times and ratios.

    python benchmarks/run.py --install                       once: the peers, in benchmarks/.venv
    python benchmarks/run.py --size 100000 -o results.md
    python benchmarks/run.py --size 10000000 --workloads store --peers kg,pyoxigraph

Each peer is a process of its own (`peers.py`). They take turns, so that a busy machine slows all of them alike; the
least time of the runs counts. A peer that is not there, fails, takes longer than --limit seconds or gives another
answer than pyoxigraph's is said to, in its place in the table. The graph is written by `graph.py`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import select
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import graph
from peers import PEERS
from questions import CITED, COLD, EMPTY, PREFIXES, QUERIES
from table import Cell, Table

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
WORKLOADS = ("cold", "load", "query", "networkx", "store", "kg")
#: The peer that the others are compared with, for time and for answers.
REFERENCE = "pyoxigraph"
#: From so many seconds on a call is not repeated; up to so many it is repeated five times as often.
LONG, SHORT = 5.0, 0.05


class Process:
    """A peer as a process of its own, started when it is first asked and anew after it took too long."""

    def __init__(self, name: str, file: Path, limit: float) -> None:
        self.name, self.version, self.cold = name, "", ()
        #: Why nothing can be asked of it, if so.
        self.failure = ""
        self._file, self._limit = file, limit
        self._process: subprocess.Popen[bytes] | None = None
        self._loaded = False

    def ask(self, do: str, *arguments: str) -> dict[str, Any]:
        """Return the answer to a request; `error` in it says what went wrong."""
        if self.failure:
            return {"error": self.failure}
        if self._process is None:
            self._start()
        if not self.failure and do not in {"load", "memory"} and not self._loaded:
            self.ask("load", str(self._file))
        if self.failure:
            return {"error": self.failure}
        answer = self._request({"do": do, "with": arguments})
        if do == "load":
            self._loaded = "error" not in answer
            if "error" in answer:
                self.failure = answer["error"]  # what cannot load cannot answer either
        return answer

    def start(self) -> None:
        """Start the process, or learn why it cannot be."""
        if self._process is None and not self.failure:
            self._start()

    def _start(self) -> None:
        python = sys.executable if self.name == "kg" or not ENVIRONMENT.exists() else _python()
        # What it writes lies beside the file, and goes with it.
        environment = {**_environment(), "TMPDIR": str(self._file.parent)}
        self._process = subprocess.Popen(
            [str(python), str(HERE / "peers.py"), self.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        hello = self._receive()
        self.version, self.cold = hello.get("version", ""), hello.get("cold", ())
        if "error" in hello:
            missing = hello["error"].startswith(("ImportError", "ModuleNotFoundError"))
            self.failure = "not installed" if missing else hello["error"]

    def _request(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process and self._process.stdin
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except OSError:
            return self._ended("died")
        return self._receive()

    def _receive(self) -> dict[str, Any]:
        assert self._process and self._process.stdout
        ready, _, _ = select.select([self._process.stdout], [], [], self._limit)
        if not ready:
            return self._ended(f"over {self._limit:g} s")
        line = self._process.stdout.readline()
        if not line:
            return self._ended("died")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _ended(self, why: str) -> dict[str, Any]:
        self.stop()
        return {"error": why}

    def stop(self) -> None:
        """End the process and what it started."""
        if self._process:
            # Its own session: a server that it started ends with it.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process, self._loaded = None, False


def least(runs: int, calls: dict[str, Callable[[], dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Call all in turn, some times; return each one's answer of least seconds, or its error."""
    best: dict[str, dict[str, Any]] = {}
    for run in range(runs * 5):
        for name, call in calls.items():
            before = best.get(name, {"seconds": 0})
            if "error" in before or before["seconds"] > (LONG if run < runs else SHORT):
                continue
            answer = call()
            if name not in best or "error" in answer or answer["seconds"] < before["seconds"]:
                best[name] = answer
    return best


def cells(best: dict[str, dict[str, Any]], unit: float = 1000) -> dict[str, Cell]:
    """Return the cells of a row: times in milliseconds, or what went wrong."""
    return {
        name: Cell(note=answer["error"]) if "error" in answer else Cell(answer["seconds"] * unit)
        for name, answer in best.items()
    }


def command(words: Sequence[str]) -> dict[str, Any]:
    """Run a command as a whole; return its seconds and the most memory that it took."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=errors, env=_environment())
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        if process.returncode:
            errors.seek(0)
            return {"error": errors.read().decode(errors="replace").strip().rpartition("\n")[2][:120]}
    return {"seconds": seconds, "bytes": usage.ru_maxrss * 1024}


class Benchmark:
    """Run workloads on peers and gather their tables."""

    def __init__(self, peers: list[str], file: Path, runs: int, limit: float) -> None:
        self.runs, self.file = runs, file
        self.processes = {name: Process(name, file, limit) for name in peers}
        for process in self.processes.values():
            process.start()

    def _ask_all(self, do: str, *arguments: str) -> dict[str, dict[str, Any]]:
        calls = {
            name: (lambda process=process: process.ask(do, *arguments))
            for name, process in self.processes.items()
        }
        return least(self.runs + 1, calls)  # one more than counts: the first warms up

    def cold(self) -> Table:
        """Start, read the shipped graph, answer one question."""
        table = Table(
            "Cold start", "one question to the shipped graph, whole process, ms", list(self.processes)
        )
        commands = {"bare": [sys.executable, "-c", "import click, pyoxigraph"]}
        commands |= {
            name: [COLD if word == "{query}" else word for word in process.cold]
            for name, process in self.processes.items()
            if process.cold and not process.failure
        }
        best = least(
            self.runs * 3 + 1,
            {name: (lambda words=words: command(words)) for name, words in commands.items()},
        )
        table.note = f"The bare import of click and pyoxigraph: {best.pop('bare')['seconds'] * 1000:.1f} ms."
        table.row("from nothing to an answer", cells(best))
        table.row(
            "memory, MB",
            {name: Cell(a["bytes"] / 1e6) for name, a in best.items() if "bytes" in a},
            ratio=False,
        )
        return table

    def load(self) -> Table:
        """Read the file."""
        table = Table("Load", "Turtle to a graph that can be asked, ms", list(self.processes))
        table.row("load", cells(self._ask_all("load", str(self.file))))
        table.row("memory afterwards, MB", self._memory(), ratio=False)
        return table

    def _memory(self) -> dict[str, Cell]:
        answers = {name: process.ask("memory") for name, process in self.processes.items()}
        return {name: Cell(a["bytes"] / 1e6) for name, a in answers.items() if "bytes" in a}

    def query(self) -> Table:
        """Answer every question; compare the answers."""
        table = Table("Questions", "the graph is at hand, all rows in Python, ms", list(self.processes))
        for name, text in QUERIES.items():
            digests = {peer: process.ask("digest", text) for peer, process in self.processes.items()}
            right = digests.get(REFERENCE, {})
            best = cells(self._ask_all("query", text))
            for peer, answer in digests.items():
                if "hash" in answer and "hash" in right and answer != right:
                    best[peer].note = f"another answer: {answer['rows']} rows"
            table.row(f"{name} ({right.get('rows', '?')} rows)", best)
        table.row("memory afterwards, MB", self._memory(), ratio=False)
        return table

    def networkx(self) -> Table:
        """Convert the graph for NetworkX."""
        able = [name for name, peer in PEERS.items() if "networkx" in vars(peer) and name in self.processes]
        able += [name for name in self.processes if name == "oxrdflib"]
        table = Table("NetworkX", "a MultiDiGraph of the whole graph, ms", able, reference="rdflib")
        processes = {name: self.processes[name] for name in able}
        loads = least(1, {n: (lambda p=p: p.ask("load", str(self.file))) for n, p in processes.items()})
        best = least(self.runs + 1, {n: (lambda p=p: p.ask("networkx")) for n, p in processes.items()})
        table.row("conversion", cells(best))
        whole = {
            name: answer if "error" in answer else {"seconds": answer["seconds"] + loads[name]["seconds"]}
            for name, answer in best.items()
        }
        table.row("from the file", cells(whole))
        for what in ("nodes", "edges"):
            counts = {name: Cell(a[what]) for name, a in best.items() if what in a}
            table.row(what, counts, ratio=False)
        return table

    def store(self) -> Table:
        """Load into a store on disk and ask it, each time as a process of its own."""
        able = [name for name in ("kg", "pyoxigraph", "oxigraph") if name in self.processes]
        table = Table("A store on disk", "whole processes, ms and the most memory", able)
        with tempfile.TemporaryDirectory() as folder:
            stores = {name: f"{folder}/{name}" for name in able}
            loads = _loads(self.processes, stores, str(self.file))
            best = least(1, {name: (lambda words=words: command(words)) for name, words in loads.items()})
            self._row(table, "load", best)
            command([sys.executable, "-m", "kg", "optimize", "--store", stores.get("kg", "")])
            table.note = "`kg`'s store is optimized after its load (not in the time)."
            for name in ("lookup", "path and join", "count", "sum by measure", "mean by measure and year"):
                asks = _asks(self.processes, stores, QUERIES[name])
                self._row(
                    table,
                    name,
                    least(self.runs, {n: (lambda words=words: command(words)) for n, words in asks.items()}),
                )
        return table

    def _row(self, table: Table, name: str, best: dict[str, dict[str, Any]]) -> None:
        table.row(name, cells(best))
        memory = {peer: Cell(a["bytes"] / 1e6) for peer, a in best.items() if "bytes" in a}
        table.row(f"{name}: memory, MB", memory, ratio=False)

    def kg(self) -> Table:
        """Measure what no peer does: citing, explaining, names, formats, views."""
        table = Table("What only kg does", "ms", ["kg", "without"], reference="without")
        kg = self.processes["kg"]

        def row(name: str, calls: dict[str, Callable[[], dict[str, Any]]]) -> None:
            table.row(name, cells(least(self.runs + 1, calls)))

        for name, text in CITED.items():
            plain = {"without": partial(kg.ask, "table", text)}
            row(
                f"{name}, as a table with its evidence",
                {**plain, "kg": partial(kg.ask, "cite", text, "brief")},
            )
            row(f"{name}, as a table with all its evidence", {**plain, "kg": partial(kg.ask, "cite", text)})
        with tempfile.TemporaryDirectory() as folder:
            ask = [sys.executable, "-m", "kg"]
            store = ["--store", f"{folder}/store"]
            command([*ask, "load", str(self.file), *store])
            command([*ask, "optimize", *store])
            for name, text in CITED.items():
                words = [*ask, "query", text, *store]
                for option in ("--cite", "--cite-all"):
                    row(
                        f"{name}, kg query from a store with {option}",
                        {"without": partial(command, words), "kg": partial(command, [*words, option])},
                    )
        for name, text in EMPTY.items():
            row(f"why nothing: {name}", {"kg": lambda text=PREFIXES + text: kg.ask("explain", text)})
        for kind, name in (("label", "邹曹曹县"), ("pinyin", "zoucaocaoxian"), ("of nothing", "邹曹曹具")):
            row(f"a name: {kind}", {"kg": lambda name=name: kg.ask("resolve", name)})
        row("view of the county most in the news", {"kg": lambda: kg.ask("view", "county-300000")})
        for format in ("graphml", "gexf", "cytoscape"):
            row(f"export as {format}", {"kg": lambda format=format: kg.ask("export", format)})
        return table

    def stop(self) -> None:
        """End all processes."""
        for process in self.processes.values():
            process.stop()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(HERE.parent / "src"), "KG_CACHE": "off"}


def _loads(processes: dict[str, Process], stores: dict[str, str], file: str) -> dict[str, list[str]]:
    script = (
        "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); s.bulk_load(path=sys.argv[2]); s.flush()"
    )
    every = {
        "kg": [sys.executable, "-m", "kg", "load", file, "--store", stores.get("kg", "")],
        "pyoxigraph": [sys.executable, "-c", script, stores.get("pyoxigraph", ""), file],
        "oxigraph": [_beside("oxigraph"), "load", "--location", stores.get("oxigraph", ""), "--file", file],
    }
    return {name: words for name, words in every.items() if name in stores and not processes[name].failure}


def _asks(processes: dict[str, Process], stores: dict[str, str], text: str) -> dict[str, list[str]]:
    script = (
        "import sys, pyoxigraph as ox; "
        "ox.Store.read_only(sys.argv[1]).query(sys.argv[2]).serialize(sys.stdout.buffer, ox.QueryResultsFormat.CSV)"
    )
    every = {
        "kg": [sys.executable, "-m", "kg", "query", text, "--store", stores.get("kg", ""), "--format", "csv"],
        "pyoxigraph": [sys.executable, "-c", script, stores.get("pyoxigraph", ""), text],
        "oxigraph": [
            _beside("oxigraph"),
            "query",
            "--results-format",
            "csv",
            "--location",
            stores.get("oxigraph", ""),
            "--query",
            text,
        ],
    }
    return {name: words for name, words in every.items() if name in stores and not processes[name].failure}


def _beside(name: str) -> str:
    return str(_python().parent / name) if ENVIRONMENT.exists() else str(Path(sys.executable).parent / name)


def _python() -> Path:
    return ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin") / "python"


def install() -> None:
    """Install the peers in an environment of their own, each as far as it goes."""
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    for requirement in (HERE / "requirements.txt").read_text().splitlines():
        if requirement and not requirement.startswith("#"):
            done = subprocess.run(
                [str(_python()), "-m", "pip", "install", "--quiet", requirement], check=False
            )
            print(f"{requirement}: {'failed' if done.returncode else 'installed'}")
    print("rasqal and Virtuoso: apt-get install rasqal-utils virtuoso-opensource-7-bin")


def write(stream: TextIO, size: int, seed: int, benchmark: Benchmark, tables: list[Table]) -> None:
    """Write the tables in Markdown, with what they were measured on."""
    stream.write(f"# {size:,} statements, seed {seed}\n\n")
    stream.write(f"Python {platform.python_version()}, {os.cpu_count()} processors. ")
    stream.write("Least of the runs; in brackets how many times the reference's time.\n\n")
    for name, process in benchmark.processes.items():
        stream.write(f"- {name}: {process.version or process.failure}\n")
    for table in tables:
        stream.write(f"\n{table}")


def main() -> None:
    """Generate, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--install", action="store_true", help="install the peers, and measure nothing")
    parser.add_argument("--size", type=int, default=100_000, help="statements (default: 100000)")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peers", default=",".join(PEERS), help=f"of {', '.join(PEERS)}")
    parser.add_argument("--workloads", default=",".join(WORKLOADS), help=f"of {', '.join(WORKLOADS)}")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one call (default: 60)")
    parser.add_argument("-o", "--output", type=Path, help="write the tables here, not to stdout")
    options = parser.parse_args()
    if options.install:
        install()
        return
    # Ended from outside, it ends its peers too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    peers, workloads = options.peers.split(","), options.workloads.split(",")
    for given, known in ((peers, tuple(PEERS)), (workloads, WORKLOADS)):
        if strange := set(given) - set(known):
            parser.error(f"no {', '.join(sorted(strange))}; there are {', '.join(known)}")
    if min(options.size, options.runs) < 1 or options.limit <= 0:
        parser.error("--size, --runs and --limit are more than nothing")
    if "kg" in workloads and "kg" not in peers:
        workloads.remove("kg")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.ttl"
        size = graph.write(file, options.size, options.seed)
        benchmark = Benchmark([name for name in PEERS if name in peers], file, options.runs, options.limit)
        try:
            tables: list[Table] = []
            for name in (name for name in WORKLOADS if name in workloads):
                print(f"{name} …", file=sys.stderr)
                tables.append(getattr(benchmark, name)())
                if options.output:  # after each, because all of them take long
                    with options.output.open("w", encoding="utf-8") as stream:
                        write(stream, size, options.seed, benchmark, tables)
        finally:
            benchmark.stop()
    if not options.output:
        write(sys.stdout, size, options.seed, benchmark, tables)


if __name__ == "__main__":
    main()
