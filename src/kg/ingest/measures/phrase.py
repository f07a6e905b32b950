"""The noun phrase that a number measures: before it, read from the right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.ingest.measures.segment import Word, nominals, segment, word_set

NOUNS = ("unknown", "noun", "head", "agent", "each")
_SKIPPED = ("adverb", "preposition", "strong", "mark", "light", "whose")
_JOINS = frozenset("、和及与")
_NONE = word_set("phrase", "none")
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
#: Heads that may be of what a verb does.
_OF_VERBS = frozenset(("时间", "时长", "周期", "能力", "人数", "人次", "户数", "效率", "进度", "次数"))
#: What is built is no part of how large it is: 建设冷库容量.
_BUILDS = frozenset(
    ["建设", "新建", "改造", "扩建", "投入", "租用", "发放", "拨付", "兑付", "减免", "征收", "处置"]
)
#: What produces: 锂电产业实现产值 is 锂电产业产值.
_TRADES = ("产业", "行业", "集群", "板块")
#: What a place has with another one.
_TRADED = ("进出口", "出口", "进口", "进出口额", "出口额", "进口额", "贸易额", "贸易", "投资")
_ONE = re.compile("^一[辆款间台件条座位名个]")  # 一款手机单价
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
            left = found[at - 2] if at >= 2 else None
            own = left is not None and (left.may_be(*NOUNS) or (at >= 3 and found[at - 3].may_be(*NOUNS)))
            if left is None or not own or not left.may_be(*NOUNS, "deverbal"):
                break
            taken.insert(0, word)
        elif word.text in _JOINS:
            if at < 2 or not _coordinates(found[: at - 1], word.text, right):
                break
            taken.insert(0, word)
        elif word.may_be("deverbal"):
            if _governs(word, taken, headed):
                governor = word.text
                break
            taken.insert(0, word)
        elif word.text in ("年", "日", "月") and right.may_be("deverbal"):
            taken.insert(0, word)
        elif len(taken) == 1 and word.may_be("verb") and not word.may_be("light") and right.text in _OF_VERBS:
            taken.insert(0, word)  # 办理时间, 惠及人数
        elif word.may_be("verb", "light") and not word.may_be("noun", "agent"):
            governor = word.text if not word.may_be("strong") else ""
            break
        elif word.may_be(*NOUNS):
            taken.insert(0, word)
        else:
            break
        at -= 1
    if governor:
        rest = found[: at - 1]
        span = span or _span(rest)
        if rest and (rest[-1].may_be("unknown", "noun") or rest[-1].text in _TRADES):
            topic = rest[-1].text
            if topic in _TRADES and len(rest) > 1 and rest[-2].may_be("unknown", "noun"):
                topic = rest[-2].text + topic
    spans = at > 0 and found[at - 1].text in _SPANS and found[at - 1].may_be("adverb")
    if spans and not governor and all(w.may_be("deverbal") for w in taken):
        span = _SPANS[found[at - 1].text]  # 一天出货1万件
    while taken and (taken[0].text in _JOINS or taken[0].text == "的"):
        taken.pop(0)
    taken = _without_self(taken)
    noun = "".join(w.text for w in taken if w.text != "的").strip("“”") if taken else ""
    if taken and taken[0].parts and taken[0].text in ("年", "日", "月") and len(taken) == 1:
        noun = ""
    noun = _ONE.sub("", noun).removesuffix("的")
    if noun.count("”") > noun.count("“"):
        noun = noun.rpartition("”")[2].removeprefix(
            "的"
        )  # “某某小米”品牌价值, whose first characters name the place
    if noun.count("”") != noun.count("“"):
        noun = noun.replace("“", "").replace("”", "")
    if at > 0 and found[at - 1].text == "对" and noun.endswith(_TRADED):
        noun = "对" + noun  # 对俄罗斯进出口
    if (len(noun) < 2 and not (governor or after)) or noun in _NONE:
        noun = ""
    return Phrase(noun, governor, after, span, topic, headed)


def _governs(verb: Word, taken: list[Word], headed: bool) -> bool:
    """Tell whether a verb that may modify has what follows as its object: 种植茭白, but 加工企业, 出口额."""
    if len(taken) == 1 and len(taken[0].text) == 1 and taken[0].may_be("agent"):
        return False  # 供应 | 业
    if headed:
        return verb.text in _BUILDS and len(taken) > 1
    if (
        verb.text in word_set("phrase", "transitive")
        and not taken[0].may_be("head")
        and (len(taken) > 1 or not taken[0].may_be("deverbal"))
    ):
        return len(taken) > 1 or taken[0].text not in word_set("phrase", "modified")
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
        and taken[0].text in word_set("phrase", "self")
        and (len("".join(w.text for w in taken[1:])) > 2 or taken[1].text == "投资")
        and taken[1].text != "的"
        and taken[1].text not in _JOINS
    ):
        if taken[0].text in ("县", "市", "区", "村", "镇", "项目", "口岸", "平台", "园区", "基地") and taken[
            1
        ].may_be("agent", "noun"):
            break
        taken = taken[1:]
    return taken


def is_light(clause: str) -> bool:
    """Tell whether words only stand between a measure and its number.

    >>> is_light("累计已达到"), is_light("预计年产值")
    (True, False)
    """
    return all(w.may_be(*_SKIPPED) and not w.may_be("head", "agent") for w in segment(clause))
