"""The words that tell of one project: its item of a list, its sentence, and what goes on about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.names.mention import Mention
from kg.ingest.page.rows import itemized, labelled
from kg.ingest.reading import Reading

_GOES_ON = re.compile(
    r"(?:该|本|此|这个|整个|上述)?(?:由[^，。；]{2,30}的)?(?:项目|工程|电站|园区|基地)(?!经理|负责人)|其中|其|一期|首期|总投资|投资方|签约|合作|建设|承建|选址|落户|地址|地点|占地|用地|建成|达产|投产|"
    r"全部|预计|计划|该公司|公司由"
)
_SEVERAL = re.compile(r"(?:[两三四五二]|[2-5])个项目|(?:这些|上述)项目|均|都")
_ANAPHOR = re.compile(
    r"(?:这个|这一|该|此|本)(?:由[^，。；]{2,30}的)?(?:项目|工程|基地|园区)|项目(?!经理|负责人)"
)
_ITEM = re.compile(r"^(?:--|[●■◆▲◇★○•·※①-⑳]|[(（]?[0-9一二三四五六七八九十]{1,3}[)）.．、](?![0-9]))")
_MARKS = "，；"
_STOP = re.compile(r"[。！？\n]")


@dataclass(frozen=True, slots=True)
class Account:
    """A project and the span that tells of it; ``first`` is where its own words start in the sentence."""

    project: Mention
    start: int
    end: int
    item: bool
    #: The projects that share the clause: 签约甲项目和乙项目.
    beside: tuple[Mention, ...] = ()

    @property
    def index(self) -> int:
        """Which of the projects of the clause this one is."""
        return self.beside.index(self.project) if self.beside else 0


def read_accounts(reading: Reading) -> list[Account]:
    """Return the accounts of the projects of a page, in order.

    >>> from kg.ingest.reading import read_page
    >>> text = "--橘汁深加工项目，投资3亿元。落户石桥镇。"
    >>> [(text[a.start:a.end], a.item) for a in read_accounts(read_page(text))]
    [('--橘汁深加工项目，投资3亿元。落户石桥镇。', True)]
    """
    text = reading.page.text
    found: list[Account] = []
    owner: Mention | None = None
    last: tuple[Mention, ...] = ()
    for start, end in reading.page.paragraphs:
        line = text[start:end]
        projects = reading.inside(start, end, "kg:Project")
        if labelled(line):
            owner = projects[0] if projects else owner
            if owner is not None:
                found.append(Account(owner, start, end, True))
            continue
        listed = bool(_ITEM.match(line)) or (itemized(line) and bool(projects))
        owner = projects[0] if listed and len(projects) == 1 else None
        if owner is not None:
            found.append(Account(owner, start, end, True))
            last = (owner,)
            continue
        told, last = _told(reading, start, end, projects, last if _ANAPHOR.match(text, start) else ())
        found += told
    return found


def _told(
    reading: Reading, start: int, end: int, projects: list[Mention], last: tuple[Mention, ...]
) -> tuple[list[Account], tuple[Mention, ...]]:
    """Return the accounts of projects in prose, and which projects it tells of at its end.

    It is read sentence by sentence, and clause by clause where one names several.
    """
    text = reading.page.text
    found: list[Account] = []
    for first, stop in (s for s in reading.sentences if start <= s[0] and s[1] <= end):
        here = [p for p in projects if first <= p.start and p.end <= stop]
        if not here:
            several = _SEVERAL.search(text, first, min(stop, first + 12))
            named = last and text.startswith(last[-1].text[:4], first)  # by a shorter name
            if last and (_GOES_ON.match(text, first) or named) and not (len(last) > 1 and not several):
                found += [Account(p, first, stop, False) for p in last]
            else:
                last = ()
            continue
        runs = _runs(text, here)
        for run, after in zip(runs, [*runs[1:], None], strict=True):
            floor = first if run is runs[0] else found[-1].project.end
            opened = (
                _clause(text, floor, run[0].start) if run is not runs[0] else _part(text, first, run[0].start)
            )
            closed = _clause(text, run[-1].end, after[0].start) if after else stop
            found += [Account(p, opened, closed, False, tuple(run) if len(run) > 1 else ()) for p in run]
        last = tuple(runs[-1])
    return found, last


_ALSO = re.compile(r"(?:[、和与及]|以及)(?:[一-龥]{1,8}[市县区旗镇乡村](?:的)?)?")


def _runs(text: str, projects: list[Mention]) -> list[list[Mention]]:
    runs: list[list[Mention]] = []
    for project in projects:
        if runs and _ALSO.fullmatch(text, runs[-1][-1].end, project.start):
            runs[-1].append(project)
        else:
            runs.append([project])
    return runs


def _part(text: str, first: int, at: int) -> int:
    """Return where the part of a sentence starts that holds an offset: behind the last semicolon."""
    return max(first, text.rfind("；", first, at) + 1)


def _clause(text: str, floor: int, at: int) -> int:
    """Return where the words about the project at ``at`` start, no earlier than ``floor``."""
    marks = (text.rfind(mark, floor, at) for mark in "；，、")
    return next((mark + 1 for mark in marks if mark >= 0), floor)
