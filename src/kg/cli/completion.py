"""What the shell offers while a command is typed; nothing here may fail, or say anything.

Switch it on for bash with ``eval "$(_KG_COMPLETE=bash_source kg)"``, likewise for zsh and fish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps

import click
from click.shell_completion import CompletionItem

from kg.errors import KgError

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
    name, equals, value = incomplete.partition("=")
    if equals:
        return [(f"{name}={entity}", words) for entity, words in _entities(context, value)]
    from kg.query import library, parameters

    query = context.params.get("query") or ""
    if query not in library.names():
        return []
    known = parameters.parameters(library.text(query))
    return [(f"{each}=", example) for each, example in sorted(known.items()) if each.startswith(name)]


@_quiet
def complete_entity(context: click.Context, incomplete: str) -> Iterable[tuple[str, str]]:
    """Offer the labels and slugs of entities."""
    return _entities(context, incomplete)


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


def _entities(context: click.Context, incomplete: str) -> list[tuple[str, str]]:
    from kg.dataset import open as open_dataset
    from kg.entities import names
    from kg.namespaces import ID

    if context.params.get("endpoint"):  # no request is made for a key that was pressed
        return []
    named = [context.params["store"]] if context.params.get("store") else context.params.get("data")
    store = open_dataset(named or None).store
    wanted = incomplete.casefold()
    offered: dict[str, str] = {}
    for name, iri in names(store):
        if not iri.startswith(ID):
            continue
        for text in (name, iri.removeprefix(ID)):
            if text.casefold().startswith(wanted):
                offered.setdefault(text, name)
    return sorted(offered.items())
