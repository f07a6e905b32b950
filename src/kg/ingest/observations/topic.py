"""Whom a figure is about: the subject of its clause, of its sentence, or the topic that goes on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from kg.figures import Figure
from kg.ingest.discourse.clause import article_at
from kg.ingest.discourse.role import chain_start
from kg.ingest.discourse.speech import Speech, read_speeches, speech_at
from kg.ingest.names.mention import Mention
from kg.ingest.observations.scope import frame_of
from kg.ingest.observations.subject import Subject, of_stock, read_subjects
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Post
from kg.ingest.relations.office import posts

_ATTENDS = re.compile(
    r"嘉宾|参会|与会|到会|应邀|齐聚|参展|签约|采购商|供应商|展商|订单|成交|客商|观众|展位|展区|参观"
)
_SIGNING = re.compile(r"签约|招商|推介|对接|洽谈|恳谈|投资")
_SIGNED = re.compile(r"项目|总投资|投资总?额|协议|合同|引资|金额|资金")
_SPAN = re.compile(r"年|季度|月份|[0-9一二三]月(?![0-9]{1,2}[日号])|以来")
_WHOLE = re.compile(r"全年|年末|[上下]半年|[一二三四]季度|前[一二三四]季度|总的看|此外")
_LARGEST = re.compile(r"第[一二三四五六七八九十]大[省市县区](?:、[^，。；]{2,12})?的?")
_AT = re.compile(r"在[一-龥]?$")
_ASIDE = re.compile(
    r"(?:其中，?|当中，?|例如，?|比如，?|譬如，?|尤其是?|特别是|(?:控股|全资|参股)?(?:子|孙|分)公司|旗下的?|(?:控股|持股|参股|持有)[0-9.]*%?(?:股[权份])?的)$"
)
# 建成某园区，占地…; 成立某公司，注册资本…: what a clause brings about is what the next ones tell of.
_BUILT = re.compile(
    r"(?:[建修]成|建设|[新兴扩改投]建|修建|[建盖]起|打造|规划|启用|开工|动工|开建|启动|上马)[了起出]?(?:的|一[个座家条])?$"
)
_FOUNDED = re.compile(
    r"(?:成立|注册|创[办立建]|组建|设立|开办|兴办|办起|引[进入来]|招引)[了起来]?(?:一[个座家])?$"
)
_SITES = ("schema:Place", "kg:Project", "kg:Venue")
_BODIES = ("kg:Company", "kg:Institution")
#: 投资3亿元建成某园区.
_BUILDS = re.compile(
    r"(?:[，、]?[^，。；、]{0,10})?的|(?:用于|来|，)?(?:[建修]成|建设|[新兴扩改投]建|修建|[建盖]起|打造|启动|实施)了?"
)
# 3.某某项目。投资方：…, --某某项目，由…: what is told of the item is of the project.
_ITEM = re.compile(
    r"(?:^|[\n。；])(?:--|[●■◆▲★·*]|[(（]?[0-9一二三四五六七八九十]{1,3}[)）.、．]|[①-⑳])? ?"
    r"(?:项目名称：|项目：)?“?$"
)
_CENTRES = (*PLACES, "kg:Company", "schema:Place", "kg:Project")
_OFFICER = re.compile(r"(?:长|主任|经理|书记|总裁|董事|负责人|主席|总监|局长)$")
# An expert speaks of others, not of his institute.
_OF_OTHERS = ("kg:Association", "kg:Institution")
_OWN = re.compile(r"我们|咱们?|我(?![国省市县区州旗镇乡村])|本(?:公司|集团|校|院)|家里|自家")


class Topics:
    """Whom a page speaks of at each place; ``told`` is what the figures so far were about, in order.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("莘县很美。产值3亿元。")
    >>> subject, how = Topics(reading).of(reading.figures[0], reading.figures[0].start, 5, 5)
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
            r.object.at.start for r in held
            if isinstance(r.object, Post) and r.start <= r.object.at.start < r.end
        }  # fmt: skip
        # Where a name only says where somebody holds office, what follows is what he tells.
        self.subjects = [
            replace(s, how="office") if s.how == "named" and s.last.start in offices else s
            for s in read_subjects(reading)
        ]
        self._items = [
            m for m in reading.mentions
            if m.type == "kg:Project" and self._opens(chain_start(reading, m.start))
        ]  # fmt: skip

    def _opens(self, at: int) -> bool:
        return _ITEM.search(self.text, max(0, at - 12), at) is not None

    def of(self, figure: Figure, at: int, first: int, clause: int) -> tuple[Subject | None, str]:
        """Return the subject and where it was found: clause, sentence, carried on, paragraph."""
        owned = self.owned(figure)
        if owned is not None:
            return owned, "named"
        before = [s for s in self.subjects if first <= s.start and s.end <= at and not self._closed(s, at)]
        here = [s for s in before if s.start >= clause and s.how != "office"]
        item = self._item(at)
        if item and not any(item.end <= s.start and self._leaves(s) for s in before):
            return _alone(item), "named"
        if here:
            chosen = next((s for s in here if s.mentions and s.last.type == "kg:Project"), here[-1])
            if len(here) > 1 and here[0].topical and _AT.search(self.text, clause, chosen.start):
                chosen = here[-2]  # 公司在展会上接到订单
            return chosen, chosen.how
        sentence = [s for s in before if s.how != "office"]
        speech = speech_at([s for s in self.speeches if s.near is None or at < s.near], at)
        if speech and speech.start > first:
            sentence = [s for s in sentence if s.start >= speech.start]
        topics = [s for s in sentence if s.topical]
        if topics or sentence:
            held = [s for s in sentence if s.mentions and s.last.type == "schema:Event"]
            counted = bool(held) and self._counts(held[-1].last, figure, at, first)
            if counted and not held[-1].topical and (topics or sentence)[-1].start < held[-1].start:
                return held[-1], "event"  # 某市举行签约仪式，12个项目签约
            chosen = (topics or sentence)[-1]
            made = [s for s in sentence if s.start > chosen.start and self.made(s)]
            return (made[-1] if made else chosen), "sentence"
        return self._beyond(figure, at, first, before, speech)

    def made(self, subject: Subject) -> bool:
        """Tell whether the sentence brings forth what it then tells of: what it builds or founds."""
        if not subject.mentions:
            return False
        of, at = subject.last, chain_start(self.reading, subject.start)
        if of.type == "kg:Project" or len(subject.mentions) > 1:
            return of.type == "kg:Project" and not of.text.endswith("工程")
        before = max(0, at - 8), at
        built = of.type in _SITES and _BUILT.search(self.text, *before) is not None
        return built or (of.type in _BODIES and _FOUNDED.search(self.text, *before) is not None)

    def _beyond(
        self, figure: Figure, at: int, first: int, before: list[Subject], speech: Speech | None
    ) -> tuple[Subject | None, str]:
        """Return the subject of a sentence that names none: its event, its speaker, whom it goes on about."""
        start = next((p[0] for p in self.reading.page.paragraphs if p[0] <= at < p[1]), first)
        event = self._event(figure, at, first)
        if event is not None:
            return _alone(event), "event"
        if firm := of_stock(self.reading, first, at):
            return _alone(firm), "carried"
        own = self._of_speaker(speech)
        if own is not None and (_OWN.search(self.text, first, at) or (speech and speech.start >= first)):
            return own, "office"
        if before and before[-1].mentions and before[-1].last.type not in _OF_OTHERS:
            return self._served(before[-1]), "office"
        if speech is not None:
            start = max(start, speech.start)
        earlier = [s for s in self.subjects if start <= s.start and s.end <= first and not self._aside(s)]
        topics = [
            s for s in earlier
            if s.topical and s.how != "office" and not (s.mentions and _abroad(s.last))
        ]  # fmt: skip
        if _WHOLE.match(self.text, first) and frame_of(self.reading, at) is not None:
            return self._of_article(at)  # 甲县新梅面积45万亩。年末牲畜存栏…: back to the whole
        previous = next(
            (
                (told, of)
                for told, of in reversed(self.told)
                if told >= start and not self._aside(_alone(of)) and not _abroad(of)
            ),
            None,
        )
        if topics and (previous is None or topics[-1].start > previous[0] - 80):
            return topics[-1], "carried"
        if previous is not None:
            return _alone(previous[1]), "carried"
        if own is not None:
            return own, "office"
        if earlier:
            return earlier[-1], "paragraph"
        return self._of_article(at)

    def _event(self, figure: Figure, at: int, first: int) -> Mention | None:
        """Return the event that a count of guests, orders or signed projects is of: 活动现场签约12个."""
        if _SPAN.search(self.text, first, at):
            return None
        low = article_at(self.reading, at)[0]
        events = self.reading.inside(max(low, first - 400), first, "schema:Event")
        events = [m for m in events if m.rule != "meeting"] or events
        return events[-1] if events and self._counts(events[-1], figure, at, first) else None

    def _counts(self, event: Mention, figure: Figure, at: int, first: int) -> bool:
        """Tell whether a figure may be of an event: of its guests, at a signing also of its projects."""
        around = self.text[max(first, at - 14) : figure.end + 20]
        signed = _SIGNING.search(event.text) and _SIGNED.search(around) and first - event.end < 200
        return bool(signed or _ATTENDS.search(around) or "来自" in self.text[first:at])

    def _item(self, at: int) -> Mention | None:
        """Return the project that an item of a list is of, where the item still goes on."""
        heads = [m for m in self._items if m.end <= at]
        start = next((p[0] for p in self.reading.page.paragraphs if p[0] <= at < p[1]), at)
        while self.text[max(0, start - 2) : start] == "：\n":  # 投资方： | 甲公司
            start = next((p[0] for p in self.reading.page.paragraphs if p[0] < start <= p[1] + 1), 0)
        if not heads or heads[-1].start < start:
            return None
        others = self.reading.inside(heads[-1].end, at, "kg:Project")
        return heads[-1] if not others else None

    def _leaves(self, subject: Subject) -> bool:
        """Tell whether an item turns from its project to a place or firm: 该公司, 全县."""
        other = not subject.mentions or subject.last.type != "kg:Project"
        return other and subject.how == "stands-for" and subject.topical

    def _of_speaker(self, speech: Speech | None) -> Subject | None:
        """Return whom a speaker speaks for: his place or firm; himself where he holds no post."""
        if speech is None:
            return None
        body = self._serves.get(speech.speaker.text)
        if body is None:
            who = speech.speaker
            if who.type == "kg:GovernmentBody":
                served = self._served(_alone(who))
                return served if served.mentions else None  # 统计局: of the place that the article is about
            told = who.type == "schema:Person" and not _OFFICER.search(
                self.text, max(0, who.start - 4), who.start
            )
            return _alone(who) if told and speech.quoted else None
        return None if body.type in _OF_OTHERS else self._served(_alone(body))

    def _served(self, subject: Subject) -> Subject:
        """Return the place of a body whose officer speaks: what 某市商务局局长 tells is of the city."""
        if not subject.mentions or subject.last.type != "kg:GovernmentBody":
            return subject
        sites = [m for m in self.reading.mentions if m.type == "schema:Place"]
        named = [m for m in [*self.reading.places, *sites] if subject.last.text.startswith(m.text)]
        if not named and subject.last.text.endswith("海关"):
            return subject
        return _alone(named[-1]) if named else Subject(subject.start, subject.end, (), "office", False)

    def _of_article(self, at: int) -> tuple[Subject | None, str]:
        """Return whom the article is about: whom its headline and most clauses name."""
        first, last = article_at(self.reading, at)
        weights: Counter[tuple[str, ...]] = Counter()
        named: dict[tuple[str, ...], Mention] = {}

        def weigh(mention: Mention, weight: int) -> None:
            if mention.type in _CENTRES and first <= mention.start < last:
                key = mention.candidates or (mention.text,)
                weights[key] += weight
                named.setdefault(key, mention)

        for subject in self.subjects:
            if subject.topical and subject.how != "office" and len(subject.mentions) == 1:
                weigh(subject.last, 2)
        for place in self.reading.places:
            weigh(place, 1)
        for start, of in self.told:
            weigh(replace(of, start=start), 1)
        for article in self.reading.articles:
            for block in (b for b in article.blocks if b.kind in ("headline", "subhead")):
                for mention in self.reading.inside(block.start, block.end):
                    weigh(mention, 3)
        best = max(weights, key=lambda key: weights[key], default=None)
        if best is None or weights[best] < 2:
            return None, ""
        return _alone(named[best]), "article"

    def _aside(self, subject: Subject) -> bool:
        """Tell whether a subject is told of by the way: 其中甲县, 子公司某公司, 甲市(3万人次)."""
        at = chain_start(self.reading, subject.start)
        bracketed = re.match(r"[(（][0-9]", self.text[subject.end : subject.end + 2]) is not None
        return bracketed or _ASIDE.search(self.text, max(0, at - 6), at) is not None

    def _closed(self, subject: Subject, at: int) -> bool:
        """Tell whether a subject was an aside that is over: 其中甲县3亿元；出口5亿元."""
        if not self._aside(subject):
            return False
        told = [f for f in self.reading.figures if subject.end <= f.start < at]
        now = next((f for f in self.reading.figures if f.start >= at), None)
        # 其中甲县2个、乙县3个，日均…: the row has ended where something else is measured.
        row = now is not None and bool(told) and told[0].start == subject.end
        if row and now is not None and now.kind in ("count", "amount", "money"):
            return now.unit_text != told[0].unit_text
        return "；" in self.text[subject.end : at]

    def owned(self, figure: Figure) -> Subject | None:
        """Return the project of 投资6亿元的某某项目, the county of 排名第三的某县."""
        if largest := _LARGEST.match(self.text, figure.start):  # 人口第一大县、农业大县的某县
            named = self.reading.inside(
                figure.start, largest.end() + 8, "kg:County", "kg:PrefectureCity", "kg:Province"
            )
            return next((_alone(m) for m in named if m.start == largest.end()), None)
        built = _BUILDS.match(self.text, figure.end)
        if figure.kind in ("money", "amount") and built:
            owned = self.reading.inside(figure.end, figure.end + 40, *_SITES)
            return next((_alone(m) for m in owned if chain_start(self.reading, m.start) == built.end()), None)
        if self.text[figure.end : figure.end + 1] != "的" or figure.kind != "rank":
            return None
        kinds = ("kg:County", "kg:PrefectureCity", "kg:Province")
        places = self.reading.inside(figure.end, figure.end + 30, *kinds)
        return next((_alone(m) for m in places if m.start == figure.end + 1), None)


def _abroad(mention: Mention) -> bool:
    return mention.type == "kg:Country" and mention.text != "中国"


def _alone(mention: Mention) -> Subject:
    return Subject(mention.start, mention.end, (mention,), "named", False)
