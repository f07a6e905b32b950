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
    nodes = [
        {"data": {"id": name, "value": name, "name": data["label"], **data}, "position": dict(zip("xy", place, strict=True))}
        for (name, data), place in zip(flat.nodes(data=True), (places[n] for n in selection.network), strict=True)
    ]
    edges = [
        {"data": {"id": f"e{i}", "source": source, "target": target, "key": key, **data}}
        for i, (source, target, key, data) in enumerate(flat.edges(keys=True, data=True))
    ]
    document = {"data": [], "directed": True, "multigraph": True, "elements": {"nodes": nodes, "edges": edges}}
    stream.write(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n")
