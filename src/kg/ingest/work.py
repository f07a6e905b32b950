"""Mentions of what has a title or a long name: reports, ranked lists, events, projects, designations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from kg.ingest.award import read_awards, read_titles
from kg.ingest.event import read_events
from kg.ingest.mention import Mention, longest
from kg.ingest.project import read_projects

_TITLE = re.compile(r"《(?P<title>[^《》\n]{2,40})》")
_QUOTED_LIST = re.compile(
    r"[“「《](?P<title>[^“”「」《》\n]{2,30}(?:百强县?|[0-9一二三四五六七八九十]+强|百佳|排行榜|"
    r"榜单|名单)[^“”「」《》\n]{0,6})[”」》]"
)


def read_works(text: str, places: Sequence[Mention] = ()) -> list[Mention]:
    """Read the reports, lists, events, projects and designations of a clean text.

    >>> found = read_works("首届柑橘博览会开幕，《柑橘报告》发布，签约的橘汁加工项目")
    >>> [(m.text, m.type) for m in found]
    [('首届柑橘博览会', 'schema:Event'), ('柑橘报告', 'schema:Report'), ('橘汁加工项目', 'kg:Project')]
    """
    found: list[Mention] = []
    projects = partial(read_projects, places=places)
    for reader in (_lists, _titles, read_events, read_titles, read_awards, projects):
        found += [m for m in reader(text) if not any(m.overlaps(other) for other in found)]
    return longest(found)


def _lists(text: str) -> Iterator[Mention]:
    names: set[str] = set()
    for match in _QUOTED_LIST.finditer(text):
        names.add(match["title"])
        yield Mention("kg:RankedList", match["title"], *match.span("title"), "quoted-list", (), 0.9)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            yield Mention("kg:RankedList", name, *match.span(), "again", (), 0.85)


def _titles(text: str) -> Iterator[Mention]:
    for match in _TITLE.finditer(text):
        title = match["title"]
        report = re.search(r"报告|蓝皮书|白皮书|年鉴|指数|公报", title)
        kind = "schema:Report" if report else "schema:CreativeWork"
        yield Mention(kind, title, *match.span("title"), "title-marks", (), 0.9 if report else 0.6)
