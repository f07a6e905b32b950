"""Terms that occur in the data and may have been meant by one that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

from kg.entities import resolve
from kg.errors import UnknownName, UsageError
from kg.namespaces import XSD
from kg.query.engine import Engine
from kg.query.terms import is_number, to_python
from kg.store.protocol import Store, Term
from kg.traditional import simplified

#: Near terms are looked for among so many; equal ones in another spelling are found wherever they are.
MOST_SCANNED = 20_000
_LANGUAGES = ("zh", "en")
#: Datatypes, and what their values look like: some endpoints refuse a query with a number that is none.
_DATATYPES = {
    "string": r".*",
    "anyURI": r".*",
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(\d+\.?\d*|\.\d+)",
    "double": r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?",
    "boolean": r"true|false|0|1",
    "date": r"-?\d{4,}-\d\d-\d\d",
    "gYear": r"-?\d{4,}",
    "gYearMonth": r"-?\d{4,}-\d\d",
}
#: What a text must share with another to be its slip: 2020 is no slip of 2021.
_DIGITS = re.compile(r"\d+")


def occurs(store: Store, term: NamedNode) -> bool:
    """Say whether an IRI is in the data, in whatever role."""
    return any(any(True for _ in store.quads(*at)) for at in ((term,), (None, term), (None, None, term)))


def literals(store: Store, term: Literal, predicate: Term | None) -> Iterator[Term]:
    """Yield literals of the same or nearly the same text that occur, and the entity of that name.

    A number or a date is not taken for another one: that would be another question.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('<urn:cao> <urn:name> "曹县"@zh ; <urn:villages> 151 .')
    >>> [str(term) for term in literals(store, Literal("曹縣"), NamedNode("urn:name"))]
    ['"曹县"@zh']
    >>> list(literals(store, Literal(152), NamedNode("urn:villages")))
    []
    """
    name = predicate if isinstance(predicate, NamedNode) else None
    stored = _stored(store, name)
    stored |= {other for other in _spelt(term.value) if any(True for _ in store.quads(None, name, other))}
    same = [other for other in stored if other.value == term.value and other != term]
    yield from sorted(same, key=str)
    if same:
        return
    if is_number(term) or _dated(term):
        value = _comparable(term)
        yield from sorted((o for o in stored if o != term and _comparable(o) == value is not None), key=str)
        return
    folded = _folded(term.value)
    texts = {other.value: other for other in sorted(stored, key=str, reverse=True)}
    equal = [text for text in sorted(texts) if _folded(text) == folded and text != term.value]
    yield from (texts[text] for text in equal)
    if not term.value.strip() or equal:
        return
    named: list[str] = []
    try:
        yield NamedNode(resolve(store, term.value))
    except UnknownName as error:
        named = [name for name in error.near if name in texts]  # 操县: one character of two, said alike
    except UsageError:
        pass
    digits = _DIGITS.findall(term.value)
    near = get_close_matches(term.value, sorted(texts), n=4) or named
    yield from islice(
        (texts[text] for text in near if text != term.value and _DIGITS.findall(text) == digits), 2
    )


def neighbours(store: Store, term: Literal, predicate: Term | None) -> list[Literal]:
    """Return the values of a property that lie next to a number or a date: the one below, the one above."""
    value = _comparable(term)
    if value is None or not isinstance(predicate, NamedNode):
        return []
    kind = type(value)
    stored = [(other, o) for o in _stored(store, predicate) if isinstance(other := _comparable(o), kind)]
    stored.sort(key=lambda pair: (pair[0], str(pair[1])))
    below = [literal for other, literal in stored if other < value][-1:]
    above = [literal for other, literal in stored if other > value][:1]
    return below + above


def _stored(store: Store, predicate: NamedNode | None) -> set[Literal]:
    scanned = islice(store.quads(None, predicate), MOST_SCANNED)
    return {quad.object for quad in scanned if isinstance(quad.object, Literal)}


def _dated(term: Literal) -> bool:
    kind = term.datatype.value.removeprefix(XSD)
    return kind in ("date", "dateTime", "gYear", "gYearMonth", "gMonthDay", "time")


def _comparable(term: Literal) -> Any:
    """Return a number, or a date to its day, that can be set beside others; nothing for other literals."""
    value = to_python(term)
    if isinstance(value, bool):
        return None
    if is_number(term):
        with suppress(ValueError, OverflowError):
            return float(value)
        return None
    if _dated(term):
        day, _, time = term.value.partition("T")
        return day if not time.strip("0:.Zz") else term.value
    return None


def _spelt(text: str) -> Iterator[Literal]:
    """Yield a text under the language tags and datatypes that it may be stored with."""
    yield from (Literal(text, language=language) for language in _LANGUAGES)
    for name, shape in _DATATYPES.items():
        if re.fullmatch(shape, text, re.DOTALL):
            yield Literal(text, datatype=NamedNode(XSD + name))


def iris(store: Store, term: NamedNode, *, as_predicate: bool) -> Iterator[Term]:
    """Yield IRIs that occur in the same role: a twin in another spelling, then the nearest names."""
    iri = term.value
    scheme = (
        iri.replace("http://", "https://", 1)
        if iri.startswith("http://")
        else iri.replace("https://", "http://", 1)
    )
    cut = max(map(iri.rfind, "#/:")) + 1
    mark = {"#": "/", "/": "#"}.get(iri[cut - 1 : cut], "")
    joined = f"{iri[: cut - 1]}{mark}{iri[cut:]}" if mark else iri
    encoded = quote(iri, safe=":/#?&=%~,;@!$'()*+")
    twins = [scheme, unquote(iri), encoded, iri.rstrip("/"), iri + "/", joined]
    for twin in dict.fromkeys(twins):
        if twin != iri and _plays(store, twin, as_predicate):
            yield NamedNode(twin)
    if _plays(store, iri, as_predicate):
        return
    if not as_predicate:
        with suppress(UsageError):
            yield NamedNode(resolve(store, unquote(iri[cut:])))
    spaces = [iri[:cut], scheme[:cut]]
    known = sorted(_names(store, as_predicate))
    near = {other[len(space) :]: other for space in spaces for other in known if other.startswith(space)}
    local = iri[cut:]
    folded = {_folded(name): name for name in sorted(near)}
    alike = [folded[_folded(local)]] if _folded(local) in folded else []
    matches = (
        alike
        or get_close_matches(local, sorted(near), n=2)
        or [folded[name] for name in get_close_matches(_folded(local), sorted(folded), n=2)]
    )
    yield from (NamedNode(near[name]) for name in matches)


def _plays(store: Store, iri: str, as_predicate: bool) -> bool:
    """Say whether an IRI occurs as a property, or as anything else."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    places = ((None, node, None),) if as_predicate else ((node, None, None), (None, None, node))
    return any(any(True for _ in store.quads(*place)) for place in places)


def _names(store: Store, as_predicate: bool) -> set[str]:
    """Return IRIs that occur as properties, or as anything else; the engine finds them fastest."""
    where = "?s ?name ?o" if as_predicate else "{ ?name ?p ?o } UNION { ?s ?p ?name }"
    select = f"SELECT DISTINCT ?name {{ {where} FILTER(isIRI(?name)) }} LIMIT {MOST_SCANNED}"
    _, rows = Engine(store, {}).rows(select)
    return {name.value for (name,) in rows if isinstance(name, NamedNode)}


def _folded(text: str) -> str:
    from unicodedata import normalize

    plain = normalize("NFKC", text).casefold().translate(simplified())
    return "".join(c for c in plain if c.isalnum())
