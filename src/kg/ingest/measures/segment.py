"""Clauses cut into words by a small lexicon: the fewest words, and every unknown run a noun."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_LONGEST = 12
_UNKNOWN, _KNOWN, _SINGLE = 11, 10, 9
#: After a word of one of these parts a clause may start with a verb of one character.
_BEFORE_VERB = frozenset({"adverb", "whose", "mark", "strong", "verb", "each"})
_CHINESE = re.compile("[一-龥]")
_LATIN = re.compile(r"[0-9A-Za-z.+&]+")


class Word(NamedTuple):
    """A word and the parts of speech that it may be; ``start`` is its offset in the clause."""

    text: str
    parts: frozenset[str]
    start: int

    @property
    def end(self) -> int:
        """Where the word ends in the clause."""
        return self.start + len(self.text)

    def may_be(self, *parts: str) -> bool:
        """Tell whether the word has one of these parts of speech."""
        return not self.parts.isdisjoint(parts)


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the parts of speech of every word that is known.

    >>> sorted(lexicon()["投资"])
    ['deverbal', 'head']
    """
    found: dict[str, set[str]] = {}
    for part, words in _lists()["parts"].items():
        if part not in ("weak", "tail", "suffix"):
            for word in words:
                found.setdefault(word, set()).add(part)
    heads = tuple(
        word for word, parts in found.items() if "head" in parts and (len(word) > 1 or word in "额量率值")
    )
    agents = tuple(word for word, parts in found.items() if "agent" in parts and len(word) > 1)
    for word, parts in found.items():
        if "noun" in parts and word.endswith(heads):
            parts.add("head")  # 参保人数 is one as 人数 is
        if "noun" in parts and word.endswith(agents):
            parts.add("agent")
    return {word: frozenset(parts) for word, parts in found.items()}


@cache
def nominals() -> dict[str, str]:
    """Return what measures the goods that each verb moves.

    >>> nominals()["卖出"]
    '销量'
    """
    return {verb: noun for noun, verbs in _lists()["nominal"].items() for verb in verbs}


@cache
def word_set(section: str, name: str) -> frozenset[str]:
    """Return one of the other lists of the lexicon.

    >>> "乡镇" in word_set("phrase", "sites")
    True
    """
    return frozenset(_lists()[section][name])


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    sections = tomllib.loads((files("kg.ingest.measures") / "lexicon.toml").read_text(encoding="utf-8"))
    return {
        section: {name: text.split() for name, text in lists.items()} for section, lists in sections.items()
    }


@cache
def _characters(part: str) -> frozenset[str]:
    return frozenset(_lists()["parts"][part])


_NOUN = frozenset({"unknown"})
_MARK = frozenset({"mark"})
_WEAK = frozenset({"verb"})


@lru_cache(maxsize=2048)
def segment(clause: str) -> tuple[Word, ...]:
    """Return the words of a clause, unknown characters in runs.

    >>> for clause in ("签署合作协议", "零部件本地配套率", "合作社去年建冷库", "建阳区茶园面积"):
    ...     print(*(word.text for word in segment(clause)))
    签署 合作协议
    零部件 本地配套率
    合作社 去年 建 冷库
    建阳 区 茶园 面积
    """
    runs: list[Word] = []
    for start, end in _cuts(clause):
        text = clause[start:end]
        parts = lexicon().get(text)
        if parts is None:
            known = _CHINESE.match(text) or _LATIN.match(text) or text in "“”《》·"
            parts = _NOUN if known else _MARK
        if parts is _NOUN and runs and runs[-1].parts is _NOUN:
            runs[-1] = Word(runs[-1].text + text, _NOUN, runs[-1].start)
        else:
            runs.append(Word(text, parts, start))
    return tuple(_with_short_verbs(_with_suffixes(runs)))


def _cuts(clause: str) -> list[tuple[int, int]]:
    """Return the spans of the cheapest segmentation; of two as cheap, the one with the longer last word."""
    known = lexicon()
    length = len(clause)
    best = [0] + [length * _UNKNOWN + 1] * length
    back = [0] * (length + 1)
    for start in range(length):
        cost = best[start]
        if cost + _UNKNOWN < best[start + 1]:
            best[start + 1], back[start + 1] = cost + _UNKNOWN, start
        for end in range(start + 1, min(length, start + _LONGEST) + 1):
            if clause[start:end] in known:
                total = cost + (_SINGLE if end - start == 1 else _KNOWN)
                if total < best[end]:
                    best[end], back[end] = total, start
    spans = []
    at = length
    while at:
        spans.append((back[at], at))
        at = back[at]
    return spans[::-1]


def _with_suffixes(words: list[Word]) -> list[Word]:
    """Join a verb and the one character that makes a noun of it: 招聘 | 会, 救助 | 金."""
    found: list[Word] = []
    for word in words:
        verb = (
            found[-1] if found and len(found[-1].text) == 2 and found[-1].may_be("verb", "deverbal") else None
        )
        if verb is not None and not verb.may_be("light", "noun") and word.text in _characters("suffix"):
            kind = "head" if word.text in "率额量值费" else "agent"
            found[-1] = Word(verb.text + word.text, frozenset(("noun", kind)), verb.start)
        else:
            found.append(word)
    return found


def _with_short_verbs(words: list[Word]) -> list[Word]:
    """Split the verb of one character off an unknown run: 去年 | 卖苹果, 干茶卖 |."""
    found: list[Word] = []
    for at, word in enumerate(words):
        if word.parts is not _NOUN:
            found.append(word)
            continue
        after = words[at + 1] if at + 1 < len(words) else None
        text, start = word.text, word.start
        opens = at == 0 or words[at - 1].may_be(*_BEFORE_VERB) or words[at - 1].may_be("noun", "agent")
        rest = (
            len(text) >= 3
            or (text[0] == "产" and len(text) == 2)
            or (len(text) == 1 and after is not None and after.may_be("noun", "agent", "deverbal"))
        )
        if opens and rest and text[0] in _characters("weak") and not text.endswith(tuple("县区市镇村乡州")):
            found.append(Word(text[0], _WEAK, start))
            text, start = text[1:], start + 1
        last = ""
        if text and after is None and text[-1] in _characters("tail") and (len(text) > 2 or len(text) == 1):
            text, last = text[:-1], text[-1]
        if text:
            found.append(Word(text, _NOUN, start))
        if last:
            found.append(Word(last, _WEAK, start + len(text)))
    return found
