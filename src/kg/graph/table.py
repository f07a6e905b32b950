"""All that a network says, as one table: a row a statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.graph.figure import in_words

if TYPE_CHECKING:
    import networkx as nx

COLUMNS = (
    "kind",
    "subject",
    "subject_label",
    "property",
    "property_label",
    "object",
    "object_label",
    "value",
    "unit",
    "qualifier",
    "period",
    "start",
    "end",
    "within",
    "speaker",
    "modality",
    "quote",
    "article",
    "source",
    "evidence",
    "statement",
)


def rows(network: nx.MultiDiGraph[str]) -> Iterator[dict[str, Any]]:
    """Yield a dictionary a statement: the class of each entity, its attributes and figures, its relations."""
    for node, data in network.nodes(data=True):
        start = {"subject": node, "subject_label": data["label"]}
        yield {
            **start,
            "kind": "class",
            "property": "rdf:type",
            "object": data["type"],
            "object_label": data["type_label"],
        }
        for found in data["attributes"]:
            value = {"object_label": str(found["value"])}
            yield {**start, "kind": "attribute", **_property(found), **value, **_said(found)}
        for found in data["figures"]:
            yield {**start, "kind": "figure", **_figure(found), **_said(found)}
    for source, target, _, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        yield {
            "kind": "relation",
            "subject": source,
            "subject_label": network.nodes[source]["label"],
            **_property(data),
            "object": target,
            "object_label": network.nodes[target]["label"],
            "statement": data.get("statement"),
            **_said(data),
        }


def _property(found: dict[str, Any]) -> dict[str, Any]:
    return {"property": found["property"], "property_label": found["label"]}


def _figure(found: dict[str, Any]) -> dict[str, Any]:
    value = found.get("value")
    return {
        "property": found.get("measure_iri"),
        "property_label": found.get("measure"),
        "object_label": found.get("verbatim") or in_words(found, "zh"),
        "value": None if isinstance(value, str) else value,
        "unit": found.get("unit"),
        "qualifier": found.get("qualifier"),
        "start": found.get("start"),
        "end": found.get("end"),
        "within": found.get("within") or found.get("list"),
        "statement": found["iri"],
    }


def _said(found: dict[str, Any]) -> dict[str, Any]:
    spans = found.get("evidence", [])

    def all_of(key: str) -> str | None:
        return " / ".join(dict.fromkeys(span[key] for span in spans if key in span)) or None

    return {
        "period": found.get("period"),
        "speaker": found.get("speaker"),
        "modality": found.get("modality"),
        "quote": all_of("quote"),
        "article": all_of("article"),
        "source": all_of("source"),
        "evidence": " ".join(span["iri"] for span in spans) or None,
    }
