"""GraphML (http://graphml.graphdrawing.org/): nodes, edges, and typed attributes."""

from __future__ import annotations

from typing import IO

from kg.graph.flat import flatten
from kg.graph.selection import Selection


def write(selection: Selection, stream: IO[bytes], format: str = "graphml") -> None:
    """Write GraphML that ``networkx.read_graphml`` gives back equal to ``flatten(network)``."""
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, infer_numeric_types=True)
    writer.add_graph_element(flatten(selection.network))
    writer.dump(stream)
