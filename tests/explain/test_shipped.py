"""Every query of the library, cited and then misspelt: what is shipped is cited, what is misspelt is mended."""

from __future__ import annotations

import re

import pytest

import kg
from kg.cite.citation import cite
from kg.cite.lineage import lineage
from kg.explain.empty import why_empty
from kg.query import library
from kg.sparql import parse
from kg.sparql.tokens import tokenize
from kg.store import MemoryStore

SHIPPED = kg.open()
QUERIES = library.names()


@pytest.mark.parametrize("name", QUERIES)
def test_every_row_has_evidence(name: str) -> None:
    citations = cite(SHIPPED.query(name))
    assert citations.rows and all(citations.rows)


@pytest.mark.parametrize("name", QUERIES)
def test_a_row_is_given_again_by_what_it_cites(name: str) -> None:
    results = SHIPPED.query(name)
    rows = [tuple(row) for row in results.cells()]
    found = lineage(SHIPPED.store, results.query, rows=rows, columns=results.columns)
    for row, derivation in zip(rows, found.derivations, strict=True):
        alone = MemoryStore.parse(" ".join(f"{triple} ." for triple in derivation.triples))
        assert row in [tuple(each) for each in alone.query(results.query, SHIPPED.prefixes)]


@pytest.mark.parametrize("name", QUERIES)
def test_a_misspelt_name_is_mended(name: str) -> None:
    text = library.text(name)
    tokens = tokenize(text)[parse(text).prologue_length :]
    words = sorted({token.text for token in tokens if token.kind == "name" and token.text[:4] != "xsd:"})
    for word in words[:4]:
        wrong = re.sub(rf"(?<![\w:-]){re.escape(word)}(?![\w-])", word[:-1], text)
        if not SHIPPED.query(wrong):
            lines = why_empty(SHIPPED.store, wrong, SHIPPED.prefixes)
            assert any(line.startswith("with") and word in line for line in lines), (wrong, lines)
