"""Terms and variables of a query that stand for nothing: most often a slip, and an empty answer unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.namespaces import ID, KG, SCHEMA, shorten
from kg.query.syntax import FULL_WIDTH, Token, declared, tokens
from kg.sparql import (
    Bind,
    Data,
    Element,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Select,
    Service,
    SubSelect,
    Triples,
    Union,
    parse,
    variables,
)
from kg.store.protocol import Store

#: Namespaces whose terms the graph must know.
_WATCHED = (KG, SCHEMA, "http://schema.org/", ID)

#: More unknown terms than this are counted, not named.
_MOST = 5


def warnings(store: Store, text: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return one sentence for each unknown term, and for each prefix that the query declares otherwise.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:cao> <https://schema.org/about> <urn:x> .")
    >>> warnings(store, "ASK { ?s schema:abuot ?o }", {"schema": "https://schema.org/"})
    ['the graph does not know schema:abuot; did you mean schema:about?']
    """
    words = list(tokens(text))
    own = declared(words)
    said = [
        f"the query declares {prefix}: as <{namespace}>, the data as <{prefixes[prefix]}>; it wins"
        for prefix, namespace in own.items()
        if prefixes.get(prefix, namespace) != namespace
    ]
    # SPARQL takes these for letters of a name: `?o；` is a variable, and another one than `?o`.
    said += [
        f"{word.text} is full-width and part of a name here; write {FULL_WIDTH[word.text]}"
        for word in words
        if word.kind == "mark" and word.text in FULL_WIDTH
    ]
    every = {**prefixes, **own}
    asked = _without_template(words)
    used = dict.fromkeys(_used([w.text for w in asked if w.kind in ("name", "iri")], every))
    unknown = [i for i in used if i.startswith(_WATCHED) and i not in _WATCHED and not _knows(store, i)]
    said += [_unknown(store, iri, every) for iri in unknown[:_MOST]]
    if len(unknown) > _MOST:
        said.append(f"the graph does not know {len(unknown) - _MOST:,} more terms of this query")
    return said + _unbound(text)


def near_variable(name: str, bound: set[str]) -> str:
    """Return the one variable that was meant by another, or nothing.

    >>> near_variable("?X", {"?x", "?y"}), near_variable("?nmae", {"?name"}), near_variable("?a", {"?b"})
    ('?x', '?name', '')
    """
    from difflib import get_close_matches

    alike = sorted(other for other in bound if other.casefold() == name.casefold() and other != name)
    near = alike or get_close_matches(name, sorted(bound - {name}), n=1, cutoff=0.7)
    return near[0] if near and (alike or len(name) > 3) else ""


def _unbound(text: str) -> list[str]:
    """Return a sentence for each variable that is shown or compared, and that no pattern binds."""
    try:
        select = parse(text).select
    except QueryError:  # what is not read here may be right all the same
        return []
    bound = set(_bound(select))
    said = []
    for name in dict.fromkeys(_asked(select)):
        if name not in bound:
            meant = near_variable(name, bound)
            said.append(f"nothing in the query binds {name}{f'; did you mean {meant}?' if meant else ''}")
    return said


def _bound(select: Select) -> Iterator[str]:
    """Yield what a query binds anywhere, by patterns, by inline data or as a name for an expression."""
    yield from _bound_in(select.where)
    yield from select.data.variables if select.data else ()
    yield from (key.variable for key in select.keys if key.expression)
    yield from (column.variable for column in select.projection or () if column.expression)


def _bound_in(element: Element) -> Iterator[str]:
    match element:
        case Triples() | Bind() | Data() | Service():
            yield from variables(element)
        case Group(elements):
            for part in elements:
                yield from _bound_in(part)
        case Optional(group) | Minus(group):
            yield from _bound_in(group)
        case Graph(name, group):
            yield name
            yield from _bound_in(group)
        case Union(branches):
            for branch in branches:
                yield from _bound_in(branch)
        case SubSelect(select):
            yield from _bound(select)
        case Filter(expression):
            for each in expression.exists:
                yield from _bound_in(each.group)


def _asked(select: Select) -> Iterator[str]:
    """Yield what a query shows, compares or computes with, but for the filters of its inner groups."""
    for column in select.projection or ():
        yield from column.expression.variables if column.expression else (column.variable,)
    for part in select.where.elements:
        if isinstance(part, Filter | Bind):
            yield from part.expression.variables
    for key in select.keys:
        yield from key.expression.variables if key.expression else (key.variable,)
    for expression in (*select.having, *select.order):
        yield from expression.variables


def _without_template(words: list[Token]) -> list[Token]:
    """Leave out what a CONSTRUCT makes: the graph need not know it."""
    starts = [i for i, word in enumerate(words) if word.kind == "word" and word.text.upper() == "CONSTRUCT"]
    if not starts or starts[0] + 1 >= len(words) or words[starts[0] + 1].text != "{":
        return words
    end = next((i for i in range(starts[0], len(words)) if words[i].text == "}"), len(words))
    return words[: starts[0]] + words[end:]


def _used(words: list[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    for word in words:
        if word.startswith("<"):
            yield word[1:-1]
            continue
        prefix, _, local = word.partition(":")
        if prefix in prefixes and local:
            yield prefixes[prefix] + local.replace("\\", "")


def _knows(store: Store, iri: str) -> bool:
    try:
        node = NamedNode(iri)
    except ValueError:
        return True
    if not store.small:  # one request, not three
        return bool(
            store.query(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s {node} ?o }} UNION {{ ?s ?p {node} }} }}", {})
        )
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(next(store.quads(*pattern), None) is not None for pattern in patterns)


def _unknown(store: Store, iri: str, prefixes: Mapping[str, str]) -> str:
    from difflib import get_close_matches

    if iri.startswith("http://schema.org/"):
        return f"the graph does not know <{iri}>; its terms are https://schema.org/, with an s"
    if not store.small:
        return f"the graph does not know {shorten(iri, dict(prefixes))}; it finds nothing"
    namespace = next(ns for ns in _WATCHED if iri.startswith(ns))
    known = {
        term.value.removeprefix(namespace)
        for quad in store.quads()
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode) and term.value.startswith(namespace)
    }
    near = get_close_matches(iri.removeprefix(namespace), sorted(known), n=1)
    curies = dict(prefixes)
    hint = f"did you mean {shorten(namespace + near[0], curies)}?" if near else "it finds nothing"
    return f"the graph does not know {shorten(iri, curies)}; {hint}"
