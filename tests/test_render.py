"""Formats: tables for people, the W3C's to the letter for machines."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

import kg
from kg.errors import UnknownName, UsageError
from kg.query.render import FORMATS

FIGURES = """SELECT ?county ?n ?start {
  ?o schema:observationAbout ?county ; schema:value ?n OPTIONAL { ?o schema:startDate ?start }
} ORDER BY ?n"""
AWKWARD = r"""SELECT ?s ?u { VALUES (?s ?u) { ("a|b\n\"c\", <d>"@zh UNDEF) (_:b 1.50) } }""".replace(
    "_:b", "<urn:b>"
)


def test_a_table_shows_labels_aligned_by_display_width(small: kg.Dataset) -> None:
    assert small.query(FIGURES).render() == (
        "county    n  start\n"
        "------  ---  ----------\n"
        "单县      9  2020-01-01\n"
        "曹县    151\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("zh", "曹县"),
        ("en", "Cao County"),
        ("fr", "Cao County"),
        ("zh-Hans", "Cao County"),
        (None, "id:caoxian-371721"),
    ],
)
def test_labels_come_in_the_language_asked_for(small: kg.Dataset, lang: str | None, shown: str) -> None:
    assert small.query('SELECT ?c { ?c kg:gb2260 "371721" }').render(lang=lang).splitlines()[2] == shown


def test_a_table_fits_the_terminal(small: kg.Dataset) -> None:
    results = small.query(
        'SELECT ("曹县电商大会在曹县举行" AS ?what) ("x" AS ?y) ("abcdefghijklmno" AS ?z) {}'
    )
    assert results.render(width=30) == (
        "what          y  z\n"
        "------------  -  -------------\n"
        "曹县电商...   x  abcdefghij...\n"
    )  # fmt: skip


def test_control_characters_stay_out_of_the_terminal(small: kg.Dataset) -> None:
    assert "\x1b" not in small.query('SELECT ("\\u001B[31mred\\n" AS ?x) {}').render()


def test_no_rows_and_no_columns(small: kg.Dataset) -> None:
    assert small.query("SELECT ?s { ?s a kg:Moon }").render() == "s\n-\n"
    assert small.query("SELECT * { id:heze-371700 a kg:PrefectureCity }").render("csv") == "\r\n\r\n"
    assert json.loads(small.query("SELECT ?s { ?s a kg:Moon }").render("json"))["results"] == {"bindings": []}


def test_vertical_markdown_html(small: kg.Dataset) -> None:
    results = small.query(FIGURES, limit=1)
    assert results.render("vertical") == "-- 1 --\ncounty  单县\nn       9\nstart   2020-01-01\n"
    assert results.render("md") == (
        "| county | n | start |\n| --- | ---: | --- |\n| 单县 | 9 | 2020-01-01 |\n"
    )
    assert '<td style="text-align: right">9</td>' in results.render("html")
    assert small.query('SELECT ("a|b" AS ?x) {}').render("md").splitlines()[2] == "| a\\|b |"


def test_csv_and_tsv_as_the_w3c_writes_them(small: kg.Dataset) -> None:
    """https://www.w3.org/TR/sparql11-results-csv-tsv/"""
    results = small.query(AWKWARD)
    assert results.render("csv") == 's,u\r\n"a|b\n""c"", <d>",\r\nurn:b,1.5\r\n'
    assert results.render("tsv") == ('?s\t?u\n"a|b\\n\\"c\\", <d>"@zh\t\n<urn:b>\t1.5\n')


def test_json_as_the_w3c_writes_it(small: kg.Dataset) -> None:
    """https://www.w3.org/TR/sparql11-results-json/"""
    document = json.loads(small.query(FIGURES).render("json"))
    assert document == {
        "head": {"vars": ["county", "n", "start"]},
        "results": {
            "bindings": [
                {
                    "county": {"type": "uri", "value": "https://kg.example/id/shanxian-371722"},
                    "n": {
                        "type": "literal",
                        "value": "9",
                        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                    },
                    "start": {
                        "type": "literal",
                        "value": "2020-01-01",
                        "datatype": "http://www.w3.org/2001/XMLSchema#date",
                    },
                },
                {
                    "county": {"type": "uri", "value": "https://kg.example/id/caoxian-371721"},
                    "n": {
                        "type": "literal",
                        "value": "151",
                        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                    },
                },
            ]
        },
    }
    assert json.loads(small.query("ASK {}").render("json")) == {"head": {}, "boolean": True}


def test_xml_as_the_w3c_writes_it(small: kg.Dataset) -> None:
    """https://www.w3.org/TR/rdf-sparql-XMLres/"""
    ns = {"s": "http://www.w3.org/2005/sparql-results#"}
    root = ET.fromstring(small.query(AWKWARD).render("xml"))
    assert [v.attrib["name"] for v in root.findall("s:head/s:variable", ns)] == ["s", "u"]
    first, second = root.findall("s:results/s:result", ns)
    literal = first.find("s:binding/s:literal", ns)
    assert literal is not None
    assert literal.text == 'a|b\n"c", <d>'
    assert literal.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "zh"}
    assert len(first) == 1, "an unbound variable has no binding element"
    assert [b.attrib["name"] for b in second] == ["s", "u"]


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_streamed_or_fetched_the_bytes_are_the_same(small: kg.Dataset, format: str) -> None:
    from io import BytesIO

    from kg.query.run import evaluate

    streamed = BytesIO()
    results = evaluate(small.store, FIGURES)
    results.write(streamed, format, once=True)
    assert results.went_by
    assert streamed.getvalue().decode() == small.query(FIGURES).render(format)
    none = evaluate(small.store, "SELECT ?a ?b { ?a <urn:none> ?b }")
    none.write(BytesIO(), format, once=True)
    assert not none.went_by
    unbound = evaluate(small.store, "SELECT ?a { BIND(1/0 AS ?a) }")
    unbound.write(BytesIO(), format, once=True)
    assert unbound.went_by  # a row in which nothing is bound


@pytest.mark.parametrize("format", ["ttl", "nt", "nq", "trig", "rdf", "jsonld"])
def test_a_graph_written_in_any_rdf_format_reads_back(small: kg.Dataset, format: str) -> None:
    import pyoxigraph

    results = small.query("DESCRIBE id:caoxian-371721")
    reader = pyoxigraph.RdfFormat.from_extension(format)
    assert reader is not None
    back = {quad.triple for quad in pyoxigraph.parse(results.render(format), reader)}
    assert back == set(results.rows)


def test_turtle_declares_only_the_prefixes_it_uses(small: kg.Dataset) -> None:
    turtle = small.query('CONSTRUCT { ?c rdfs:label ?l } { ?c kg:gb2260 "371700" ; rdfs:label ?l }').render(
        "ttl"
    )
    assert turtle == (
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix id: <https://kg.example/id/> .\n"
        'id:heze-371700 rdfs:label "菏泽市"@zh .\n'
    )


@pytest.mark.parametrize(
    ("given", "same"),
    [
        (".csv", "csv"),
        ("SRJ", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/csv; header=present", "csv"),
    ],
)
def test_a_format_goes_by_name_extension_or_media_type(small: kg.Dataset, given: str, same: str) -> None:
    assert small.query(FIGURES).render(given) == small.query(FIGURES).render(same)


def test_json_and_xml_of_a_graph_are_json_ld_and_rdf_xml(small: kg.Dataset) -> None:
    graph = small.query("DESCRIBE id:heze-371700")
    assert graph.render("json") == graph.render("jsonld")
    assert graph.render("application/xml") == graph.render("rdf")


def test_every_format_fits_some_answer_and_says_so_where_it_does_not(small: kg.Dataset) -> None:
    answers = {
        "solutions": small.query(FIGURES),
        "boolean": small.query("ASK {}"),
        "graph": small.query("DESCRIBE id:a"),
    }
    for name, (_, forms, _, _) in FORMATS.items():
        for form, results in answers.items():
            if form in forms or (form == "graph" and name in ("json", "xml")):
                assert isinstance(results.render(name), str)
            else:
                with pytest.raises(UsageError, match="cannot hold"):
                    results.render(name)
    with pytest.raises(UnknownName, match="no format 'jsn'; did you mean json"):
        answers["solutions"].render("jsn")


def test_a_narrow_table_cuts_no_number_and_loses_no_words(small: kg.Dataset) -> None:
    results = small.query(
        "SELECT ?v ?words { VALUES (?v ?words) { (16700000000 '曹县网络销售额突破167亿元，淘宝村发展到151个') } }"
    )
    wide = results.render("table", width=60).splitlines()
    assert wide[2].split()[0] == "16700000000" and wide[2].endswith("151个")
    narrow = results.render("table", width=22).splitlines()
    assert narrow[2].split()[0] == "16700000000"
    assert "".join(line[13:].strip() for line in narrow[2:]) == "曹县网络销售额突破167亿元，淘宝村发展到151个"


def test_a_narrow_table_breaks_no_name_of_a_column(small: kg.Dataset) -> None:
    words = "'曹县网络销售额突破167亿元，淘宝村发展到151个'"
    results = small.query(
        f"SELECT ?measure ?period ?quote {{ VALUES (?measure ?period ?quote) {{ ({words} {words} {words}) }} }}"
    )
    for columns in range(20, 60):
        first = results.render("table", width=columns).splitlines()[0]
        assert first.split() in (["measure", "period", "quote"], ["--", "1", "--"]), columns
