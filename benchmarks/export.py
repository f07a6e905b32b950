"""Triples to NetworkX, beside rdflib's own conversion of the same triples; and the time of each export format.

    python benchmarks/export.py [NODES ...]

The graphs are generated (`tests/sample.py`): entities, facts with evidence, figures. Least of 3 runs.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / folder) for folder in ("src", "tests")]

import rdflib
import sample
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph

from kg.graph import export, to_networkx
from kg.graph.selection import Selection
from kg.store import MemoryStore


def least(what: Callable[[], object], runs: int = 3) -> float:
    """Return the least time of some runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print two tables."""
    sizes = [int(word) for word in sys.argv[1:]] or [400, 1_500, 5_000]
    print("| nodes | triples | kg, s | kg, triples/s | rdflib, s | rdflib, triples/s | ratio | with loading |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in sizes:
        turtle = sample.large(size)
        store = MemoryStore.parse(turtle)
        # kg first: the objects of an rdflib graph would slow every collection of garbage while kg is measured.
        kg = least(lambda store=store: to_networkx(store))
        graph = rdflib.Graph().parse(data=turtle, format="turtle")
        triples = len(graph)
        other = least(lambda graph=graph: rdflib_to_networkx_multidigraph(graph))
        kg_load = kg + least(lambda turtle=turtle: MemoryStore.parse(turtle), 1)
        del graph
        other_load = other + least(lambda turtle=turtle: rdflib.Graph().parse(data=turtle, format="turtle"), 1)
        print(
            f"| {size:,} | {triples:,} | {kg:.2f} | {triples / kg:,.0f} | {other:.2f} | {triples / other:,.0f} "
            f"| {other / kg:.1f} | {other_load / kg_load:.1f} |"
        )
    print()
    selection = Selection.whole(MemoryStore.parse(sample.large(sizes[0])))
    print("| format | s | kB |")
    print("| --- | ---: | ---: |")
    for format in export.FORMATS:
        stream = io.BytesIO()
        start = time.perf_counter()
        export.write(selection, stream, format)
        print(f"| {format} | {time.perf_counter() - start:.2f} | {len(stream.getvalue()) / 1000:,.0f} |")


if __name__ == "__main__":
    main()
