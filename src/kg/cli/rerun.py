"""``kg rerun``: whether a recorded answer still holds."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import location
from kg.dataset import open as open_dataset


@click.command("rerun", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("answer", type=click.Path(path_type=Path))
@location.options
def command(
    answer: Path, data: tuple[str, ...], store: str | None, endpoint: str | None, page: int | None
) -> int:
    """Ask again what ANSWER records, a file of `kg query --save-answer`; exit 1 if the rows differ.

    Asked is the data that was recorded, unless other data is named.

    \b
    kg query county-figures --save-answer answer.json
    kg rerun answer.json
    kg rerun answer.json --data new/triples.ttl
    """
    from kg.cite.manifest import compare, read_record

    manifest = read_record(answer)
    if data or store or endpoint or not manifest["data"]:
        dataset = location.opened(data, store, endpoint, page)
    elif len(manifest["data"]) == 1:
        dataset = location.anything(manifest["data"][0])
    else:
        dataset = open_dataset(manifest["data"])
    found = compare(manifest, dataset.query(manifest["query"], limit=manifest["limit"]))
    if found.holds:
        rows = len(manifest["rows"])
        click.echo(f"the answer holds: {rows} {'row' if rows == 1 else 'rows'}, the same as recorded")
    else:
        click.echo("the answer has changed")
    for mark, rows_, statements in (
        ("-", found.lost, found.lost_statements),
        ("+", found.gained, found.gained_statements),
    ):
        for row in rows_:
            click.echo(f"{mark} {'  '.join(row)}")
        for statement in statements:
            click.echo(f"    because of {'the missing' if mark == '-' else 'the new'} {statement}")
    if found.reordered:
        click.echo("the rows are the same, in another order")
    if not found.same_data:
        click.echo("the data is not the data of the record")
    if found.holds and not found.same_evidence:
        click.echo("the evidence of the rows has changed")
    return 0 if found.holds else 1
