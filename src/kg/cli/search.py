"""``kg search``: find entities and quotes."""

from __future__ import annotations

import click

from kg.cli.listing import listing_options, write
from kg.cli.say import say
from kg.dataset import Dataset
from kg.entities.search import listing, search


@click.command("search", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many."
)
@listing_options
def command(
    text: str, limit: int, dataset: Dataset, format_: str | None, output: str | None, lang: str
) -> None:
    """Find what bears a name like TEXT, and what quotes it: by label, short name, pinyin, quote.

    \b
    kg search 电商
    kg search caoxian --format csv
    """
    store = dataset.store
    matches = search(store, text, limit=limit)
    write(listing(store, matches, lang=lang), format_, output, lang)
    if not matches:
        say(f"nothing is named {text!r}, and no quote has it")
