"""By whom a report or a ranked list comes out, and at which event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import chain_after, chain_before
from kg.ingest.discourse.occasion import GENERIC, article_of, event_of
from kg.ingest.discourse.speech import PERSONS
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, Relation

_KINDS = ("schema:Report", "kg:RankedList")
_ISSUES = r"(?:发布|公布|推出|揭晓|编制|编写|编撰|撰写|评选|评出|出版|完成)"
_BY_ACTIVE = re.compile(
    rf"(?:[^，。；]{{0,30}}?(?:联合|共同|正式|首次|独家|权威|再次|对外|昨[日天]|日前|近日|\d+日)*){_ISSUES}了?(?:的)?[^，。；：“”《》]{{0,24}}?[《“「]?$"
)
_BY_PASSIVE = re.compile(rf"由(?=[^，。；]{{2,60}}{_ISSUES})")
_OUT = re.compile(r"发布|出炉|揭晓|公布|亮相|面世")
_WORK = re.compile(r"(?:该|本|此|这份|上述)?(?P<kind>榜单|名单|报告|白皮书|蓝皮书|公报|排行榜)")


def releases(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield 甲发布《报告》, 榜单由甲编制, 论坛上，甲公布“百强县”名单.

    >>> from kg.ingest.reading import read_page
    >>> text = "第三届海东柑橘论坛上，海东大学发布《柑橘产业报告》。"
    >>> [(r.predicate, r.object.text) for r in releases(read_page(text), 0, len(text))]
    [('kg:releasedBy', '海东大学'), ('kg:releasedAt', '第三届海东柑橘论坛')]
    """
    text = reading.page.text
    works = reading.inside(start, end, *_KINDS)
    for work in works:
        yield from _active(reading, start, work)
        out = _OUT.search(text, work.end, min(end, work.end + 20))
        verb = re.compile(_ISSUES).search(text, max(start, work.start - 30), work.start)
        if out or verb:
            yield from _at_event(reading, start, end, work, max(out.end() if out else 0, work.end))
    for by in _BY_PASSIVE.finditer(text, start, end):
        issued = _issued(reading, start, by.start())
        if issued is None:
            continue
        for body in chain_after(reading, by.end(), end, *ORGANIZATIONS):
            yield Relation(issued, "kg:releasedBy", body, by.start(), body.end, "release", 0.8)
    yield from _heading(reading, start, end)


def _active(reading: Reading, start: int, work: Mention) -> Iterator[Relation]:
    text = reading.page.text
    who = (*ORGANIZATIONS, *PERSONS)
    for body in reversed(reading.inside(start, work.start, *who)):
        between = text[body.end : work.start]
        if re.search(r"[。；]", between):
            return
        if _BY_ACTIVE.fullmatch(between) or _AND_ALSO.fullmatch(between):
            for one in chain_before(reading, start, body.end, *who):
                yield Relation(work, "kg:releasedBy", one, one.start, work.end, "release", 0.8)
            return


# 发布《报告》，并公布百强县名单
_AND_ALSO = re.compile(
    rf"[^。；]{{0,20}}?{_ISSUES}了?《[^》]{{2,40}}》，?(?:并|同时|还)[^，。；]{{0,6}}?{_ISSUES}了?[“《]?"
)


def _issued(reading: Reading, start: int, at: int) -> Mention | None:
    """Return the work that a clause is about: named in it, or what 榜单 or 报告 stands for."""
    named = reading.inside(start, at, *_KINDS)
    if named:
        return named[-1]
    generic = _WORK.search(reading.page.text, max(start, at - 12), at)
    if generic is None:
        return None
    kind = "kg:RankedList" if "榜" in generic["kind"] or "名单" in generic["kind"] else "schema:Report"
    first, _ = article_of(reading, start)
    return next(iter(reversed(reading.inside(first, start, kind))), None)


def _at_event(reading: Reading, start: int, end: int, work: Mention, stop: int) -> Iterator[Relation]:
    text = reading.page.text
    here = [
        e for e in reading.inside(start, work.start, "schema:Event") if "。" not in text[e.end : work.start]
    ]
    there = _THERE.search(text, start, work.start)
    event = here[-1] if here else event_of(reading, there.start(), there.end()) if there else None
    if event is None and (opened := reading.inside(start, stop, "schema:Event")):
        event = opened[0]  # 某报告在某论坛发布
    if event is not None and event.text not in work.text:
        first = max(min(event.start if event.start >= start else start, work.start), start)
        yield Relation(work, "kg:releasedAt", event, first, max(stop, event.end), "released-at", 0.75)


_THERE = re.compile(rf"(?:{GENERIC.pattern})(?:上|期间|中)?(?=[，,]|发布|公布|推出)|会上|现场")


def _heading(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """A bulletin that is printed whole, over the line of the body that put it out."""
    text = reading.page.text
    for work in reading.inside(start, end, "schema:Report"):
        if work.rule != "heading":
            continue
        line = text[end : end + 40].lstrip("\n").split("\n")[0]
        at = text.index(line, end) if line else end
        for body in reading.inside(at, at + len(line), *ORGANIZATIONS):
            if (body.start, body.end) == (at, at + len(line)):
                yield Relation(work, "kg:releasedBy", body, work.start, body.end, "heading", 0.8)
