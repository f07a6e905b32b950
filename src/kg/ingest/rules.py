"""The extractor that needs nothing but the rules of this package."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from kg.figures import Figure, Period, read_figures
from kg.figures.row import read_row
from kg.ingest.extractor import Extraction, Page
from kg.ingest.names.mention import Mention
from kg.ingest.observations.binding import bind_figures
from kg.ingest.observations.observation import Observation
from kg.ingest.observations.tabulation import tabulated
from kg.ingest.proposal import Name, Proposal, Quote, shortest_quote
from kg.ingest.reading import Reading, read_page
from kg.ingest.relation import Post, Relation
from kg.ingest.relations.wording import read_relations
from kg.text import Alignment, unspaced

_STOP = re.compile("[，。；：\n]")


class RulesExtractor:
    """Read mentions, figures and relations by rule.

    >>> found = RulesExtractor().extract(Page("2021年1-5月份，曹县网络销售额突破167\\n亿元。"))
    >>> [(p.subject.text, p.predicate, p.figure.verbatim, p.quote.exact) for p in found.proposals]
    [('曹县', '网络销售额', '突破167亿元', '曹县网络销售额突破167亿元')]
    """

    def __init__(self, tagger: Callable[[str], list[Mention]] | None = None) -> None:
        self.tagger = tagger

    def extract(self, page: Page) -> Extraction:
        """Return what the rules read, in order of the quotes."""
        reading = read_page(page.text, reference=page.reference, tagger=self.tagger)
        alignment = Alignment(page.text)
        rows = tabulated(reading)
        prose = [o for o in bind_figures(reading) if not any(r.start <= o.figure.start < r.end for r in rows)]
        found = [_of_observation(reading, alignment, o) for o in (*rows, *prose)]
        found = [p for p in found if p.figure is None or _says(p.quote, p.figure)]
        found += [_of_relation(reading, alignment, r) for r in read_relations(reading)]
        unique = {p.key: p for p in sorted(found, key=_order, reverse=True)}
        return Extraction(tuple(sorted(unique.values(), key=_order)))


def _order(proposal: Proposal) -> tuple[int, int, str]:
    return proposal.quote.start, proposal.quote.end, proposal.key


def _quote(reading: Reading, alignment: Alignment, found: Observation) -> Quote:
    """Return the words of a figure, which read alone must give it: 第11、12和15位 is quoted to its end."""
    quote = shortest_quote(alignment, *reading.page.span(found.start, found.end))
    if _says(quote, found.figure):
        return quote
    stop = _STOP.search(reading.page.text, found.figure.end)
    end = stop.start() if stop else found.end
    return shortest_quote(alignment, *reading.page.span(found.figure.start, max(end, found.end)))


def _says(quote: Quote, figure: Figure) -> bool:
    wanted = (figure.value, figure.minimum, figure.maximum, figure.unit_code)
    return any((f.value, f.minimum, f.maximum, f.unit_code) == wanted for f in _figures(quote.exact))


@lru_cache(maxsize=512)
def _figures(words: str) -> tuple[Figure, ...]:
    return (*read_figures(words), *read_row(words))  # a quote is asked twice: to be chosen, and to be kept


def _words(reading: Reading, alignment: Alignment, period: Period) -> str:
    """Return a period in the page's own characters, which the rules may have folded."""
    return unspaced(alignment.raw[slice(*reading.page.span(period.start, period.end))])


def _name(mention: Mention) -> Name:
    return Name(mention.text, mention.type, mention.candidates)


def _of_observation(reading: Reading, alignment: Alignment, found: Observation) -> Proposal:
    return Proposal(
        subject=_name(found.subject),
        predicate=found.measure,
        quote=_quote(reading, alignment, found),
        rule=found.rule,
        confidence=found.confidence,
        figure=found.figure,
        period=found.period and replace(found.period, verbatim=_words(reading, alignment, found.period)),
        speaker=_name(found.speech.speaker) if found.speech else None,
        said=shortest_quote(alignment, *reading.page.span(*found.speech.said)) if found.speech else None,
        within=found.within,
        modality=found.modality,
    )


def _of_relation(reading: Reading, alignment: Alignment, found: Relation) -> Proposal:
    other = found.object
    title = other.title if isinstance(other, Post) else None
    named = other.at if isinstance(other, Post) else other
    return Proposal(
        subject=_name(found.subject),
        predicate=found.predicate,
        quote=shortest_quote(alignment, *reading.page.span(found.start, found.end)),
        rule=found.rule,
        confidence=found.confidence,
        object=named if isinstance(named, str) else _name(named),
        title=title,
    )
