"""The query library on the shipped graph: both engines give the rows that a reader of the page expects.

A query is two files: ``queries/NAME.rq`` and ``tests/data/queries/NAME.tsv``, whose cells are terms as
SPARQL writes them, IRIs as CURIEs, an empty cell for what is unbound.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyoxigraph import Literal, NamedNode

import kg
from kg.cli.query import command
from kg.errors import UnknownName
from kg.namespaces import PREFIXES
from kg.query import header, library
from kg.query.parameters import parameters
from kg.query.terms import kind, to_python

if TYPE_CHECKING:
    import rdflib

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = Path(__file__).parent / "data" / "queries"
NAMES = library.names()
WITH_PARAMETERS = [name for name in NAMES if parameters(library.text(name))]

Table = tuple[list[str], list[list[Any]]]


@pytest.fixture(scope="module")
def shipped() -> kg.Dataset:
    return kg.open()


@pytest.fixture(scope="module")
def in_rdflib() -> rdflib.Graph:
    """The same files, read by rdflib alone."""
    import rdflib

    graph = rdflib.Graph()
    for file in ("data/triples.ttl", "ontology/kg.ttl"):
        graph.parse(ROOT / file)
    return graph


def expected(name: str, dataset: kg.Dataset) -> Table:
    """Read the expected rows, the engine itself reading the terms."""
    file = EXPECTED / f"{name}.tsv"
    if not file.exists():
        pytest.fail(f"{name} has no expected rows: read the page and write {file.relative_to(ROOT)}")
    columns, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = [" ".join(cell or "UNDEF" for cell in line.split("\t")) for line in lines]
    variables = columns.replace("\t", " ")
    values = "\n".join(f"({row})" for row in rows)
    return table(dataset.query(f"SELECT {variables} {{ VALUES ({variables}) {{\n{values}\n}} }}"))


def table(results: kg.Results) -> Table:
    return list(results.columns), [[typed(term) for term in row] for row in results.cells()]


def typed(term: Any) -> Any:
    """Return what a term is and its value, so that 25 equals 25.0 but not "25"."""
    return None if term is None else (kind(term, PREFIXES), to_python(term))


def by_rdflib(graph: rdflib.Graph, text: str) -> Table:
    import rdflib

    def term(node: Any) -> Any:
        if node is None:
            return None
        if isinstance(node, rdflib.URIRef):
            return NamedNode(str(node))
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(node)

    answer = graph.query(text)
    columns = [str(variable) for variable in answer.vars or []]
    return columns, [[typed(term(cell)) for cell in row] for row in answer]


@pytest.mark.parametrize("name", NAMES)
def test_oxigraph_gives_the_expected_rows(name: str, shipped: kg.Dataset) -> None:
    assert table(shipped.query(name)) == expected(name, shipped)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_expected_rows(name: str, shipped: kg.Dataset, in_rdflib: rdflib.Graph) -> None:
    assert by_rdflib(in_rdflib, library.text(name)) == expected(name, shipped)


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_becomes_a_graph_or_says_why_not(name: str, shipped: kg.Dataset) -> None:
    results = shipped.query(name)
    try:
        assert len(results.to_networkx()) > 0
    except kg.QueryError as error:
        assert "names no entity to draw" in str(error)


def test_every_expected_file_has_its_query() -> None:
    assert {file.stem for file in EXPECTED.iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_query_says_what_it_answers(name: str) -> None:
    text = library.text(name)
    parsed = header.parse(text, name)
    assert set(parsed.summary) == set(parsed.description) == {"zh", "en"}
    assert parsed.summary["zh"].endswith("？") and parsed.summary["en"].endswith("?")
    assert all(parsed.description.values()) and parsed.tags
    assert parsed.defaults == parameters(text), "the defaults are the worked example"


@pytest.mark.parametrize("name", NAMES)
def test_a_query_declares_the_prefixes_it_uses_and_no_others(name: str) -> None:
    from pyoxigraph import Store

    text = library.text(name)
    Store().query(text)  # a prefix that is used and not declared is a syntax error
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE))
    body = text.rpartition("PREFIX ")[2].partition("\n")[2]
    assert declared.items() <= PREFIXES.items()
    assert [prefix for prefix in declared if f"{prefix}:" not in body] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_command_answers_it(name: str, capsys: pytest.CaptureFixture[str], shipped: kg.Dataset) -> None:
    given = [f"--param={p}={example}" for p, example in parameters(library.text(name)).items()]
    command.main([name, *given, "--format", "tsv"], standalone_mode=False)
    assert capsys.readouterr().out == shipped.query(name).render("tsv")


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_parameter_is_refused(name: str, shipped: kg.Dataset) -> None:
    with pytest.raises(UnknownName, match="no parameter 'weather'"):
        shipped.query(name, params={"weather": "曹县"})


#: Another value for each parameter, how many rows the page then gives, and the first of them.
OTHERS = {
    "claims-about": ("subject", "曹县", 2, "id:claim-caoxian-popular"),
    "county-figures": ("county", "聊城", 12, "kg:nationalDemonstrationCounties"),
    "listed-counties": ("list", "淘宝村百强县名单", 0, None),
    "relations-of": ("entity", "王以刚", 2, "id:wang-yigang"),
    "who-said-what": ("speaker", "马卫红", 4, "id:claim-liaocheng-recognition"),
}


def test_other_values_answer_other_questions(shipped: kg.Dataset) -> None:
    assert set(OTHERS) == set(WITH_PARAMETERS)
    for name, (parameter, value, count, first) in OTHERS.items():
        results = shipped.query(name, params={parameter: value})
        assert len(results) == count, name
        assert first is None or next(iter(results))[0].value == kg.namespaces.expand(first), name
