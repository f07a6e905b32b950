"""The next generation of a store on disk: written beside the one that counts, then made to count."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

import pyoxigraph

from kg.errors import DataError, KgError, UsageError
from kg.files import replacing
from kg.store import files
from kg.store.disk import GENERATION, STATE, UNDER_WAY, DiskStore, State, damaged, is_store, read_state
from kg.store.lease import lease
from kg.store.union import size, unite

#: Told of a file and how many more of its bytes were read.
Progress = Callable[[str, int], None]


def load(
    locations: Sequence[str],
    directory: str,
    *,
    replace: bool = False,
    progress: Progress | None = None,
    new: bool = False,
) -> list[str]:
    """Load files into a store on disk, which is made where there is none; all of them or nothing.

    Statements are added to those that are there; with ``replace`` they take their place. A second writer is
    refused; with ``new`` it waits for the first, and loads only where there is no store then. Returns what
    the user should know, one sentence each.

    Raises ``DataError`` when a file is wrong, ``UsageError`` when the disk is full or the directory is no
    store; the store is then what it was.
    """
    found = list(files.find(locations))
    with _sole_writer(directory, wait=new):
        if new and is_store(directory):
            return []
        with _next(directory, keep=not replace) as generation:
            prefixes = {} if replace else dict(generation.prefixes)
            declarations = files.Declarations(prefixes)
            for file in found:
                seen = partial(progress, file) if progress else _unseen
                generation.notes += declarations.add(files.load(generation.quads, file, seen=seen), file)
            if any(map(files.may_have_graphs, found)):
                unite(generation.quads)
            if not len(generation.quads):
                raise DataError(
                    f"no statements in {', '.join(locations)}", hint="give a file with statements in it"
                )
            generation.prefixes = prefixes
    return generation.notes


def _unseen(size: int) -> None:
    """Be told, and say nothing: a file of a store is streamed in any case."""


def optimize(directory: str) -> None:
    """Write a store anew in the order that is read fastest; readers are not disturbed."""
    read_state(directory)
    with _sole_writer(directory), _next(directory) as generation:
        generation.quads.optimize()


def backup(directory: str, target: str) -> None:
    """Copy a store, as it is now, to a directory that does not exist yet; whole or not at all.

    The copy shares no file with the store, so what harms one leaves the other.
    """
    store = DiskStore(directory)
    if os.path.lexists(target):
        raise UsageError(f"{target} exists", hint="name a directory that does not exist yet")
    temporary = f"{target.rstrip(os.sep)}.{os.getpid()}.tmp"
    try:
        shutil.copytree(store.path, os.path.join(temporary, store.state.generation))
        _write_state(temporary, store.state)
        _sync(os.path.join(temporary, store.state.generation))
        os.rename(temporary, target)
    except (OSError, shutil.Error) as error:
        raise _cannot_write(target, error) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


class Generation:
    """A generation that is being written."""

    def __init__(self, path: str, prefixes: dict[str, str]) -> None:
        self.quads = pyoxigraph.Store(path)
        self.prefixes = prefixes
        self.notes: list[str] = []

    def close(self) -> State:
        """End the writing; return what there is to say about it."""
        self.quads.flush()
        statements = size(self.quads)
        self.abandon()
        return State("", statements, self.prefixes, self.notes)

    def abandon(self) -> None:
        """Let go of the files; there is no other way to close them."""
        if hasattr(self, "quads"):
            del self.quads


@contextmanager
def _next(directory: str, *, keep: bool = True) -> Iterator[Generation]:
    """Yield the next generation, with what the store holds where ``keep``; it counts when all went well."""
    before = read_state(directory) if is_store(directory) else None
    sweep(directory, before)
    name = f"{GENERATION}{int(before.generation.removeprefix(GENERATION)) + 1 if before else 1}"
    # Until it is whole it has another name, so what a load that died leaves is not taken for a store's own.
    path = os.path.join(directory, f"{name}{UNDER_WAY}")
    generation: Generation | None = None
    try:
        if before and keep:
            if not os.path.isdir(before.path(directory)):
                raise damaged(directory, f"{before.generation} is missing")
            # Hard links where the file system has them: what is there is not copied.
            pyoxigraph.Store.read_only(before.path(directory)).backup(path)
        generation = Generation(path, dict(before.prefixes) if before else {})
        yield generation
        state = generation.close()._replace(generation=name)
        _sync(path)
        os.rename(path, path := os.path.join(directory, name))
        _write_state(directory, state)
    except BaseException as error:
        if generation:
            generation.abandon()
        shutil.rmtree(path, ignore_errors=True)
        if isinstance(error, (OSError, RuntimeError)):
            raise _cannot_write(directory, error) from None
        raise
    sweep(directory, state)


@contextmanager
def _sole_writer(directory: str, *, wait: bool = False) -> Iterator[None]:
    made = not os.path.lexists(directory)
    try:
        os.makedirs(directory, exist_ok=True)
        ours = (GENERATION, STATE, f".{STATE}")
        strange = sorted(name for name in os.listdir(directory) if not name.startswith(ours))
        if strange and not is_store(directory):
            raise UsageError(f"{directory} is no store: it holds {strange[0]}", hint="name a new directory")
        if not is_store(directory) and any(map(_is_generation, os.listdir(directory))):
            raise damaged(directory, f"{STATE} is missing")
        held = lease(directory, alone=True, wait=wait)
    except OSError as error:
        raise _cannot_write(directory, error) from None
    if held is None:
        raise DataError(
            f"another process is writing to the store {directory}", hint="try again when it is done"
        )
    try:
        yield
    except BaseException:
        if made:
            with suppress(OSError):
                os.rmdir(directory)  # only when nothing is in it
        raise
    finally:
        held.release()


def _is_generation(name: str) -> bool:
    return name.startswith(GENERATION) and not name.endswith(UNDER_WAY)


def sweep(directory: str, state: State | None) -> None:
    """Delete generations that do not count and that nobody reads: older ones, and what a dead load left."""
    for name in os.listdir(directory):
        path = os.path.join(directory, name)
        if name.startswith(f".{STATE}"):
            os.unlink(path)
        elif name.startswith(GENERATION) and (state is None or name != state.generation):
            with suppress(OSError):  # what cannot be deleted now is deleted next time
                held = lease(path, alone=True)
                if held is not None:
                    shutil.rmtree(path)
                    held.release()


def _write_state(directory: str, state: State) -> None:
    with replacing(os.path.join(directory, STATE)) as stream:
        stream.write(state.to_json())
        stream.flush()
        os.fsync(stream.fileno())
    _sync(directory)


def _sync(directory: str) -> None:
    """Have the names in a directory outlive a power cut, where directories can be opened."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_write(directory: str, error: Exception) -> KgError:
    if isinstance(error, shutil.Error) and error.args:  # a list of files, each with its reason
        error = OSError(0, str(error.args[0][0][2]))
    reason = getattr(error, "strerror", None) or str(error)
    hint = ("free some space, or " if "space" in reason else "") + "choose another directory"
    return UsageError(
        f"cannot write {directory}: {' '.join(reason.split())}", hint=hint + "; nothing was changed"
    )
