"""What a fact says, in the labels of what it speaks of: the line that a reviewer reads first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal

from kg.graph.figure import in_words
from kg.ingest.factsfile import Fact
from kg.namespaces import RDFS, expand
from kg.ontology import load_ontology

_WORD = re.compile(r'"[^"]*"|\S+')
#: A figure's number, with the sign that a range or a bound has before it, and its unit.
_VALUE = re.compile(r" (?P<sign>[<>=~]*)(?P<number>-?\d+(?:\.\d+)?)(?: (?P<unit>\S+))?$")
#: Fields beside the statement that a reviewer has to see.
_BESIDE = ("when", "within", "by", "modality")


def gloss(fact: Fact, labels: Mapping[str, str]) -> list[str]:
    """Return each statement of a fact in words, the last with its period, its place, its speaker.

    What has no label stands as it is written.

    >>> from kg.ingest.factsfile import parse_facts
    >>> [fact] = parse_facts('''facts:
    ...   a:
    ...   - quote: 增至3.5亿元
    ...     figure: shen-xian sales 350000000 CNY
    ...     when: 去年
    ...     modality: Plan
    ... ''', "doc").facts
    >>> gloss(fact, {"shen-xian": "莘县", "sales": "销售额"})
    ['莘县 · 销售额 · 3.5亿元（去年，计划）']
    """
    said = [" · ".join(_named(word, labels) for word in words) for words in _statements(fact)]
    beside = [_named(str(fact.fields[f]), labels) for f in _BESIDE if fact.fields.get(f)]
    return [*said[:-1], said[-1] + (f"（{'，'.join(beside)}）" if beside else "")] if said else []


def _statements(fact: Fact) -> Iterator[list[str]]:
    for field in ("states", "figure"):
        value: Any = fact.fields.get(field) or []
        for one in value if isinstance(value, list) else [value]:
            text = str(one)
            found = _VALUE.search(text) if field == "figure" else None
            if found is None:
                yield _WORD.findall(text)
                continue
            number = {"value": float(found["number"]), "unit": found["unit"] or "C62"}
            yield [*_WORD.findall(text[: found.start()]), found["sign"] + in_words(number, "zh")]


def _named(word: str, labels: Mapping[str, str]) -> str:
    if word in labels:
        return labels[word]
    for name in (word, f"kg:{word}"):
        try:
            iri = expand(name)
        except KeyError:
            continue
        for label in load_ontology().terms.get(iri, {}).get(RDFS + "label", ()):
            if isinstance(label, Literal) and label.language == "zh":
                return label.value
    return word
