"""The noun phrase that a number measures: before the number, read from the right, or after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.ingest.segment import Word, nominals, segment
from kg.ingest.words import words

#: What is no thing to count: 三个方面, 两个部分.
ABSTRACT = frozenset(words()["measure"]["abstract"])
NO_NOUN = frozenset(
    [
        "地区",
        "方面",
        "时间",
        "部门",
        "以上",
        "左右",
        "其中",
        "达产",
        "投产",
        "可达",
        "情况",
        "基础",
        "同期",
        "口径",
        "排名",
        "名次",
    ]
)
_NOUNS = ("unknown", "noun", "head", "agent", "each")
_SKIPPED = ("adverb", "preposition", "strong", "mark", "light", "whose")
_JOINS = frozenset("、和及与")
_SPANS = {
    "每年": "年",
    "每天": "日",
    "每日": "日",
    "每月": "月",
    "一天": "日",
    "一年": "年",
    "年": "年",
    "日": "日",
    "月": "月",
}
#: Bodies that speak of themselves before their measure: 企业高强汽车板产量, 集团资本开支.
_SELF = frozenset(
    [
        "企业",
        "公司",
        "集团",
        "园区",
        "基地",
        "景区",
        "车间",
        "合作社",
        "厂区",
        "港区",
        "口岸",
        "项目",
        "平台",
        "工厂",
        "县",
        "市",
        "区",
        "村",
        "镇",
        "社区",
        "综合保税区",
        "开发区",
        "陆港",
        "自治区",
    ]
)
#: Of the verbs that may modify, what takes persons and things as its object: 接待游客, but 接待能力.
_TRANSITIVE = frozenset(
    [
        "接待",
        "改造",
        "服务",
        "培训",
        "处理",
        "供应",
        "转移",
        "保障",
        "使用",
        "应用",
        "下线",
        "帮扶",
        "救助",
        "孵化",
        "配套",
        "新建",
        "扩建",
        "改建",
        "改扩建",
        "租种",
        "承包",
        "监测",
        "建设",
        "投入",
        "开行",
        "采",
        "年产",
        "日产",
        "月产",
        "通过",
        "保护",
        "管护",
        "分拨",
        "放养",
        "演出",
    ]
)
_MODIFIED = frozenset(
    [
        "企业",
        "项目",
        "设施",
        "工程",
        "资金",
        "机构",
        "基地",
        "产业",
        "中心",
        "平台",
        "点",
        "站",
        "人员",
        "面积",
        "设备",
    ]
)
_LONGEST = 22


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase; ``governor`` is the verb before it, ``after`` the one between it and its number."""

    noun: str = ""
    governor: str = ""
    after: str = ""
    span: str = ""
    topic: str = ""
    headed: bool = False

    @property
    def verb(self) -> str:
        """The verb that moves what the noun names, wherever it stands."""
        return self.after or self.governor


NONE = Phrase()


@lru_cache(maxsize=2048)
def phrase_before(clause: str) -> Phrase:
    """Return the noun phrase at the end of a clause.

    >>> [phrase_before(lead).noun for lead in ("全县签署合作协议", "参展者达到", "零部件配套率已达")]
    ['合作协议', '参展者', '零部件配套率']
    >>> found = phrase_before("年加工谷子")
    >>> found.noun, found.governor, found.span
    ('谷子', '加工', '年')
    >>> phrase_before("摊位半日已卖出").after, phrase_before("县里拿出").noun
    ('卖出', '')
    """
    found = list(segment(clause[-60:]))
    after, span = "", ""
    while found:
        last = found[-1]
        if _nominal(last) and not last.may_be("head"):
            if after or last.may_be("deverbal"):
                break
            after = last.text  # 白咖啡卖出1700盒
            found.pop()
            span = _span(found)
        elif last.may_be("verb") and not last.may_be("light"):
            return (
                NONE if not after else Phrase("", "", after, span)
            )  # 县财政拿出3000万元: who acts is not measured
        elif last.may_be(*_SKIPPED) and not last.may_be("head", "noun", "agent"):
            found.pop()
        else:
            break
    if not found:
        return Phrase("", "", after, span)
    return _phrase(found, after, span)


def _nominal(word: Word) -> bool:
    return word.text in nominals()


def _span(found: list[Word]) -> str:
    """Return 年 or 日 where the words end so, which says for how long a verb's amount is."""
    while found and found[-1].may_be("adverb") and found[-1].text not in _SPANS:
        found.pop()
    if found and found[-1].text in _SPANS:
        return _SPANS[found.pop().text]
    if found and found[-1].may_be("each"):
        return found.pop().text
    return ""


def _phrase(found: list[Word], after: str, span: str) -> Phrase:
    """Read the noun phrase that the words end with, and the verb that governs it."""
    last = found[-1]
    at = len(found) - 1
    headed = last.may_be("head")
    taken = [last]
    governor = topic = ""
    while at > 0 and sum(len(w.text) for w in taken) < _LONGEST:
        word, right = found[at - 1], taken[0]
        if word.text == "的":
            if at < 2 or not found[at - 2].may_be(*_NOUNS, "deverbal"):
                break
            taken.insert(0, word)
        elif word.text in _JOINS:
            if at < 2 or not _coordinates(found[: at - 1], word.text, right):
                break
            taken.insert(0, word)
        elif word.may_be("deverbal"):
            may = word.text in _TRANSITIVE or not word.may_be("head")
            if may and _governs(word, taken, headed):
                governor = word.text
                break
            taken.insert(0, word)
        elif word.text in _SPANS and right.may_be("deverbal"):
            taken.insert(0, word)
        elif word.may_be("verb", "light") and not word.may_be("noun", "agent"):
            governor = word.text if not word.may_be("strong") else ""
            break
        elif word.may_be(*_NOUNS):
            taken.insert(0, word)
        else:
            break
        at -= 1
    if governor:
        rest = found[: at - 1]
        span = span or _span(rest)
        if rest and rest[-1].may_be("unknown", "noun"):
            topic = rest[-1].text
    spans = at > 0 and found[at - 1].text in _SPANS and found[at - 1].may_be("adverb")
    if spans and not governor and all(w.may_be("deverbal") for w in taken):
        span = _SPANS[found[at - 1].text]  # 一天出货1万件
    while taken and (taken[0].text in _JOINS or taken[0].text == "的"):
        taken.pop(0)
    taken = _without_self(taken)
    noun = "".join(w.text for w in taken if w.text != "的").strip("“”") if taken else ""
    if taken and taken[0].parts and taken[0].text in ("年", "日", "月") and len(taken) == 1:
        noun = ""
    if noun.count("”") != noun.count("“"):
        noun = noun.replace("“", "").replace("”", "")
    if (len(noun) < 2 and not (governor or after)) or noun in NO_NOUN:
        noun = ""
    return Phrase(noun, governor, after, span, topic, headed)


def _governs(verb: Word, taken: list[Word], headed: bool) -> bool:
    """Tell whether a verb that may modify has what follows as its object: 种植茭白, but 加工企业, 出口额."""
    if headed:
        return False
    if verb.text in _TRANSITIVE and not taken[0].may_be("head", "deverbal"):
        return len(taken) > 1 or taken[0].text not in _MODIFIED
    if taken[0].may_be("head", "agent", "deverbal") or taken[-1].may_be("agent"):
        return False
    return verb.text in nominals()


def _coordinates(before: list[Word], join: str, right: Word) -> bool:
    """Tell whether a conjunction joins two parts of one noun phrase."""
    left = before[-1]
    if join == "与" and len(before) < 2:
        return left.may_be("unknown", "noun", "agent")
    return left.may_be("unknown", "noun", "agent", "deverbal", "head") and not (
        left.may_be("head") and not left.may_be("deverbal") and len(left.text) > 2
    )


def _without_self(taken: list[Word]) -> list[Word]:
    """Drop the body that speaks of itself at the front: 集团 | 资本开支, not 企业 | 数量."""
    while (
        len(taken) > 1
        and taken[0].text in _SELF
        and (len("".join(w.text for w in taken[1:])) > 2 or taken[1].text == "投资")
        and taken[1].text != "的"
    ):
        if taken[0].text in ("县", "市", "区", "村", "镇", "项目", "口岸", "平台", "园区", "基地") and taken[
            1
        ].may_be("agent", "noun"):
            break
        taken = taken[1:]
    return taken


_LEVELS = re.compile(r"(?:省|县|市|村)\([一-龥、]{1,6}\)")  # 28个省(区、市)
_COORDINATED = re.compile(
    r"[一-龥]{2,4}(?<!企业)(?<!机构)(?<!客商)(?<!产品)(?<!院校)、[一-龥]{2,4}(?:企业|机构|客商|产品|园区|基地|院校|行业|品牌)"
)
_AFTER_STOP = re.compile(r"[，。；、：！？()（）\n0-9]|(?<=.)“")
#: Places that hold things: after them 寄递服务站 of 20个乡镇寄递服务站 goes on with the name.
_SITES = frozenset(
    ["乡镇", "村", "村级", "县域", "社区", "城市", "国家", "地区", "省", "市", "县", "区", "镇", "乡"]
)
_PERSON = re.compile("[者员生师民商人户手工]$|专家|学者|代表|干部|嘉宾|主播|企业家")


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
    stop = _AFTER_STOP.search(text)
    clause = text[: stop.start()] if stop else text
    taken: list[Word] = []
    found = segment(clause[:30])
    for at, word in enumerate(found):
        complete = bool(taken) and taken[-1].may_be("agent") and not taken[-1].may_be("head")
        after = found[at + 1] if at + 1 < len(found) else None
        if word.text == "的":
            if (
                not taken
                or not taken[-1].may_be("noun", "unknown")
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
        elif word.may_be("deverbal") and not word.may_be("agent"):
            site = bool(taken) and taken[-1].text in _SITES and after is not None and after.may_be("agent")
            if (complete and not site) or after is None or not after.may_be(*_NOUNS, "deverbal"):
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
                and (after is None or not after.may_be(*_NOUNS, "deverbal"))
            )
            or (taken and word.may_be("unknown") and _PERSON.search(taken[-1].text))
            or (complete and word.may_be("head"))
        ):
            break
        taken.append(word)
    while taken and (
        taken[-1].text in ("的", "和", "及", "与")
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
    if noun in NO_NOUN or (taken[0].may_be("head") and not taken[0].may_be("agent", "noun", "deverbal")):
        return "", 0
    return noun.strip("“”"), taken[-1].end


def _parallel(left: Word, rest: tuple[Word, ...]) -> bool:
    """Tell whether 和 joins two things that are counted as one: 国家和地区, not 企业和专家."""
    return not left.may_be("agent") or rest[0].text == "地区"


def is_light(clause: str) -> bool:
    """Tell whether words only stand between a measure and its number.

    >>> is_light("累计已达到"), is_light("预计年产值")
    (True, False)
    """
    return all(w.may_be(*_SKIPPED) and not w.may_be("head", "agent") for w in segment(clause))
