"""Blank nodes by what is said of them: the labels that a parser gives them are new at each load."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from kg.errors import DataError
from kg.store.protocol import Term

#: So many statements are written down to tell blank nodes apart; some graphs would take longer than a life.
MOST_READ = 500_000

_Colours = dict[BlankNode, str]


class BlankNames:
    """Names of the blank nodes of a graph: equal in two loads exactly where what is said of them is equal.

    Blank nodes that hang together are named together: refined until nothing tells them further apart,
    and what is still alike is tried in every order, as all isomorphism tests do. (RDFC-1.0 names all blank
    nodes anew where one changes, and pyoxigraph's does not end on a list of a thousand equal members.)

    >>> from kg.store import MemoryStore
    >>> load = lambda: MemoryStore.parse("<urn:a> <urn:p> [ <urn:q> 1 ], [ <urn:q> 2 ] .")
    >>> lines = [sorted(map(BlankNames(store.quads()).line, store.quads())) for store in (load(), load())]
    >>> lines[0] == lines[1], len(set(lines[0]))
    (True, 4)

    Raises ``DataError`` where they are too many and too much alike.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.names: dict[BlankNode, str] = {}
        #: The blank nodes that hang on an IRI, over other blank nodes or at once.
        self.anchored: set[BlankNode] = set()
        self._left = MOST_READ
        parts = sorted((self._named(part) for part in _parts(quads)), key=lambda part: part[0])
        seen: Counter[str] = Counter()
        for digest, colours, part in parts:
            seen[digest] += 1  # parts that are equal are told apart by their number
            for node, colour in colours.items():
                self.names[node] = _digest(digest, str(seen[digest]), colour)[:16]
            if any(isinstance(quad.subject, NamedNode) for quad in part):
                self.anchored.update(colours)

    def text(self, term: Term) -> str:
        """Return a term as N-Triples writes it, a blank node by its name."""
        return _written(term, self._name)

    def line(self, statement: Quad | Triple) -> str:
        """Return a statement as N-Quads writes it, blank nodes by their names."""
        if not any(True for _ in _blanks(statement)):
            return str(statement)
        return " ".join(_written(term, self._name) for term in statement)

    def _name(self, node: BlankNode) -> str:
        return "_:" + self.names.get(node, node.value)

    def _named(self, part: list[Quad]) -> tuple[str, _Colours, list[Quad]]:
        """Return what a part of the graph comes to, and a colour for each of its blank nodes."""
        of = defaultdict(list)
        for quad in part:
            for node in set(_blanks(quad)):
                of[node].append(quad)
        # Nodes of which exactly the same is said, to the label, may be swapped: one stands for all.
        alike = defaultdict(list)
        for node, quads in of.items():
            alike[frozenset(_line(quad, node, str) for quad in quads)].append(node)
        first = {nodes[0]: nodes for nodes in alike.values()}
        kept = {node: [quad for quad in of[node] if first.keys() >= set(_blanks(quad))] for node in first}
        digest, colours = self._least(kept, {n: str(len(nodes)) for n, nodes in first.items()}, kept)
        return (
            digest,
            {n: _digest(colours[node], str(i)) for node, nodes in first.items() for i, n in enumerate(nodes)},
            part,
        )

    def _least(
        self, of: Mapping[BlankNode, list[Quad]], colours: _Colours, fresh: Iterable[BlankNode]
    ) -> tuple[str, _Colours]:
        """Return the least digest that any order of what is alike gives, and its colours."""
        colours, classes = self._refined(of, colours, fresh)
        twins = [(len(nodes), colour) for colour, nodes in classes.items() if len(nodes) > 1]
        if not twins:
            lines = {_line(quad, None, colours.__getitem__) for quads in of.values() for quad in quads}
            return _digest(*sorted(lines), *sorted(colours.values())), colours
        tried = []
        for node in classes[min(twins)[1]]:
            first = {**colours, node: _digest(colours[node], "first")}
            tried.append(self._least(of, first, _beside(of, [node])))
        return min(tried, key=lambda each: each[0])

    def _refined(
        self, of: Mapping[BlankNode, list[Quad]], colours: _Colours, fresh: Iterable[BlankNode]
    ) -> tuple[_Colours, dict[str, set[BlankNode]]]:
        """Split the nodes of each colour by what is said of them, until none splits any more.

        ``fresh`` are those beside a node that was coloured anew: of no other has anything changed.
        """
        colours = dict(colours)
        classes: dict[str, set[BlankNode]] = defaultdict(set)
        for node, colour in colours.items():
            classes[colour].add(node)
        while fresh := list(fresh):
            self._left -= sum(len(of[node]) for node in fresh)
            if self._left < 0:
                raise DataError(
                    "the blank nodes of this graph are too many and too much alike to be compared",
                    hint="give them IRIs",
                )
            said: dict[str, dict[str, list[BlankNode]]] = defaultdict(lambda: defaultdict(list))
            for node in fresh:
                lines = sorted(_line(quad, node, colours.__getitem__) for quad in of[node])
                said[colours[node]][_digest(colours[node], *lines)].append(node)
            split: list[BlankNode] = []
            for colour, groups in said.items():
                if sum(map(len, groups.values())) == len(classes[colour]):
                    # The largest group stays as it is, so that what is beside it need not be looked at again.
                    del groups[max(groups, key=lambda finer: (len(groups[finer]), finer))]
                for finer, nodes in groups.items():
                    classes[colour].difference_update(nodes)
                    classes[finer].update(nodes)
                    colours.update(dict.fromkeys(nodes, finer))
                    split += nodes
            fresh = _beside(of, split)
        return colours, classes


def _beside(of: Mapping[BlankNode, list[Quad]], nodes: Iterable[BlankNode]) -> list[BlankNode]:
    """Return the nodes of which something is said that names one of these."""
    found = {other: None for node in nodes for quad in of[node] for other in _blanks(quad) if other != node}
    return list(found)


def _parts(quads: Iterable[Quad]) -> Iterator[list[Quad]]:
    """Yield the quads that hold blank nodes, apart where no blank node ties them together."""
    above: dict[BlankNode, BlankNode] = {}

    def root(node: BlankNode) -> BlankNode:
        while (up := above.setdefault(node, node)) != node:
            above[node] = node = above.get(up, up)
        return node

    tied: dict[Quad, BlankNode] = {}
    for quad in quads:
        if nodes := list(_blanks(quad)):
            tied[quad] = nodes[0]
            for node in nodes[1:]:
                above[root(node)] = root(nodes[0])
    parts = defaultdict(list)
    for quad, node in tied.items():
        parts[root(node)].append(quad)
    yield from parts.values()


def _blanks(statement: Quad | Triple) -> Iterator[BlankNode]:
    for term in statement:
        if isinstance(term, BlankNode):
            yield term
        elif isinstance(term, Triple):
            yield from _blanks(term)


def _line(quad: Quad, own: BlankNode | None, name: Callable[[BlankNode], str]) -> str:
    """Write a quad with the blank nodes by ``name``, and ``own`` as itself."""
    return " ".join(_written(term, lambda node: "_:" if node == own else f"_:{name(node)}") for term in quad)


def _written(term: object, name: Callable[[BlankNode], str]) -> str:
    if isinstance(term, BlankNode):
        return name(term)
    if isinstance(term, Triple):
        return f"<<( {' '.join(_written(part, name) for part in term)} )>>"
    return str(term)


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
