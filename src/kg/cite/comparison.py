"""Whether a recorded answer still holds: the rows that came and went, and the statements behind them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pyoxigraph
from pyoxigraph import Literal, RdfFormat, Triple

from kg.cite.manifest import answer, data_digest, named
from kg.cite.reason import MISSING, RESTS_ON, RESTS_ON_ABSENCE, Changes, Reason
from kg.entities.blank import BlankNames
from kg.errors import DataError
from kg.query.results import Results
from kg.sparql import parse
from kg.store.protocol import Store, Term

#: The word by which a query orders its rows.
_ORDERED = frozenset({"ORDER"})
#: The words by which a query asks for what is not there.
_ABSENCES = ({"MINUS"}, {"NOT", "EXISTS"})


@dataclass(frozen=True)
class Comparison:
    """What became of a recorded answer: rows that went and came, and the statements behind each.

    Terms are written as N-Triples writes them, an unbound one is empty, a blank node has a name that comes
    of what is said of it. ``reordered`` is said of a query that orders its rows; ``same_data`` is ``None``
    where the blank nodes of the data cannot be compared.
    """

    columns: tuple[str, ...]
    lost: tuple[tuple[str, ...], ...]
    gained: tuple[tuple[str, ...], ...]
    lost_because: tuple[Reason, ...]
    gained_because: tuple[Reason, ...]
    reordered: bool
    same_data: bool | None
    same_evidence: bool

    @property
    def holds(self) -> bool:
        """Whether the rows are those of the record, in the same order."""
        return not (self.lost or self.gained or self.reordered)

    @property
    def lost_statements(self) -> tuple[str, ...]:
        """The statements behind the rows that went."""
        return tuple(sorted({each for reason in self.lost_because for each in reason.statements}))

    @property
    def gained_statements(self) -> tuple[str, ...]:
        """The statements behind the rows that came."""
        return tuple(sorted({each for reason in self.gained_because for each in reason.statements}))


def compare(
    manifest: dict[str, Any], results: Results, recorded: Callable[[], Store | None] | None = None
) -> Comparison:
    """Compare a recorded answer with the results of the same query, asked again.

    ``recorded`` gives the data of the record, where they are still there. Then a row that went or came is
    explained by the statements that the graphs do not share; else one that went by those it rested on that
    are no longer in the graph, and of one that came is told what it rests on that the record does not.
    """
    names = named(results.store)
    now = json.loads(json.dumps(answer(results, names)))
    before, after = ([tuple(row) for row in each["rows"]] for each in (manifest, now))
    lost, gained = Counter(before) - Counter(after), Counter(after) - Counter(before)
    comparable = names is not None and manifest["data_sha256"]
    ordered = results.form == "solutions" and bool(_ORDERED & parse(results.query).words)
    because = _reasons(manifest, results, names, recorded) if lost or gained else None
    gone, come = sorted(lost.elements()), sorted(gained.elements())
    rested, rests = _lineages(manifest), _lineages(now)
    return Comparison(
        tuple(now["columns"]),
        tuple(gone),
        tuple(come),
        tuple(because.lost(rested[row]) for row in gone) if because else (),
        tuple(because.gained(rests[row]) for row in come) if because else (),
        not lost and not gained and before != after and ordered,
        manifest["data_sha256"] == data_digest(results.store, names) if comparable else None,
        _cited(manifest) == _cited(now),
    )


def _lineages(answer: dict[str, Any]) -> dict[tuple[str, ...], set[str]]:
    """Return what each row rests on; equal rows rest on the same."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row, triples in zip_longest(map(tuple, answer["rows"]), answer["lineage"], fillvalue=()):
        found[row].update(triples)
    return found


def _reasons(
    manifest: dict[str, Any],
    results: Results,
    names: BlankNames | None,
    recorded: Callable[[], Store | None] | None,
) -> Changes | _Apart:
    """Return what explains rows: the two graphs where both are there, or else the record and the new one."""
    old = recorded() if recorded and names is not None and manifest["data_sha256"] else None
    old_names = named(old) if old is not None else None
    if names and old is not None and old_names and data_digest(old, old_names) == manifest["data_sha256"]:
        return Changes(old, results.store, old_names, names, results.query, results.prefixes)
    known = {triple for triples in manifest["lineage"] for triple in triples}
    absence = any(words <= parse(results.query).words for words in _ABSENCES)
    return _Apart(_Holding(results.store, names), known, RESTS_ON_ABSENCE if absence else RESTS_ON)


class _Apart:
    """Reasons by a record alone: what a graph had that it has no longer, not what it had not."""

    def __init__(self, holds: _Holding, known: set[str], rests_on: str) -> None:
        self._holds, self._known, self._rests_on = holds, known, rests_on

    def lost(self, rested_on: Iterable[str]) -> Reason:
        """Say why a row went, by the statements of its lineage."""
        missing = tuple(sorted(triple for triple in rested_on if triple not in self._holds))
        return Reason(MISSING, missing) if missing else Reason()

    def gained(self, rests_on: Iterable[str]) -> Reason:
        """Say what a row that came rests on and the record does not."""
        fresh = tuple(sorted(set(rests_on) - self._known))
        return Reason(self._rests_on, fresh) if fresh else Reason()


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
