"""The bytes of a file, unpacked while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol

from kg.errors import DataError, UsageError

#: Told how many more bytes of a file were read.
Seen = Callable[[int], None]

#: Extensions that say how a file is packed.
PACKED = (".gz", ".zst")
#: The byte order mark that some editors put before UTF-8; pyoxigraph takes it for a term.
MARK = b"\xef\xbb\xbf"
_CHUNK = 1 << 17


class Reader(Protocol):
    """What pyoxigraph reads from."""

    def read(self, size: int = -1, /) -> bytes: ...


def packing(file: str) -> str:
    """Return the extension that says how a file is packed, or ``""``.

    >>> packing("a.ttl.gz"), packing("a.ttl")
    ('.gz', '')
    """
    return next((extension for extension in PACKED if file.endswith(extension)), "")


@contextmanager
def opened(file: str, seen: Seen | None = None) -> Iterator[Any]:
    """Open a file for reading, unpacked; ``seen`` is told about the bytes as they lie on disk.

    What goes wrong while it is read is a ``DataError``, so any other error of a load is the store's.
    """
    with open(file, "rb", buffering=_CHUNK) as raw:
        counted: Any = _Counted(raw, seen) if seen else raw
        yield _Checked(_unpacked(counted, packing(file)), file)


def _unpacked(raw: Any, packed: str) -> Reader:
    if packed == ".gz":
        import gzip

        return gzip.GzipFile(fileobj=raw)
    return _Zstandard(raw) if packed == ".zst" else raw


class _Counted:
    def __init__(self, raw: IO[bytes], seen: Seen) -> None:
        self._raw, self._seen = raw, seen

    def read(self, size: int = -1, /) -> bytes:
        data = self._raw.read(size)
        self._seen(len(data))
        return data


class _Checked:
    """Turn what a file can go wrong with into one error, and leave out a byte order mark."""

    def __init__(self, reader: Reader, file: str) -> None:
        self._reader, self._file = reader, file
        self._begun = False

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._reader.read(size)
            if not self._begun:
                self._begun = True
                if data.startswith(MARK):
                    data = data.removeprefix(MARK) or self._reader.read(size)
            return data
        except (OSError, EOFError) as error:
            hint = "check that the file is whole and readable"
            raise DataError(f"cannot read {self._file}: {error}", hint=hint) from None
        except Exception as error:  # zlib.error and ZstdError have no other base
            if type(error).__name__ not in ("error", "ZstdError"):
                raise
            raise DataError(
                f"cannot unpack {self._file}: {error}", hint="check that the file is whole"
            ) from None


class _Zstandard:
    """Unpack frame by frame: the package's own reader takes a file that was cut off for a whole one."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._frames = zstandard().ZstdDecompressor
        self._frame = self._frames().decompressobj()
        self._begun = False
        self._ready = b""

    def read(self, size: int = -1, /) -> bytes:
        while size < 0 or not self._ready:
            packed = self._frame.unused_data if self._frame.eof else b""
            packed = packed or self._raw.read(_CHUNK)
            if not packed:
                if self._begun and not self._frame.eof:
                    raise EOFError("the file ends within a frame")
                break
            if self._frame.eof:
                self._frame = self._frames().decompressobj()
            self._begun = True
            self._ready += self._frame.decompress(packed)
        size = len(self._ready) if size < 0 else size
        data, self._ready = self._ready[:size], self._ready[size:]
        return data


def zstandard() -> Any:
    """Return the package of that name; raise ``UsageError`` when it is not installed."""
    try:
        import zstandard as package
    except ImportError:
        raise UsageError(
            "a .zst file needs the package zstandard", hint="pip install 'kg[zst]', or pack it as .gz"
        ) from None
    return package
