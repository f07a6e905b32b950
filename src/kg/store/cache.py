"""The cache: large files that were read once, as stores on disk, so that the next query starts at once.

An entry is a store whose name is a hash of the files' content, so a file that was changed is another entry
and an old one is never taken for it. ``KG_CACHE`` names another folder, or is ``off``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from kg.errors import DataError, UsageError
from kg.store import files
from kg.store.disk import ENGINE, STATE, VERSION, DiskStore, is_store
from kg.store.generation import load
from kg.store.lease import lease

#: Bytes that the cache holds at most; what was not asked for longest goes first.
BOUND = 8_000_000_000


#: What else lies in that folder: how far pushes came (see `kg.store.journal`).
JOURNALS = "push"


class Entry(NamedTuple):
    """One store in the cache: where, how large, and when it was last asked (seconds since 1970)."""

    path: str
    size: int
    used: float


def folder() -> str | None:
    """Return where the cache is, by ``KG_CACHE`` or the XDG base directories; ``None`` when it is off."""
    chosen = os.environ.get("KG_CACHE")
    if chosen is None:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
        return os.path.join(base, "kg") if os.path.isabs(base) else None
    return None if chosen.lower() in ("", "off", "0", "no") else chosen


def open_cached(found: Sequence[str], *, bound: int = BOUND) -> DiskStore | None:
    """Return files as a store of the cache, which is made now where it is not there or damaged.

    Returns ``None`` when there is no cache, or none that can be written; raises ``DataError`` when a file is
    wrong.
    """
    root = folder()
    if root is None:
        return None
    before = _stamps(found)
    path = os.path.join(root, key(found))
    if is_store(path):
        with suppress(DataError, OSError):
            return _used(DiskStore(path))
        remove(path)  # damaged, of another engine, or just being swept away: made anew
    try:
        os.makedirs(root, mode=0o700, exist_ok=True)
        # Two processes may come here at once: the second waits for the first, and finds its work done.
        load(found, path, new=True)
        store = _used(DiskStore(path))
    except (UsageError, OSError):  # a disk that is full or cannot be written: then without
        return None
    if _stamps(found) != before:  # changed while it was read, so its content may not be what the name says
        remove(path)
        return None
    store.notes.append(f"{_size(path) / 1e6:,.0f} MB are kept in the cache for the next query; see kg cache")
    shrink(root, bound=bound, keep=path)
    return store


def key(found: Sequence[str]) -> str:
    """Return the name of files' entry: their content, and what else says how it is read."""
    import hashlib

    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{VERSION} {ENGINE}".encode())
    for file in found:
        # The file's IRI is the base of relative ones in it, and its name tells the format.
        digest.update(f"\n{files.base(file)}\n".encode("utf-8", "surrogateescape"))
        try:
            with open(file, "rb", buffering=0) as stream:
                digest.update(hashlib.file_digest(stream, lambda: hashlib.blake2b(digest_size=32)).digest())
        except OSError as error:
            raise DataError(
                f"cannot read {file}: {error.strerror}", hint="check that the file is readable"
            ) from None
    return digest.hexdigest()


def entries(root: str) -> list[Entry]:
    """Return what is in the cache, the one that was asked last first."""
    found = []
    with suppress(FileNotFoundError):
        for name in os.listdir(root):
            if name == JOURNALS:
                continue
            path = os.path.join(root, name)
            with suppress(OSError):
                used = os.stat(os.path.join(path, STATE)).st_mtime if is_store(path) else 0.0
                found.append(Entry(path, _size(path), used))
    return sorted(found, key=lambda entry: (-entry.used, entry.path))


def shrink(root: str, *, bound: int = BOUND, keep: str = "") -> None:
    """Remove what was not asked for longest until the rest is within the bound."""
    total = 0
    for entry in entries(root):
        total += entry.size
        if total > bound and entry.path != keep:
            remove(entry.path)


def remove(path: str) -> bool:
    """Remove an entry, unless it is being written; return whether it is gone.

    Whoever has it open can finish: an open generation is removed by the next one to come by.
    """
    with suppress(OSError):
        writer = lease(path, alone=True)
        if writer is None:
            return False
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(path, STATE))  # from here on it is no store
        for name in os.listdir(path):
            held = lease(os.path.join(path, name), alone=True)
            if held is not None:
                shutil.rmtree(os.path.join(path, name))
                held.release()
        os.rmdir(path)
        writer.release()
    return not os.path.exists(path)


def _stamps(found: Sequence[str]) -> list[tuple[int, int, int]]:
    return [(status.st_ino, status.st_size, status.st_mtime_ns) for status in map(os.stat, found)]


def _used(store: DiskStore) -> DiskStore:
    store.notes = list(store.state.notes)
    with suppress(OSError):  # a folder that can only be read is used all the same
        os.utime(os.path.join(store.directory, STATE))
    return store


def _size(path: str) -> int:
    return sum(
        os.lstat(os.path.join(folder, name)).st_size for folder, _, names in os.walk(path) for name in names
    )
