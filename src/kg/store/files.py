"""Files of statements: find them, name their format, load them, say what is wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import DataError

FORMATS: dict[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
#: Above this size `bulk_load`, which sorts before it inserts, is the faster way in.
BULK = 8_000_000
_EXTENSIONS = "give a " + ", ".join(FORMATS) + " file (each may end in .gz)"


def find(locations: Sequence[str]) -> Iterator[str]:
    """Yield the files that the locations stand for; a directory stands for all below it, sorted."""
    for location in locations:
        path = Path(location)
        if location == "-" or not path.is_dir():
            yield location
            continue
        files = [f for f in sorted(path.rglob("*")) if f.is_file() and _format(f.name) and f.name[0] != "."]
        if not files:
            raise DataError(f"no data in the directory {location}", hint=_EXTENSIONS)
        yield from map(str, files)


def load(store: pyoxigraph.Store, file: str) -> dict[str, str]:
    """Load one file, or standard input for ``-``, and return the prefixes it declares at its head."""
    try:
        if file == "-":
            return _load_stdin(store)
        path = Path(file)
        format = _format(path.name)
        if format is None:
            raise _unknown_format(path)
        with path.open("rb") as stream:
            head = stream.read(512)
            _refuse_what_is_no_text(head, file)
            if head.startswith(b"\xef\xbb\xbf"):  # a byte order mark: pyoxigraph takes it for a term
                return _load_bytes(store, head[3:] + stream.read(), format, _base(path))
        if path.suffix == ".gz":
            return _load_gzip(store, path, format)
        insert = store.bulk_load if path.stat().st_size > BULK else store.load
        insert(path=file, format=format, base_iri=_base(path))
        return _prefixes(pyoxigraph.parse(path=file, format=format, base_iri=_base(path)))
    except SyntaxError as error:
        raise _cannot_parse(error, file) from None
    except FileNotFoundError:
        raise DataError(
            f"no file {file}", hint="give an existing file or directory, or - for stdin"
        ) from None
    except (OSError, EOFError) as error:
        raise DataError(
            f"cannot read {file}: {error}", hint="check that the file is whole and readable"
        ) from None


def _format(name: str) -> RdfFormat | None:
    """Return the format that a file's name tells, looking through ``.gz``."""
    return FORMATS.get(Path(name.removesuffix(".gz")).suffix.lower())


def _base(path: Path) -> str:
    return path.resolve().as_uri()


def _load_bytes(store: pyoxigraph.Store, data: bytes, format: RdfFormat, base: str | None) -> dict[str, str]:
    store.load(input=data, format=format, base_iri=base)
    return _prefixes(pyoxigraph.parse(input=data, format=format, base_iri=base))


def _load_gzip(store: pyoxigraph.Store, path: Path, format: RdfFormat) -> dict[str, str]:
    import gzip
    import zlib

    def unzipped() -> IO[bytes]:
        return gzip.open(path, "rb")  # type: ignore[return-value]

    try:
        with unzipped() as stream:
            _refuse_what_is_no_text(stream.read(512), str(path))
        with unzipped() as stream:
            store.bulk_load(input=stream, format=format, base_iri=_base(path))
        with unzipped() as stream:
            return _prefixes(pyoxigraph.parse(input=stream, format=format, base_iri=_base(path)))
    except zlib.error as error:
        raise DataError(f"cannot unzip {path}: {error}", hint="check that the file is whole") from None


def _load_stdin(store: pyoxigraph.Store) -> dict[str, str]:
    data = sys.stdin.buffer.read()
    _refuse_what_is_no_text(data[:512], "-")
    data = data.removeprefix(b"\xef\xbb\xbf")
    start = data[:512].lstrip()
    if start.startswith((b"<?xml", b"<rdf:RDF")):
        return _load_bytes(store, data, RdfFormat.RDF_XML, None)
    if start[:1] in b"{[" and start[1:].lstrip()[:1] in b'"{}':
        return _load_bytes(store, data, RdfFormat.JSON_LD, None)
    try:
        # TriG holds Turtle and N-Triples; only N-Quads is a language apart.
        return _load_bytes(store, data, RdfFormat.TRIG, None)
    except SyntaxError:
        try:
            return _load_bytes(store, data, RdfFormat.N_QUADS, None)
        except SyntaxError:
            pass
        raise


def _prefixes(parser: pyoxigraph.QuadParser) -> dict[str, str]:
    """Return the prefixes declared before the first statement; reading on would parse the file twice."""
    next(iter(parser), None)
    return dict(parser.prefixes)


def _refuse_what_is_no_text(head: bytes, file: str) -> None:
    name = "standard input" if file == "-" else file
    if not head:
        raise DataError(f"{name} is empty", hint="give a file with statements in it")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{name} is UTF-16, not UTF-8", hint=f"convert it: iconv -f UTF-16 -t UTF-8 {name}")
    if b"\0" in head:
        raise DataError(f"{name} is binary, not text", hint=_EXTENSIONS)


def _unknown_format(path: Path) -> DataError:
    if not path.exists():
        return DataError(f"no file {path}", hint="give an existing file or directory, or - for stdin")
    return DataError(f"cannot tell the format of {path} by its name", hint=_EXTENSIONS)


def _cannot_parse(error: SyntaxError, file: str) -> DataError:
    name = "standard input" if file == "-" else file
    reason = str(error.msg).removeprefix("Parser error ")
    place, _, reason = reason.partition(": ")
    if "utf-8" in reason.lower():
        return DataError(f"{name} is not UTF-8 ({place})", hint=_encoding_hint(file))
    hint = "mend that line"
    if "nexpected end" in reason:
        hint = "the file looks cut off: fetch or write it again"
    elif "has not been declared" in reason:
        hint = "declare the prefix at the head of the file"
    return DataError(f"{name}: {place}: {reason[:1].lower()}{reason[1:]}", hint=hint)


def _encoding_hint(file: str) -> str:
    if file != "-":
        try:
            Path(file).read_bytes().decode("gb18030")
        except ValueError:
            return "save it as UTF-8"
        return f"it reads as GB18030; convert it: iconv -f GB18030 -t UTF-8 {file}"
    return "convert it to UTF-8 first"
