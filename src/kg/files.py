"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import UsageError


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """Write a temporary file beside ``path`` that takes its place when all went well.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
    >>> with replacing(path) as stream:
    ...     _ = stream.write(b"whole")
    >>> path.read_text(), [p.name for p in path.parent.iterdir()]
    ('whole', ['a.txt'])

    A link keeps leading to its file. A device or a pipe is written as it is: nothing may take its place.

    Raises ``UsageError`` when the folder cannot be written.
    """
    path = Path(os.path.realpath(path))
    if path.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder", hint="choose another file")
    if path.exists() and not path.is_file():
        try:
            with path.open("wb") as stream:
                yield stream
        except OSError as error:
            raise _cannot_write(path, error) from None
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        stream = temporary.open("wb")
    except OSError as error:
        raise _cannot_write(path, error) from None
    try:
        with stream:
            yield stream
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _cannot_write(path, error) from None
        raise


def _cannot_write(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write {path}: {error.strerror or error}", hint="choose another file")
