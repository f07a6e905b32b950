"""What the graph says of an entity: its names, its facts out and in, its figures, each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.entities.cells import EVIDENCE, row
from kg.errors import DataError
from kg.evidence import DERIVED, OBJECT, PREDICATE, SUBJECT, Evidence, EvidenceIndex
from kg.namespaces import KG, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.query.terms import Labels
from kg.store.protocol import Store, Term

_TYPE = NamedNode(RDF + "type")
_SELECTOR = NamedNode(OA + "hasSelector")
_ABOUT, _MEASURE = NamedNode(SCHEMA + "observationAbout"), NamedNode(SCHEMA + "variableMeasured")
_NAMES = {RDFS + "label", SKOS + "altLabel", SKOS + "prefLabel", SCHEMA + "name", KG + "officialName"}
#: Properties that tie statements, spans and sources together: they say nothing of an entity.
PLUMBING = tuple(
    NamedNode(iri)
    for iri in (
        *(RDF + name for name in ("type", "subject", "predicate", "object")),
        *(PROV + name for name in ("wasDerivedFrom", "wasAttributedTo")),
        *(OA + name for name in ("hasSource", "hasSelector", "exact", "prefix", "suffix", "start", "end")),
        *(SCHEMA + name for name in ("observationAbout", "variableMeasured")),
        *(KG + name for name in ("modality", "comparedWithin", "inList", "method", "sha256")),
        RDFS + "isDefinedBy",
        OWL + "inverseOf",
    )
)
COLUMNS = ("kind", "property", "value", "unit", "qualifier", "period", "about", *EVIDENCE)


@dataclass(frozen=True)
class Fact:
    """A triple about an entity; ``inward`` where the entity is its object."""

    triple: Triple
    inward: bool
    evidence: tuple[Evidence, ...]

    @property
    def other(self) -> Term:
        """The other end of the triple."""
        return self.triple.subject if self.inward else self.triple.object


@dataclass(frozen=True)
class Figure:
    """An observation: what was measured, the value as the page words it, of when, by whom."""

    node: NamedNode | BlankNode
    about: Term
    measure: Term
    value: Literal
    verbatim: str
    unit: str
    qualifier: str
    period: str
    evidence: tuple[Evidence, ...]
    #: As the graph has them: the code of the unit, the IRI of the qualifier, the bounds; ``bounded`` where
    #: there is no other value than these.
    unit_code: str = ""
    qualified: str = ""
    minimum: Literal | None = None
    maximum: Literal | None = None
    bounded: bool = False


@dataclass(frozen=True)
class Description:
    """All that a store says of one entity."""

    store: Store
    iri: NamedNode
    label: str
    types: tuple[str, ...]
    names: tuple[Literal, ...]
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    #: The figures of which it is the measure.
    measured: tuple[Figure, ...] = ()

    def triples(self) -> list[Triple]:
        """Return the triples of the description: those of the entity and of its figures."""
        nodes = [self.iri, *(figure.node for figure in (*self.figures, *self.measured))]
        own = {quad.triple for node in nodes for quad in self.store.quads(node)}
        return sorted(own | {fact.triple for fact in self.facts}, key=str)

    def listing(self, *, graph: bool = False) -> Listing:
        """Return the description as rows of ``COLUMNS``, or as its triples."""
        prefixes = known_prefixes(self.store)
        triples = self.triples() if graph else None
        return Listing(COLUMNS, list(self._rows()), self.store, prefixes, triples=triples)

    def _rows(self) -> Iterator[tuple[Term | None, ...]]:
        for name in self.names:
            yield _row(kind="name", value=name)
        for fact in self.facts:
            kind = "fact in" if fact.inward else "fact"
            for words in fact.evidence or (None,):
                yield _row(words, kind=kind, property=fact.triple.predicate, value=fact.other)
        for figure in (*self.figures, *self.measured):
            for words in figure.evidence or (None,):
                yield _row(
                    words,
                    kind="figure",
                    property=figure.measure,
                    value=figure.value,
                    unit=figure.unit,
                    qualifier=figure.qualifier,
                    period=figure.period,
                    about=figure.about,
                )


def describe(store: Store, iri: str, *, lang: str = "zh") -> Description:
    """Return what a store says of an entity.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix s: <https://schema.org/> .
    ...     <urn:cao> <http://www.w3.org/2000/01/rdf-schema#label> "曹县"@zh ; <urn:in> <urn:heze> .
    ...     <urn:obs> s:observationAbout <urn:cao> ; s:variableMeasured <urn:villages> ; s:value 151 .''')
    >>> cao = describe(store, "urn:cao")
    >>> cao.label, [str(fact.other) for fact in cao.facts], [figure.value.value for figure in cao.figures]
    ('曹县', ['<urn:heze>'], ['151'])

    Raises ``DataError`` when the store says nothing of it.
    """
    node = NamedNode(iri)
    index = EvidenceIndex(store, lang)
    labels = Labels(store, known_prefixes(store), lang)
    names = [quad.object for quad in store.quads(node) if quad.predicate.value in _NAMES]
    types = sorted(labels.text(quad.object) for quad in store.quads(node, _TYPE))
    found = Description(
        store,
        node,
        labels.text(node),
        tuple(types),
        tuple(sorted((name for name in names if isinstance(name, Literal)), key=str)),
        tuple(_facts(store, node, index, labels)),
        tuple(figures(store, node, index, labels)),
        tuple(figures_of(store, node, index, labels)),
    )
    if not (found.names or found.types or found.facts or found.figures or found.measured):
        raise DataError(f"the graph says nothing of <{iri}>", hint="kg search finds what it does speak of")
    return found


def relations(store: Store, node: Term) -> Iterator[tuple[Triple, bool]]:
    """Yield the triples that relate a node to another, and whether it is their object.

    Names, types and what ties statements to their evidence are left out.
    """
    if not isinstance(node, Literal):
        for quad in store.quads(node):
            if quad.predicate not in PLUMBING and quad.predicate.value not in _NAMES:
                yield quad.triple, False
    for quad in store.quads(None, None, node):
        if quad.predicate not in PLUMBING and not any(True for _ in store.quads(quad.subject, _SELECTOR)):
            yield quad.triple, True


def _facts(store: Store, node: NamedNode, index: EvidenceIndex, labels: Labels) -> Iterator[Fact]:
    found = {
        triple: inward
        for triple, inward in relations(store, node)
        if not (inward and any(True for _ in store.quads(triple.subject, DERIVED)))
    }

    def order(item: tuple[Triple, bool]) -> tuple[bool, str, str]:
        triple, inward = item
        other = triple.subject if inward else triple.object
        return inward, labels.text(triple.predicate), labels.text(other)

    for triple, inward in sorted(found.items(), key=order):
        pieces = {piece for statement in index.statements(triple) for piece in index.of(statement)}
        yield Fact(triple, inward, tuple(sorted(pieces, key=lambda piece: piece.order)))
    # Of a statement: what it states, with its own words beside the last.
    stated = [quad.triple for name in (SUBJECT, PREDICATE, OBJECT) for quad in store.quads(node, name)]
    for triple in stated:
        yield Fact(triple, False, index.of(node) if triple.predicate == OBJECT else ())


def figures(
    store: Store, node: NamedNode, index: EvidenceIndex, labels: Labels, *, measure: NamedNode | None = None
) -> list[Figure]:
    """Return the figures about an entity, of all measures or of one."""
    found = _read(store, _ABOUT, node, index, labels)
    order = sorted(found, key=lambda f: (labels.text(f.measure), f.period, str(f.node)))
    return [figure for figure in order if measure in (None, figure.measure)]


def figures_of(store: Store, measure: NamedNode, index: EvidenceIndex, labels: Labels) -> list[Figure]:
    """Return the figures of a measure, of whatever entity."""
    found = _read(store, _MEASURE, measure, index, labels)
    return sorted(found, key=lambda f: (labels.text(f.about), f.period, str(f.node)))


def _read(
    store: Store, by: NamedNode, node: NamedNode, index: EvidenceIndex, labels: Labels
) -> Iterator[Figure]:
    for quad in store.quads(None, by, node):
        observation = quad.subject
        if isinstance(observation, Triple):
            continue
        said: dict[str, Term] = {}
        for each in store.quads(observation):
            said.setdefault(each.predicate.value, each.object)
        # A bound alone (前十位, 千万元以上) has no value of its own.
        values = (said.get(SCHEMA + name) for name in ("value", "minValue", "maxValue"))
        value, about, measure = (
            next(filter(None, values), None),
            said.get(_ABOUT.value),
            said.get(_MEASURE.value),
        )
        if not isinstance(value, Literal) or about is None or measure is None:
            continue
        yield Figure(
            observation,
            about,
            measure,
            value,
            _text(said, KG + "verbatim"),
            _text(said, SCHEMA + "unitText") or _text(said, SCHEMA + "unitCode"),
            labels.text(said.get(SCHEMA + "measurementQualifier")),
            period(said),
            index.of(observation),
            _text(said, SCHEMA + "unitCode"),
            getattr(said.get(SCHEMA + "measurementQualifier"), "value", ""),
            _literal(said.get(SCHEMA + "minValue")),
            _literal(said.get(SCHEMA + "maxValue")),
            SCHEMA + "value" not in said,
        )


def period(said: dict[str, Term]) -> str:
    """Return the period of an observation: its dates, or the page's words for it."""
    days = [_text(said, SCHEMA + name) for name in ("startDate", "endDate")]
    if any(days):
        return "/".join(dict.fromkeys(day for day in days if day))
    return _text(said, KG + "periodVerbatim") or _text(said, SCHEMA + "observationDate")


def _text(said: dict[str, Term], name: str) -> str:
    term = said.get(name)
    return term.value if isinstance(term, Literal) else ""


def _literal(term: Term | None) -> Literal | None:
    return term if isinstance(term, Literal) else None


def _row(words: Evidence | None = None, **given: Term | str) -> tuple[Term | None, ...]:
    return row(COLUMNS, words, given)
