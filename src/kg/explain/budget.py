"""What an explanation may cost: it comes soon and takes little, or it stops and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.errors import QueryTimeout
from kg.query.deadline import within

#: An explanation that comes late is none.
SECONDS = 5.0
#: So many bytes the process may grow meanwhile.
MEMORY = 1 << 30


def told(lines: Callable[[], Iterable[str]], seconds: float = SECONDS, *, size: int = 0) -> list[str]:
    """Return the lines that are found within the budget, and where it ended the search, a line that says so.

    The engine cannot be called back: what it is at then goes on, unheard, until it ends or the process
    does. ``size`` is the length of the query.

    >>> told(lambda: iter(["nothing matches ?s ?p 1"]))
    ['nothing matches ?s ?p 1']
    """
    found: list[str] = []
    given_up = False

    def work() -> None:
        for line in lines():
            if given_up:
                return
            found.append(line)

    if seconds <= 0:
        return ["no time is left to look for the reason"]
    try:
        within(seconds, work, size=size, memory=MEMORY)
    except QueryTimeout as error:
        given_up = True
        time = f"{round(seconds)} s" if seconds >= 1 else "the time that is left"
        spent = f"{MEMORY >> 20:,} MB" if "memory" in error.message else time
        return [*found, f"looking further for the reason would take more than {spent}; narrow the query"]
    return found
