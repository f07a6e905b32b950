"""Entities and their names: which IRI a person means.

A name is an IRI, a CURIE, a slug, a GB/T 2260 code, a label, an official or short name, one behind those
of the places around, or its pinyin; in traditional characters too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from kg.entities.index import NameIndex, plain
from kg.errors import AmbiguousName, UnknownName
from kg.namespaces import ID, KG, PREFIXES, RDFS, SCHEMA, SKOS, shorten
from kg.store.protocol import Store

_LABEL = NamedNode(RDFS + "label")
_NAMES = [
    NamedNode(iri) for iri in (KG + "officialName", SKOS + "altLabel", SKOS + "prefLabel", SCHEMA + "name")
]
#: Readings of a long name multiply; this many are enough for a name of a place or a person.
_READINGS = 64
#: No name is longer.
LONGEST = 500
#: No place is written with more characters, all that it lies in included.
_LONGEST_ADDRESS = 40
_CODE, _IN = NamedNode(KG + "gb2260"), NamedNode(SCHEMA + "containedInPlace")


def resolve(store: Store, name: str, *, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the IRI of the one entity that bears a name.

    The more exact reading wins: a label of one entity over the short name of another, any written name
    over pinyin.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''
    ...     @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...     <https://kg.example/id/caoxian-371721> rdfs:label "曹县"@zh .''')
    >>> {resolve(store, name) for name in ("曹县", "caoxian", "Cao Xian", "id:caoxian-371721")}
    {'https://kg.example/id/caoxian-371721'}

    Raises ``AmbiguousName`` with the candidates, ``UnknownName`` with near names.
    """
    name = _typed(name)
    found = bearers(store, name, prefixes=prefixes)
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(
            f"{name!r} is the name of {len(found)} things",
            candidates=[f"{shorten(iri, dict(prefixes))} ({label(store, iri)})" for iri in found],
        )
    raise _unknown(store, name, prefixes)


def bearers(store: Store, name: str, *, prefixes: Mapping[str, str] = PREFIXES) -> list[str]:
    """Return the IRIs that bear a name, all by the most exact reading that finds any.

    >>> from kg.store import MemoryStore
    >>> label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    >>> store = MemoryStore.parse(f'<urn:west> {label} "鼓楼区"@zh . <urn:east> {label} "鼓楼区"@zh .')
    >>> bearers(store, "鼓樓區")
    ['urn:east', 'urn:west']
    """
    name = _typed(name)
    if found := _read(store, name, prefixes):
        return found
    plainly = normalize("NFKC", name)  # full width, as an input method leaves it
    return _read(store, plainly, prefixes) if plainly != name else []


def _read(store: Store, name: str, prefixes: Mapping[str, str]) -> list[str]:
    readings = (  # generators: none runs before the ones above it found nothing
        _as_iri(store, name, prefixes),
        _by_value(store, [_CODE], name),
        _by_value(store, [_LABEL], name),
        _by_value(store, _NAMES, name),
        _indexed(store, NameIndex.slug, name),
        _indexed(store, NameIndex.spelt, name),
        _placed(store, name),
        _indexed(store, NameIndex.sounding, name),
    )
    for reading in readings:
        if found := sorted(set(reading)):
            return found
    return []


def _typed(name: str) -> str:
    """Return a name without needless space; one that came in as bytes (a terminal without UTF-8) as UTF-8."""
    return " ".join(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())


def label(store: Store, iri: str, lang: str = "zh") -> str:
    """Return the label of an IRI in a language, in another one, or its CURIE."""
    from kg.query.terms import Labels

    return Labels(store, PREFIXES, lang).text(NamedNode(iri))


def names(store: Store) -> Iterator[tuple[str, str]]:
    """Yield every name in the store with the IRI that bears it; labels first."""
    for predicate in [_LABEL, *_NAMES]:
        for quad in store.quads(None, predicate):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.object.value, quad.subject.value


def pinyin(name: str) -> list[str]:
    """Return the readings of a name in pinyin, without tones and spaces, in lower case.

    Place names keep readings that dictionaries put last, so all are given, the usual one first.

    >>> pinyin("单县")
    ['danxian', 'chanxian', 'shanxian']
    """
    from itertools import islice, product

    from pypinyin import Style
    from pypinyin import pinyin as readings

    syllables = readings(name, style=Style.NORMAL, heteronym=True)
    every = ("".join(map(plain, reading)) for reading in product(*syllables))
    return list(dict.fromkeys(islice(every, _READINGS)))


def _as_iri(store: Store, name: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    if name.startswith("<") and name.endswith(">"):
        name = name[1:-1]
    prefix, colon, local = name.partition(":")
    iri = prefixes[prefix] + local if colon and prefix in prefixes else name if colon else ID + name
    try:
        node = NamedNode(iri)
    except ValueError:
        return
    if any(True for _ in store.quads(node)) or any(True for _ in store.quads(None, None, node)):
        yield iri


def _by_value(store: Store, predicates: Iterable[NamedNode], name: str) -> Iterator[str]:
    for literal in (Literal(name), Literal(name, language="zh"), Literal(name, language="en")):
        for predicate in predicates:
            for quad in store.quads(None, predicate, literal):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value


def _indexed(store: Store, find: Callable[[NameIndex, str], list[str]], name: str) -> Iterator[str]:
    if len(name) <= LONGEST:
        yield from find(NameIndex.of(store, names), name)


def _placed(store: Store, name: str) -> Iterator[str]:
    """Yield the places that a name leads down to: ``聊城市东昌府区`` is the district in that city."""
    if len(name) > _LONGEST_ADDRESS or name.isascii():
        return
    index = NameIndex.of(store, names)
    # What each beginning of the name denotes, alone or through the places before it.
    denoted: dict[int, set[str]] = {}
    for end in range(1, len(name) + 1):
        denoted[end] = set(index.spelt(name[:end]))
        for cut in range(1, end):
            if denoted[cut]:
                inner = index.spelt(name[cut:end])
                denoted[end].update(iri for iri in inner if denoted[cut] & _around(store, iri))
    yield from denoted[len(name)]


def _around(store: Store, iri: str) -> set[str]:
    """Return the places that a place lies in, whatever lies between."""
    found: set[str] = set()
    todo = [NamedNode(iri)]
    while todo:
        for quad in store.quads(todo.pop(), _IN):
            if isinstance(quad.object, NamedNode) and quad.object.value not in found:
                found.add(quad.object.value)
                todo.append(quad.object)
    return found


def _unknown(store: Store, name: str, prefixes: Mapping[str, str]) -> UnknownName:
    shown = name if len(name) <= 60 else name[:60] + "..."
    if len(name) > LONGEST:
        return UnknownName(f"nothing is named {shown!r}", hint=f"no name has {len(name):,} characters")
    name = normalize("NFKC", name)
    near = NameIndex.of(store, names).near(name, 0.6 if name.isascii() else 0.5)
    hint = "" if near else "give a label, a short name, pinyin, a GB code or an IRI"
    return UnknownName(f"nothing is named {shown!r}", near=near, hint=hint)
