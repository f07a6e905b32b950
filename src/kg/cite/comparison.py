"""Whether a recorded answer still holds: the rows that came and went, and the statements behind them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, RdfFormat, Triple

from kg.cite.manifest import answer, data_digest, named
from kg.entities.blank import BlankNames
from kg.errors import DataError
from kg.query.results import Results
from kg.sparql import parse
from kg.store.protocol import Store, Term

#: The word by which a query orders its rows.
_ORDERED = frozenset({"ORDER"})


@dataclass(frozen=True)
class Comparison:
    """What became of a recorded answer: rows that went and came, and the statements behind them.

    Terms are written as N-Triples writes them, an unbound one is empty, a blank node has a name that comes
    of what is said of it. ``reordered`` is said of a query that orders its rows; ``same_data`` is ``None``
    where the blank nodes of the data cannot be compared.
    """

    columns: tuple[str, ...]
    lost: tuple[tuple[str, ...], ...]
    gained: tuple[tuple[str, ...], ...]
    lost_statements: tuple[str, ...]
    gained_statements: tuple[str, ...]
    reordered: bool
    same_data: bool | None
    same_evidence: bool

    @property
    def holds(self) -> bool:
        """Whether the rows are those of the record, in the same order."""
        return not (self.lost or self.gained or self.reordered)


def compare(manifest: dict[str, Any], results: Results) -> Comparison:
    """Compare a recorded answer with the results of the same query, asked again.

    A row that went is explained by the triples it rested on that are no longer in the graph, a row that
    came by those that the recorded answer did not rest on.
    """
    names = named(results.store)
    now = json.loads(json.dumps(answer(results, names)))
    before, after = ([tuple(row) for row in each["rows"]] for each in (manifest, now))
    lost, gained = Counter(before) - Counter(after), Counter(after) - Counter(before)
    rested = {t for triples in manifest["lineage"] for t in triples}
    known = {
        t for row, triples in zip(before, manifest["lineage"], strict=False) if row in lost for t in triples
    }
    fresh = {t for row, triples in zip(after, now["lineage"], strict=False) if row in gained for t in triples}
    holds = _Holding(results.store, names)
    comparable = names is not None and manifest["data_sha256"]
    ordered = results.form == "solutions" and bool(_ORDERED & parse(results.query).words)
    return Comparison(
        tuple(now["columns"]),
        tuple(sorted(lost.elements())),
        tuple(sorted(gained.elements())),
        tuple(sorted(triple for triple in known if triple not in holds)),
        tuple(sorted(fresh - rested)),
        not lost and not gained and before != after and ordered,
        manifest["data_sha256"] == data_digest(results.store, names) if comparable else None,
        _cited(manifest) == _cited(now),
    )


class _Holding:
    """The triples, as they are recorded, that a store has."""

    def __init__(self, store: Store, names: BlankNames | None) -> None:
        self._store = store
        self._blank = set()
        if names is not None and names.names:
            written = {quad.triple: names.line(quad.triple) for quad in store.quads()}
            self._blank = {line for triple, line in written.items() if line != str(triple)}

    def __contains__(self, written: str) -> bool:
        if written in self._blank:
            return True
        return self._store.holds(read_triple(written))


def read_triple(written: str) -> Triple:
    """Return a triple as it is recorded.

    Raises ``DataError`` for what is none.
    """
    try:
        [quad] = pyoxigraph.parse(f"{written} .", RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError) as error:
        raise DataError(
            f"the record rests on {written!r}, which is no triple: {error}",
            hint="save the answer again, then compare",
        ) from None
    triple: Triple = quad.triple
    return triple


def read_term(written: str) -> Term:
    """Return a term as it is recorded; what is none, as the answer of ASK, is a literal.

    >>> read_term('"曹县"@zh').language, read_term("true").value
    ('zh', 'true')
    """
    try:
        [quad] = pyoxigraph.parse(f"<urn:s> <urn:p> {written} .", RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        return Literal(written)
    term: Term = quad.object
    return term


def _cited(answer: dict[str, Any]) -> Counter[tuple[Any, ...]]:
    """Return the rows of an answer with the evidence of each, whatever their order."""
    pieces = [json.dumps(piece, sort_keys=True) for piece in answer["evidence"]]
    rows = zip(answer["rows"], answer["citations"], strict=False)
    return Counter((tuple(row), frozenset(pieces[number - 1] for number in numbers)) for row, numbers in rows)
