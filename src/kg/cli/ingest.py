"""`kg ingest`: read pages and write their facts as proposals."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click


def _answered(done: int, of: int) -> None:
    click.echo(f"\r  {done} of {of} stretches answered ", err=True, nl=done == of)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--newspaper", required=True, help="Name of the newspaper, such as 经济导报.")
@click.option("--date", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day of the page.")
@click.option(
    "--source", help="Id of the page; by default the newspaper in pinyin, the day and the file's name."
)
@click.option(
    "--facts", "folder", type=click.Path(path_type=Path), default=Path("data/facts"), show_default=True
)
@click.option(
    "--extractor", default="rules", show_default=True, help="rules, llm, jieba, or an installed one."
)
@click.option("--base-url", help="An OpenAI-compatible endpoint, for llm; its key comes from KG_LLM_API_KEY.")
@click.option("--model", help="Model of that endpoint.")
@click.option("--cache", type=click.Path(path_type=Path), default=Path(".kg-cache"), show_default=True)
def command(files: tuple[Path, ...], day: Any, extractor: str, **options: Any) -> None:
    """Propose the facts of newspaper pages, for a person to decide on.

    \b
    kg ingest page.txt --newspaper 经济导报 --date 2021-06-25
    kg ingest pages/*.pdf --newspaper 经济导报 --date 2021-06-25

    A page that was read before keeps what was decided on it. The text of a PDF, Word or HTML page is kept
    beside it as .txt, since spans count in that text.
    """
    from kg.ingest.batch import Batch, ingest_pages

    batch = Batch(
        newspaper=options["newspaper"], day=day.date(), folder=options["folder"], source=options["source"],
        extractor=extractor, base_url=options["base_url"], model=options["model"], cache=options["cache"],
        progress=_answered if sys.stderr.isatty() else None,
    )  # fmt: skip
    label = "pages" if sys.stderr.isatty() else None
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=len(files), label=label, file=sys.stderr, hidden=hidden) as bar:
        done = []
        for page in ingest_pages(files, batch):
            bar.update(1)
            done.append(page)
    failed = next((page for page in done if page.error), None)
    for page in done:
        if page is not failed:  # of that the command's own error tells
            click.echo(page.summary, err=page.error is not None)
    if failed and failed.error:
        raise failed.error
