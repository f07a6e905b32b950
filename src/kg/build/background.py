"""Entities, their names and what reference works say of them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.build.locate import DERIVED
from kg.errors import FactsError
from kg.facts.catalogue import Catalogue, Entity, class_iri
from kg.identifiers import content_id, source_iri
from kg.namespaces import DCTERMS, ID, KG, RDF, RDFS, SCHEMA, SKOS, XSD
from kg.ontology import Ontology

_TYPE = NamedNode(RDF + "type")
_LABEL = NamedNode(RDFS + "label")
_WIKIDATA = "http://www.wikidata.org/entity/"


#: What a statement rests on: the property that leads to a span or a reference work, and its IRI.
Evidence = list[tuple[str, str]]


def names(node: NamedNode, zh: str, en: str) -> set[Triple]:
    """Return the two labels of a node."""
    return {
        Triple(node, _LABEL, Literal(zh, language="zh")),
        Triple(node, _LABEL, Literal(en, language="en")),
    }


def statement(
    subject: NamedNode,
    predicate: str,
    obj: NamedNode | Literal,
    evidence: Evidence,
    *more: Triple,
    key: str = "",
) -> tuple[NamedNode, set[Triple]]:
    """Return the triple and the ``rdf:Statement`` that carries its evidence."""
    node = NamedNode(content_id("st", subject.value, predicate, str(obj), *(iri for _, iri in evidence), key))
    triples = {
        Triple(subject, NamedNode(predicate), obj),
        Triple(node, _TYPE, NamedNode(RDF + "Statement")),
        Triple(node, NamedNode(RDF + "subject"), subject),
        Triple(node, NamedNode(RDF + "predicate"), NamedNode(predicate)),
        Triple(node, NamedNode(RDF + "object"), obj),
    }
    triples |= {Triple(node, NamedNode(role), NamedNode(iri)) for role, iri in evidence}
    return node, triples


def catalogue_triples(catalogue: Catalogue, stated: set[Triple], ontology: Ontology) -> set[Triple]:
    """Return names, types and background facts of every entity that the pages use.

    A containment that a page states needs no reference work; the rest names the one it comes from.
    """
    pairs = {(t.subject, t.predicate.value) for t in stated}
    used = {t.subject for t in stated} | {t.object for t in stated}
    triples: set[Triple] = set()
    pending = [e for e in catalogue.entities.values() if NamedNode(ID + e.id) in used]
    done: set[str] = set()
    cited: set[str] = set()
    while pending:
        entity = pending.pop()
        if entity.id in done:
            continue
        done.add(entity.id)
        triples |= _entity(entity, ontology)
        for predicate, obj, reference in _background(entity):
            node = NamedNode(ID + entity.id)
            if predicate == SCHEMA + "containedInPlace" and (node, predicate) in pairs:
                continue
            cited.add(reference)
            triples |= statement(node, predicate, obj, [(DERIVED, source_iri(reference))])[1]
        if entity.within:
            pending.append(catalogue.entities[entity.within])
    for name in sorted(cited):
        if name not in catalogue.references:
            raise FactsError(f"references.yaml lacks {name}", hint="add it with zh, en and note")
        work = catalogue.references[name]
        node = NamedNode(source_iri(name))
        triples |= names(node, work.zh, work.en)
        triples.add(Triple(node, _TYPE, NamedNode(KG + "ReferenceSource")))
        triples.add(Triple(node, NamedNode(DCTERMS + "description"), Literal(work.note, language="en")))
    return triples


def _entity(entity: Entity, ontology: Ontology) -> set[Triple]:
    cls = class_iri(entity.type)
    if cls not in ontology:
        raise FactsError(
            f"{entity.id} is a {entity.type}, which the ontology does not know", hint="see ontology/kg.ttl"
        )
    node = NamedNode(ID + entity.id)
    triples = names(node, entity.zh, entity.en) | {Triple(node, _TYPE, NamedNode(cls))}
    for alias in entity.aliases:
        triples.add(Triple(node, NamedNode(SKOS + "altLabel"), Literal(alias, language="zh")))
    return triples


def _background(entity: Entity) -> list[tuple[str, NamedNode | Literal, str]]:
    facts: list[tuple[str, NamedNode | Literal, str]] = []
    decimal = NamedNode(XSD + "decimal")
    if entity.official:
        reference = "gb2260" if entity.gb2260 else "editor"
        facts.append((KG + "officialName", Literal(entity.official, language="zh"), reference))
    if entity.gb2260:
        facts.append((KG + "gb2260", Literal(entity.gb2260), "gb2260"))
    if entity.within:
        facts.append((SCHEMA + "containedInPlace", NamedNode(ID + entity.within), "gb2260"))
    if entity.latitude and entity.longitude:
        facts.append((SCHEMA + "latitude", Literal(entity.latitude, datatype=decimal), "cpca"))
        facts.append((SCHEMA + "longitude", Literal(entity.longitude, datatype=decimal), "cpca"))
    if entity.match:
        facts.append((SKOS + "closeMatch", NamedNode(_WIKIDATA + entity.match), "wikidata"))
    return facts
