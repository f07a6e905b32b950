"""An answer on record: what was asked of which data, what came out, and what it rested on.

The record holds no clock and no machine, so the same answer makes the same file. It carries a digest
of itself: a record that was edited is refused.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Quad, Triple

from kg.cite.citation import Citations, cite
from kg.cite.rewrite import FICKLE
from kg.entities.blank import BlankNames
from kg.errors import DataError, KgError, QueryError
from kg.query.results import Results
from kg.sparql import parse
from kg.store import open_store
from kg.store.address import names
from kg.store.protocol import Store, Term

#: The layout of the file; a reader that does not know it says so.
LAYOUT = 1
_SAVED = "give a file that --save-answer wrote"


def record(results: Results, *, data: Sequence[str] = ()) -> str:
    """Return the record of an answer as JSON; ``data`` are the locations that were asked.

    An answer that cannot be cited is recorded without evidence, with the reason.
    """
    names = named(results.store)
    manifest: dict[str, Any] = {
        "layout": LAYOUT,
        "kg": _version("kg"),
        "pyoxigraph": _version("pyoxigraph"),
        "query": results.query,
        "query_sha256": sha256(results.query.encode()).hexdigest(),
        "data": list(data),
        "data_sha256": data_digest(results.store, names) if names else "",
        "limit": results.limit,
        **answer(results, names),
    }
    manifest["sha256"] = _digest(manifest)
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def doubts(results: Results, data: Sequence[str]) -> list[str]:
    """Return why the record of an answer may not be held against another day, a sentence each.

    >>> from kg.query.run import evaluate
    >>> from kg.store import MemoryStore
    >>> doubts(evaluate(MemoryStore.parse("<urn:a> <urn:p> 1 ."), "SELECT (NOW() AS ?t) {}"), ["-"])
    ['NOW gives another value at each call: this answer will never come again',
     'the data came from standard input: kg rerun will need it again, by --data FILE']
    """
    said = []
    if fickle := sorted(FICKLE & parse(results.query).words):
        gives = "gives" if len(fickle) == 1 else "give"
        said.append(
            f"{', '.join(fickle)} {gives} another value at each call: this answer will never come again"
        )
    if "-" in data:
        said.append("the data came from standard input: kg rerun will need it again, by --data FILE")
    return said


def locations(manifest: dict[str, Any], file: Path | str) -> list[str]:
    """Return where the data of a record are: as it names them, or the same beside the record.

    Raises ``DataError`` where they are not to be found.
    """
    folder, found = Path(file).parent, []
    for location in manifest["data"]:
        if location == "-":
            raise DataError(
                "the record was made of standard input", hint="give the same statements: --data FILE"
            )
        there = [location, str(folder / location)]
        at = next((each for each in there if "://" in each or Path(each).exists()), None)
        if at is None and location in names():
            at = location  # an endpoint of kg.toml
        if at is None:
            raise DataError(
                f"there is no {location}, which the record was made of, here or in {folder}",
                hint="say where it is now: --data FILE",
            )
        found.append(at)
    return found


def recorded(manifest: dict[str, Any], file: Path | str) -> Store | None:
    """Return the data of a record where they are files that are still there, whatever they hold by now."""
    try:
        found = locations(manifest, file)
        if not all(Path(location).exists() for location in found):
            return None  # an endpoint holds what it holds today
        return open_store(found) if found else open_store()
    except KgError:
        return None


def read_record(path: Path) -> dict[str, Any]:
    """Return a record that was written by ``record``.

    Raises ``DataError`` when it cannot be read, or was edited.
    """
    try:
        text = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        manifest = json.loads(text)
    except OSError as error:
        raise DataError(f"cannot read {path}: {error.strerror}", hint=_SAVED) from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"{path} is no JSON: {error}", hint=_SAVED) from None
    if not isinstance(manifest, dict) or manifest.get("layout") != LAYOUT:
        raise DataError(f"{path} records no answer that this kg can read", hint=_SAVED)
    if manifest.get("sha256") != _digest(manifest):
        raise DataError(f"{path} was edited after it was saved", hint="save the answer again, then compare")
    if wrong := _misshapen(manifest):
        raise DataError(f"{path} is no whole record: {wrong}", hint=_SAVED)
    return manifest


def data_digest(store: Store, names: BlankNames | None = None) -> str:
    """Return a digest of all quads, whatever their order and their blank nodes: the sum of their SHA-256.

    >>> from kg.store import MemoryStore
    >>> a, b = MemoryStore.parse("<urn:a> <urn:p> 1, [] ."), MemoryStore.parse("<urn:a> <urn:p> [], 1 .")
    >>> data_digest(a) == data_digest(b) != data_digest(MemoryStore.parse("<urn:a> <urn:p> 1 ."))
    True

    Raises ``DataError`` where the blank nodes cannot be compared.
    """
    line = (names or BlankNames(store.quads())).line
    total = sum(int.from_bytes(sha256(line(quad).encode()).digest(), "big") for quad in store.quads())
    return f"{total % (1 << 256):064x}"


def named(store: Store) -> BlankNames | None:
    """Return names of the blank nodes, or nothing where they are too much alike to be compared."""
    try:
        return BlankNames(store.quads())
    except DataError:
        return None


def answer(results: Results, names: BlankNames | None) -> dict[str, Any]:
    """Return the part of a record that is not about the query and the data: rows, lineage, evidence."""
    written = _Written(results, names)
    rows = [["" if term is None else written.term(term) for term in row] for row in results.cells()]
    if results.form == "boolean":
        rows = [[str(results.boolean).lower()]]
    found: dict[str, Any] = {"form": results.form, "columns": list(results.columns), "rows": rows}
    try:
        citations: Citations = cite(results)
    except QueryError as error:
        return found | {
            "not_cited": error.message,
            "lineage": [],
            "citations": [],
            "evidence": [],
            "notes": [],
        }
    derivations = citations.lineage.derivations
    return found | {
        "lineage": [sorted(map(written.triple, derivation.triples)) for derivation in derivations],
        "citations": [list(row) for row in citations.rows],
        "evidence": [
            {
                name: written.name(value)
                for name, value in note.evidence._asdict().items()
                if value not in ("", None, ())
            }
            | {"statements": sorted(map(written.name, note.statements))}
            for note in citations.footnotes
        ],
        "notes": list(citations.notes),
    }


class _Written:
    """Terms as they are recorded: blank nodes by what is said of them, in the data or else in the answer."""

    def __init__(self, results: Results, names: BlankNames | None) -> None:
        self._names = names or BlankNames(())
        self._made: BlankNames | None = None
        self._new: dict[BlankNode, str] = {}
        if results.form == "graph" and names is not None:
            triples = [row for row in results.rows if isinstance(row, Triple)]
            if any(isinstance(end, BlankNode) and end not in names.names for t in triples for end in t):
                self._made = BlankNames(Quad(*triple) for triple in triples)
        self._by_label = {node.value: f"_:{name}" for node, name in self._names.names.items()}

    def term(self, term: Term) -> str:
        if isinstance(term, BlankNode) and term not in self._names.names:
            if self._made is not None:
                return self._made.text(term)
            return self._new.setdefault(term, f"_:new{len(self._new) + 1}")  # the query made it
        return self._names.text(term)

    def triple(self, triple: Triple) -> str:
        return self._names.line(triple)

    def name(self, value: Any) -> Any:
        """Return a part of a piece of evidence; one that names a blank node names it by what it is."""
        if not isinstance(value, str):
            return value
        return self._by_label.get(value.removeprefix("_:"), value)


#: What a record holds, and of what kind each is.
_TEXTS = ("query", "data_sha256", "form")
_LISTS = ("data", "columns", "rows", "lineage", "citations", "evidence", "notes")


def _misshapen(manifest: dict[str, Any]) -> str:
    """Say what of a record is not as ``record`` writes it; empty where all is."""
    for name in (*_TEXTS, *_LISTS):
        kind, word = (str, "text") if name in _TEXTS else (list, "list")
        if not isinstance(manifest.get(name), kind):
            return f"{name!r} is missing or no {word}"
    limit = manifest.get("limit")
    if limit is not None and (type(limit) is not int or limit < 1):
        return "'limit' is no number of rows"
    if manifest["form"] not in ("solutions", "boolean", "graph"):
        return "'form' is none of an answer"
    for name in ("data", "columns"):
        if not all(isinstance(each, str) for each in manifest[name]):
            return f"{name!r} holds what is no text"
    for name in ("rows", "lineage"):
        if not all(isinstance(row, list) and all(isinstance(c, str) for c in row) for row in manifest[name]):
            return f"{name!r} holds what is no list of texts"
    if not all(isinstance(piece, dict) for piece in manifest["evidence"]):
        return "'evidence' holds what is no piece of evidence"
    known = range(1, len(manifest["evidence"]) + 1)
    for row in manifest["citations"]:
        if not isinstance(row, list) or not all(type(number) is int and number in known for number in row):
            return "'citations' holds what is no number of a piece of evidence"
    return ""


def _digest(manifest: dict[str, Any]) -> str:
    rest = {name: value for name, value in manifest.items() if name != "sha256"}
    return sha256(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a checkout that was never installed
        return ""
