"""How long a whole process takes to answer one query, beside other tools and beside an empty one.

    python benchmarks/whole_process.py [--data FILE] [--oxigraph PATH] [--runs N]

Without --data the shipped graph is asked, with the ontology, as `kg query` does; where there is none, a
generated one of 9,000 statements. The runs of all tools take turns, so that a busy machine slows them alike;
minimum and median are printed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import graph

ROOT = Path(__file__).resolve().parent.parent
QUERY = """PREFIX schema: <https://schema.org/>
SELECT ?about ?value { ?o schema:observationAbout ?about ; schema:value ?value }
ORDER BY DESC(?value) LIMIT 20"""


def commands(data: list[Path], oxigraph: str | None, folder: Path) -> dict[str, list[str]]:
    """Return the command lines to compare, the bare import first."""
    files = [str(file) for file in data]
    shipped = data[0] == ROOT / "data" / "triples.ttl"
    every = {
        "python -c 'import click, pyoxigraph'": [sys.executable, "-c", "import click, pyoxigraph"],
        "kg query": [sys.executable, "-m", "kg", "query", QUERY]
        + ([] if shipped else [word for file in files for word in ("--data", file)]),
        "rdflib sparqlquery": [str(Path(sys.executable).parent / "sparqlquery"), *files, "-q", QUERY],
    }
    if oxigraph:
        store = str(folder / "store")
        load = [word for file in files for word in ("--file", file)]
        subprocess.run([oxigraph, "load", "--location", store, *load], check=True, capture_output=True)
        ask = [oxigraph, "query", "--location", store, "--query", QUERY, "--results-format", "csv"]
        every["oxigraph query (store loaded before)"] = ask
        fresh = str(folder / "fresh")
        script = 'rm -rf "$1"; "$2" load --location "$1" ${3} 2>/dev/null; '
        script += '"$2" query --location "$1" --query "$4" --results-format csv'
        every["oxigraph load, then query"] = [
            "sh",
            "-c",
            script,
            "sh",
            fresh,
            oxigraph,
            " ".join(load),
            QUERY,
        ]
    return every


def measure(every: dict[str, list[str]], runs: int) -> dict[str, list[float]]:
    """Run all commands in turn and return their times in milliseconds; the first round warms the caches."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times: dict[str, list[float]] = {name: [] for name in every}
    for round_ in range(runs + 1):
        for name, command in every.items():
            started = time.perf_counter()
            subprocess.run(
                command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
            )
            if round_:
                times[name].append((time.perf_counter() - started) * 1000)
    return times


def main() -> None:
    """Print one line a tool: minimum, median, and how many times the bare import."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="*")
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph"))
    parser.add_argument("--runs", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shipped = [ROOT / "data" / "triples.ttl", ROOT / "ontology" / "kg.ttl"]
        data = options.data or (
            shipped if shipped[0].exists() else [graph.write(Path(folder) / "g.ttl", 9_000)]
        )
        times = measure(commands(data, options.oxigraph, Path(folder)), options.runs)
        print(f"{', '.join(file.name for file in data)}, {options.runs} runs each, ms\n")
        print(f"{'':40}{'min':>8}{'median':>8}{'x bare':>8}{'x kg':>8}")
        bare, ours = (statistics.median(times[name]) for name in list(times)[:2])
        for name, taken in times.items():
            median = statistics.median(taken)
            print(f"{name:40}{min(taken):8.1f}{median:8.1f}{median / bare:8.2f}{median / ours:8.2f}")


if __name__ == "__main__":
    main()
