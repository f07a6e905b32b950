"""All statements of a store on disk, as a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import pyoxigraph

from kg.errors import UsageError
from kg.store.disk import DiskStore
from kg.store.files import FORMATS
from kg.store.stream import packing, zstandard

#: What a format is called, as the help of `kg dump` lists them; an extension does as well.
NAMES = ("nq", "nt", "ttl", "trig", "rdf", "jsonld")


def dump(directory: str, stream: IO[bytes], format: str = "nq") -> None:
    """Write every statement of a store, without keeping them in memory.

    Raises ``UsageError`` when there is no such format.
    """
    rdf = FORMATS.get("." + format.lower().lstrip("."))
    if rdf is None:
        raise UsageError(f"no format {format!r}", hint="choose one of " + ", ".join(NAMES))
    store = DiskStore(directory)
    quads: Any = store.parted() if rdf.supports_datasets else (quad.triple for quad in store.quads())
    # A context would have JSON-LD shorten IRIs that a reader has to expand again.
    prefixes = {} if rdf == pyoxigraph.RdfFormat.JSON_LD else store.prefixes
    pyoxigraph.serialize(quads, stream, rdf, prefixes=prefixes)


def format_of(file: str) -> tuple[str, str]:
    """Return the format and the packing that a file's name tells.

    >>> format_of("a.ttl.gz"), format_of("a.nq")
    (('ttl', '.gz'), ('nq', ''))
    """
    pack = packing(file)
    return os.path.splitext(file.removesuffix(pack))[1].lstrip("."), pack


@contextmanager
def packed(stream: IO[bytes], packing: str) -> Iterator[IO[bytes]]:
    """Yield what packs all that is written to it into a stream."""
    if packing == ".gz":
        import gzip

        # No name and no time, so that the same statements make the same bytes.
        with gzip.GzipFile(filename="", fileobj=stream, mode="wb", mtime=0) as out:
            yield out  # type: ignore[misc]
    elif packing == ".zst":
        with zstandard().ZstdCompressor().stream_writer(stream, closefd=False) as out:
            yield out
    else:
        yield stream
