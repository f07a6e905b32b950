"""What a number counts: the noun phrase that follows it."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.ingest.measures.phrase import NOUNS
from kg.ingest.measures.segment import Word, segment, word_set
from kg.ingest.words import words

#: 4个省级“互联网+品牌”企业: what is said in quotes is a part of the name.
_QUOTED = re.compile(r"(?:国家级?|[省市县]级)?“[^“”，。；]{2,10}”(?=[一-龥])")
#: What is no thing to count: 三个方面, 两个部分.
ABSTRACT = frozenset(words()["measure"]["abstract"])
_LEVELS = re.compile(r"(?:省|县|市|村)\([一-龥、]{1,6}\)")  # 28个省(区、市)
_COORDINATED = re.compile(
    r"[一-龥]{2,4}(?<!企业)(?<!机构)(?<!客商)(?<!产品)(?<!院校)、[一-龥]{2,4}(?:企业|机构|客商|产品|园区|基地|院校|行业|品牌)"
)
_AFTER_STOP = re.compile(r"[，。；、：！？()（）\n0-9]|(?<=.)“")
#: 36个项目中: what is counted are the projects.
_INSIDE = re.compile(r"(?<=..)(?:[之当]中|[中里]|以?内)$")
#: 450家当地买主: where they are at home is no part of what they are.
_NEAR = re.compile("(?:当地|本地|本市|本县|本省|全国|全球|国内外?|境内外?|海内外)(?=[一-龥]{2})的?")
_PERSON = re.compile("[者员生师民商人户手工]$|专家|学者|代表|干部|嘉宾|主播|企业家")

#: 418家企业携新品参展
_ATTENDED = re.compile(r"[^，。；0-9]{0,12}?(?:[0-9]+[余多]?[种款件项][^，。；0-9]{1,8})?(参展|参会|参赛)")
_GUESTS = frozenset(
    [
        "企业",
        "国家",
        "国家和地区",
        "客商",
        "厂商",
        "单位",
        "品牌",
        "机构",
        "商家",
        "县市",
        "队伍",
        "选手",
        "商户",
        "采购商",
        "经销商",
        "专业买家",
    ]
)


@lru_cache(maxsize=2048)
def phrase_after(text: str) -> tuple[str, int]:
    """Return the noun phrase that a text starts with, and its length: what a number before it counts.

    >>> phrase_after("机器人挥臂起舞，"), phrase_after("农户种植茭白"), phrase_after("零部件加工企业参展")
    (('机器人', 3), ('农户', 2), ('零部件加工企业', 7))
    >>> phrase_after("上市"), phrase_after("的项目")
    (('', 0), ('', 0))
    """
    if place := _LEVELS.match(text):
        return place[0], place.end()
    if several := _COORDINATED.match(text):
        return several[0], several.end()  # 近30家物流、外贸企业
    if quoted := _QUOTED.match(text):
        noun, length = phrase_after(text[quoted.end() :])
        return (quoted[0] + noun, quoted.end() + length) if noun else ("", 0)
    stop = _AFTER_STOP.search(text)
    clause = text[: stop.start()] if stop else text
    clause = _INSIDE.sub("", clause)
    near = _NEAR.match(clause)
    if near:
        noun, length = phrase_after(clause[near.end() :])
        return (noun, near.end() + length) if noun else ("", 0)
    taken: list[Word] = []
    found = segment(clause[:30])
    for at, word in enumerate(found):
        complete = bool(taken) and taken[-1].may_be("agent") and not taken[-1].may_be("head")
        after = found[at + 1] if at + 1 < len(found) else None
        if word.text == "的":
            if (
                not taken
                or not taken[-1].may_be("noun", "unknown")
                or taken[-1].may_be("agent")
                or after is None
                or not after.may_be("agent", "noun", "head")
            ):
                break
        elif word.text in ("和", "及", "与"):
            if (
                not taken
                or after is None
                or not after.may_be("agent", "noun", "unknown", "deverbal")
                or not _parallel(taken[-1], found[at + 1 :])
            ):
                break
        elif taken and word.text in ("年", "日", "月") and after is not None and after.may_be("deverbal"):
            break  # 3条分选线日处理…
        elif word.may_be("deverbal") and not word.may_be("agent"):
            site = (
                bool(taken)
                and taken[-1].text in word_set("phrase", "sites")
                and after is not None
                and after.may_be("agent")
            )
            if (complete and not site) or after is None or not after.may_be(*NOUNS, "deverbal"):
                break
            if taken and (not after.may_be("agent", "deverbal", "head") or _PERSON.search(taken[-1].text)):
                break
        elif (
            (word.may_be("each") and taken)
            or not word.may_be("unknown", "noun", "agent", "head")
            or (word.may_be("verb", "light") and not word.may_be("noun", "agent"))
            or (
                taken
                and word.may_be("unknown")
                and (taken[-1].may_be("agent") or taken[-1].may_be("noun"))
                and len(word.text) > 2
                and (after is None or not after.may_be(*NOUNS, "deverbal"))
            )
            or (taken and word.may_be("unknown") and _PERSON.search(taken[-1].text))
            or (complete and word.may_be("head"))
        ):
            break
        taken.append(word)
    while taken and (
        taken[-1].text in ("的", "和", "及", "与", "中", "里", "内", "当中")
        or (taken[-1].may_be("deverbal") and not taken[-1].may_be("agent", "noun"))
    ):
        taken.pop()
    if taken and taken[-1].may_be("head") and not taken[-1].may_be("agent"):
        # 入围县绿茶产量占…: what is counted ends before what is measured.
        last = max((i for i, w in enumerate(taken) if w.may_be("agent")), default=-1)
        taken = taken[: last + 1]
    if not taken:
        return "", 0
    noun = "".join(w.text for w in taken)
    if noun in word_set("phrase", "none") or (
        taken[0].may_be("head") and not taken[0].may_be("agent", "noun", "deverbal")
    ):
        return "", 0
    return noun.strip("“”"), taken[-1].end


def _parallel(left: Word, rest: tuple[Word, ...]) -> bool:
    """Tell whether 和 joins two things that are counted as one: 国家和地区, not 企业和专家."""
    return not left.may_be("agent") or rest[0].text == "地区"


def attending(noun: str, rest: str) -> str:
    """Return those who are counted, with what they do at an event where the words after them say it.

    >>> attending("企业", "携新品参展，"), attending("企业", "落户，")
    ('参展企业', '企业')
    """
    attended = _ATTENDED.match(rest) if noun in _GUESTS else None
    return (attended[1] if attended else "") + noun
