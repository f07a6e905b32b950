"""Mentions of organizations: by what a name ends in, and by standing in a list that says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.ingest.names.brand import called_fully, named_again
from kg.ingest.names.firm import read_firms
from kg.ingest.names.level import read_leveled
from kg.ingest.names.mention import Mention
from kg.ingest.names.newspaper import read_newspapers
from kg.ingest.words import words

# What a name ends in, and its class. The longer ending is tried first.
_CLASS = {
    ending: kind for kind, endings in words()["organization"].items() if ":" in kind for ending in endings
}
_FIRM_ENDS = ("有限公司", "集团", "股份有限公司", "有限责任公司")
_HOLDING_ENDS = ("控股", "集团", "银行", "重工", "证券")
_ENDING = re.compile(
    "|".join(e + ("(?!员会)" if e.endswith("委") else "") for e in sorted(_CLASS, key=len, reverse=True))
)
# 重工 | 匠: the ending of a company and the start of another word.
_OTHER_WORD = re.compile(r"重工(?=[匠人序艺])|保险(?=[箱柜杠])|公司(?=[债法])|集团(?=军)|酒业(?=[协商])")
# A name starts after punctuation or after one of these; longer ones first, so that 以及 is not 以 and 及.
_BEFORE = re.compile(
    r"[，。、；：！？“”‘’《》【】\[\]\n…\-—•·/| ]|"
    r"(?:全资|控股|下属|合资)?[子母]公司|大股东|逾[0-9,.]+万?|共建|投资方|签约方|建设方|承建方|运营方|这家|那家|以及|包括|涉及|其中|邀请|组织|吸引|引进|来自|联合|"
    r"携手|委托|依托|借助|通过|对于|关于|根据|按照|"
    r"随着|得益于|走进|走访|来到|落户|入驻|成立|组建|设立|总结|担任|现任|原任|下属|旗下|所属|举行|"
    r"培育|扶持|拥有|现有|新建|打造|举办|主办|承办|协办|支持|指导|代表|领办|这次|本次|此次|签署|签订|深耕|牵手|对接|当选|加入|选择|"
    r"访问|采访|援引|引述|届时|目前|如今|眼下|当年|此后|之后|其后|(?:咱们|他们|我们)[办建开搞]?|该|惟|唯|据|均?建[起成立]|兴办|创办|领办|外资|"
    r"[0-9一二三四五六七八九十]+个月|(?:投产|建成|改制|上市|成立|开业|并购|重组)后|后(?=公司|企业|集团)|"
    r"[0-9一二三四五六七八九十][年月](?:度|份|底|末|初)?|月份|季度|半年|[由与和及跟同向对从在给把被将让使为以据是有到等的了至于经任、]|"
    r"[一二三四五六七八九十两几多0-9余]+[家个名所位]|(?:近|约|余|多)家"
)
_OFFICES = "|".join(words()["inside"]["office"])
# 经济和科技促进局: fields of one office are joined by 和.
_KEEPS = re.compile(
    "|".join([rf"(?:{_OFFICES})(?:和|与|及)(?=(?:{_OFFICES}))", *words()["inside"]["organization"]])
)
# An ending with nothing of its own before it names a kind, not a body: 物流公司, 县政府, 研究院.
_GENERIC = re.compile(rf"^(?:[该本此各其一全某贵我当多]|{'|'.join(words()['inside']['generic'])})*$")
_WHOLE = frozenset(words()["inside"]["whole"])
_LONGEST = 28
_LISTED = re.compile(
    r"(?P<items>[^，。；：、\n“”《》()]{2,12}(?:、[^，。；：、"
    r"\n“”《》]{2,12}){1,}(?:[和与及][^，。；、\n“”《》]{2,8})?)"
    r"(?:(?:，?以及[^，。；]{0,40}?(?:企业|电商|公司|商家|客商))|等(?:[^，。；、\n]{0,8}?)(?:企业|"
    r"电商|公司|品牌|商家|平台|集团|机构|客商))"
)
_ITEM = re.compile(r"^[一-龥A-Za-z0-9]{2,8}$")


def read_organizations(text: str, places: list[Mention], persons: Sequence[Mention] = ()) -> list[Mention]:
    """Read the organizations of a clean text; no name of one holds a person's.

    >>> found = read_organizations("由海东市人民政府、省果业协会主办，30家快递物流公司参加", [])
    >>> [(m.text, m.type) for m in found]
    [('海东市人民政府', 'kg:GovernmentBody'), ('省果业协会', 'kg:Association')]
    """
    found = list(read_leveled(text, places))
    leveled = {(m.start, m.end) for m in found}
    found += [
        m
        for m in _by_ending(text, places, [p.end for p in persons])
        if not any(start <= m.start and m.end <= end for start, end in leveled)
    ]
    found += [m for m in _by_list(text, places) if not any(m.overlaps(other) for other in found)]
    # 中建三局 is no bureau where the page has 中建三局集团有限公司.
    companies = [m.text for m in found if m.type == "kg:Company"]
    found = [
        replace(m, type="kg:Company") if any(c.startswith(m.text) for c in companies) else m for m in found
    ]
    found = [called_fully(m, companies) for m in found]
    found += [m for m in read_newspapers(text, places) if not any(m.overlaps(other) for other in found)]
    found += [m for m in read_firms(text) if not any(m.overlaps(other) for other in found)]
    known = {m.text: m.type for m in found}
    found += [m for m in named_again(text, known, places) if not any(m.overlaps(other) for other in found)]
    return sorted(found, key=lambda m: m.start)


def _by_ending(text: str, places: list[Mention], persons: list[int]) -> Iterator[Mention]:
    at = 0
    ends_of_places = {m.end: m.start for m in places}
    for ending in _ENDING.finditer(text):
        if ending.start() < at:
            continue
        if re.match(r"副?书记|常委|副主任", text[ending.end() :]) and ending[0].endswith("委"):
            continue  # 县委书记 is a post at the county
        if (
            _OTHER_WORD.match(text, ending.start())
            or _goes_on(text, ending.end(), ending[0])
            or _INSURED.search(text, at, ending.end())
        ):
            continue
        if text[ending.end() : ending.end() + 1] == "长":
            continue  # 商务局长 is a post
        floor = max(at, ending.end() - _LONGEST)
        floor = max([floor, *(end for end in persons if end <= ending.start())])
        start = _start(text, ending.start(), floor, places)
        start = _before_quotes(text, start, floor, places)
        # 山东省聊城市商务局: the places right before an ending belong to it, 在 and 的 before them do not.
        if start == ending.start() and ending.start() in ends_of_places:
            start = ends_of_places[ending.start()]
        start = _from_place(text, start, ending, places)
        if _CLASS[ending[0]] == "kg:Company" and (kind := _TRADE.match(text, start, ending.start())):
            start = kind.end()
        own = [p.end for p in places if p.start == start and not _VERB_FIRST.match(text, p.end)]
        placed = own or text.startswith(("国网", "国家", "中国"), start)
        if ending[0] in _WEAK and not placed and text[start - 1 : start] != "“":
            continue  # 逛酒庄, 补助农会
        name = text[start : ending.end()]
        if _NONE.search(name):
            continue  # (以下简称海东药业); 制鞋业上市公司25家: a kind; 全资子公司: what it is to another
        stem = name[: -len(ending[0])]
        if ending[0].endswith("业") and _PURSUED.search(stem):
            continue  # 莘县发展果业: a trade, and what is done for it
        if (
            ((not stem or _GENERIC.match(stem)) and name not in _WHOLE)
            or len(name) < 3
            or not re.match(r"[一-龥A-Za-z0-9]", name)
        ):
            continue
        if _WORD_AFTER.match(text, ending.end()) and ending[0] in _CUT:
            continue
        if ending[0] in ("人大", "政协") and re.match("代表|委员(?!会)", text[ending.end() :]):
            continue  # 全国人大代表 is somebody, no body
        if ending[0] == "局" and re.search(r"[结布格当时大全开变残定僵好新危变]局$|新发展格局", name):
            continue
        if ending[0] == "厅" and re.search(r"[餐客大报告舞音乐展]厅$", name):
            continue
        at = ending.end()
        sure = 0.9 if len(ending[0]) > 2 or any(p.start == start for p in places) else 0.75
        yield Mention(_CLASS[ending[0]], name, start, ending.end(), "ending", (), sure)


_NONE = re.compile("^以?下?简?称|(?:上市|跨国|子|母)公司$")
_CUT = frozenset(["局", "厅", "集团", "人大", "海关", "法院"])
_DONE = "|".join(words()["inside"]["pursued"])
_PURSUED = re.compile(rf"(?:{_DONE})$")
_VERB_FIRST = re.compile(
    rf"[办建引有开扩投新改关]|{_DONE}|兴[办建]|最大|唯一|首[个家]|民营|国营"
)  # 莘县 | 办糖厂
#: Endings that name a body only behind a place: 集安某某酒庄.
_WEAK = frozenset(words()["inside"]["placed"])
# 航运及物流集团某某控股: what it trades in stands before the name.
_TRADE = re.compile(
    rf"(?:{'|'.join(words()['trades']['before'])})+(?:集团|公司|企业|厂商|[工]?厂|巨头|龙头|品牌)(?=[一-龥]{{2}})(?!股份|有限|控股)"
    # 笔电机壳厂某某精密工业
    r"|[一-龥]{2,8}(?:大厂|[^酒船钢药糖纸茶炼]厂|(?:制造|供应|代工|经销|运营|服务|承包|品牌|贸易)商|龙头|巨头|业者|上市柜?公司)(?=[一-龥]{2})"
)
_WORD_AFTER = re.compile(r"[面部势限促化军式群]")


_TITLE = re.compile(
    r"(?:院长|所长|主任|书记|会长|秘书|总裁|经理|董事|教授|专家|局长|厅长|行长|校长|负责|副|院士|研究员)"
)


def _goes_on(text: str, at: int, ending: str) -> bool:
    """Tell whether a longer name goes on here: 浙江大学 | 中国农村发展研究院, 贸促会 | 贸易投资服务中心."""
    following = _ENDING.search(text, at, at + 16)
    if following is None:
        return False
    between = text[at : following.start()]
    if not between and _CLASS[following[0]] == "kg:Company":
        return True  # …集团 | 股份有限公司
    if not between and ending in _WEAK:
        return True
    if not between and following[0] == "党校":
        return True
    if not between and _CLASS[ending] == _CLASS[following[0]] == "kg:GovernmentBody":
        # 商务局 | 局长 is a post.
        return not re.match("[省市县区州镇乡党人政局厅]", following[0])  # 市政府 | 新闻办, 县委 | 县政府
    return (
        not _BEFORE.search(_KEEPS.sub("", between) + "\0")
        and not _TITLE.search(text[at : following.end()])
        and len(between) > 1
    )


_INSURED = re.compile(r"(?:养老|医疗|失业|工伤|生育|社会|农业|人身|财产)保险$|董事局$")
_QUOTED = re.compile(r"“[^“”]{1,8}”$")


def _before_quotes(text: str, start: int, floor: int, places: list[Mention]) -> int:
    """Return the start of a name with quotation marks in it: 山东“红果”农业有限公司."""
    quoted = _QUOTED.search(text, floor, start)
    if quoted is None or start != quoted.end():
        return start
    return next((p.start for p in places if p.end == quoted.start()), start)


def _from_place(text: str, start: int, ending: re.Match[str], places: list[Mention]) -> int:
    """Return the start of the name's last place, where what stands before it is no part of the name."""
    inside = [p for p in places if start < p.start < ending.start() and text[p.start - 1] != "("]
    if not inside or ending[0] in ("分公司", "分行", "支行"):
        return start
    last = inside[-1]
    chain = last.start
    for place in reversed(inside[:-1] + [p for p in places if p.start == start]):
        # 深圳市 | 江西商会 is of those who came from there, and 老挝 | 驻长沙 | 总领事馆 of who sent it.
        away = ending[0] in ("商会", "同乡会", "联谊会") or text[chain - 1] == "驻"
        short = place.rule == last.rule == "short-name"
        if place.end == chain and short and _CLASS[ending[0]] == "kg:Company":
            chain = place.start  # 西安 | 和田果源食品有限公司: no firm is of two places
        elif place.end in (chain, chain - (text[chain - 1] == "驻")) and (away or _holds(place, last)):
            chain = place.start
    before = text[start:chain]
    if before.startswith(("中国", "国网", "国家", "中铁", "中建")):
        return start  # 中国铁路上海局集团
    if last.type in ("kg:Town", "kg:Village") and ending[0] in _FIRM_ENDS:
        rest = ending.start() - last.end
        return last.end if rest >= 4 and chain < last.start else chain  # 星村镇桐木村 | 某某茶业有限公司
    if ending[0] in _HOLDING_ENDS and last.rule == "division" and chain < last.start:
        return last.end  # 大同市云冈区 | 某某控股: where it is
    if last.type in ("kg:Town", "kg:Village") or ending[0] in ("村委会", "居委会"):
        chain = last.start
    return start if _ENDING.search(before) or "(" in before else chain


def _holds(outer: Mention, inner: Mention) -> bool:
    """Tell whether a place may hold the next one: by code where both have one."""
    if not outer.candidates or not inner.candidates:
        return True
    return any(i.startswith(o.rstrip("0")) for o in outer.candidates for i in inner.candidates)


def _start(text: str, end: int, floor: int, places: Sequence[Mention] = ()) -> int:
    """Return where the name that ends at an ending starts: after the last word that cannot be in one."""
    start = floor
    for before in _BEFORE.finditer(text, floor, end):
        if any(
            k.start() <= before.start() < k.end()
            for k in _KEEPS.finditer(text, max(0, before.start() - 2), end + 2)
        ):
            continue
        if any(p.start <= before.start() < p.end for p in places):
            continue  # 向城镇 is no 向 and 城镇
        if before[0] in ("与", "和", "及") and _joins(text, start, before.start(), places):
            continue
        # 阿里巴巴(衢州)…: a place in brackets is a part of the name; 聊城市(山东省) is not cut either.
        start = before.end()
    if text[start:end].count(")") > text[start:end].count("("):
        start = text.index(")", start) + 1
    opening = text[start:end].rfind("(")
    if opening >= 0 and ")" not in text[start + opening : end]:
        start += opening + 1
    return start


def _joins(text: str, start: int, at: int, places: Sequence[Mention]) -> bool:
    """Tell whether 与 joins two nouns of one name: 中国 | 物流与采购 | 联合会, and not two names.

    Before it stands a place with a noun behind it that names nothing whole, and no place stands after.
    """
    after = next((p.end for p in places if p.start == start and p.type.startswith("kg:")), None)
    after = start + 2 if text.startswith("中国", start) else after
    noun = text[after:at] if after else ""
    whole = _ENDING.search(noun) or any(p.start in (at + 1, after) for p in places)
    return 2 <= len(noun) <= 6 and not whole and not _VERB.search(noun)


_VERB = re.compile(r"[的在将已还为有是]|企业|客商|园区|代表|[、，]")


def _by_list(text: str, places: list[Mention]) -> Iterator[Mention]:
    """Yield the names in 甲、乙、丙等知名企业, where no name may end like one."""
    for listed in _LISTED.finditer(text):
        at = listed.start("items")
        for item in re.split(r"[、和与及]", listed["items"]):
            start = text.index(item, at)
            at = start + len(item)
            if start == listed.start("items"):
                cut = _start(text, at, start, places)
                item, start = text[cut:at], cut
            named = any(p.start == start and p.end == at for p in places)
            if _ITEM.match(item) and not named and not _KIND.search(item):
                yield Mention("kg:Company", item, start, at, "list", (), 0.7)


_KIND = re.compile(
    r"(?:企业|产业|行业|产品|品牌|电商|服务|技术|设备|农业|水果|国家|地区|代表|客商|项目|材料|[产用]品$|业$)"
)
