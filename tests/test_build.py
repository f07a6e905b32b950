"""Facts compile into the graph, and what cannot stand is refused by line."""

from __future__ import annotations

import hashlib
import textwrap
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, parse

from kg.build import build, to_turtle, verify
from kg.errors import FactsError, SourceError

ARTICLE = """\
 青河晚报
 青河讯(记者 方一)去年，青河县网店突破3 0

00家，同比增长12 . 5%。县长周明说，预计今年

网店超过4000家。青河县与白山县签约，青河县网店协会主办。
"""
ENTITIES = """\
qinghe: {type: County, zh: 青河县, en: Qinghe County}
baishan: {type: County, zh: 白山县, en: Baishan County}
zhou-ming: {type: Official, zh: 周明, en: Zhou Ming}
paper: {type: Newspaper, zh: 青河晚报, en: Qinghe Evening News}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    facts = tmp_path / "facts"
    facts.mkdir()
    (tmp_path / "page.txt").write_text(ARTICLE, encoding="utf-8")
    (facts / "entities.yaml").write_text(ENTITIES, encoding="utf-8")
    (facts / "references.yaml").write_text("gb2260: {zh: 码, en: codes, note: n}\n", encoding="utf-8")
    columns = "id,type,zh,official,alias,en,gb2260,latitude,longitude,within,wikidata,wikidata_source\n"
    (facts / "places.csv").write_text(columns, encoding="utf-8")
    return facts


def state(folder: Path, facts: str, article: str = ARTICLE) -> None:
    """Write a facts file of one article with these facts."""
    head = f"""\
        source: qinghe-2021
        label: {{zh: 青河晚报, en: Qinghe}}
        newspaper: paper
        date: 2021-06
        reference_date: 2021-06-25
        sha256: {hashlib.sha256(article.encode()).hexdigest()}
        characters: {len(article)}
        articles:
          article-one: {{label: {{zh: 报道, en: article}}, blocks: [[0, {len(article)}]]}}
        facts:
          article-one:
        """
    text = textwrap.dedent(head) + textwrap.indent(textwrap.dedent(facts), "  ")
    (folder / "qinghe-2021.yaml").write_text(text, encoding="utf-8")


def compiled(folder: Path) -> Store:
    store = Store()
    store.extend(parse(build(folder, [folder.parent / "page.txt"]).turtle, RdfFormat.TURTLE))
    return store


def rows(store: Store, query: str) -> list[tuple[str | None, ...]]:
    prefixes = {
        "kg": "https://kg.example/ontology#",
        "id": "https://kg.example/id/",
        "schema": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    }
    return [tuple(t.value if t else None for t in row) for row in store.query(query, prefixes=prefixes)]


def refused(folder: Path, facts: str) -> str:
    state(folder, facts)
    with pytest.raises(FactsError) as error:
        build(folder, [folder.parent / "page.txt"])
    return str(error.value).replace(str(folder), "")


GROWTH = """\
- quote: 网店突破3000家
  when: 去年
  figure: qinghe kg:activeShopsThreshold 3000
"""


def test_a_figure_keeps_its_wording_beside_its_value(folder: Path) -> None:
    state(folder, GROWTH)
    figure = "SELECT ?v ?min ?q ?w ?s ?e { ?o schema:value ?v; schema:minValue ?min; kg:verbatim ?w ; \
        schema:measurementQualifier ?q; schema:startDate ?s; schema:endDate ?e }"
    qualifier = "https://kg.example/ontology#moreThan"
    assert rows(compiled(folder), figure) == [
        ("3000", "3000", qualifier, "突破3000家", "2020-01-01", "2020-12-31")
    ]


def test_a_quote_is_a_span_of_the_raw_text(folder: Path) -> None:
    state(folder, GROWTH)
    spans = "SELECT ?start ?end { ?q oa:exact '网店突破3000家'@zh . ?s oa:hasSelector ?q, ?p . ?p oa:start ?start; oa:end ?end }"
    ((start, end),) = rows(compiled(folder), spans)
    assert ARTICLE[int(start or 0) : int(end or 0)] == "网店突破3 0\n\n00家"


def test_a_relation_is_a_triple_and_a_statement(folder: Path) -> None:
    state(
        folder, "- quote: 青河县与白山县签约\n  by: zhou-ming\n  states: qinghe kg:cooperatesWith baishan\n"
    )
    found = "SELECT ?s ?w { ?st rdf:subject ?s; rdf:predicate kg:cooperatesWith; prov:wasAttributedTo ?w . ?s kg:cooperatesWith id:baishan }"
    assert rows(compiled(folder), found) == [
        ("https://kg.example/id/qinghe", "https://kg.example/id/zhou-ming")
    ]


def test_the_recorded_spans_build_the_same_graph_without_the_page(folder: Path) -> None:
    state(folder, GROWTH)
    first = build(folder, [folder.parent / "page.txt"])
    for path, text in first.files.items():
        path.write_text(text, encoding="utf-8")
    assert build(folder).turtle == first.turtle


def test_without_page_and_record_a_quote_cannot_be_placed(folder: Path) -> None:
    state(folder, GROWTH)
    with pytest.raises(FactsError, match="it is not recorded where “网店突破3000家” stands"):
        build(folder)


def test_another_text_is_refused(folder: Path) -> None:
    state(folder, GROWTH)
    other = folder.parent / "other.txt"
    other.write_text("另一版", encoding="utf-8")
    with pytest.raises(SourceError, match="is the text of no page"):
        build(folder, [other])


def test_proposals_and_rejections_stay_out(folder: Path) -> None:
    state(folder, GROWTH + "  status: rejected\n")
    assert rows(compiled(folder), "SELECT ?o { ?o a schema:Observation }") == []


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("- quote: 网店突破9000家\n  states: qinghe kg:covers baishan\n", "does not stand in article-one"),
        (
            "- quote: 青河县\n  states: qinghe kg:covers baishan\n",
            "“青河县” stands 3 times in article-one: 20-23 after",
        ),
        (
            "- quote: 网店突破3000家\n  figure: qinghe kg:activeShopsThreshold 4000\n",
            "states 4000 C62, the quote says 突破3000家 = 3000 C62; mend the value or the quote",
        ),
        (
            "- quote: 网店突破3000家\n  figure: qinghe kg:activeShopThreshold 3000\n",
            "did you mean kg:activeShopsThreshold",
        ),
        (
            "- quote: 网店突破3000家\n  figure: qinghe kg:onlineSales 3000\n",
            "kg:onlineSales is given in CNY, not C62",
        ),
        ("- quote: 网店突破3000家\n  figure: qinghe kg:onlineSales\n", "is no figure"),
        (
            "- quote: 青河县与白山县签约\n  states: qingha kg:covers baishan\n",
            "'qingha' is no entity; did you mean qinghe",
        ),
        ("- quote: 青河县与白山县签约\n  states: qinghe kg:cover baishan\n", "did you mean covers"),
        ("- quote: 青河县与白山县签约\n  states: qinghe kg:edition first\n", "'first' is no integer"),
        ('- quote: 青河县与白山县签约\n  states: qinghe kg:covers "白山"\n', "takes an entity, not text"),
        ("- quote: 青河县与白山县签约\n  mood: bad\n  states: a b c\n", "unknown field mood"),
        ("- quote: 青河县与白山县签约\n", "the quote states nothing"),
        ("- states: qinghe kg:covers baishan\n", "no quote"),
        (
            "- quote: 网店超过4000家\n  modality: Forecast\n  figure: qinghe kg:activeShopsThreshold 4000\n",
            "a forecast needs its speaker",
        ),
        (
            "- quote: 网店突破3000家\n  modality: Guess\n  states: qinghe kg:covers baishan\n",
            "modality 'Guess'",
        ),
        (f"- quote: {'青' * 40}\n  states: qinghe kg:covers baishan\n", "the quote has 40 characters"),
    ],
)
def test_what_cannot_stand_is_refused_by_line(folder: Path, facts: str, message: str) -> None:
    refusal = refused(folder, facts)
    assert refusal.startswith("/qinghe-2021.yaml:12: "), refusal
    assert message in refusal


def test_the_words_beside_a_quote_tell_two_places_apart(folder: Path) -> None:
    state(folder, "- quote: 青河县\n  suffix: 与白山县\n  states: qinghe kg:cooperatesWith baishan\n")
    starts = rows(compiled(folder), "SELECT ?n { ?p oa:start ?n }")
    assert starts == [(str(ARTICLE.index("青河县与")),)]


def test_a_range_states_both_bounds(folder: Path) -> None:
    article = ARTICLE + "计划投资3至5亿元。"
    (folder.parent / "page.txt").write_text(article, encoding="utf-8")
    state(
        folder,
        "- quote: 投资3至5亿元\n  figure: qinghe kg:agreedInvestment 300000000..500000000 CNY\n",
        article,
    )
    bounds = "SELECT ?min ?max { ?o schema:minValue ?min ; schema:maxValue ?max }"
    assert rows(compiled(folder), bounds) == [("300000000", "500000000")]


def test_a_measure_of_the_catalogue_needs_no_term_of_the_ontology(folder: Path) -> None:
    with (folder / "entities.yaml").open("a", encoding="utf-8") as file:
        file.write("measure-shops: {type: Measure, zh: 网店数, en: shops}\n")
    state(folder, "- quote: 网店突破3000家\n  figure: qinghe measure-shops 3000\n")
    measure = "SELECT ?m { ?o schema:variableMeasured ?m . ?m a kg:Measure }"
    assert rows(compiled(folder), measure) == [("https://kg.example/id/measure-shops",)]


def test_the_same_fact_twice_is_refused(folder: Path) -> None:
    fact = "- quote: 青河县与白山县签约\n  states: qinghe kg:covers baishan\n"
    assert "line 12 states the same" in refused(folder, fact + fact)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [("source: [", ":1: "), ("", "is empty"), ("source: a\nsource: b\n", ":2: 'source' stands twice")],
)
def test_a_facts_file_that_is_no_yaml_names_the_line(folder: Path, yaml: str, message: str) -> None:
    (folder / "qinghe-2021.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(FactsError) as error:
        build(folder)
    assert message in str(error.value)


def test_the_shipped_graph_is_what_the_facts_compile_to() -> None:
    root = Path(__file__).parent.parent
    assert verify(root / "data/facts", root / "data/triples.ttl")


def test_turtle_reads_back_as_what_was_written() -> None:
    data = 'PREFIX : <urn:x#> :a :p "a\\"b\\n\\\\"@zh , 1 , 1.50 , true , "2021-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> , :b , <https://kg.example/id/ü> .'
    triples = {q.triple for q in parse(data, RdfFormat.TURTLE)}
    assert {q.triple for q in parse(to_turtle(triples), RdfFormat.TURTLE)} == triples
