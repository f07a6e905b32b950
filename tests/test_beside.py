"""The words that give a statement's period and speaker are cited with it, and marked."""

from __future__ import annotations

import kg
from kg.cite.citation import cite
from kg.cite.render import words
from kg.store import MemoryStore

GRAPH = """
@prefix kg: <https://kg.example/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix schema: <https://schema.org/> .
<urn:obs> schema:value 151 ; prov:wasDerivedFrom <urn:a> ; kg:periodIn <urn:b> ; kg:speakerIn <urn:c> .
<urn:a> oa:hasSelector <urn:a1> . <urn:a1> oa:exact "预计达151个"@zh ; oa:start 30 .
<urn:b> oa:hasSelector <urn:b1> . <urn:b1> oa:exact "今年"@zh ; oa:start 20 .
<urn:c> oa:hasSelector <urn:c1> . <urn:c1> oa:exact "李某说"@zh ; oa:start 10 .
"""


def test_a_figure_is_cited_with_the_words_for_its_time_and_its_speaker() -> None:
    answer = kg.Dataset(MemoryStore.parse(GRAPH)).query("SELECT ?v { ?o schema:value ?v }")
    pieces = [footnote.evidence for footnote in cite(answer).footnotes]
    assert sorted((piece.exact, piece.gives) for piece in pieces) == [
        ("今年", "period"),
        ("李某说", "speaker"),
        ("预计达151个", ""),
    ]
    assert [words(piece)[:14] for piece in pieces if piece.gives == "period"] == ["“今年” (period) "[:14]]
