"""Load and query times on a generated graph, beside pyoxigraph's own calls.

    python benchmarks/million.py [--statements 1000000] [--runs 3]

Each time is the least of the runs, which take turns.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import graph
import pyoxigraph

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
import kg

PREFIXES = """PREFIX id: <https://kg.example/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
"""
QUERIES = {
    "one county": "SELECT ?o ?n { ?o schema:observationAbout id:county-7 ; schema:value ?n }",
    "count all": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "sum by measure": """SELECT ?m (SUM(?v) AS ?n) { ?o schema:variableMeasured ?m ; schema:value ?v }
      GROUP BY ?m""",
    "top ten": "SELECT ?c ?v { ?o schema:observationAbout ?c ; schema:value ?v } ORDER BY DESC(?v) LIMIT 10",
    "all labels": "SELECT ?o ?label { ?o rdfs:label ?label }",
}


def least(runs: int, *calls: Callable[[], object]) -> list[float]:
    """Return the least time of each call in seconds."""
    best = [float("inf")] * len(calls)
    for _ in range(runs):
        for i, call in enumerate(calls):
            gc.collect()
            started = time.perf_counter()
            answer = call()
            best[i] = min(best[i], time.perf_counter() - started)
            del answer
    return best


def ask(store: pyoxigraph.Store, text: str) -> list[object]:
    """Answer a query as pyoxigraph's users do."""
    return list(store.query(text))


def line(name: str, times: list[float]) -> None:
    """Print pyoxigraph's time, ours, and their ratio."""
    theirs, ours = times
    print(f"{name:24}{theirs * 1000:12.1f}{ours * 1000:12.1f}{ours / theirs:8.2f}")


def main() -> None:
    """Print one line for loading and one a query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    os.environ["KG_CACHE"] = "off"  # reading is measured, not finding again
    with tempfile.TemporaryDirectory() as folder:
        file = graph.write(Path(folder) / "g.ttl", options.statements)

        def load() -> pyoxigraph.Store:
            store = pyoxigraph.Store()
            store.bulk_load(path=str(file))
            return store

        print(f"{options.statements:,} statements, {options.runs} runs, ms\n")
        print(f"{'':24}{'pyoxigraph':>12}{'kg':>12}{'ratio':>8}")
        line("load", least(options.runs, load, lambda: kg.open(file)))
        store, dataset = load(), kg.open(file)
        for name, query in QUERIES.items():
            text = PREFIXES + query
            runs = options.runs * 3
            line(
                name,
                least(
                    runs,
                    lambda text=text: list(store.query(text)),
                    lambda text=text: dataset.query(text).rows,
                ),
            )


if __name__ == "__main__":
    main()
