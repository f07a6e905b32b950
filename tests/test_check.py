"""Each rule finds what breaks it, in a copy of the shipped graph with one thing changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from conftest import Run

from kg.check import Violation, check
from kg.errors import SourceError
from kg.resources import resource

GRAPH = resource("data/triples.ttl").read_text(encoding="utf-8")
PAGE = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "jingji-daobao-2021-06.txt"


def changed(tmp_path: Path, old: str, new: str) -> tuple[Violation, ...]:
    """Check the shipped graph with its first ``old`` replaced by ``new``."""
    assert old in GRAPH
    file = tmp_path / "changed.ttl"
    file.write_text(GRAPH.replace(old, new, 1), encoding="utf-8")
    return check([str(file)]).violations


def test_the_shipped_graph_conforms() -> None:
    assert check([str(resource("data/triples.ttl"))]).violations == ()


@pytest.mark.skipif(not PAGE.exists(), reason="the text of the page is not at hand")
def test_every_quote_of_the_shipped_graph_stands_on_its_page() -> None:
    report = check([str(resource("data/triples.ttl"))], [PAGE])
    assert (report.violations, report.notes) == ((), ())


def test_without_its_text_a_page_is_noted_as_not_grounded() -> None:
    (note,) = check([str(resource("data/triples.ttl"))]).notes
    assert note == "the text of source/jingji-daobao-2021-06 is not at hand: its quotes are not grounded"


@pytest.mark.parametrize(
    ("old", "new", "rule", "message"),
    [
        ("prov:wasDerivedFrom <source/", "kg:theme <source/", "evidence", "no evidence"),
        ("kg:hostedBy id:alibaba-group", "kg:hostedBy id:jd", "evidence", "has no statement with evidence"),
        ("    kg:theme ", "    kg:motto ", "vocabulary", "the ontology does not know it"),
        ("@prefix schema: <https:", "@prefix schema: <http:", "schema-https", "http://schema.org/ is used"),
        ('oa:exact "', 'oa:exact "' + "长" * 40, "quotes", "a quote of "),
        ('kg:verbatim "46个"', 'kg:verbatim "47个"', "quotes", "stands in none of its quotes"),
        (
            "schema:value 16700000000",
            "schema:value 16800000000",
            "figures",
            "its words say 突破167亿元 = 16700000000",
        ),
        ("id:obs-", "id:obs-x", "ids", "its id is no content hash"),
        ('kg:gb2260 "371721"', 'kg:gb2260 "371722"', "ids", "its id does not end in its code"),
        ("kg:verbatim ", "kg:theme ", "shapes", "A figure keeps the page's own wording"),
        ("rdf:subject ", "rdf:object ", "shapes", "A statement has one subject"),
        ('rdfs:label "Cao County"@en', 'rdfs:label "Cao"@fr', "shapes", "one Chinese and one English label"),
        ("oa:end 43", "oa:end 1", "shapes", "A position starts before it ends"),
    ],
)
def test_a_change_breaks_its_rule(tmp_path: Path, old: str, new: str, rule: str, message: str) -> None:
    found = changed(tmp_path, old, new)
    assert any(v.rule == rule and message in v.message for v in found), found


def test_a_list_that_lacks_a_county_does_not_add_up(tmp_path: Path) -> None:
    old = "schema:itemListElement id:donge-371524 , "
    totals = [v.message for v in changed(tmp_path, old, "schema:itemListElement ") if v.rule == "totals"]
    assert any(message.endswith("the graph has 19") for message in totals)


def test_a_quote_that_its_page_does_not_bear_out_is_found(tmp_path: Path) -> None:
    text = "前文。青河县网店三千家。"
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    file = tmp_path / "graph.ttl"
    file.write_text(
        f"""\
        @base <https://kg.example/> . @prefix kg: <ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
        <source/q> a kg:NewspaperPage ; kg:sha256 "{sha256}" .
        <source/q#char=3,6> oa:hasSource <source/q> ; oa:hasSelector <source/q#char=3,6&quote> , <source/q#char=3,6&position> .
        <source/q#char=3,6&quote> oa:exact "网店"@zh .
        <source/q#char=3,6&position> oa:start 3 ; oa:end 6 .
        """,
        encoding="utf-8",
    )
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    found = [v for v in check([str(file)], [tmp_path / "page.txt"]).violations if v.rule == "grounding"]
    assert [(v.message, v.hint) for v in found] == [
        ("“网店” is not what stands there", "it stands at 6-8; run kg build")
    ]


def test_a_text_that_is_no_page_of_the_graph_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("别的", encoding="utf-8")
    with pytest.raises(SourceError, match="is no page of this graph"):
        check([str(resource("data/triples.ttl"))], [other])


def test_a_term_without_definition_is_found(tmp_path: Path) -> None:
    ontology = tmp_path / "kg.ttl"
    text = resource("ontology/kg.ttl").read_text(encoding="utf-8")
    ontology.write_text(text.replace(' , "A sovereign state."@en', ""), encoding="utf-8")
    (found,) = check([str(resource("data/triples.ttl"))], ontology=ontology).violations
    assert (found.focus, found.hint) == (
        "https://kg.example/ontology#Country",
        "write one sentence in each.",
    )


def test_a_synonym_that_is_the_label_is_found(tmp_path: Path) -> None:
    ontology = tmp_path / "kg.ttl"
    text = resource("ontology/kg.ttl").read_text(encoding="utf-8")
    ontology.write_text(text.replace('altLabel "成交金额"@zh', 'altLabel "订单金额"@zh', 1), encoding="utf-8")
    (found,) = check([str(resource("data/triples.ttl"))], ontology=ontology).violations
    assert found.focus == "https://kg.example/ontology#orderValue"


def test_the_command_prints_a_report_and_leaves_with_1(tmp_path: Path, run_kg: Run) -> None:
    file = tmp_path / "changed.ttl"
    file.write_text(GRAPH.replace("    kg:theme ", "    kg:motto ", 1), encoding="utf-8")
    done = run_kg("check", file)
    assert done.returncode == 1
    assert "vocabulary (1)\n  kg:motto\n" in done.stdout
    assert "→ add it to ontology/kg.ttl, or use a term that is there" in done.stdout
    report = json.loads(run_kg("check", file, "--format", "json").stdout)
    assert report["conforms"] is False
    assert set(report["violations"][0]) == {"rule", "focus", "message", "hint", "path"}


def test_a_missing_file_is_one_line_and_exit_code_4(run_kg: Run) -> None:
    done = run_kg("check", "nowhere.ttl")
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (4, 1, "")
