"""What a row of subjects or measures says once and means of each: 甲、乙两县出口分别为3亿元、2亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from kg.figures import Figure
from kg.ingest.measures.key import base_of
from kg.ingest.measures.measure import DERIVED
from kg.ingest.measures.phrase import is_light
from kg.ingest.measures.segment import segment
from kg.ingest.names.mention import Mention
from kg.ingest.observations.breakdown import whole
from kg.ingest.observations.observation import Observation
from kg.ingest.observations.series import Place, coordinated
from kg.ingest.observations.subject import Subject

_CHANGE_TAIL = re.compile(
    r"(?:[比较][^，。]{1,8}?)?(?:同比|环比)?(?:分别|各)?(?:同比|环比)?(?:增长|下降|增加|减少|提高|上升|上涨|回落|变动|变化|增|降)-?$"
)
_CHANGING = re.compile(
    r"[比较][^，。]{1,8}?(?:分别)?(?=增|下|提|上|$)|同比|环比|增长|下降|变动|变化|(?:^|(?<=[，、]))(?:占比|比重)|增速|增幅|数量|依次|-|总数|[，、分别列居位全省市国县为达有各]"
)


#: 出口60亿元；对澳洲、美国分别为5亿元和4亿元
_TRADE = re.compile("(?:进出口|出口|进口|贸易)总?[额值]?$")


def listed(
    text: str, figure: Figure, place: Place, found: Subject, lead: str, bound: Sequence[Observation]
) -> tuple[Mention, str, str] | None:
    """Return subject, lead and the measure before of one figure of a series; ``bound`` is told so far.

    >>> from kg.ingest.observations.binding import bind_figures
    >>> from kg.ingest.reading import read_page
    >>> page = "莘县、冠县出口分别为3亿元和2亿元，增长8%和9%。"
    >>> [(o.subject.text, o.measure, o.figure.verbatim) for o in bind_figures(read_page(page))][1:3]
    [('冠县', '出口', '2亿元'), ('莘县', '出口增速', '8%')]
    """
    word = text[place.word : place.first]
    if "是" in word or "的" in word:
        return None  # 分别是去年同期的2倍和3倍
    own = len(found.mentions) == place.length
    subject = found.mentions[place.index] if own else found.last
    change = (
        re.search("[增降涨跌]|上升|减少|变动|变化", lead + word) is not None
        or re.match(r"[，、]*(?:占比|比重|占全?[省市国县区])", lead) is not None
        or text[place.first - 1] in "居列"
    )
    rank = re.search(r"[居列位排]", word + lead) is not None
    base = [o for o in bound if o.figure.start < place.first]
    plain = base if rank else [o for o in base if not DERIVED.search(o.measure)]
    tail = _CHANGE_TAIL.search(lead)
    core = lead[: tail.start()] if tail else lead
    nouns = (
        coordinated(re.sub(r"[^一-龥A-Za-z“”、]+$", "", core), place.length)
        if re.search("[、和]|城乡", core)
        else []
    )
    if nouns and not own:
        trade = _TRADE.search(plain[-1].measure) if plain and figure.kind == "money" else None
        if trade and re.search("对[^，。；]*$", text[found.start : place.first]):
            nouns = [n if _TRADE.search(n) else f"对{n.removeprefix('对')}{trade[0]}" for n in nouns]
        return subject, nouns[place.index] + (tail[0] if tail else ""), ""
    about = _CHANGING.sub("", lead)
    about = "" if is_light(about) else about
    fresh = own and not (plain and found.start < plain[-1].figure.start)
    if (change or rank) and not fresh and not about and len(plain) >= place.length:
        of = plain[-place.length :][place.index]
        return of.subject, lead, of.measure
    if own and (about or rank):
        return subject, lead, ""
    if not own and about and (things := _things(base, place)):
        return subject, things[place.index] + core, ""  # 民生、环保项目分别11个、5个，总投资依次为…
    if own and plain and change:
        return subject, lead, plain[-1].measure  # 乙、丙两县紧随其后，分别增长…
    if own and figure.kind in ("count", "money", "amount") and not rank:
        same = [o for o in plain if o.figure.unit_code == figure.unit_code and o.figure.kind == figure.kind]
        if same:
            return subject, same[-1].measure, ""  # 浙江24个，江苏、福建分别有17个和11个
    if about and not own and not change and (names := _of_each(plain[-place.length :], place.length)):
        noun = re.sub(r"(?:分别|依次|各)?[为是达到有约]*$", "", lead)
        return subject, names[place.index] + noun, ""  # 纯碱、烧碱分别收入3亿元、2亿元，毛利率依次为…
    return (subject, lead, bound[-1].measure if bound else "") if about else None


def _of_each(row: Sequence[Observation], length: int) -> list[str]:
    """Return what the measures of a row are of, where each is of something else: 纯碱, 烧碱."""
    names = [o.measure for o in row]
    if len(names) != length or len({o.subject.text for o in row}) > 1 or row[0].rule.split(",")[0] == "row":
        return []
    counted = all(name.endswith(("数量", "人数")) for name in names)
    bases = [base_of(name) for name in names]
    shared = 0 if counted else _shared_end(bases)
    of = [base[: len(base) - shared] for base in bases]
    return (
        of if len(set(of)) == length and all(len(one) > 1 for one in of) and (counted or shared > 1) else []
    )


def _shared_end(words: list[str]) -> int:
    """Return how many characters all words end with alike, whole words of them: 纯碱 | 收入, 烧碱 | 收入."""
    ends = zip(*(word[::-1] for word in words), strict=False)
    alike = sum(1 for _ in takewhile(lambda end: len(set(end)) == 1, ends))
    last = words[-1]
    return max((len(last) - w.start for w in segment(last) if len(last) - w.start <= alike), default=0)


def _things(told: Sequence[Observation], place: Place) -> list[str]:
    """Return what a row of counts right before counted, where it is as long as this one."""
    row = told[-place.length :]
    near = len(row) == place.length and place.first - row[-1].figure.end < 12
    counts = near and all(o.figure.kind == "count" and o.measure.endswith("数量") for o in row)
    return [o.measure.removesuffix("数量") for o in row] if counts else []


def elided(
    text: str, figure: Figure, lead: str, first: int, bound: Sequence[Observation], of: Mention
) -> tuple[str, int, str] | None:
    """Return the measure that a row of subjects says once.

    >>> from kg.ingest.observations.binding import bind_figures
    >>> from kg.ingest.reading import read_page
    >>> page = "莘县出口3亿元，冠县2亿元。"
    >>> [(o.subject.text, o.measure, o.figure.verbatim) for o in bind_figures(read_page(page))]
    [('莘县', '出口', '3亿元'), ('冠县', '出口', '2亿元')]
    """
    last = bound[-1] if bound and bound[-1].figure.start >= first else None
    if last and figure.kind == "percent" and is_light(lead.strip("以的，均都同皆")):
        ranked = last.measure.removesuffix("位次") if last.figure.kind == "rank" else ""
        if ranked.endswith(("增速", "占比")):
            return ranked, figure.end, "elided"  # 产值增速并列首位，均为12.7%
    if not is_light(lead.strip("以的，")) or figure.kind not in ("money", "amount", "count", "percent"):
        return None
    alike = [
        o for o in bound
        if o.figure.start >= first - 300 and o.figure.unit_text == figure.unit_text
        and o.figure.kind == figure.kind
        and (figure.kind == "percent" or not DERIVED.search(o.measure))
    ]  # fmt: skip
    alike = [*alike[:-1], whole(alike, text, first)] if alike else alike
    invested = alike and "投资" in alike[-1].measure
    if of.type == "kg:Project" and figure.kind == "money" and not invested:
        return "投资额", figure.end, "project"  # 1．隔膜项目，某公司，45亿元
    return (alike[-1].measure, figure.end, "elided") if alike else None


def one_of_two(lead: str, first: int, bound: Sequence[Observation]) -> Observation | None:
    """Return the figure of which 前者 or 后者 is told, where the sentence has told of two.

    >>> one_of_two("前者增长", 0, []) is None
    True
    """
    plain = [o for o in bound if o.figure.start >= first and not DERIVED.search(o.measure)]
    if len(plain) < 2 or not lead.startswith(("前者", "后者")):
        return None
    return plain[-2 if lead.startswith("前者") else -1]
