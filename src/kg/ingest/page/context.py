"""The words beside a quote that tell it from the same words elsewhere on the page."""

from __future__ import annotations

from kg.ingest.proposal import LONGEST_QUOTE, Quote
from kg.text import Alignment, squash, unspaced


def context(alignment: Alignment, quote: Quote) -> dict[str, str]:
    """Return the fewest words before a quote that make it one place, else after it; nothing where it is one.

    >>> page = Alignment("莘县办会\\n4月莘县办会。")
    >>> context(page, Quote("莘县办会", 7, 11)), context(page, Quote("莘县办会", 0, 4))
    ({'prefix': '月'}, {'suffix': '4'})
    """
    if len(alignment.find(quote.exact)) < 2:
        return {}
    first, last = alignment.squashed_span(quote.start, quote.end)
    most = LONGEST_QUOTE + 1 - min(len(squash(quote.exact)), 20)
    for length in range(1, most):
        before = _words(alignment, first - length, first)
        if len(alignment.find(before + quote.exact)) == 1:
            return {"prefix": before}
    for length in range(1, most):
        after = _words(alignment, last, last + length)
        if len(alignment.find(quote.exact + after)) == 1:
            return {"suffix": after}
    before = _words(alignment, first - 12, first)
    return {"prefix": before} if before else {}


def _words(alignment: Alignment, first: int, last: int) -> str:
    first, last = max(first, 0), min(last, len(alignment.squashed))
    return unspaced(alignment.raw[slice(*alignment.span(first, last))]) if first < last else ""
