"""What a page says that it will call something from then on: 海东药业股份有限公司(以下简称海东药业)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.ingest.names.mention import Mention

_SAID = re.compile(
    r"”?\((?:以下|下|证券|股票|公司)?[简又俗]?(?:统|合)?称(?:为)?[：:]?(?P<mark>[“《]?)(?P<alias>[^“”《》()，。；：\s]{2,10})[”》]?"
    r"(?:[，、；][^()]{0,24})?\)"
)
#: What may be called by another name than its full one.
_CALLED = ("kg:Company", "kg:Institution", "kg:Association", "kg:GovernmentBody", "kg:Project",
           "schema:Event", "schema:Report", "schema:Place", "kg:RankedList")  # fmt: skip


def read_aliases(text: str, named: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the places where a page calls what it names by the name that it said it would.

    >>> firm = Mention("kg:Company", "海东药业股份有限公司", 0, 10, "ending")
    >>> found = read_aliases("海东药业股份有限公司(以下简称“海药股份”)上市。海药股份去年盈利。", [firm])
    >>> [(m.text, m.start) for m in found]
    [('海东药业股份有限公司', 16), ('海东药业股份有限公司', 25)]
    """
    ends = {m.end: m for m in named if m.type in _CALLED}
    for said in _SAID.finditer(text):
        owner = ends.get(said.start()) or ends.get(said.start() + 1)
        if owner is None and text[said.start() - 1 : said.start()] == "》":
            owner = ends.get(said.start() - 1)
        if owner is None:
            continue
        # 《观察》 stands for a report, 观察 for nothing.
        title = re.escape(said["alias"])
        if said["mark"] == "《":
            title = rf"(?<=《){title}(?=》)"
        for match in re.compile(title).finditer(text, said.start()):
            start = match.start()
            end = start + len(said["alias"])
            yield replace(owner, start=start, end=end, rule="alias", candidates=(), confidence=0.95)
