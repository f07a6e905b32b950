"""When a company or a body was founded, and by which other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.figures import Period
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, Relation

_FOUNDED = re.compile(
    r"(?:注册|挂牌|正式|全资|合资|共同|联合|投资)?(?:成立|创立|创办|创建|组建|设立|挂牌|始建|建厂|办厂|设厂|建校|建社|建院|建所|问世|注册)于?"
)
_GENERIC = re.compile(
    r"公司|集团|企业|民企|国企|厂|研究院|研究所|协会|商会|合作社|中心|银行|学院|学校|医院|酒厂|实验室"
)
_STANDS = re.compile(
    rf"^(?:该|本|这家|这个|这所|这座)?[^，。；]{{0,14}}?(?:{_GENERIC.pattern})[一-龥]{{0,4}}$"
)
_BY = re.compile(r"由[^，。；由]{2,40}$")


def foundings(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某公司于2019年9月成立, 成立于2012年的某公司, and 公司由某集团于2012年设立 of the body named last.

    >>> from kg.ingest.reading import read_page
    >>> text = "海东集团的子公司是海西果业有限公司，该公司由海东集团于2021年11月全资设立。"
    >>> for r in foundings(read_page(text), 0, len(text)):
    ...     print(r.subject.text, r.predicate, r.object if isinstance(r.object, str) else r.object.text)
    海西果业有限公司 schema:foundingDate 2021-11
    海西果业有限公司 org:subOrganizationOf 海东集团
    """
    text = reading.page.text
    for verb in _FOUNDED.finditer(text, start, end):
        clause = max(max(text.rfind(mark, start, verb.start()) for mark in "，；：。“") + 1, start)
        period = _period(reading, clause, verb)
        if period is None:
            yield from _set_up(reading, start, end, verb)
            continue
        by = _BY.search(text[clause : verb.start()])
        stop = clause + by.start() if by else verb.start()
        body, own = _founded(reading, start, clause, stop, max(period.end, verb.end()))
        if body is None:
            continue
        value = _value(period)
        where = (min(clause, verb.start(), period.start), max(period.end, verb.end()))
        if own and clause <= body.start:
            where = (
                min(body.start, where[0] if body.start > verb.start() else body.start),
                max(where[1], body.end),
            )
        sure = 0.9 if own else 0.7
        yield Relation(body, "schema:foundingDate", value, *where, "founding", sure)
        for founder in reading.inside(stop, verb.start(), "kg:Company", "kg:Institution") if by else ():
            yield Relation(
                body, "org:subOrganizationOf", founder, founder.start, where[1], "founded-by", 0.75
            )


def _set_up(reading: Reading, start: int, end: int, verb: re.Match[str]) -> Iterator[Relation]:
    """2018年，村里牵头成立某公司: the object of the verb, at the time that the sentence opens with."""
    text = reading.page.text
    at = verb.end() + (text[verb.end() : verb.end() + 1] == "了")
    made = [m for m in reading.inside(at, end, *ORGANIZATIONS) if m.start == at]
    times = [p for p in reading.periods if start <= p.start and p.end <= verb.start() and p.start_date]
    if made and times and text[made[0].end : made[0].end + 1] in "，。；、":
        span = (verb.start(), made[0].end)
        yield Relation(made[0], "schema:foundingDate", _value(times[-1]), *span, "set-up", 0.7)


def _value(period: Period) -> str:
    """Return a time as the date, month or year that its words give."""
    assert period.start_date is not None
    value = period.start_date.isoformat()
    return value if "日" in period.verbatim else value[:7] if "月" in period.verbatim else value[:4]


def _period(reading: Reading, clause: int, verb: re.Match[str]) -> Period | None:
    """Return the time of founding: the one beside the verb, before it or behind it."""
    near = [p for p in reading.periods if clause <= p.start and p.end <= verb.end() + 12 and p.start_date]
    beside = [p for p in near if p.start == verb.end() or -2 <= verb.start() - p.end <= 30]
    return min(beside, key=lambda p: min(abs(p.start - verb.end()), abs(verb.start() - p.end)), default=None)


def _founded(reading: Reading, start: int, clause: int, stop: int, after: int) -> tuple[Mention | None, bool]:
    """Return what was founded, and whether the clause itself names it."""
    text = reading.page.text
    behind = [m for m in reading.inside(after, after + 40, *ORGANIZATIONS) if m.start - after <= 1]
    if text[after : after + 1] == "的":
        if behind:
            return behind[0], True
        if not _GENERIC.match(text, after + 1):
            return None, False
        return _last(reading, clause), False  # 这家2016年成立的合作社
    if behind and text[after : behind[0].start] in ("", "了"):
        return behind[0], True
    named = reading.inside(clause, stop, *ORGANIZATIONS, "schema:Place")
    if named:
        return named[-1], True
    head = re.sub(r"[0-9]{4}年(?:[0-9]{1,2}月)?|[于在始]+$", "", text[clause:stop])
    if not head.strip("始于在正式"):  # 某公司是镇上最大的企业，成立于2009年
        before = [m for m in reading.inside(start, clause, *ORGANIZATIONS) if m.rule != "list"]
        built = text.startswith("厂", after - 1)  # 2009年办厂
        return (before[0] if before else _last(reading, clause) if built else None), False
    if not _GENERIC.search(head) and 2 <= len(head) <= 6 and (short := _short_for(reading, head)):
        return short, False
    return (_last(reading, clause) if _STANDS.match(head) else None), False


def _short_for(reading: Reading, words: str) -> Mention | None:
    """Return the body that a clause calls by a part of its name: 陇薯源 of 甘肃陇薯源农业科技集团."""
    return next((m for m in reading.mentions if m.type in ORGANIZATIONS and m.text.find(words) > 0), None)


def _last(reading: Reading, at: int) -> Mention | None:
    return next(reversed(reading.inside(max(0, at - 500), at, *ORGANIZATIONS)), None)
