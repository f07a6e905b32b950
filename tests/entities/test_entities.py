"""What is said of entities, how they are connected, what is stated, what changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

from kg.cli.completion import complete_entity, complete_format
from kg.entities import resolve
from kg.entities.connection import connections
from kg.entities.describe import describe
from kg.entities.difference import difference, to_text
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


def test_a_statement_with_many_quotes_counts_once() -> None:
    store = MemoryStore.parse(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> ."
        "<urn:a> <urn:p> <urn:b>, <urn:c> . <urn:b> <urn:p> <urn:d> . <urn:c> <urn:p> <urn:d> ."
        "<urn:st1> rdf:subject <urn:a> ; rdf:predicate <urn:p> ; rdf:object <urn:b> ; prov:wasDerivedFrom <urn:q1>, <urn:q2>, <urn:q3> ."
        "<urn:st2> rdf:subject <urn:a> ; rdf:predicate <urn:p> ; rdf:object <urn:c> ; prov:wasDerivedFrom <urn:q4> ."
        "<urn:st3> rdf:subject <urn:a> ; rdf:predicate <urn:p> ; rdf:object <urn:c> ; prov:wasDerivedFrom <urn:q5> ."
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
        ("青禾县", "网上销售额", "超12亿", "stated"),
        ("青禾县", "网上销售额", "逾12亿元", "stated"),
        ("青禾县", "网上销售额", "12亿 CNY", "stated"),
        ("青禾县", "网上销售额", "12亿 USD", "stated otherwise"),
        ("青禾县", "网上销售额", "不到12亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "不足12亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "少于12亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "近12亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "约12亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "12亿元左右", "stated otherwise"),
        ("青禾县", "网上销售额", "12亿元以下", "stated otherwise"),
        ("青禾县", "网上销售额", "至少12亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "约12亿", "stated otherwise"),
        ("青禾县", "网上销售额", "不到1200000000", "stated otherwise"),
        ("青禾县", "网上销售额", "超过15亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "12至15亿元", "stated otherwise"),
        ("白石县", "网上销售额", "约8亿", "stated"),
        ("白石县", "网上销售额", "约800000000", "stated"),
        ("白石县", "网上销售额", "8亿元左右", "stated"),
        ("白石县", "网上销售额", "超过8亿元", "stated otherwise"),
        ("青禾县", "网上销售额", "sNaN", "stated otherwise"),
        ("林岚", "org:holds", "会长", "stated"),
        ("青禾县", "rdf:type", "kg:County", "stated"),
        ("青禾县", "a", "县级行政区", "stated"),
        ("青禾县", "rdf:type", "kg:Province", "stated otherwise"),
        ("青禾县", "rdfs:label", "青禾县", "stated"),
        ("青禾县", "rdfs:label", "青禾縣", "stated"),
        ("青禾县", "rdfs:label", "白石县", "stated otherwise"),
        ("青禾县", "kg:gb2260", "990101", "stated"),
        ("青禾县", "kg:gb2260", "990102", "stated otherwise"),
        ("青禾县", "containedInPlace", "北原省", "not stated"),
        ("林岚", "org:holds", "市长", "not stated"),
    ],
)
def test_stated(subject: str, relation: str, value: str, verdict: str) -> None:
    assert stated(STORE, subject, relation, value).verdict == verdict


@pytest.mark.parametrize(
    ("bounds", "value", "verdict"),
    [
        ("s:minValue 3 ; s:maxValue 5", "3至5个", "stated"),
        ("s:minValue 3 ; s:maxValue 5", "3", "stated otherwise"),
        ("s:minValue 3 ; s:maxValue 5", "3至6个", "stated otherwise"),
        ("s:maxValue 5 ; s:measurementQualifier kg:atMost", "至多5个", "stated"),
        ("s:maxValue 5 ; s:measurementQualifier kg:atMost", "至少5", "stated otherwise"),
        ("s:maxValue 5 ; s:measurementQualifier kg:atMost", "5", "stated otherwise"),
        ('s:value 5 ; s:unitCode "KGM"', "5 KGM", "stated"),
        ('s:value 5 ; s:unitCode "KGM"', "5公斤", "stated"),
        ('s:value 5 ; s:unitCode "KGM"', "约5 KGM", "stated otherwise"),
        ('s:value 5 ; s:unitCode "KGM"', "5 TNE", "stated otherwise"),
        ('s:value 5 ; s:unitCode "P1" ; s:unitText "%"', "5个百分点", "stated otherwise"),
    ],
)
def test_a_figure_is_asked_for_by_its_bounds_its_qualifier_and_its_unit(
    bounds: str, value: str, verdict: str
) -> None:
    store = MemoryStore.parse(
        "@prefix s: <https://schema.org/> . @prefix kg: <https://kg.example/ontology#> ."
        f"<urn:o> s:observationAbout <urn:a> ; s:variableMeasured <urn:m> ; {bounds} ."
    )
    assert stated(store, "<urn:a>", "<urn:m>", value).verdict == verdict


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
        ("ＱＩＮＧＨＥ", "qinghe-990101"),
        ("９９０１０２", "baishi-990102"),
        ("ｉｄ：lin-lan", "lin-lan"),
    ],
)
def test_a_place_in_traditional_characters_and_behind_those_around_it(name: str, meant: str) -> None:
    assert resolve(STORE, name) == ID + meant


@pytest.mark.parametrize("name", ["白石县青禾县", "青禾县云岭省", "東川市北京"])
def test_a_place_behind_one_that_it_does_not_lie_in_is_nothing(name: str) -> None:
    with pytest.raises(UnknownName):
        resolve(STORE, name)


@pytest.mark.parametrize(
    ("name", "near"),
    [("青木县", "青禾县"), ("Qinghe Conty", "Qinghe County"), ("Lin", "林岚"), ("ＬＩＮ", "林岚")],
)
def test_a_near_miss_is_offered(name: str, near: str) -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(STORE, name)
    assert near in caught.value.near


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("containedInPlac", "containedInPlace"),
        ("schema:containedInplace", "containedInPlace"),
        ("网络销售", "网络销售额"),
        ("onlineSale", "onlineSales"),
        ("Plan", None),
    ],
)
def test_a_property_with_a_slip_is_answered_with_near_properties(name: str, near: str | None) -> None:
    with pytest.raises(UnknownName) as caught:
        stated(STORE, "青禾县", name)
    assert caught.value.message == f"no property or measure is named {name!r}"
    assert near is None or near == caught.value.near[0]


def test_a_property_that_the_graph_made_up_is_offered_too() -> None:
    store = MemoryStore.parse(
        '<urn:cao> <http://www.w3.org/2000/01/rdf-schema#label> "曹县"@zh ; <urn:x#altitude> 34 .'
    )
    with pytest.raises(UnknownName) as caught:
        stated(store, "曹县", "altitud")
    assert caught.value.near[0] == "altitude"


def test_an_object_that_has_no_name_is_not_stated_and_near_names_are_told() -> None:
    answer = stated(STORE, "青禾县", "containedInPlace", "东川")
    assert (answer.verdict, answer.hint) == ("not stated", "nothing is named '东川'; did you mean 东川市?")
    assert [words for words, _ in answer.found] == ["东川市"]


def test_a_literal_is_shown_as_people_read_it_and_not_taken_for_an_entity() -> None:
    code = stated(STORE, "青禾县", "kg:gb2260", "990101")
    assert (code.sentence, code.found[0][0]) == ("stated: 青禾县 行政区划代码 990101", "990101")
    store = MemoryStore.parse("<urn:cao> <urn:height> 34.825508 .")
    assert stated(store, "<urn:cao>", "<urn:height>").found[0][0] == "34.825508"
    assert stated(store, "<urn:cao>", "<urn:height>", "34.8255080").verdict == "stated"


def test_a_class_above_is_stated_by_way_of_the_class() -> None:
    store = MemoryStore.parse(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:cao> a <urn:County> . <urn:County> rdfs:subClassOf <urn:Place> ."
    )
    answer = stated(store, "<urn:cao>", "a", "<urn:Place>")
    assert (answer.verdict, answer.found[0][0]) == ("stated", "<urn:cao> > <urn:County> > <urn:Place>")


def test_a_measure_is_described_by_its_figures() -> None:
    sales = "https://kg.example/ontology#onlineSales"
    found = describe(STORE, sales)
    assert [(str(figure.about), figure.verbatim) for figure in found.measured] == [
        (f"<{BAISHI}>", "约8亿元"),
        (f"<{QINGHE}>", "突破12亿元"),
        (f"<{QINGHE}>", "15亿元"),
    ]
    assert [piece.exact for piece in evidence_about(STORE, sales)] == [
        "网上销售额突破12亿元",
        "白石县约8亿元",
        "今年预计能到15亿元",
    ]


def test_names_of_nothing_and_of_two() -> None:
    with pytest.raises(UnknownName):
        stated(STORE, "黑石县", "containedInPlace")
    two = MemoryStore.parse(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <urn:a> rdfs:label '王伟' . <urn:b> rdfs:label '王伟' ."
    )
    with pytest.raises(AmbiguousName):
        stated(two, "王伟", "rdfs:label")


def test_a_misspelt_property_is_offered_properties_and_measures_alone() -> None:
    with pytest.raises(UnknownName) as error:
        stated(STORE, "青禾县", "网络消售额", "1亿元")
    assert error.value.near and "网络销售额" in error.value.near
    with pytest.raises(UnknownName) as error:
        stated(STORE, "青禾县", "青禾省", "1亿元")  # near a county, and near no property
    assert not error.value.near and "青禾" not in error.value.hint


def test_a_folder_gives_the_texts_that_are_sources(tmp_path: Path) -> None:
    page = Path("tests/data/page.txt").read_bytes()
    (tmp_path / "other.txt").write_text("别的", encoding="utf-8")
    with pytest.raises(SourceError, match="not a text that this graph was made from"):
        Pages(STORE, [tmp_path])
    (tmp_path / "page.txt").write_bytes(page)
    evidence = evidence_about(STORE, f"{ID}obs-2")
    assert [*quotes(STORE, evidence, Pages(STORE, [tmp_path]), characters=4)] == [
        *quotes(STORE, evidence, Pages(STORE, ["tests/data/page.txt"]), characters=4)
    ]


def test_quotes_with_their_context() -> None:
    pages = Pages(STORE, ["tests/data/page.txt"])
    [(piece, context)] = quotes(STORE, evidence_about(STORE, f"{ID}obs-2"), pages, characters=4)
    assert (piece.start, context) == (44, ("。隔壁的", "白石县约8亿元", "。\n“今"))
    without = Pages(STORE, [])
    [(_, (before, exact, after))] = quotes(STORE, evidence_about(STORE, f"{ID}obs-2"), without)
    assert exact == "白石县约8亿元" and before.endswith("隔壁的") and after.startswith("。")


def test_a_context_is_as_long_as_it_is_asked_for_and_what_lacks_is_said(run_kg: Run) -> None:
    without = Pages(STORE, [])
    [(_, around)] = quotes(STORE, evidence_about(STORE, f"{ID}obs-2"), without, characters=0)
    assert around == ("", "白石县约8亿元", "")
    [(_, around)] = quotes(STORE, evidence_about(STORE, f"{ID}obs-2"), without, characters=2)
    assert around == ("壁的", "白石县约8亿元", "。\n")
    more = run_kg("quote", "id:obs-2", "--data", DATA, "--context", "80")
    assert more.stderr.startswith("kg: the graph holds 8 characters on either side of a quote; --source FILE")
    assert (
        run_kg(
            "quote", "id:obs-2", "--data", DATA, "--context", "80", "--source", "tests/data/page.txt"
        ).stderr
        == ""
    )


@pytest.mark.parametrize(
    "command",
    [("describe", "<urn:a>"), ("stated", "<urn:a>", "<urn:p>"), ("path", "<urn:a>", "<urn:b>"), ("sources",)],
)
def test_a_graph_without_evidence_says_so(run_kg: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "bare.nt").write_text("<urn:a> <urn:p> <urn:b> .", "utf-8")
    done = run_kg(*command, "--data", tmp_path / "bare.nt")
    assert done.stderr == "kg: this graph holds no evidence: what it says is told without a source\n"
    assert done.returncode == 0


def test_control_characters_of_a_quote_reach_no_terminal(run_kg: Run, tmp_path: Path) -> None:
    turtle = Path(DATA).read_text("utf-8").replace("青禾县隶属东川市", "青禾\\u001b[31m隶属\\u0007东川市")
    (tmp_path / "red.ttl").write_text(turtle, "utf-8")
    for command in (
        ("quote", "青禾"), ("stated", "青禾", "containedInPlace"), ("path", "青禾", "东川市"), ("describe", "青禾"),
        ("diff", DATA, str(tmp_path / "red.ttl")), ("search", "隶属"),
    ):  # fmt: skip
        data = () if command[0] == "diff" else ("--data", tmp_path / "red.ttl")
        done = run_kg(*command, *data)
        assert done.returncode == 0 and "[31m隶属" in done.stdout
        assert "\x1b" not in done.stdout + done.stderr and "\x07" not in done.stdout


def test_a_table_is_wrapped_where_the_terminal_is_narrow(run_kg: Run) -> None:
    from kg.query.render.width import width

    for command in (
        ("describe", "青禾"),
        ("sources",),
        ("search", "青禾"),
        ("stated", "青禾", "a", "--format", "table"),
    ):
        whole = run_kg(*command, "--data", DATA)
        for columns in (40, 70, 100):
            narrow = run_kg(*command, "--data", DATA, env={"COLUMNS": str(columns)})
            lines = [line for line in narrow.stdout.splitlines() if not line.startswith("<https://")]
            assert max(map(width, lines)) <= columns
        assert max(map(width, whole.stdout.splitlines())) > 70 or command[0] in ("search", "stated")
        assert whole.stdout.endswith("\n")


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
        ("changed", "林岚 担任 局长; asserted: yes -> no"),
        ("changed", "白石县 网上销售额 (2020-01-01/2020-12-31) 约8亿元 (800000000) -> 约8亿元 (900000000)"),
    ]
    assert difference(STORE, STORE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("prov:wasAttributedTo id:lin-lan", "prov:wasAttributedTo id:zhou-yiming", "speaker: 林岚 -> 周一鸣"),
        (" ; prov:wasAttributedTo id:lin-lan", "", "speaker: 林岚 -> none"),
        (" ; kg:modality kg:Forecast", "", "modality: 预测 -> none"),
        ('schema:unitCode "CNY"', 'schema:unitCode "USD"', "unit: CNY -> USD"),
        ("schema:measurementQualifier kg:moreThan ; ", "", "qualifier: 超过 -> none"),
        ("schema:minValue 1200000000", "schema:minValue 1200000001", "minimum: 1200000000 -> 1200000001"),
        ('"约8亿元"@zh ; prov', '"约8亿元"@zh ; kg:inList id:lantern ; prov', "所在榜单: none -> 灯笼"),
        ('oa:exact "灯笼协会会长"', 'oa:exact "灯笼会会长"', "evidence: “灯笼协会会长” -> “灯笼会会长”"),
        ("oa:start 84", "oa:start 83", "characters 84-90) -> "),
        (" ; prov:wasDerivedFrom <https://kg.example/source/gb2260>", "", "evidence: GB/T 2260 -> none"),
    ],
)
def test_what_qualifies_a_fact_and_what_it_rests_on_are_part_of_it(old: str, new: str, told: str) -> None:
    turtle = Path(DATA).read_text("utf-8")
    assert old in turtle
    [change] = difference(STORE, MemoryStore.parse(turtle.replace(old, new, 1)))
    assert change.kind == "changed" and told in str(change)


def test_no_two_lines_of_a_difference_are_the_same() -> None:
    turtle = Path(DATA).read_text("utf-8")
    twice = (
        "id:obs-9 a schema:Observation ; schema:observationAbout id:qinghe-990101 ; schema:variableMeasured kg:share ; "
        "schema:value 60 ; prov:wasAttributedTo id:{} ."
    )
    one, two = (
        MemoryStore.parse(turtle + "".join(twice.format(who).replace("obs-9", f"obs-{who}") for who in said))
        for said in (["lin-lan", "lantern"], ["zhou-yiming", "daily"])
    )
    lines = to_text(difference(one, two)).splitlines()
    assert len(lines) == len(set(lines)) == 3


def test_literals_that_read_alike_are_told_apart() -> None:
    one, two = MemoryStore.parse('<urn:a> <urn:p> "曹县" .'), MemoryStore.parse('<urn:a> <urn:p> "曹县"@zh .')
    assert [str(change) for change in difference(one, two)] == ['<urn:a> <urn:p> "曹县" -> "曹县"@zh']


def test_a_statement_of_what_is_not_asserted_is_compared_too() -> None:
    turtle = Path(DATA).read_text("utf-8")
    new = turtle.replace("org:holds id:post-bureau-head, ", "org:holds ", 1)
    [change] = difference(STORE, MemoryStore.parse(new))
    assert str(change) == "林岚 担任 局长; asserted: yes -> no"


def test_blank_nodes_are_compared_by_what_is_said_of_them() -> None:
    def load(value: int) -> MemoryStore:
        return MemoryStore.parse(f"<urn:a> <urn:p> [ <urn:q> [ <urn:r> {value} ] ] . [] <urn:s> 1 .")

    assert difference(load(1), load(1)) == []
    assert [str(change) for change in difference(load(1), load(2))] == [
        "<urn:a> <urn:p> [<urn:q> [<urn:r> 1]] -> [<urn:q> [<urn:r> 2]]"
    ]


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
        (("sources", "--data", DATA, "--format", "text"), 0, "source  "),
        (("describe", "青禾", "--data", DATA, "--format", "text"), 0, "青禾县 (县级行政区)"),
        (("query", "ASK {}", "--data", DATA, "--format", "csv"), 0, "true\n"),
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


#: Words of a page whose article and place nobody gives.
UNPLACED = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix s: <https://schema.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
    <urn:a> <urn:p> 7 . <urn:st> rdf:subject <urn:a> ; rdf:predicate <urn:p> ; rdf:object 7 ;
    <http://www.w3.org/ns/prov#wasDerivedFrom> <urn:span> .
    <urn:span> oa:hasSource <urn:page> ; oa:hasSelector [ oa:exact "seven" ] .
    <urn:page> rdfs:label "Page 3" ; s:isPartOf <urn:paper> . <urn:paper> rdfs:label "The Daily" ."""


def test_words_without_a_place_are_no_background(run_kg: Run, tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(UNPLACED, "utf-8")
    assert run_kg("quote", "<urn:a>", "--data", file).stdout == "Page 3\n    【seven】\n"
    cited = run_kg("query", "SELECT ?n { <urn:a> <urn:p> ?n }", "--data", file, "--cite").stdout
    assert "[1] “seven” Page 3, The Daily\n" in cited
    other = MemoryStore.parse(UNPLACED.replace("7", "8"))
    assert [change.article for change in difference(MemoryStore.parse(UNPLACED), other)] == ["Page 3"]


NAMED_ALIKE = """@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix ex: <urn:ex#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
    ex:x ex:twin ex:y ; ex:name "Bee"@en-GB, "Bee"@fr . ex:y rdfs:label "Same" . ex:z rdfs:label "Same" .
    ex:v rdfs:label "Other" . ex:st rdf:subject ex:x ; rdf:predicate ex:twin ; rdf:object ex:z ;
    <http://www.w3.org/ns/prov#wasDerivedFrom> [ oa:hasSelector [ oa:exact "x and z" ] ] ."""


@pytest.mark.parametrize(
    ("relation", "value", "verdict", "found"),
    [
        ("twin", "ex:y", "stated", ["Same"]),
        (
            "ex:twin",
            "ex:z",
            "stated otherwise",
            ["Same (ex:y)", "Same (ex:z), which is quoted but not asserted"],
        ),
        ("twin", "ex:v", "stated otherwise", ["Same"]),
        ("twin", "", "stated", ["Same (ex:y)", "Same (ex:z), which is quoted but not asserted"]),
        ("name", '"Bee"@en-GB', "stated", ["Bee"]),
        ("name", '"Bee"@EN-gb', "stated", ["Bee"]),
        ("name", '"Bee"@de', "stated otherwise", ['"Bee"@en-gb', '"Bee"@fr']),
        ("name", '"Bee"', "stated", ['"Bee"@en-gb', '"Bee"@fr']),
        ("name", '"Bee"^^xsd:integer', "stated otherwise", ['"Bee"@en-gb', '"Bee"@fr']),
    ],
)
def test_what_reads_the_same_is_told_apart(relation: str, value: str, verdict: str, found: list[str]) -> None:
    answer = stated(MemoryStore.parse(NAMED_ALIKE), "ex:x", relation, value)
    assert (answer.verdict, [words for words, _ in answer.found]) == (verdict, found)


def test_a_statement_that_is_not_asserted_shows_its_words() -> None:
    answer = stated(MemoryStore.parse(NAMED_ALIKE), "ex:x", "ex:twin", "ex:z")
    assert answer.object == "Same (ex:z)"
    assert [piece.exact for piece in answer.found[1][1]] == ["x and z"]


def test_two_properties_of_one_local_name_are_told_apart() -> None:
    store = MemoryStore.parse("<urn:a#x> <urn:a#p> 1 ; <urn:b#p> 2 . <urn:c> <urn:c#p> 3 ; <urn:q> 4 .")
    with pytest.raises(AmbiguousName, match="'p' is the name of 2 properties"):
        stated(store, "<urn:a#x>", "p")
    assert stated(store, "<urn:c>", "p", "3").verdict == "stated"
    assert stated(store, "<urn:a#x>", "q", "4").verdict == "not stated"


def test_a_statement_is_described_by_what_it_states_and_a_span_is_quoted() -> None:
    store = MemoryStore.parse(UNPLACED)
    told = [
        (str(fact.other), [piece.exact for piece in fact.evidence])
        for fact in describe(store, "urn:st").facts
    ]
    seven = '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert told == [("<urn:a>", []), ("<urn:p>", []), (seven, ["seven"])]
    assert [piece.exact for piece in evidence_about(store, "urn:span")] == ["seven"]


def test_a_modality_has_the_label_of_the_ontology_where_the_graph_has_none() -> None:
    kinds = "@prefix kg: <https://kg.example/ontology#> . <urn:st> kg:modality kg:Forecast, <urn:guess> ."
    store = MemoryStore.parse(f"{UNPLACED} {kinds}")
    [piece] = evidence_about(store, "urn:st", lang="en")
    assert piece.modality == "<urn:guess>、forecast"
