"""The rules that SHACL cannot say well, each a function that yields what breaks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kg.check.report import Violation
from kg.figures import read_figures
from kg.identifiers import SLUG, span_iri
from kg.namespaces import ID, KG, OA, PROV, RDF, SCHEMA, SKOS, SOURCE
from kg.ontology import Ontology
from kg.text import QUOTE_LIMIT, squash

_TYPE = NamedNode(RDF + "type")
_DERIVED = NamedNode(PROV + "wasDerivedFrom")
#: Words beside a statement, for its time and its speaker.
_BESIDE = (NamedNode(KG + "periodIn"), NamedNode(KG + "speakerIn"))
_EXACT = NamedNode(OA + "exact")
_HASHED = re.compile(r"(?:st|obs)-[0-9a-f]{12}\Z")

Rule = Callable[[Store, Ontology], Iterator[Violation]]


def evidence(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """Every fact has a statement, every statement and figure has evidence that is in the graph."""
    stated = set()
    for statement in instances(store, RDF + "Statement"):
        subject, predicate, obj = (
            _value(store, statement, RDF + p) for p in ("subject", "predicate", "object")
        )
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or obj is None:
            continue  # the shapes say so
        stated.add((subject, predicate, obj))
        if not any(store.quads_for_pattern(subject, predicate, obj, None)):
            yield Violation("evidence", statement.value, "what it states is not in the graph", "run kg build")
    for node in (*instances(store, RDF + "Statement"), *instances(store, SCHEMA + "Observation")):
        sources = [q.object for q in store.quads_for_pattern(node, _DERIVED, None, None)]
        if not sources:
            yield Violation(
                "evidence", node.value, "no evidence", "add the quote that carries it, or take it out"
            )
        sources += [q.object for role in _BESIDE for q in store.quads_for_pattern(node, role, None, None)]
        for source in sources:
            if not isinstance(source, NamedNode) or not list(
                store.quads_for_pattern(source, _TYPE, None, None)
            ):
                yield Violation(
                    "evidence", node.value, f"its evidence {source} is not in the graph", "run kg build"
                )
    apparatus = {
        node
        for cls in (RDF + "Statement", SCHEMA + "Observation", OA + "SpecificResource", KG + "NewspaperPage")
        for node in instances(store, cls)
    }
    articles = {q.object for q in store.quads_for_pattern(None, NamedNode(SCHEMA + "isPartOf"), None, None)}
    for quad in store:
        predicate = quad.predicate.value
        drawn = ontology.drawn_as(predicate) in ("Edge", "Attribute") or predicate in _BACKGROUND
        structural = predicate == SCHEMA + "isPartOf" and (
            quad.subject in articles or quad.subject in apparatus
        )
        if predicate == SCHEMA + "isPartOf" and isinstance(quad.object, NamedNode):
            structural = structural or quad.object.value.startswith(SOURCE)
        if not drawn or structural or (quad.subject in apparatus and predicate != SCHEMA + "publisher"):
            continue
        if (quad.subject, quad.predicate, quad.object) not in stated:
            yield Violation(
                "evidence",
                str(quad.subject).strip("<>"),
                f"{quad.predicate} {quad.object} has no statement with evidence",
                "add the fact to a facts file with its quote, or take it out",
                predicate,
            )


#: Hidden in views, yet a fact of a reference work.
_BACKGROUND = (SKOS + "closeMatch",)


def vocabulary(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """No property, class or term of ours that the ontology does not know; schema.org is https."""
    unknown: dict[str, str] = {}
    for quad in store:
        terms = [quad.predicate.value]
        if isinstance(quad.object, NamedNode) and (
            quad.predicate == _TYPE or quad.object.value.startswith((KG, "http://schema.org/"))
        ):
            terms.append(quad.object.value)
        for term in terms:
            if term not in ontology:
                unknown.setdefault(term, str(quad.subject))
    for term, subject in unknown.items():
        if term.startswith("http://schema.org/"):
            hint = f"write https: {term.replace('http:', 'https:', 1)}"
            yield Violation("schema-https", term, f"http://schema.org/ is used (first by {subject})", hint)
        else:
            hint = "add it to ontology/kg.ttl, or use a term that is there"
            yield Violation(
                "vocabulary", term, f"the ontology does not know it (first used by {subject})", hint
            )


def quotes(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """Quotes are phrases; a figure's own wording stands in one of its quotes."""
    for quad in store.quads_for_pattern(None, _EXACT, None, None):
        length = len(squash(_text(quad.object)))
        if not 0 < length <= QUOTE_LIMIT:
            yield Violation(
                "quotes",
                str(quad.subject)[1:-1],
                f"a quote of {length} characters",
                f"quote 1 to {QUOTE_LIMIT}",
            )
    for figure in instances(store, SCHEMA + "Observation"):
        words = {
            squash(_text(q.object))
            for span in store.quads_for_pattern(figure, _DERIVED, None, None)
            for selector in _objects(store, span.object, OA + "hasSelector")
            for q in store.quads_for_pattern(selector, _EXACT, None, None)
        }
        verbatim = _value(store, figure, KG + "verbatim")
        if words and verbatim is not None and not any(squash(_text(verbatim)) in w for w in words):
            yield Violation(
                "quotes",
                figure.value,
                f"{verbatim} stands in none of its quotes",
                "quote the words of the figure",
            )


def figures(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """A figure's numbers are those that its own wording says."""
    for figure in instances(store, SCHEMA + "Observation"):
        read = read_figures(_text(_value(store, figure, KG + "verbatim")))
        said = {n for f in read for n in (f.value, f.minimum, f.maximum) if n is not None}
        for name in ("value", "minValue", "maxValue"):
            stated = _value(store, figure, SCHEMA + name)
            if said and isinstance(stated, Literal) and Decimal(stated.value) not in said:
                words = ", ".join(f"{f.verbatim} = {f.value or f.minimum or f.maximum:f}" for f in read)
                yield Violation(
                    "figures",
                    figure.value,
                    f"it has {stated.value}, its words say {words}",
                    "run kg build",
                    SCHEMA + name,
                )


def ids(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """Every node has a well-formed IRI, and a span's IRI is its position."""
    nodes = {q.subject for q in store} | {q.object for q in store if not isinstance(q.object, Literal)}
    for node in nodes:
        if isinstance(node, BlankNode):
            yield Violation("ids", str(node), "a blank node", "give it an IRI: diffs must be stable")
        elif (
            isinstance(node, NamedNode)
            and node.value.startswith(ID)
            and not SLUG.match(node.value[len(ID) :])
        ):
            yield Violation(
                "ids", node.value, "no well-formed id", "use lower-case letters, digits and hyphens"
            )
    for cls in (RDF + "Statement", SCHEMA + "Observation"):
        for node in instances(store, cls):
            if not _HASHED.match(node.value.removeprefix(ID)):
                yield Violation("ids", node.value, "its id is no content hash", "run kg build")
    for quad in store.quads_for_pattern(None, NamedNode(KG + "gb2260"), None, None):
        if not str(quad.subject)[1:-1].endswith("-" + _text(quad.object)):
            yield Violation(
                "ids", str(quad.subject)[1:-1], "its id does not end in its code", "mend places.csv"
            )
    for span in instances(store, OA + "SpecificResource"):
        for selector in _objects(store, span, OA + "hasSelector"):
            start, end = (_value(store, selector, OA + p) for p in ("start", "end"))
            source = _value(store, span, OA + "hasSource")
            if start is None or end is None or source is None:
                continue
            wanted = span_iri(str(source)[1:-1].removeprefix(SOURCE), int(_text(start)), int(_text(end)))
            if span.value != wanted:
                yield Violation("ids", span.value, f"its position makes it {wanted}", "run kg build")


_TOTALS = """
PREFIX kg: <https://kg.example/ontology#> PREFIX schema: <https://schema.org/>
SELECT ?figure ?place ?list ?value (COUNT(DISTINCT ?county) AS ?listed) WHERE {
  ?figure schema:variableMeasured kg:listedCounties ; schema:observationAbout ?place ;
          kg:inList ?list ; schema:value ?value .
  FILTER NOT EXISTS { ?figure schema:measurementQualifier ?about }
  ?list schema:itemListElement ?county . ?county schema:containedInPlace+ ?place .
} GROUP BY ?figure ?place ?list ?value HAVING (COUNT(DISTINCT ?county) != ?value)
"""


def totals(store: Store, ontology: Ontology) -> Iterator[Violation]:
    """Where a list's members are in the graph, they are as many as the page says."""
    for row in store.query(_TOTALS):  # type: ignore[union-attr]
        yield Violation(
            "totals",
            row["figure"].value,
            f"the page says {row['value'].value} of {row['list'].value} lie in {row['place'].value}, "
            f"the graph has {row['listed'].value}",
            "add the members that are missing, or mend the figure",
        )


RULES: tuple[Rule, ...] = (evidence, vocabulary, quotes, figures, ids, totals)


def instances(store: Store, cls: str) -> list[NamedNode]:
    """Return the nodes that are typed as the class itself."""
    quads = store.quads_for_pattern(None, _TYPE, NamedNode(cls), None)
    return [q.subject for q in quads if isinstance(q.subject, NamedNode)]


def _objects(store: Store, node: object, predicate: str) -> list[NamedNode]:
    quads = store.quads_for_pattern(node, NamedNode(predicate), None, None)  # type: ignore[arg-type]
    return [q.object for q in quads if isinstance(q.object, NamedNode)]


def _value(store: Store, node: NamedNode, predicate: str) -> NamedNode | Literal | None:
    quads = store.quads_for_pattern(node, NamedNode(predicate), None, None)
    return next((q.object for q in quads if isinstance(q.object, NamedNode | Literal)), None)


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""
