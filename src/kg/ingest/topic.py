"""Whom a figure is about: the subject of its clause, of its sentence, or one that goes on from before."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kg.figures import Figure
from kg.ingest.mention import Mention
from kg.ingest.office import posts
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Post
from kg.ingest.speech import read_speeches, speech_at
from kg.ingest.subject import Subject, read_subjects

_ATTENDS = re.compile(
    r"嘉宾|参会|参加|签约|采购商|供应商|展商|投资总额|订单|成交|项目|国家|企业|金额|客商|观众"
)
_LARGEST = re.compile(r"第[一二三四五六七八九十]大[省市县区](?:、[^，。；]{2,12})?的?")
_AT = re.compile(r"在[一-龥]?$")
# An expert speaks of others, not of his institute.
_OF_OTHERS = ("kg:Association", "kg:Institution")


class Topics:
    """Whom a page speaks of at each place; ``told`` is what the figures so far were about, in order.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("莘县发展果业。产值3亿元。")
    >>> subject, how = Topics(reading).of(reading.figures[0], reading.figures[0].start, 7, 7)
    >>> subject.last.text, how
    ('莘县', 'carried')
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.page.text
        self.told: list[tuple[int, Mention]] = []
        self.speeches = read_speeches(reading)
        held = [r for s in reading.sentences for r in posts(reading, *s)]
        self._serves = {r.subject.text: r.object.at for r in reversed(held) if isinstance(r.object, Post)}
        offices = {
            r.object.at.start for r in held if isinstance(r.object, Post) and r.start <= r.object.at.start
        }  # fmt: skip
        # Where a name only says where somebody holds office, what follows is what he tells.
        self.subjects = [
            replace(s, how="office") if s.how == "named" and s.last.start in offices else s
            for s in read_subjects(reading)
        ]

    def of(self, figure: Figure, at: int, first: int, clause: int) -> tuple[Subject | None, str]:
        """Return the subject and where it was found: clause, sentence, carried on, paragraph."""
        owned = self.owned(figure)
        if owned is not None:
            return owned, "named"
        before = [s for s in self.subjects if first <= s.start and s.end <= at]
        here = [s for s in before if s.start >= clause and s.how != "office"]
        if here:
            chosen = next((s for s in here if s.mentions and s.last.type == "kg:Project"), here[-1])
            if len(here) > 1 and here[0].topical and _AT.search(self.text, clause, chosen.start):
                chosen = here[-2]  # 公司在展会上接到订单
            return chosen, chosen.how
        sentence = [s for s in before if s.how != "office"]
        topics = [s for s in sentence if s.topical]
        if topics or sentence:
            held = [s for s in sentence if s.mentions and s.last.type == "schema:Event"]
            counted = _ATTENDS.search(self.text[max(first, at - 14) : figure.end + 14])
            if held and counted and not held[-1].topical and (topics or sentence)[-1].start < held[-1].start:
                return held[-1], "event"  # 某市举行签约仪式，12个项目签约
            chosen = (topics or sentence)[-1]
            projects = [
                s for s in sentence
                if s.mentions and s.last.type == "kg:Project" and s.start > chosen.start
                and not s.last.text.endswith("工程")
            ]  # fmt: skip
            return (projects[-1] if projects else chosen), "sentence"
        return self._beyond(figure, at, first, before)

    def _beyond(
        self, figure: Figure, at: int, first: int, before: list[Subject]
    ) -> tuple[Subject | None, str]:
        """Return the subject of a sentence that names none: its event, its speaker, whom it goes on about."""
        paragraph = next((p for p in self.reading.page.paragraphs if p[0] <= at < p[1]), (first, first))
        around = self.text[max(first, at - 14) : figure.end + 14]
        events = self.reading.inside(max(0, first - 400), first, "schema:Event")
        events = [m for m in events if m.rule != "meeting"] or events
        if events and _ATTENDS.search(around):
            return _alone(events[-1]), "event"
        if before and before[-1].mentions and before[-1].last.type not in _OF_OTHERS:
            return self._served(before[-1]), "office"
        earlier = [s for s in self.subjects if paragraph[0] <= s.start and s.end <= first]
        topics = [
            s for s in earlier
            if s.topical and s.how != "office" and not self._aside(s)
            and not (s.mentions and s.last.type == "kg:Country" and s.last.text != "中国")
        ]  # fmt: skip
        previous = next(((start, of) for start, of in reversed(self.told) if start >= paragraph[0]), None)
        if topics and (previous is None or topics[-1].start > previous[0] - 80):
            return topics[-1], "carried"
        if previous is not None:
            return _alone(previous[1]), "carried"
        if earlier:
            return earlier[-1], "paragraph"
        speech = speech_at(self.speeches, at)
        body = self._serves.get(speech.speaker.text) if speech else None
        if body is not None and body.type not in _OF_OTHERS:
            return self._served(_alone(body)), "office"
        return self._of_article(at)

    def _served(self, subject: Subject) -> Subject:
        """Return the place of a body whose officer speaks: what 某市商务局局长 tells is of the city."""
        if not subject.mentions or subject.last.type != "kg:GovernmentBody":
            return subject
        sites = [m for m in self.reading.mentions if m.type == "schema:Place"]
        named = [m for m in [*self.reading.places, *sites] if subject.last.text.startswith(m.text)]
        return _alone(named[-1]) if named else Subject(subject.start, subject.end, (), "office", False)

    def _of_article(self, at: int) -> tuple[Subject | None, str]:
        """Return whom most figures of the article are about, for a paragraph that names nobody."""
        spans = [(a.blocks[0].start, a.blocks[-1].end) for a in self.reading.articles]
        first, last = next((s for s in spans if s[0] <= at < s[1]), (at, at))
        kinds = (*PLACES, "kg:Company")
        about = [of for start, of in self.told if first <= start < last and of.type in kinds]
        if not about:
            named = [m for m in self.reading.places if first <= m.start < last and m.type in PLACES]
            often = Counter(m.candidates for m in named)
            about = [m for m in named if m.candidates and often[m.candidates] > 1]
        counted = Counter(m.text for m in about)
        best = max(about, key=lambda m: (counted[m.text], m.start), default=None)
        return (_alone(best), "article") if best else (None, "")

    def _aside(self, subject: Subject) -> bool:
        return self.text[max(0, subject.start - 5) : subject.start].rstrip("，").endswith("其中")

    def owned(self, figure: Figure) -> Subject | None:
        """Return the project of 投资6亿元的某某项目, the county of 排名第三的某县."""
        if largest := _LARGEST.match(self.text, figure.start):  # 人口第一大县、农业大县的某县
            named = self.reading.inside(
                figure.start, largest.end() + 8, "kg:County", "kg:PrefectureCity", "kg:Province"
            )
            return next((_alone(m) for m in named if m.start == largest.end()), None)
        if self.text[figure.end : figure.end + 1] != "的" or figure.kind not in ("money", "rank"):
            return None
        kinds = (
            ("kg:Project",) if figure.kind == "money" else ("kg:County", "kg:PrefectureCity", "kg:Province")
        )
        owned = [
            m for m in self.reading.inside(figure.end, figure.end + 30, *kinds) if m.start == figure.end + 1
        ]
        return _alone(owned[0]) if owned else None


def _alone(mention: Mention) -> Subject:
    return Subject(mention.start, mention.end, (mention,), "named", False)
