"""Terms of a query that the graph does not know: most often a slip, and an empty answer without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from kg.namespaces import ID, KG, SCHEMA, shorten
from kg.query.syntax import FULL_WIDTH, declared, tokens
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
    used = dict.fromkeys(_used([w.text for w in words if w.kind in ("name", "iri")], every))
    unknown = [i for i in used if i.startswith(_WATCHED) and i not in _WATCHED and not _knows(store, i)]
    said += [_unknown(store, iri, every) for iri in unknown[:_MOST]]
    if len(unknown) > _MOST:
        said.append(f"the graph does not know {len(unknown) - _MOST:,} more terms of this query")
    return said


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
