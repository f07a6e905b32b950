"""Push a generated graph to Oxigraph's and Virtuoso's servers on this machine, and ask it there.

    tools/run python benchmarks/servers.py [STATEMENTS]

Prints a table of seconds: push (sort, write, compare), then whole processes of `kg`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "benchmarks")]

import graph
from stub import oxigraph_serving, virtuoso_serving

import kg

GRAPH = "https://example.org/graph/generated"
COMMANDS = {
    "one county's figures": [
        "query",
        "SELECT ?m ?v { ?f schema:observationAbout id:county-7 ; schema:variableMeasured ?m ; schema:value ?v }",
    ],
    "the same, cited": [
        "query",
        "SELECT ?m ?v { ?f schema:observationAbout id:county-7 ; schema:variableMeasured ?m ; schema:value ?v }",
        "--cite",
    ],
    "`COUNT(*)` over all": ["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"],
    "sum by measure": [
        "query",
        "SELECT ?m (SUM(?v) AS ?sum) { ?f schema:variableMeasured ?m ; schema:value ?v } GROUP BY ?m",
    ],
    "`kg describe` a figure": ["describe", "id:obs-77"],
    "`kg stats`": ["stats"],
}


def kg_takes(arguments: list[str]) -> float:
    """Return the seconds of a whole process, the better of two."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def push(dataset: kg.Dataset, endpoint: str, graph: str) -> dict[str, float]:
    """Push, and return the seconds of each step."""
    times: dict[str, float] = {}
    last = [time.perf_counter(), "sort"]

    def tell(doing: str, more: int) -> None:
        if doing != last[1]:
            times[str(last[1])] = time.perf_counter() - float(last[0])
            last[:] = [time.perf_counter(), doing]

    dataset.push(endpoint, graph=graph, progress=tell)
    times["compare"] = time.perf_counter() - float(last[0])
    return times


def main(statements: int) -> None:
    with tempfile.TemporaryDirectory() as folder_:
        folder = Path(folder_)
        os.environ |= {
            "PYTHONPATH": str(ROOT / "src"),
            "KG_CONFIG": str(folder / "kg.toml"),
            "KG_CACHE": str(folder / "cache"),
        }
        for name in ("UPDATE", "STORE"):
            os.environ |= {f"KG_ENDPOINT_V_{name}_USER": "editor", f"KG_ENDPOINT_V_{name}_PASSWORD": "secret"}
        file = graph.write(folder / "graph.ttl", statements)
        with (
            oxigraph_serving(folder / "oxigraph") as oxigraph,
            virtuoso_serving(folder / "virtuoso", buffers=170_000) as virtuoso,
        ):
            base = oxigraph.removesuffix("/query")
            settings = {
                "o-update": f'url = "{oxigraph}"\nupdate = "{base}/update"',
                "o-store": f'url = "{oxigraph}"\ngraph-store = "{base}/store"',
                "v-update": f'url = "{virtuoso}/sparql-auth"',
                "v-store": f'url = "{virtuoso}/sparql"\ngraph-store = "{virtuoso}/sparql-graph-crud-auth"',
                "o": f'url = "{oxigraph}"\ngraph = "{GRAPH}/update"',
                "v": f'url = "{virtuoso}/sparql"\ngraph = "{GRAPH}/update"',
            }
            text = "".join(
                f"[endpoints.{name}]\ntimeout = 600\n{value}\n" for name, value in settings.items()
            )
            (folder / "kg.toml").write_text(text)
            dataset = kg.open(file)
            print(f"{len(dataset):,} statements\n\n| | Oxigraph | Virtuoso |\n| --- | ---: | ---: |")
            for way, title in (("update", "SPARQL Update"), ("store", "Graph Store Protocol")):
                both = [push(dataset, f"{server}-{way}", f"{GRAPH}/{way}") for server in "ov"]
                for step in ("writing", "compare") if way == "update" else ("writing",):
                    print(
                        f"| push by {title}, {step} | {both[0][step]:.1f} s | {both[1][step]:.1f} s |",
                        flush=True,
                    )
            print(f"| before either: sorting | {both[0]['sort']:.1f} s | {both[1]['sort']:.1f} s |")
            for title, arguments in COMMANDS.items():
                taken = [kg_takes([*arguments, "--endpoint", server]) for server in "ov"]
                print(f"| {title} | {taken[0]:.2f} s | {taken[1]:.2f} s |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600_000)
