"""``kg view``: parse, choose, draw."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kg.cli.part import chosen, part_options
from kg.cli.say import say
from kg.errors import UsageError


@click.command("view", context_settings={"help_option_names": ["-h", "--help"]})
@part_options
@click.option("-o", "--output", metavar="FILE.html", help="Write here, whole or not at all.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="The page's language."
)
@click.option("--title", default="", help="Heading of the page.")
def command(output: str | None, open_: bool, lang: str, title: str, **part: Any) -> None:
    """Draw the whole graph, or what QUERY answers, or what --around or --class chooses, as one HTML page.

    The page works offline and requests nothing.

    \b
    kg view -o graph.html
    kg view --around 曹县 --depth 2 -o caoxian.html --open
    kg view 'SELECT ?person ?body { ?person org:holds/org:postIn ?body }' -o posts.html --lang en
    """
    from kg.files import replacing
    from kg.view import render

    if output is None and not open_:
        raise UsageError("no output is named", hint="give -o FILE.html, or --open")
    if output and Path(output).suffix.lower() not in ("", ".html", ".htm", ".xhtml"):
        raise UsageError(
            f"a view is an HTML page, and {output} is named as another file",
            hint="give -o FILE.html; kg export writes other formats",
        )
    if output is None:
        import tempfile

        output = str(Path(tempfile.mkdtemp(prefix="kg-")) / "graph.html")
    with replacing(output) as stream:
        selection = chosen(**part)
        stream.write(render(selection, lang=lang, title=title).encode())
    if open_:
        import webbrowser

        if not webbrowser.open(Path(output).resolve().as_uri()):
            say(f"no browser could be started; open {output} yourself")
