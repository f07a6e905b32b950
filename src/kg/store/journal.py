"""How far a push came, so that one that was interrupted goes on where it stopped.

An entry is a small file beside the cache, named after all that makes two pushes the same: the content of the
data, where it goes and how. So it is never taken for another push, and what it says is tried before it is
believed: the last batch is looked for at the endpoint.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from typing import Any

from kg.errors import UsageError
from kg.files import replacing
from kg.store.cache import JOURNALS, folder

#: Entries that are kept, the ones that were written last.
MOST = 100


class Journal:
    """The entry of one push; without a cache it is kept in memory alone."""

    def __init__(self, *key: object) -> None:
        name = sha256(json.dumps(key, default=str).encode()).hexdigest()[:32]
        root = folder()
        self._file = os.path.join(root, JOURNALS, f"{name}.json") if root else None
        self.state: dict[str, Any] = {}
        if self._file:
            with suppress(OSError, ValueError), open(self._file, "rb") as stream:
                found = json.load(stream)
                if isinstance(found, dict) and all(isinstance(each, int) for each in found.values()):
                    self.state = found

    @property
    def kept(self) -> bool:
        """Whether another process can go on from here."""
        return self._file is not None

    def done(self, graph: str) -> int:
        """Return how many statements of a graph were written."""
        return int(self.state.get(f"done {graph}", 0))

    def write(self, **state: int) -> None:
        """Note something; that it cannot be written is no reason not to push."""
        first, self.state = not self.state, self.state | state
        if self._file:
            with suppress(OSError, UsageError):
                os.makedirs(os.path.dirname(self._file), mode=0o700, exist_ok=True)
                with replacing(self._file) as stream:
                    stream.write(json.dumps(self.state).encode())
                if first:
                    self._shrink(os.path.dirname(self._file))

    def forget(self) -> None:
        """Delete the entry."""
        self.state = {}
        if self._file:
            with suppress(OSError):
                os.unlink(self._file)

    def _shrink(self, directory: str) -> None:
        """Delete the oldest entries where there are too many."""
        with os.scandir(directory) as entries:
            for entry in sorted(entries, key=lambda each: -each.stat().st_mtime)[MOST:]:
                os.unlink(entry.path)
