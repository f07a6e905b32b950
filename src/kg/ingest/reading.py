"""What one pass over a page found: clean text, blocks, mentions, figures and periods."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg.figures import Figure, Period, read_figures, read_periods
from kg.ingest.names.alias import read_aliases
from kg.ingest.names.facility import called_whole, read_facilities
from kg.ingest.names.mention import Mention, longest
from kg.ingest.names.organization import read_organizations
from kg.ingest.names.person import read_persons
from kg.ingest.names.place import read_places
from kg.ingest.names.work import read_works
from kg.ingest.page.block import Article, read_articles
from kg.ingest.page.clean import Clean, clean

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”」』)]*")
#: These may hold places and counts in their names, which are then no mentions of their own.
_NAMED = frozenset({"kg:Company", "kg:Institution", "kg:Association", "kg:GovernmentBody"})


@dataclass(frozen=True)
class Reading:
    """A page with everything that the rules look at; all offsets are of the clean text."""

    page: Clean
    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    periods: tuple[Period, ...]
    sentences: tuple[tuple[int, int], ...]
    #: Every place, also those inside the name of something else.
    places: tuple[Mention, ...] = ()

    def inside(self, start: int, end: int, *types: str) -> list[Mention]:
        """Return the mentions of these types (any when none is given) within a span."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        near = self.mentions[first:last]
        return [m for m in near if m.end <= end and (not types or m.type in types)]

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the span of the sentence that holds an offset."""
        return next((s for s in self.sentences if s[0] <= at < s[1]), (at, at))


def read_page(
    raw: str, *, reference: date | None = None, tagger: Callable[[str], list[Mention]] | None = None
) -> Reading:
    """Read a page; ``reference`` is its date, for words such as 去年; a ``tagger`` adds mentions.

    >>> reading = read_page("曹县网络销售额突破167亿元。")
    >>> [m.text for m in reading.mentions], [f.verbatim for f in reading.figures]
    (['曹县'], ['突破167亿元'])
    """
    page = clean(raw)
    places, persons = read_places(page.text), read_persons(page.text)
    bodies = read_organizations(page.text, places, persons)
    works = [*read_works(page.text, places), *called_whole(list(read_facilities(page.text, places)))]
    mentions = longest([*places, *bodies, *persons, *works])
    mentions = longest([*mentions, *read_aliases(page.text, mentions)])
    if tagger is not None:
        added = (m for m in tagger(page.text) if not any(m.overlaps(other) for other in mentions))
        mentions = longest([*mentions, *added])
    named = [
        m
        for m in mentions
        if m.type in _NAMED
        or (m.type.startswith("schema:") and m.rule != "heading")  # the year of a report is of what it says
        or m.type == "kg:Venue"
        or m.type in ("kg:RankedList", "kg:Town", "kg:Village", "kg:Project")  # 年产5万吨磷酸铁项目
    ]
    names = [m for m in mentions if m.type in ("kg:County", "kg:PrefectureCity", "kg:Province")]
    figures = [
        f
        for f in read_figures(page.text)
        if not any(m.start < f.end and f.start < m.end for m in [*named, *names])
    ]
    sentences = tuple(m.span() for m in _SENTENCE.finditer(page.text))
    periods = tuple(
        p
        for p in read_periods(page.text, reference=reference)
        if not any(m.start <= p.start and p.end <= m.end for m in named)  # 2021年春季签约仪式
    )
    return Reading(
        page, tuple(read_articles(page)), tuple(mentions), tuple(figures), periods, sentences, tuple(places)
    )
