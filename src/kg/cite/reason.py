"""Why a row of a recorded answer went or came: the statements that the graph lost or gained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.entities.blank import BlankNames
from kg.namespaces import RDF
from kg.sparql import parse
from kg.sparql.tokens import tokenize
from kg.store.local import LocalStore
from kg.store.protocol import Store

#: Words by which a query looks into single graphs: a statement that moves to another is gone from its own.
_PLACED = frozenset({"GRAPH", "FROM"})


MISSING, NEW = "because of the missing", "because of the new"
#: What the lineage does not hold: a query may exclude, count or sort by it.
ALSO_MISSING, ALSO_NEW = "the query also looks for the missing", "the query also looks for the new"
RESTS_ON, RESTS_ON_ABSENCE = "rests on", "rests on an absence, and on"
ELSE = "not because of the statements that it rests on: they are as they were"


class Reason(NamedTuple):
    """Why a row went or came: ``words``, and the statements that they are of, as a record writes them."""

    words: str = ELSE
    statements: tuple[str, ...] = ()


class Changes:
    """The statements that one graph has and another has not, as a query sees them.

    >>> from kg.store import MemoryStore
    >>> old, new = (MemoryStore.parse(f"<urn:a> <urn:p> {n} .") for n in (1, 2))
    >>> changes = Changes(old, new, BlankNames(()), BlankNames(()), "ASK { ?x <urn:p> ?y }", {})
    >>> changes.lost([]).words, [line.split(" ")[2][:3] for line in changes.lost([]).statements]
    ('the query also looks for the new', ['"2"'])
    """

    def __init__(
        self,
        old: Store,
        new: Store,
        old_names: BlankNames,
        new_names: BlankNames,
        query: str,
        prefixes: Mapping[str, str],
    ) -> None:
        """Compare two graphs: as one set of triples, or graph by graph where the query names graphs."""
        placed = bool(_PLACED & parse(query).words)
        was, now = dict(_lines(old, old_names, placed)), dict(_lines(new, new_names, placed))
        self._gone = {was[key] for key in was.keys() - now.keys()}
        self._come = {now[key] for key in now.keys() - was.keys()}
        self._looked_for = _named(query, prefixes)

    def lost(self, rested_on: Iterable[str]) -> Reason:
        """Say why a row went, by the statements of its lineage."""
        return _reason(rested_on, (MISSING, self._gone), (ALSO_NEW, self._sought(self._come)))

    def gained(self, rests_on: Iterable[str]) -> Reason:
        """Say why a row came."""
        return _reason(rests_on, (NEW, self._come), (ALSO_MISSING, self._sought(self._gone)))

    def _sought(self, changed: Iterable[_Line]) -> set[_Line]:
        return {line for line in changed if line.predicate in self._looked_for}


class _Line(NamedTuple):
    triple: str
    predicate: str


def _reason(lineage: Iterable[str], own: tuple[str, set[_Line]], other: tuple[str, set[_Line]]) -> Reason:
    changed = {line.triple for line in own[1]}
    if found := sorted(changed.intersection(lineage)):
        return Reason(own[0], tuple(found))
    if also := sorted(line.triple for line in other[1]):
        return Reason(other[0], tuple(also))
    return Reason()


def _lines(store: Store, names: BlankNames, placed: bool) -> Iterator[tuple[str, _Line]]:
    """Yield each statement of a graph, by what it is compared by."""
    quads = store.parted() if placed and isinstance(store, LocalStore) else store.quads()
    for quad in quads:
        line = names.line(quad.triple)
        yield names.line(quad) if placed else line, _Line(line, quad.predicate.value)


def _named(query: str, prefixes: Mapping[str, str]) -> set[str]:
    """Return the IRIs that a query names."""
    tokens = tokenize(query)
    known = dict(prefixes)
    for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if word.text.upper() == "PREFIX":
            known[name.text.removesuffix(":")] = iri.text[1:-1]
    found = {RDF + "type"} if any(token.text == "a" for token in tokens) else set()
    for token in tokens:
        prefix, _, local = token.text.partition(":")
        if token.kind == "name" and prefix in known:
            found.add(known[prefix] + local.replace("\\", ""))
        elif token.kind == "iri":
            found.add(token.text[1:-1])
    return found
