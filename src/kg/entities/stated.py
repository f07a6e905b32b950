"""Whether a fact is stated. What is not stated is not false: a newspaper page says little."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.entities.asked import Asked
from kg.entities.cells import EVIDENCE, row
from kg.entities.describe import Figure, figures
from kg.entities.names import resolve
from kg.errors import AmbiguousName, UnknownName
from kg.evidence import OBJECT, PREDICATE, SUBJECT, Evidence, EvidenceIndex
from kg.namespaces import KG, OWL, RDF, RDFS, SCHEMA
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.query.terms import Labels
from kg.store.protocol import Store, Term

#: Properties that hold from the first to the last of a chain, and by what the chain goes on.
CHAINS = {
    SCHEMA + "containedInPlace": SCHEMA + "containedInPlace",
    RDF + "type": RDFS + "subClassOf",
}
#: What is said of a statement that is quoted, while its triple is not in the graph.
UNASSERTED = "which is quoted but not asserted"


@dataclass(frozen=True)
class Statement:
    """An answer to "is it stated?": ``verdict`` is ``stated``, ``stated otherwise`` or ``not stated``.

    ``found`` holds what the graph does state of the subject and the property, in words, with its evidence;
    ``hint`` says where the object is a name that the graph does not know.
    """

    verdict: str
    subject: str
    relation: str
    object: str
    found: tuple[tuple[str, tuple[Evidence, ...]], ...]
    hint: str = ""

    @property
    def sentence(self) -> str:
        """The answer in a sentence."""
        asked = f"{self.subject} {self.relation} {self.object}".strip()
        if self.verdict == "stated":
            return f"stated: {asked}"
        if self.verdict == "stated otherwise":
            about = f"{self.subject} {self.relation}"
            return f"stated otherwise: of {about} the graph does not say {self.object}, but:"
        return f"not stated: the graph does not say {asked}; that does not make it false"


def stated(store: Store, subject: str, relation: str, object: str = "", *, lang: str = "zh") -> Statement:
    """Say whether a subject has a property, or a measure, with a value, by their names.

    An object is compared as what the graph has there: an entity by its names, a literal by its text or its
    number, a figure by its number or the page's words. One that the graph has no name for is not stated.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...     <urn:cao> rdfs:label "曹县"@zh ; <urn:in> <urn:heze> . <urn:heze> rdfs:label "菏泽"@zh .
    ...     <urn:liaocheng> rdfs:label "聊城"@zh .''')
    >>> for place in ("菏泽", "聊城", "河北"):
    ...     print(stated(store, "曹县", "<urn:in>", place).verdict)
    stated
    stated otherwise
    not stated
    >>> stated(store, "菏泽", "<urn:in>").verdict
    'not stated'

    Raises ``UnknownName`` and ``AmbiguousName`` for the names of the subject and the property.
    """
    about = NamedNode(resolve(store, subject, prefixes=known_prefixes(store)))
    name = NamedNode(_property(store, relation, about))
    object = " ".join(object.split())
    index, labels = EvidenceIndex(store, lang), Labels(store, known_prefixes(store), lang)
    exact = Labels(store, known_prefixes(store), None)
    asked = Asked.of(store, object)
    said = sorted({quad.object for quad in store.quads(about, name)}, key=str)
    found = [_Found(labels.text(term), _pieces(index, Triple(about, name, term)), term) for term in said]
    unsaid = [
        _Found(labels.text(t.object), _pieces(index, t), t.object) for t in _unasserted(store, about, name)
    ]
    quoted = [each for each in unsaid if not object or asked.is_term(each.value, each.words)]
    matching = [each for each in found if asked.is_term(each.value, each.words)]
    for figure in figures(store, about, index, labels, measure=name):
        found.append(_Found(_figure(figure), figure.evidence))
        if asked.is_figure(figure):
            matching.append(found[-1])
    if object and name.value in CHAINS:
        far = _beyond(store, about, name, index, labels)
        matching += [each for each in far if asked.is_term(each.value, each.words)]
    entities = isinstance(_example(store, name, said), NamedNode)
    hint = _hint(store, object) if object and entities and not asked.iris and not matching else ""
    if matching or (found and not object):
        verdict = "stated"
    else:
        verdict = "stated otherwise" if found and not hint else "not stated"
    meant = labels.text(NamedNode(asked.iris[0])) if entities and len(asked.iris) == 1 else object
    shown = matching or found
    alike = Counter([*(each.words for each in (*shown, *quoted)), *([] if matching else [meant])])

    def apart(words: str, term: Term | None) -> str:
        """Show the name of a term beside its label where another thing reads the same."""
        if term is None or alike[words] < 2:
            return words
        return f"{words} ({exact.text(term)})" if isinstance(term, NamedNode) else str(term)

    return Statement(
        verdict,
        labels.text(about),
        labels.text(name),
        apart(meant, NamedNode(asked.iris[0])) if meant != object else object,
        (
            *((apart(each.words, each.value), each.evidence) for each in shown),
            *((f"{apart(each.words, each.value)}, {UNASSERTED}", each.evidence) for each in quoted),
        ),
        hint,
    )


def listing(store: Store, answer: Statement) -> Listing:
    """Return an answer as rows: what was asked, the verdict, and each thing found with its words."""
    columns = ("verdict", "subject", "property", "object", "found", *EVIDENCE)
    asked = {
        "verdict": answer.verdict,
        "subject": answer.subject,
        "property": answer.relation,
        "object": answer.object,
    }
    rows = [
        row(columns, words, {**asked, "found": found})
        for found, evidence in answer.found or (("", ()),)
        for words in evidence or (None,)
    ]
    return Listing(columns, rows, store, known_prefixes(store))


class _Found(NamedTuple):
    """A thing that the graph states, in words, with its evidence; ``value`` where it is a term."""

    words: str
    evidence: tuple[Evidence, ...]
    value: Term | None = None


def _beyond(
    store: Store, about: NamedNode, name: NamedNode, index: EvidenceIndex, labels: Labels
) -> list[_Found]:
    """Return what a chain reaches in two and more steps, told step by step."""
    found: list[_Found] = []
    seen: set[Term] = {about}
    steps: list[_Found] = [_Found(labels.text(about), (), about)]
    while steps:
        following: list[_Found] = []
        for told, evidence, node in steps:
            link = name if node == about else NamedNode(CHAINS[name.value])
            for quad in store.quads(node, link) if isinstance(node, NamedNode) else ():
                if isinstance(quad.object, NamedNode) and quad.object not in seen:
                    seen.add(quad.object)
                    words = f"{told} > {labels.text(quad.object)}"
                    pieces = (*evidence, *_pieces(index, quad.triple))
                    following.append(_Found(words, pieces, quad.object))
        found += [each for each in following if each.words.count(" > ") > 1]
        steps = following
    return found


def _unasserted(store: Store, about: NamedNode, name: NamedNode) -> list[Triple]:
    """Return what statements say of a subject and a property that the graph itself does not say."""
    found = set()
    for quad in store.quads(None, SUBJECT, about):
        if isinstance(quad.subject, NamedNode | BlankNode) and store.holds(
            Triple(quad.subject, PREDICATE, name)
        ):
            found |= {Triple(about, name, each.object) for each in store.quads(quad.subject, OBJECT)}
    return sorted((triple for triple in found if not store.holds(triple)), key=str)


def _pieces(index: EvidenceIndex, triple: Triple) -> tuple[Evidence, ...]:
    pieces = {piece for statement in index.statements(triple) for piece in index.of(statement)}
    return tuple(sorted(pieces, key=lambda piece: piece.order))


def _example(store: Store, name: NamedNode, said: list[Term]) -> Term | None:
    """Return a value of a property: one that the subject has, or else that anything has."""
    return next(iter(said), None) or next((quad.object for quad in store.quads(None, name)), None)


def _hint(store: Store, name: str) -> str:
    try:
        resolve(store, name, prefixes=known_prefixes(store))
    except UnknownName as error:
        return f"{error.message}; did you mean {' or '.join(error.near)}?" if error.near else error.message
    return ""


def _property(store: Store, name: str, about: NamedNode) -> str:
    """Resolve the name of a property or measure, those of the graph before other things of the name.

    One that nothing bears is refused with the nearest of the vocabulary and of what is said of ``about``.
    """
    prefixes = known_prefixes(store)
    if name == "a":  # as SPARQL and Turtle write it
        return RDF + "type"
    for namespace in (SCHEMA, KG):
        node = NamedNode(namespace + name) if name.isidentifier() and name.isascii() else None
        if node is not None and any(True for _ in store.quads(None, node)):
            return node.value
    try:
        return resolve(store, name, prefixes=prefixes)
    except UnknownName:
        if local := _by_local_name(store, about, name):
            return local
        iri = name[1:-1] if name.startswith("<") else name
        prefix, colon, local = iri.partition(":")
        iri = prefixes[prefix] + local if colon and prefix in prefixes else iri
        if ":" in iri and any(True for _ in store.quads(None, NamedNode(iri))):
            return iri
        near = _near(store, about, local or name)
        raise UnknownName(
            f"no property or measure is named {name!r}",
            near=near,
            hint="" if near else "give its name in the vocabulary, its label, or an IRI",
        ) from None


def _by_local_name(store: Store, about: NamedNode, name: str) -> str:
    """Return the property whose IRI ends in a name: one that the subject has, or else that anything has."""
    for quads in (store.quads(about), store.quads()):
        iris = {quad.predicate.value for quad in quads}
        found = sorted(iri for iri in iris if re.split("[/#:]", iri)[-1] == name)
        if len(found) > 1:
            raise AmbiguousName(f"{name!r} is the name of {len(found)} properties", candidates=found)
        if found:
            return found[0]
    return ""


def _near(store: Store, about: NamedNode, name: str) -> list[str]:
    """Return names and labels like one, of properties and measures."""
    from difflib import get_close_matches

    from kg.ontology import load_ontology

    ontology = load_ontology()
    measures = {KG + "Measure", KG + "RankMeasure"}
    kinds = {RDF + "Property", OWL + "ObjectProperty", OWL + "DatatypeProperty"} | measures
    known = {iri for iri in ontology.terms if kinds & set(ontology.values(iri, RDF + "type"))}
    known |= {quad.predicate.value for quad in store.quads(about)}
    a, label = NamedNode(RDF + "type"), NamedNode(RDFS + "label")
    own = (quad.subject for kind in measures for quad in store.quads(None, a, NamedNode(kind)))
    told = (quad.object for measure in own for quad in store.quads(measure, label))
    labels = [name.value for name in told if isinstance(name, Literal)]
    labels += [name for iri in known for name in ontology.values(iri, RDFS + "label")]
    names = {each.casefold(): each for each in sorted({*labels, *(re.split("[/#:]", i)[-1] for i in known)})}
    # A short Chinese word differs much by one character.
    cutoff = 0.6 if name.isascii() else 0.5
    return [names[each] for each in get_close_matches(name.casefold(), names, n=3, cutoff=cutoff)]


def _figure(figure: Figure) -> str:
    value = figure.verbatim or f"{figure.value.value} {figure.unit}".strip()
    return f"{value} ({figure.period})" if figure.period else value
