"""Write files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kg.errors import DataError


def write_files(files: Mapping[Path, str | bytes]) -> None:
    """Write each file beside itself and move it into place once all are written.

    Raises ``DataError`` where a folder or a file cannot be written; what was there before stays.
    """
    written: list[tuple[str, Path]] = []
    try:
        for path, content in files.items():
            folder = path.resolve().parent
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
            written.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
            # mkstemp makes the file private; a result is as readable as any other file.
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
        for name, path in written:
            Path(name).replace(path)
    except OSError as error:
        raise DataError(
            f"cannot write {error.filename or path}: {error.strerror}", hint="choose a place you may write to"
        ) from error
    finally:
        for name, _ in written:
            with contextlib.suppress(OSError):
                Path(name).unlink(missing_ok=True)
