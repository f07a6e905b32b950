"""What an answer puts side by side that does not compare: units, periods, qualifiers, modalities."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from kg.cite.lineage import Lineage
from kg.namespaces import KG, RDF, SCHEMA
from kg.query.terms import Labels
from kg.store.protocol import Store, Term

_OBSERVATION = NamedNode(SCHEMA + "Observation")
_TYPE = NamedNode(RDF + "type")
_MEASURE, _UNIT, _START, _END, _QUALIFIER = (
    NamedNode(SCHEMA + name)
    for name in ("variableMeasured", "unitCode", "startDate", "endDate", "measurementQualifier")
)
_MODALITY = NamedNode(KG + "modality")


def mixes(store: Store, lineage: Lineage, labels: Labels) -> list[str]:
    """Return a sentence for each way in which the figures that an answer rests on do not compare.

    >>> from kg.cite.lineage import lineage
    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix s: <https://schema.org/> .
    ...     <urn:a> a s:Observation ; s:variableMeasured <urn:m> ; s:value 12 ; s:unitCode "CNY" .
    ...     <urn:b> a s:Observation ; s:variableMeasured <urn:m> ; s:value 60 ; s:unitCode "P1" .''')
    >>> traced = lineage(store, "SELECT ?v { ?o <https://schema.org/value> ?v }")
    >>> mixes(store, traced, Labels(store, {}, None))
    ['the figures are in different units: CNY, P1']
    """
    figures = [node for node in _subjects(lineage) if _has(store, node, _TYPE, _OBSERVATION)]
    if len(figures) < 2:
        return []
    found = []
    units = _all(store, figures, _UNIT, labels)
    if len(units) > 1:
        found.append(f"the figures are in different units: {_listed(units)}")
    measures = _all(store, figures, _MEASURE, labels)
    if len(measures) > 1 and len(units) < 2:
        found.append(f"the figures are of different measures: {_listed(measures)}")
    periods = {_period(store, node) for node in figures}
    if len(periods) > 1:
        found.append(
            f"the figures are of different periods: {_listed(period or 'none given' for period in periods)}"
        )
    exact = sum(not any(True for _ in store.quads(node, _QUALIFIER)) for node in figures)
    if 0 < exact < len(figures):
        qualifiers = _all(store, figures, _QUALIFIER, labels)
        found.append(f"exact and approximate figures ({_listed(qualifiers)}) stand side by side")
    stated = sum(not any(True for _ in store.quads(node, _MODALITY)) for node in figures)
    if 0 < stated < len(figures):
        kinds = _all(store, figures, _MODALITY, labels)
        found.append(f"statements of fact and others ({_listed(kinds)}) stand side by side")
    return found


def _subjects(lineage: Lineage) -> list[NamedNode]:
    found = {triple.subject for derivation in lineage.derivations for triple in derivation.triples}
    return sorted((node for node in found if isinstance(node, NamedNode)), key=str)


def _has(store: Store, node: NamedNode, name: NamedNode, value: Term) -> bool:
    return any(True for _ in store.quads(node, name, value))


def _all(store: Store, nodes: Iterable[NamedNode], name: NamedNode, labels: Labels) -> set[str]:
    return {labels.text(quad.object) for node in nodes for quad in store.quads(node, name)}


def _period(store: Store, node: NamedNode) -> str:
    days = [
        quad.object.value
        for name in (_START, _END)
        for quad in store.quads(node, name)
        if isinstance(quad.object, Literal)
    ]
    return "/".join(days)


def _listed(texts: Iterable[str], most: int = 4) -> str:
    every = sorted(texts)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
