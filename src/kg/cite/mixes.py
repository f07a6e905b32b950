"""What an answer puts side by side that does not compare: units, periods, qualifiers, modalities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.namespaces import KG, SCHEMA
from kg.query.terms import Labels
from kg.store.protocol import Store, Term

#: So many nodes are asked about in one query.
_BATCH = 1_000
_OPTIONAL = "".join(
    f" OPTIONAL {{ ?f <{iri}> ?{name} }}"
    for name, iri in (
        ("unit", SCHEMA + "unitCode"),
        ("measure", SCHEMA + "variableMeasured"),
        ("start", SCHEMA + "startDate"),
        ("end", SCHEMA + "endDate"),
        ("qualifier", SCHEMA + "measurementQualifier"),
        ("modality", KG + "modality"),
    )
)
_KINDS = (
    "SELECT DISTINCT ?unit ?measure ?start ?end ?qualifier ?modality { VALUES ?f { %s } "
    f"?f a <{SCHEMA}Observation>{_OPTIONAL} }}"
)


class _Kind(NamedTuple):
    """What figures have to share to compare."""

    unit: Term | None
    measure: Term | None
    start: Term | None
    end: Term | None
    qualifier: Term | None
    modality: Term | None

    @property
    def period(self) -> str:
        """The days, where they are known."""
        return "/".join(day.value for day in (self.start, self.end) if isinstance(day, Literal))


def mixes(store: Store, nodes: Iterable[NamedNode], labels: Labels) -> list[str]:
    """Return a sentence for each way in which the figures among some nodes do not compare.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix s: <https://schema.org/> .
    ...     <urn:a> a s:Observation ; s:variableMeasured <urn:m> ; s:value 12 ; s:unitCode "CNY" .
    ...     <urn:b> a s:Observation ; s:variableMeasured <urn:m> ; s:value 60 ; s:unitCode "P1" .''')
    >>> mixes(store, [NamedNode("urn:a"), NamedNode("urn:b")], Labels(store, {}, None))
    ['the figures are in different units: CNY, P1']
    """
    kinds = _kinds(store, nodes)
    if len(kinds) < 2:
        return []
    found = []
    units = {labels.text(kind.unit) for kind in kinds if kind.unit}
    if len(units) > 1:
        found.append(f"the figures are in different units: {_listed(units)}")
    measures = {labels.text(kind.measure) for kind in kinds if kind.measure}
    if len(measures) > 1 and len(units) < 2:
        found.append(f"the figures are of different measures: {_listed(measures)}")
    periods = {kind.period for kind in kinds}
    if len(periods) > 1:
        found.append(
            f"the figures are of different periods: {_listed(period or 'none given' for period in periods)}"
        )
    qualifiers = {labels.text(kind.qualifier) for kind in kinds if kind.qualifier}
    if qualifiers and not all(kind.qualifier for kind in kinds):
        found.append(f"exact and approximate figures ({_listed(qualifiers)}) stand side by side")
    modalities = {labels.text(kind.modality) for kind in kinds if kind.modality}
    if modalities and not all(kind.modality for kind in kinds):
        found.append(f"statements of fact and others ({_listed(modalities)}) stand side by side")
    return found


def _kinds(store: Store, nodes: Iterable[NamedNode]) -> set[_Kind]:
    """Return the kinds of figures there are among some nodes; the engine compares a thousand at once."""
    ordered = sorted(map(str, nodes))
    found: set[_Kind] = set()
    for start in range(0, len(ordered), _BATCH):
        text = _KINDS % " ".join(ordered[start : start + _BATCH])
        solutions: Any = store.query(text, {})
        found.update(_Kind(*solution) for solution in solutions)
    return found


def _listed(texts: Iterable[str], most: int = 4) -> str:
    every = sorted(texts)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
