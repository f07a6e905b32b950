"""Figures: what an observation says, as values and in words."""

from __future__ import annotations

from typing import Any

from kg.graph.drawing import TYPE
from kg.graph.evidence import Evidence
from kg.namespaces import KG, SCHEMA

_NUMBERS = {"value": "value", "min": "minValue", "max": "maxValue"}
_TEXTS = {"unit": "unitCode", "unit_text": "unitText", "start": "startDate", "end": "endDate"}
_NAMED = {
    "measure": SCHEMA + "variableMeasured",
    "qualifier": SCHEMA + "measurementQualifier",
    "within": KG + "comparedWithin",
    "list": KG + "inList",
    "method": KG + "method",
}


def figure(iri: str, evidence: Evidence) -> dict[str, Any]:
    """Return an observation as a dictionary of plain values, names and evidence.

    Keys: ``iri``, ``measure``, ``value``, ``min``, ``max``, ``unit``, ``unit_text``, ``qualifier``,
    ``verbatim``, ``start``, ``end`` (of the period), ``period`` (its wording), ``within``, ``list``,
    ``rank``, ``per_value``, ``per_unit``, ``speaker``, ``modality``, ``evidence``; what the observation
    does not say is left out.
    """
    index = evidence.index
    found: dict[str, Any] = {"iri": iri, **evidence.described(iri)}
    for key, name in _NUMBERS.items():
        if (number := index.number(iri, SCHEMA + name)) is not None:
            found[key] = number
    if "value" not in found and (text := index.text(iri, SCHEMA + "value")):
        found["value"] = text
    for key, name in _TEXTS.items():
        if text := index.text(iri, SCHEMA + name):
            found[key] = text
    for key, predicate in _NAMED.items():
        found |= evidence.named(key, index.iri(iri, predicate))
    if text := index.text(iri, KG + "verbatim"):
        found["verbatim"] = text
    if (number := index.number(iri, KG + "perValue")) is not None:
        found["per_value"] = number
        found["per_unit"] = index.text(iri, KG + "perUnitCode")
    if KG + "RankMeasure" in index.all(found.get("measure_iri", ""), TYPE):
        found["rank"] = True
    return found


#: Unit codes (UN/CEFACT and ISO 4217) in words; C62 counts things, so it needs none.
_UNITS = {
    "zh": {"CNY": "元", "P1": "%", "KGM": "公斤", "C62": ""},
    "en": {"CNY": "CNY", "P1": "%", "KGM": "kg", "C62": ""},
}
_QUALIFIERS = {
    "zh": {"moreThan": "超过", "justUnder": "近", "about": "约", "atLeast": "至少", "atMost": "至多"},
    "en": {
        "moreThan": "more than",
        "justUnder": "just under",
        "about": "about",
        "atLeast": "at least",
        "atMost": "at most",
    },
}


def in_words(found: dict[str, Any], lang: str) -> str:
    """Return a figure's value with its qualifier and unit, as one reads it aloud.

    >>> sales = {"value": 16700000000, "unit": "CNY", "qualifier_iri": KG + "moreThan"}
    >>> in_words(sales, "zh"), in_words(sales, "en")
    ('超过167亿元', 'more than 16.7 billion CNY')
    >>> in_words({"value": 4, "unit": "C62", "rank": True}, "en")
    'no. 4'
    >>> in_words({"value": 2.5, "unit": "CNY", "per_value": 3, "per_unit": "KGM"}, "zh")
    '每3公斤2.5元'
    """
    value = found.get("value", found.get("min", found.get("max")))
    if value is None:
        return str(found.get("verbatim", ""))
    words = _number(value, lang)
    unit = found.get("unit", "")
    if found.get("rank"):
        words = f"第{words}" if lang == "zh" else f"no. {words}"
    elif unit:
        named = _UNITS[lang].get(unit, unit)
        words += named if lang == "zh" or named == "%" else f" {named}"
    words = words.strip()
    if unit in {"C62", ""} and not found.get("rank"):
        words += found.get("unit_text", "") if lang == "zh" else ""
    if qualifier := _QUALIFIERS[lang].get(found.get("qualifier_iri", "").removeprefix(KG)):
        words = qualifier + words if lang == "zh" else f"{qualifier} {words}"
    if "per_value" in found:
        per = _number(found["per_value"], lang) + ("" if lang == "zh" else " ")
        per += _UNITS[lang].get(found["per_unit"], found["per_unit"])
        words = f"每{per}{words}" if lang == "zh" else f"{words} per {per}"
    return words


def _number(value: float | str, lang: str) -> str:
    if isinstance(value, str):
        return value
    scales = [(1e8, "亿"), (1e4, "万")] if lang == "zh" else [(1e9, " billion"), (1e6, " million")]
    for scale, name in scales:
        # Only where it reads shorter and loses nothing.
        if abs(value) >= scale and value * 100 % scale == 0:
            return f"{value / scale:g}{name}"
    return f"{value:,}" if lang == "en" or value < 10_000 else f"{value}"
