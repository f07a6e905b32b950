"""Expressions, read as text, with their variables and the EXISTS in them.

An expression is never evaluated here, so its grammar does not matter; its extent does, and so does
whether an EXISTS in it must hold for a solution to pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.sparql.kind import distinct

if TYPE_CHECKING:
    from kg.sparql.patterns import PatternReader
    from kg.sparql.tree import Group

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_JOINTS = frozenset({"&&", "||"})


@distinct
class Exists(NamedTuple):
    """An EXISTS or NOT EXISTS, and how its truth bears on its FILTER.

    ``role`` is ``all`` where every solution needs it (it is a conjunct), ``any`` where it is one of
    several ways (under ``||``) and ``other`` where neither can be said.
    """

    group: Group
    negated: bool
    role: str


@distinct
class Expression(NamedTuple):
    """An expression as written, with what can be told of it without understanding it."""

    text: str
    variables: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    exists: tuple[Exists, ...] = ()
    aggregates: bool = False

    def __str__(self) -> str:
        return self.text


def read_expression(reader: PatternReader, stop: str = "") -> Expression:
    """Read an expression: up to ``stop`` outside brackets, or one bracketed expression or call.

    >>> from kg.sparql import parse
    >>> [filter] = parse("ASK { FILTER(?a > 1 && !EXISTS { ?a kg:p ?b }) }").select.where.elements
    >>> filter.expression.variables, filter.expression.exists[0].negated, filter.expression.exists[0].role
    (('?a',), True, 'all')
    """
    first = reader.position
    depth = 0
    found: list[tuple[int, int, bool, Group]] = []
    while True:
        token = reader.peek()
        if token.text.upper() == "EXISTS" and token.kind == "word":
            start = reader.position
            negated = start > first and reader.tokens[start - 1].text.upper() in ("NOT", "!")
            reader.next()
            found.append((start - negated, 0, negated, reader.group()))
            found[-1] = (start - negated, reader.position, negated, found[-1][3])
            if depth == 0 and not stop:
                break
            continue
        if depth == 0 and (token.text == ")" or (stop and token.text.upper() == stop)):
            break
        depth += (token.text == "(") - (token.text == ")")
        reader.next()
        if depth == 0 and not stop and token.text == ")":
            break
    return _expression(reader, first, reader.position, found)


def _expression(
    reader: PatternReader, first: int, last: int, found: list[tuple[int, int, bool, Group]]
) -> Expression:
    inside = {i for start, end, _, _ in found for i in range(start, end)}
    own = [reader.tokens[i] for i in range(first, last) if i not in inside]
    words = tuple(token.text.upper() for token in own if token.kind == "word")
    variables = dict.fromkeys("?" + token.text[1:] for token in own if token.kind == "variable")
    exists = tuple(
        Exists(group, negated, _role(reader, first, last, start, end)) for start, end, negated, group in found
    )
    return Expression(
        reader.text(first, last), tuple(variables), words, exists, not _AGGREGATES.isdisjoint(words)
    )


def _role(reader: PatternReader, first: int, last: int, start: int, end: int) -> str:
    """Tell how an operand bears on the whole, widening from it bracket by bracket."""
    role = "all"
    while True:
        # The operands beside this one, up to the brackets around.
        left, depth = start - 1, 0
        while left >= first and (depth or reader.tokens[left].text != "("):
            text = reader.tokens[left].text
            depth += (text in ")}") - (text in "({")
            if not depth and text == "||":
                role = "any"
            left -= 1
        right = end
        while right < last and (depth or reader.tokens[right].text != ")"):
            text = reader.tokens[right].text
            depth += (text in "({") - (text in ")}")
            if not depth and text == "||":
                role = "any"
            right += 1
        before = reader.tokens[start - 1].text if start > first else "("
        after = reader.tokens[end].text if end < last else ")"
        if before not in _JOINTS | {"("} or after not in _JOINTS | {")"}:
            return "other"
        if left < first:
            return role
        start, end = left, right + 1
        # A name before the bracket makes it a call, whose argument says nothing by itself.
        if start > first and reader.tokens[start - 1].kind in ("word", "name", "iri"):
            return "other"
