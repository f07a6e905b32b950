"""RDF terms as people and as Python see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.namespaces import ID, PREFIXES, RDFS, SCHEMA, SKOS, SOURCE, XSD, shorten
from kg.store.protocol import Store, Term

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node as RdflibNode

_INTEGERS = (
    {XSD + name for name in ("integer", "int", "long", "short", "byte")}
    | {
        XSD + name
        for name in ("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger")
    }
    | {XSD + name for name in ("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte")}
)
_NUMBERS = _INTEGERS | {XSD + "decimal", XSD + "double", XSD + "float"}
#: Namespaces whose terms the ontology describes, and those whose names the graph alone gives.
_DESCRIBED, _OF_THE_GRAPH = tuple(PREFIXES.values()), (ID, SOURCE)
#: Properties that hold a label, the first one that there is counts.
LABELS = [NamedNode(iri) for iri in (RDFS + "label", SKOS + "prefLabel", SCHEMA + "headline")]


def is_number(term: Term) -> bool:
    """Say whether a term is a literal of a numeric datatype.

    >>> is_number(Literal(151)), is_number(Literal("151"))
    (True, False)
    """
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def kind(term: Term, prefixes: Mapping[str, str]) -> str:
    """Name the kind of a term: ``IRI``, ``blank node``, ``triple``, or a literal's datatype or language.

    >>> kind(Literal("曹县", language="zh"), {})
    '@zh'
    """
    if isinstance(term, NamedNode):
        return "IRI"
    if isinstance(term, BlankNode):
        return "blank node"
    if isinstance(term, Literal):
        return f"@{term.language}" if term.language else shorten(term.datatype.value, dict(prefixes))
    return "triple"


def to_python(term: Term | None) -> Any:
    """Return the Python value of a term: a number, a bool, a date, or its text.

    A literal whose text does not fit its datatype keeps its text.

    >>> to_python(Literal("167.5", datatype=NamedNode(XSD + "decimal")))
    Decimal('167.5')
    """
    if not isinstance(term, Literal):
        return None if term is None else getattr(term, "value", str(term))
    datatype, text = term.datatype.value, term.value
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype == XSD + "decimal":
            from decimal import Decimal

            return Decimal(text)
        if datatype in (XSD + "double", XSD + "float"):
            return float(text)
        if datatype == XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[text]
        if datatype == XSD + "date":
            from datetime import date

            return date.fromisoformat(text)
        if datatype == XSD + "dateTime":
            from datetime import datetime

            return datetime.fromisoformat(text)
    except (ArithmeticError, KeyError, ValueError):
        pass
    return text


def to_rdflib(term: Term) -> RdflibNode:
    """Return the same term in rdflib's classes.

    >>> to_rdflib(Literal("曹县", language="zh"))
    rdflib.term.Literal('曹县', lang='zh')

    Raises ``ValueError`` for a triple term, which rdflib does not know.
    """
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == XSD + "string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype))
    raise ValueError("rdflib has no triple terms")


def to_graph(statements: Iterable[Quad | Triple], prefixes: Mapping[str, str]) -> Graph:
    """Return an rdflib graph of statements, with the prefixes bound as they are given."""
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, replace=True)
    for s in statements:
        graph.add((to_rdflib(s.subject), to_rdflib(s.predicate), to_rdflib(s.object)))
    return graph


class Labels:
    """Write terms as people read them: an IRI by its label in a language, or by its CURIE.

    A term of the vocabulary that the store says nothing of has the label of the shipped ontology.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse(
    ...     '<urn:cao> <http://www.w3.org/2000/01/rdf-schema#label> "曹县"@zh, "Cao County"@en .')
    >>> Labels(store, {}, "zh").text(NamedNode("urn:cao")), Labels(store, {}, "fr").text(NamedNode("urn:cao"))
    ('曹县', 'Cao County')
    >>> Labels(store, {"u": "urn:"}, None).text(NamedNode("urn:cao"))
    'u:cao'
    """

    def __init__(self, store: Store, prefixes: Mapping[str, str], lang: str | None) -> None:
        """``lang`` is a language tag, or ``None`` to leave IRIs unlabelled."""
        self._store = store
        self._prefixes = dict(prefixes)
        self._lang = lang
        self._texts: dict[NamedNode, str] = {}

    def text(self, term: Term | None) -> str:
        """Return what to show for a term; an unbound cell is empty."""
        if isinstance(term, NamedNode):
            if term not in self._texts:
                label = self._label(term) if self._lang else None
                self._texts[term] = label or shorten(term.value, self._prefixes)
            return self._texts[term]
        if term is None:
            return ""
        return term.value if isinstance(term, Literal) else str(term)

    def _label(self, iri: NamedNode) -> str | None:
        for predicate in LABELS:
            labels = [q.object for q in self._store.quads(iri, predicate) if isinstance(q.object, Literal)]
            if labels:
                return min(labels, key=self._rank).value
        if iri.value.startswith(_OF_THE_GRAPH) or not iri.value.startswith(_DESCRIBED):
            return None
        from kg.ontology import load_ontology

        declared = load_ontology().terms.get(iri.value, {}).get(LABELS[0].value, ())
        labels = [label for label in declared if isinstance(label, Literal)]
        return min(labels, key=self._rank).value if labels else None

    def _rank(self, label: Literal) -> tuple[int, str]:
        """Order labels: the language asked for, then English, then none, then the others."""
        language = (label.language or "").lower()
        wanted = (self._lang or "").lower()
        if language == wanted or language.startswith(wanted + "-"):
            return 0, label.value
        return {"en": 1, "": 2}.get(language, 3), label.value
