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
