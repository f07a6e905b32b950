"""Figures bound to what they are about: subject, measure, period, speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.figures import Figure, Period
from kg.ingest.measure import read_measure
from kg.ingest.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.speech import PERSONS, Speech, modality, read_speeches, speech_at

_SUBJECTS = (
    "kg:Country", "kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Company", "kg:Institution",
    "kg:Association", "kg:GovernmentBody", "schema:Event", "kg:Project", "kg:RankedList",
)  # fmt: skip
# A day on which something is told or held is not the period of the figures that are told.
_DATED = re.compile(
    r"，?[^，。；]{0,24}?(?:发布|公布|举行|召开|举办|开幕|获悉|介绍|表示|签约|签署|成立|创办|走进|来到)"
)
_SPEAKS = re.compile(r"[^，。]{0,8}(?:说|表示|介绍|认为|指出|告诉|透露|坦言|强调)")
_ATTENDS = re.compile(
    r"嘉宾|参会|参加|签约|采购商|供应商|展商|投资总额|订单|成交|项目|国家|企业|金额|客商|观众"
)
_FROM = re.compile(r"(?:来自|邀请|组织|包括|分别是)[^。；]*$")
_WITHIN = re.compile(r"(全国|全省|全市|全球|全县|世界|全区)$")
_LONGEST_QUOTE = 36


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure and what it is about; ``start`` and ``end`` span the words that carry the fact."""

    figure: Figure
    subject: Mention
    measure: str
    start: int
    end: int
    rule: str
    confidence: float
    period: Period | None = None
    speech: Speech | None = None
    within: str | None = None
    modality: str | None = None


def bind_figures(reading: Reading) -> list[Observation]:
    """Bind each figure whose subject and measure the words around it give.

    >>> from kg.ingest.reading import read_page
    >>> page = "2020年，聊城网络零售额126.3亿元，同比增长14.1%，增幅列全省第二位。"
    >>> for o in bind_figures(read_page(page)):
    ...     print(o.subject.text, o.measure, o.figure.verbatim, o.period.verbatim, o.within)
    聊城 网络零售额 126.3亿元 2020年 None
    聊城 网络零售额增速 14.1% 2020年 None
    聊城 网络零售额增幅位次 第二位 2020年 全省
    """
    speeches = read_speeches(reading)
    observations: list[Observation] = []
    for figure in reading.figures:
        bound = _bind(reading, figure, observations)
        if bound is not None:
            observations.append(_said(reading, speeches, bound))
    return observations


def _bind(reading: Reading, figure: Figure, before: list[Observation]) -> Observation | None:
    text = reading.page.text
    if figure.unit_code in ("ANN", "MON", "DAY", "HUR", "MIN", "SEC"):
        return None  # 3年投资12亿元: how long something takes is no measure of it
    first, last = reading.sentence(figure.start)
    clause = max(text.rfind(mark, first, figure.start) for mark in "，；：。") + 1 or first
    clause = max(clause, first)
    previous = next((o for o in reversed(before) if o.figure.start >= first), None)
    subject, how = _subject(reading, figure, first, previous)
    if subject is None:
        return None
    lead = text[clause : figure.start]
    own = reading.inside(clause, figure.start, *_SUBJECTS, *PERSONS)
    if own:
        lead = text[own[-1].end : figure.start]
    period = _period(reading, figure, first)
    if period is not None and clause <= period.start < figure.start:
        lead = text[max(period.end, own[-1].end if own else 0) : figure.start]
    found = read_measure(text, figure, lead, last, previous.measure if previous else "")
    if found is None:
        return None
    measure, end, rule = found
    within = _WITHIN.search(lead)
    start = _quote_start(text, figure, subject, clause, end)
    sure = {
        "clause": 0.85,
        "sentence": 0.75,
        "carried": 0.7,
        "paragraph": 0.5,
        "event": 0.6,
        "generic": 0.65,
    }[how] - (0.3 if figure.doubt else 0)
    return Observation(
        figure, subject, measure, start, end, f"{rule}, subject from {how}", round(sure, 2), period,
        within=within[0] if within and figure.kind == "rank" else None,
        modality=modality(text[clause:figure.end]),
    )  # fmt: skip


def _said(reading: Reading, speeches: list[Speech], observation: Observation) -> Observation:
    return replace(observation, speech=speech_at(speeches, reading.page.text, observation.figure.start))


def _subject(
    reading: Reading, figure: Figure, first: int, previous: Observation | None
) -> tuple[Mention | None, str]:
    """Return the subject and where it was found: in the clause, the sentence, carried on, the paragraph."""
    text = reading.page.text
    semicolon = text.rfind("；", first, figure.start) + 1 or first
    clause = max(max(text.rfind(mark, first, figure.start) for mark in "，；：。") + 1, first)
    here = [m for m in reading.inside(clause, figure.start, *_SUBJECTS, *PERSONS) if _acts(text, m)]
    if here:
        return _nearest(text, here), "clause"
    # 公司成立于2012年，现有员工600人: what 公司 stands for goes on over the next clauses.
    starts = [first, *(m.end() for m in re.finditer("[，；：“]", text[first:clause]))]
    for start in reversed([clause, *(first + s if s != first else s for s in starts)]):
        stood = _stood_for(reading, start, figure.start)
        if stood is not None and not reading.inside(start, figure.start, *_SUBJECTS):
            return stood, "generic"
    if previous is not None and previous.figure.start >= semicolon:
        return previous.subject, "carried"
    sentence = [m for m in reading.inside(first, clause, *_SUBJECTS) if _acts(text, m)]
    if sentence:
        return _narrowest(sentence[:2] if sentence[0].start < first + 12 else sentence), "sentence"
    if previous is not None:
        return previous.subject, "carried"
    paragraph = next((p for p in reading.page.paragraphs if p[0] <= figure.start < p[1]), (first, first))
    events = reading.inside(max(0, first - 400), first, "schema:Event")
    event = [m for m in events if m.rule != "meeting"] or events
    around = text[max(first, figure.start - 14) : figure.end + 14]
    if event and _ATTENDS.search(around):
        return event[-1], "event"
    earlier = [m for m in reading.inside(paragraph[0], first, *_SUBJECTS) if _acts(text, m)]
    if earlier:
        return earlier[-1], "paragraph"
    return None, ""


_GENERIC = re.compile(
    r"(?:该|本|全|我们)?(?P<body>公司|集团|企业|研究院|协会|合作社|大学|中心)(?=于|成立|现|目前|"
    r"去年|今年|旗下|产品|年|已|拥|有|还|的|共|在)"
    r"|(?:该|全)(?P<level>[省市县区镇])"
)
_LEVELS = {
    "省": ("kg:Province",),
    "市": ("kg:PrefectureCity", "kg:County"),
    "县": ("kg:County",),
    "区": ("kg:County",),
    "镇": ("kg:Town",),
}


def _stood_for(reading: Reading, start: int, end: int) -> Mention | None:
    """Return what 公司, 该县 or 全省 at the start of a clause stands for: the last of its kind before."""
    generic = _GENERIC.match(reading.page.text, start, end)
    if generic is None:
        return None
    if level := generic["level"]:
        # 增幅列全省第二位 ranks within the province; 全省从事…的农户 is about it.
        named = [
            m for m in reading.inside(0, start, *_LEVELS[level]) if level in "省镇" or m.text.endswith(level)
        ]
        named = named or reading.inside(0, start, *_LEVELS[level])
    else:
        named = reading.inside(max(0, start - 500), start, "kg:Company", "kg:Institution", "kg:Association")
        named = [m for m in named if m.text.endswith(generic["body"])] or named
    return named[-1] if named else None


def _nearest(text: str, mentions: list[Mention]) -> Mention:
    """Return the last mention of a clause, unless it only says with whom or where."""
    acting = [
        m for m in mentions if text[m.start - 1 : m.start] not in ("在", "与", "和", "对", "向", "由", "给")
    ]
    return (acting or mentions)[-1]


def _acts(text: str, mention: Mention) -> bool:
    """Tell whether a mention may be a subject: not where it only says where from, or whose reporter."""
    if (
        text[mention.start - 2 : mention.start] in ("来自", "按照", "根据")
        or text[mention.start - 1 : mention.start] in "与和"
    ):
        return False
    start = max(text.rfind("，", 0, mention.start), text.rfind("。", 0, mention.start)) + 1
    if mention.rule == "list" or _FROM.search(text, start, mention.start):
        return False
    if mention.type in PERSONS and _SPEAKS.match(text, mention.end):
        return False
    return text[mention.end : mention.end + 2] != "记者" and text[mention.end : mention.end + 1] not in "籍)"


def _narrowest(mentions: list[Mention]) -> Mention:
    """Return the mention that a chain such as 菏泽市曹县大集镇 ends in, else the first."""
    chosen = mentions[0]
    for mention in mentions[1:]:
        if mention.start - chosen.end <= 1:
            chosen = mention
    return chosen


def _period(reading: Reading, figure: Figure, first: int) -> Period | None:
    before = [p for p in reading.periods if first <= p.start and p.end <= figure.start]
    # 公司成立于2012年，现有员工600人: the year of the founding is not that of the count.
    text = reading.page.text
    own = [
        p
        for p in before
        if text[p.start - 1 : p.start] not in ("于", "比", "较") and not _DATED.match(text, p.end)
    ]
    return own[-1] if own else None


def _quote_start(text: str, figure: Figure, subject: Mention, clause: int, end: int) -> int:
    """Return where the shortest quote starts: at the subject where it is near, else at the clause."""
    if (
        subject.end <= figure.start
        and end - subject.start <= _LONGEST_QUOTE
        and "。" not in text[subject.start : figure.start]
    ):
        return subject.start
    if end - clause <= _LONGEST_QUOTE:
        return clause + (len(text[clause:end]) - len(text[clause:end].lstrip("“ ")))
    return figure.start
