"""The scene: all that a page shows, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import TYPE_CHECKING, Any

from kg.graph.communities import central, communities
from kg.graph.figure import in_words
from kg.graph.layout import layout
from kg.graph.palette import palette, sizes
from kg.graph.selection import Selection
from kg.namespaces import PREFIXES, shorten
from kg.view.columns import columns
from kg.view.pinyin import plain, search_keys

if TYPE_CHECKING:
    import networkx as nx

#: Members that a community is named by, and some more for where these are hidden.
NAMED_BY = 5


class Scene:
    """Number the entities, facts, figures and spans of a selection, and refer to them by number.

    A page holds each quote and each name once, however many facts rest on it.
    """

    def __init__(self, selection: Selection) -> None:
        self.network: nx.MultiDiGraph[str] = selection.network
        self.number = {iri: i for i, iri in enumerate(self.network)}
        self.spans: list[dict[str, Any]] = []
        self.figures: list[dict[str, Any]] = []
        self.facts: list[dict[str, Any]] = []
        self._span_number: dict[str, int] = {}
        self._signs = palette(self.network)
        self._classes = list(self._signs)
        self._properties: dict[str, dict[str, Any]] = {}
        self.entities = [self._entity(iri, data) for iri, data in self.network.nodes(data=True)]
        self._read_facts()
        self._radius = sizes(self.network)
        self._groups = communities(self.network)
        # A triangle or a star of the same area reaches further than a circle.
        reach = {iri: 1.25 * size for iri, size in self._radius.items()}
        self._places = layout(self.network, communities=self._groups, radius=reach)

    def nodes(self) -> list[dict[str, Any]]:
        """Return the nodes as vis-network takes them: place, size, shape and colour."""
        return [
            {
                "id": number,
                "group": self._classes.index(self.network.nodes[iri]["type"]),
                "shape": self._signs[self.network.nodes[iri]["type"]].shape,
                "color": self._signs[self.network.nodes[iri]["type"]].colour,
                "size": self._radius[iri],
                "x": int(self._places[iri][0]),
                "y": int(self._places[iri][1]),
            }
            for iri, number in self.number.items()
        ]

    def edges(self) -> list[dict[str, Any]]:
        """Return one edge a pair of nodes: all facts between the two, in either direction, in one bundle."""
        bundles: dict[tuple[int, int], list[int]] = {}
        for i, fact in enumerate(self.facts):
            bundles.setdefault((min(fact["s"], fact["o"]), max(fact["s"], fact["o"])), []).append(i)
        return [{"from": a, "to": b, "facts": facts} for (a, b), facts in sorted(bundles.items())]

    def document(self) -> dict[str, Any]:
        """Return all but nodes and edges."""
        return {
            "classes": [self._class(type) for type in self._classes],
            "properties": list(self._properties.values()),
            "entities": columns(self.entities),
            "facts": columns(self.facts),
            "figures": columns(self.figures),
            "spans": columns(self.spans),
            "communities": self._communities(),
            "leftOut": self.network.graph.get("left_out", {}),
            "prefixes": PREFIXES,
        }

    def _communities(self) -> list[dict[str, Any]]:
        """Return where each community stands, how large it is, and whom it is named by."""
        places: dict[int, list[tuple[float, float]]] = {}
        for iri, number in self._groups.items():
            places.setdefault(number, []).append(self._places[iri])
        return [
            {
                "x": int(median(x for x, _ in places[number])),
                "y": int(median(y for _, y in places[number])),
                "size": len(places[number]),
                "members": [self.number[iri] for iri in members],
            }
            for number, members in central(self.network, self._groups, count=NAMED_BY).items()
            if len(places[number]) > 2
        ]

    def _class(self, type: str) -> dict[str, Any]:
        zh, en = next(
            (data["type_label"], data["type_label_en"])
            for _, data in self.network.nodes(data=True)
            if data["type"] == type
        )
        sign = self._signs[type]
        return {"id": type, "zh": zh, "en": en, "colour": sign.colour, "shape": sign.shape}

    def _entity(self, iri: str, data: dict[str, Any]) -> dict[str, Any]:
        slug = shorten(iri).removeprefix("id:")
        pinyin = slug.rstrip("0123456789-")
        names = dict.fromkeys((data["label_zh"], data["label_en"], *data["aliases"], pinyin))
        found: dict[str, Any] = {
            "id": shorten(iri),
            "zh": data["label_zh"],
            "en": data["label_en"],
            "class": self._classes.index(data["type"]),
        }
        stated = {attribute["value"] for attribute in data["attributes"]}
        if aliases := [alias for alias in data["aliases"] if alias not in stated]:
            found["aliases"] = aliases
        # The page makes keys of the names that it shows: what it cannot know is how they are pronounced.
        known = {plain(name) for name in (data["label_zh"], data["label_en"], *aliases)}
        if keys := [key for key in search_keys(*names) if key not in known]:
            found["keys"] = " ".join(keys)
        if data["attributes"]:
            found["attributes"] = [
                {**_attribute(attribute), **self._spans(attribute)} for attribute in data["attributes"]
            ]
        if data["figures"]:
            found["figures"] = [self._figure(iri, figure) for figure in data["figures"]]
        point = {a["property"]: a["value"] for a in data["attributes"]}
        if isinstance(lat := point.get("schema:latitude"), int | float) and isinstance(
            lon := point.get("schema:longitude"), int | float
        ):
            found["point"] = [lon, lat]
        return found

    def _figure(self, iri: str, figure: dict[str, Any]) -> int:
        said: dict[str, Any] = {
            "e": self.number[iri],
            "measure": self._names(figure.get("measure_iri")),
            "words": [in_words(figure, "zh"), in_words(figure, "en")],
            **self._said(figure),
        }
        for key in ("verbatim", "unit", "value"):
            if key in figure:
                said[key] = figure[key]
        if when := _when(figure):
            said["when"] = when
        for key, name in (("within", "within"), ("list", "list"), ("method", "method")):
            if f"{name}_iri" in figure:
                said[key] = self._names(figure[f"{name}_iri"])
        self.figures.append(said)
        return len(self.figures) - 1

    def _read_facts(self) -> None:
        order = sorted(self.network.edges(keys=True, data=True), key=lambda edge: (edge[0], edge[1], edge[2]))
        for source, target, _, data in order:
            fact: dict[str, Any] = {
                "s": self.number[source],
                "o": self.number[target],
                "p": self._property(data),
                **self._said(data),
            }
            declared = self._names(data["property_iri"])
            if [data["label"], data["label_en"]] != declared and "via" in data:
                fact["label"] = [data["label"], data["label_en"]]
            if data.get("attributes"):
                fact["more"] = [_attribute(attribute) for attribute in data["attributes"]]
            self.facts.append(fact)

    def _property(self, data: dict[str, Any]) -> int:
        name = data["property"]
        if name not in self._properties:
            zh, en = self._names(data["property_iri"])
            if name.startswith("?"):
                zh, en = data["label"], data["label_en"]
            self._properties[name] = {"id": name, "zh": zh, "en": en, "directed": data["directed"]}
        return list(self._properties).index(name)

    def _said(self, data: dict[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = dict(self._spans(data))
        if "speaker_iri" in data:
            said["by"] = self.number.get(data["speaker_iri"], self._names(data["speaker_iri"]))
        if "modality_iri" in data:
            said["modality"] = self._names(data["modality_iri"])
        if "period" in data:
            said["period"] = data["period"]
        return said

    def _spans(self, data: dict[str, Any]) -> dict[str, list[int]]:
        return {"spans": [self._span(span) for span in spans]} if (spans := data.get("evidence")) else {}

    def _span(self, span: dict[str, Any]) -> int:
        if span["iri"] not in self._span_number:
            self._span_number[span["iri"]] = len(self.spans)
            shown: dict[str, Any] = {
                key: span[key] for key in ("quote", "start", "end", "date") if key in span
            }
            for key in ("article", "source"):
                if f"{key}_iri" in span:
                    shown[key] = self._names(span[f"{key}_iri"])
            self.spans.append(shown)
        return self._span_number[span["iri"]]

    def _names(self, iri: str | None) -> list[str]:
        if iri is None:
            return ["", ""]
        return list(self.network.graph["names"].get(iri) or [shorten(iri)] * 2)


def _attribute(attribute: dict[str, Any]) -> dict[str, Any]:
    return {"zh": attribute["label"], "en": attribute["label_en"], "value": attribute["value"]}


def _when(figure: dict[str, Any]) -> list[str]:
    """Return a figure's period in Chinese and in English, or nothing.

    >>> _when({"start": "2021-01-01", "end": "2021-05-31"})
    ['2021年1月至5月', 'January to May 2021']
    >>> _when({"end": "2020-06-30"})
    ['截至2020年6月30日', 'up to 30 June 2020']
    """
    start, end = (_date(figure.get(key, "")) for key in ("start", "end"))
    if start and end:
        (y1, m1, d1), (y2, m2, d2) = start, end
        if d1 == 1 and d2 == _last_day(y2, m2):
            if y1 == y2 and (m1, m2) == (1, 12):
                return [f"{y1}年", f"{y1}"]
            if y1 == y2 and m1 == m2:
                return [f"{y1}年{m1}月", f"{_MONTHS[m1]} {y1}"]
            if y1 == y2:
                return [f"{y1}年{m1}月至{m2}月", f"{_MONTHS[m1]} to {_MONTHS[m2]} {y1}"]
        return [f"{_day(start, 'zh')}至{_day(end, 'zh')}", f"{_day(start, 'en')} to {_day(end, 'en')}"]
    if end:
        return [f"截至{_day(end, 'zh')}", f"up to {_day(end, 'en')}"]
    return [f"自{_day(start, 'zh')}起", f"from {_day(start, 'en')}"] if start else []


_MONTHS = (
    "",
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _date(text: str) -> tuple[int, int, int] | None:
    from datetime import date

    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found.year, found.month, found.day


def _last_day(year: int, month: int) -> int:
    from calendar import monthrange

    return monthrange(year, month)[1]


def _day(date: Iterable[int], lang: str) -> str:
    year, month, day = date
    return f"{year}年{month}月{day}日" if lang == "zh" else f"{day} {_MONTHS[month]} {year}"
