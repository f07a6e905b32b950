"""``kg stats``."""

from __future__ import annotations

import json

import click

from kg.cli import location
from kg.namespaces import shorten
from kg.query.statistics import Statistics, statistics


@click.command("stats", context_settings={"help_option_names": ["-h", "--help"]})
@location.options
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "ttl"]), default="table", show_default=True
)
def command(
    data: tuple[str, ...], store: str | None, endpoint: str | None, page: int | None, format_: str
) -> None:
    """Count statements, subjects, objects, instances of classes, uses of properties, evidence by source.

    Turtle is in the terms of VoID.

    \b
    kg stats
    kg stats --store newspapers --format ttl
    """
    dataset = location.opened(data, store, endpoint, page)
    found = statistics(dataset.store)
    if format_ == "json":
        print(json.dumps(found._asdict(), ensure_ascii=False, indent=2))
    elif format_ == "ttl":
        print(found.to_turtle(), end="")
    else:
        print(_table(found, dataset.prefixes), end="")


def _table(found: Statistics, prefixes: dict[str, str]) -> str:
    rows: list[tuple[str, int] | None] = [
        ("statements", found.statements),
        ("subjects", found.subjects),
        ("objects", found.objects),
    ]
    for name, parts in (
        ("classes", found.classes),
        ("properties", found.properties),
        ("sources", found.sources),
    ):
        rows += [None, (name, len(parts))]
        rows += [(f"  {shorten(iri, prefixes)}", number) for iri, number in parts.items()]
    column = max(len(row[0]) for row in rows if row)
    return "".join(f"{row[0]:{column}}  {row[1]:>12,}\n" if row else "\n" for row in rows)
