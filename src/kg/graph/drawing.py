"""How each property and class is drawn, as the ontology declares it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import Literal

from kg.graph.index import Index
from kg.namespaces import KG, OWL, RDF, RDFS, SCHEMA, SKOS, shorten

TYPE, LABEL = RDF + "type", RDFS + "label"

#: What stands for a name where an entity has no rdfs:label.
_NAMES = (LABEL, SKOS + "prefLabel", SCHEMA + "name", SCHEMA + "headline", SCHEMA + "alternateName")
#: Resources of these classes describe the vocabulary; they are no entities of the graph.
_VOCABULARY = frozenset(
    {OWL + name for name in ("Class", "Ontology", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    | {RDFS + "Class", RDF + "Property"}
)
#: What bears one of these is a term of a vocabulary, whatever its class.
_TERM = frozenset({RDFS + "isDefinedBy", RDFS + "subClassOf", RDFS + "subPropertyOf", KG + "drawnAs"})


@dataclass(frozen=True, slots=True)
class Fold:
    """A class whose nodes become one edge: what points at the node, and what leaves it."""

    start: str
    end: str


@dataclass
class Drawing:
    """Say what becomes a node, an edge, an attribute, or nothing.

    What the ontology does not declare is drawn by what it is: a link to a resource as an edge,
    a literal as an attribute.
    """

    index: Index
    styles: dict[str, str] = field(default_factory=dict)
    folds: dict[str, Fold] = field(default_factory=dict)
    _names: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, index: Index) -> Drawing:
        """Read the declarations out of the triples; where they hold none, out of the shipped ontology."""
        drawing = cls(_with_ontology(index))
        for subject, style in drawing.index.single(KG + "drawnAs").items():
            drawing.styles[subject] = str(style).removeprefix(KG)
            start, end = (drawing.index.iri(subject, KG + name) for name in ("foldFrom", "foldTo"))
            if drawing.styles.get(subject) == "FoldedEdge" and start and end:
                drawing.folds[subject] = Fold(start, end)
        return drawing

    def style(self, predicate: str, value: object) -> str:
        """Return ``Edge``, ``Attribute`` or ``Hidden`` for a property with such a value.

        A property declared an edge that holds a literal is an attribute: it has no node to lead to.
        """
        declared = self.styles.get(predicate)
        if declared == "Hidden" or predicate == TYPE or predicate in _NAMES:
            return "Hidden"
        if isinstance(value, Literal):
            return "Attribute"
        return declared or "Edge"

    def directed(self, predicate: str) -> bool:
        """Return whether an edge of this property carries an arrow."""
        declared = self.index.single(KG + "directed").get(predicate)
        return not (isinstance(declared, Literal) and declared.value == "false")

    def hides(self, subject: str) -> bool:
        """Return whether a resource is bookkeeping (a statement, a span, a term) rather than an entity."""
        return subject in self._terms or (subject in self._bookkeeping and subject not in self.types)

    @cached_property
    def types(self) -> dict[str, list[str]]:
        """The classes of each resource, sorted, without those that the ontology hides."""
        found: dict[str, list[str]] = {}
        for type in self.index.classes:
            if self.styles.get(type) != "Hidden":
                for subject in self.index.members(type):
                    found.setdefault(subject, []).append(type)
        return found

    @cached_property
    def _bookkeeping(self) -> set[str]:
        hidden = (type for type in self.index.classes if self.styles.get(type) == "Hidden")
        return set().union(*map(self.index.members, hidden))

    @cached_property
    def _terms(self) -> set[str]:
        marked: set[str] = set().union(*map(self.index.column, _TERM))
        return marked.union(*map(self.index.members, _VOCABULARY))

    def fold(self, subject: str) -> Fold | None:
        """Return how a node folds into an edge, if its class does."""
        return next((self.folds[t] for t in self.types.get(subject, ()) if t in self.folds), None)

    def type(self, subject: str) -> str:
        """Return the most specific class of an entity; the first by name where several are.

        An entity without one is an ``rdfs:Resource``, which everything is.
        """
        types = self.types.get(subject, [])
        broader = {above for type in types for above in self.ancestors(type)}
        return next((type for type in types if type not in broader), types[0] if types else RDFS + "Resource")

    def ancestors(self, type: str) -> list[str]:
        """Return the classes above a class, nearest first."""
        found: list[str] = []
        layer = [type]
        while layer:
            above = [a for t in layer for a in self.index.iris(t, RDFS + "subClassOf")]
            layer = [a for a in dict.fromkeys(above) if a not in (*found, type)]
            found += layer
        return found

    def name(self, iri: str, lang: str) -> str:
        """Return what an entity is called in a language, or nothing; language ``""`` takes any."""
        found = (self.index.text(iri, name, lang or None) for name in _NAMES)
        return next(filter(None, found), "")

    def names(self, iri: str) -> tuple[str, str]:
        """Return what an entity is called in Chinese and in English; its identifier if it has no name.

        >>> from pyoxigraph import NamedNode, Triple
        >>> cao = NamedNode("https://kg.example/id/cao")
        >>> index = Index.read([Triple(cao, NamedNode(LABEL), Literal("曹县", language="zh"))])
        >>> Drawing(index).names(cao.value), Drawing(index).names(SCHEMA + "about")
        (('曹县', '曹县'), ('schema:about', 'schema:about'))
        """
        if iri not in self._names:
            zh, en = self.name(iri, "zh"), self.name(iri, "en")
            fallback = en or zh or self.name(iri, "") or shorten(iri).strip("<>").removeprefix("id:")
            self._names[iri] = zh or fallback, en or fallback
        return self._names[iri]


def _with_ontology(index: Index) -> Index:
    """Return the index, or where it declares no drawing, one that knows the shipped ontology too."""
    if index.column(KG + "drawnAs"):
        return index
    from pyoxigraph import RdfFormat, parse

    from kg.resources import resource

    return index.beside(parse(path=str(resource("ontology/kg.ttl")), format=RdfFormat.TURTLE))
