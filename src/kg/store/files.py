"""Files of statements: find them, name their format, load them, say what is wrong with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import DataError
from kg.store.stream import MARK, Seen, opened, packing

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
_EXTENSIONS = "give a " + ", ".join(FORMATS) + " file (each may end in .gz or .zst)"


def find(locations: Sequence[str]) -> Iterator[str]:
    """Yield the files that the locations stand for; a directory stands for all below it, sorted."""
    for location in locations:
        if location == "-" or not os.path.isdir(location):
            yield location
            continue
        files = sorted(
            os.path.join(folder, name)
            for folder, _, names in os.walk(location)
            for name in names
            if _format(name) and not name.startswith(".")
        )
        if not files:
            raise DataError(f"no data in the directory {location}", hint=_EXTENSIONS)
        yield from files


class Declarations:
    """The prefixes that files declare: the first one to declare a prefix says what it means."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self._prefixes = prefixes
        self._declared_by: dict[str, str] = {}

    def add(self, prefixes: Mapping[str, str], file: str) -> list[str]:
        """Add what a file declares; return one sentence for each prefix that means something else already."""
        notes = []
        for prefix, namespace in prefixes.items():
            known = self._prefixes.setdefault(prefix, namespace)
            first = self._declared_by.setdefault(prefix, "the store" if known != namespace else file)
            if known != namespace:
                notes.append(
                    f"{file} declares the prefix {prefix}: as <{namespace}>, {first} as <{known}>; "
                    f"queries use the latter"
                )
        return notes


def load(store: pyoxigraph.Store, file: str, *, seen: Seen | None = None) -> dict[str, str]:
    """Load one file, or standard input for ``-``, and return the prefixes it declares at its head.

    ``seen`` is told how many bytes of the file were read since it was last told; the file is streamed then.
    """
    try:
        if file == "-":
            return _load_stdin(store)
        format = _format(file)
        if format is None:
            raise _unknown_format(file)
        with opened(file) if packing(file) else open(file, "rb") as stream:
            head = stream.read(512)
        _refuse_what_is_no_text(head, file)
        if seen or packing(file) or head.startswith(MARK):
            return _load_stream(store, file, format, seen)
        insert = store.bulk_load if os.path.getsize(file) > BULK else store.load
        insert(path=file, format=format, base_iri=base(file))
        return _prefixes(pyoxigraph.parse(path=file, format=format, base_iri=base(file)))
    except SyntaxError as error:
        raise _cannot_parse(error, file) from None
    except FileNotFoundError:
        raise DataError(
            f"no file {file}", hint="give an existing file or directory, or - for stdin"
        ) from None
    except OSError as error:
        if seen:  # the file was opened, and reading it raises another error: this is the store's
            raise
        raise DataError(
            f"cannot read {file}: {error}", hint="check that the file is whole and readable"
        ) from None


def _format(name: str) -> RdfFormat | None:
    """Return the format that a file's name tells, looking through its packing."""
    return FORMATS.get(os.path.splitext(name.removesuffix(packing(name)))[1].lower())


def may_have_graphs(file: str) -> bool:
    """Say whether a file's format holds named graphs; of standard input nothing is known.

    >>> may_have_graphs("a.nq.gz"), may_have_graphs("a.ttl")
    (True, False)
    """
    format = _format(file)
    return format is None or format.supports_datasets


def base(file: str) -> str:
    """Return the IRI of a file, against which relative IRIs in it are resolved (RFC 3986, section 5.1.3)."""
    path = os.path.abspath(file).replace(os.sep, "/")
    escaped = "".join(f"%{ord(c):02X}" if c <= " " or c in '"#%<>?[\\]^`{|}' else c for c in path)
    return "file://" + escaped if escaped.startswith("/") else "file:///" + escaped


def _read(file: str) -> bytes:
    with open(file, "rb") as stream:
        return stream.read()


def _load_bytes(store: pyoxigraph.Store, data: bytes, format: RdfFormat, base: str | None) -> dict[str, str]:
    store.load(input=data, format=format, base_iri=base)
    return _prefixes(pyoxigraph.parse(input=data, format=format, base_iri=base))


def _load_stream(store: pyoxigraph.Store, file: str, format: RdfFormat, seen: Seen | None) -> dict[str, str]:
    with opened(file, seen) as stream:
        store.bulk_load(input=stream, format=format, base_iri=base(file))
    with opened(file) as stream:
        return _prefixes(pyoxigraph.parse(input=stream, format=format, base_iri=base(file)))


def _load_stdin(store: pyoxigraph.Store) -> dict[str, str]:
    data = sys.stdin.buffer.read()
    _refuse_what_is_no_text(data[:512], "-")
    data = data.removeprefix(MARK)
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


def _unknown_format(file: str) -> DataError:
    if not os.path.exists(file):
        return DataError(f"no file {file}", hint="give an existing file or directory, or - for stdin")
    return DataError(f"cannot tell the format of {file} by its name", hint=_EXTENSIONS)


def _cannot_parse(error: SyntaxError, file: str) -> DataError:
    name = "standard input" if file == "-" else file
    reason = str(error.msg).removeprefix("Parser error ")
    place, _, reason = reason.partition(": ")
    if "utf-8" in reason.lower():
        return DataError(f"{name} is not UTF-8 ({place})", hint=_encoding_hint(file))
    hint = "mend that line"
    if "has not been declared" in reason:
        hint = "declare the prefix at the head of the file"
    elif "nexpected end" in reason or _ends_at(file, error.lineno):
        hint = "the file looks cut off: fetch or write it again"
    return DataError(f"{name}: {place}: {reason[:1].lower()}{reason[1:]}", hint=hint)


def _ends_at(file: str, line: int | None) -> bool:
    """Say whether a plain file stops at a line in the middle of a statement, as one that was cut off does."""
    if line is None or file == "-" or packing(file):
        return False
    data = _read(file).rstrip()
    return not data.endswith((b".", b"}")) and data.count(b"\n") + 1 == line


def _encoding_hint(file: str) -> str:
    if file != "-":
        try:
            _read(file).decode("gb18030")
        except ValueError:
            return "save it as UTF-8"
        return f"it reads as GB18030; convert it: iconv -f GB18030 -t UTF-8 {file}"
    return "convert it to UTF-8 first"
