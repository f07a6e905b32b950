"""Relations that the wording of a sentence gives: posts, hosts, parties, founding, attendance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.ingest.membership import containment, designations, members, products
from kg.ingest.party import cooperation, parties
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Post, Relation
from kg.ingest.speech import PERSONS

_LONGEST_QUOTE = 38


def read_relations(reading: Reading) -> list[Relation]:
    """Read the relations of a page, each once a sentence.

    >>> from kg.ingest.reading import read_page
    >>> for r in read_relations(read_page("海阳市副市长赵大川表示，首届海阳柑橘博览会在海阳市举办。")):
    ...     name = r.object.title if isinstance(r.object, Post) else r.object.text
    ...     print(r.subject.text, r.predicate, name)
    赵大川 org:holds 副市长
    首届海阳柑橘博览会 schema:location 海阳市
    """
    found: dict[tuple[str, str, str, int], Relation] = {}
    for start, end in reading.sentences:
        for rule in _RULES:
            for relation in rule(reading, start, end):
                other = relation.object
                name = (
                    other
                    if isinstance(other, str)
                    else other.title
                    if isinstance(other, Post)
                    else other.text
                )
                if relation.end - relation.start <= 2 * _LONGEST_QUOTE:
                    found.setdefault((relation.subject.text, relation.predicate, name, start), relation)
    return sorted(found.values(), key=lambda r: (r.start, r.end, r.predicate))


_POST = re.compile(
    r"(?P<title>(?:[省市县区]?委|[镇乡]?党委|党组|党支部|常务|第一|执行|首席|高级|"
    r"总支)?(?:副)?(?:省长|市长|县长|区长|镇长|乡长|书记|主任|局长|厅长|处长|部长|会长|秘书长|"
    r"理事长|主席|行长|"
    r"院长|所长|校长|站长|总裁|总经理|董事长|经理|总监|负责人|创始人|专家|研究员|教授|常委|"
    r"党委书记|支书|厂长|场长|大使|参赞|首席执行官))$"
)


def _posts(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """赵大川 holds 副市长 at 海阳市: body or place, title, name, without a gap; titles may be a list."""
    text = reading.page.text
    for person in reading.inside(start, end, *PERSONS):
        at = person.start
        for _ in range(3):
            bodies = reading.inside(max(start, at - 40), at, *ORGANIZATIONS, *PLACES)
            body = bodies[-1] if bodies else None
            if body is None:
                break
            title = text[body.end : at].strip("、 ")
            if not _POST.fullmatch(title) or len(title) > 10:
                break
            yield Relation(person, "org:holds", Post(title, body), body.start, person.end, "post", 0.9)
            # 高级专家、…秘书长左臣明: go on before the comma that joins two posts.
            at = body.start
            if text[at - 1 : at] != "、":
                break
            at -= 1


_HOSTS = re.compile(r"(?:联合|共同)?(?P<verb>主办|承办|协办|主持)")
_PREDICATE_OF_HOST = {"主办": "kg:hostedBy", "承办": "kg:undertakenBy", "协办": "schema:organizer"}


def _hosts(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """由甲、乙主办，丙承办的某会: each body before the verb hosts the event, or the last one."""
    events = (
        reading.inside(start, end, "schema:Event")
        or reading.inside(max(0, start - 300), start, "schema:Event")[-1:]
    )
    if not events:
        return
    text = reading.page.text
    event = next((e for e in events if e.rule == "edition"), events[0])
    before = start
    for verb in _HOSTS.finditer(text, start, end):
        if verb["verb"] not in _PREDICATE_OF_HOST:
            continue
        bodies = reading.inside(before, verb.start(), *ORGANIZATIONS)
        clause = max(text.rfind("，", before, bodies[0].start) if bodies else -1, before)
        for body in bodies:
            if not re.search(r"[。；]", text[clause : verb.start()]):
                yield Relation(
                    event, _PREDICATE_OF_HOST[verb["verb"]], body, body.start, verb.end(), "host", 0.85
                )
        before = verb.end()


_HELD = re.compile(
    r"(?:在|于)(?P<where>[^，。；]{2,20}?)(?:隆重|正式|成功|顺利)?(?:举办|举行|召开|开幕|启幕|闭幕)"
)


def _held(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    for held in _HELD.finditer(text, start, end):
        places = reading.inside(held.start("where"), held.end("where"), *PLACES)
        events = reading.inside(start, held.start(), "schema:Event")
        if not events or not places:
            continue
        event, place = events[-1], places[-1]
        between = text[event.end : held.start()]
        if len(between) <= 20 and "，" not in between.strip("，"):
            yield Relation(event, "schema:location", place, event.start, held.end(), "held", 0.85)


_FOUNDED = re.compile(r"(?:成立|创立|创办|组建|挂牌)于?")
_GENERIC_BODY = re.compile(r"(?:该|本)?(?:公司|集团|企业|研究院|协会|合作社|中心)")


def _founding(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某公司于2019年9月成立, and 公司成立于2012年 of the body that was named last."""
    text = reading.page.text
    for verb in _FOUNDED.finditer(text, start, end):
        clause = max(max(text.rfind(mark, start, verb.start()) for mark in "，；：。“") + 1, start)
        dates = [
            p for p in reading.periods if clause <= p.start and p.end <= verb.end() + 12 and p.start_date
        ]
        if not dates:
            continue
        period = dates[-1]
        bodies = reading.inside(clause, verb.start(), *ORGANIZATIONS)
        own = bool(bodies)
        if not own and not _GENERIC_BODY.match(text, clause):
            continue
        bodies = bodies or reading.inside(max(0, start - 500), clause, *ORGANIZATIONS)
        if bodies:
            assert period.start_date is not None
            value = period.start_date.isoformat()
            value = value if "日" in period.verbatim else value[:7] if "月" in period.verbatim else value[:4]
            where = (bodies[-1].start if own else clause, max(period.end, verb.end()))
            yield Relation(bodies[-1], "schema:foundingDate", value, *where, "founding", 0.9 if own else 0.7)


_ATTENDS = re.compile(r"现身|出席|参加|来到|亮相|应邀")


def _attendance(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某人出席论坛: the event of the sentence, or where it says 论坛 or 此次 only, the last one."""
    text = reading.page.text
    for verb in _ATTENDS.finditer(text, start, end):
        after = text[verb.end() : verb.end() + 16].split("，")[0].split("。")[0]
        persons = [
            p for p in reading.inside(start, verb.start(), *PERSONS) if "，" not in text[p.end : verb.start()]
        ]
        events = reading.inside(verb.end(), min(end, verb.end() + 60), "schema:Event")[:1]
        if not events and re.search(r"论坛|大会|博览会|活动|展会|会议|峰会", after):
            events = [e for e in reading.inside(0, start, "schema:Event") if e.rule in ("edition", "again")][
                -1:
            ]
        for person in persons[-1:]:
            for event in events:
                yield Relation(
                    event,
                    "schema:attendee",
                    person,
                    person.start,
                    verb.end() + len(after),
                    "attendance",
                    0.75,
                )


def _from_countries(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """来自尼泊尔、斯里兰卡等: those who came to the event of the sentence, or the last one."""
    text = reading.page.text
    for came in re.finditer(r"来自", text[start:end]):
        at = start + came.end()
        clause = re.compile(r"[，。；]|的(?!国家)").search(text, at, end)
        stop = clause.start() if clause else end
        countries = reading.inside(at, stop, "kg:Country")
        events = reading.inside(start, end, "schema:Event") or reading.inside(
            max(0, start - 500), start, "schema:Event"
        )
        named = [e for e in events if e.rule in ("edition", "again")]
        for country in countries:
            if named and country.text != "中国":
                where = (at - 2, country.end)
                yield Relation(named[-1], "kg:participantsFrom", country, *where, "came-from", 0.7)


def _releases(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    for report in reading.inside(start, end, "schema:Report"):
        verb = text.rfind("发布", max(start, report.start - 8), report.start)
        if verb < 0:
            continue
        for who in reading.inside(start, verb, *PERSONS, *ORGANIZATIONS)[-1:]:
            yield Relation(report, "kg:releasedBy", who, who.start, report.end, "release", 0.8)


_Rule = Callable[[Reading, int, int], Iterator[Relation]]
_RULES: tuple[_Rule, ...] = (
    _posts, _hosts, _held, parties, cooperation, members, containment, _founding, _attendance,
    _from_countries, products, designations, _releases,
)  # fmt: skip
