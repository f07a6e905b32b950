"""An answer on record: what was asked of which data, what came out, and what it rested on.

The record holds no clock and no machine, so the same answer makes the same file. It carries a digest
of itself: a record that was edited is refused.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kg.cite.citation import Citations, cite
from kg.errors import DataError, QueryError
from kg.query.results import Results
from kg.store.protocol import Store

#: The layout of the file; a reader that does not know it says so.
LAYOUT = 1


@dataclass(frozen=True)
class Comparison:
    """What became of a recorded answer: rows that went and came, and the statements behind them."""

    lost: tuple[tuple[str, ...], ...]
    gained: tuple[tuple[str, ...], ...]
    lost_statements: tuple[str, ...]
    gained_statements: tuple[str, ...]
    reordered: bool
    same_data: bool
    same_evidence: bool

    @property
    def holds(self) -> bool:
        """Whether the rows are those of the record, in the same order."""
        return not (self.lost or self.gained or self.reordered)


def record(results: Results, *, data: Sequence[str] = ()) -> str:
    """Return the record of an answer as JSON; ``data`` are the locations that were asked.

    An answer that cannot be cited is recorded without evidence, with the reason.
    """
    manifest: dict[str, Any] = {
        "layout": LAYOUT,
        "kg": _version("kg"),
        "pyoxigraph": _version("pyoxigraph"),
        "query": results.query,
        "query_sha256": sha256(results.query.encode()).hexdigest(),
        "data": list(data),
        "data_sha256": data_digest(results.store),
        "limit": results.limit,
        **_answer(results),
    }
    manifest["sha256"] = _digest(manifest)
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def read_record(path: Path) -> dict[str, Any]:
    """Return a record that was written by ``record``.

    Raises ``DataError`` when it cannot be read, or was edited.
    """
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(
            f"cannot read {path}: {error.strerror}", hint="give a file that --save-answer wrote"
        ) from None
    except ValueError as error:
        raise DataError(f"{path} is no JSON: {error}", hint="give a file that --save-answer wrote") from None
    if not isinstance(manifest, dict) or manifest.get("layout") != LAYOUT:
        raise DataError(
            f"{path} records no answer that this kg can read", hint="give a file that --save-answer wrote"
        )
    if manifest.get("sha256") != _digest(manifest):
        raise DataError(f"{path} was edited after it was saved", hint="save the answer again, then compare")
    return manifest


def compare(manifest: dict[str, Any], results: Results) -> Comparison:
    """Compare a recorded answer with the results of the same query, asked again.

    A row that went is explained by the triples it rested on that are no longer in the graph, a row that
    came by those that the recorded answer did not rest on.
    """
    now = json.loads(json.dumps(_answer(results)))
    before, after = ([tuple(row) for row in answer["rows"]] for answer in (manifest, now))
    lost, gained = Counter(before) - Counter(after), Counter(after) - Counter(before)
    rested = {t for triples in manifest["lineage"] for t in triples}
    known = {
        t for row, triples in zip(before, manifest["lineage"], strict=False) if row in lost for t in triples
    }
    fresh = {t for row, triples in zip(after, now["lineage"], strict=False) if row in gained for t in triples}
    gone = {triple for triple in known if not _holds(results.store, triple)}
    return Comparison(
        tuple(sorted(lost.elements())),
        tuple(sorted(gained.elements())),
        tuple(sorted(gone)),
        tuple(sorted(fresh - rested)),
        not lost and not gained and before != after and results.form == "solutions",
        manifest["data_sha256"] == data_digest(results.store),
        (manifest["evidence"], manifest["citations"]) == (now["evidence"], now["citations"]),
    )


def data_digest(store: Store) -> str:
    """Return a digest of all quads, whatever their order: the sum of their SHA-256.

    >>> from kg.store import MemoryStore
    >>> a, b = MemoryStore.parse("<urn:a> <urn:p> 1, 2 ."), MemoryStore.parse("<urn:a> <urn:p> 2, 1 .")
    >>> data_digest(a) == data_digest(b) != data_digest(MemoryStore.parse("<urn:a> <urn:p> 1 ."))
    True
    """
    total = sum(int.from_bytes(sha256(str(quad).encode()).digest(), "big") for quad in store.quads())
    return f"{total % (1 << 256):064x}"


def _answer(results: Results) -> dict[str, Any]:
    rows = [["" if term is None else str(term) for term in row] for row in results.cells()]
    if results.form == "boolean":
        rows = [[str(results.boolean).lower()]]
    found: dict[str, Any] = {"form": results.form, "columns": list(results.columns), "rows": rows}
    try:
        citations: Citations | None = cite(results)
    except QueryError as error:
        return found | {
            "not_cited": error.message,
            "lineage": [],
            "citations": [],
            "evidence": [],
            "notes": [],
        }
    assert citations is not None
    derivations = citations.lineage.derivations
    return found | {
        "lineage": [sorted(map(str, derivation.triples)) for derivation in derivations],
        "citations": [list(row) for row in citations.rows],
        "evidence": [
            {name: value for name, value in asdict(note.evidence).items() if value not in ("", None, ())}
            | {"statements": list(note.statements)}
            for note in citations.footnotes
        ],
        "notes": list(citations.notes),
    }


def _digest(manifest: dict[str, Any]) -> str:
    rest = {name: value for name, value in manifest.items() if name != "sha256"}
    return sha256(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a checkout that was never installed
        return ""


def _holds(store: Store, triple: str) -> bool:
    return bool(store.query(f"ASK {{ {triple} }}", {}))
