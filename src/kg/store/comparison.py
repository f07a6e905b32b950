"""Whether a graph at an endpoint holds what was pushed: by count, and by the digest of what it sends back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import NamedTuple

from pyoxigraph import BlankNode, Quad, Triple

from kg.errors import EndpointError
from kg.store.endpoint import EndpointStore
from kg.store.statements import MOST_BLANK, Statements, canonical, labelled

#: Subjects that one request asks about, and statements that one may bring.
_SUBJECTS, _MOST = 100, 1_000_000


class Compared(NamedTuple):
    """What a graph holds of some statements."""

    #: Statements of the graph in all, and of the pushed ones.
    held: int
    found: int
    #: Of the pushed statements that are there; equal to the data's own when all are.
    sha256: str
    #: Statements that are not there, and others about the same subjects; an example of each.
    missing: int
    others: int
    example: str
    instead: str


def count(store: EndpointStore, graph: str) -> int:
    """Return how many statements a graph holds; ``""`` is the default graph."""
    (row,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {within(graph, '?s ?p ?o')} }}")
    return int(row["n"].value)


def count_blank(store: EndpointStore, graph: str) -> int:
    """Return how many of them have a blank node."""
    (row,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {within(graph, _BLANK)} }}")
    return int(row["n"].value)


_BLANK = "?s ?p ?o FILTER(isBlank(?s) || isBlank(?o))"


def compare(
    store: EndpointStore, statements: Statements, graph: str, seen: Callable[[int], object] | None = None
) -> Compared:
    """Ask for every subject of some statements, and hold what comes back against them.

    ``seen`` is told how many statements more were compared. Values are compared in one way of writing
    (``canonical``).
    """
    digest = sha256()
    found = missing = others = 0
    example = instead = ""
    for some in statements.by_subject(_SUBJECTS):
        lines = {canonical(line) for own in some.values() for line in own}
        there = present(store, some, graph)
        common = lines & there
        found += len(common)
        missing += len(lines - there)
        others += len(there - lines)
        if not example and common != lines:
            example = min(lines - there)
            same = example[: example.index(" ", example.index(" ") + 1) + 1]
            instead = min((line for line in there - lines if line.startswith(same)), default="")
        for line in sorted(common):
            digest.update(f"{line}\n".encode())
        if seen:
            seen(sum(map(len, some.values())))
    return Compared(count(store, graph), found, digest.hexdigest(), missing, others, example, instead)


def present(store: EndpointStore, subjects: Iterable[str], graph: str) -> set[str]:
    """Return what a graph says of some subjects, as lines in one way of writing."""
    values = f"VALUES ?s {{ {' '.join(subjects)} }} ?s ?p ?o"
    triples = store.fetch(f"SELECT ?s ?p ?o {{ {within(graph, values)} }}", _MOST)
    if triples is None:
        raise EndpointError(
            f"a graph at {store.address.url} holds more than {_MOST:,} statements about a few subjects",
            hint="they are not compared",
        )
    return {canonical(f"{t.subject} {t.predicate} {t.object} .") for t in triples if not _is_blank(t)}


def same_blank(store: EndpointStore, statements: Statements, graph: str) -> bool:
    """Say whether the statements with blank nodes are those of the graph, whatever the nodes are called."""
    triples = store.fetch(f"SELECT ?s ?p ?o {{ {within(graph, _BLANK)} }}", MOST_BLANK)
    if triples is None:
        return False
    there = (canonical(f"{t.subject} {t.predicate} {t.object} .") for t in triples)
    return labelled(there) == labelled(map(canonical, statements.blank))


def within(graph: str, pattern: str) -> str:
    """Return a pattern as it is written for a graph; ``""`` is the default graph.

    >>> within("urn:news", "?s ?p ?o"), within("", "?s ?p ?o")
    ('GRAPH <urn:news> { ?s ?p ?o }', '?s ?p ?o')
    """
    return f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern


def _is_blank(triple: Triple | Quad) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)
