"""``kg diff``: what changed from one graph to another."""

from __future__ import annotations

import click

from kg.cli import location
from kg.cli.say import say
from kg.entities.difference import difference, to_markdown, to_records, to_text


@click.command("diff", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("old")
@click.argument("new")
@click.option(
    "--format", "format_", type=click.Choice(["text", "md", "json"]), default="text", show_default=True
)
@click.option("--lang", default="zh", show_default=True, help="Language of labels.")
@click.option("--exit-status", is_flag=True, help="Exit 1 when there are differences.")
def command(old: str, new: str, format_: str, lang: str, exit_status: bool) -> int:
    """List the facts that were gained, lost or changed from OLD to NEW, in labels, by article.

    Each is a file, a directory, a store, the address of an endpoint, or its name in kg.toml.

    \b
    kg diff old/triples.ttl data/triples.ttl
    kg diff old/triples.ttl data/triples.ttl --format md --exit-status
    """
    changes = difference(location.anything(old).store, location.anything(new).store, lang=lang)
    if format_ == "json":
        import json

        click.echo(json.dumps(to_records(changes), ensure_ascii=False, indent=2))
    else:
        click.echo(to_markdown(changes) if format_ == "md" else to_text(changes), nl=False)
    counts = {kind: sum(change.kind == kind for change in changes) for kind in ("gained", "lost", "changed")}
    say(", ".join(f"{number:,} {kind}" for kind, number in counts.items()) if changes else "the same facts")
    return 1 if exit_status and changes else 0
