"""Which names a sentence holds, and where each of them starts and ends."""

from pathlib import Path

import pytest

from kg.ingest.reading import read_page

MENTIONS = Path(__file__).parent / "cases" / "mentions.tsv"
CASES = [
    row.split("\t") for row in MENTIONS.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:20])
def test_the_names_of_a_sentence(case: list[str]) -> None:
    text, expected = case
    found = {f"{m.text}:{m.type.partition(':')[2]}" for m in read_page(text).mentions}
    wanted = set() if expected == "-" else set(expected.split(" "))
    assert found == wanted


def test_a_short_name_stands_for_the_company_that_the_page_names() -> None:
    text = "甘南海晟微电子股份有限公司投产。海晟微电子去年产值3亿元。"
    named = [m.text for m in read_page(text).mentions if m.type == "kg:Company"]
    assert named == ["甘南海晟微电子股份有限公司"] * 2
