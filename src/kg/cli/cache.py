"""``kg cache``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kg.cli.say import say


@click.command("cache", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--clear", is_flag=True, help="Remove all that is in it.")
def command(clear: bool) -> None:
    """Show the cache: large files that were read once, so that the next query starts at once.

    An entry is found by the content of the files. KG_CACHE names another folder, or is off.

    \b
    kg cache
    kg cache --clear
    """
    from kg.store import cache

    root = cache.folder()
    if root is None:
        say("the cache is off (KG_CACHE)")
        return
    entries = cache.entries(root)
    if clear:
        left = [entry for entry in entries if not cache.remove(entry.path)]
        if left:
            say(f"{len(left)} of {len(entries)} entries are in use; try again when they are not")
        return
    for entry in entries:
        used = f"{datetime.fromtimestamp(entry.used):%Y-%m-%d %H:%M}" if entry.used else "not whole"
        print(f"{entry.size / 1e6:10,.1f} MB  {used:16}  {Path(entry.path).name}")
    say(f"{sum(entry.size for entry in entries) / 1e6:,.1f} of {cache.BOUND / 1e6:,.0f} MB in {root}")
