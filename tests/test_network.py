"""Entities become nodes, statements become edges with their words, and nothing is dropped in silence."""

from __future__ import annotations

import pytest
import sample
from pyoxigraph import RdfFormat, parse

from kg.dataset import Dataset
from kg.errors import QueryError, UnknownName, UsageError
from kg.graph import to_networkx
from kg.namespaces import ID
from kg.store import MemoryStore

CAO, HEZE, ALIBABA, LI = (ID + slug for slug in ("caoxian-371721", "heze-371700", "alibaba-group", "li-tao"))


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return Dataset(MemoryStore.parse(sample.small()))


def edges(turtle: str) -> list[tuple[str, str, str]]:
    found = to_networkx(parse(sample.HEAD + turtle, RdfFormat.TURTLE))
    return [(s.removeprefix(ID), d["label"], o.removeprefix(ID)) for s, o, d in found.edges(data=True)]


def test_a_node_is_an_entity_with_its_figures(dataset: Dataset) -> None:
    node = dataset.to_networkx().nodes[CAO]
    assert (node["label_zh"], node["label_en"], node["type"]) == ("曹县", "Cao County", "kg:County")
    assert node["aliases"] == ["山东省菏泽市曹县", "曹"]
    assert {a["property"]: a["value"] for a in node["attributes"]} == {
        "kg:gb2260": "371721",
        "kg:officialName": "山东省菏泽市曹县",
        "schema:latitude": 34.83,
        "schema:longitude": 115.54,
    }
    sales = next(f for f in node["figures"] if f["unit"] == "CNY" and "per_value" not in f)
    assert sales["value"] == 16_700_000_000
    assert (sales["measure"], sales["qualifier"], sales["verbatim"]) == ("网络销售额", "超过", "突破167亿元")
    assert (sales["start"], sales["end"], sales["speaker"]) == ("2021-01-01", "2021-05-31", "李涛")
    assert sales["evidence"][0]["quote"] == "突破167亿元"


def test_an_edge_is_a_statement_with_its_words(dataset: Dataset) -> None:
    first, second = sorted(
        dataset.to_networkx().get_edge_data(CAO, ALIBABA).values(), key=lambda d: d["evidence"][0]["quote"]
    )
    assert (first["property"], first["label"], first["label_en"]) == (
        "kg:cooperatesWith",
        "合作",
        "cooperates with",
    )
    assert [d["evidence"][0]["quote"] for d in (first, second)] == ["再次签约", "曹县与阿里签了约"]
    assert (first.get("speaker"), second["speaker"]) == (None, "李涛")
    span = first["evidence"][0]
    assert (span["article"], span["source"], span["date"]) == ("县里来了快递", "试刊第一版", "2021-06")
    assert span["end"] - span["start"] == 4


def test_a_post_folds_into_one_edge_with_the_evidence_of_both_halves(dataset: Dataset) -> None:
    network = dataset.to_networkx()
    (held,) = network.get_edge_data(LI, CAO).values()
    assert (held["label"], held["property"], held["via"]) == (
        "党委书记",
        "org:holds",
        ID + "post-cao-secretary",
    )
    assert [span["quote"] for span in held["evidence"]] == ["党委书记说", "本单位党委书记"]
    assert ID + "post-cao-secretary" not in network
    assert network.graph["folded"] == 6


def test_a_list_item_folds_and_keeps_its_position(dataset: Dataset) -> None:
    (item,) = dataset.to_networkx().get_edge_data(ID + "list-top100", CAO).values()
    assert [(a["property"], a["value"]) for a in item["attributes"]] == [("schema:position", 1)]


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ("id:a org:holds id:p . id:p a org:Post .", [("a", "担任", "p")]),
        ("id:p a org:Post ; org:postIn id:b .", [("p", "任职于", "b")]),
        (
            "id:a org:holds id:p . id:p a org:Post ; org:postIn id:b ; schema:about id:c .",
            [("a", "担任", "p"), ("p", "任职于", "b"), ("p", "关于", "c")],
        ),
        (
            "id:a org:holds id:p . id:c org:holds id:p . id:p a org:Post ; org:postIn id:b .",
            [("a", "担任", "b"), ("c", "担任", "b")],
        ),
    ],
    ids=["a post in no body", "a post nobody holds", "a post with a link of its own", "a post that two hold"],
)
def test_what_one_edge_cannot_carry_stays_a_node(turtle: str, expected: list[tuple[str, str, str]]) -> None:
    assert edges(turtle) == expected


def test_what_the_ontology_does_not_know_is_drawn_by_what_it_is() -> None:
    network = to_networkx(parse('<urn:a> <urn:near> <urn:b> ; <urn:height> "7 m" .', RdfFormat.TURTLE))
    assert [(s, d["property"], o) for s, o, d in network.edges(data=True)] == [
        ("urn:a", "<urn:near>", "urn:b")
    ]
    assert network.nodes["urn:a"]["attributes"][0]["value"] == "7 m"


def test_hidden_properties_are_counted(dataset: Dataset) -> None:
    network = to_networkx(
        parse(sample.HEAD + 'id:a skos:closeMatch <urn:q> ; kg:theme "x" .', RdfFormat.TURTLE)
    )
    assert network.graph["left_out"] == {"skos:closeMatch": 1}


def test_every_relation_of_the_shipped_graph_is_an_edge_or_folded() -> None:
    import kg

    dataset = kg.open()
    stated = dataset.query(
        "SELECT DISTINCT ?s ?p ?o { ?st a rdf:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . "
        "?p kg:drawnAs kg:Edge FILTER(isIRI(?o)) }"
    )
    network = dataset.to_networkx()
    drawn = {(s, d["property_iri"], o) for s, o, d in network.edges(data=True)}
    via = {d["via"] for *_, d in network.edges(data=True) if "via" in d}
    missing = [
        row
        for row in stated
        if (row["s"].value, row["p"].value, row["o"].value) not in drawn
        and via.isdisjoint({row["s"].value, row["o"].value})
    ]
    assert missing == []
    assert len(stated) > 200


def test_around_an_entity(dataset: Dataset) -> None:
    assert set(dataset.to_networkx(around="李涛")) == {LI, CAO}
    assert HEZE in dataset.to_networkx(around="li tao", depth=2)
    assert list(dataset.to_networkx(around="li-tao", depth=0)) == [LI]


@pytest.mark.parametrize("name", ["kg:County", "County", "county", "县级行政区"])
def test_entities_of_a_class(dataset: Dataset, name: str) -> None:
    assert len(dataset.to_networkx(kind=name, depth=0)) == 8


def test_a_class_takes_in_the_classes_below_it(dataset: Dataset) -> None:
    assert len(dataset.to_networkx(kind="kg:Place", depth=0)) == 12


def test_what_construct_states_is_what_is_drawn(dataset: Dataset) -> None:
    network = dataset.to_networkx("CONSTRUCT WHERE { ?a kg:cooperatesWith ?b }")
    assert {(s, o) for s, o in network.edges()} == {(CAO, ALIBABA), (ID + "sudi", CAO)}
    assert {span["quote"] for *_, d in network.edges(data=True) for span in d["evidence"]} == {
        "曹县与阿里签了约",
        "再次签约",
        "快递进了曹县",
    }


def test_select_draws_the_facts_between_the_entities_of_a_row(dataset: Dataset) -> None:
    network = dataset.query("SELECT ?a ?b { ?a kg:cooperatesWith ?b }").to_networkx()
    assert sorted(d["label"] for *_, d in network.edges(data=True)) == ["合作", "合作", "合作"]


def test_select_joins_entities_that_no_fact_links_by_the_column(dataset: Dataset) -> None:
    network = dataset.to_networkx(
        "SELECT ?who ?city { ?who org:holds/org:postIn/schema:containedInPlace ?city }"
    )
    assert [(s, d["property"], o) for s, o, d in network.edges(data=True)] == [(LI, "?city", HEZE)]


def test_select_of_one_column_draws_the_facts_among_all(dataset: Dataset) -> None:
    network = dataset.to_networkx("SELECT ?e { VALUES ?e { id:caoxian-371721 id:alibaba-group id:alone } }")
    assert len(network) == 3
    assert [(s, o) for s, o in network.edges()] == [(CAO, ALIBABA)] * 2


def test_select_can_name_what_usually_folds(dataset: Dataset) -> None:
    network = dataset.to_networkx("SELECT ?post { ?post a org:Post }")
    assert sorted(d["label"] for _, d in network.nodes(data=True)) == ["主任", "党委书记", "研究员"]


@pytest.mark.parametrize("query", ["ASK {}", "SELECT (1 AS ?n) {}", "SELECT ?name { ?e rdfs:label ?name }"])
def test_an_answer_without_a_graph_is_refused(dataset: Dataset, query: str) -> None:
    with pytest.raises(QueryError, match="draw"):
        dataset.to_networkx(query)


def test_an_empty_answer_is_an_empty_graph(dataset: Dataset) -> None:
    assert len(dataset.to_networkx("SELECT ?x { ?x a <urn:none> }")) == 0


def test_one_way_to_choose(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="two ways"):
        dataset.select("ASK {}", around="曹县")


def test_a_class_that_nothing_has(dataset: Dataset) -> None:
    with pytest.raises(UnknownName, match="Countee") as error:
        dataset.select(kind="Countee")
    assert "kg:County" in error.value.near
