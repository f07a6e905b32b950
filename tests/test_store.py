"""Files become one store; a file that is wrong is named with what is wrong in it."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pyoxigraph
import pytest

import kg
from kg.errors import DataError
from kg.store import open_store
from kg.store.dump import dump
from kg.store.generation import load

TURTLE = '@prefix ex: <urn:ex:> .\nex:cao ex:label "曹县"@zh .\n'
QUAD = pyoxigraph.Quad(
    pyoxigraph.NamedNode("urn:ex:cao"),
    pyoxigraph.NamedNode("urn:ex:label"),
    pyoxigraph.Literal("曹县", language="zh"),
)


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize(
    "format",
    [
        pyoxigraph.RdfFormat.TURTLE,
        pyoxigraph.RdfFormat.N_TRIPLES,
        pyoxigraph.RdfFormat.N_QUADS,
        pyoxigraph.RdfFormat.TRIG,
        pyoxigraph.RdfFormat.RDF_XML,
        pyoxigraph.RdfFormat.JSON_LD,
    ],
    ids=lambda format: format.file_extension,
)
@pytest.mark.parametrize("zipped", [False, True], ids=["plain", "gz"])
def test_every_format_loads_plain_and_zipped(
    tmp_path: Path, format: pyoxigraph.RdfFormat, zipped: bool
) -> None:
    data = pyoxigraph.serialize([QUAD], format=format) or b""
    name = f"a.{format.file_extension}" + (".gz" if zipped else "")
    file = write(tmp_path / name, gzip.compress(data) if zipped else data)
    assert [quad.triple for quad in open_store([file]).quads()] == [QUAD.triple]


def test_a_directory_stands_for_the_data_files_below_it(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    write(tmp_path / "a.ttl", "<urn:a> <urn:p> 1 .")
    write(tmp_path / "below" / "b.nt", "<urn:b> <urn:p> <urn:c> .")
    write(tmp_path / "notes.txt", "not data")
    assert len(kg.open(tmp_path)) == 2


def test_named_graphs_are_seen_as_one_with_the_default_graph(tmp_path: Path) -> None:
    file = write(tmp_path / "a.trig", "<urn:a> <urn:p> 1 . <urn:g> { <urn:b> <urn:p> 2 }")
    results = kg.open(file).query("SELECT ?n { ?s <urn:p> ?n } ORDER BY ?n")
    assert [row["n"].value for row in results] == ["1", "2"]
    assert kg.open(file).query("ASK { GRAPH <urn:g> { ?s <urn:p> 2 } }")


GRAPHS = """@prefix : <urn:> . :d0 :p :d1 .
:g1 { :a :p :b . :b :p :c } :g2 { :a :p :d , :b }"""


@pytest.mark.parametrize("on_disk", [False, True])
@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("SELECT (COUNT(*) AS ?v) { ?s ?p ?o }", ["4"]),
        ("SELECT (COUNT(*) AS ?v) { GRAPH ?g { ?s ?p ?o } }", ["4"]),
        ("SELECT ?v FROM <urn:g2> { <urn:a> <urn:p> ?v }", ["urn:b", "urn:d"]),
        ("SELECT ?v FROM <urn:nope> { <urn:a> <urn:p> ?v }", []),
        ("SELECT (COUNT(*) AS ?v) FROM <urn:g1> FROM <urn:g2> { ?s ?p ?o }", ["3"]),
        (
            "PREFIX n: <urn:> SELECT ?v FROM n:g1 FROM n:g2 FROM NAMED n:g2 { GRAPH ?g { ?s ?p ?v } } ",
            ["urn:b", "urn:d"],
        ),
        ("SELECT ?v FROM NAMED <urn:g1> { GRAPH ?g { <urn:b> ?p ?v } }", ["urn:c"]),
    ],
)
def test_the_union_of_graphs_is_a_set_and_from_narrows_it(
    query: str, values: list[str], on_disk: bool, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.trig", GRAPHS)
    if on_disk:
        load([str(file)], str(tmp_path / "store"))
    dataset = kg.open(tmp_path / "store" if on_disk else file)
    assert len(dataset) == 4
    assert sorted(row["v"].value for row in dataset.query(query)) == values


def test_a_dump_has_each_statement_in_the_graphs_that_it_came_in(tmp_path: Path) -> None:
    load([str(write(tmp_path / "a.trig", GRAPHS))], str(tmp_path / "store"))
    stream = BytesIO()
    dump(str(tmp_path / "store"), stream, "nq")
    assert sorted(stream.getvalue().decode().splitlines()) == [
        "<urn:a> <urn:p> <urn:b> <urn:g1> .",
        "<urn:a> <urn:p> <urn:b> <urn:g2> .",
        "<urn:a> <urn:p> <urn:d> <urn:g2> .",
        "<urn:b> <urn:p> <urn:c> <urn:g1> .",
        "<urn:d0> <urn:p> <urn:d1> .",
    ]


def test_prefixes_that_a_file_declares_need_no_declaration(tmp_path: Path) -> None:
    assert kg.open(write(tmp_path / "a.ttl", TURTLE)).query("ASK { ex:cao ex:label ?label }")


def test_a_prefix_that_two_files_declare_differently_means_what_the_first_says(tmp_path: Path) -> None:
    first = write(tmp_path / "1.ttl", TURTLE)
    second = write(tmp_path / "2.ttl", TURTLE.replace("urn:ex:", "urn:other:"))
    store = open_store([first, second])
    assert store.prefixes["ex"] == "urn:ex:"
    assert store.notes == [
        f"{second} declares the prefix ex: as <urn:other:>, {first} as <urn:ex:>; queries use the latter"
    ]


def test_relative_iris_are_resolved_against_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "a b.ttl", "<#cao> <urn:p> <#shan> .")
    assert next(open_store([file]).quads()).subject.value == f"file://{tmp_path}/a%20b.ttl#cao"


def test_blank_nodes_of_two_files_stay_two(tmp_path: Path) -> None:
    files = [write(tmp_path / name, "_:b <urn:p> 1 .") for name in ("1.ttl", "2.ttl")]
    assert len(kg.open(files)) == 2


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert len(kg.open(write(tmp_path / "a.ttl", "\ufeff" + TURTLE))) == 1


@pytest.mark.parametrize(
    ("name", "content", "message", "hint"),
    [
        ("empty.ttl", b"", "is empty", "give a file with statements"),
        ("prefix.ttl", b"@prefix a: <urn:a:> .", "no statements in", "give a file with statements"),
        ("binary.ttl", bytes(range(256)), "is binary", "give a .ttl"),
        ("binary.ttl.gz", gzip.compress(bytes(range(256))), "is binary", "give a .ttl"),
        ("utf16.ttl", TURTLE.encode("utf-16"), "is UTF-16, not UTF-8", "iconv -f UTF-16"),
        ("gbk.ttl", TURTLE.encode("gbk"), "is not UTF-8 (at line 2", "it reads as GB18030"),
        ("latin.ttl", '<urn:a> <urn:p> "caf\xe9 ".'.encode("latin-1"), "is not UTF-8 (at line 1", "UTF-8"),
        ("cut.ttl", TURTLE[:-6].encode(), "at line 2", "cut off"),
        ("cut.ttl.gz", gzip.compress(TURTLE.encode() * 9)[:-9], "cannot read", "whole"),
        ("notgz.ttl.gz", TURTLE.encode(), "cannot read", "whole"),
        ("syntax.ttl", (TURTLE + "ex:a ex:b c:d .").encode(), "at line 3", "declare the prefix"),
        ("dot.ttl", (TURTLE + "ex:a ex:b ex:c\nex:d ex:e ex:f .").encode(), "at line 4", "mend that line"),
        ("cut.jsonld", b'{"@id": "urn:a", "urn:p": ', "", ""),
        ("cut.rdf", b"<?xml version='1.0'?><rdf:RDF", "", ""),
        ("facts.xlsx", b"PK", "cannot tell the format", ".ttl"),
    ],
)
def test_a_wrong_file_is_one_clear_sentence(
    tmp_path: Path, name: str, content: bytes, message: str, hint: str
) -> None:
    with pytest.raises(DataError) as caught:
        open_store([write(tmp_path / name, content)])
    assert name in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_directory_without_data(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file .*none\.ttl"):
        open_store([str(tmp_path / "none.ttl")])
    with pytest.raises(DataError, match="no data in the directory"):
        open_store([str(tmp_path)])
