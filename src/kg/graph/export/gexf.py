"""GEXF 1.2 (https://gexf.net/) with the viz extension: Gephi opens it coloured, sized and laid out."""

from __future__ import annotations

import re
from typing import IO

from kg.graph.communities import communities
from kg.graph.flat import flatten
from kg.graph.layout import layout
from kg.graph.palette import palette, sizes
from kg.graph.selection import Selection


def write(selection: Selection, stream: IO[bytes], format: str = "gexf") -> None:
    """Write GEXF; ``networkx.read_gexf`` gives back the nodes, the edges and their attributes."""
    from networkx.readwrite.gexf import generate_gexf

    network = selection.network
    flat = flatten(network)
    signs, radius, groups = palette(network), sizes(network), communities(network)
    places = layout(network, communities=groups, radius=radius)
    for node, name in zip(network, flat, strict=True):
        red, green, blue = bytes.fromhex(signs[network.nodes[node]["type"]].colour[1:])
        x, y = places[node]
        flat.nodes[name]["community"] = groups[node]
        flat.nodes[name]["viz"] = {
            "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            "size": radius[node],
            # Gephi's y axis points up.
            "position": {"x": x, "y": -y or 0.0, "z": 0.0},
        }
    text = "\n".join(generate_gexf(flat, encoding="utf-8", prettyprint=True))
    # networkx stamps today's date; the same graph must give the same bytes.
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    stream.write(f"<?xml version='1.0' encoding='utf-8'?>\n{text}\n".encode())
