"""The query library: files that document themselves and run as they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import DataError, UnknownName
from kg.query import header, library

QUESTION = """#+ summary:
#+   zh: 一个县的数字
#+   en: The figures of a county
#+ description: {zh: 报道给出的数字。, en: Every figure that the page gives.}
#+ tags: [figures]
#+ defaults: {county: id:caoxian-371721}
SELECT ?n {
  VALUES ?county { id:caoxian-371721 }
  ?o schema:observationAbout ?county ; schema:value ?n .
}
"""


@pytest.fixture
def queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of one question, in place of the shipped one."""
    (tmp_path / "county-figures.rq").write_text(QUESTION, encoding="utf-8")
    monkeypatch.setattr(library, "locate", lambda name: str(tmp_path))
    return tmp_path


def test_a_named_query_runs(queries: Path, small: kg.Dataset) -> None:
    assert [row["n"].value for row in small.query("county-figures")] == ["151"]
    assert [row["n"].value for row in small.query("county-figures", params={"county": "单县"})] == ["9"]


def test_its_header_is_read(queries: Path) -> None:
    assert library.names() == ["county-figures"]
    parsed = header.parse(library.text("county-figures"), "county-figures")
    assert parsed.summary == {"zh": "一个县的数字", "en": "The figures of a county"}
    assert parsed.tags == ("figures",)
    assert parsed.defaults == {"county": "id:caoxian-371721"}


@pytest.mark.parametrize(
    "name", ["county-figure", "../county-figures", "county-figures.rq", "COUNTY-FIGURES"]
)
def test_an_unknown_name_offers_near_ones(queries: Path, small: kg.Dataset, name: str) -> None:
    with pytest.raises(UnknownName, match=r"no query named .*did you mean county-figures\?|kg queries lists"):
        small.query(name)


def test_a_file_in_place_of_a_name_is_told_how_to_be_asked(
    queries: Path, small: kg.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnknownName, match=r"for a file write --query-file county-figures\.rq"):
        small.query("county-figures.rq")


def test_a_header_that_is_no_yaml_is_one_sentence() -> None:
    for bad in ("#+ summary: [", "#+ just words", "#+ summary: 5"):
        with pytest.raises(DataError, match="the header of the query x is not as it should be"):
            header.parse(bad, "x")
    assert header.parse("ASK {}", "x").summary == {"en": ""}


def test_the_command_lists_and_shows(queries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kg.cli.queries import command

    command.main(["--lang", "en"], standalone_mode=False)
    assert capsys.readouterr().out == "county-figures  The figures of a county\n"
    command.main(["county-figures"], standalone_mode=False)
    assert capsys.readouterr().out == (
        "一个县的数字\n报道给出的数字。\n  -p county=id:caoxian-371721\n\n"
        "SELECT ?n {\n  VALUES ?county { id:caoxian-371721 }\n"
        "  ?o schema:observationAbout ?county ; schema:value ?n .\n}\n"
    )
    command.main(["--tag", "rankings"], standalone_mode=False)
    assert capsys.readouterr().out == ""
    command.main(["--format", "json", "--tag", "figures"], standalone_mode=False)
    assert '"parameters": {\n      "county": "id:caoxian-371721"' in capsys.readouterr().out
