"""Node-link JSON: the network as it is, lists and all."""

from __future__ import annotations

import json
from typing import IO

from kg.graph.selection import Selection


def write(selection: Selection, stream: IO[bytes], format: str = "json") -> None:
    """Write JSON that ``networkx.node_link_graph(data, edges="edges")`` gives back equal."""
    from networkx.readwrite.json_graph import node_link_data

    data = node_link_data(selection.network, edges="edges")
    data["edges"].sort(key=lambda edge: (edge["source"], edge["target"], edge["key"]))
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    stream.write(f"{text}\n".encode())
