"""Figures bound to what they are about: subject, measure, period, speaker."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.figures import Figure
from kg.ingest.discourse.modality import year_of
from kg.ingest.discourse.occasion import article_of
from kg.ingest.discourse.speech import speech_at
from kg.ingest.measures.bounded import over_bound
from kg.ingest.measures.difference import APART
from kg.ingest.measures.goods import Goods
from kg.ingest.measures.measure import ANOTHER_SHARE, LIST_RANK, base_of, lasts, read_measure
from kg.ingest.measures.phrase import is_light
from kg.ingest.names.mention import Mention
from kg.ingest.observations.breakdown import beside
from kg.ingest.observations.lead import Leads
from kg.ingest.observations.observation import Observation, quote_start
from kg.ingest.observations.scope import period_of
from kg.ingest.observations.series import Place, read_series
from kg.ingest.observations.subject import Subject
from kg.ingest.observations.tense import modality_of, stated_before, time_of
from kg.ingest.observations.topic import Topics
from kg.ingest.observations.unsaid import elided, listed, one_of_two
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES

_SLOGAN = re.compile(r"“[^“”，。]{0,4}$")
_BARE_END = re.compile(r"(?:居前|领先|靠前|分化|亮眼|均|明显|较快)+$")
#: 列第5位 where the page is about a list: no other measure is ranked.
_PLACED = re.compile(
    r"[，]?(?:也|均|都|首次|继续|仍|再次|则|以|上升到?|跃升?|升)*(?:分别|分)?(?:[列居]|位列|名列|排名|排在|位居|升至|升到|排名由上[年届]的)+"
)
_WITHIN = re.compile(r"(全国|全省|全市|全球|全县|世界|全区)$")
# What a thing must have to be called so is no figure of the one that says it.
_CRITERION = re.compile(r"标准”?(?:[是为，：即]|包括)|定义为|是指|门槛[是为]")
_LIMITS = re.compile(
    r"以[上下]的?[一-龥]{1,10}?(?:数量)?(?:共|有|达|为)?[0-9两三四五六七八九十]+[余多]?[个家项户]"
)
_MOVED = re.compile(r"(?:前移|[上提跃攀]?升|跃居|[进挤]入|[后下]?[滑降跌退]|变)[至到为]?")
_IN_LIST = re.compile(r"[列居入排名][一-龥“”0-9]{0,16}(?:[百十0]强|榜单?)[一-龥”]{0,4}$")
_MARKS = "，；：。"
#: Of a subject that the page does not name.
_NOBODY = "unknown"
_EACH = re.compile(
    r"(?:各|[都皆]|并列|同[居为列]|(?<![日人年月户亩平单周季])均)(?:自|有|占|达到?|为|是|获|得|建|设|拥有|实现|增长|下降|超过?|突破|不足|不到)*$"
)
_ROW = (*PLACES, "kg:Country")
# 出口市场以美国居首: what is measured stands before the subject.
_FRONTED = re.compile(r"(?P<noun>[一-龥]{2,8})(?:以|当中|中)$")
#: 两县增速居前，均为9%
_ALL = re.compile("[均都同皆]{1,2}[为是达到]{1,2}")
_SURE = {
    "named": 0.85, "listed": 0.85, "stands-for": 0.8, "sentence": 0.75, "carried": 0.7, "paragraph": 0.6,
    "event": 0.6, "office": 0.65, "article": 0.55,
}  # fmt: skip
#: What is bound less surely than this is not proposed: a reviewer adds a fact sooner than he mends one.
LEAST = 0.5


def bind_figures(reading: Reading) -> list[Observation]:
    """Bind each figure whose subject and measure the words around it give.

    >>> from kg.ingest.reading import read_page
    >>> page = "2020年，聊城网络零售额126.3亿元，同比增长14.1%，增幅列全省第二位。"
    >>> for o in bind_figures(read_page(page)):
    ...     print(o.subject.text, o.measure, o.figure.verbatim, o.period.verbatim, o.within)
    聊城 网络零售额 126.3亿元 2020年 None
    聊城 网络零售额增速 14.1% 2020年 None
    聊城 网络零售额增速位次 第二位 2020年 全省
    """
    page = _Page(reading)
    for figure in reading.figures:
        bound = page.bind(figure)
        if bound is not None:
            bound = replace(bound, speech=speech_at(page.topics.speeches, figure.start))
            page.bound += [replace(bound, subject=s) for s in page.each(figure, bound)]
            if bound.subject.type != _NOBODY:
                page.topics.told.append((figure.start, bound.subject))
    return [o for o in page.bound if o.confidence >= LEAST and o.subject.type != _NOBODY]


class _Page:
    """One pass over a page's figures, with what it has bound so far."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.page.text
        self.topics = Topics(reading)
        self.series = read_series(self.text, reading.figures)
        self.goods = Goods(self.text, [(m.start, m.end) for m in self.reading.places])
        self.bound: list[Observation] = []
        self.year = year_of(self.text)
        self.leads = Leads(reading, self.topics.subjects)

    def bind(self, figure: Figure) -> Observation | None:
        """Return the observation of a figure, None where the words do not say what it is."""
        slogan = _SLOGAN.search(self.text, max(0, figure.start - 6), figure.start)
        if slogan and re.match("[^“”，。]{0,6}”", self.text[figure.end :]):
            return None  # “三个名城”
        if figure.kind in ("money", "amount") and _LIMITS.match(self.text, figure.end - 2):
            return None  # 10亿元以上项目14个: which projects are counted
        if figure.kind == "count" and self.text[figure.start - 1 : figure.start] == "前":
            return None  # 前五批
        if figure.unit_code in ("ANN", "MON", "DAY", "HUR", "MIN", "SEC") and not lasts(
            self.text[max(0, figure.start - 24) : figure.start]
        ):
            return None  # 3年投资12亿元: how long something takes is no measure of it
        place = self.series.get(figure.start)
        at = place.first if place else figure.start
        first, last = self.reading.sentence(at)
        clause = max(first, *(self.text.rfind(mark, first, at) + 1 for mark in _MARKS))
        opening = self.text.rfind("“", first, at)
        if "”" not in self.text[opening:at]:
            clause = max(clause, opening + 1)  # a quotation; “果王”品牌 is a name
        previous = self._previous(first)
        found, how = self.topics.of(figure, at, first, clause)
        if found is None or self._apposed(figure) or _CRITERION.search(self.text, first, at):
            return None
        within = clause if self.topics.owned(figure) else first
        if (
            not found.mentions
        ):  # 全省 of a province that the page does not name: only what is measured is told
            found = replace(found, mentions=(Mention(_NOBODY, "", found.start, found.end, "unknown"),))
        speech = speech_at(self.topics.speeches, at)
        since = speech.start if speech and not speech.quoted else None
        new = first <= found.start and not found.topical and how == "sentence" and self.topics.made(found)
        made = found.start if new else None
        period = period_of(
            self.reading,
            figure,
            within,
            found.last.text,
            how,
            stated_before(self.reading, self.bound, first),
            since,
            made,
        )
        lead = self.leads.of(clause, at, period, place)
        if place is None and is_light(lead):
            lead = self.leads.before_comma(first, clause, found) or lead
        if fronted := _FRONTED.search(self.text, clause, max(clause, found.start)):
            lead = fronted["noun"] + lead
        # 甲18个、乙15个，分列第二、第三位: the clause before has told of others already
        told = figure.kind == "rank" and any(found.end <= f < clause for f in self.leads.ends)
        alike = place and not re.sub(r"[，同比环]", "", lead)
        if (alike or _ALL.fullmatch(lead)) and not told and first <= found.end < clause:
            lead = _BARE_END.sub("", self.text[found.end : clause - 1])  # 三县增速居前，分别为…
        subject, words = found.last, self._words(found, first)
        if place is not None:
            row = listed(self.text, figure, place, found, lead, self.bound)
            if row is None:
                return None
            subject, lead, words = row
        if (one := one_of_two(lead, first, self.bound)) is not None:
            subject, words, lead = one.subject, one.measure, lead[2:]  # 前者增长12%
        listed_only = all(o.measure == LIST_RANK for o in self.bound if o.figure.start >= first)
        if figure.kind == "rank" and (
            (listed_only and self._on_list(first, at)) or (_PLACED.fullmatch(lead) and self._on_list(0, at))
        ):
            words = ""  # the rank on the list that the sentence names, not of what was told before
        before = beside(self.text, self.bound, figure, lead, first)
        measure = read_measure(self.text, figure, lead, last, words, before)
        if (
            previous
            and previous.measure.endswith("占比")
            and figure.kind in ("percent", "fraction")
            and (ANOTHER_SHARE.fullmatch(self.text, previous.figure.end, figure.start))
        ):
            subject, measure = previous.subject, (previous.measure, figure.end, "share")
            if figure.qualifier is None and previous.figure.qualifier == "about":
                figure = replace(figure, qualifier="about")  # 约占全国的40%、全球的20%
        if previous and previous.figure.kind == figure.kind == "rank" and _MOVED.fullmatch(lead):
            subject, measure = previous.subject, (previous.measure, figure.end, "rank")  # 由第30位升至第27位
        if (
            figure.kind == "rank"
            and figure.value is not None
            and _IN_LIST.search(self.text, clause, figure.start)
        ):
            measure = (LIST_RANK, figure.end, "list-rank")  # 位列民企百强第87位
        if measure is None and figure.kind == "rank" and figure.value is not None:
            measure = self._list_rank(figure, lead, place)
        if measure is None and found.start >= first and not over_bound(self.text, figure):
            measure = elided(self.text, figure, lead, first, self.bound, subject)
        if measure is None:
            return None
        name, end, rule = measure
        paragraph = next((p[0] for p in self.reading.page.paragraphs if p[0] <= at < p[1]), first)
        name = self.goods.of(name, figure.start, paragraph, article_of(self.reading, at))
        whole = _WITHIN.search(lead)
        heading = self.text[last - 1 : last] not in "。！？”」)；"
        sure = _SURE[how] - (0.3 if figure.doubt else 0) - (0.4 if heading else 0)
        modal = modality_of(self.text, figure, (first, clause), subject, name, period, self.year)
        return Observation(
            figure, subject, name, quote_start(self.text, figure, subject, clause, end), end,
            f"{rule}, subject {how}", round(sure, 2), time_of(self.text, figure, first, period, modal),
            within=whole[0] if whole and figure.kind == "rank" else None,
            modality=modal,
        )  # fmt: skip

    def _apposed(self, figure: Figure) -> bool:
        """Tell whether a count only says how many were named: 甲与乙两省."""
        runs = (s.mentions for s in self.topics.subjects if s.end == figure.start)
        return (
            figure.kind == "count"
            and any(figure.value == len(run) > 1 for run in runs)
            and (figure.unit_text in ("省", "市", "县", "区", "州", "国", "镇", "村", "乡", "地"))
        )

    def each(self, figure: Figure, bound: Observation) -> tuple[Mention, ...]:
        """Return all whose figure it is: 甲、乙各3个, 甲、乙不足10个, 甲、乙并列第二 are told of both."""
        short = bound.subject.end == figure.start and figure.qualifier in ("justUnder", "atMost", "moreThan")
        if not short and not _EACH.search(self.text, max(0, figure.start - 6), figure.start):
            return (bound.subject,)
        runs = (s.mentions for s in self.topics.subjects if s.end <= figure.start and len(s.mentions) > 1)
        return next((run for run in runs if run[-1] is bound.subject), (bound.subject,))

    def _previous(self, first: int) -> Observation | None:
        return next((o for o in reversed(self.bound) if o.figure.start >= first), None)

    def _words(self, subject: Subject, first: int) -> str:
        """Return the measure that a growth, a share or a rank speaks of: the last of the same subject."""
        start = min(first, self.reading.sentence(subject.start)[0])
        near = [o for o in self.bound if o.figure.start >= start - 120 and not APART.search(o.measure)]
        own = next((o.measure for o in reversed(near) if o.subject.text == subject.last.text), "")
        # 甲县出口增长8%。乙县增长9%: a row of places is told of one measure.
        row = [o for o in near if o.subject.type in _ROW and subject.last.type in _ROW]
        return own or (base_of(row[-1].measure) if row and subject.start >= first else "")

    def _on_list(self, first: int, at: int) -> bool:
        return bool(self.reading.inside(first, at, "kg:RankedList"))

    def _list_rank(self, figure: Figure, lead: str, place: Place | None) -> tuple[str, int, str] | None:
        """Return the position on a list, where the page is about one and the clause names nothing else."""
        ranked = place or re.search(r"(?:列|排名?在?|位列|居)(?:全[国省]|[一-龥]{1,2}部)?$", lead)
        lists = self.reading.inside(0, figure.start, "kg:RankedList")
        return (LIST_RANK, figure.end, "list-rank") if ranked and lists else None
