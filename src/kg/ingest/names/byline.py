"""Mentions of journalists: those who sign a report, took its photographs or edited the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.names.gazetteer import by_name
from kg.ingest.names.mention import Mention
from kg.ingest.words import words

_WORDS = words()["byline"]
FAMILY = "(?:" + "|".join([*words()["family"]["compound"], f"[{''.join(words()['family']['single'])}]"]) + ")"
_RARE = "".join(words()["family"]["rare"])


def _any(name: str) -> str:
    return "|".join(sorted(_WORDS[name], key=len, reverse=True))


# Who signs: 本报全媒体记者, 通讯员, 文/图. An editor only before a colon or a gap.
_ROLE = re.compile(rf"(?:{_any('of')})?(?:{_any('role')})")
_SIGNS = re.compile(
    rf"(?:{_ROLE.pattern})[ :：/]+|(?:{_any('editor')})[ :：]+|(?:^|"
    rf"(?<=[(（【\[\n]))(?:{_ROLE.pattern})"
)
_GAP = re.compile(r"[ 、/]*")
_SPREAD = re.compile(r"[一-龥] [一-龥](?![一-龥])")  # a name of two is spread to the width of three
_RUN = re.compile(r"[一-龥·]{2,16}")
_DONE = re.compile(rf"(?:{_any('done')})")
# What stands after a name that was not parted from it: 何咏欣 | 东莞八日电.
_AFTER = re.compile(rf"{_DONE.pattern}|{_ROLE.pattern}|[0-9]|[)）】\] /\n]|$")
_ENDS_LINE = re.compile(r"(?:[一-龥]{2,4}(?![一-龥])|[ /])+(?=\n|$|[(（])|[^\n]{0,6}记者")
_CLOSED = re.compile(r"[)）】\] /、\n]|$")
# 电(赵大川 实习生 钱小山): the brackets behind the head of a report hold names alone.
_HEADED = re.compile(r"(?<=[电讯])[ ]?[(（](?P<names>[一-龥]{2,4}(?:[ 、]+[一-龥]{2,5})*)[)）]")
_REPORTS = re.compile(r"记者(?P<name>[一-龥]{2,4}?)(?:[/／][一-龥]{2,6})?(?:报[导道]|电|讯|综合)(?=[】\])])")
# (赵大川) at the end of a paragraph signs it.
_SIGNED = re.compile(rf"(?<=[。！？”])\((?P<name>{FAMILY}[一-龥]{{1,2}})\)(?=\n|$)")
_CAPTION = re.compile(r"(?P<name>[一-龥]{2,4}) (?:摄|供图)")


def read_bylines(text: str) -> Iterator[Mention]:
    """Yield the names in bylines: after a role, parted from it or in brackets, one after another.

    >>> [m.text for m in read_bylines("海东讯(记者 王小明 实习生 纳国栋)今天\\n责任编辑：佟丽")]
    ['王小明', '纳国栋', '佟丽']
    >>> [m.text for m in read_bylines("【本报记者何咏欣东莞八日电】欧美订单少了，记者 走访")]
    ['何咏欣']
    """
    at = 0
    while signs := _SIGNS.search(text, at):
        at = signs.end()
        if signs[0][-1] in ":：" and re.match("[^\n]{0,60}[？?]", text[at:]):
            continue  # 记者：今年收成如何？
        closed = _open_bracket(text, signs.start())
        if re.match("(?:文|图)+[ :：/]", signs[0]) and not closed and not _ENDS_LINE.match(text, at):
            continue  # 文/图 and the name of a paper
        for name, start in _names(text, at, closed=closed):
            yield Mention(
                "kg:Journalist", name.replace(" ", ""), start, start + len(name), "byline", (), 0.95
            )
            at = start + len(name)
    for match in _HEADED.finditer(text):
        if _ROLE.match(match["names"]):
            continue  # read above
        for one in re.finditer(r"[一-龥]+", match["names"]):
            if re.match(FAMILY, one[0]) and not _ROLE.match(one[0]) and len(one[0]) < 5:
                start = match.start("names") + one.start()
                yield Mention("kg:Journalist", one[0], start, start + len(one[0]), "byline", (), 0.95)
    for match in [*_CAPTION.finditer(text), *_REPORTS.finditer(text), *_SIGNED.finditer(text)]:
        if re.match(FAMILY, match["name"]) and not _ROLE.search(match["name"]):
            yield Mention("kg:Journalist", match["name"], *match.span("name"), "byline", (), 0.95)


def _open_bracket(text: str, at: int) -> bool:
    head = text[max(0, at - 30) : at].split("\n")[-1]
    return max(map(head.rfind, "(（【[")) > max(map(head.rfind, ")）】]"))


def _names(text: str, at: int, *, closed: bool) -> Iterator[tuple[str, int]]:
    """Yield the names that follow a role, and where each starts; in brackets a rare family is one too."""
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if role := _ROLE.match(text, at):
            at = role.end()
            continue
        name = _name(text, at, closed=closed)
        if not name:
            return
        yield name, at
        at += len(name)
        more = re.match(r"[ 、/]+", text[at:])
        goes_on = at + (more.end() if more else 0)
        if not _ROLE.match(text, goes_on) and (not more or "/" in more[0] or _place_at(text, goes_on)):
            return  # 赵大川/海东报道, 赵大川 海东报道


def _name(text: str, at: int, *, closed: bool) -> str:
    """Return the name that stands here, which the next word ends where nothing else does."""
    run = _RUN.match(text, at)
    if run is None or _DONE.match(text, at):
        spread = _SPREAD.match(text, at)
        return spread[0] if spread and re.match(FAMILY, spread[0]) else ""
    words, known = run[0], re.match(rf"{FAMILY}|[{_RARE}]", run[0])
    whole = _CLOSED.match(text, run.end())
    if whole and len(words) < 5 and (known or closed) and not _DONE.search(words):
        return words
    for length in (3, 2, 4):
        rest = at + length
        if length <= len(words) and (_AFTER.match(text, rest) or _place_at(text, rest)):
            return words[:length] if known else ""
    if whole and closed and len(words) < 7 and not _DONE.search(words):
        return words  # a Mongol or Tibetan name
    return (
        words[:3] if known and text[at - 1] in " :：/" and len(words) > 3 and re.match(FAMILY, words) else ""
    )


def _place_at(text: str, at: int) -> bool:
    return any(text[at : at + length] in by_name() for length in (2, 3, 4))
