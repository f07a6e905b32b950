"""What is in a dataset, in the terms of VoID (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.namespaces import PREFIXES, RDF, XSD
from kg.query.run import evaluate
from kg.store.protocol import Store

_VOID = PREFIXES["void"]
_COUNTS = {
    "subjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "objects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
}
_PARTS = {
    "classes": "SELECT ?it (COUNT(?s) AS ?n) { ?s a ?it } GROUP BY ?it",
    "properties": "SELECT ?it (COUNT(*) AS ?n) { ?s ?it ?o } GROUP BY ?it",
    # A span is its source and a fragment, so the source need not be looked up.
    "sources": """SELECT ?it (COUNT(DISTINCT ?s) AS ?n) {
        ?s prov:wasDerivedFrom ?span BIND(IRI(STRBEFORE(CONCAT(STR(?span), "#"), "#")) AS ?it)
    } GROUP BY ?it""",
}


class Statistics(NamedTuple):
    """Counts of a dataset; dictionaries go from an IRI to how often it occurs, the most frequent first."""

    statements: int
    subjects: int
    objects: int
    #: Instances of each class.
    classes: dict[str, int]
    #: Statements with each property.
    properties: dict[str, int]
    #: Statements and observations that each source is evidence for.
    sources: dict[str, int]

    def to_turtle(self) -> str:
        """Return a ``void:Dataset``."""
        dataset = BlankNode("dataset")
        triples = [
            Triple(dataset, NamedNode(RDF + "type"), NamedNode(_VOID + "Dataset")),
            *(
                Triple(dataset, NamedNode(_VOID + term), _number(number))
                for term, number in (
                    ("triples", self.statements),
                    ("distinctSubjects", self.subjects),
                    ("distinctObjects", self.objects),
                    ("classes", len(self.classes)),
                    ("properties", len(self.properties)),
                )
            ),
        ]
        for partition, term, count, parts in (
            ("classPartition", "class", "entities", self.classes),
            ("propertyPartition", "property", "triples", self.properties),
        ):
            for i, (iri, number) in enumerate(parts.items()):
                part = BlankNode(f"{term}{i}")
                triples += [
                    Triple(dataset, NamedNode(_VOID + partition), part),
                    Triple(part, NamedNode(_VOID + term), NamedNode(iri)),
                    Triple(part, NamedNode(_VOID + count), _number(number)),
                ]
        # VoID has no term for how much a source is evidence for; that it is one, dcterms says.
        source = NamedNode(PREFIXES["dcterms"] + "source")
        triples += [Triple(dataset, source, NamedNode(iri)) for iri in self.sources]
        prefixes = {p: PREFIXES[p] for p in ("void", "kg", "schema", "dcterms", "rdf", "rdfs", "xsd")}
        turtle = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=prefixes)
        return (turtle or b"").decode()


def statistics(store: Store) -> Statistics:
    """Count what is in a store.

    >>> from kg.store import MemoryStore
    >>> found = statistics(MemoryStore.parse("<urn:cao> a <urn:County> ; <urn:villages> 151, 152 ."))
    >>> found.statements, found.subjects, found.classes, found.properties["urn:villages"]
    (3, 1, {'urn:County': 1}, 2)
    """
    counts = {name: _count(store, query) for name, query in _COUNTS.items()}
    parts = {name: _parts(store, query) for name, query in _PARTS.items()}
    return Statistics(len(store), **counts, **parts)  # type: ignore[arg-type]


def _count(store: Store, query: str) -> int:
    (row,) = evaluate(store, query).cells()
    return int(row[0].value) if isinstance(row[0], Literal) else 0


def _parts(store: Store, query: str) -> dict[str, int]:
    found = {
        it.value: int(n.value)
        for it, n in evaluate(store, query).cells()
        if isinstance(it, NamedNode) and isinstance(n, Literal)
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))
