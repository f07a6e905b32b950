"""Find where the words of a fact stand on the page, or recall where they stood."""

from __future__ import annotations

from typing import NamedTuple

from kg.errors import FactsError, SourceError
from kg.facts.page import Article, Fact, Page
from kg.facts.spans import Key, Span, Spans
from kg.namespaces import KG, PROV
from kg.text import QUOTE_LIMIT, Source, squash

#: Words kept before and after a quote, enough to tell two places apart.
CONTEXT = 6

#: What a span is to a statement: the words that state it, its time, or its speaker.
DERIVED = PROV + "wasDerivedFrom"
PERIOD_IN = KG + "periodIn"
SPEAKER_IN = KG + "speakerIn"


class Words(NamedTuple):
    """Words of the page, the property that leads to them, and where they stand."""

    role: str
    text: str
    span: Span


class Locator:
    """Where the quotes of one page stand; with the source text it looks, without it recalls."""

    def __init__(self, page: Page, recorded: Spans, source: Source | None = None) -> None:
        if source is not None and source.sha256 != page.sha256:
            raise SourceError(
                f"this is not the text of {page.source}: its SHA-256 begins {source.sha256[:12]}, "
                f"the facts were taken from {page.sha256[:12]}",
                hint="give the file as it was extracted, unchanged",
            )
        self._page = page
        self._recorded = recorded
        self._source = source
        self.spans = Spans()

    def locate(self, fact: Fact) -> list[Words]:
        """Return where the words of a fact stand: its quotes, then those for its time and its speaker."""
        quotes = [Words(DERIVED, quote, self._span(fact, quote, "", None)) for quote in fact.quotes]
        beside = [
            Words(role, text, self._span(fact, text, fact.quotes[0], quotes[0].span))
            for role, text in ((PERIOD_IN, fact.when), (SPEAKER_IN, fact.said))
            # Words that a quote already holds need no span of their own.
            if text and not any(squash(text) in squash(quote) for quote in fact.quotes)
        ]
        return [*quotes, *beside]

    def _span(self, fact: Fact, quote: str, belongs_to: str, beside: Span | None) -> Span:
        where = f"{self._page.path}:{fact.line}"
        length = len(squash(quote))
        if length > QUOTE_LIMIT:
            raise FactsError(
                f"{where}: the quote has {length} characters", hint=f"keep the phrase under {QUOTE_LIMIT + 1}"
            )
        context = (
            f"{fact.prefix}|{quote}|{fact.suffix}"
            if (fact.prefix or fact.suffix) and not belongs_to
            else quote
        )
        key = Key(fact.article, context, belongs_to)
        if self._source is not None:
            self.spans.found[key] = self._look(where, fact, quote, beside)
        elif key in self._recorded.found:
            self.spans.found[key] = self._recorded.found[key]
        else:
            raise FactsError(
                f"{where}: it is not recorded where “{quote}” stands",
                hint="run kg build --source FILE with the page's text once",
            )
        return self.spans.found[key]

    def _look(self, where: str, fact: Fact, quote: str, beside: Span | None) -> Span:
        assert self._source is not None
        article = self._page.articles[fact.article]
        everywhere = self._source.alignment.find(quote)
        found = [span for span in everywhere if article.holds(*span)]
        if beside is None:
            found = [span for span in found if self._fits(fact, span)]
        elif len(found) > 1:
            # Words for a time or a speaker hold for what follows them: take the nearest before the quote.
            before = [span for span in found if span[0] <= beside.start]
            found = [max(before) if before else min(found)]
        if not found and any(article.holds(*span) for span in everywhere):
            raise FactsError(
                f"{where}: “{quote}” does not stand between “{fact.prefix}” and “{fact.suffix}”",
                hint="copy the words beside it from the page, punctuation included",
            )
        if not found:
            raise FactsError(
                f"{where}: “{quote}” does not stand in {article.id}", hint=self._elsewhere(everywhere)
            )
        if len(found) > 1:
            places = "; ".join(f"{s}-{e} after “{self._around(s, e)[0]}”" for s, e in found)
            raise FactsError(
                f"{where}: “{quote}” stands {len(found)} times in {article.id}: {places}",
                hint="add prefix: or suffix: with the words beside the one you mean",
            )
        return Span(*found[0], *self._around(*found[0]))

    def _fits(self, fact: Fact, span: tuple[int, int]) -> bool:
        assert self._source is not None
        alignment = self._source.alignment
        start, end = alignment.squashed_span(*span)
        before, after = alignment.squashed[:start], alignment.squashed[end:]
        return before.endswith(squash(fact.prefix)) and after.startswith(squash(fact.suffix))

    def _around(self, start: int, end: int) -> tuple[str, str]:
        assert self._source is not None
        # The page's own characters, without its line breaks: white space alone is taken out.
        before = "".join(self._source.text[max(0, start - 99) : start].split())
        after = "".join(self._source.text[end : end + 99].split())
        return before[-CONTEXT:], after[:CONTEXT]

    def _elsewhere(self, spans: list[tuple[int, int]]) -> str:
        for span in spans:
            for article in self._page.articles.values():
                if article.holds(*span):
                    return f"it stands in {article.id} at {span[0]}-{span[1]}; move the fact there"
        return "copy the words from the page"


def article_of(page: Page, span: Span) -> Article:
    """Return the article whose blocks hold the span."""
    return next(a for a in page.articles.values() if a.holds(span.start, span.end))
