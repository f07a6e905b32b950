"""Who hosts an event, undertakes it, helps with it or guides it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.discourse.chain import chain_after, chain_before
from kg.ingest.discourse.occasion import GENERIC, event_of
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation

_PREDICATE = {
    "主办": "kg:hostedBy", "承办": "kg:undertakenBy", "协办": "schema:organizer", "指导": "kg:guidedBy",
    "支持": "", "举办": "schema:organizer",
}  # fmt: skip
_WITH_VERB = re.compile(
    r"(?P<joint>(?:等?(?:单位|部门|机构|家单位)?)(?:联合|共同|牵头|联手|具体|倾力|负责|独家)*)"
    r"(?P<verb>主办|承办|协办|指导|支持|举办(?!的))(?!方|单位|思想|意见|下发|员|老师|工作|力度|政策)"
)
_LABEL = re.compile(r"(?P<verb>主办|承办|协办|指导)(?:单位|方|机构)?(?:分别|均)?(?:为|是|有|[:：])")
_OBJECT = re.compile(r"(?:了)?(?:的)?[“「《]?")
_ORGANIZES = re.compile(
    r"(?:联合|共同|隆重|成功|正式|如期|主持)*(?:举办|举行|召开|组织召开|组织举办|发起)(?:了|的)?[“「]?"
)
_ADVERB = re.compile(
    r"(?:昨[日天]|今[日天]|日前|近日|上午|下午|\d+月\d+日(?:[上下]午|至\d+日|晚)?|在[^，。；]{2,24}|于[^，。；]{2,24}|联合|共同|将|又|还|已|等(?:单位|部门)?)*"
)


def hosts(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield the bodies of 由甲、乙主办，丙承办的某会, 在丁指导下, 主办单位：甲.

    >>> from kg.ingest.reading import read_page
    >>> text = "第三届海东柑橘论坛开幕。论坛由海东市商务局主办，海东果业协会承办，西山大学指导。"
    >>> [(r.predicate, r.object.text) for r in hosts(read_page(text), 12, len(text))]
    [('kg:hostedBy', '海东市商务局'), ('kg:undertakenBy', '海东果业协会'), ('kg:guidedBy', '西山大学')]
    """
    text = reading.page.text
    verbs = list(_WITH_VERB.finditer(text, start, end))
    before = start
    for i, verb in enumerate(verbs):
        bodies = _bodies(reading, before, verb.start("joint"))
        event = _object(reading, verbs[i:], end) or _subject(reading, start, end, bodies, verb)
        predicate = _PREDICATE[verb["verb"]]
        if verb["verb"] == "举办" and not (bodies and text[bodies[0].start - 1] == "由"):
            continue  # 某局举办某会 is told by its object
        clear = verb["verb"] != "指导" or re.match(r"[，。；、]|的|$|下", text[verb.end() : end])
        if event is not None and predicate and clear:
            for body in bodies:
                yield Relation(event, predicate, body, body.start, verb.end(), "host", 0.85)
        before = verb.end()
    for label in _LABEL.finditer(text, start, end):
        event = event_of(reading, start, label.start())
        for body in chain_after(reading, label.end(), end, *ORGANIZATIONS) if event else ():
            yield Relation(event, _PREDICATE[label["verb"]], body, label.start(), body.end, "host", 0.8)  # type: ignore[arg-type]
    yield from _organizers(reading, start, end)


# 由某县委、县政府主办: the second says whose it is by the first.
_ELIDED = re.compile(r"(?<=委)[、和]?[省市县区镇]?(?:人民)?政府$")


def _bodies(reading: Reading, start: int, at: int) -> list[Mention]:
    elided = _ELIDED.search(reading.page.text, start, at)
    at = elided.start() if elided else at
    bodies = chain_before(reading, start, at, *ORGANIZATIONS)
    if bodies:
        return bodies
    sides = chain_before(reading, start, at, *ORGANIZATIONS, *PLACES)
    text = reading.page.text
    return sides if sides and text[sides[0].start - 1 : sides[0].start] == "由" else []


def _object(reading: Reading, verbs: list[re.Match[str]], end: int) -> Mention | None:
    """Return the event of 甲主办、乙承办的某会: the one right after the last verb of the run."""
    text = reading.page.text
    for verb in verbs:
        mark = _OBJECT.match(text, verb.end())
        at = mark.end() if mark else verb.end()
        named = [e for e in reading.inside(at, end, "schema:Event") if at <= e.start <= at + 8]
        if named and (text[verb.end()] in "的了“" or named[0].start == verb.end()):
            return named[0]
        generic = GENERIC.match(text, at)
        if generic and generic["head"]:
            return event_of(reading, at, generic.end())
        if re.search(r"[。；]", text[verb.end() : verb.end() + 1]):
            return None
    return None


def _subject(
    reading: Reading, start: int, end: int, bodies: list[Mention], verb: re.Match[str]
) -> Mention | None:
    at = bodies[0].start if bodies else verb.start()
    named = reading.inside(start, at, "schema:Event")
    if named:
        edition = [e for e in named if e.rule == "edition"]
        return (edition or named)[-1]
    after = [e for e in reading.inside(verb.end(), end, "schema:Event") if "。" not in e.text]
    generic = any(g for g in GENERIC.finditer(reading.page.text, start, at))
    return event_of(reading, start, at) if generic or not after else after[0]


def _organizers(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某局在某市举行某会, 某协会举办的某会: the body that the verb has for its subject."""
    text = reading.page.text
    for verb in _ORGANIZES.finditer(text, start, end):
        events = [e for e in reading.inside(verb.end(), end, "schema:Event") if e.start == verb.end()]
        if not events:
            continue
        for body in reversed(reading.inside(start, verb.start(), *ORGANIZATIONS)):
            if _ADVERB.fullmatch(text, body.end, verb.start()):
                chain = chain_before(reading, start, body.end, *ORGANIZATIONS)
                for one in chain:
                    yield Relation(
                        events[0], "schema:organizer", one, one.start, events[0].end, "organizer", 0.8
                    )
                break
