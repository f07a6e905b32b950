"""Mentions of firms whose names do not end like one: 宏睿精密, and what everybody knows, 宁德时代."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kg.ingest.names.gazetteer import by_name
from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_TRADES = "|".join(sorted(words()["firm"]["trade"], key=len, reverse=True))
_KINDS = frozenset(words()["firm"]["kind"])
_FIRM = re.compile(
    rf"(?:(?<![一-龥])|(?<=[厂商的与和由对在为及]))(?P<name>(?P<stem>[一-龥]{{2}})(?:{_TRADES}))(?![一-龥]{{0,4}}(?:产业|行业|企业|制造|加工|产品|市场|设备))"
    r"(?=[，、(。]|第[一二三四]季|去年|今年|昨|全年|上半年|前\d|董事长|总经理|总裁|副总|执行|发言人|财报|营收|净利|股价|拟|将|的|等|预计|计划)"
)
# Who makes what stands before it: 散热模组厂 | 宏睿精密.
_MAKER = re.compile(r"(?:厂|[造应营工售]商|龙头|巨头|年的|(?:公司|企业)[—、-]*)$")

# Firms that newspapers call by a name that does not end like one: 宁德时代.
_KNOWN = re.compile(
    rf"(?:{'|'.join(sorted(words()['organization']['known'], key=len, reverse=True))})(?![一-龥]?(?:杯|"
    rf"系|股价|效应|模式))"
)


def read_firms(text: str) -> Iterator[Mention]:
    """Yield the firms that are known, and those that a page calls twice so, or once behind what they make.

    >>> [m.text for m in read_firms("散热模组厂宏睿精密第三季获利。消费电子去年增长，消费电子今年持平。")]
    ['宏睿精密']
    """
    for match in _KNOWN.finditer(text):
        yield Mention("kg:Company", match[0], *match.span(), "known", (), 0.75)
    found = [
        m
        for m in _FIRM.finditer(text)
        if m["stem"] not in _KINDS and m["stem"] not in by_name() and not set(m["stem"]) & _NEVER
    ]
    counted = Counter(m["name"] for m in found)
    named = {m["name"] for m in found if counted[m["name"]] > 1 or _MAKER.search(text, 0, m.start())}
    for name in sorted(named):
        for match in re.finditer(re.escape(name), text):
            yield Mention("kg:Company", name, *match.span(), "firm", (), 0.65)


_NEVER = frozenset(
    "的了和与及在是为有对等这那其该各全本大小多少新老第一二三四五六七八九十年月日个家类型级外内"
)
