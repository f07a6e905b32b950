"""The extractor that needs nothing but the rules of this package."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.figures import Period
from kg.ingest.binding import Observation, bind_figures
from kg.ingest.extractor import Extraction, Page
from kg.ingest.mention import Mention
from kg.ingest.proposal import Name, Proposal, shortest_quote
from kg.ingest.reading import Reading, read_page
from kg.ingest.relation import Post, Relation
from kg.ingest.wording import read_relations
from kg.text import Alignment, unspaced


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
        found = [_of_observation(reading, alignment, o) for o in bind_figures(reading)]
        found += [_of_relation(reading, alignment, r) for r in read_relations(reading)]
        unique = {p.key: p for p in sorted(found, key=_order, reverse=True)}
        return Extraction(tuple(sorted(unique.values(), key=_order)))


def _order(proposal: Proposal) -> tuple[int, int, str]:
    return proposal.quote.start, proposal.quote.end, proposal.key


def _words(reading: Reading, alignment: Alignment, period: Period) -> str:
    """Return a period in the page's own characters, which the rules may have folded."""
    return unspaced(alignment.raw[slice(*reading.page.span(period.start, period.end))])


def _name(mention: Mention) -> Name:
    return Name(mention.text, mention.type, mention.candidates)


def _of_observation(reading: Reading, alignment: Alignment, found: Observation) -> Proposal:
    return Proposal(
        subject=_name(found.subject),
        predicate=found.measure,
        quote=shortest_quote(alignment, *reading.page.span(found.start, found.end)),
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
