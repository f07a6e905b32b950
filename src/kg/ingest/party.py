"""Who are the parties of a project, and who works with whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import ORGANIZATIONS, PLACES, Relation

_SIGNS = re.compile(r"签[署订下约]|合作|共建|共同|联合|携手|引进")
_WITH = re.compile(r"[与和同跟]")
_INVESTED = re.compile(r"由[^，。；]{2,40}?(?:投资|建设|承建|实施|运营)")


def parties(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """Yield the parties of 甲与乙合作的某项目, 甲同乙签订某项目, 甲引进的某项目由乙投资.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("莘县引进的橘汁深加工项目由海东果业有限公司投资建设。")
    >>> [r.object.text for r in parties(reading, 0, len(reading.page.text))]
    ['莘县', '海东果业有限公司']
    """
    text = reading.page.text
    for project in reading.inside(start, end, "kg:Project"):
        clause = max(start, *(text.rfind(mark, start, project.start) + 1 for mark in "，。；"))
        verbs = list(_SIGNS.finditer(text, clause, project.start))
        if verbs:
            verb = verbs[-1]
            sides = _chained(reading, clause, verb.start())
            paired = len(sides) > 1 and _WITH.search(text, sides[0].end, sides[-1].start)
            if paired or verb[0] == "引进" or text[verb.end() : verb.end() + 1] == "的":
                for side in sides:
                    yield Relation(project, "kg:party", side, side.start, project.end, "cooperation", 0.85)
        on = text[project.start - 1 : project.start] == "就" and re.compile("[^，。；]{0,4}签").match(
            text, project.end
        )
        if on:  # 甲与乙就某项目签约
            sides = _chained(reading, clause, project.start)
            for side in sides if len(sides) > 1 else ():
                yield Relation(project, "kg:party", side, side.start, on.end(), "cooperation", 0.85)
        invested = _INVESTED.match(text, project.end, end)
        if invested:
            for side in reading.inside(project.end, invested.end(), *ORGANIZATIONS):
                yield Relation(project, "kg:party", side, project.start, side.end, "investor", 0.8)


_SIGNING = re.compile(r"签约|招商|推介|洽谈|对接|投资|合作")
_SIGNED = re.compile(r"签约|签下|签订|签署|合作的|其中|包括|现场|会上|集中")


def signed(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """签约仪式…。甲与乙就某项目签约: the project is signed at the event that the article told before."""
    text = reading.page.text
    for project in reading.inside(start, end, "kg:Project"):
        before = [
            e for e in reading.inside(0, project.start, "schema:Event") if e.rule in ("edition", "again")
        ]
        event = before[-1] if before and _SIGNING.search(before[-1].text) else None
        words = _SIGNED.search(text, start, project.start) or re.compile("签约").match(text, project.end)
        if event is not None and words:
            first = min(words.start(), project.start)
            yield Relation(
                project, "kg:signedAt", event, first, max(words.end(), project.end), "signed-at", 0.7
            )


_COOPERATES = re.compile(r"签订|签署|达成|签约|建立|开展|有着良好的?合作|携手")


def cooperation(reading: Reading, start: int, end: int) -> Iterator[Relation]:
    """甲与乙签订战略合作协议: the two cooperate."""
    text = reading.page.text
    for verb in _COOPERATES.finditer(text, start, end):
        if (
            "合作" not in text[verb.start() : verb.end() + 14]
            and "协议" not in text[verb.start() : verb.end() + 14]
        ):
            continue
        stop = re.search("[，。；]", text[verb.end() : end])
        if reading.inside(verb.end(), verb.end() + stop.start() if stop else end, "kg:Project"):
            continue  # what they sign is a project, and both are parties of it
        clause = max(max(text.rfind(mark, start, verb.start()) for mark in "，。；：") + 1, start)
        sides = reading.inside(clause, verb.start(), *ORGANIZATIONS, *PLACES)
        if len(sides) == 2 and re.search(r"[与和同跟]", text[sides[0].end : sides[1].start]):
            yield Relation(
                sides[0], "kg:cooperatesWith", sides[1], sides[0].start, verb.end(), "cooperation", 0.75
            )


def _chained(reading: Reading, start: int, end: int) -> list[Mention]:
    """Return bodies, and of a chain of places (聊城市东昌府区) the narrowest."""
    found = reading.inside(start, end, *ORGANIZATIONS, *PLACES)
    return [
        m
        for m, after in zip(found, [*found[1:], None], strict=False)
        if after is None or after.start > m.end
    ]  # fmt: skip
