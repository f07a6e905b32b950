"""Who says what: the stretch of text that belongs to each speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from kg.ingest.discourse.clause import article_at, clause_start, topical
from kg.ingest.names.mention import Mention
from kg.ingest.page.clean import GREETING
from kg.ingest.reading import Reading
from kg.ingest.words import words

PERSONS = ("kg:Official", "kg:Expert", "kg:Executive", "schema:Person")
_TELLERS = ("kg:GovernmentBody", "kg:Association", "kg:Institution", "schema:Report", "schema:Event")
_VERB = "|".join(sorted(words()["speech"]["verb"], key=len, reverse=True))
_SAYS = re.compile(
    rf"[^，。；“”\n]{{0,24}}?(?:{_VERB})[^，。；：“”\n]{{0,10}}[，：“]|[^，。；“”\n]{{0,24}}：“|[^，。；：“”\n、]{{0,8}}(?:数据|数字|[一这]笔账|账)："
)
_BODY_SAYS = re.compile(
    r"[^，。；：“”\n]{0,12}?(?:获悉|了解到|显示|表明|介绍|预计|表示|预测|认为|称|公布|发布|通报|披露|统计|指出|测算|透露)"
    r"[^，。；：“”\n]{0,8}[，：]"
)
#: 某局公布某某数据。 What follows in the article is what it gave out, until somebody else speaks.
_GIVES_OUT = re.compile(
    r"[^，。；：“”\n]{0,14}?(?:通报|公布|发布|披露|晒出|介绍|梳理)[了出]?[^，。；：“”\n]{0,30}?"
    r"(?:情况|数据|指标|成绩单|数字|公报|简报|快报|运行|业绩|特点|亮点|账单?)[。：]"
)
_FOR_LONG = re.compile(r"统计|获悉|了解到|显示|表明|公布|发布|通报|披露|晒出|梳理|核算|数据|情况")
#: Where another piece of news begins.
_ANOTHER = re.compile(
    r"[另又]讯|另据|■|【|●|相关链接|延伸阅读|新闻链接|采访中|走进|来到|在[^，。]{2,20}(?:车间|基地|村|园区|现场)"
)
_ITEM = re.compile(
    r"--|[一二三四五六]是|[(（][一二三四五六1-6][)）]|[1-6一二三四五六][.、．]|[●■◆▲·①-⑨]|首先|其[次一二三]"
)
# 据某局统计，从某局获悉: the word before the name does for any verb.
_BODY_TELLS = re.compile(r"[^，。；：“”\n]{0,14}[，：]")
_BY = re.compile(r"(?:据|根据|[从自向])$")
_QUOTED = re.compile(r"“(?P<said>[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*)”")
_AFTER = re.compile(r"(?P<he>[他她])?[^，。；：“”\n]{0,40}[，。；：]?")
_HE = re.compile(
    rf"(?:(?<=[。\n，；”])|^)(?:据其介绍|据介绍|他|她)[^，。；“”\n]{{0,6}}?(?:{_VERB})?[^，。；“”\n]{{0,8}}[，：]"
)
# --在某会上的讲话(摘要), 某某在会上的致辞; not: 某某在会上致辞.
_ADDRESS = re.compile(
    rf"(?:在[^，。；\n]{{1,40}}[上中]的|--[一-龥]{{2,4}})(?:{'|'.join(words()['speech']['address'])})"
)
_FIRST_PERSON = re.compile(r"我们|我[县市省区州旗镇乡村](?!长)|我(?:代表|相信|希望|宣布|认为|先|就|想|向)")
_LEAST_FIRST_PERSON = 3
_HEAD = 160  # characters in which an address, or a note of the editors before it, names its speaker
_ON_PLAN = re.compile(r"按照?(?:规划|计划|方案|安排)|据了解|据悉|记者")
_LEAST_QUOTE = 10


@dataclass(frozen=True, slots=True)
class Speech:
    """What somebody says; ``said`` spans the words that tell who, ``quoted`` where it is word for word."""

    speaker: Mention
    start: int
    end: int
    said: tuple[int, int]
    quoted: bool = False
    #: Up to where he is also the one that a sentence without a subject is about, if not to the end.
    near: int | None = None


def read_speeches(reading: Reading) -> list[Speech]:
    """Return who speaks where: addresses, interviews, reported speech, and quotations.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("海东县县长赵大川说，柑橘产值达3亿元。明年增产。“今年收成好，多收一成。”")
    >>> [(s.speaker.text, reading.page.text[s.start : s.end]) for s in read_speeches(reading)]
    [('赵大川', '柑橘产值达3亿元。明年增产。“今年收成好，多收一成。”'), ('赵大川', '今年收成好，多收一成。')]
    """
    return [*_addresses(reading), *_turns(reading), *_reported(reading), *_quotations(reading)]


def speech_at(speeches: list[Speech], offset: int) -> Speech | None:
    """Return the narrowest speech that holds an offset: a quotation within a report is the quoted one's."""
    held = [s for s in speeches if s.start <= offset < s.end]
    return min(held, key=lambda s: (not s.quoted, -s.start), default=None)


def _addresses(reading: Reading) -> Iterator[Speech]:
    """Yield what a whole article brings: 某县委书记某某, 在某会上的讲话."""
    for article in reading.articles:
        blocks = article.blocks
        for i, block in enumerate(blocks):
            called = _ADDRESS.search(reading.page.text, block.start, min(block.end, block.start + 60))
            if called is None or block.kind == "caption":
                continue
            near = [block, *blocks[i + 1 : i + 4], *blocks[max(0, i - 1) : i]]
            persons = [p for b in near for p in reading.inside(b.start, b.end, *PERSONS)]
            if persons:
                speaker = persons[0]
                start = max(block.end, speaker.end if speaker.end - block.end < 120 else 0)
                yield Speech(speaker, start, blocks[-1].end, (speaker.start, speaker.end))
                break
        else:
            yield from _in_first_person(reading, blocks[0].start, blocks[-1].end)


def _in_first_person(reading: Reading, first: int, last: int) -> Iterator[Speech]:
    """Yield the article that somebody named in its head speaks: it greets those present, or says 我们."""
    text = reading.page.text
    greeting = GREETING.search(text, first, last)
    quoted = [q.span() for q in _QUOTED.finditer(text, first, last)]
    own = [
        m.start() for m in _FIRST_PERSON.finditer(text, first, last)
        if not any(start <= m.start() < end for start, end in quoted)
    ]  # fmt: skip
    if not greeting and len(own) < _LEAST_FIRST_PERSON:
        return
    start = greeting.start() if greeting else text.rfind("\n", first, own[0]) + 1 or first
    named = reading.inside(max(first, start - _HEAD), start, *PERSONS)
    if named:
        yield Speech(named[-1], start, last, (named[-1].start, named[-1].end))


def _turns(reading: Reading) -> Iterator[Speech]:
    """Yield the turns of an interview, each to where another one speaks."""
    text = reading.page.text
    opened: list[tuple[Mention | None, int, int]] = []
    for start, end in reading.page.paragraphs:
        colon = re.match(r"[一-龥]{2,14}：", text[start:end])
        if colon:
            person = next((p for p in reading.inside(start, start + colon.end(), *PERSONS)), None)
            opened.append((person, start, start + colon.end()))
        elif re.match(r"据了解|据悉|[(（]", text[start:end]):
            opened.append((None, start, start))
    named = [t for t in opened if t[0] is not None]
    last = reading.page.paragraphs[-1][1] if reading.page.paragraphs else 0
    for (person, start, at), stop in zip(opened, [*(t[1] for t in opened[1:]), last], strict=False):
        if person is not None:
            end = stop if len(named) > 1 else text.find("\n", at)
            yield Speech(person, at, end if end > at else stop, (start, at - 1))


def _reported(reading: Reading) -> Iterator[Speech]:
    """Yield what follows 某某说，据某局统计，他说， to the end of the paragraph or the next speaker.

    What a body gives out goes on through the paragraphs of the article.
    """
    text = reading.page.text
    turns = [t for start, end in reading.page.paragraphs for t in _spoken(reading, start, end)]
    turns.sort()
    for (at, end, _, who, said), after in zip_longest(turns, turns[1:]):
        last = after[4][0] if after else len(text)
        heads = text[said[0] : at]
        if who.type in _TELLERS or _GIVES_OUT.search(heads):
            far = _FOR_LONG.search(heads) is not None
        else:
            far = False
        stop = _to(reading, at, end, far=far, items=text[at - 1] == "：")
        stop = max(at, min(stop, last))
        near = end if stop > end else None
        yield Speech(who, at, _broken(reading, at, stop), said, near=near)


def _spoken(
    reading: Reading, start: int, end: int
) -> Iterator[tuple[int, int, int, Mention, tuple[int, int]]]:
    """Yield where somebody begins to speak in a paragraph, the end of it, who, and the words that tell so."""
    text = reading.page.text
    for who in reading.inside(start, end, *PERSONS, *_TELLERS):
        by = who.type in _TELLERS and _BY.search(text, max(start, who.start - 2), who.start)
        pattern = _SAYS if who.type in PERSONS else _BODY_TELLS if by else _BODY_SAYS
        says = pattern.match(text, who.end, end) or _GIVES_OUT.match(text, who.end, end)
        if says and (who.type not in _TELLERS or by or topical(reading, who.start)):
            yield says.end(), end, who.start, who, (who.start, says.end() - 1)
    for he in _HE.finditer(text, start, end):
        before = [p for p in reading.inside(0, he.start(), *PERSONS) if p.start > start - 400]
        if before:
            yield he.end(), end, he.start(), before[-1], (he.start(), he.end() - 1)


def _to(reading: Reading, at: int, end: int, *, far: bool, items: bool) -> int:
    """Return how far somebody speaks: through the paragraph, the items that it opens, the article."""
    if not far and not items:
        return end
    text, last = reading.page.text, article_at(reading, at)[1]
    for start, stop in reading.page.paragraphs:
        if end <= start < last:
            if _ANOTHER.match(text, start) or not (far or _ITEM.match(text, start)):
                break
            end = stop
    return end


def _broken(reading: Reading, at: int, stop: int) -> int:
    """Return where the reporter speaks again: at a sentence that starts with the name of something else."""
    for first, last in reading.sentences:
        if at < first < stop:
            if _ON_PLAN.match(reading.page.text, first):
                return first
            named = [
                m for m in reading.inside(first, last, "kg:Company", "kg:Project", "schema:Event")
                if m.start - first < 12 and topical(reading, m.start)
            ]  # fmt: skip
            if named:
                return first
    return stop


def _quotations(reading: Reading) -> Iterator[Speech]:
    """Yield what is quoted word for word, and by whom: 甲说：“…”, “…”甲说。, “…”她算账。"""
    text = reading.page.text
    for start, end in reading.page.paragraphs:
        speaker: Mention | None = None
        for quote in _QUOTED.finditer(text, start, end):
            said = quote["said"]
            if len(said) < _LEAST_QUOTE or not re.search("[，。！？；]", said):
                continue
            after = _AFTER.match(text, quote.end(), end)
            assert after is not None
            told = reading.inside(after.start(), after.end(), *PERSONS)
            opening = clause_start(text, quote.start() - 1, start)
            before = reading.inside(opening, quote.start(), *PERSONS)
            if text[quote.start() - 1] == "：" and before:
                speaker = before[-1]
            elif told:
                speaker = told[0]
            elif speaker is None or after["he"]:
                earlier = [
                    p for p in reading.inside(0, quote.start(), *PERSONS) if p.start > quote.start() - 200
                ]
                speaker = earlier[-1] if earlier and (after["he"] or earlier[-1].start >= start) else None
            if speaker is not None:
                yield Speech(
                    speaker, quote.start("said"), quote.end("said"), (speaker.start, speaker.end), quoted=True
                )
