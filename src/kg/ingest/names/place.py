"""Mentions of places: countries, divisions by the gazetteer, and what lies in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.ingest.names.gazetteer import AMBIGUOUS, Division, by_name, countries, divisions
from kg.ingest.names.mention import Mention
from kg.ingest.names.settlement import read_settlements
from kg.ingest.words import words

# A name cut out of a longer word is none: 示范县, 新乡村, 现代县域, 南京东路.
_INSIDE_BEFORE = re.compile(
    r"(?:[示模规师典]范|[复振新]兴|[供响对效]应|[时现近当世古换]代|[订清名菜]单|[交融流普]通|"
    r"[贸交容]易|[建形完达促变组构养赞集合落]成|"
    r"[治管整处办受合]理|[共总调饱]和|[高中低]安|[水公]平|[发先后再]进|[光荣]荣)县$"
)
# A page says 中国 of itself all the time: it names a state only beside others or across a border.
_STATE_BEFORE = re.compile(r"(?:来自|出口|抵达|运往|返回|回到|来到|进入|访问|[从对向往由同、])$")
# … or where it has something: 中国涌现了5425个, not 中国联通 nor 中国有色金属协会.
_STATE_HAS = re.compile(
    r"(?:已经?|一?共|总共|累计|目前|现|仍|也|还)*(?:[拥占]?有(?:着|了|近|超|[0-9])|拥有|涌现|占全?[球世]|新增|形成了|建成了|生产了|出口了)"
)
_CLAUSE = re.compile(r"(?:^|[。，；：\n“])(?:[0-9]{4}年|目前|当时|如今)?$")
_STATE_AFTER = re.compile(r"[、]|[和与及同](?!中国)|驻|政府|海关|驻华")
_LISTED = re.compile(r"[、和与及]|以及|各?[0-9]+[个家人名][、，；]")
_WITHIN = re.compile(r"的?|[市省]?下?辖的?|[中东西南北]+部的")
_AFTER_SHORT = re.compile(r"平原|盆地|高原|[村镇乡路街桥庄店港湾湖江河山岛海菜话戏剧人派酒]")
_SINGLE_AFTER = re.compile(r"[域级长]|市(?!场)|区(?!域)")
_ONLY_AFTER = frozenset(("城区", "郊区", "矿区", "市中区"))
_STRICT = frozenset(["和县", "成县", "理县", "应县", "代县", "易县", "通县", "兴县", "平县", "泰和", "正定"])


@cache
def _names() -> re.Pattern[str]:
    words = {name for name in by_name() if len(name) >= 2} | set(countries())
    # One alternation a first character, longest first, is fast enough for a page.
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))))


def read_places(text: str) -> list[Mention]:
    """Read the places of a clean, simplified text.

    >>> [(m.text, m.candidates) for m in read_places("聊城市建成示范县，曹县大集镇和缅甸")]
    [('聊城市', ('371500',)), ('曹县', ('371721',)), ('大集镇', ()), ('缅甸', ('MMR',))]
    """
    kept = _supported(text, list(_divisions(text)))
    kept += [m for m in _listed(text) if not any(m.overlaps(other) for other in kept)]
    kept += read_settlements(text, kept)
    return sorted(_disambiguated(text, kept), key=lambda m: m.start)


def _divisions(text: str) -> Iterator[Mention]:
    at = country = 0
    while match := _names().search(text, at):
        name, start, end = match[0], *match.span()
        at = end
        if name in countries():
            country = end
            if name != "中国" or _as_state(text, start, end):
                yield Mention("kg:Country", name, start, end, "country", (countries()[name],))
            continue
        named = by_name()[name]
        if any(name in (d.name, d.spoken) for d in named):
            if _whole(text, name, start, end):
                full = tuple(d for d in named if name in (d.name, d.spoken))
                yield Mention(full[0].type, name, start, end, "division", tuple(d.code for d in full), 0.95)
            else:
                at = start + 1
            continue
        if country and country == start:
            continue  # 越南西宁 is in Vietnam
        if name[0] in "镇县市区乡" and text.count(text[max(0, start - 2) : start + 1]) > 1:
            continue  # 青石镇 | 江沿村
        if name in AMBIGUOUS or _AFTER_SHORT.match(text, end) or _OTHER_WORD.match(text, start):
            continue
        # 菏泽 is the city before it is a district: the widest bearer of the short name leads.
        written = [d for d in named if d.name in text]
        widest = _level(written[0]) if len(written) == 1 else min(_level(d) for d in named)
        lead = tuple(d for d in named if _level(d) == widest)
        yield Mention(lead[0].type, name, start, end, "short-name", tuple(d.code for d in lead), 0.85)


_UNCODED = re.compile("|".join(words()["place"]["uncoded"]))
_ABROAD = re.compile("|".join(sorted(words()["place"]["abroad"], key=len, reverse=True)))
_PART_OF_STATE = re.compile(
    rf"(?:{'|'.join(n for n in countries() if n != '中国')})(?:的)?"
    rf"(?P<name>[一-龥]{{2,4}}?[省州邦府道](?![级际长的]))"
)
_REGION = re.compile("|".join(words()["place"]["region"]))


def _listed(text: str) -> Iterator[Mention]:
    """Yield the cities without a code, cities abroad, and regions by the fullest name on the page."""
    for match in _UNCODED.finditer(text):
        kind = "kg:PrefectureCity" if match[0].endswith("市") else "kg:County"
        yield Mention(kind, match[0], *match.span(), "uncoded", (), 0.9)
    for match in _PART_OF_STATE.finditer(text):
        yield Mention("schema:Place", match["name"], *match.span("name"), "abroad", (), 0.75)
    for match in _ABROAD.finditer(text):
        yield Mention("schema:Place", match[0], *match.span(), "abroad", (), 0.85)
    for match in _REGION.finditer(text):
        named = re.search(rf"[一-龥]{{3}}{match[0]}", text) if match[0] == "大湾区" else None
        full = named[0] if named and named[0] in words()["place"]["region"] else match[0]
        yield Mention("kg:Region", full, *match.span(), "region", (), 0.7)


# 真金白银, 各位来宾: the short name of a city as another word.
_OTHER_WORD = re.compile(
    r"(?<=真金)白银|白银(?=[价期]|首饰)|(?<=[位体迎谢])来宾|来宾(?=们|朋友|致)|(?<=[福健民老])安康|安康(?=生活|幸福)|长治(?=久安)|"
    r"日照(?=[0-9]+[余多]?个?小时|时[间数]|充足|强|长|量|率|好)|大同(?=世界|小异)|(?<=天下)大同|三明(?=治)|平凉(?=席)|海东(?=岸)|吉安(?=娜)|(?<=天)海口|江西(?=岸)"
)


def _as_state(text: str, start: int, end: int) -> bool:
    beside = any(text.startswith(name, at) for name in countries() for at in (end + 1,))
    if _STATE_HAS.match(text, end) and _CLAUSE.search(text, max(0, start - 8), start):
        return True
    return bool(
        (
            _STATE_BEFORE.search(text, max(0, start - 4), start)
            and re.match(r"[的，。、；及和与]|市场|出口|进口", text[end:])
        )
        or (beside and _STATE_AFTER.match(text, end))
    )


def _level(division: Division) -> int:
    return ["kg:Province", "kg:PrefectureCity", "kg:County"].index(division.type)


def _whole(text: str, name: str, start: int, end: int) -> bool:
    if name in _ONLY_AFTER:
        return text[start - 1 : start] in ("市", "县", "区")  # 晋城市城区, not 城区工业园区
    if len(name) > 2:
        return not (name.endswith("区") and text[end : end + 1] == "域")
    if _INSIDE_BEFORE.search(text, max(0, start - 1), end) or _SINGLE_AFTER.match(text, end):
        return False
    before = text[start - 1 : start]
    return name not in _STRICT or before in (
        "",
        "\n",
        "、",
        "，",
        "。",
        "“",
        "市",
        "(",
        "的",
        "和",
        "与",
        "在",
        "省",
    )


def _supported(text: str, found: list[Mention]) -> list[Mention]:
    """Keep a county's short name only where the page supports that it is one.

    The page writes the full name too, or the province or city that it lies in right before it
    (浙江义乌, 浙江的义乌), or lists it beside a supported one that lies in the same province.
    """
    full = {m.text for m in found}
    sure = {c[:2] for m in found if not _short_county(m) for c in m.candidates if c.isdigit()}
    kept: list[Mention] = []
    run: list[Mention] = []  # the list of short names that is being read
    for mention in found:
        if not _short_county(mention):
            kept += _of_one_province(run, sure)
            kept, run = [*kept, mention], []
            continue
        named = tuple(c for c in mention.candidates if divisions()[c].name in full)
        before = run[-1] if run else kept[-1] if kept else None
        between = text[before.end : mention.start] if before else "。"
        listed = _LISTED.fullmatch(between) is not None
        if not named and not run and before and (listed or _WITHIN.fullmatch(between)):
            named = _related(mention, before, listed=listed)
        if run and not listed:
            kept, run = [*kept, *_of_one_province(run, sure)], []
        if named:
            beside = replace(mention, candidates=named)
            kept += [*(replace(r, candidates=c) for r in run if (c := _related(r, beside))), beside]
            run = []
        else:
            run.append(mention)
    kept += _of_one_province(run, sure)
    return sorted(kept, key=lambda m: m.start)


def _short_county(mention: Mention) -> bool:
    return mention.rule == "short-name" and mention.type == "kg:County"


def _of_one_province(run: list[Mention], sure: set[str]) -> list[Mention]:
    """Return a list of two and more that may all lie in one province that the page names, or nothing."""
    for province in sorted(sure):
        within = [tuple(c for c in m.candidates if c[:2] == province) for m in run]
        if len(run) > 1 and all(within):
            return [replace(m, candidates=c) for m, c in zip(run, within, strict=True)]
    return []


def _related(mention: Mention, beside: Mention | None, *, listed: bool = True) -> tuple[str, ...]:
    """Return the candidates that lie in the place before, or beside it in one province."""
    if beside is None or not beside.candidates or not beside.candidates[0].isdigit():
        return ()
    if listed and beside.type == "kg:PrefectureCity" and len(mention.candidates) == 1:
        return mention.candidates  # 卖给亳州、安国
    if listed and beside.type == "kg:County":
        return tuple(c for c in mention.candidates if c[:2] in {o[:2] for o in beside.candidates})
    return tuple(c for c in mention.candidates if set(divisions()[c].parents) & set(beside.candidates))


def _disambiguated(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Choose among places of one name: the one inside the place before it, else inside the page's own."""
    sure = Counter(
        m.candidates[0][:2] for m in places if len(m.candidates) == 1 and m.candidates[0].isdigit()
    )
    main = sure.most_common(1)[0][0] if sure else ""
    before: Mention | None = None
    for place in sorted(places, key=lambda m: m.start):
        chosen = place
        if len(place.candidates) > 1:
            inside = before.candidates if before and place.start - before.end <= 2 else ()
            near = [c for c in place.candidates if set(divisions()[c].parents) & set(inside)]
            near = near or [c for c in place.candidates if c[:2] == main]
            # 北京市 is a province and a city under one name: the province stands for both.
            wide = [c for c in place.candidates if c.endswith("0000")]
            near = wide or near
            if near:
                chosen = replace(place, candidates=tuple(near), type=divisions()[near[0]].type)
        before = chosen
        yield chosen
