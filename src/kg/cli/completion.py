"""What the shell offers while a command is typed; nothing here may fail, or say anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps

import click
from click.shell_completion import CompletionItem
from pyoxigraph import NamedNode, Triple

from kg.errors import KgError, UsageError
from kg.namespaces import RDF
from kg.store import Store, Term

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
#: A shell shows no more than it can.
MOST = 200


def _quiet(complete: Callable[[click.Context, str], Iterable[tuple[str, str]]]) -> Complete:
    @wraps(complete)
    def offer(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            found = list(complete(context, incomplete))
        except KgError:  # no data, no library: nothing to offer
            found = []
        return [CompletionItem(value, help=words) for value, words in found[:MOST]]

    return offer


@_quiet
def complete_query(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the names of the library's queries."""
    from kg.query import library

    for name in library.names():
        if name.startswith(incomplete):
            yield name, ""


@_quiet
def complete_parameter(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer ``name=`` for the parameters of the query that was named, then entities for their values."""
    from kg.query import library, parameters

    query = context.params.get("query") or ""
    known = parameters.parameters(library.text(query)) if query in library.names() else {}
    name, equals, value = incomplete.partition("=")
    if not equals:
        return [(f"{each}=", example) for each, example in sorted(known.items()) if each.startswith(name)]
    store = _store(context)
    like = _classes(store, known.get(name, ""))
    found = _entities(store, value)
    return [(f"{name}={text}", words) for text, words, iri in found if not like or like & _types(store, iri)]


@_quiet
def complete_entity(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the labels and slugs of entities."""
    return [(text, words) for text, words, _ in _entities(_store(context), incomplete)]


@_quiet
def complete_property(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the properties and measures that the graph has of the subject that was named, or of anything."""
    from kg import entities
    from kg.namespaces import KG, SCHEMA, shorten
    from kg.query.run import known_prefixes
    from kg.query.terms import Labels

    store = _store(context)
    prefixes = known_prefixes(store)
    about = None
    with suppress(KgError):
        about = NamedNode(entities.resolve(store, context.params.get("subject") or "", prefixes=prefixes))
    found: set[Term] = {quad.predicate for quad in store.quads(about)}
    for quad in store.quads(None, NamedNode(SCHEMA + "observationAbout"), about):
        if not isinstance(quad.subject, Triple):
            measures = store.quads(quad.subject, NamedNode(SCHEMA + "variableMeasured"))
            found |= {each.object for each in measures}
    labels = Labels(store, prefixes, context.params.get("lang") or "zh")
    offered: dict[str, str] = {}
    for term in found:
        if isinstance(term, NamedNode):
            namespace = next((each for each in (SCHEMA, KG) if term.value.startswith(each)), "")
            short = term.value.removeprefix(namespace) if namespace else shorten(term.value, dict(prefixes))
            for text in (short, labels.text(term)):
                if text.startswith(incomplete):
                    offered.setdefault(text, labels.text(term))
    return sorted(offered.items())


@_quiet
def complete_format(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the formats of answers."""
    from kg.query.render import FORMATS

    return [(name, "") for name in FORMATS if name.startswith(incomplete)]


@_quiet
def complete_endpoint(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the names of endpoints in kg.toml."""
    from kg.store.address import find, names

    return [(name, find(name).url) for name in names() if name.startswith(incomplete)]


def _store(context: click.Context) -> Store:
    from kg.dataset import open as open_dataset

    if context.params.get("endpoint"):  # no request is made for a key that was pressed
        raise UsageError("an endpoint is not asked for completions")
    named = [context.params["store"]] if context.params.get("store") else context.params.get("data")
    return open_dataset(named or None).store


def _entities(store: Store, incomplete: str) -> list[tuple[str, str, str]]:
    """Return texts that name an entity and begin as it is typed, each with a label and its IRI."""
    from kg.entities import names
    from kg.namespaces import ID

    wanted = incomplete.casefold()
    offered: dict[str, tuple[str, str]] = {}
    for name, iri in names(store):
        if not iri.startswith(ID):
            continue
        for text in (name, iri.removeprefix(ID)):
            if text.casefold().startswith(wanted):
                offered.setdefault(text, (name, iri))
    found = sorted((text, *of) for text, of in offered.items())
    return [each for each in found if each[0].startswith(incomplete)] or found


def _classes(store: Store, example: str) -> set[Term]:
    """Return the classes of the entity of a worked example, none where the graph does not know it."""
    from kg import entities
    from kg.query.run import known_prefixes

    try:
        return _types(store, entities.resolve(store, example.split(" ")[0], prefixes=known_prefixes(store)))
    except KgError:
        return set()


def _types(store: Store, iri: str) -> set[Term]:
    return {quad.object for quad in store.quads(NamedNode(iri), NamedNode(RDF + "type"))}
