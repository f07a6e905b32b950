"""Parameters of a query: its ``VALUES ?name { term }`` lines.

The line holds a worked example, so that the file runs as it stands. To set the parameter is to replace
the terms between the braces by other terms *of the same kind*, written by pyoxigraph's own serializer: a
value is never pasted as text, so it cannot bring SPARQL with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from kg.errors import UnknownName, UsageError

#: How a name becomes an IRI; ``kg.entities`` and a store make one.
Resolve = Callable[[str], str]

_LINE = re.compile(
    r"^(?P<head>[ \t]*VALUES[ \t]+[?$](?P<name>\w+)[ \t]*\{[ \t]*)"
    r"(?P<terms>[^}\n]*?)(?P<tail>[ \t]*\}[ \t.]*(?:\#.*)?)$",
    re.MULTILINE | re.IGNORECASE,
)
_LITERAL = re.compile(
    r"""(?P<quote>["']).*?(?P=quote)(?:@(?P<lang>[\w-]+)|\^\^(?P<datatype>\S+))?\s*\Z""", re.DOTALL
)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\Z")
_DATES = {"date": r"-?\d{4}-\d\d-\d\d\Z", "gYearMonth": r"-?\d{4}-\d\d\Z", "gYear": r"-?\d{4}\Z"}


def parameters(query: str) -> dict[str, str]:
    """Return the parameters of a query, each with its worked example.

    >>> parameters("SELECT * {\\n  VALUES ?county { id:caoxian-371721 }\\n}")
    {'county': 'id:caoxian-371721'}
    """
    return {match["name"]: match["terms"] for match in _LINE.finditer(query)}


def fill(
    query: str, values: Mapping[str, str | Sequence[str]], *, resolve: Resolve, prefixes: Mapping[str, str]
) -> str:
    """Return the query with its parameters set; one that is not given keeps its example.

    Raises ``UnknownName`` for a parameter the query does not have, ``UsageError`` for a value that is
    empty or not of the example's kind; what ``resolve`` raises goes through.

    >>> print(fill('VALUES ?n { "x"@zh }', {"n": 'a" } DROP ALL'}, resolve=str, prefixes={}))
    VALUES ?n { "a\\" } DROP ALL"@zh }
    """
    known = parameters(query)
    for name in values:
        if name not in known:
            raise _unknown(name, list(known))

    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in values:
            return match[0]
        given = values[name]
        given = [given] if isinstance(given, str) else given
        terms = [_term(name, value, match["terms"], resolve, prefixes) for value in given]
        return match["head"] + " ".join(map(str, terms)) + match["tail"]

    return _LINE.sub(replace, query)


def _term(
    name: str, value: str, example: str, resolve: Resolve, prefixes: Mapping[str, str]
) -> NamedNode | Literal:
    """Make a term of a value, of the kind the example is."""
    if not value.strip():
        raise UsageError(f"the parameter {name} is empty", hint=f"give a value such as {example}")
    if match := _LITERAL.match(example):
        if match["lang"]:
            return Literal(value, language=match["lang"])
        if match["datatype"]:
            return _typed(name, value, _expand(match["datatype"], prefixes), example)
        return Literal(value)
    if _NUMBER.match(example):
        return _number(name, value, example)
    if example in ("true", "false"):
        if value not in ("true", "false"):
            raise _not_like(name, value, example, "true or false")
        return Literal(value == "true")
    return NamedNode(resolve(value))


def _number(name: str, value: str, example: str) -> Literal:
    if not _NUMBER.match(value.strip()):
        raise _not_like(name, value, example, "a number")
    kind = "double" if "e" in value.lower() else "decimal" if "." in value else "integer"
    return Literal(value.strip(), datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))


def _typed(name: str, value: str, datatype: str, example: str) -> Literal:
    local = datatype.rpartition("#")[2]
    if local in _DATES and not re.match(_DATES[local], value):
        raise _not_like(name, value, example, f"an xsd:{local}")
    return Literal(value, datatype=NamedNode(datatype))


def _expand(name: str, prefixes: Mapping[str, str]) -> str:
    if name.startswith("<"):
        return name[1:-1]
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local


def _not_like(name: str, value: str, example: str, kind: str) -> UsageError:
    return UsageError(
        f"the parameter {name} is {kind}, not {value!r}", hint=f"give a value such as {example}"
    )


def _unknown(name: str, known: list[str]) -> UnknownName:
    from difflib import get_close_matches

    if not known:
        return UnknownName(f"no parameter {name!r}", hint="this query has none")
    near = get_close_matches(name, known, n=2)
    return UnknownName(f"no parameter {name!r}", near=near, hint="" if near else "it has " + ", ".join(known))
