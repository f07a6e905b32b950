"""Which elements of a pattern have to do with each other.

Two that share no variable, not even by way of others, make a cross product: its size is the product of
their sizes, so nobody need go through it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.errors import QueryError
from kg.sparql import (
    Data,
    Element,
    Expression,
    Filter,
    Group,
    Select,
    SubSelect,
    Triples,
    parse,
)
from kg.sparql.tokens import Token, tokenize


def mentioned(element: Element | Expression) -> set[str]:
    """Return every variable in the text of an element, in whatever scope.

    >>> from kg.sparql import parse
    >>> [filter] = parse("ASK { FILTER NOT EXISTS { ?x kg:p ?y } }").select.where.elements
    >>> sorted(mentioned(filter))
    ['?x', '?y']
    """
    return {"?" + token.text[1:] for token in tokenize(str(element)) if token.kind == "variable"}


def linked(elements: Sequence[Element]) -> list[list[Element]]:
    """Split elements into those that are linked by variables, each part in the order it stands.

    >>> from kg.sparql import parse
    >>> where = parse("ASK { ?a kg:p ?b . ?c kg:p ?d FILTER(?b = 1) }").select
    >>> [[str(element) for element in part] for part in linked(list(flat(where)))]
    [['?a kg:p ?b .', 'FILTER (?b = 1)'], ['?c kg:p ?d .']]
    """
    parts: list[tuple[set[str], list[int]]] = []
    for index, element in enumerate(elements):
        names, places = mentioned(element), [index]
        apart = []
        for part in parts:
            if part[0] & names:
                names, places = names | part[0], part[1] + places
            else:
                apart.append(part)
        parts = [*apart, (names, places)]
    ordered = sorted(sorted(places) for _, places in parts)
    return [[elements[i] for i in places] for places in ordered]


def conjuncts(filtering: Filter) -> Iterable[Filter]:
    """Split a FILTER at its ``&&``: each part removes by itself.

    >>> from kg.sparql import parse
    >>> [filter] = parse("ASK { FILTER((?a > 1 || ?b > 1) && ?c = 2) }").select.where.elements
    >>> [str(part) for part in conjuncts(filter)]
    ['FILTER (?a > 1 || ?b > 1)', 'FILTER (?c = 2)']
    """
    text = filtering.expression.text
    parts = list(_split(tokenize(text), text))
    if len(parts) < 2:
        return [filtering]
    try:
        return [small for part in parts for small in conjuncts(_filter(part))]
    except QueryError:
        return [filtering]


def _filter(text: str) -> Filter:
    alone = _bracketed(tokenize(text)) or text.upper().startswith(("EXISTS", "NOT "))
    [filtering] = parse(f"ASK {{ FILTER {text if alone else f'({text})'} }}").select.where.elements
    assert isinstance(filtering, Filter)
    return filtering


def _split(tokens: list[Token], text: str) -> Iterable[str]:
    """Yield the operands of the outermost ``&&``, or the whole where there is none."""
    if not _bracketed(tokens):
        first = tokens[0].start
        depth = 0
        joints: list[Token] = []
        for token in tokens:
            depth += (token.text in ("(", "{", "[")) - (token.text in (")", "}", "]"))
            if depth == 0 and token.text == "||":
                joints = []
                break
            if depth == 0 and token.text == "&&":
                joints.append(token)
        for joint in joints:
            yield text[first : joint.start].strip()
            first = joint.end
        yield text[first : tokens[-1].end].strip()
        return
    inner = tokens[1:-1]
    yield from _split(inner, text)


def _bracketed(tokens: list[Token]) -> bool:
    """Say whether the first bracket closes at the end."""
    if len(tokens) < 3 or tokens[0].text != "(":
        return False
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.text in ("(", "{", "[")) - (token.text in (")", "}", "]"))
        if depth == 0:
            return index == len(tokens) - 1
    return False


def flat(select: Select) -> Iterable[Element]:
    """Yield the elements of a SELECT's pattern, each triple pattern and each conjunct on its own."""
    yield from _flat_group(select.where)
    if select.data:
        yield select.data


def _flat_group(group: Group) -> Iterable[Element]:
    for element in group.elements:
        if isinstance(element, Triples):
            yield from (Triples((pattern,)) for pattern in element.patterns)
        elif isinstance(element, Filter):
            yield from conjuncts(element)
        elif isinstance(element, Group) and all(
            isinstance(p, Triples | Data | Group | SubSelect) for p in element.elements
        ):
            yield from _flat_group(element)
        else:
            yield element
