"""Mentions of persons: a family name and a given name beside a title, a verb of speech, or a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.ingest.names.byline import FAMILY, read_bylines
from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_RARE = "".join(words()["family"]["rare"])
_TITLES = "|".join(sorted(words()["person"]["title"], key=len, reverse=True))
_SPEECH = "|".join(re.escape(word) for word in words()["person"]["after_name"])
_NAME = rf"(?:{FAMILY})[一-龥]{{1,2}}"
_FOLLOW = re.compile(rf"(?:{_SPEECH})|[0-9 )(，。、“”；：\]】/]|$|\n")
_AFTER_TITLE = re.compile(
    rf"(?<![全各])(?P<title>{_TITLES})(?P<comma>[、 ]?)"
    rf"(?!{_TITLES})(?P<name>(?:{FAMILY}|[{_RARE}])[一-龥])(?P<third>[一-龥]?)"
)
# 总领事宋玛·蓬玛占: a name of another nation, its parts joined by a dot.
_DOTTED = re.compile(
    rf"(?<![全各])(?P<title>{_TITLES})"
    rf"(?P<name>(?:(?!{_TITLES})[一-龥]){{1,6}}(?:·[一-龥]{{1,7}}?)+)(?={_FOLLOW.pattern})"
)
_BEFORE_SPEECH = re.compile(
    rf"(?:(?<=[，。”；：、\n])|(?<=据)|(?<=^))(?P<name>(?:{FAMILY})[一-龥]{{1,2}}?)(?=(?:表示|"
    rf"介绍|说道?[，：“]|认为|指出|告诉|坦言|强调|透露|先生|女士|院士|教授|博士)[，：“本记]?)"
)
# 33岁的赵大川, 老板叫赵大川: age and 叫 say that a name follows, as a title does.
_OF_AGE = re.compile(rf"(?<=岁的)(?P<name>{FAMILY}[一-龥])(?P<third>[一-龥]?)")
_CALLED = re.compile(
    r"(?:[人者员户工师生民妇婆板主手妹哥姐友媳婿伴汉女儿弟]|姑娘|小伙子?|伙子|徒弟|老乡|“[0-9]0后”)[，]?(?:名叫|叫做?|姓名是|名字叫)"
    rf"(?P<name>(?:{FAMILY}|[{_RARE}])[一-龥]{{1,2}}?)(?=[，。、；的(]|就是)"
)
# Words that look like a name after a title: 代表团, 记者注意到, 专家认为.
_NO_NAME = re.compile(
    r"^(?:和|向|应|时|成|都|来|全|强|平|相|从|方|安|高|常|商|公|明|国|华|连|项|管|包|解|于|余|关|"
    r"路|任|计|宣|支|"
    r"万|文|金|马上|温|容|简|原|海|乐|花|满|练|修|战|危|索|谈|宿|盖|门|云|初|封|麻|查|单|车|易|米|"
    r"石)(?:[一-龥])$"
)
_OF_SEVERAL = (
    "领导",
    "委员",
    "常委",
    "专家",
    "记者",
    "副市长",
    "副县长",
    "副省长",
    "副区长",
    "副书记",
    "副主任",
    "副主席",
)
_PLAIN = frozenset(words()["person"]["plain"])
_WORDS = frozenset(words()["inside"]["person"])
# 海基会表示: what ends like a body is none, nor is what ends in a number.
_BODY = re.compile(r"[会部局厅院校社市县省区镇团店厂们者]$")
_NEXT = re.compile(rf"[、和](?P<name>{_NAME}?)(?=[、和等，。及与(]|(?:{_SPEECH})|$)")


def read_persons(text: str) -> list[Mention]:
    """Read the persons of a clean text, and every later mention of the same name.

    >>> found = read_persons("海东县县长赵大川出席。赵大川说，橘子熟了。(本报记者 王小明)")
    >>> [(m.text, m.type) for m in found]
    [('赵大川', 'kg:Official'), ('赵大川', 'kg:Official'), ('王小明', 'kg:Journalist')]
    """
    found = [*read_bylines(text), *_titled(text), *_introduced(text), *_speaking(text)]
    kinds: dict[str, str] = {}
    for mention in found:
        if kinds.get(mention.text) in (None, "schema:Person"):
            kinds[mention.text] = mention.type
    unique = {(m.start, m.end): m for m in reversed(found)}
    for name, kind in kinds.items():
        for match in re.finditer(re.escape(name), text):
            unique.setdefault(match.span(), Mention(kind, name, *match.span(), "again", (), 0.9))
    return sorted((replace(m, type=kinds[m.text]) for m in unique.values()), key=lambda m: m.start)


def person_class(title: str) -> str:
    """Return the class of a person who bears a title.

    >>> person_class("副市长"), person_class("副总裁"), person_class("村民")
    ('kg:Official', 'kg:Executive', 'schema:Person')
    """
    if re.search(r"记者|通讯员", title):
        return "kg:Journalist"
    if re.search(
        r"总裁|经理|董事|总监|创始人|合伙人|厂长|执行官|C[EFOT]O|CIO|财务长|执行长|营运长|技术长|副总|掌门人|董座",
        title,
    ):
        return "kg:Executive"
    if re.search(r"教授|专家|研究员|院士|博士|院长|所长|农艺师|工程师", title):
        return "kg:Expert"
    if re.search(
        r"省长|市长|县长|议长|议员|立委|分署长|区长|镇长|乡长|州长|盟长|旗长|书记|支书|主任|局长|厅长|处长|部长|科长|司长|署长|次长|主席|"
        r"常委|委员|发言人|行政长官|领导|巡视员|调研员|检察长",
        title,
    ):
        return "kg:Official"
    return "schema:Person"


def _is_name(words: str, *, sure: bool = False) -> bool:
    """Tell whether words that start with a family name are a name; ``sure`` after a title that says so."""
    return (
        words not in _WORDS
        and not (len(words) == 2 and not sure and _NO_NAME.match(words))
        and not _BODY.search(words)
        and not re.search("(?:师傅|大[姐哥爷妈娘叔]|阿姨|老汉|先生|女士)$", words)  # 王师傅
    )


def _titled(text: str) -> Iterator[Mention]:
    for match in _DOTTED.finditer(text):
        yield Mention(person_class(match["title"]), match["name"], *match.span("name"), "title", (), 0.85)
    for match in _titles(text):
        sure = match["title"] not in _WEAK
        name = _extent(text, match, sure=sure)
        if name is None or not _is_name(name, sure=sure):
            continue
        end = match.start("name") + len(name)
        if match["title"] in ("记者", "委员", "专家") and not _SAYS.match(text, end):
            continue
        kind = person_class(match["title"])
        if kind == "schema:Person":
            kind = person_class(re.split("[，。；“]", text[max(0, match.start() - 24) : match.start()])[-1])
        if name[0] == "和" and match["title"] in _PLAIN:
            continue  # 市民和客商
        yield Mention(kind, name, match.start("name"), end, "title", (), 0.85 if len(name) == 3 else 0.75)
        if match["title"] in _OF_SEVERAL:  # 市领导赵大川、钱小山: one title for a list of names
            at = end
            while (after := _NEXT.match(text, at)) and _is_name(after["name"]):
                yield Mention(kind, after["name"], *after.span("name"), "title", (), 0.75)
                at = after.end()


def _titles(text: str) -> Iterator[re.Match[str]]:
    """Yield each title with what may be a name; where 女儿、公司 is none, 总裁 may stand in it."""
    at = 0
    while match := _AFTER_TITLE.search(text, at):
        yield match
        at = match.end("title")


def _introduced(text: str) -> Iterator[Mention]:
    for match in _CALLED.finditer(text):
        if _is_name(match["name"], sure=True):
            yield Mention("schema:Person", match["name"], *match.span("name"), "called", (), 0.8)
    for match in _OF_AGE.finditer(text):
        name = _extent(text, match, sure=True)
        if name and _is_name(name):
            start = match.start("name")
            yield Mention("schema:Person", name, start, start + len(name), "called", (), 0.8)


def _extent(text: str, match: re.Match[str], *, sure: bool) -> str | None:
    """Return the name after a title, of two or three characters (four with a family name of two).

    What follows a name tells where it ends, and so does the page: where the shorter one is written
    twice and always with the same character after it, that character is the name's. After a title that
    says so a name has three characters unless something else is told.
    """
    short, end = match["name"], match.end("name")
    long = short + match["third"]
    if short in _WORDS or any(c in _NEVER for c in short):
        return None
    if _NAME_IN_AND.match(text, end):
        return long  # 主任宋延和介绍
    ends = [bool(_FOLLOW.match(text, at)) for at in (end, end + 1)]
    if ends[0] and not (ends[1] and len(long) == len(short) + 1 and _always(text, short, long)):
        return short
    if not match["third"]:
        return None
    if ends[1]:
        return long
    if sure and match["third"] in _NO_GIVEN:
        return short
    sure = sure and match.groupdict().get("comma") != "、"  # 院长、教授赵大川
    common = short[0] not in _RARE and short[:2] not in _WORDS and long[1:] not in _WORDS
    return long if sure and common and not _NO_DEFAULT.match(long) else None


_NAME_IN_AND = re.compile(r"[和向从为](?:介绍|表示|说|认为|指出|坦言|透露|强调|告诉|称|回忆|致辞|出席|主持)")


def _always(text: str, short: str, long: str) -> bool:
    return text.count(short) > 1 and text.count(short) == text.count(long)


_WEAK = (
    "记者",
    "专家",
    "高级专家",
    "首席专家",
    "委员",
    "领导",
    "客户",
    "学员",
    "青年",
    "顾问",
    "居民",
    "游客",
    "导师",
    "学者",
)
_SAYS = re.compile(r"(?:[^，。]{0,6})(?:说|表示|介绍|认为|指出|告诉|坦言|，|。|、|\)|“)")
# What a title is followed by when no name stands there: 书记带头…, 总经理兼….
_NO_DEFAULT = re.compile(r".?[的了是在和与及等为将着过们这那其带兼由被把向对从到起比]|.{2}[的了是和与及等们]")
_NEVER = frozenset("了的们着吗呢吧啊么")
# No given name ends in one of these: what follows it has begun.
_NO_GIVEN = frozenset(
    "手一头口脚嘴眼脸边吃拿走看想听打找买卖干做用坐站跑叫问讲谈告拉拍搬挂上下里前后每这那哪你我他她它您们两几很更最太又再只还没不"
    "也都却便刚已曾会能可要让使给的了是在和与及等为将着过其带兼由被把向对从到起"
)


def _speaking(text: str) -> Iterator[Mention]:
    for match in _BEFORE_SPEECH.finditer(text):
        if _is_name(match["name"]):
            yield Mention("schema:Person", match["name"], *match.span("name"), "speech", (), 0.7)
