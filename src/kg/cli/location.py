"""Where a command finds its statements: ``--data``, ``--store`` or ``--endpoint``."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import Dataset
from kg.dataset import open as open_dataset
from kg.errors import UsageError
from kg.query.deadline import within


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command; hand what they say to ``opened``."""
    for option in (
        click.option(
            "--page",
            type=click.IntRange(min=1),
            metavar="N",
            help="Ask the endpoint for N rows at a time, where it caps its answers.",
        ),
        click.option(
            "--endpoint",
            metavar="URL|NAME",
            shell_complete=offer("complete_endpoint"),
            help="Ask a SPARQL endpoint: its address, or its name in kg.toml.",
        ),
        click.option("--store", metavar="DIR", help="Ask a store on disk (see `kg load`)."),
        click.option(
            "--data",
            multiple=True,
            metavar="FILE|DIR|-",
            help="Ask this, not the shipped graph: .ttl .nt .nq .trig .rdf .jsonld, each also .gz or .zst. "
            "Repeatable.",
        ),
    ):
        command = option(command)
    return command


#: Stop after so many seconds, as every command that asks may be told.
timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="Stop after S seconds, exit 124.",
)


def timed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--timeout`` to a command that asks."""

    @timeout_option
    @wraps(command)
    def limited(*args: Any, timeout: float | None, **rest: Any) -> Any:
        if timeout is None:
            return command(*args, **rest)
        return within(timeout, lambda: command(*args, **rest), what="the answer")

    return limited


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which is handed the ``dataset`` that they name."""

    @options
    @wraps(command)
    def located(
        *args: Any,
        data: tuple[str, ...],
        store: str | None,
        endpoint: str | None,
        page: int | None,
        **rest: Any,
    ) -> Any:
        dataset = opened(data, store, endpoint, page)
        said = list(dataset.notes)
        result = command(*args, dataset=dataset, **rest)
        say(*(note for note in dataset.notes if note not in said))  # what an endpoint held back, for one
        return result

    return located


def anything(name: str) -> Dataset:
    """Open a file, a directory, an address, or an endpoint by its name in kg.toml."""
    if not (os.path.lexists(name) or "://" in name):
        from kg.store.address import names

        if name in names():
            return opened((), None, name)
    return open_dataset(name)


def opened(
    data: tuple[str, ...], store: str | None, endpoint: str | None, page: int | None = None
) -> Dataset:
    """Open what the options name, or the shipped graph."""
    for option, given in (("--data", data), ("--store", (store,)), ("--endpoint", (endpoint,))):
        if "" in given:  # a variable of the shell that is not set, most often
            raise UsageError(f"{option} names nothing", hint="give a name, or leave the option out")
    if sum(map(bool, (data, store, endpoint))) > 1:
        raise UsageError("--data, --store and --endpoint exclude each other", hint="name one of them")
    if page and not endpoint:
        raise UsageError("--page is for an endpoint", hint="add --endpoint, or use --limit")
    if store:
        from kg.store.disk import DiskStore

        return Dataset(DiskStore(store))
    if endpoint:
        from kg.store.endpoint import EndpointStore

        return Dataset(EndpointStore.named(endpoint, page=page))
    return open_dataset(data or None)
