"""Figures in a series: A、B分别为x、y or 依次为x、y, each with its own subject or its own measure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.figures import Figure
from kg.ingest.measures.segment import Word, nominals, segment

_JOIN = re.compile(
    r"(?:[、，]|[和与及]|以及)(?:(?:同比)?(?:增长|下降|减少|增加|上升|上涨|下跌|[增降升跌]))?-?"
)
_RESPECTIVELY = re.compile(
    r"分别|依次(?=[为是达有增下降约居列])|分列|分居|各为|(?<=[比重率量额值])各(?=[为占达是])"
)
_FARTHEST = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A figure's place in its series; ``word`` is where 分别 stands, ``first`` where the figures start."""

    index: int
    length: int
    word: int
    first: int


def read_series(text: str, figures: tuple[Figure, ...]) -> dict[int, Place]:
    """Return the places of the figures that 分别 lists, by where each starts.

    >>> from kg.figures import read_figures
    >>> text = "产量、产值分别为3吨和4吨。"
    >>> [(p.index, p.length) for p in read_series(text, tuple(read_figures(text))).values()]
    [(0, 2), (1, 2)]
    """
    places: dict[int, Place] = {}
    last = end = 0
    for at, figure in enumerate(figures):
        words = [
            m.start() for m in _RESPECTIVELY.finditer(text, max(0, figure.start - _FARTHEST), figure.start)
        ]
        said = words and not re.search(r"[，。；]", text[words[-1] : figure.start])
        said = said and not any(words[-1] < f.start < figure.start for f in figures[:at])
        if figure.start in places or not (said or last):
            continue
        run = [figure]
        for after in figures[at + 1 :]:
            join = _JOIN.fullmatch(text, run[-1].end, after.start)
            if join is None or (_sort(after) != _sort(figure) and (not said or join[0].startswith("，"))):
                break  # 产量、产值分别达3万吨、2亿元, but not 分别为3吨、4吨，8%
            run.append(after)
        # 产值分别为3亿元和2亿元，增长8%和9%: as many figures again, of the same.
        goes_on = len(run) == last and "。" not in text[end : figure.start]
        if len(run) > 1 and (said or goes_on):
            last, end = len(run), run[-1].end
            for index, one in enumerate(run):
                places[one.start] = Place(index, len(run), words[-1] if said else figure.start, figure.start)
    return places


def _sort(figure: Figure) -> str:
    return "part" if figure.kind in ("percent", "multiple", "fraction") else figure.kind


#: A row of names and how many they are.
_SEVERAL = re.compile(
    r"等?[二两三四五六七八九十][个大](?P<of>(?:产业|行业|领域|板块|集群|品种|产品)[一-龥]*)$"
)

#: 存、贷款: of two words the end that both have is said once.
_SPLIT = re.compile(r"(?P<one>[存贷进出])、(?P<other>[存贷进出])(?P<same>款|口)(?!岸)(?P<rest>余额|总?额)?")


def coordinated(nouns: str, length: int) -> list[str]:
    """Return the measures of a coordination, each with the head that the last one says for all.

    >>> coordinated("蔬菜、水果产量", 2), coordinated("产量和产值", 2), coordinated("城乡居民人均收入", 2)
    (['蔬菜产量', '水果产量'], ['产量', '产值'], ['城镇居民人均收入', '农村居民人均收入'])
    """
    if length == 2 and "城乡居民" in nouns:
        return [nouns.replace("城乡", place) for place in ("城镇", "农村")]
    several = _SEVERAL.search(nouns)
    nouns = _SPLIT.sub(r"\g<one>\g<same>\g<rest>、\g<other>\g<same>\g<rest>", nouns) if length == 2 else nouns
    parts = [p for p in re.split(r"[、和与及]|以及", nouns[: several.start()] if several else nouns) if p]
    if several and len(parts) == length:
        return [p + several["of"] for p in parts]  # 铝、玉米两个产业产值
    if len(parts) != length:
        return []
    if parts[-1].endswith("产业") or ("产业" in parts[-1] and re.fullmatch("第?[一二三]", parts[0])):
        end = parts[-1][parts[-1].index("产业") :]  # 第一、二、三产业增加值
        return ["第" + p.removeprefix("第")[0] + end for p in parts]
    if parts[0].startswith("对"):
        parts = [p if p.startswith("对") else "对" + p for p in parts]  # 对韩国、日本出口
    verb = segment(parts[0])[0]
    if verb.text in nominals() and 2 <= len(verb.text) < len(parts[0]) - 1 and parts[-1][:2] != verb.text:
        rest = coordinated("、".join([parts[0][verb.end :], *parts[1:]]), length)
        return [verb.text + part for part in rest]  # 出口机电产品、农产品
    last = segment(parts[-1])
    shared = parts[-1][_shared(parts[0], last) :]
    if shared:
        parts = [p if _whole(p, parts[-1]) else p + shared for p in parts]
    return parts


def _shared(first: str, last: tuple[Word, ...]) -> int:
    """Return where in the last of a row starts what is said for all: 社会民生、生态环保 | 项目."""
    if first.startswith("对"):
        return last[2].start if len(last) > 2 else last[-1].end
    starts = [word.start for word in last[1:] if not word.may_be("unknown")]
    return next((at for at in starts if at == len(first)), starts[0] if starts else last[-1].end)


def _whole(part: str, last: str) -> bool:
    """Tell whether a part of a coordination says its own head."""
    return part == last or segment(part)[-1].may_be("head", "agent") or part.endswith(segment(last)[-1].text)
