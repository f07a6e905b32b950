"""Do something in time, and stay interruptible meanwhile.

pyoxigraph cannot be cancelled, and Python delivers Ctrl-C only between its own instructions. So the
work is done on a second thread while the first one waits: it hears both the clock and the keyboard.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from kg.errors import QueryTimeout

T = TypeVar("T")

#: oxigraph's parser and planner recurse, 2 kB of stack a character at worst; a page is taken only when used.
_STACK, _PER_CHARACTER, _MOST = 64 << 20, 2 << 10, 2 << 30
#: Windows delivers Ctrl-C only when a wait ends, so waits are short.
_TICK = 0.1


def within(
    seconds: float | None,
    work: Callable[[], T],
    *,
    size: int = 0,
    memory: int | None = None,
    what: str = "the query",
) -> T:
    """Return what the work returns, or raise what it raises.

    Raises ``QueryTimeout`` when it takes longer, or when the process grows by more than ``memory``
    bytes meanwhile. The work then goes on, unheard, until it ends or the process does: the command
    line ends the process, a program should count on a busy processor.
    ``size`` is the length of the query in characters: a long one gets a deeper stack. ``what`` names the
    work in the error.

    >>> within(1, lambda: 6 * 7)
    42
    """
    outcome: list[T] = []
    failure: list[BaseException] = []
    done = threading.Event()

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # handed to the thread that waits
            from traceback import clear_frames

            # pyoxigraph's iterators must be dropped by the thread that made them.
            clear_frames(error.__traceback__)
            failure.append(error)
        finally:
            done.set()

    most = None if memory is None else resident() + memory
    before = threading.stack_size(min(max(_STACK, size * _PER_CHARACTER), _MOST))
    try:
        threading.Thread(target=run, daemon=True, name="query").start()
    finally:
        threading.stack_size(before)
    end = None if seconds is None else time.monotonic() + seconds
    while not done.wait(_TICK if end is None else max(0.0, min(_TICK, end - time.monotonic()))):
        if end is not None and time.monotonic() >= end:
            raise QueryTimeout(
                f"{what} took longer than {seconds:g} s", hint="narrow it, or give it more with --timeout"
            )
        if most is not None and resident() > most:
            raise QueryTimeout(f"{what} took more than {memory or 0:,} bytes of memory", hint="narrow it")
    if failure:
        raise failure[0]
    return outcome[0]


def resident() -> int:
    """Return how many bytes of memory the process holds now, or 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123 -- pathlib is slow to import
            pages = int(stream.read().split()[1])
    except OSError:
        pages = 0
    if pages:
        import resource

        return pages * resource.getpagesize()
    if sys.platform == "darwin":  # the most it ever held, which is what it holds while it grows
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0
