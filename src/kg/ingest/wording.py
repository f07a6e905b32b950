"""Relations that the wording of a sentence gives; each rule reads one kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from kg.ingest.belonging import belongs
from kg.ingest.designation import designations
from kg.ingest.gathering import attendance, from_places, held, parts, speakers
from kg.ingest.hosting import hosts
from kg.ingest.membership import containment, members, products
from kg.ingest.office import posts
from kg.ingest.party import cooperation
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, Post, Relation
from kg.ingest.release import releases
from kg.ingest.venture import ventures

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
    by_sentence = (r for s in reading.sentences for rule in _RULES for r in rule(reading, *s))
    for relation in chain(by_sentence, *(rule(reading) for rule in _OF_PAGE)):
        other = relation.object
        name = other if isinstance(other, str) else other.title if isinstance(other, Post) else other.text
        if relation.end - relation.start <= 2 * _LONGEST_QUOTE:
            start = reading.sentence(relation.start)[0]
            found.setdefault((relation.subject.text, relation.predicate, name, start), relation)
    sure = {
        (r.subject.text, r.object.title): r.object.at.text
        for r in found.values() if isinstance(r.object, Post) and r.confidence > 0.8
    }  # fmt: skip
    told = [
        r for r in found.values()
        if not isinstance(r.object, Post)
        or r.confidence > 0.8
        or (r.subject.text, r.object.title) not in sure
    ]  # fmt: skip
    return sorted(told, key=lambda r: (r.start, r.end, r.predicate))


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
        elided = text[clause : verb.start()].strip("始") == ""  # 某公司是镇上最大的企业，成立于2009年
        if not own and not elided and not _GENERIC_BODY.match(text, clause):
            continue
        if elided and not own:
            bodies = [b for b in reading.inside(start, clause, *ORGANIZATIONS) if b.rule != "list"][:1]
            if not bodies:
                continue
        bodies = bodies or reading.inside(max(0, start - 500), clause, *ORGANIZATIONS)
        if bodies:
            assert period.start_date is not None
            value = period.start_date.isoformat()
            value = value if "日" in period.verbatim else value[:7] if "月" in period.verbatim else value[:4]
            where = (bodies[-1].start if own else clause, max(period.end, verb.end()))
            yield Relation(bodies[-1], "schema:foundingDate", value, *where, "founding", 0.9 if own else 0.7)


_Rule = Callable[[Reading, int, int], Iterator[Relation]]
_RULES: tuple[_Rule, ...] = (
    posts, hosts, held, parts, cooperation, members, containment, _founding, attendance,
    from_places, speakers, products, designations, releases, belongs,
)  # fmt: skip
_OF_PAGE: tuple[Callable[[Reading], Iterator[Relation]], ...] = (ventures,)
