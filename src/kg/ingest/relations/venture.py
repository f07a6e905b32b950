"""What a page tells of its projects: who builds them, where they are, at which event they were signed."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Relation
from kg.ingest.relations.account import Account, read_accounts
from kg.ingest.relations.builder import named_beside, sides_of, topic_of
from kg.ingest.relations.signature import signed_at
from kg.ingest.relations.siting import sites_of

_LONGEST = 66


def ventures(reading: Reading) -> Iterator[Relation]:
    """Yield party, place and event of each project that a page tells of.

    >>> from kg.ingest.reading import read_page
    >>> text = "冠县引进的橘汁深加工项目由海东果业有限公司投资建设，落户莘县。"
    >>> [(r.predicate, r.object.text) for r in ventures(read_page(text))]
    [('kg:party', '海东果业有限公司'), ('kg:party', '冠县'), ('schema:location', '莘县')]
    """
    frame = -1  # the paragraph that tells what is signed
    for account in read_accounts(reading):
        sides = dict(sides_of(reading, account))
        places = sites_of(reading, account)
        where = {name for name, _ in places}
        paragraph = next((p[0] for p in reading.page.paragraphs if p[0] <= account.start < p[1]), 0)
        signed = signed_at(reading, account, told=paragraph == frame)
        frame = paragraph if signed else frame
        if not sides and signed:
            sides = dict(named_beside(reading, account, where))
        if not sides:
            sides = dict(topic_of(reading, account))
        for side, (span, rule, sure) in sides.items():
            if side.text not in where or side.type not in PLACES:
                yield _relation(account, "kg:party", side, span, rule, sure)
        for name, site in places:
            if name != account.project.text:
                yield _relation(account, "schema:location", site, (site.start, site.end), "site", 0.8)
        if signed and (sides or account.item):
            event, at = signed
            span = (min(at, account.project.start), account.project.end)
            yield _relation(account, "kg:signedAt", event, span, "signed-at", 0.75)


def _relation(
    account: Account, predicate: str, other: Mention, span: tuple[int, int], rule: str, sure: float
) -> Relation:
    project = account.project
    first, last = min(span[0], project.start), max(span[1], project.end)
    if last - first > _LONGEST:
        first, last = span
    return Relation(project, predicate, other, first, last, rule, sure)
