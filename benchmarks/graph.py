"""A graph of any size in the shape of the shipped one: observations of counties, six statements each."""

from __future__ import annotations

from pathlib import Path

_PREFIXES = {
    "id": "https://kg.example/id/",
    "kg": "https://kg.example/ontology#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
}
_OBSERVATION = """id:obs-{i} a schema:Observation ;
    schema:observationAbout id:county-{county} ;
    schema:variableMeasured kg:measure{measure} ;
    schema:value {value} ;
    kg:verbatim "突破{value}亿元"@zh ;
    rdfs:label "第{i}个数字"@zh .
"""


def write(path: Path, statements: int) -> Path:
    """Write a Turtle file of so many statements (a multiple of six), the same bytes each time."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in _PREFIXES.items())
        for i in range(statements // 6):
            file.write(_OBSERVATION.format(i=i, county=i % 2800, measure=i % 50, value=i * 7919 % 10007))
    return path
