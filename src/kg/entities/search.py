"""Find entities by part of a name, and statements by part of their quote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import combining, normalize

from pyoxigraph import Literal, NamedNode

from kg.entities.index import spoken
from kg.entities.names import bearers, label, names
from kg.errors import UsageError
from kg.evidence import DERIVED
from kg.namespaces import KG, OA, RDF, SCHEMA
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.query.terms import Labels
from kg.store.protocol import Store, Term
from kg.text import squash
from kg.traditional import simplified

#: A text that is longer than this is no name and no quote.
LONGEST = 500


#: What says what a statement states: a triple, or a figure.
_STATED = (
    (RDF + "subject", RDF + "predicate", RDF + "object"),
    (SCHEMA + "observationAbout", SCHEMA + "variableMeasured", KG + "verbatim"),
)


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
    wanted = folded(text)
    if not wanted:
        raise UsageError("there is nothing to search for", hint="give part of a name or of a quote")
    if len(wanted) > LONGEST:
        raise UsageError(
            f"a text of {len(wanted):,} characters is no name", hint=f"give at most {LONGEST} characters"
        )
    best: dict[str, Match] = {}
    for match in (*_bearing(store, text), *_in_names(store, wanted), *_in_quotes(store, wanted)):
        if match.iri not in best or match.rank < best[match.iri].rank:
            best[match.iri] = match
    return sorted(best.values(), key=lambda match: (match.rank, len(match.text), match.text, match.iri))[
        :limit
    ]


def listing(store: Store, matches: list[Match], *, lang: str = "zh") -> Listing:
    """Return matches as rows: the entity or the statement, its IRI, where the text was found, and in what."""
    rows = [
        (
            Literal(_words(store, match.iri, lang)) if match.where == "quote" else NamedNode(match.iri),
            Literal(match.iri),
            Literal(match.where),
            Literal(match.text),
        )
        for match in matches
    ]
    return Listing(("entity", "iri", "found_in", "text"), rows, store, known_prefixes(store))


def _words(store: Store, iri: str, lang: str) -> str:
    """Return what a statement or an observation states, in words."""
    said: dict[str, Term] = {}
    for quad in store.quads(NamedNode(iri)):
        said.setdefault(quad.predicate.value, quad.object)
    labels = Labels(store, known_prefixes(store), lang)
    for parts in _STATED:
        if all(name in said for name in parts):
            return " ".join(labels.text(said[name]) for name in parts)
    return labels.text(NamedNode(iri))


def _bearing(store: Store, text: str) -> Iterator[Match]:
    """Yield what ``kg describe`` would take the text for, which knows codes and addresses too."""
    for iri in bearers(store, text, prefixes=known_prefixes(store)):
        yield Match(iri, "name", label(store, iri), 0)


def _in_names(store: Store, wanted: str) -> Iterator[Match]:
    for name, iri in names(store):
        squashed = folded(name)
        if wanted in squashed:
            rank = 0 if squashed == wanted else 1 if squashed.startswith(wanted) else 2
            yield Match(iri, "name", name, rank)
        elif wanted.isascii() and not name.isascii() and wanted in spoken(name):
            yield Match(iri, "name", name, 3)


def _in_quotes(store: Store, wanted: str) -> Iterator[Match]:
    for quad in store.quads(None, NamedNode(OA + "exact")):
        if not isinstance(quad.object, Literal) or wanted not in folded(quad.object.value):
            continue
        for selected in store.quads(None, NamedNode(OA + "hasSelector"), quad.subject):
            for said in store.quads(None, DERIVED, selected.subject):
                if isinstance(said.subject, NamedNode):
                    yield Match(said.subject.value, "quote", quad.object.value, 4)


def folded(text: str) -> str:
    """Return a text as it is compared: without spaces and tone marks, in simplified characters.

    >>> folded("曹 縣"), folded("１５１ 個")
    ('曹县', '151个')
    """
    squashed = squash(text).casefold()
    if squashed.isascii():
        return squashed
    return "".join(c for c in normalize("NFD", squashed.translate(simplified())) if not combining(c))
