"""One canonical Turtle: sorted, a subject a block, a predicate a line, so that diffs are small."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import BASE, PREFIXES, SOURCE, XSD

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?\Z")
_BARE = {
    XSD + "integer": re.compile(r"[+-]?\d+\Z"),
    XSD + "decimal": re.compile(r"[+-]?\d*\.\d+\Z"),
    XSD + "boolean": re.compile(r"(?:true|false)\Z"),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def to_turtle(triples: Iterable[Triple]) -> str:
    """Return the triples as canonical Turtle (https://www.w3.org/TR/turtle/).

    >>> from kg.namespaces import ID, RDFS
    >>> label = Triple(NamedNode(ID + "a"), NamedNode(RDFS + "label"), Literal("甲", language="zh"))
    >>> print(to_turtle([label]))
    @base <https://kg.example/> .
    @prefix id: <https://kg.example/id/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <BLANKLINE>
    id:a
        rdfs:label "甲"@zh .
    <BLANKLINE>

    Raises ``ValueError`` on a blank node: it has no stable name.
    """
    subjects: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    used: set[str] = set()
    for triple in triples:
        subject, predicate, obj = (_term(t, used) for t in (triple.subject, triple.predicate, triple.object))
        subjects[subject]["a" if predicate == "rdf:type" else predicate].add(obj)
    lines = [f"@base <{BASE}> ."]
    lines += [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in sorted(used)]
    for subject in sorted(subjects):
        lines += ["", subject]
        predicates = sorted(subjects[subject].items(), key=lambda item: (item[0] != "a", item[0]))
        lines += [f"    {predicate} {' , '.join(sorted(objects))} ;" for predicate, objects in predicates]
        lines[-1] = lines[-1][:-1] + "."
    return "\n".join(lines) + "\n"


def _term(term: object, used: set[str]) -> str:
    if isinstance(term, NamedNode):
        return _iri(term.value, used)
    if isinstance(term, Literal):
        return _literal(term, used)
    assert isinstance(term, BlankNode)
    raise ValueError(f"{term} is a blank node; give it an IRI")


def _iri(iri: str, used: set[str]) -> str:
    if iri.startswith(SOURCE):
        return f"<{iri[len(BASE) :]}>"
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.match(iri[len(namespace) :]):
            used.add(prefix)
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def _literal(literal: Literal, used: set[str]) -> str:
    datatype = literal.datatype.value
    if datatype in _BARE and _BARE[datatype].match(literal.value):
        return literal.value
    text = '"' + "".join(_ESCAPES.get(char, char) for char in literal.value) + '"'
    if literal.language:
        return f"{text}@{literal.language}"
    return text if datatype == XSD + "string" else f"{text}^^{_iri(datatype, used)}"
