"""``kg stated``: whether a fact is stated, stated otherwise, or not stated."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cite.render import words
from kg.cli.listing import listing_options, mention_evidence, tell
from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import Dataset
from kg.entities.stated import Statement, listing, stated


@click.command("stated", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("subject", shell_complete=offer("complete_entity"))
@click.argument("property_", metavar="PROPERTY", shell_complete=offer("complete_property"))
@click.argument("object_", metavar="[OBJECT]", default="", shell_complete=offer("complete_entity"))
@listing_options
@click.option("--exit-status", is_flag=True, help="Exit 1 unless it is stated.")
def command(
    subject: str,
    property_: str,
    object_: str,
    dataset: Dataset,
    format_: str | None,
    output: str | None,
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
    store = dataset.store
    found = stated(store, subject, property_, object_, lang=lang)
    tell(_told(found), listing(store, found), format_, output, lang)
    say(*filter(None, [found.hint]))
    if found.found:
        mention_evidence(store)
    return 1 if exit_status and found.verdict != "stated" else 0


def _told(found: Statement) -> Iterator[str]:
    yield found.sentence
    if found.verdict == "not stated" and found.found:
        yield f"what it says of {found.subject} {found.relation}:"
    for value, evidence in found.found:
        yield f"  {value}"
        for piece in evidence:
            yield f"    {words(piece)}"
