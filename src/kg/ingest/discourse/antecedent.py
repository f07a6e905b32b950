"""Which name of a page a word such as 该县, 公司 or 两地 stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.ingest.discourse.clause import article_at, topical
from kg.ingest.discourse.role import chain_start
from kg.ingest.names.gazetteer import divisions
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relation import PLACES
from kg.ingest.words import words

_TYPES = {
    "event": ("schema:Event",),
    "project": ("kg:Project",),
    "company": ("kg:Company",),
    "institution": ("kg:Institution", "kg:Company"),
    "association": ("kg:Association",),
    "spot": ("schema:Place", "kg:Project"),
    "list": ("kg:RankedList",),
}
#: What kind of thing a head such as 公司 or 博览会 names.
KIND_OF = {head: kind for kind in _TYPES for head in words()["head"][kind]}
#: These without 该 or 这家 stand for the firm that the article is about.
_OWN = frozenset(["公司", "集团", "企业", "股份公司"])
_ANY = frozenset(words()["head"]["any"])
_LEVELS = {
    "省": ("kg:Province",), "市": ("kg:PrefectureCity", "kg:County"), "县": ("kg:County",),
    "区": ("kg:County", "kg:Province"), "镇": ("kg:Town",), "州": ("kg:PrefectureCity",),
    "乡": ("kg:Town",), "村": ("kg:Village",), "旗": ("kg:County",), "盟": ("kg:PrefectureCity",),
    "地区": ("kg:PrefectureCity",),
}  # fmt: skip
_COUNT = {"两": 2, "三": 3, "四": 4, "五": 5, "六": 6, **{str(n): n for n in range(2, 7)}}
_AUTONOMOUS = ("广西", "宁夏", "内蒙", "新疆", "西藏")
_NEAR = 600
_PERSONS = ("kg:Official", "kg:Executive", "kg:Expert", "schema:Person")
_SPOKEN = re.compile("(?:说|介绍|表示|预计|透露|称|告诉[^，。]{0,6})，$")


class Antecedents:
    """What a page names before a place in it, the likeliest to be meant last."""

    def __init__(self, reading: Reading, acting: list[tuple[Mention, ...]]) -> None:
        self.reading = reading
        self.acting = acting

    def near(self, at: int) -> list[Mention]:
        """Return the mentions around an offset."""
        return self.reading.inside(max(0, at - 60), at + 60)

    def of(self, match: re.Match[str]) -> tuple[Mention, ...]:
        """Return what the words of a match stand for."""
        start = match.start()
        if match["both"]:
            runs = [r for r in self.acting if r[-1].end <= start and len(r) == _COUNT[match["both"]]]
            ends = any(
                r[-1].end == start for r in self.acting
            )  # 曹县、莘县两地: the names stand right before
            return runs[-1] if runs and not ends else ()
        if match["person"]:
            persons = self.reading.inside(article_at(self.reading, start)[0], start, *_PERSONS)
            return _last(persons[-1:]) if persons and persons[-1].type == "schema:Person" else ()
        if match["nation"]:
            return (Mention("kg:Country", "中国", start, match.end(), "nation", ("CHN",)),)
        if match["here"]:
            first = self.reading.sentence(start)[0]
            near = [p for p in self.reading.places if first <= p.start and p.end <= start]
            return _last(near or [m for m in self._acting(start) if m.type in PLACES])
        if match["event"] or match["occasion"]:
            events = self.reading.inside(article_at(self.reading, start)[0], start, "schema:Event")
            return _last([m for m in events if m.rule != "meeting"] or events)
        if match["former"] or match["latter"]:
            first = self.reading.sentence(start)[0]
            said = [m for m in self._acting(start) if m.start >= first]
            pair = next((p for m in said if len(p := [o for o in said if o.type == m.type][:2]) == 2), [])
            return tuple(pair[:1] if match["former"] else pair[1:])
        if match["listed"]:  # 上榜的100个县: of the list
            return _last(self.reading.inside(article_at(self.reading, start)[0], start, "kg:RankedList"))
        if match["phase"]:
            low = max(article_at(self.reading, start)[0], start - _NEAR)
            owners = self.reading.inside(low, start, "kg:Project", "schema:Place", "kg:Company")
            speaker = _SPOKEN.search(self.reading.page.text, self.reading.sentence(start)[0], start)
            # 他预计，一期达产后…: of the project; told without a speaker it is of whoever was told of last.
            fit = [m for m in owners if m.type == "kg:Project"] if speaker else owners[-1:]
            return _last(m for m in fit if m.type == "kg:Project")
        if match["each"]:
            return self._main(start)
        if level := match["level"] or match["in"]:
            return self._place(level, start, told=bool(match["this"]))
        return self._body(
            match["head"] or match["bare"],
            start,
            last=(match["points"] or "").startswith("这"),
            bare=match["bare"] is not None,
        )

    def _acting(self, at: int) -> list[Mention]:
        return [m for run in self.acting for m in run if m.end <= at]

    def _place(self, level: str, at: int, *, told: bool) -> tuple[Mention, ...]:
        """Return the place that 全市 or 该县 says: of the sentence, of the paragraph, or the page's own."""
        kinds = _LEVELS[level]

        def fits(mention: Mention) -> bool:
            return mention.type in kinds and bears_level(mention, level)

        acting = [m for m in self._acting(at) if fits(m)]
        if told and acting:
            return (acting[-1],)
        first = self.reading.sentence(at)[0]
        # 莘县商务局局长某某说，全县…: also a place in the name of a body.
        bodies = self.reading.inside(first, at, "kg:GovernmentBody", "kg:Association", "kg:Institution")
        inner = [
            p for p in self.reading.places
            if fits(p) and p.end <= at and any(b.start == p.start for b in bodies)
        ]  # fmt: skip
        here = [m for m in acting if m.start >= first]
        if inner or here:
            return (max([*inner, *here], key=lambda m: m.start),)
        paragraph = next((p[0] for p in self.reading.page.paragraphs if p[0] <= at < p[1]), first)
        if near := [m for m in acting if m.start >= paragraph and self._leads(m)]:
            whole = [] if told else [m for m in near if _holds(m, near[-1])]
            return (whole[-1] if whole else near[-1],)
        span = article_at(self.reading, at)
        named = [m for m in self.reading.places if span[0] <= m.start < at and fits(m)]
        counted = Counter(m.candidates or (m.text,) for m in named)
        most = max(counted.values(), default=0)
        if most > 1:
            before = [m for m in named if counted[m.candidates or (m.text,)] == most]
            return (before[0],)
        if acting:
            return (acting[-1],)
        return _last(m for m in [*self.reading.places, *self.reading.mentions] if m.end <= at and fits(m))

    def _leads(self, mention: Mention) -> bool:
        return topical(self.reading, chain_start(self.reading, mention.start))

    def _main(self, at: int) -> tuple[Mention, ...]:
        """Return the place that the article names most: 各地 are its parts."""
        first, last = article_at(self.reading, at)
        named = [m for m in self.reading.places if first <= m.start < last and m.type in PLACES]
        counted = Counter(m.candidates or (m.text,) for m in named)
        return tuple(sorted(named, key=lambda m: counted[m.candidates or (m.text,)], reverse=True)[:1])

    def _protagonist(self, at: int, kinds: tuple[str, ...]) -> tuple[Mention, ...]:
        """Return the firm of the article, but not where the sentence tells of another before."""
        firm = protagonist(self.reading, at)
        told = any(m.start >= self.reading.sentence(at)[0] for m in self._acting(at))
        return (firm,) if firm and firm.type in kinds and not told else ()

    def _body(self, head: str, at: int, *, last: bool, bare: bool = False) -> tuple[Mention, ...]:
        """Return the last name with this head, or of its kind where the head is as good as 它."""
        kinds = _TYPES[KIND_OF[head]]
        low = max(0, at - _NEAR) if head in _ANY else article_at(self.reading, at)[0]
        named = self.reading.inside(low, at, *kinds)
        acting = [m for m in self._acting(at) if m.type in kinds and m.start >= low]
        if head in _OWN and bare and (own := self._protagonist(at, kinds)):
            return own
        alike = re.compile(rf"(?:{_ENDINGS.get(head, head)})(?:项目|工程)?$")
        # 这家公司 is the one named last, 公司 the one that is told of.
        for pool in (named, acting) if last else (acting, named):
            if fit := [m for m in pool if alike.search(m.text)]:
                return (fit[-1],)
        return _last((named if last else acting) or named) if head in _ANY else ()


def protagonist(reading: Reading, at: int) -> Mention | None:
    """Return the one firm that an article gives a short name: its 公司, whatever else it names.

    >>> from kg.ingest.reading import read_page
    >>> page = "海东药业股份有限公司(以下简称“海药股份”)盈利。子公司莘县制药有限公司亏损。公司员工600人。"
    >>> protagonist(read_page(page), len(page) - 1).text
    '海东药业股份有限公司'
    """
    first, _ = article_at(reading, at)
    named = reading.inside(first, at, "kg:Company")
    short = {m.text for m in named if m.rule == "alias"}
    return next(m for m in named if m.text in short) if len(short) == 1 else None


def _holds(outer: Mention, inner: Mention) -> bool:
    """Tell whether a place holds another: 全市 after a county-level city is the prefecture told of before."""
    if outer.type != "kg:PrefectureCity" or inner.type != "kg:County":
        return False
    codes = {code[:4] for code in outer.candidates}
    return any(code[:4] in codes for code in inner.candidates)


_ENDINGS = {
    "经开区": "经开区|经济(?:技术)?开发区", "高新区": "高新区|高新技术产业(?:开发区|园区)",
    "开发区": "[开高]发?[新]?区", "综保区": "综保区|综合保税区", "综合保税区": "综保区|综合保税区",
    "保税区": "综保区|保税区", "园区": "园|园区|基地|开发区", "景区": "景区|[景风名]胜区|旅游区|石窟|公园",
    "工程": "工程|项目", "全线": "高速|公路|铁路|线|地铁", "区内": "区", "园内": "园", "港区": "港|港区",
}  # fmt: skip


def _last(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.start)[-1:])


def bears_level(mention: Mention, level: str) -> bool:
    """Tell whether a place is of the level that 全市 or 该县 says.

    >>> bears_level(Mention("kg:County", "莘县", 0, 2, "division"), "县")
    True
    """
    if mention.type == "kg:Province":
        return level == "省" or (level == "区" and mention.text.startswith(_AUTONOMOUS))
    full = [divisions()[code].name for code in mention.candidates if code.isdigit()]
    if mention.type == "kg:PrefectureCity":
        if level in ("盟", "地区"):
            return any(name.endswith(level) for name in [mention.text, *full])
        return level in "市州"
    if level in "镇乡" and mention.type == "kg:Town":
        return level == "镇" or mention.text.endswith(level)
    return mention.text.endswith(level) or any(name.endswith(level) for name in full)
