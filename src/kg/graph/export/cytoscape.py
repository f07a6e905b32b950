"""Cytoscape JSON (https://js.cytoscape.org/#notation/elements-json)."""

from __future__ import annotations

import json
from typing import IO

from kg.graph.flat import flatten
from kg.graph.layout import layout
from kg.graph.palette import sizes
from kg.graph.selection import Selection


def write(selection: Selection, stream: IO[bytes], format: str = "cytoscape") -> None:
    """Write elements with positions; ``networkx.cytoscape_graph`` gives the network back."""
    flat = flatten(selection.network)
    places = layout(selection.network, radius=sizes(selection.network))
    nodes = []
    for name, node in zip(flat, selection.network, strict=True):
        x, y = places[node]
        data = flat.nodes[name]
        element = {"id": name, "value": name, "name": data["label"], **data}
        nodes.append({"data": element, "position": {"x": x, "y": y}})
    edges = [
        {"data": {"id": f"e{i}", "source": source, "target": target, "key": key, **data}}
        for i, (source, target, key, data) in enumerate(flat.edges(keys=True, data=True))
    ]
    elements = {"nodes": nodes, "edges": edges}
    document = {"data": [], "directed": True, "multigraph": True, "elements": elements}
    stream.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")
