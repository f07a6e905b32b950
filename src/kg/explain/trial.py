"""Mends that were tried: what is said of them has been counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from kg.errors import QueryError
from kg.explain.mend import Mend, mends, renamings
from kg.explain.parts import MOST_COUNTED, Parts
from kg.explain.wording import solutions
from kg.sparql import Element

#: So many slips in one query are mended one after the other.
MOST_SLIPS = 3
#: So many mends of one slip are told.
_MOST_TOLD = 2


@dataclass(frozen=True)
class Trial:
    """A change that fills the whole pattern: in words, with the pattern and its number of solutions."""

    words: str
    parts: Parts
    number: int
    #: Whether terms were changed wherever they stand.
    renamed: bool = False

    def __str__(self) -> str:
        return f"with {self.words} the pattern has {solutions(self.number, MOST_COUNTED)}"


def renamed(parts: Parts) -> Iterator[Trial]:
    """Try to put terms that occur for those that do not, wherever they stand in the query."""
    for words, text in renamings(parts.engine, parts.text) if parts.text else ():
        with suppress(QueryError):
            other = Parts.of(parts.engine, text)
            if number := other.count(other.elements):
                yield Trial(words, other, number, renamed=True)
                return


def mended(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[Trial | str]:
    """Try mends, each on the part at fault and then on the whole; mend several slips in turn.

    Where none fills the whole, say what the first would do for the part at fault.
    """
    said: list[str] = []
    partly = ""
    for _ in range(MOST_SLIPS):
        best: Mend | None = None
        whole: list[Trial] = []
        for mend in mends(parts, culprit):
            words = _joined([*said, mend.words])
            if words in [trial.words for trial in whole] or (mend.far and whole):
                continue
            with suppress(QueryError):  # a guess that is no query is not suggested
                matches = parts.count(mend.part)
                if not matches:
                    continue
                changed = mend.parts.whole()
                if number := changed.count(changed.elements):
                    whole.append(Trial(words, changed, number))
                    yield whole[-1]
                elif best is None:
                    best = mend
                    partly = partly or f"with {words} that part has {solutions(matches, MOST_COUNTED)}"
            if len(whole) == _MOST_TOLD:
                break
        if whole:
            return
        if best is None:
            break
        # Right for its part, but not the only slip: go on with what is empty then.
        parts = best.parts
        said.append(best.words)
        culprit = parts.smallest_empty()
        if not culprit:
            break
    if partly:
        yield partly


def _joined(changes: list[str]) -> str:
    """Join changes in words; what several have in common is said once."""
    by_kind: dict[str, list[str]] = {}
    for change in changes:
        kind, _, filtering = change.partition(": FILTER ")
        by_kind.setdefault(kind, []).extend([f"FILTER {filtering}"] if filtering else [])
    return " and ".join(
        f"{kind}: {' '.join(filters)}" if filters else kind for kind, filters in by_kind.items()
    )
