"""Positions are the same every time, apart from each other, and numbers."""

from __future__ import annotations

import math
import statistics
from collections import Counter

import networkx as nx
import pytest

from kg.graph import communities, layout
from kg.graph.communities import central

GRAPHS = {
    "one node": nx.empty_graph(1),
    "two nodes": nx.path_graph(2),
    "no edges": nx.empty_graph(30),
    "two parts": nx.disjoint_union(nx.complete_graph(5), nx.star_graph(6)),
    "a loop": nx.DiGraph([(1, 1), (1, 2)]),
    "parallel edges": nx.MultiDiGraph([(1, 2), (1, 2), (2, 1), (2, 3)]),
    "a clique": nx.complete_graph(40),
    "a long path": nx.path_graph(300),
    "hubs": nx.barabasi_albert_graph(400, 3, seed=1),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_every_node_has_a_finite_place_of_its_own(name: str) -> None:
    graph = GRAPHS[name]
    places = layout(graph)
    assert set(places) == set(graph)
    assert len(set(places.values())) == len(graph)
    assert all(
        math.isfinite(x) and abs(x) < 100_000 and x == round(x) for place in places.values() for x in place
    )


def test_nothing_to_lay_out() -> None:
    assert layout(nx.Graph()) == {}


def test_signs_do_not_overlap() -> None:
    places = list(layout(GRAPHS["hubs"], radius=dict.fromkeys(range(400), 10.0)).values())
    nearest = min(math.dist(a, b) for i, a in enumerate(places) for b in places[:i])
    assert nearest > 20


def test_the_order_in_which_a_graph_was_built_does_not_matter() -> None:
    edges = list(GRAPHS["hubs"].edges())
    backwards = nx.Graph(edges[::-1])
    assert layout(backwards) == layout(nx.Graph(edges))


def test_another_seed_gives_another_picture() -> None:
    assert layout(GRAPHS["hubs"], seed=2) != layout(GRAPHS["hubs"], seed=1)


def test_linked_nodes_stand_closer_than_others() -> None:
    graph = nx.connected_caveman_graph(6, 8)
    places = layout(graph, communities=communities(graph))

    def distance(pairs: list[tuple[int, int]]) -> float:
        return sum(math.dist(places[a], places[b]) for a, b in pairs) / len(pairs)

    assert distance(list(graph.edges())) < 0.5 * distance(list(nx.complement(graph).edges()))


def test_unlinked_parts_stand_below_the_largest() -> None:
    graph = nx.disjoint_union(nx.complete_graph(30), nx.path_graph(2))
    places = layout(graph)
    assert min(places[n][1] for n in (30, 31)) > max(places[n][1] for n in range(30))


def test_communities_are_found_and_numbered_by_size() -> None:
    graph = nx.disjoint_union(nx.path_graph(3), nx.complete_graph(6))
    assert communities(graph) == {**dict.fromkeys(range(3), 1), **dict.fromkeys(range(3, 9), 0)}


def test_communities_of_a_graph_without_edges() -> None:
    assert communities(nx.empty_graph(3)) == {0: 0, 1: 1, 2: 2}
    assert communities(nx.Graph()) == {}


def test_large_graphs_get_communities_too() -> None:
    graph = nx.connected_caveman_graph(700, 8)
    assert len(set(communities(graph).values())) > 100


def test_communities_of_a_large_graph_are_those_that_it_was_made_of() -> None:
    graph = nx.random_partition_graph([300] * 20, 0.04, 0.0002, seed=1)
    found = communities(graph)
    assert len(set(found.values())) == 20
    for part in graph.graph["partition"]:
        assert Counter(found[node] for node in part).most_common(1)[0][1] > 295


def test_a_large_graph_without_communities_ends() -> None:
    found = communities(nx.gnm_random_graph(6_000, 18_000, seed=1))
    assert len(found) == 6_000


def test_the_leaves_of_a_large_hub_stand_around_it_not_in_line() -> None:
    places = layout(nx.star_graph(5_200))
    east, north = zip(*places.values(), strict=True)
    assert abs(statistics.correlation(east, north)) < 0.1


def test_a_community_is_named_by_those_most_linked_within_it() -> None:
    graph = nx.disjoint_union(nx.star_graph(5), nx.star_graph(4))
    graph.add_edges_from((1, leaf) for leaf in range(7, 11))  # many links, but to elsewhere
    groups = dict.fromkeys(range(6), 0) | dict.fromkeys(range(6, 11), 1)
    assert central(graph, groups, count=2) == {0: [0, 1], 1: [6, 10]}
