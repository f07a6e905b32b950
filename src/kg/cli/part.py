"""The options by which a command is given part of the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from kg.cli import location
from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import Dataset
from kg.errors import UsageError
from kg.graph.selection import Selection

_OPTIONS = (
    click.argument("query", required=False, default="", shell_complete=offer("complete_query")),
    click.option(
        "-p",
        "--param",
        "params",
        multiple=True,
        metavar="NAME=VALUE",
        shell_complete=offer("complete_parameter"),
        help="Set a parameter of the query. Repeat for several values.",
    ),
    click.option(
        "--around",
        metavar="ENTITY",
        default="",
        shell_complete=offer("complete_entity"),
        help="An entity by label, code, pinyin or IRI, and its neighbours.",
    ),
    click.option(
        "--class", "kind", metavar="CLASS", default="", help="The entities of a class, and their neighbours."
    ),
    click.option(
        "--depth",
        type=click.IntRange(0, 99),
        default=1,
        show_default=True,
        help="How many edges away a neighbour of --around or --class may be.",
    ),
)


def part_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that choose part of the graph."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return location.asking(command)


def chosen(
    query: str, params: tuple[str, ...], around: str, kind: str, depth: int, dataset: Dataset
) -> Selection:
    """Return what the options choose, and say on stderr what is odd about it."""
    say(*dataset.notes)
    if params and not query:
        raise UsageError("a parameter without a query", hint="name the query that it belongs to")
    values: dict[str, list[str]] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals or not name.strip():
            raise UsageError(f"{param!r} is no parameter", hint="write -p NAME=VALUE")
        values.setdefault(name.strip().lstrip("?$"), []).append(value)
    selection = dataset.select(query, params=values, around=around, kind=kind, depth=depth)
    if not len(selection.network):
        say("the selection holds no entity")
    return selection
