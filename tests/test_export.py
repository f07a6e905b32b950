"""Each format is read back by the library its users read it with, hostile labels and all."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib
import sample

from kg.errors import UnknownName
from kg.graph import export
from kg.graph.flat import flatten
from kg.graph.selection import Selection
from kg.namespaces import ID, RDF
from kg.store import MemoryStore

CAO = ID + "caoxian-371721"


@pytest.fixture(scope="module")
def selection() -> Selection:
    return Selection.whole(MemoryStore.parse(sample.small()))


def written(selection: Selection, format: str) -> bytes:
    stream = io.BytesIO()
    export.write(selection, stream, format)
    return stream.getvalue()


def content(graph: nx.MultiDiGraph) -> tuple[dict, dict]:
    nodes = {node: dict(data) for node, data in graph.nodes(data=True)}
    return nodes, {(s, o, key): dict(data) for s, o, key, data in graph.edges(keys=True, data=True)}


def test_graphml_is_read_back_equal(selection: Selection) -> None:
    back = nx.read_graphml(io.BytesIO(written(selection, "graphml")), force_multigraph=True)
    assert content(back) == content(flatten(selection.network))
    assert back.nodes[ID + "hostile-script"]["label"] == sample.HOSTILE["script"]


def test_gexf_is_read_back_with_colours_sizes_and_positions(selection: Selection) -> None:
    back = nx.read_gexf(io.BytesIO(written(selection, "gexf")))
    nodes, _ = content(flatten(selection.network))
    for node, data in nodes.items():
        read = dict(back.nodes[node])
        viz = read.pop("viz")
        assert read.pop("community") >= 0
        assert {key: read[key] for key in data} == data
        assert viz["size"] > 0
        assert viz["color"]["r"] is not None
    cao, alone = back.nodes[CAO]["viz"], back.nodes[ID + "alone"]["viz"]
    assert cao["size"] > 2 * alone["size"]
    assert cao["position"] != alone["position"]
    assert sorted((s, o, d["property"]) for s, o, d in back.edges(data=True)) == sorted(
        (s, o, d["property"]) for s, o, d in selection.network.edges(data=True)
    )


def test_gexf_carries_no_date(selection: Selection) -> None:
    assert b"lastmodified" not in written(selection, "gexf")


def test_json_is_read_back_equal_lists_and_all(selection: Selection) -> None:
    back = nx.node_link_graph(json.loads(written(selection, "json")), edges="edges")
    assert content(back) == content(selection.network)


def test_cytoscape_is_read_back(selection: Selection) -> None:
    data = json.loads(written(selection, "cytoscape"))
    back = nx.cytoscape_graph(data)
    assert set(back) == set(selection.network)
    assert back.number_of_edges() == selection.network.number_of_edges()
    assert back.nodes[ID + "hostile-rtl"]["label"] == sample.HOSTILE["rtl"]
    assert all({"x", "y"} == element["position"].keys() for element in data["elements"]["nodes"])


def test_csv_has_a_row_a_statement(selection: Selection) -> None:
    text = written(selection, "csv")
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    kinds = [row["kind"] for row in rows]
    assert kinds.count("relation") == selection.network.number_of_edges()
    assert kinds.count("figure") == 5
    assert kinds.count("class") == len(selection.network)
    sales = next(row for row in rows if row["object_label"] == "突破167亿元")
    assert (sales["subject_label"], sales["value"], sales["speaker"]) == ("曹县", "16700000000", "李涛")
    assert sales["quote"] == "突破167亿元"


def test_csv_cells_start_no_formula() -> None:
    store = MemoryStore.parse(
        '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "=HYPERLINK(1)" ; <urn:p> <urn:b> .'
    )
    assert b",'=HYPERLINK(1)" in written(Selection.whole(store), "csv")


def test_parquet_holds_the_same_table_with_types(selection: Selection) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow (pip install 'kg[parquet]')")
    table = parquet.read_table(io.BytesIO(written(selection, "parquet")))
    assert str(table.schema.field("value").type) == "double"
    found = [row for row in table.to_pylist() if row["kind"] == "figure"]
    assert sorted(row["value"] for row in found) == [2.5, 4, 4, 151, 16_700_000_000]
    assert {row["subject_label"] for row in table.to_pylist()} >= set(sample.HOSTILE.values()) - {
        sample.HOSTILE["control"]
    }


# rdflib's own parsers use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("format", ["ttl", "nt", "nq", "trig", "jsonld"])
def test_rdf_is_read_back_equal_by_rdflib(selection: Selection, format: str) -> None:
    names = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
    back = rdflib.Dataset()
    back.parse(data=written(selection, format).decode(), format=names[format])
    original = rdflib.Graph().parse(data=sample.small(), format="turtle")
    assert {(s, p, str(o)) for s, p, o, _ in back.quads()} == {(s, p, str(o)) for s, p, o in original}


def test_named_graphs_are_kept() -> None:
    store = MemoryStore.parse("<urn:g> { <urn:a> <urn:p> <urn:b> }")
    line = b"<urn:a> <urn:p> <urn:b> <urn:g> .\n"
    assert written(Selection.whole(store), "nq") == line
    assert written(Selection.around(store, "urn:a"), "nq") == line


def test_rdf12_says_the_same_by_reifiers(selection: Selection) -> None:
    text = written(selection, "rdf12")
    back = list(pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE))
    reified = {q.subject: q.object for q in back if q.predicate.value == RDF + "reifies"}
    statements = {q.subject for q in selection.quads if getattr(q.object, "value", "") == RDF + "Statement"}
    assert reified.keys() == statements
    for statement, triple in reified.items():
        stated = {q.predicate.value: q.object for q in selection.quads if q.subject == statement}
        assert [triple.subject, triple.predicate, triple.object] == [
            stated[RDF + part] for part in ("subject", "predicate", "object")
        ]
    assert len(back) == len(selection.quads) - 3 * len(statements)


def test_a_part_as_rdf_draws_the_same_part_again(selection: Selection) -> None:
    part = Selection.around(selection.store, ID + "li-tao", depth=1)
    again = Selection.whole(MemoryStore.parse(written(part, "ttl").decode())).network
    assert set(again) == set(part.network)
    assert [d["label"] for *_, d in again.edges(data=True)] == ["党委书记"]
    assert again.nodes[CAO]["figures"] == part.network.nodes[CAO]["figures"]


def test_the_answer_of_construct_is_exported_as_it_is(selection: Selection) -> None:
    import kg

    answer = kg.Dataset(selection.store).select("CONSTRUCT { ?a <urn:x> ?b } { ?a kg:releasedBy ?b }")
    assert written(answer, "nt").decode().split() == [
        f"<{ID}report-2020>",
        "<urn:x>",
        f"<{ID}alibaba-group>",
        ".",
    ]


def test_an_empty_selection_is_a_valid_file_in_every_format() -> None:
    empty = Selection.whole(MemoryStore())
    for format in export.FORMATS:
        if format != "parquet":
            written(empty, format)
    assert len(nx.read_graphml(io.BytesIO(written(empty, "graphml")))) == 0
    assert len(nx.read_gexf(io.BytesIO(written(empty, "gexf")))) == 0


@pytest.mark.parametrize("format", sorted(export.FORMATS))
def test_the_same_bytes_in_every_process(format: str, tmp_path: Path) -> None:
    (tmp_path / "small.ttl").write_text(sample.small(), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "export", "--data", str(tmp_path / "small.ttl"), "--to", format]
    command += ["--around", "曹县", "--depth", "2"]
    path = os.pathsep.join(sys.path)
    outputs = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 1000


def test_a_format_that_there_is_not() -> None:
    with pytest.raises(UnknownName, match="no format 'grapml'; did you mean graphml"):
        export.canonical("grapml")
