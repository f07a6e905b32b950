"""``kg push``: the one command that writes to an endpoint."""

from __future__ import annotations

import sys
from typing import Any, Self

import click

from kg.cli import location
from kg.cli.offer import offer
from kg.cli.say import say
from kg.errors import UsageError


@click.command("push", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1)
@click.option("--data", multiple=True, metavar="FILE|DIR", help="The same as FILES. Repeatable.")
@click.option("--store", metavar="DIR", help="Push a store on disk (see `kg load`).")
@click.option(
    "--endpoint",
    required=True,
    metavar="URL|NAME",
    shell_complete=offer("complete_endpoint"),
    help="The SPARQL endpoint: its address, or its name in kg.toml.",
)
@click.option("--graph", metavar="IRI", default="", help="The graph that all statements go to.")
@click.option("--replace", is_flag=True, help="Take the place of what the graph holds, when all has arrived.")
@click.option(
    "--update-url", metavar="URL", default="", help="What takes SPARQL Update, where that is another address."
)
@click.option(
    "--gsp-url", metavar="URL", default="", help="Write by the Graph Store Protocol, to this address."
)
@click.option(
    "--batch",
    type=click.IntRange(1, 100_000),
    default=1_000,
    show_default=True,
    metavar="N",
    help="Statements a request.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and what is there now.")
def command(
    files: tuple[str, ...],
    data: tuple[str, ...],
    store: str | None,
    endpoint: str,
    graph: str,
    replace: bool,
    update_url: str,
    gsp_url: str,
    batch: int,
    dry_run: bool,
) -> None:
    """Publish FILES, a store, or the shipped graph at a SPARQL endpoint, and compare what arrived.

    Statements are added, and nothing is deleted but with --replace. Without --graph each goes to the graph
    that it is in; a named graph is asked where kg.toml names it for the endpoint, or behind FROM. A push that
    was interrupted goes on where it stopped when it is run again. Credentials come from the environment:
    KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN.

    \b
    kg push --endpoint http://127.0.0.1:7878/query --update-url http://127.0.0.1:7878/update
    kg push pages/*.ttl --endpoint newspapers --graph https://example.org/news --replace
    kg push --store newspapers --endpoint newspapers --dry-run
    """
    from kg.store.address import check_graph, for_push
    from kg.store.push import Push
    from kg.store.target import named

    address = for_push(endpoint, update=update_url, graph_store=gsp_url)
    graph = graph and check_graph(graph)
    if store is not None and (files or data):
        raise UsageError("files and --store exclude each other", hint="push one of them")
    dataset = location.opened((*files, *data), store, None)
    with Push(dataset.store.parted(), address, graph=graph, replace=replace, batch=batch) as push:
        say(*dataset.notes, *push.notes)
        for plan, held in zip(push.plan, push.held(), strict=True):
            say(f"{'would ' * dry_run}{plan}; it holds {held:,} now")
        if dry_run:
            return
        try:
            with _Bar(push.count) as bar:
                pushed = push.run(bar)
        except KeyboardInterrupt:
            say("interrupted; the same command goes on where this one stopped")
            raise
    for each in pushed:
        if each.resumed:
            say(f"{each.resumed:,} statements were there from the time before")
        if each.blank and not each.blank_compared:
            say(f"{each.blank:,} statements have blank nodes, and were counted, not compared")
        say(
            f"{named(each.graph)} at {each.url} holds {each.held:,} statements, the {each.statements:,} "
            f"pushed among them (sha256 {each.sha256})"
        )


class _Bar:
    """A bar for each thing that is done, on a terminal."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._doing = ""
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.render_finish()

    def __call__(self, doing: str, more: int) -> None:
        if doing != self._doing:
            self.__exit__()
            self._doing = doing
            self._bar = click.progressbar(
                label=doing, length=self._length, file=sys.stderr, hidden=not sys.stderr.isatty()
            )
        self._bar.update(more)
