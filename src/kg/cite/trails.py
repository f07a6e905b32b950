"""The triples along a property path, from one node to another.

A path is an automaton over edges; a breadth-first search over (node, state) finds the shortest ways
from one end to the other. All shortest ways count, so that the answer does not depend on chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

import pyoxigraph as ox

from kg.errors import QueryError
from kg.sparql import Path
from kg.store.protocol import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal
#: A path search that has seen so many nodes is given up.
MOST_NODES = 200_000


@dataclass(frozen=True)
class _Edge:
    """A step: along one of ``properties``, or along any but those; against the arrow if ``inverse``."""

    properties: frozenset[ox.NamedNode]
    inverse: bool
    other: bool
    to: int


@dataclass
class _Automaton:
    edges: list[list[_Edge]] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)

    def state(self) -> int:
        self.edges.append([])
        self.free.append([])
        return len(self.edges) - 1

    def add(self, path: Path, inverse: bool, start: int, end: int, iris: Mapping[str, ox.NamedNode]) -> None:
        """Add the ways of a path between two states."""
        match path.kind:
            case "iri":
                self.edges[start].append(_Edge(frozenset({iris[path.iri]}), inverse, False, end))
            case "^":
                self.add(path.parts[0], not inverse, start, end, iris)
            case "/":
                parts = path.parts[::-1] if inverse else path.parts
                states = [start, *(self.state() for _ in parts[1:]), end]
                for part, one, two in zip(parts, states, states[1:], strict=False):
                    self.add(part, inverse, one, two, iris)
            case "|":
                for part in path.parts:
                    self.add(part, inverse, start, end, iris)
            case "!":
                self._add_negated(path, inverse, start, end, iris)
            case "?":
                self.free[start].append(end)
                self.add(path.parts[0], inverse, start, end, iris)
            case _:
                middle = self.state()
                if path.kind == "*":
                    self.free[start].append(middle)
                else:
                    self.add(path.parts[0], inverse, start, middle, iris)
                self.add(path.parts[0], inverse, middle, middle, iris)
                self.free[middle].append(end)

    def _add_negated(
        self, path: Path, inverse: bool, start: int, end: int, iris: Mapping[str, ox.NamedNode]
    ) -> None:
        forward = frozenset(iris[part.iri] for part in path.parts if part.kind == "iri")
        backward = frozenset(iris[part.parts[0].iri] for part in path.parts if part.kind == "^")
        # !(^a) steps backward only, !(a) forward only, !(a|^b) both (SPARQL 1.1, section 18.2.2.3).
        if forward or not path.parts:
            self.edges[start].append(_Edge(forward, inverse, True, end))
        if backward:
            self.edges[start].append(_Edge(backward, not inverse, True, end))


def trails(
    store: Store,
    path: Path,
    pairs: Iterable[tuple[Term, Term]],
    iris: Mapping[str, ox.NamedNode],
    graphs: Iterable[Term | None] = (None,),
) -> dict[tuple[Term, Term], frozenset[ox.Triple]]:
    """Return the triples of the shortest ways between the two nodes of each pair, in named graphs or any.

    Each alternative at the top of the path that connects a pair gives its own shortest ways.
    A pair that the path does not connect is left out; a node and itself, where the path may have
    length zero, has the empty set.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> <urn:c> .")
    >>> a, c, p = (ox.NamedNode(f"urn:{name}") for name in "acp")
    >>> plus = Path("+", (Path("iri", iri="kg:p"),))
    >>> [len(found) for found in trails(store, plus, [(a, c), (c, a)], {"kg:p": p}).values()]
    [2]

    Raises ``QueryError`` when the search grows past bounds.
    """
    pairs, graphs = list(pairs), list(graphs)
    if len(branches := _branches(path)) > 1:
        either: dict[tuple[Term, Term], frozenset[ox.Triple]] = {}
        for branch in branches:
            for pair, triples in trails(store, branch, pairs, iris, graphs).items():
                either[pair] = either.get(pair, frozenset()) | triples
        return either
    # Search from the side with fewer nodes: one search answers all pairs that share its start.
    backward = len({end for _, end in pairs}) < len({start for start, _ in pairs})
    automaton = _Automaton()
    first, last = automaton.state(), automaton.state()
    automaton.add(path, backward, first, last, iris)
    wanted: dict[Term, set[Term]] = defaultdict(set)
    for start, end in pairs:
        wanted[end if backward else start].add(start if backward else end)
    found = {}
    for start, ends in wanted.items():
        for end, triples in _search(store, automaton, start, (first, last), ends, graphs):
            found[(end, start) if backward else (start, end)] = triples
    return found


def _branches(path: Path) -> list[Path]:
    """Return the alternatives at the top of a path; those of one step, which are as long, stay together."""
    if path.kind != "|":
        return [path]
    steps = [part for part in path.parts if part.kind in ("iri", "!")]
    others = [branch for part in path.parts if part not in steps for branch in _branches(part)]
    return [*others, Path("|", tuple(steps))] if steps else others


_Place = tuple[Term, int]


def _search(
    store: Store,
    automaton: _Automaton,
    start: Term,
    states: tuple[int, int],
    ends: set[Term],
    graphs: list[Term | None],
) -> Iterator[tuple[Term, frozenset[ox.Triple]]]:
    first, last = states
    depth: dict[_Place, int] = {}
    came: dict[_Place, list[tuple[_Place, ox.Triple | None]]] = defaultdict(list)
    open_ends = set(ends)
    level: list[_Place] = []

    def reach(place: _Place, now: int, into: list[_Place]) -> None:
        """Enter a place, and all that lie a free step behind it."""
        if place in depth:
            return
        depth[place] = now
        into.append(place)
        for state in automaton.free[place[1]]:
            follower = (place[0], state)
            if depth.get(follower, now) == now:
                came[follower].append((place, None))
            reach(follower, now, into)

    reach((start, first), 0, level)
    now = 0
    while level:
        # Ends are told only when a level is complete: only then are all shortest ways known.
        for node, state in level:
            if state == last and node in open_ends:
                open_ends.discard(node)
                yield node, _collect((node, last), came)
        if not open_ends:
            return
        now += 1
        following: list[_Place] = []
        for place in level:
            for edge in automaton.edges[place[1]]:
                for node, triple in _steps(store, place[0], edge, graphs):
                    target = (node, edge.to)
                    if depth.get(target, now) == now:
                        came[target].append((place, triple))
                    reach(target, now, following)
        if len(depth) > MOST_NODES:
            raise QueryError(
                f"a property path of this query reaches more than {MOST_NODES:,} nodes and cannot be cited",
                hint="narrow it, or name one of its ends",
            )
        level = following


def _steps(
    store: Store, node: Term, edge: _Edge, graphs: list[Term | None]
) -> Iterator[tuple[Term, ox.Triple]]:
    if isinstance(node, ox.Literal) and not edge.inverse:
        return
    subject, target = (None, node) if edge.inverse else (node, None)
    for name, graph in product([None] if edge.other else edge.properties, graphs):
        for quad in store.quads(subject, name, target, graph):  # type: ignore[arg-type]
            if edge.other and quad.predicate in edge.properties:
                continue
            yield (quad.subject if edge.inverse else quad.object), quad.triple  # type: ignore[misc]


def _collect(
    place: _Place, came: Mapping[_Place, list[tuple[_Place, ox.Triple | None]]]
) -> frozenset[ox.Triple]:
    triples: set[ox.Triple] = set()
    seen, todo = {place}, [place]
    while todo:
        for before, triple in came.get(todo.pop(), ()):
            if triple is not None:
                triples.add(triple)
            if before not in seen:
                seen.add(before)
                todo.append(before)
    return frozenset(triples)
