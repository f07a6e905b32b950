"""``kg quote``: the words that something rests on, in their context."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.listing import listing_options, mention_evidence, tell
from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import Dataset
from kg.entities.quotation import Pages, evidence_about, listing, quotes
from kg.evidence import Evidence


@click.command("quote", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", shell_complete=offer("complete_entity"))
@click.option(
    "--source",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    envvar="KG_SOURCES",
    help="Text of a page, or a folder of texts, for more context.  [env: KG_SOURCES]",
)
@click.option(
    "--context",
    type=click.IntRange(0, 2000),
    help="Characters on either side.  [default: 40, or what the graph holds]",
)
@listing_options
def command(
    name: str,
    files: tuple[Path, ...],
    context: int | None,
    dataset: Dataset,
    format_: str | None,
    output: str | None,
    lang: str,
) -> None:
    """Show the evidence of an entity or a statement NAME, with what stands around it.

    \b
    kg quote 曹县
    kg quote id:obs-0984257fca2a --source page.txt --context 80
    """
    pages = Pages(dataset.store, files)
    evidence = evidence_about(dataset.store, dataset.resolve(name), lang=lang)
    found = list(quotes(dataset.store, evidence, pages, characters=40 if context is None else context))
    tell(_told(found), listing(dataset.store, found), format_, output, lang)
    if not found:
        say(f"nothing that is said of {name} has a quote")
        mention_evidence(dataset.store)
    held = max((len(side) for piece, _ in found for side in (piece.prefix, piece.suffix)), default=0)
    if context and context > held and any(piece.exact and not pages.has(piece) for piece, _ in found):
        say(f"the graph holds {held} characters on either side of a quote; --source FILE, the text, has more")


def _told(found: list[tuple[Evidence, tuple[str, str, str]]]) -> Iterator[str]:
    for piece, (before, quoted, after) in found:
        place = f"characters {piece.start}-{piece.end}" if piece.start is not None else ""
        where = place or ("" if quoted else "background")
        title = f"《{piece.headline}》 " if piece.headline else ""
        speaker = f"said by {piece.speaker}" if piece.speaker else ""
        yield title + ", ".join(filter(None, (piece.source_label or "source not named", where, speaker)))
        if quoted:
            yield "    " + " ".join(f"{before}【{quoted}】{after}".split())
