"""A figure with what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from kg.figures import Figure, Period
from kg.ingest.discourse.speech import Speech
from kg.ingest.names.mention import Mention


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure and what it is about; ``start`` and ``end`` span the words that carry the fact."""

    figure: Figure
    subject: Mention
    measure: str
    start: int
    end: int
    rule: str
    confidence: float
    period: Period | None = None
    speech: Speech | None = None
    within: str | None = None
    modality: str | None = None


_LONGEST_QUOTE = 36


def quote_start(text: str, figure: Figure, subject: Mention, clause: int, end: int) -> int:
    """Return where the shortest quote starts: at the subject where it is near, else at the clause."""
    if (
        subject.end <= figure.start
        and end - subject.start <= _LONGEST_QUOTE
        and "。" not in text[subject.start : figure.start]
    ):
        return subject.start
    if end - clause <= _LONGEST_QUOTE:
        return clause + (len(text[clause:end]) - len(text[clause:end].lstrip("“ ")))
    return figure.start
