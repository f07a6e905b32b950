"""Work that is begun before it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Item = TypeVar("Item")


class Ahead(Generic[T]):
    """Do something on another thread, and hand out what came of it.

    >>> Ahead(lambda: 6 * 7).result()
    42
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._outcome: T
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._outcome = self._work()
        except Exception as error:  # handed to whoever asks for the result
            self._failure = error

    def result(self) -> T:
        """Wait for the work to end; return what it returned or raise what it raised."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        return self._outcome


#: From so many on, what is asked for is shared between two threads.
SHARED = 200


def shared(work: Callable[[Sequence[Item]], object], items: Sequence[Item]) -> None:
    """Do something to items, on two threads where they are many.

    Our engine lets other threads run while it works, so two processors share what is asked of it.

    >>> done = []
    >>> shared(done.extend, range(1_000))
    >>> len(done)
    1000
    """
    half = len(items) // 2 if len(items) > SHARED else 0
    other = Ahead(partial(work, items[:half])) if half else None
    work(items[half:])
    if other:
        other.result()


#: The shipped graph, where ``kg.start`` saw that it will be asked.
shipped: Ahead[Any] | None = None
