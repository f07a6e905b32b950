"""How a FILTER may have been meant: comparisons that hold for no value as written, and ones that may.

What its variables are in the data decides what is worth a try: a string is no date, a name no entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from pyoxigraph import Literal, NamedNode

from kg.entities import resolve
from kg.errors import QueryError, UsageError
from kg.explain.parts import Parts
from kg.explain.wording import short
from kg.namespaces import XSD
from kg.query.terms import is_number
from kg.sparql import Element, Filter, parse
from kg.store.protocol import Term
from kg.traditional import simplified

#: So many values of a variable are looked at.
_SAMPLE = 50
_STRING = re.compile(r"""(["'])((?:(?!\1)[^\\])*)\1(@[A-Za-z-]+|\^\^(?:<[^>]*>|[\w:-]+))?""")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_TIMES = ("date", "dateTime", "gYear", "gYearMonth")


def of_filter(parts: Parts, filtering: Filter, rest: Sequence[Element]) -> Iterator[tuple[str, Filter]]:
    """Yield other ways to write a filter of the solutions of some elements, each with what it means."""
    expression = filtering.expression
    values = {
        name: [term for (term,) in parts.rows(rest, [name], _SAMPLE) if term is not None]
        for name in expression.variables
    }
    text = str(filtering).removeprefix("FILTER ")
    named: dict[str, str] = {}
    if any(isinstance(term, NamedNode) for terms in values.values() for term in terms):
        for match in _STRING.finditer(text):
            with suppress(UsageError):
                iri = NamedNode(resolve(parts.engine.store, match.group(2)))
                named[match.group()] = short(iri, parts.engine.prefixes)
    for words, other in rewordings(text, values, named):
        with suppress(QueryError):
            [new] = parse(f"ASK {{ FILTER {other} }}").select.where.elements
            if isinstance(new, Filter):
                yield f"{words}: {parts.written(new)}", new


def rewordings(
    text: str, values: Mapping[str, Sequence[Term]], named: Mapping[str, str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield other ways to write a comparison of variables with such values, each with what it means.

    >>> for words, other in rewordings('(?v > "100")', {"?v": [Literal(151)]}):
    ...     print(words, other)
    the number 100 instead of the string "100" (?v > 100)
    >>> day = Literal("2021-01-01", datatype=NamedNode(XSD + "date"))
    >>> for words, other in rewordings('(?d > 2020)', {"?d": [day]}):
    ...     print(words, other)
    the year of ?d (YEAR(?d) > 2020)
    """
    seen = {text}
    for words, other in _all(text, values, named or {}):
        if other not in seen:
            seen.add(other)
            yield words, other


def _all(
    text: str, values: Mapping[str, Sequence[Term]], named: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    kinds = {name: {_kind(term) for term in terms} for name, terms in values.items()}
    every = set().union(*kinds.values()) if kinds else set()
    strings = list(_STRING.finditer(text))
    if "number" in every:
        yield from _as_numbers(text, strings)
    for kind in _TIMES:
        if kind in every:
            yield from _as_times(text, strings, kind, [name for name in kinds if kind in kinds[name]])
    for match in strings:
        if name := named.get(match.group()):
            yield f"{name} instead of {match.group()}", text[: match.start()] + name + text[match.end() :]
    if every & {"string", "tagged"}:
        yield from _as_texts(text, strings, [n for n in kinds if kinds[n] & {"string", "tagged"}])
    for name in kinds:
        stored = any(_kind(t) in ("string", "tagged") and _NUMBER.fullmatch(_text(t)) for t in values[name])
        if stored and re.search(rf"{re.escape(name)}\s*[<>=!]", text):
            other = re.sub(rf"{re.escape(name)}(?=\s*[<>=!])", f"xsd:decimal(STR({name}))", text)
            yield f"the values of {name} as numbers", other
    searched = re.compile(r"\b(regex|contains|strstarts|strends)\s*\(\s*(\?\w+)", re.IGNORECASE)
    as_text = searched.sub(r"\1(STR(\2)", text) if every - {"string", "tagged"} else text
    if as_text != text:
        names = dict.fromkeys(match.group(2) for match in searched.finditer(text))
        yield f"the text of {' and '.join(names)}", as_text
    for before, words in ((text, ""), (as_text, "the text, ")):
        other = _any_case(before)
        if other != before:
            yield f"{words}capitals and small letters alike", other


def _kind(term: Term) -> str:
    if not isinstance(term, Literal):
        return "IRI"
    if is_number(term):
        return "number"
    if term.language:
        return "tagged"
    return term.datatype.value.removeprefix(XSD)


def _text(term: Term) -> str:
    return term.value if isinstance(term, Literal) else ""


def _as_numbers(text: str, strings: Sequence[re.Match[str]]) -> Iterator[tuple[str, str]]:
    numbers = [match for match in strings if _NUMBER.fullmatch(match.group(2))]
    if numbers:
        other = text
        for match in reversed(numbers):
            other = other[: match.start()] + match.group(2) + other[match.end() :]
        what = " and ".join(f"the number {m.group(2)} instead of the string {m.group()}" for m in numbers)
        yield what, other


def _as_times(
    text: str, strings: Sequence[re.Match[str]], kind: str, names: Sequence[str]
) -> Iterator[tuple[str, str]]:
    other, changes = text, []
    for match in reversed(strings):
        if not match.group(3) or match.group(3).startswith("^^"):
            typed = f'"{match.group(2)}"^^xsd:{kind}'
            if kind == "dateTime" and re.fullmatch(r"\d{4}-\d\d-\d\d", match.group(2)):
                typed = f'"{match.group(2)}T00:00:00"^^xsd:{kind}'
            other = other[: match.start()] + typed + other[match.end() :]
            changes.append(f"{typed} instead of {match.group()}")
    if changes:
        yield " and ".join(reversed(changes)), other
    for name in names:
        compared = re.compile(rf"({re.escape(name)})(\s*(?:[<>]=?|!?=)\s*)([\"']?)(\d{{4}})\3(?![\w.\"'^-])")
        if found := compared.search(text):
            if kind == "gYear":
                year = f'"{found.group(4)}"^^xsd:gYear'
                yield f"{year} instead of {found.group(4)}", compared.sub(r'\1\2"\4"^^xsd:gYear', text)
            else:
                year = f"YEAR({name})" if kind != "gYearMonth" else f"xsd:integer(SUBSTR(STR({name}), 1, 4))"
                yield f"the year of {name}", compared.sub(rf"{year}\2\4", text)


def _as_texts(text: str, strings: Sequence[re.Match[str]], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    bare = text
    for match in reversed(strings):
        if match.group(3):
            bare = bare[: match.start()] + f'"{match.group(2)}"' + bare[match.end() :]
    either = "|".join(map(re.escape, names))
    comparing = re.compile(rf"(?<![\w(])(\(?)\s*({either})(\s*(?:!?=|(?:NOT\s+)?IN\b))", re.IGNORECASE)
    for before in (text, bare):
        other = comparing.sub(r"\1STR(\2)\3", before)
        if other != before:
            yield "the text alone, whatever its language", other
    now = text.translate(simplified())
    if now != text:
        yield "simplified characters", now
        yield (
            "simplified characters, whatever the language",
            comparing.sub(r"\1STR(\2)\3", bare.translate(simplified())),
        )
    tagged = re.compile(r"""\blang\((\?\w+)\)\s*=\s*(["'])([A-Za-z]+)[\w-]*\2""", re.IGNORECASE)
    yield "any variant of the language", tagged.sub(r'LANGMATCHES(LANG(\1), "\3")', text)


def _any_case(text: str) -> str:
    """Search without regard to capitals: REGEX by its flag, the others by folding both sides."""
    operand = r"""(?:STR\(\?\w+\)|[^(),"'])*"""
    string = r"""(?:"[^"]*"|'[^']*')"""
    flagged = re.sub(rf"(regex\s*\({operand},\s*{string})\s*\)", r'\1, "i")', text, flags=re.IGNORECASE)
    return re.sub(
        rf"\b(contains|strstarts|strends)\s*\(({operand}),\s*({string})\s*\)",
        r"\1(LCASE(\2), LCASE(\3))",
        flagged,
        flags=re.IGNORECASE,
    )
