"""``kg queries``: what can be asked by name."""

from __future__ import annotations

import click

from kg.query import header, library
from kg.query.parameters import parameters
from kg.query.render.width import pad, width


@click.command("queries", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("name", required=False)
@click.option("--lang", default="zh", show_default=True, help="Language of the summaries.")
@click.option("--tag", help="List only queries with this tag.")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(name: str | None, lang: str, tag: str | None, format_: str) -> None:
    """List the query library, or show the query NAME.

    \b
    kg queries --lang en
    kg queries county-figures
    """
    if name is not None:
        _show(name, lang)
        return
    entries = [header.parse(library.text(each), each) for each in library.names()]
    entries = [each for each in entries if tag is None or tag in each.tags]
    if format_ == "json":
        _as_json(entries)
        return
    column = max((width(each.name) for each in entries), default=0)
    for each in entries:
        print(f"{pad(each.name, column)}  {header.in_language(each.summary, lang)}")


def _show(name: str, lang: str) -> None:
    text = library.text(name)
    description = header.parse(text, name)
    print(header.in_language(description.summary, lang))
    if description.description:
        print(header.in_language(description.description, lang))
    for parameter, example in parameters(text).items():
        print(f"  -p {parameter}={example}")
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#+"))
    print(f"\n{body.strip()}")


def _as_json(entries: list[header.Header]) -> None:
    import json

    rows = [
        {
            "name": each.name,
            "summary": each.summary,
            "description": each.description,
            "tags": list(each.tags),
            "parameters": parameters(library.text(each.name)),
        }
        for each in entries
    ]
    print(json.dumps(rows, ensure_ascii=False, indent=2))
