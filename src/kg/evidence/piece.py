"""A piece of evidence: a quote, its place and who says it."""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
    """What one statement was drawn from: a quote with its surroundings, its place, its speaker.

    ``start`` and ``end`` count Unicode code points of the source's raw text, ``end`` exclusive. Names
    are labels; what is not known is empty, a place that is not known ``None``. ``gives`` says what words
    beside the statement are there for: its ``period`` or its ``speaker``; it is empty for its own words.
    """

    statement: str
    span: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    speaker: str = ""
    modality: str = ""
    article: str = ""
    headline: str = ""
    section: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    source_label: str = ""
    publication: str = ""
    date: str = ""
    gives: str = ""

    @property
    def order(self) -> tuple[str | int, ...]:
        """What evidence is sorted by: source, then place; the names of blank nodes are new at each load."""
        source, statement, span = (
            "" if name.startswith("_:") else name for name in (self.source, self.statement, self.span)
        )
        words = (self.exact, self.prefix, self.suffix, self.speaker, self.headline)
        return (source, self.start or 0, self.end or 0, statement, *words, span)
