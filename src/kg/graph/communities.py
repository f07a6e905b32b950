"""Which nodes belong together."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import networkx as nx

N = TypeVar("N", bound=Hashable)

#: Above this many nodes Louvain takes longer than people wait (20,000 nodes: 40 s against 1.4 s).
LOUVAIN = 5_000


def communities(graph: nx.Graph[N], *, seed: int = 1) -> dict[N, int]:
    """Return the community of each node: 0 is the largest; the same graph gives the same answer.

    Louvain's method (Blondel et al. 2008, doi:10.1088/1742-5468/2008/10/P10008) on the undirected graph in
    which several statements between two nodes count as one stronger link; above 5,000 nodes label
    propagation (Traag and Šubelj 2023, doi:10.1038/s41598-022-27015-5).

    >>> import networkx as nx
    >>> two = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3))
    >>> communities(two)
    {0: 0, 1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1}
    """
    import networkx as nx

    # Sorted: Louvain's answer depends on the order of nodes and edges.
    ordered = sorted(graph, key=str)
    simple: nx.Graph[N] = nx.Graph()
    simple.add_nodes_from(ordered)
    for source, target in sorted(graph.edges(), key=lambda edge: (str(edge[0]), str(edge[1]))):
        if source != target:
            weight = simple.get_edge_data(source, target, {"weight": 0})["weight"]
            simple.add_edge(source, target, weight=weight + 1)
    if not simple.number_of_edges():
        found = [{node} for node in simple]
    elif len(simple) <= LOUVAIN:
        found = nx.community.louvain_communities(simple, seed=seed)
    else:
        found = list(nx.community.fast_label_propagation_communities(simple, weight="weight", seed=seed))
    ranked = sorted(found, key=lambda group: (-len(group), min(map(str, group))))
    number = {node: i for i, group in enumerate(ranked) for node in group}
    return {node: number[node] for node in ordered}
