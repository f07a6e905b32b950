"""A network whose attributes are plain texts and numbers, as graph formats need them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    Flat = nx.MultiDiGraph[str]

#: Control characters, lone surrogates and noncharacters, which no XML file may hold.
_ILLEGAL = dict.fromkeys(
    (*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd"
)


def flatten(network: nx.MultiDiGraph[str]) -> Flat:
    """Return a copy that GraphML, GEXF and Cytoscape can hold and give back equal.

    Attributes of an entity become columns named by their property; aliases, figures and evidence, which
    are lists, become JSON; quotes, articles and speakers stand beside it as plain text. What is absent is
    left out: these formats know no null.
    """
    import networkx as nx

    flat: Flat = nx.MultiDiGraph()
    for node, data in network.nodes(data=True):
        flat.add_node(xml_text(node), **_node(data))
    for source, target, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        flat.add_edge(xml_text(source), xml_text(target), key=xml_text(key), **_edge(data))
    _level([data for _, data in flat.nodes(data=True)])
    _level([data for *_, data in flat.edges(data=True)])
    return flat


def _node(data: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {
        key: data[key] for key in ("label", "label_zh", "label_en", "type", "type_label") if key in data
    }
    if data.get("aliases"):
        flat["aliases"] = _json(data["aliases"])
    for attribute in data.get("attributes", ()):
        name, value = attribute["property"], attribute["value"]
        flat[name] = f"{flat[name]}; {value}" if name in flat else value
    if data.get("figures"):
        flat["figures"] = _json(data["figures"])
    return flat


def _edge(data: dict[str, Any]) -> dict[str, Any]:
    plain = ("property", "label", "label_en", "directed", "statement", "speaker", "modality", "period", "via")
    flat = {key: data[key] for key in plain if key in data}
    # Not "source": to Cytoscape and D3 an edge's source is the node that it leaves.
    for key, name in (("quote", "quote"), ("article", "article"), ("source", "cited_source")):
        if words := list(dict.fromkeys(span[key] for span in data["evidence"] if key in span)):
            flat[name] = " / ".join(words)
    for key in ("evidence", "attributes"):
        if data.get(key):
            flat[key] = _json(data[key])
    return flat


def _level(rows: list[dict[str, Any]]) -> None:
    """Give each column one type: formats declare a column's type once."""
    kinds: dict[str, set[type]] = {}
    for row in rows:
        for key, value in row.items():
            kinds.setdefault(key, set()).add(type(value))
    for row in rows:
        for key, value in row.items():
            if kinds[key] == {int, float}:
                row[key] = float(value)
            elif len(kinds[key]) > 1 or str in kinds[key]:
                row[key] = xml_text(str(value))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def xml_text(text: str) -> str:
    r"""Return a text without the characters that no XML file may hold.

    >>> xml_text("曹\x00县\n")
    '曹�县\n'
    """
    # A carriage return would come back as a line feed: XML readers normalise line ends.
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ILLEGAL)
