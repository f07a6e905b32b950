"""Work that is begun before it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


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


#: The shipped graph, where ``kg.start`` saw that it will be asked.
shipped: Ahead[Any] | None = None
