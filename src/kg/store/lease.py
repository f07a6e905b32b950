"""Leases on directories: who reads a generation keeps it, who writes a store is the only one.

They are locks of the operating system on the directory itself: they end with the process however it ends,
need no file, and a folder that can only be read can be leased for reading.
"""

from __future__ import annotations

import os
import sys


class Lease:
    """Hold a lock on a directory until ``release``, or until the process ends."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the directory free; doing so twice does no harm."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __del__(self) -> None:
        self.release()


def lease(directory: str, *, alone: bool = False, wait: bool = False) -> Lease | None:
    """Lease a directory, together with others or alone; return ``None`` when others stand against it.

    Windows does without: it keeps open files from being deleted, and RocksDB's own lock a second writer out.

    Raises ``FileNotFoundError`` when there is no such directory, or it was just taken away.
    """
    if sys.platform == "win32":
        return Lease(None)
    import fcntl

    held = Lease(descriptor := os.open(directory, os.O_RDONLY))
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return None
    except OSError:
        if alone:
            raise
        return held  # a file system without locks: readers go without
    if os.stat(directory).st_ino != os.fstat(descriptor).st_ino:
        raise FileNotFoundError(directory)
    return held
