"""Find entities by part of a name, and statements by part of their quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.entities.index import spoken
from kg.entities.names import names
from kg.errors import UsageError
from kg.evidence import DERIVED
from kg.namespaces import OA
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.store.protocol import Store
from kg.text import squash

#: A text that is longer than this is no name and no quote.
LONGEST = 500


@dataclass(frozen=True)
class Match:
    """A thing that a text was found in: ``where`` is ``name`` or ``quote``, ``text`` what holds it."""

    iri: str
    where: str
    text: str
    rank: int


def search(store: Store, text: str, *, limit: int | None = 20) -> list[Match]:
    """Return what bears a name like the text, or quotes it, best first: whole, beginning, part, pinyin.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...     <urn:cao> rdfs:label "曹县"@zh . <urn:forum> rdfs:label "曹县论坛"@zh .''')
    >>> [match.iri for match in search(store, "曹县")], [match.iri for match in search(store, "luntan")]
    (['urn:cao', 'urn:forum'], ['urn:forum'])

    Raises ``UsageError`` for an empty text, or one that is too long to be found.
    """
    wanted = squash(text).casefold()
    if not wanted:
        raise UsageError("there is nothing to search for", hint="give part of a name or of a quote")
    if len(wanted) > LONGEST:
        raise UsageError(
            f"a text of {len(wanted):,} characters is no name", hint=f"give at most {LONGEST} characters"
        )
    best: dict[str, Match] = {}
    for match in (*_in_names(store, wanted), *_in_quotes(store, wanted)):
        if match.iri not in best or match.rank < best[match.iri].rank:
            best[match.iri] = match
    return sorted(best.values(), key=lambda match: (match.rank, len(match.text), match.text, match.iri))[
        :limit
    ]


def listing(store: Store, matches: list[Match]) -> Listing:
    """Return matches as rows: the entity, its IRI, where the text was found, and what holds it."""
    rows = [
        (NamedNode(match.iri), Literal(match.iri), Literal(match.where), Literal(match.text))
        for match in matches
    ]
    return Listing(("entity", "iri", "found_in", "text"), rows, store, known_prefixes(store))


def _in_names(store: Store, wanted: str) -> Iterator[Match]:
    for name, iri in names(store):
        squashed = squash(name).casefold()
        if wanted in squashed:
            rank = 0 if squashed == wanted else 1 if squashed.startswith(wanted) else 2
            yield Match(iri, "name", name, rank)
        elif wanted.isascii() and not name.isascii() and wanted in spoken(name):
            yield Match(iri, "name", name, 3)


def _in_quotes(store: Store, wanted: str) -> Iterator[Match]:
    for quad in store.quads(None, NamedNode(OA + "exact")):
        if not isinstance(quad.object, Literal) or wanted not in squash(quad.object.value).casefold():
            continue
        for selected in store.quads(None, NamedNode(OA + "hasSelector"), quad.subject):
            for said in store.quads(None, DERIVED, selected.subject):
                if isinstance(said.subject, NamedNode):
                    yield Match(said.subject.value, "quote", quad.object.value, 4)
