"""A row of a ranking or a table: whom it is about, and the list that it is of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ingest.names.mention import Mention


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its span, whom it is about, the list where the page names one, its rank or 0.

    >>> Row(0, 8, Mention("kg:County", "莘县", 0, 2, "division"), None).rank
    0
    """

    start: int
    end: int
    subject: Mention
    ranked: Mention | None
    rank: int = 0
