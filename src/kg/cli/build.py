"""``kg build``."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click


@click.command(short_help="Compile the facts files into data/triples.ttl.")
@click.option(
    "--facts",
    type=click.Path(path_type=Path),
    default=Path("data/facts"),
    show_default=True,
    help="Folder of facts.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("data/triples.ttl"),
    show_default=True,
    help="Graph.",
)
@click.option(
    "--source",
    "sources",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Text of a page, to find its quotes in.",
)
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 when the graph is not what the facts compile to."
)
def command(facts: Path, output: Path, sources: tuple[Path, ...], check: bool) -> int:
    """Compile the facts files into the graph.

    With --source the quotes are looked for in the page's text and recorded; without it the recorded
    places are used.

    \b
    kg build --source page.txt
    kg build --check
    """
    from kg.build import build
    from kg.files import replacing

    result = build(facts, list(sources))
    if check:
        old = output.read_text(encoding="utf-8") if output.exists() else ""
        if old != result.turtle:
            click.echo(f"kg: {output} is not what {facts} compiles to; run kg build", err=True)
            return 1
        click.echo(f"{output} is what {facts} compiles to", err=True)
        return 0
    with ExitStack() as stack:
        # All are written before any takes its place.
        for path, text in {output: result.turtle, **result.files}.items():
            stack.enter_context(replacing(path)).write(text.encode())
    accepted = sum(f.status == "accepted" for page in result.pages for f in page.facts)
    click.echo(f"{output}: {accepted} quotes of {len(result.pages)} page(s)", err=True)
    return 0
