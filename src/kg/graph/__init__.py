"""The graph as a NetworkX graph: select, lay out, find communities, export."""

from kg.graph.communities import communities
from kg.graph.layout import layout
from kg.graph.network import to_networkx

__all__ = ["communities", "layout", "to_networkx"]
