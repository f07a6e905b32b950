"""Whom the figures of a page may be about: names, lists of names, and words that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ingest.discourse.anaphor import read_anaphors
from kg.ingest.discourse.clause import topical
from kg.ingest.discourse.role import chain_start, read_roles
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading


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
