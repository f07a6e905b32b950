"""`kg review`: decide on proposals in a browser."""

from __future__ import annotations

from pathlib import Path

import click

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("source", required=False)
@click.option("--source", "text", required=True, type=_PATH, help="The page's text file.")
@click.option("--facts", "folder", type=_PATH, default=Path("data/facts"), show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1; 0 is any.")
@click.option("--open/--no-open", "opened", default=True, help="Open the browser.")
def command(source: str | None, text: Path, folder: Path, port: int, opened: bool) -> None:
    """Review proposals in the browser: the text on the left, the facts on the right.

    \b
    kg review --source page.txt
    kg review jingji-daobao-2021-06 --source page.txt

    SOURCE is the page's id; without it, the facts file that was made from this text is opened.
    Keys: j and k move, a accepts, r rejects, e edits, u reopens, n adds a fact on selected words.
    Every decision is saved at once. Stop with Ctrl-C.
    """
    import webbrowser

    from kg.serve.desk import Desk, facts_of
    from kg.serve.review import ReviewServer
    from kg.text import read_source

    page = read_source(text).text
    path = folder / f"{source}.yaml" if source else facts_of(folder, page)
    with ReviewServer(Desk(path, page), port) as server:
        click.echo(server.url)
        if opened:
            webbrowser.open(server.url)
        server.serve_forever()
