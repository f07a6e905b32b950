"""Blank nodes are told apart by what is said of them, and by nothing else."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

from kg.entities.blank import BlankNames
from kg.errors import DataError

P, Q = NamedNode("urn:p"), NamedNode("urn:q")
#: A triple of small numbers: the first blank nodes, then an IRI, then a literal.
_PAIRS = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([P, Q]), st.integers(0, 6)), min_size=1, max_size=9
)


def graph(pairs: list[tuple[int, NamedNode, int]], order: list[int]) -> list[Quad]:
    nodes = [BlankNode() for _ in range(5)]
    subjects = [nodes[i] for i in order] + [NamedNode("urn:a")]
    return [Quad(subjects[s], p, [*subjects, Literal("x")][o]) for s, p, o in pairs]


def lines(quads: list[Quad]) -> list[str]:
    names = BlankNames(quads)
    return sorted({names.line(quad) for quad in quads})


def canonical(quads: list[Quad]) -> Dataset:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@settings(max_examples=300, deadline=None)
@given(_PAIRS, st.permutations(range(5)), st.randoms())
def test_labels_and_order_change_nothing(
    pairs: list[tuple[int, NamedNode, int]], order: list[int], draw: random.Random
) -> None:
    again = graph(pairs, order)
    draw.shuffle(again)
    assert lines(graph(pairs, [0, 1, 2, 3, 4])) == lines(again)


@settings(max_examples=300, deadline=None)
@given(_PAIRS, _PAIRS)
def test_two_graphs_are_alike_where_rdfc_says_so(
    one: list[tuple[int, NamedNode, int]], two: list[tuple[int, NamedNode, int]]
) -> None:
    first, second = graph(one, [0, 1, 2, 3, 4]), graph(two, [0, 1, 2, 3, 4])
    assert (lines(first) == lines(second)) == (canonical(first) == canonical(second))


def test_every_blank_node_has_a_name_of_its_own() -> None:
    quads = [Quad(NamedNode("urn:a"), P, BlankNode()) for _ in range(20)]
    assert len(set(lines(quads))) == 20


def test_a_long_list_of_equal_members_is_named() -> None:
    def chain() -> list[Quad]:
        nodes = [BlankNode() for _ in range(1000)]
        return [Quad(a, P, b) for a, b in pairwise(nodes)] + [Quad(n, Q, Literal(1)) for n in nodes]

    assert lines(chain()) == lines(chain())


def test_what_is_too_much_alike_is_refused() -> None:
    nodes = [BlankNode() for _ in range(12)]
    with pytest.raises(DataError, match="too much alike"):
        BlankNames(Quad(a, P, b) for a in nodes for b in nodes if a != b)


def test_what_hangs_on_an_iri_is_anchored() -> None:
    inner, outer, alone = BlankNode(), BlankNode(), BlankNode()
    quads = [Quad(NamedNode("urn:a"), P, outer), Quad(outer, P, inner), Quad(alone, P, Literal(1))]
    assert BlankNames(quads).anchored == {inner, outer}
