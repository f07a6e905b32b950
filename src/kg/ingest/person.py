"""Mentions of persons: a family name and a given name beside a title, a verb of speech, or a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.ingest.mention import Mention
from kg.ingest.words import words

_FAMILY = (
    "(?:" + "|".join([*words()["family"]["compound"], f"[{''.join(words()['family']['single'])}]"]) + ")"
)
_TITLES = "|".join(words()["person"]["title"])
_SPEECH = "|".join(re.escape(word) for word in words()["person"]["after_name"])
_NAME = rf"(?:{_FAMILY})[一-龥]{{1,2}}"
_AFTER_TITLE = re.compile(
    rf"(?<![全各])(?P<title>{_TITLES})(?:、)?(?P<name>{_NAME}?)(?=(?:{_SPEECH})|\d|$|\n)"
)
_BEFORE_SPEECH = re.compile(
    rf"(?:(?<=[，。”；：、\n])|(?<=据)|(?<=^))(?P<name>(?:{_FAMILY})[一-龥]{{1,2}}?)(?=(?:表示|"
    rf"介绍|说道?[，：“]|认为|指出|告诉|坦言|强调|透露)[，：“本记]?)"
)
_SPACED = re.compile(r"(?:记者|通讯员|摄影|摄|文/|图/)[ :：](?P<names>[一-龥]{2,4}(?:[ 、][一-龥]{2,4})*)")
_REPORTS = re.compile(r"记者(?P<name>[一-龥]{2,4})[/／][一-龥]{2,6}(?:报[导道]|电|讯|综合)")
_CAPTION = re.compile(r"(?P<name>[一-龥]{2,4}) (?:摄|供图)")
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
    found = [*_bylines(text), *_titled(text), *_speaking(text)]
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
    if re.search(r"总裁|经理|董事|总监|创始人|合伙人|厂长|执行官", title):
        return "kg:Executive"
    if re.search(r"教授|专家|研究员|院士|博士|院长|所长|农艺师|工程师", title):
        return "kg:Expert"
    if re.search(
        r"省长|市长|县长|区长|镇长|乡长|州长|盟长|旗长|书记|支书|主任|局长|厅长|处长|部长|科长|司长|署长|次长|主席|"
        r"常委|委员|发言人|行政长官|领导|巡视员|检察长",
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
    )


def _titled(text: str) -> Iterator[Mention]:
    for match in _AFTER_TITLE.finditer(text):
        name = match["name"]
        if not _is_name(name, sure=match["title"] not in ("记者", "专家", "委员", "领导")):
            continue
        if match["title"] in ("记者", "委员", "专家") and not re.match(
            r"(?:[^，。]{0,6})(?:说|表示|介绍|认为|指出|告诉|坦言|，|。|、|\)|“)", text[match.end("name") :]
        ):
            continue
        kind = person_class(match["title"])
        if kind == "schema:Person":
            kind = person_class(re.split("[，。；“]", text[max(0, match.start() - 24) : match.start()])[-1])
        yield Mention(kind, name, *match.span("name"), "title", (), 0.85 if len(name) == 3 else 0.75)
        if match["title"] in _OF_SEVERAL:  # 市领导赵大川、钱小山: one title for a list of names
            at = match.end("name")
            while (after := _NEXT.match(text, at)) and _is_name(after["name"]):
                yield Mention(kind, after["name"], *after.span("name"), "title", (), 0.75)
                at = after.end()


def _speaking(text: str) -> Iterator[Mention]:
    for match in _BEFORE_SPEECH.finditer(text):
        if _is_name(match["name"]):
            yield Mention("schema:Person", match["name"], *match.span("name"), "speech", (), 0.7)


def _bylines(text: str) -> Iterator[Mention]:
    for match in _SPACED.finditer(text):
        at = match.start("names")
        for name in re.split(r"[ 、]", match["names"]):
            start = text.index(name, at)
            at = start + len(name)
            if re.match(rf"(?:{_FAMILY})", name) and not re.search(r"(?:报道|通讯|摄影|供图|[电讯])$", name):
                yield Mention("kg:Journalist", name, start, at, "byline", (), 0.95)
    for match in [*_CAPTION.finditer(text), *_REPORTS.finditer(text)]:
        if re.match(rf"(?:{_FAMILY})", match["name"]):
            yield Mention("kg:Journalist", match["name"], *match.span("name"), "byline", (), 0.95)
