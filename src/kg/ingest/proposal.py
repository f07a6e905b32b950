"""A proposal: one fact that an extractor read off a page, with the words it rests on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.figures import Figure, Period
from kg.text import Alignment, squash, unspaced

#: A quote is the shortest phrase that carries the fact.
LONGEST_QUOTE = 39


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the page writes it, what it names, and which known things may bear it."""

    text: str
    type: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the page; ``start`` and ``end`` (exclusive) are code points of the raw text."""

    exact: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A relation (``object`` is set) or a figure (``figure`` is set); ``said`` names the speaker.

    ``title`` is that of the post where the predicate is org:holds; the predicate of a figure is
    measure in the page's own words.
    """

    subject: Name
    predicate: str
    quote: Quote
    rule: str
    confidence: float
    object: Name | str | None = None
    title: str | None = None
    figure: Figure | None = None
    period: Period | None = None
    speaker: Name | None = None
    said: Quote | None = None
    within: str | None = None
    modality: str | None = None

    @property
    def key(self) -> str:
        """What is claimed on which words: the same on every run, so that decisions stick to it."""
        other = self.object.text if isinstance(self.object, Name) else self.object or ""
        figure = squash(self.figure.verbatim) if self.figure else ""
        content = (
            self.subject.text,
            self.predicate,
            other,
            self.title or "",
            figure,
            squash(self.quote.exact),
        )
        return "p-" + hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:12]


def grounded(alignment: Alignment, quote: Quote) -> bool:
    """Tell whether the quote stands where it says.

    >>> grounded(Alignment("曹\\n县"), Quote("曹县", 0, 3)), grounded(Alignment("曹县"), Quote("莘县", 0, 2))
    (True, False)
    """
    return squash(alignment.raw[quote.start : quote.end]) == squash(quote.exact) != ""


def shortest_quote(alignment: Alignment, start: int, end: int) -> Quote:
    """Return the quote of a raw span, cut from the left where it is too long for one.

    >>> shortest_quote(Alignment("网络销售额突破\\n\\n167亿元。"), 0, 14).exact
    '网络销售额突破167亿元'
    """
    first, last = alignment.squashed_span(start, end)
    first = max(first, last - LONGEST_QUOTE)
    raw = alignment.span(first, last)
    return Quote(unspaced(alignment.raw[slice(*raw)]), *raw)
