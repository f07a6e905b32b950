"""``kg stated``: whether a fact is stated, stated otherwise, or not stated."""

from __future__ import annotations

import click

from kg.cite.render import words
from kg.cli.offer import offer
from kg.dataset import open as open_dataset
from kg.entities.stated import stated


@click.command("stated", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("subject", shell_complete=offer("complete_entity"))
@click.argument("property_", metavar="PROPERTY")
@click.argument("object_", metavar="[OBJECT]", default="", shell_complete=offer("complete_entity"))
@click.option("--data", multiple=True, metavar="FILE|DIR|-", help="Ask this, not the shipped graph.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", default="zh", show_default=True, help="Language of labels.")
@click.option("--exit-status", is_flag=True, help="Exit 1 unless it is stated.")
def command(
    subject: str,
    property_: str,
    object_: str,
    data: tuple[str, ...],
    format_: str,
    lang: str,
    exit_status: bool,
) -> int:
    """Say whether the graph states that SUBJECT has PROPERTY, a property or a measure, with OBJECT.

    What is not stated is not false.

    \b
    kg stated 曹县 schema:containedInPlace 菏泽
    kg stated 曹县 containedInPlace
    kg stated 聊城 网络零售额
    """
    found = stated(open_dataset(data or None).store, subject, property_, object_, lang=lang)
    if format_ == "json":
        import json
        from dataclasses import asdict

        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        click.echo(found.sentence)
        for value, evidence in found.found:
            click.echo(f"  {value}")
            for piece in evidence:
                click.echo(f"    {words(piece)}")
    return 1 if exit_status and found.verdict != "stated" else 0
