"""``kg optimize``."""

from __future__ import annotations

import click


@click.command("optimize", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", required=True, metavar="DIR", help="The store.")
def command(store: str) -> None:
    """Write a store on disk anew in the order that is read fastest, after many loads.

    It needs as much room again while it runs; queries go on meanwhile.

    \b
    kg optimize --store newspapers
    """
    from kg.store.generation import optimize

    optimize(store)
