"""Whom the figures of a page may be about: names, lists of names, and words that stand for them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.discourse.anaphor import read_anaphors
from kg.ingest.discourse.antecedent import protagonist
from kg.ingest.discourse.clause import topical
from kg.ingest.discourse.role import chain_start, read_roles
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading

# What only a firm that publishes accounts has; its subsidiaries and projects are told of between.
_STOCK = re.compile(
    "报告期内?|研发(?:费用|投入|支出)|二级市场|[该个]股|股价|收[报于]|市值|每股收益|派现|派发|净资产收益率|资产负债率|募集资金"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A place in the text that says whom what follows is about; several mentions where it lists them.

    There are none where nobody can say what 我市 or 该公司 stands for: what follows is about no name
    of the page.
    """

    start: int
    end: int
    mentions: tuple[Mention, ...]
    how: str
    topical: bool

    @property
    def last(self) -> Mention:
        """The mention that stands nearest to what follows."""
        return self.mentions[-1]


def read_subjects(reading: Reading) -> list[Subject]:
    """Return the subjects of a page in order; names that only say with whom or where are none.

    >>> from kg.ingest.reading import read_page
    >>> page = "莘县与冠县签约。该县产值3亿元。曹县、莘县两地的产量分别为3吨、4吨。"
    >>> found = read_subjects(read_page(page))
    >>> [("".join(m.text for m in s.mentions), s.how) for s in found]
    [('莘县', 'named'), ('莘县', 'stands-for'), ('曹县莘县', 'listed')]
    """
    named = [
        Subject(run[0].start, run[-1].end, run, how, topical(reading, chain_start(reading, run[0].start)))
        for run, how in read_roles(reading)
    ]
    stood = [
        Subject(a.start, a.end, a.mentions, "listed" if len(a.mentions) > 1 else "stands-for", a.topical)
        for a in read_anaphors(reading, [s.mentions for s in named if s.how != "office"])
    ]
    return sorted([*named, *stood], key=lambda s: s.start)


def of_stock(reading: Reading, first: int, at: int) -> Mention | None:
    """Return the firm of the article for a sentence of its accounts or its share that names nobody.

    >>> from kg.ingest.reading import read_page
    >>> page = "海东药业股份有限公司(以下简称“海药股份”)盈利。子公司莘县制药有限公司亏损。研发费用6亿元。"
    >>> of_stock(read_page(page), page.index("研发"), len(page) - 4).text
    '海东药业股份有限公司'
    """
    return protagonist(reading, at) if _STOCK.search(reading.page.text, first, at) else None
