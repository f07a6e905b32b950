"""``kg backup``."""

from __future__ import annotations

import click


@click.command("backup", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("target")
@click.option("--store", required=True, metavar="DIR", help="The store.")
def command(target: str, store: str) -> None:
    """Copy a store on disk to TARGET, a new directory; the copy is a store of its own.

    Queries and loads go on meanwhile; the copy is the store as it was when the command began.

    \b
    kg backup --store newspapers newspapers-monday
    """
    from kg.store.generation import backup

    backup(store, target)
