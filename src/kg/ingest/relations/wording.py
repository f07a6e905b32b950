"""Relations that the wording of a sentence gives; each rule reads one kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from kg.ingest.reading import Reading
from kg.ingest.relation import Post, Relation
from kg.ingest.relations.belonging import belongs
from kg.ingest.relations.designation import designations
from kg.ingest.relations.founding import foundings
from kg.ingest.relations.gathering import held, parts
from kg.ingest.relations.guest import attendance, from_places, speakers, talks
from kg.ingest.relations.hosting import hosts
from kg.ingest.relations.inclusion import inclusions
from kg.ingest.relations.locality import localities
from kg.ingest.relations.membership import containment, products
from kg.ingest.relations.office import posts
from kg.ingest.relations.parentage import parentage
from kg.ingest.relations.party import cooperation
from kg.ingest.relations.ranking import members
from kg.ingest.relations.release import releases
from kg.ingest.relations.venture import ventures

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


_Rule = Callable[[Reading, int, int], Iterator[Relation]]
_RULES: tuple[_Rule, ...] = (
    posts, hosts, held, parts, cooperation, containment, foundings, attendance,
    from_places, speakers, talks, products, designations, releases, belongs, parentage, localities,
)  # fmt: skip
_OF_PAGE: tuple[Callable[[Reading], Iterator[Relation]], ...] = (ventures, members, inclusions)
