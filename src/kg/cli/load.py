"""``kg load``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.say import say


@click.command("load", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True)
@click.option("--store", required=True, metavar="DIR", help="The store; it is made where there is none.")
@click.option(
    "--replace", is_flag=True, help="Take the place of what the store holds, instead of adding to it."
)
def command(files: tuple[str, ...], store: str, replace: bool) -> None:
    """Load FILES into a store on disk: all of them, or nothing where one is wrong.

    .ttl .nt .nq .trig .rdf .jsonld, each also .gz or .zst; a directory stands for all below it, - for stdin.
    Queries go on meanwhile, on the store as it was.

    \b
    kg load pages/*.ttl --store newspapers
    kg query 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' --store newspapers
    """
    from kg.store import files as files_
    from kg.store.disk import read_state
    from kg.store.generation import load

    found = list(files_.find(files))
    size = sum(Path(file).stat().st_size for file in found if Path(file).is_file())
    with click.progressbar(
        label="loading",
        length=max(size, 1),
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda file: file,
    ) as bar:
        notes = load(
            found,
            store,
            replace=replace,
            progress=lambda file, more: bar.update(more, Path(file).name),
        )
    say(*notes)
    statements = read_state(store).statements
    say(f"{store} holds {statements:,} {'statement' if statements == 1 else 'statements'}")
    if statements > 1_000_000:
        say(f"kg optimize --store {store} makes questions about many of them several times faster")
