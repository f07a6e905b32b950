"""A colour and a shape for each class: told apart by readers who see no red, no green or no blue.

Colours are those of Okabe and Ito (https://jfly.uni-koeln.de/color/). A family of classes (all places, all
organizations) shares a colour and differs in shape, so that colour is never the only cue.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

#: Blue, vermilion, green, orange, purple, sky blue, yellow; grey for what is left over.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7", "#56b4e9", "#b8a800", "#7f7f7f")
SHAPES = ("dot", "square", "triangle", "diamond", "hexagon", "star", "triangleDown")


@dataclass(frozen=True, slots=True)
class Sign:
    """How nodes of one class look."""

    colour: str
    shape: str


def palette(graph: nx.Graph[Any]) -> dict[str, Sign]:
    """Return the sign of each class in the graph, the commonest classes told apart best.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_node(1, type="kg:County", types_above=["schema:Place"])
    >>> graph.add_node(2, type="kg:Town", types_above=["schema:Place"])
    >>> palette(graph)
    {'kg:County': Sign(colour='#0072b2', shape='dot'), 'kg:Town': Sign(colour='#0072b2', shape='square')}
    """
    count = Counter(data["type"] for _, data in graph.nodes(data=True))
    family = {d["type"]: _family(d["type"], d.get("types_above", [])) for _, d in graph.nodes(data=True)}
    weight: Counter[str] = Counter()
    for type, number in count.items():
        weight[family[type]] += number
    ranked = sorted(weight, key=lambda name: (-weight[name], name))
    colour = {name: COLOURS[min(i, len(COLOURS) - 1)] for i, name in enumerate(ranked)}
    used: Counter[str] = Counter()
    within: dict[str, Counter[str]] = defaultdict(Counter)
    signs = {}
    for type in sorted(count, key=lambda name: (-count[name], name)):
        own = within[colour[family[type]]]
        shape = min(SHAPES, key=lambda s: (own[s], used[s], SHAPES.index(s)))
        own[shape] += 1
        used[shape] += 1
        signs[type] = Sign(colour[family[type]], shape)
    return signs


#: Classes so broad that what lies below them has nothing in common.
_TOO_BROAD = frozenset({"schema:Thing", "rdfs:Resource", "owl:Thing"})


def _family(type: str, above: list[str]) -> str:
    """Return the broadest class above a class that still says something."""
    return next((name for name in reversed(above) if name not in _TOO_BROAD), type)


def sizes(graph: nx.Graph[Any]) -> dict[Any, float]:
    """Return a radius for each node: its area grows with its degree, within readable bounds.

    >>> import networkx as nx
    >>> sizes(nx.star_graph(4))
    {0: 14.0, 1: 9.5, 2: 9.5, 3: 9.5, 4: 9.5}
    """
    return {node: round(min(36.0, 5.0 + 4.5 * float(degree) ** 0.5), 1) for node, degree in graph.degree()}
