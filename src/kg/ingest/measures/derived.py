"""What a growth, a share or a rank says, and of which measure."""

from __future__ import annotations

import re

from kg.figures import Figure
from kg.ingest.measures.bounded import limited
from kg.ingest.measures.counted import phrase_after
from kg.ingest.measures.key import base_of
from kg.ingest.measures.phrase import Phrase, phrase_before
from kg.ingest.measures.segment import word_set

CHANGED = re.compile(
    r"(?:(?<!占)[比较][^，。]{1,14}?|按可比价格?(?:计算)?|按不变价格?(?:计算)?)?"
    r"(?:同比|环比|按[年月季]|年均|平均|两年|大幅|小幅|再|又|可|预计|实现|逆势|首次|均|大|微|净|持续|快速|稳步|由此|分别|下?行|[增高]速|仅|约|实际|名义)*"
    r"(?:增长|成长|衰退|增加|提高|提升|上升|下降|减少|回落|下滑|下跌|上涨|多增|多出|变动|变化|扩大|缩小|压缩|扩阔|增产|减产|增速|增幅|涨幅|降幅|跌幅|增长率|多了?(?=$)|少了(?=$)|加快|放缓|攀升|降低|收窄"
    r"|(?<=[，；、])[年月季][增减]|^[年月季][增减]|(?<=按[年月季])[跌减升]|[增涨降升翻少跌])(?:了|达到?|高达|为|约|幅度为|超过?|介乎|介于)?$"
)
COMPARED = re.compile(
    r"高于|低于|高出|高过|快于|慢于|领先|落后|优于|[比较][^，。]{1,14}(?<!提)(?:[高低快慢]|多(?!出|增)|少(?!于))(?!新|技术|位|峰|点)"
)
DIFFERS = re.compile(
    r"[比较](?:上年|去年|前年|上月|上届|上次|上一年|20\d\d年|[^，。0-9]{1,6}[年月末底季初])|同比|按年|净增$|多出$|(?:增加|减少|提高|成长|衰退|上升|下降|降低|上涨|下跌)了?$|每[^，。]{1,8}(?:降|升|涨|增)了?$"
)
SHARE = re.compile(
    r"(?:(?P<noun>[^，。]*)占(?!有率|用率)(?:到了?|了|据|比)?(?:全[国省市州球县区]|世界|[^，。]{0,14}的|(?![比较地用])[一-龥A-Z]{2,12})?(?:比重|比例|份额|比)?(?:的|为|达到?|由|约|近|超过?|已|高达|将|预计|提[升高]到|提[升高]至|上升[到至]|下降[到至]|降[到至]|升[到至])*|(?P<of>[^，。]*?)(?:占比|比重|比例)(?:为|达到?|由|约|近|超过?|已|高达)*)$"
)
#: 恢复到2019年同期的九成, 为上年同期的2.4倍: how much of itself, or of another, something is.
_RATIO = re.compile(
    r"(?P<noun>[^，。；]*?)(?P<back>恢复[到至为]?)?(?:(?<=恢复[到至为])|(?<=恢复)|相当于|只有|仅有|只及|仅及|只相当于|仅相当于|仅?[为是]|已?达到?|不[及足到])(?:了)?"
    r"(?:[^，。；]{0,16}?(?:同期|20[0-9]{2}年|[去上前]年|水平|平均|均值|[年月季]前|总[量额数]|疫情前)|全[国省市县][^，。；]{0,8}?)的$"
)
#: 村集体占股51%: whose shares they are.
_SHARES = re.compile(
    r"(?P<who>[一-龥]{2,20}?)(?P<how>占股|持股|入股|参股|控股|出资)(?:比例)?(?:[为占达约]|高达)*$"
)
_GAVE = re.compile(r"贡献了?$")
_OF_INDUSTRY = re.compile(r"(?:增加值|投资|产值|营业收入|利润|用电量)$")
_STANDS = re.compile(
    r"位居|位列|名列|居于?|[列位排占]|排名|排在|跃居|稳居|保持|全[国省市球县区州]|世界|[^，。]{2,3}[省市](?:第|$)|均|分别|继续|也|还|又|连续"
)
_RATED = (
    "数量",
    "增速",
    "增幅",
    "总数",
    "种植",
    "人口",
    "指数",
    "评估",
    "竞争力",
    "活力",
    "实力",
    "规模",
    "满意度",
    "排放",
    "绩效",
)
#: 路基工程已完成七成: how much of a work is done.
_WORKED = re.compile(
    r"(?P<noun>[一-龥]{2,12}?(?:工程|工作|建设|施工|改造|征收|征迁|拆迁|掘进|浇筑|铺设|架设|安装|任务|计划|投资))"
    r"(?:已|均|累计|目前|总体)*(?:完成|推进|过)了?$"
)
#: 位次由第30位升至第27位: of the place itself, whatever is ranked.
_PLACED = re.compile(
    r"(?:^|[^一-龥]|[的其])(?:综合)?(?:位次|名次|排名|位置)[^，。；]{0,10}?(?:为|[由从自]|[升降跃滑移]|上移|下移|前移|后移|提|跌)[^，。；]{0,8}$"
)
_PLACE = re.compile("(?:其|综合)?(?:位次|名次)")  # 排名第三 is a verb
_MOVES = re.compile(r"(?:[升降跃滑跌移提][升至到]+|前移|后移|上移|下移)[^，。；]{0,3}$")
#: 力争进入百强前二十位: where one wants to stand.
_AIMED = re.compile(r"(?:进入|跻身|挺进|迈入|冲刺|冲击|重返|跨入|闯入|晋级)[^，。；]{0,6}[强榜]$")
BARE = word_set("derived", "bare")
_GROWTH = frozenset(["增幅", "增速", "增长率"])
Found = tuple[str, int, str]


def part_measure(text: str, figure: Figure, lead: str, previous: str) -> Found | None:
    """Return the measure of a growth or a share, where need be of what was said before.

    >>> from kg.figures import read_figures
    >>> part_measure("5%", read_figures("5%")[0], "茶叶产量同比增长", "")
    ('茶叶产量增速', 2, 'change')
    >>> part_measure("5%", read_figures("5%")[0], "出口占全省的", "茶叶产量")
    ('出口占比', 2, 'share')
    """
    done = re.search(r"完成(?P<noun>[^，。]{2,12}?)(?:任务)?的$", lead)
    if done:
        return done["noun"] + "完成率", figure.end, "done"
    if worked := _WORKED.search(lead):
        return worked["noun"] + "完成率", figure.end, "done"  # 路基工程已完成七成
    if gave := _GAVE.search(lead):
        of = re.match(r"的?(?P<noun>[一-龥]{2,8})(?=[，。；])", text[figure.end :])
        noun = of["noun"] if of else phrase_before(lead[: gave.start()]).noun
        if noun:
            return noun + "占比", figure.end + (of.end() if of else 0), "share"
    if (shares := _SHARES.search(lead)) and figure.kind in ("percent", "fraction"):
        return shares["who"] + shares["how"] + "占比", figure.end, "shares"
    if ratio := _RATIO.search(lead):
        base = phrase_before(ratio["noun"]).noun or base_of(previous)
        kind = "恢复占比" if ratio["back"] else "倍数" if figure.kind == "multiple" else "占比"
        return (base + kind, figure.end, "ratio") if base else None
    share = SHARE.search(lead)
    if share and figure.kind != "multiple":
        before = share["noun"] or share["of"] or ""
        if re.search(r"[、].*均|均$", before):
            return None  # 面积、产量均占…: one number for several measures
        noun = limited(before) or measured(phrase_before(before)) or base_of(previous)
        return (noun + "占比", figure.end, "share") if noun else None
    changed = CHANGED.search(lead)
    if changed or figure.unit_text == "番":
        grown = lead[: changed.start()] if changed else re.sub("[比较][^，。]{1,14}$", "", lead)
        noun = measured(phrase_before(grown))
        industry = _OF_INDUSTRY.search(base_of(previous))
        if noun.endswith(("业", "产业")) and industry:
            noun += industry[0]  # 工业增加值增长8%，其中制造业增长9%
        if noun in _GROWTH or noun in ("总量", "数量", "总数", "增量", "体量", "占比"):
            noun = ""
        if not noun and figure.unit_text in ("个百分点", "百分点"):
            noun = previous  # 占比提高2个百分点 speaks of the share
        if re.search(r"拉动[^，。]{2,14}$", grown) and noun:
            noun = "拉动" + noun  # 拉动经济增长1.6个百分点
        noun = noun or base_of(previous)
        if changed and "年均" in changed[0] and noun:
            return noun + "年均增速", figure.end, "change"
        return (noun.removesuffix("增速") + "增速", figure.end, "change") if noun else None
    return None


def measured(phrase: Phrase) -> str:
    """Return what a growth or a share is of, as the figure itself would be named."""
    if not phrase.noun and phrase.after:
        return ""
    return phrase.noun


def share_after(text: str, figure: Figure, last: int) -> Found | None:
    """Return the share of what stands after a percentage: 六成以上的集成灶, 52%受访者."""
    at = figure.end + text.startswith("的", figure.end)
    noun, length = phrase_after(text[at:last])
    if not noun or figure.unit_text in ("个百分点", "百分点"):
        return None
    return noun + "占比", at + length, "share-after"


def rank_measure(figure: Figure, lead: str, previous: str, *, listed: bool) -> Found | None:
    """Return the measure of a rank; ``listed`` where the measure before is itself a place on a list.

    >>> from kg.figures import read_figures
    >>> rank_measure(read_figures("居全省第二位")[0], "茶叶产量居全省", "", listed=False)
    ('茶叶产量位次', 6, 'rank')
    """
    if COMPARED.search(lead):
        return None
    moved = _PLACED.search(lead) or _PLACE.fullmatch(lead) or (previous == "位次" and _MOVES.search(lead))
    if moved or (figure.value is None and _AIMED.search(lead)):
        return "位次", figure.end, "rank"
    if figure.value is None:
        return None
    base = "" if listed else base_of(previous)
    noun = _ranked(lead.rstrip("，、以 "))
    if noun in BARE:
        if not base:
            return None
        growth = "增速" if noun in _GROWTH else noun if noun in ("人均", "占比", "增量") else ""
        noun = base + growth
    if not noun and previous.endswith("增速"):
        base = previous
    noun = noun or base
    name = noun if noun.endswith(("位次", "名次")) else f"{noun}位次"
    return (name, figure.end, "rank") if len(noun) >= 2 else None


def _ranked(lead: str) -> str:
    """Return the noun before the verb of a rank; nothing where none that can be ranked stands there."""
    lead = re.sub(r"在[^，。]{2,10}中(?=[列居位排])", "", lead)
    ends = [m.start() for m in _STANDS.finditer(lead)] + [len(lead)]
    for end in ends:
        found = phrase_before(lead[:end])
        if (
            found.noun
            and not found.after
            and (found.headed or found.noun.endswith(_RATED) or found.noun in BARE)
        ):
            return found.noun
    return ""
