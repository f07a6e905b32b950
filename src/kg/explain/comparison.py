"""How a FILTER may have been meant: comparisons that hold for no value as written, and ones that may."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = re.compile(r"""(["'])((?:(?!\1)[^\\])*)\1(@[A-Za-z-]+|\^\^\S+)?""")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
# Each: what it means in words, what it looks for, what it puts there.
_REWRITINGS = [
    (
        "the text alone, whatever its language",
        re.compile(r"""(?<![\w(])(\(?)\s*(\?\w+)(\s*!?=\s*["'])"""),
        r"\1STR(\2)\3",
    ),
    (
        "any variant of the language",
        re.compile(r"""\blang\((\?\w+)\)\s*=\s*(["'])([A-Za-z]+)[\w-]*\2""", re.IGNORECASE),
        r'LANGMATCHES(LANG(\1), "\3")',
    ),
    ("the values as numbers", re.compile(r"(?<![\w?])(\?\w+)(?=\s*[<>]=?)"), r"xsd:decimal(STR(\1))"),
    (
        "the text of the IRI",
        re.compile(r"\b(regex|contains|strstarts|strends)\s*\(\s*(\?\w+)", re.IGNORECASE),
        r"\1(STR(\2)",
    ),
    (
        "capitals and small letters alike",
        re.compile(r"""(regex\s*\((?:STR\(\?\w+\)|[^(),])*,\s*(?:"[^"]*"|'[^']*'))\s*\)""", re.IGNORECASE),
        r'\1, "i")',
    ),
]


def rewordings(text: str) -> Iterator[tuple[str, str]]:
    """Yield other ways to write a comparison, each with what it means in words.

    >>> for words, other in rewordings('(?v > "100")'):
    ...     print(words, other)
    the number 100 instead of the string "100" (?v > 100)
    the values as numbers (xsd:decimal(STR(?v)) > "100")
    """
    seen = {text}
    for words, other in _all(text):
        if other not in seen:
            seen.add(other)
            yield words, other


def _all(text: str) -> Iterator[tuple[str, str]]:
    for match in _STRING.finditer(text):
        string, tag = match.group(2), match.group(3)
        before, after = text[: match.start()], text[match.end() :]
        if _NUMBER.fullmatch(string):
            yield f"the number {string} instead of the string {match.group()}", before + string + after
        if tag:
            words, pattern, other = _REWRITINGS[0]
            yield words, pattern.sub(other, f'{before}"{string}"{after}')
    for words, pattern, other in _REWRITINGS:
        yield words, pattern.sub(other, text)
    both = text
    for _, pattern, other in _REWRITINGS[3:]:
        both = pattern.sub(other, both)
    yield "the text of the IRI, capitals and small letters alike", both
