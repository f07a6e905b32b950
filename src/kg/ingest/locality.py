"""Where companies, projects and parks are, as the words beside them say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES, Relation

_SITED = ("kg:Company", "kg:Institution", "kg:Project", "schema:Place", "kg:Venue")
_WHERE = (*PLACES, "kg:Country", "schema:Place")
_LIES = re.compile(
    r"(?:位于|坐落于|坐落在|地处|设在|设于|(?<!将)落户(?:于|在|到)?|选址(?:在|于|为)?[:：]?|落地(?:于|在)|扎根(?:于|在)?|入驻|进驻|落子|落址|建在|所在的)"
)
_IN = re.compile(r"在")
_BUILT = re.compile(
    r"[^，。；：]{0,8}?(?:(?P<built>建设|投建|兴建|新建|打造|建厂|投资|实施)|开工|动工|奠基|投产|试产|投用|启用|开业|落地|揭牌)"
)
_BUILDS = re.compile(r"(?:投资)?(?:建设|承建|开发|运营|打造)的")
_RUNS = re.compile(r"(?:起于|起自|始于|起点(?:位于|在)?|途经|经过|经|止于|终于|终点(?:位于|在)?)")
_ALL = re.compile(r"(?:[两三四五六]个|这些|上述|以上)?项目(?:全部|均|都)|分别")
_STANDS_FOR = re.compile(
    r"(?:该|这个|整个)?(?P<word>项目|公司|企业|集团|园区|基地|总部|工厂)?(?:总部|将|已|拟|计划|最终|正式|就|均|都)*$"
)


def localities(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield where bodies, projects and parks of a sentence lie, at the narrowest place that it names.

    >>> from kg.ingest.reading import read_page
    >>> text = "位于莘县柳泉镇的海东果业有限公司开工，橘汁加工项目选址莘县经济开发区。在莘县的海西药业扩建。"
    >>> reading = read_page(text)
    >>> for r in localities(reading, 0, len(text)):
    ...     print(r.subject.text, r.object.text)
    海东果业有限公司 柳泉镇
    橘汁加工项目 莘县经济开发区
    海东果业有限公司 柳泉镇
    海西药业 莘县
    """
    yield from _lying(reading, start, end)
    yield from _built(reading, start, end)
    yield from _of_place(reading, start, end)
    yield from _running(reading, start, end)


def _lying(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    text = reading.page.text
    for verb in _LIES.finditer(text, start, end):
        place = _narrowest(reading, verb.end(), end)
        if place is None:
            continue
        if text[place.end : place.end + 1] == "的":
            after = [
                m
                for m in reading.inside(place.end, min(end, place.end + 40), *_SITED)
                if m.start - place.end <= 8
            ]
            if after and not re.search("[，。；]", text[place.end : after[0].start]):
                yield _relation(after[0], place, verb.start(), after[0].end, 0.85)
            continue
        yield from (
            _relation(s, place, s.start, place.end, sure) for s, sure in _subjects(reading, start, verb)
        )


def _subjects(reading: Reading, start: int, verb: re.Match[str]) -> list[tuple[Mention, float]]:
    """Return what the clause says to lie somewhere: named, all of a list, or what 项目 or 公司 stands for."""
    text, at = reading.page.text, verb.start()
    clause = max(max(text.rfind(mark, start, at) for mark in "。；\n") + 1, start)
    comma = max(text.rfind("，", clause, at) + 1, clause)
    named = reading.inside(clause, at, *_SITED)
    if _ALL.search(text, comma, at):
        return [(m, 0.75) for m in named if m.type == "kg:Project"]
    own = [m for m in reading.inside(comma, at, *_SITED) if at - m.end <= 8]
    if own:
        return [(own[-1], 0.85)]
    generic = _STANDS_FOR.match(text, comma, at) if at - comma <= 12 else None
    if generic is None:
        return []
    word = generic["word"]
    if word in ("项目", "基地") or (not word and verb[0].startswith(("选址", "落户", "落子", "落址"))):
        before = reading.inside(max(0, start - 160), at, "kg:Project")[
            -1:
        ]  # the item of a list is its project
    else:
        kinds = ("kg:Company",) if word else ("kg:Project", "kg:Company", "schema:Place")
        before = [m for m in named if m.type in kinds][:1]
        if not before and word:
            before = reading.inside(max(0, start - 160), clause, "kg:Company")[-1:]
    return [(m, 0.75) for m in before]


def _built(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """甲项目在某镇开工, and 在某镇建设甲项目; a company that builds somewhere may lie elsewhere."""
    text = reading.page.text
    for verb in _IN.finditer(text, start, end):
        place = _narrowest(reading, verb.end(), end)
        done = _BUILT.match(text, place.end, end) if place else None
        if place is None:
            continue
        if done is None:
            # 在柳泉镇，某公司…: the scene is set before the name.
            scene = [
                m
                for m in reading.inside(place.end, end, "kg:Company", "kg:Project")
                if m.start == place.end + 1
            ]
            if (
                scene
                and text[place.end] == "，"
                and place.type in ("kg:Town", "kg:Village", "kg:County", "schema:Place")
            ):
                builds = _BUILDS.match(text, scene[0].end)
                works = reading.inside(builds.end(), end, "kg:Project") if builds else []
                subject = works[0] if builds and works and works[0].start == builds.end() else scene[0]
                yield _relation(subject, place, verb.start(), subject.end, 0.7)
            continue
        after = [m for m in reading.inside(done.end(), end, "kg:Project") if m.start - done.end() <= 4]
        clause = max(max(text.rfind(mark, start, verb.start()) for mark in "。；\n") + 1, start)
        kinds = ("kg:Project",) if done["built"] else ("kg:Project", "kg:Company")
        before = reading.inside(clause, verb.start(), *kinds)
        if done["built"] and after:
            yield _relation(after[0], place, verb.start(), after[0].end, 0.85)
            continue
        if done["built"] and not before:  # an item of a list: 甲项目。由某公司在某区建设
            before = reading.inside(max(0, start - 60), clause, "kg:Project")[-1:]
        if before and verb.start() - before[-1].end <= 60:
            projects = [m for m in before if m.type == "kg:Project"]
            subject = (projects or before)[-1]
            yield _relation(subject, place, subject.start, done.end(), 0.75)


def _of_place(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某镇的某公司, 某市某项目: the place right before the name, with 的 or nothing between."""
    text = reading.page.text
    for subject in reading.inside(start, end, *_SITED):
        if subject.type == "kg:Institution":
            continue
        for place in reading.inside(max(start, subject.start - 24), subject.start, *_WHERE):
            between = text[place.end : subject.start]
            beside = not between and (subject.type == "kg:Project" or place.type == "kg:Country")
            within = between in ("里的", "内的") or (
                between in ("里，", "内，") and subject.type == "kg:Company"
            )
            if (between == "的" or beside or within) and place.type != "kg:Province":
                yield _relation(subject, place, place.start, subject.end, 0.75)


def _running(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """某高速公路起于甲区，经乙市，止于丙区: a road lies wherever it runs."""
    verbs = list(_RUNS.finditer(reading.page.text, start, end))
    if not any(v[0][0] in "起始止终" for v in verbs):
        return
    roads = reading.inside(max(0, start - 120), verbs[0].start(), "kg:Project")
    for verb in verbs if roads else ():
        place = _narrowest(reading, verb.end(), end)
        if place is not None:
            yield _relation(roads[-1], place, verb.start(), place.end, 0.75)


def _narrowest(reading: Reading, at: int, end: int) -> Mention | None:
    """Return the last of the places that stand one after another from here on."""
    chain = reading.inside(at, min(end, at + 40), *_WHERE)
    found: Mention | None = None
    for place in chain:
        if place.start != (found.end if found else at):
            break
        found = place
    return found


def _relation(subject: Mention, place: Mention, start: int, end: int, sure: float) -> Relation:
    inside = subject.type in ("schema:Place", "kg:Venue")
    predicate = "schema:containedInPlace" if inside else "schema:location"
    return Relation(subject, predicate, place, start, end, "locality", sure)
