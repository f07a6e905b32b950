"""A figure with what it is about, and what the sentence told before one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.figures import Figure, Period
from kg.ingest.discourse.speech import Speech
from kg.ingest.measures.measure import DERIVED, Beside
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


def beside(bound: Sequence[Observation], figure: Figure, lead: str, first: int) -> Beside | None:
    """Return the figure bound last in the sentence, with the last measure in the unit of this one.

    ``first`` is where the sentence starts; 泉州以12亿元居第一位 goes on with the sentences before.
    """
    alike = [
        o for o in bound
        if o.figure.unit_code == figure.unit_code and o.figure.kind == figure.kind
        and (figure.kind != "count" or o.figure.unit_text == figure.unit_text)
        and not DERIVED.search(o.measure)
    ]  # fmt: skip
    like = next((o for o in reversed(alike) if o.figure.start >= first), None)
    previous = next((o for o in reversed(bound) if o.figure.start >= first), None)
    if lead == "以" and like is None:
        previous = like = next((o for o in reversed(alike) if o.figure.start >= first - 300), None)
    return Beside(previous.figure, previous.measure, like.measure if like else "") if previous else None


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
