"""A piece of evidence as cells of a table: what every listing of facts with their words shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal

from kg.evidence import Evidence
from kg.store.protocol import Term

#: What a listing says of a piece of evidence, in order.
EVIDENCE = ("speaker", "modality", "quote", "article", "source", "start", "end")


def cells(words: Evidence | None) -> dict[str, str]:
    """Return the cells of a piece of evidence, empty where there is none.

    >>> cells(Evidence("urn:st", "urn:page#char=3,9", exact="菏泽市曹县", start=3, end=9))["end"]
    '9'
    """
    if words is None:
        return dict.fromkeys(EVIDENCE, "")
    return {
        "speaker": words.speaker,
        "modality": words.modality,
        "quote": words.exact,
        "article": words.headline,
        "source": words.source_label or words.source,
        "start": "" if words.start is None else str(words.start),
        "end": "" if words.end is None else str(words.end),
    }


def row(
    columns: Sequence[str], words: Evidence | None, given: Mapping[str, Term | str | None]
) -> tuple[Term | None, ...]:
    """Return a row of ``columns``: the cells that are given, and those of a piece of evidence."""
    both: dict[str, Term | str | None] = {**cells(words), **given}
    found = (both.get(name) for name in columns)
    return tuple((Literal(cell) if cell else None) if isinstance(cell, str) else cell for cell in found)
