"""Squashing, and the way from a quote back to the raw text."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.text import Alignment, read_source, squash

# Whatever makes normalization hard: ligatures, fractions, accents, kana marks, jamo, blanks of all sorts.
hard = st.text(
    st.sampled_from(
        "a1½ﬁ㍿①é\u0301\u0308 \n\u3000\u200b\u00a0\u00b4カ\uff9e\u3099\u1100\u1161\u11a8曹县２．⻓⽉\ufa0c"
    )
    | st.characters(codec="utf-8"),
    max_size=30,
)


@given(hard)
def test_the_squashed_form_is_the_squashed_text(raw: str) -> None:
    assert Alignment(raw).squashed == squash(raw)


@given(hard, st.data())
def test_a_quote_is_found_where_it_stands(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    quote = raw[start:end]
    for s, e in Alignment(raw).find(quote):
        assert squash(raw[s:e]) == squash(quote)


@given(st.text("曹县２1½ \n\u3000", max_size=20), st.data())
def test_no_occurrence_is_missed(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    quote = squash(raw[start:end])
    spans = Alignment(raw).find(quote)
    assert not quote or any(s >= start and e <= end for s, e in spans)


@given(hard)
def test_spans_rise(raw: str) -> None:
    alignment = Alignment(raw)
    spans = [alignment.span(i, i + 1) for i in range(len(alignment.squashed))]
    assert spans == sorted(spans) and all(s < e for s, e in spans)


def test_each_place_is_found() -> None:
    assert Alignment("曹\n\n县在曹县").find("曹县") == [(0, 4), (5, 7)]


def test_half_a_character_is_not_found() -> None:
    assert Alignment("½").find("1") == [] and Alignment("½").find("1⁄2") == [(0, 1)]


def test_an_empty_quote_is_nowhere() -> None:
    assert Alignment("曹县").find(" \n") == []


def test_a_source_is_read_to_the_byte(tmp_path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("\r\n曹县".encode())
    source = read_source(path)
    assert source.text == "\r\n曹县"
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert unicodedata.is_normalized("NFKC", source.alignment.squashed)


def test_other_encodings_are_refused(tmp_path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("曹县".encode("gb18030"))
    with pytest.raises(SourceError, match="not UTF-8"):
        read_source(path)
    with pytest.raises(SourceError, match="cannot read"):
        read_source(tmp_path / "absent.txt")
