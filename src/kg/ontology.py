"""The vocabulary as the ontology declares it: what a term is, how it is typed, how views draw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.namespaces import KG, RDF, RDFS, XSD
from kg.resources import resource

_LANG_STRING = RDF + "langString"


@dataclass(frozen=True)
class Ontology:
    """Terms by IRI, with the objects of each of their properties."""

    terms: dict[str, dict[str, tuple[NamedNode | Literal, ...]]]
    _ancestors: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def __contains__(self, iri: str) -> bool:
        return iri in self.terms

    def values(self, term: str, predicate: str) -> tuple[str, ...]:
        """Return the values that a term has for a property, as strings."""
        return tuple(o.value for o in self.terms.get(term, {}).get(predicate, ()))

    def is_a(self, term: str, cls: str) -> bool:
        """Tell whether a term has the class as its type, or a subclass of it.

        >>> load_ontology().is_a(KG + "taobaoVillagesRank", KG + "Measure")
        True
        """
        return any(cls in self.ancestors(t) for t in self.values(term, RDF + "type"))

    def ancestors(self, cls: str) -> frozenset[str]:
        """Return a class and all that it is a subclass of."""
        if cls not in self._ancestors:
            self._ancestors[cls] = frozenset({cls})  # a cycle ends here
            above = (self.ancestors(c) for c in self.values(cls, RDFS + "subClassOf"))
            self._ancestors[cls] = frozenset({cls}).union(*above)
        return self._ancestors[cls]

    def literal_type(self, prop: str) -> str | None:
        """Return the datatype of a property's literals; ``None`` when its values are entities."""
        found = self.values(prop, KG + "literalType")
        return found[0] if found else None

    def drawn_as(self, term: str) -> str:
        """Return the local name of the term's drawing style: Edge, Attribute, FoldedEdge or Hidden.

        >>> load_ontology().drawn_as(KG + "hostedBy")
        'Edge'
        """
        found = self.values(term, KG + "drawnAs")
        return found[0].removeprefix(KG) if found else "Hidden"

    def literal(self, prop: str, text: str) -> Literal:
        """Return the text as a literal of the property's declared type.

        >>> load_ontology().literal(KG + "edition", "1")
        <Literal value=1 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
        """
        kind = self.literal_type(prop)
        if kind and kind.rpartition("#")[2] in _DATES.values():
            # A page may know the month where the property is of days, or only the year.
            kind = XSD + _DATES.get(len(text), kind.rpartition("#")[2])
        if kind == _LANG_STRING:
            return Literal(text, language="zh")
        return Literal(text, datatype=NamedNode(kind or XSD + "string"))


_DATES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def read_ontology(triples: Iterable[Triple]) -> Ontology:
    """Return the ontology that the triples describe."""
    terms: dict[str, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            terms[triple.subject.value][triple.predicate.value].append(triple.object)
    return Ontology({s: {p: tuple(o) for p, o in po.items()} for s, po in terms.items()})


@cache
def load_ontology(path: Path | None = None) -> Ontology:
    """Read the shipped ontology, or the one at ``path``."""
    file = path or resource("ontology/kg.ttl")
    return read_ontology(q.triple for q in parse(path=str(file), format=RdfFormat.TURTLE))
