"""Where companies, bodies, parks and halls are, as the words beside them say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Relation
from kg.ingest.relations.siting import INVESTS

_SITED = ("kg:Company", "kg:Institution", "schema:Place", "kg:Venue")
_WHERE = (*PLACES, "kg:Country", "schema:Place")
_LIES = re.compile(
    r"(?:位于|坐落于|坐落在|地处|设在|设于|(?<!将)落户(?:于|在|到)?|选址(?:在|于|为)?：?|落地(?:于|在)|扎根(?:于|在)?|"
    r"入驻|进驻|落子|落址|建在|所在的)"
)
# 建设单位为某公司，位于某镇: the project is there.
_BUILT_BY = re.compile(r"(?:单位|业主|主体|投资方|投资商|承建方|投资企业|[^自来]由)(?:分别)?[为是：:，]?$")
_STARTS_WORK = re.compile(r"[^，。；：]{0,8}?(?:动工|奠基|投产|试产|投用|启用|开业|揭牌)")
_BUILDS = re.compile(r"(?:投资)?(?:建设|承建|开发|运营|打造)的")
_STANDS_FOR = re.compile(
    r"(?:该|这个|整个)?(?P<word>公司|企业|集团|园区|总部|工厂)?(?:总部|已|最终|正式|就|均|都)*$"
)


def localities(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield where the bodies and parks of a sentence lie, at the narrowest place that it names.

    >>> from kg.ingest.reading import read_page
    >>> text = "位于莘县柳泉镇的海东果业有限公司开工，总部设在莘县经济开发区。莘县的海西药业扩建。"
    >>> reading = read_page(text)
    >>> found = [r for s in reading.sentences for r in localities(reading, *s)]
    >>> list(dict.fromkeys((r.subject.text, r.object.text) for r in found))
    [('海东果业有限公司', '柳泉镇'), ('海东果业有限公司', '莘县经济开发区'), ('海西药业', '莘县')]
    """
    yield from _lying(reading, start, end)
    yield from _working(reading, start, end)
    yield from _of_place(reading, start, end)


def _lying(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    for verb in _LIES.finditer(text, start, end):
        place = _narrowest(reading, verb.end(), end)
        if place is None:
            continue
        if text[place.end : place.end + 1] == "的":
            after = reading.inside(place.end, min(end, place.end + 40), *_SITED)[:1]
            if after and not re.search("[，。；]", text[place.end : after[0].start][:9]):
                yield _relation(after[0], place, verb.start(), after[0].end, 0.85)
            continue
        found = _subject(reading, start, verb)
        if found is not None:
            yield _relation(found[0], place, found[0].start, place.end, found[1])


def _subject(reading: Reading, start: int, verb: re.Match[str]) -> tuple[Mention, float] | None:
    """Return what a clause says to lie somewhere: what it names, or the company that 公司 stands for."""
    text, at = reading.page.text, verb.start()
    clause = max(max(text.rfind(mark, start, at) for mark in "。；\n") + 1, start)
    comma = max(text.rfind("，", clause, at) + 1, clause)
    own = [m for m in reading.inside(comma, at, *_SITED) if at - m.end <= 8]
    if own:
        return None if _BUILT_BY.search(text, start, own[-1].start) else (own[-1], 0.85)
    generic = _STANDS_FOR.match(text, comma, at) if at - comma <= 12 else None
    if generic is None or (not generic["word"] and verb[0][:2] in ("选址", "落户", "落子", "落址")):
        return None  # what a clause without a subject sites is a project
    kinds = ("kg:Company",) if generic["word"] else ("kg:Company", "schema:Place")
    if re.search(rf"由[^，。；]{{2,60}}(?:{INVESTS})", text[clause:at]):
        return None  # 项目由某公司建设，位于某镇
    before = reading.inside(clause, at, *kinds)[:1]
    if not before and generic["word"]:
        before = reading.inside(max(0, start - 160), clause, "kg:Company")[-1:]
    return (before[0], 0.75) if before else None


def _working(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某公司在某镇投产, and 在某镇，某公司…; a company that builds somewhere may lie elsewhere."""
    text = reading.page.text
    for verb in re.finditer("在", text[start:end]):
        at = start + verb.start()
        place = _narrowest(reading, at + 1, end)
        if place is None:
            continue
        if _STARTS_WORK.match(text, place.end, end):
            clause = max(max(text.rfind(mark, start, at) for mark in "。；\n") + 1, start)
            before = reading.inside(clause, at, "kg:Company", "kg:Project")[-1:]
            if before and before[0].type == "kg:Company" and at - before[0].end <= 40:
                yield _relation(before[0], place, before[0].start, place.end, 0.75)
        elif text[place.end : place.end + 1] == "，" and place.type not in ("kg:Province", "kg:Country"):
            # The scene is set before the name, if the company is not there to build something.
            scene = reading.inside(place.end, min(end, place.end + 40), "kg:Company")[:1]
            if scene and scene[0].start == place.end + 1 and not _BUILDS.match(text, scene[0].end):
                yield _relation(scene[0], place, at, scene[0].end, 0.7)


def _of_place(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某镇的某公司, 某开发区内，某公司: the place right before the name."""
    text = reading.page.text
    for subject in reading.inside(start, end, "kg:Company", "schema:Place", "kg:Venue"):
        for place in reading.inside(max(start, subject.start - 24), subject.start, *_WHERE):
            between = text[place.end : subject.start]
            beside = not between and place.type == "kg:Country"
            within = between in ("里的", "内的") or (
                between in ("里，", "内，") and subject.type == "kg:Company"
            )
            if (between == "的" or beside or within) and place.type != "kg:Province":
                yield _relation(subject, place, place.start, subject.end, 0.75)


def _narrowest(reading: Reading, at: int, end: int) -> Mention | None:
    """Return the last of the places that stand one after another from here on."""
    found: Mention | None = None
    for place in reading.inside(at, min(end, at + 40), *_WHERE):
        if place.start != (found.end if found else at):
            break
        found = place
    return found


def _relation(subject: Mention, place: Mention, start: int, end: int, sure: float) -> Relation:
    inside = subject.type in ("schema:Place", "kg:Venue")
    predicate = "schema:containedInPlace" if inside else "schema:location"
    return Relation(subject, predicate, place, start, end, "locality", sure)
