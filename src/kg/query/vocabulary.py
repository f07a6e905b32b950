"""Terms of a query that the graph does not know: most often a slip, and an empty answer without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode

from kg.namespaces import ID, KG, SCHEMA, shorten
from kg.query.syntax import FULL_WIDTH, Token, declared, tokens
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
    if _suspicious(words):
        from kg.query.binding import unbound

        said += unbound(text)
    return said


def _suspicious(words: list[Token]) -> bool:
    """Say whether a variable may stand nowhere but in the head of the query and in brackets.

    Most queries have none such, and are spared the reading of their structure.
    """
    asked: set[str] = set()
    bound: set[str] = set()
    braces = brackets = 0
    listing = False
    for before, word in zip([None, *words], words, strict=False):
        braces += (word.text == "{") - (word.text == "}")
        brackets += (word.text == "(") - (word.text == ")")
        after = before.text.upper() if before else ""
        listing = after == "VALUES" or (listing and brackets > 0)
        if word.kind == "variable":
            inside = listing or after == "AS" or (braces > 0 and brackets == 0 and after != "SELECT")
            (bound if inside else asked).add(word.text[1:])
    return bool(asked - bound)


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
