"""Evidence that is read of many statements at once is that which is read of each."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.entities.quotation import sources
from kg.errors import UsageError
from kg.evidence import Evidence, EvidenceIndex, properties
from kg.evidence.properties import Properties
from kg.namespaces import DCTERMS, KG, OA, PROV, RDFS, SCHEMA
from kg.store import MemoryStore

NODES = [ox.NamedNode(f"urn:{name}") for name in "abcdef"]
NAMES = [
    ox.NamedNode(iri)
    for iri in (
        PROV + "wasDerivedFrom", PROV + "wasAttributedTo", KG + "modality", KG + "periodIn", KG + "speakerIn",
        OA + "hasSelector", OA + "hasSource", SCHEMA + "isPartOf", OA + "exact", OA + "prefix", OA + "start",
        OA + "end", SCHEMA + "headline", SCHEMA + "author", DCTERMS + "date", RDFS + "label",
    )
]  # fmt: skip
ends = st.one_of(
    st.sampled_from(NODES),
    st.builds(
        ox.Literal, st.sampled_from(["1", "12", "x", "甲"]), language=st.sampled_from([None, "zh", "en"])
    ),
    st.just(ox.BlankNode("blank")),
    st.just(ox.Literal(7)),
)
quads = st.builds(ox.Quad, st.sampled_from([*NODES, ox.BlankNode("blank")]), st.sampled_from(NAMES), ends)


@given(st.lists(quads, max_size=40))
def test_reading_at_once_and_one_by_one_find_the_same(graph: list[ox.Quad]) -> None:
    store = MemoryStore.of(graph)
    one_by_one, at_once = EvidenceIndex(store), EvidenceIndex(store)
    at_once.read(NODES)
    for node in NODES:
        assert at_once.of(node, beside=True) == one_by_one.of(node, beside=True)
        assert at_once.label(node) == one_by_one.label(node)


@given(st.lists(quads, max_size=40))
def test_what_is_known_of_all_nodes_is_what_the_graph_says(graph: list[ox.Quad]) -> None:
    store = MemoryStore.of(graph)
    own, (to, first, second) = NAMES[:3], NAMES[3:6]
    for read in (False, True):
        found = Properties(store, own, to=(to, [[first, second]]))
        if read:
            found.read(NODES)
        for node in NODES:
            behind = {q.object for q in store.quads(node, to) if not isinstance(q.object, ox.Literal)}
            said = [e for e in behind if any(True for _ in store.quads(e, first))]
            expected = [{q.object for q in store.quads(node, name)} for name in own]
            expected += [{q.object for e in said for q in store.quads(e, name)} for name in (first, second)]
            assert [set(values) for values in found.of(node)] == expected
            least = [min(values, key=str, default=None) for values in expected]
            assert list(found.least(node)) == least


def test_a_node_whose_values_combine_too_often_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(properties, "MOST_SOLUTIONS", 8)
    store = MemoryStore.parse("<urn:a> <urn:p> 1, 2, 3 ; <urn:q> 4, 5, 6 .")
    found = Properties(store, [ox.NamedNode("urn:p"), ox.NamedNode("urn:q")])
    found.read(NODES)
    assert [[value.value for value in values] for values in found.of(NODES[0])] == [
        ["1", "2", "3"],
        ["4", "5", "6"],
    ]


def test_a_place_that_is_no_number_is_not_known() -> None:
    store = MemoryStore.parse("""@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
        <urn:st> prov:wasDerivedFrom <urn:span> . <urn:span> oa:hasSelector [ oa:start "here" ; oa:end 9 ] .""")
    [evidence] = EvidenceIndex(store).of(ox.NamedNode("urn:st"))
    assert (evidence.start, evidence.end) == (None, 9)


UNPLACED = """@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
    <urn:s> <urn:n> 7 ; prov:wasDerivedFrom %s ."""
SPANS = [f"[ oa:hasSelector [ oa:exact '{words}' ] ]" for words in ("one", "two", "three", "four")]


@pytest.mark.parametrize("spans", [SPANS, SPANS[::-1]])
def test_spans_without_a_place_and_a_source_come_in_one_order(spans: list[str]) -> None:
    dataset = kg.Dataset(MemoryStore.parse(UNPLACED % ", ".join(spans)))
    results = dataset.query("SELECT ?n { ?s <urn:n> ?n }")
    assert [piece.exact for piece in results.evidence(0)] == ["four", "one", "three", "two"]
    assert results.references("bibtex").startswith("@misc{source,\n  title = {{source not named}},\n")
    listed = [[cell and cell.value for cell in row] for row in sources(dataset.store).rows]
    assert listed == [[None, None, None, "1", "4", None]]


def test_spans_of_one_statement_without_a_place_come_in_one_order() -> None:
    spans = [Evidence("urn:s", f"urn:{n}", exact=f"{n}", source="urn:page") for n in range(50)]
    assert sorted(set(spans), key=lambda piece: piece.order) == sorted(spans, key=lambda piece: piece.exact)


@pytest.mark.parametrize("row", ["x", 1.5, None, {}])
def test_a_row_is_asked_for_by_its_number(row: object) -> None:
    results = kg.Dataset(MemoryStore.parse("<urn:a> <urn:p> 1 .")).query("SELECT ?n { ?s <urn:p> ?n }")
    with pytest.raises(UsageError, match="a row is named by its number"):
        results.evidence(row)  # type: ignore[arg-type]


def test_a_reference_that_is_no_article_says_how_it_was_published() -> None:
    page = "<urn:span> oa:hasSource <urn:page> ; oa:hasSelector [ oa:exact 'seven' ] . <urn:page> s:isPartOf <urn:d> ."
    labels = "<urn:page> rdfs:label 'Page 3' . <urn:d> rdfs:label 'The Daily' ."
    names = "@prefix s: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    dataset = kg.Dataset(MemoryStore.parse(f"{names} {UNPLACED % '<urn:span>'} {page} {labels}"))
    listed = dataset.query("SELECT ?n { ?s <urn:n> ?n }").references("bibtex")
    assert "  howpublished = {The Daily},\n" in listed and "journal" not in listed


@pytest.mark.parametrize("format", ["ttl", "nt", "rdf", "jsonld", "json"])
def test_a_graph_ends_in_a_new_line(format: str) -> None:
    dataset = kg.Dataset(MemoryStore.parse("<urn:a> <urn:p> 1 ."))
    assert dataset.query("CONSTRUCT WHERE { ?s ?p ?o }").render(format).endswith("\n")
