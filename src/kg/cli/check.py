"""``kg check``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Check the graph: shapes, grounding, evidence, vocabulary.")
@click.argument("data", nargs=-1)
@click.option(
    "--source",
    "sources",
    type=click.Path(path_type=Path),
    multiple=True,
    envvar="KG_SOURCES",
    help="Text of a page, or a folder of them, to hold the quotes against.  [env: KG_SOURCES]",
)
@click.option("--ontology", type=click.Path(path_type=Path), help="Another ontology than the shipped one.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(data: tuple[str, ...], sources: tuple[Path, ...], ontology: Path | None, form: str) -> int:
    """Check graph files, or the shipped graph; exit 1 when a rule is broken.

    \b
    kg check
    kg check --source page.txt
    kg check my.ttl --format json
    """
    from kg.check import check
    from kg.resources import locate

    report = check(list(data) or [locate("data/triples.ttl")], list(sources), ontology=ontology)
    click.echo(report.to_json() if form == "json" else report.to_text())
    return 0 if report.conforms else 1
