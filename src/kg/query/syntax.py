"""The words of a SPARQL text: enough of a lexer to explain a query, not to evaluate it.

pyoxigraph parses and evaluates; this module serves what it does not offer: messages that point at
the word at fault, warnings about unknown terms, and a guard on nesting.
Terminals follow SPARQL 1.1, section 19.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
              | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
  | (?P<open>["'])
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.-]*\w)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))*))
  | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[^\W\d]\w*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
        BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT WHERE DESCRIBE ASK FROM NAMED GROUP BY HAVING ORDER
        ASC DESC LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH SERVICE SILENT BIND MINUS UNION FILTER LATERAL NOT
        IN EXISTS A TRUE FALSE STR LANG LANGMATCHES LANGDIR HASLANG HASLANGDIR STRLANGDIR DATATYPE BOUND IRI
        URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS
        STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5
        SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC
        REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR TRIPLE SUBJECT PREDICATE
        OBJECT ISTRIPLE ADJUST VERSION
        """,
    )
)


#: Punctuation of a Chinese keyboard, and what SPARQL wants instead.
FULL_WIDTH = dict(zip("；，。（）｛｝“”‘’：？＜＞［］！＝＂＇", ";,.(){}\"\"'':?<>[]!=\"'", strict=True))


class Token(NamedTuple):
    """One word of a query and where it starts, as an offset from 0."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, without white space and comments.

    >>> [t.text for t in tokens('ASK { ?s rdfs:label "曹县"@zh } # Cao County')]
    ['ASK', '{', '?s', 'rdfs:label', '"曹县"', '@zh', '}']
    """
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


def declared(words: list[Token]) -> dict[str, str]:
    """Return the prefixes that a query declares itself.

    >>> declared(list(tokens("PREFIX s: <http://schema.org/> ASK {}")))
    {'s': 'http://schema.org/'}
    """
    return {
        name.text[:-1]: iri.text[1:-1]
        for keyword, name, iri in zip(words, words[1:], words[2:], strict=False)
        if keyword.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def operation(words: list[Token]) -> str:
    """Return the keyword that says what the text does, in capitals, or ``""``.

    >>> operation(list(tokens("PREFIX a: <urn:a> select * {}")))
    'SELECT'
    """
    for word in words:
        if word.kind == "word" and word.text.upper() in FORMS + UPDATES:
            return word.text.upper()
    return ""


def depth(text: str) -> int:
    """Return how deep the brackets and unary operators of a query nest.

    >>> depth("ASK { FILTER(!(!true)) }")
    4
    """
    deepest = level = run = 0
    for word in tokens(text):
        run = run + 1 if word.text in ("!", "-", "+") else 0
        if word.text in ("{", "(", "["):
            level += 1
        elif word.text in ("}", ")", "]"):
            level -= 1
        deepest = max(deepest, level + run)
    return deepest


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of an offset.

    >>> position("ASK {\\n  ?s }", 8)
    (2, 3)
    """
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1
