"""`kg evaluate`: measure the rules against reviewed facts."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--source", "text", type=click.Path(path_type=Path), help="Text of the page, where PATH is a facts file."
)
@click.option("--misses", is_flag=True, help="List what was missed and what was wrong.")
def command(paths: tuple[Path, ...], text: Path | None, misses: bool) -> None:
    """Print precision, recall and F1 of what the rules find.

    \b
    kg evaluate benchmarks/pages/held-out
    kg evaluate data/facts/jingji-daobao-2021-06.yaml --source page.txt --misses

    PATH is a folder of benchmark pages, one of them, or a reviewed facts file with its page as --source.
    """
    from kg.ingest.benchmark import evaluate

    result = evaluate(paths, text)
    click.echo(f"{'':28}{'found':>7}{'expected':>10}{'right':>7}{'precision':>11}{'recall':>8}{'F1':>7}")
    for name, s in result.scores.items():
        click.echo(
            f"{name:28}{s.found:>7}{s.expected:>10}{s.right:>7}{s.precision:>11.2f}{s.recall:>8.2f}{s.f1:>7.2f}"
        )
    if misses:
        for title, rows in (("missed", result.missed), ("wrong", result.wrong)):
            for row in rows:
                click.echo(f"{title}  {row}")
