"""How two entities are connected: the ways between them, told hop by hop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.entities.cells import EVIDENCE, row
from kg.entities.describe import relations
from kg.errors import UsageError
from kg.evidence import Evidence, EvidenceIndex
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.store.protocol import Store, Term

#: A search that has gone over so many nodes is given up.
MOST_NODES = 200_000


@dataclass(frozen=True)
class Hop:
    """A triple on the way; ``backward`` where it is walked from its object to its subject.

    ``statements`` are the nodes that state it, each drawn from one or several pieces of ``evidence``.
    """

    triple: Triple
    backward: bool
    evidence: tuple[Evidence, ...]
    statements: tuple[NamedNode | BlankNode, ...] = ()


@dataclass(frozen=True)
class Connection:
    """A way from one entity to another."""

    hops: tuple[Hop, ...]

    @property
    def statements(self) -> int:
        """How many independent statements carry it; one with several quotes is one."""
        return len({statement for hop in self.hops for statement in hop.statements})

    @property
    def order(self) -> tuple[int, int, str]:
        """Short ways first, then those that more statements carry."""
        return (len(self.hops), -self.statements, " ".join(str(hop.triple) for hop in self.hops))


def connections(
    store: Store, start: str, end: str, *, most_hops: int = 4, every: bool = False, lang: str = "zh"
) -> list[Connection]:
    """Return the shortest ways between two entities; with ``every`` all ways of up to ``most_hops``.

    A way goes over entities, never over a text, and passes no entity twice.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:a> <urn:in> <urn:c> . <urn:b> <urn:in> <urn:c> .")
    >>> [connection] = connections(store, "urn:a", "urn:b")
    >>> [(str(hop.triple.subject), hop.backward) for hop in connection.hops]
    [('<urn:a>', False), ('<urn:b>', True)]

    Raises ``UsageError`` when both are one entity, or the search grows past bounds.
    """
    if start == end:
        raise UsageError("both names are of one entity", hint="name two entities")
    first, last = NamedNode(start), NamedNode(end)
    away = _distances(store, last, first, most_hops)
    if first not in away:
        return []
    longest = most_hops if every else away[first]
    index = EvidenceIndex(store, lang)
    found = [
        Connection(tuple(_hop(index, *step) for step in way))
        for way in _ways(store, first, last, longest, away)
    ]
    return sorted(found, key=lambda connection: connection.order)


def listing(store: Store, found: Sequence[Connection]) -> Listing:
    """Return ways as rows, one for each piece of evidence of each hop."""
    columns = ("way", "hop", "subject", "property", "object", "walked", *EVIDENCE)
    rows = [
        row(
            columns,
            words,
            {
                "way": Literal(way),
                "hop": Literal(number),
                "subject": hop.triple.subject,
                "property": hop.triple.predicate,
                "object": hop.triple.object,
                "walked": "backward" if hop.backward else "forward",
            },
        )
        for way, connection in enumerate(found, 1)
        for number, hop in enumerate(connection.hops, 1)
        for words in hop.evidence or (None,)
    ]
    return Listing(columns, rows, store, known_prefixes(store))


def _distances(store: Store, goal: Term, start: Term, most: int) -> dict[Term, int]:
    """Return how far from ``goal`` each node lies, up to where ``start`` could still be on the way."""
    away: dict[Term, int] = {goal: 0}
    level: list[Term] = [goal]
    for distance in range(1, most + 1):
        following: list[Term] = []
        for node in level:
            for _, other in _neighbours(store, node):
                if other not in away:
                    away[other] = distance
                    following.append(other)
        if len(away) > MOST_NODES:
            raise UsageError(
                f"more than {MOST_NODES:,} entities lie between the two", hint="give a smaller --max"
            )
        level = following
    return away


def _ways(
    store: Store, start: Term, goal: Term, longest: int, away: dict[Term, int]
) -> Iterator[tuple[tuple[Triple, bool], ...]]:
    """Yield the ways of at most ``longest`` hops, going only where the goal is still near enough."""
    todo: list[tuple[Term, tuple[tuple[Triple, bool], ...], frozenset[Term]]] = [
        (start, (), frozenset({start}))
    ]
    while todo:
        node, way, passed = todo.pop()
        if node == goal:
            yield way
            continue
        for step, other in _neighbours(store, node):
            left = longest - len(way) - 1
            if other not in passed and away.get(other, longest + 1) <= left:
                todo.append((other, (*way, step), passed | {other}))


def _neighbours(store: Store, node: Term) -> Iterator[tuple[tuple[Triple, bool], Term]]:
    for triple, inward in relations(store, node):
        other = triple.subject if inward else triple.object
        if not isinstance(other, Literal):
            yield (triple, inward), other


def _hop(index: EvidenceIndex, triple: Triple, backward: bool) -> Hop:
    statements = tuple(index.statements(triple))
    pieces = {piece for statement in statements for piece in index.of(statement)}
    return Hop(triple, backward, tuple(sorted(pieces, key=lambda piece: piece.order)), statements)
