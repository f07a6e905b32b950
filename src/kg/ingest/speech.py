"""Who says what: the stretch of text that belongs to each speaker, and how sure the saying is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.mention import Mention
from kg.ingest.reading import Reading

PERSONS = ("kg:Official", "kg:Expert", "kg:Executive", "schema:Person")
_SAYS = re.compile(
    r"[^，。；“”]{0,24}?(?:表示|介绍说?|说道?|认为|指出|告诉[^，。]{0,12}|坦言|强调|透露|称|"
    r"宣布)(?=[，：“])|时(?:说|表示|介绍)，"
)
_ENDS = re.compile(r"(?:说|表示|介绍说?)[。，]")
_PRONOUN = re.compile(
    r"(?:(?<=[。\n，；])|^)(?:据其介绍|据介绍|他|她)(?:还)?(?:说|表示|介绍说?|告诉[^，。]{0,12}|"
    r"认为|坦言|指出)?，"
)
_MODALITY = {
    "kg:Forecast": re.compile(r"预计|预期|估计|有望|可望|将达|可达|可增"),
    "kg:Plan": re.compile(r"计划|力争|目标|拟|规划|将(?:建|投|完|实|打|新|再)|到20[3-9]\d年|争取"),
    "kg:Opinion": re.compile(r"我认为|我觉得|在他看来|在她看来"),
}


@dataclass(frozen=True, slots=True)
class Speech:
    """What a person says, from the verb of speech to the end of the paragraph or the next speaker."""

    speaker: Mention
    start: int
    end: int
    said: tuple[int, int]


def read_speeches(reading: Reading) -> list[Speech]:
    """Return who speaks where.

    >>> from kg.ingest.reading import read_page
    >>> reading = read_page("海东县县长赵大川说，柑橘产值达3亿元。")
    >>> [(s.speaker.text, reading.page.text[s.start : s.end]) for s in read_speeches(reading)]
    [('赵大川', '柑橘产值达3亿元。')]
    """
    text = reading.page.text
    speeches: list[Speech] = []
    last: Mention | None = None
    for start, end in reading.page.paragraphs:
        turns: list[tuple[int, Mention, tuple[int, int]]] = []
        for person in reading.inside(start, end, *PERSONS):
            says = _SAYS.match(text, person.end, end)
            if not says and person.start == start and text[person.end : person.end + 1] == "：":
                turns.append((person.end + 1, person, (person.start, person.end)))  # an interview
            closing = text.rfind("”", start, person.start)
            titled = closing >= 0 and not re.search("[。，；“]", text[closing + 1 : person.start])
            if titled and person.start - closing <= 32 and _ENDS.match(text, person.end):
                opening = text.rfind("“", start, closing)
                if opening >= start:  # “…。”某某说。
                    turns.append((opening + 1, person, (person.start, person.end + 1)))
            if says:
                comma = text[says.end() : says.end() + 1] in ("，", "：")
                turns.append((says.end() + comma, person, (person.start, says.end())))
            last = person
        if last is not None:
            for pronoun in _PRONOUN.finditer(text, start, end):
                before = reading.inside(0, pronoun.start(), *PERSONS)
                if before:
                    turns.append((pronoun.end(), before[-1], (pronoun.start(), pronoun.end() - 1)))
        turns.sort(key=lambda turn: turn[0])
        stops = [turn[0] for turn in turns[1:]] + [end]
        for (at, person, said), stop in zip(turns, stops, strict=False):
            if at < stop:
                speeches.append(Speech(person, at, stop, said))
    return speeches


def speech_at(speeches: list[Speech], text: str, offset: int) -> Speech | None:
    """Return the speech that holds an offset; past the first sentence only where a quotation goes on."""
    for speech in speeches:
        if speech.start <= offset < speech.end:
            said = text[speech.start : offset]
            if text[speech.start - 1] == "：" and speech.said[1] == speech.speaker.end:
                return speech
            if "。" not in said or said.count("“") > said.count("”"):
                return speech
    return None


def modality(clause: str) -> str | None:
    """Return in which way a clause is no settled fact.

    >>> modality("预计销售额增加"), modality("销售额增加")
    ('kg:Forecast', None)
    """
    return next((name for name, words in _MODALITY.items() if words.search(clause)), None)
