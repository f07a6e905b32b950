"""``kg quote``: the words that something rests on, in their context."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import open as open_dataset
from kg.entities.quotation import Pages, evidence_about, quotes


@click.command("quote", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", shell_complete=offer("complete_entity"))
@click.option(
    "--source",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    envvar="KG_SOURCES",
    help="Text of a page, for more context.  [env: KG_SOURCES]",
)
@click.option(
    "--context",
    type=click.IntRange(0, 2000),
    default=40,
    show_default=True,
    help="Characters on either side.",
)
@click.option("--data", multiple=True, metavar="FILE|DIR|-", help="Ask this, not the shipped graph.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", default="zh", show_default=True, help="Language of labels.")
def command(
    name: str, files: tuple[Path, ...], context: int, data: tuple[str, ...], format_: str, lang: str
) -> None:
    """Show the evidence of an entity or a statement NAME, with what stands around it.

    \b
    kg quote 曹县
    kg quote id:obs-0984257fca2a --source page.txt --context 80
    """
    dataset = open_dataset(data or None)
    pages = Pages(dataset.store, files)
    evidence = evidence_about(dataset.store, dataset.resolve(name), lang=lang)
    found = list(quotes(dataset.store, evidence, pages, characters=context))
    if format_ == "json":
        import json

        records = [
            {
                "before": before,
                "quote": quoted,
                "after": after,
                "speaker": piece.speaker,
                "article": piece.headline,
                "source": piece.source,
                "start": piece.start,
                "end": piece.end,
            }
            for piece, (before, quoted, after) in found
        ]
        click.echo(json.dumps(records, ensure_ascii=False, indent=2))
    for piece, (before, quoted, after) in found if format_ == "text" else ():
        where = f"characters {piece.start}-{piece.end}" if piece.start is not None else "background"
        title = f"《{piece.headline}》 " if piece.headline else ""
        speaker = f", said by {piece.speaker}" if piece.speaker else ""
        click.echo(f"{title}{piece.source_label}, {where}{speaker}")
        if quoted:
            click.echo("    " + " ".join(f"{before}【{quoted}】{after}".split()))
    if not found:
        say(f"nothing that is said of {name} has a quote")
