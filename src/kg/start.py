"""The command ``kg`` starts here.

click takes longer to import than the shipped graph to load. So where `kg query` is going to ask that graph,
it is read on a second processor meanwhile; what the command does is the same without.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

from kg import ahead

if TYPE_CHECKING:
    from kg.store import Store


def main() -> NoReturn:
    """Run the command line."""
    if asks_shipped(sys.argv[1:]):
        ahead.shipped = ahead.Ahead(_open_shipped)
    from kg.cli import main as run

    run()


def asks_shipped(args: list[str]) -> bool:
    """Say whether a command line asks the shipped graph; a wrong guess costs time, not truth.

    >>> asks_shipped(["query", "ASK {}"]), asks_shipped(["query", "ASK {}", "--data=a.ttl"])
    (True, False)
    """
    other = ("--data", "--store", "--endpoint", "--help", "-h")
    return args[:1] == ["query"] and not any(arg.startswith(other) for arg in args)


def _open_shipped() -> Store:
    from kg.store import open_shipped

    return open_shipped()
