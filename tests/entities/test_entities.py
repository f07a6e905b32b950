"""What is said of entities, how they are connected, what is stated, what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from kg.cli.completion import complete_entity, complete_format
from kg.entities import resolve
from kg.entities.connection import connections
from kg.entities.describe import describe
from kg.entities.difference import difference
from kg.entities.quotation import Pages, evidence_about, quotes, sources
from kg.entities.search import listing, search
from kg.entities.stated import stated
from kg.errors import AmbiguousName, DataError, SourceError, UnknownName, UsageError
from kg.namespaces import ID
from kg.store import MemoryStore

DATA = "tests/data/evidence.ttl"
STORE = MemoryStore.read([DATA])
QINGHE, BAISHI, LIN = f"{ID}qinghe-990101", f"{ID}baishi-990102", f"{ID}lin-lan"


def test_describe() -> None:
    found = describe(STORE, QINGHE)
    assert (found.label, found.types) == ("青禾县", ("县级行政区",))
    assert [(f.inward, str(f.other)) for f in found.facts if f.evidence] == [
        (False, f"<{ID}lantern>"),
        (False, f"<{ID}dongchuan-990100>"),
    ]
    assert [(f.verbatim, f.period, f.qualifier, [e.speaker for e in f.evidence]) for f in found.figures] == [
        ("六成以上", "", "至少", [""]),
        ("突破12亿元", "2020-01-01/2020-12-31", "超过", [""]),
        ("15亿元", "2021-01-01/2021-12-31", "", ["林岚"]),
    ]


def test_describe_tells_facts_in() -> None:
    found = describe(STORE, f"{ID}dongchuan-990100")
    assert [str(f.other) for f in found.facts if f.inward] == [f"<{BAISHI}>", f"<{QINGHE}>"]


def test_describe_what_is_not_there() -> None:
    with pytest.raises(DataError, match="the graph says nothing of <urn:nobody>"):
        describe(STORE, "urn:nobody")


def test_a_description_as_triples_can_be_described_again() -> None:
    listing = describe(STORE, QINGHE).listing(graph=True)
    again = describe(MemoryStore.parse(listing.render("nt")), QINGHE)
    assert {figure.verbatim for figure in again.figures} == {"六成以上", "突破12亿元", "15亿元"}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("青禾", "qinghe-990101"),
        ("禾县", "qinghe-990101"),
        ("baishi", "baishi-990102"),
        ("denglong", "lantern"),
        ("燈籠", "lantern"),
        ("Qīnghé", "qinghe-990101"),
        ("990102", "baishi-990102"),
        ("云岭省青禾", "qinghe-990101"),
    ],
)
def test_search_by_part_of_a_name(text: str, first: str) -> None:
    assert search(STORE, text)[0].iri == ID + first


def test_search_by_quote() -> None:
    assert [(match.iri, match.where) for match in search(STORE, "突破")] == [(f"{ID}obs-1", "quote")]


def test_a_quote_is_found_with_what_it_states() -> None:
    [[said, iri, where, text]] = listing(STORE, search(STORE, "灯笼协会会长")).cells()
    assert [said.value, where.value, text.value] == ["林岚 担任 会长", "quote", "灯笼协会会长"]
    assert iri.value == f"{ID}st-5"


def test_a_bound_without_a_value_is_a_figure() -> None:
    store = MemoryStore.parse(
        "@prefix s: <https://schema.org/> . @prefix kg: <https://kg.example/ontology#> . "
        '<urn:obs> s:observationAbout <urn:cao> ; s:variableMeasured <urn:rank> ; s:maxValue 10 ; kg:verbatim "前十位"@zh .'
    )
    [figure] = describe(store, "urn:cao").figures
    assert (figure.verbatim, figure.value.value) == ("前十位", "10")


@pytest.mark.parametrize("text", ["", "  ", "曹" * 10_000])
def test_a_search_for_nothing_or_for_too_much_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        search(STORE, text)


def test_connections_are_told_hop_by_hop() -> None:
    [way] = connections(STORE, QINGHE, BAISHI)
    assert [(hop.triple.object.value.removeprefix(ID), hop.backward) for hop in way.hops] == [
        ("dongchuan-990100", False),
        ("dongchuan-990100", True),
    ]
    assert [[piece.exact for piece in hop.evidence] for hop in way.hops] == [["青禾县隶属东川市"], [""]]
    assert way.statements == 2


def test_more_statements_come_first() -> None:
    said = " ".join(
        f"<urn:st{i}> rdf:subject <urn:{s}> ; rdf:predicate <urn:p> ; rdf:object <urn:{o}> ; "
        f"prov:wasDerivedFrom <urn:span{i}> ."
        for i, (s, o) in enumerate([("a", "c"), ("a", "c"), ("a", "b")])
    )
    store = MemoryStore.parse(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> ."
        f"<urn:a> <urn:p> <urn:b>, <urn:c> . <urn:b> <urn:p> <urn:d> . <urn:c> <urn:p> <urn:d> . {said}"
    )
    ways = connections(store, "urn:a", "urn:d")
    assert [(way.hops[0].triple.object.value, way.statements) for way in ways] == [("urn:c", 2), ("urn:b", 1)]


def test_a_cycle_is_walked_once() -> None:
    store = MemoryStore.parse(
        "<urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> <urn:a>, <urn:c> . <urn:c> <urn:p> <urn:a> ."
    )
    assert [len(way.hops) for way in connections(store, "urn:a", "urn:c", every=True)] == [1, 2, 2]
    with pytest.raises(UsageError, match="both names are of one entity"):
        connections(store, "urn:a", "urn:a")


@pytest.mark.parametrize(
    ("subject", "relation", "value", "verdict"),
    [
        ("青禾县", "containedInPlace", "东川市", "stated"),
        ("青禾县", "schema:containedInPlace", "云岭省", "stated"),
        ("青禾县", "schema:containedInPlace", "白石县", "stated otherwise"),
        ("白石县", "kg:representativeProduct", "", "not stated"),
        ("青禾县", "网上销售额", "突破12亿元", "stated"),
        ("青禾县", "网上销售额", "13", "stated otherwise"),
        ("青禾县", "网上销售额", "12亿元", "stated"),
        ("青禾县", "网上销售额", "1,200,000,000", "stated"),
        ("青禾县", "网上销售额", "12亿美元", "stated otherwise"),
        ("青禾县", "网上销售额", "13亿元", "stated otherwise"),
        ("林岚", "org:holds", "会长", "stated"),
    ],
)
def test_stated(subject: str, relation: str, value: str, verdict: str) -> None:
    assert stated(STORE, subject, relation, value).verdict == verdict


def test_what_is_stated_has_its_evidence_and_what_is_not_is_not_false() -> None:
    [(words, [evidence])] = stated(STORE, "青禾县", "containedInPlace", "东川市").found
    assert (words, evidence.exact) == ("东川市", "青禾县隶属东川市")
    assert stated(STORE, "白石县", "kg:representativeProduct", "灯笼").sentence.endswith(
        "that does not make it false"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("青禾縣", "qinghe-990101"),
        ("東川市", "dongchuan-990100"),
        ("東川市青禾縣", "qinghe-990101"),
        ("云岭省青禾", "qinghe-990101"),
        ("雲嶺省東川市白石縣", "baishi-990102"),
    ],
)
def test_a_place_in_traditional_characters_and_behind_those_around_it(name: str, meant: str) -> None:
    assert resolve(STORE, name) == ID + meant


@pytest.mark.parametrize("name", ["白石县青禾县", "青禾县云岭省", "東川市北京"])
def test_a_place_behind_one_that_it_does_not_lie_in_is_nothing(name: str) -> None:
    with pytest.raises(UnknownName):
        resolve(STORE, name)


@pytest.mark.parametrize(("name", "near"), [("青木县", "青禾县"), ("Qinghe Conty", "Qinghe County")])
def test_a_near_miss_is_offered(name: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(STORE, name)
    assert near in caught.value.near


def test_names_of_nothing_and_of_two() -> None:
    with pytest.raises(UnknownName):
        stated(STORE, "黑石县", "containedInPlace")
    with pytest.raises(UnknownName, match="did you mean 东川市"):
        stated(STORE, "青禾县", "containedInPlace", "东川")
    two = MemoryStore.parse(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:a> rdfs:label '王伟' . <urn:b> rdfs:label '王伟' ."
    )
    with pytest.raises(AmbiguousName):
        stated(two, "王伟", "rdfs:label")


def test_quotes_with_their_context() -> None:
    pages = Pages(STORE, ["tests/data/page.txt"])
    [(piece, context)] = quotes(STORE, evidence_about(STORE, f"{ID}obs-2"), pages, characters=4)
    assert (piece.start, context) == (44, ("。隔壁的", "白石县约8亿元", "。\n“今"))
    without = Pages(STORE, [])
    [(_, (before, exact, after))] = quotes(STORE, evidence_about(STORE, f"{ID}obs-2"), without)
    assert exact == "白石县约8亿元" and before.endswith("隔壁的") and after.startswith("。")


def test_another_text_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "page.txt"
    other.write_text("青禾县", "utf-8")
    with pytest.raises(SourceError, match="is not a text that this graph was made from"):
        Pages(STORE, [other])


def test_sources() -> None:
    rows = [[cell.value if cell else None for cell in row][:5] for row in sources(STORE).cells()]
    assert rows == [
        ["https://kg.example/source/gb2260", None, None, "1", "0"],
        ["https://kg.example/source/page", "云岭日报", "2021-03", "9", "9"],
    ]


def test_difference() -> None:
    turtle = Path(DATA).read_text("utf-8")
    new = turtle.replace("800000000", "900000000").replace("id:post-bureau-head, ", "", 1)
    assert [(change.kind, str(change)) for change in difference(STORE, MemoryStore.parse(new))] == [
        ("lost", "林岚 担任 局长"),
        ("changed", "白石县 网上销售额 (2020-01-01/2020-12-31) 约8亿元 (800000000) -> 约8亿元 (900000000)"),
    ]
    assert difference(STORE, STORE) == []


def test_completion_offers_and_never_fails() -> None:
    import click

    context = click.Context(click.Command("describe"))
    context.params["data"] = (DATA,)
    option = click.Option(["--x"])
    assert [item.value for item in complete_entity(context, option, "青")][:1] == ["青禾"]
    assert "qinghe-990101" in [item.value for item in complete_entity(context, option, "qing")]
    assert [item.value for item in complete_format(context, option, "js")] == ["json", "jsonld"]
    context.params["data"] = ("no-such-file.ttl",)
    assert complete_entity(context, option, "青") == []


@pytest.mark.parametrize(
    ("args", "code", "first"),
    [
        (("describe", "青禾", "--data", DATA), 0, "青禾县 (县级行政区)"),
        (("describe", "qinghe", "--data", DATA, "--format", "csv"), 0, "kind,property,value,unit,"),
        (
            ("search", "灯笼", "--data", DATA, "--format", "csv", "--limit", "1"),
            0,
            "entity,iri,found_in,text",
        ),
        (("path", "青禾县", "白石县", "--data", DATA), 0, "1. 2 hops, 2 statements"),
        (("path", "青禾县", "林岚", "--data", DATA, "--exit-status"), 1, ""),
        (("stated", "青禾县", "containedInPlace", "云岭省", "--data", DATA), 0, "stated: "),
        (
            ("stated", "白石县", "kg:representativeProduct", "--data", DATA, "--exit-status"),
            1,
            "not stated: ",
        ),
        (("quote", "id:obs-2", "--data", DATA), 0, "《青禾县的灯笼生意》 "),
        (("sources", "--data", DATA, "--format", "csv"), 0, "source,publication,date,"),
        (("diff", DATA, DATA, "--exit-status"), 0, ""),
        (("describe", "", "--data", DATA), 2, ""),
        (("describe", "曹" * 10_000, "--data", DATA), 2, ""),
    ],
)
def test_commands(run_kg: Run, args: tuple[str, ...], code: int, first: str) -> None:
    done = run_kg(*args)
    assert (done.returncode, done.stdout[: len(first)]) == (code, first), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "columns", "told"),
    [
        (("path", "青禾县", "白石县"), "way,hop,subject,property,object,walked,speaker", "青禾县隶属东川市"),
        (("quote", "id:obs-2"), "before,quote,after,speaker", "白石县约8亿元"),
        (("stated", "青禾县", "containedInPlace"), "verdict,subject,property,object,found,speaker", "青禾县隶属东川市"),
    ],
)  # fmt: skip
def test_what_is_told_in_words_is_listed_in_every_format(
    run_kg: Run, command: tuple[str, ...], columns: str, told: str
) -> None:
    asked = (*command, "--data", DATA)
    assert run_kg(*asked).stdout == run_kg(*asked, "--format", "text").stdout
    assert run_kg(*asked, "--format", "csv").stdout.startswith(columns)
    for format in ("table", "md", "html", "tsv", "json", "xml"):
        done = run_kg(*asked, "--format", format)
        assert (done.returncode, done.stderr) == (0, "") and told in done.stdout
