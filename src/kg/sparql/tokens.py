"""The tokens of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar)."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.errors import QueryError

_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><[^<>"{{}}|^`\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\"|'''(?:'{{0,2}}(?:[^'\\]|\\.))*'''
             |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.\-·]*[\w\-·])?)
  | (?P<name>(?:[^\W\d_](?:[\w.\-·]*[\w\-·])?)?:
             (?:(?:[\w:]|{_ESCAPED})(?:(?:[\w.\-:·]|{_ESCAPED})*(?:[\w\-:·]|{_ESCAPED}))?)?)
  | (?P<number>\d+\.\d*[eE][+-]?\d+|\d*\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>\^\^|&&|\|\||!=|<=|>=|<<|>>|\{{\||\|\}}|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token: its kind, its text and where it stands in the query."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(query: str) -> list[Token]:
    """Split a query into tokens, without white space and comments.

    >>> [token.text for token in tokenize("SELECT ?s { ?s a kg:County } # counties")]
    ['SELECT', '?s', '{', '?s', 'a', 'kg:County', '}']

    Raises ``QueryError`` when a string is not closed.
    """
    tokens = []
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        if kind == "space":
            continue
        if match.group() in ("'", '"'):
            line = query.count("\n", 0, match.start()) + 1
            raise QueryError(f"a string is not closed on line {line}", line=line)
        tokens.append(Token(kind, match.group(), match.start(), match.end()))
    return tokens


def one_line(query: str) -> str:
    """Return a query on one line, without its comments.

    >>> one_line("SELECT ?s { # counties\\n  ?s a kg:County ; rdfs:label '# 1' }")
    "SELECT ?s { ?s a kg:County ; rdfs:label '# 1' }"
    """
    parts: list[str] = []
    for match in _TOKEN.finditer(query):
        if match.lastgroup != "space":
            parts.append(match.group())
        elif parts and parts[-1] != " ":
            parts.append(" ")
    return "".join(parts).strip()
