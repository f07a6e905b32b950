"""``kg sources``: what the graph was drawn from."""

from __future__ import annotations

import click

from kg.cli.listing import listing_options, mention_evidence, write
from kg.dataset import Dataset
from kg.entities.quotation import sources


@click.command("sources", context_settings={"help_option_names": ["-h", "--help"]})
@listing_options
def command(dataset: Dataset, format_: str | None, output: str | None, lang: str) -> None:
    """List the sources of the graph, with how many statements and quotes rest on each.

    \b
    kg sources
    kg sources --format csv
    """
    store = dataset.store
    write(sources(store, lang=lang), format_, output, lang)
    mention_evidence(store)
