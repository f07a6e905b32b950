"""The page: one file, nothing from elsewhere, no label can act."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import newspaper
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.selection import Selection
from kg.store import MemoryStore
from kg.view import render
from kg.view.columns import columns
from kg.view.pinyin import search_keys


@pytest.fixture(scope="module")
def html() -> str:
    title = '<img src=x onerror="alert(9)">'
    return render(Selection.whole(MemoryStore.parse(sample.small())), title=title)


class Elements(HTMLParser):
    """Collect the elements of a page, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inside = tag in {"script", "style"}
        if self._inside:
            self.texts.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] = (*self.texts[-1][:2], self.texts[-1][2] + data)


def data_of(html: str) -> dict:
    """Return what the page holds, its columns as rows again."""
    (text,) = [text for tag, attrs, text in Elements(html).texts if attrs.get("id") == "data"]
    data = json.loads(text)
    for part in (data, data["scene"]):
        for key, value in part.items():
            if isinstance(value, dict) and set(value) == {"length", "columns"}:
                part[key] = rows_of(value)
    return data


def rows_of(table: dict) -> list[dict]:
    """Read columns as the page's script does."""
    rows: list[dict] = [{} for _ in range(table["length"])]
    for key, column in table["columns"].items():
        for i, value in cells(column, table["length"]):
            rows[i][key] = value
    return rows


def cells(column: Any, length: int) -> Iterator[tuple[int, Any]]:
    if isinstance(column, list):
        yield from ((i, value) for i, value in enumerate(column) if value is not None)
    elif "distinct" in column:
        yield from ((i, column["distinct"][number]) for i, number in enumerate(column["each"]))
    elif "rows" in column:
        yield from ((column["rows"][i], value) for i, value in cells(column["column"], len(column["rows"])))
    else:
        yield from ((i, i) for i in range(length))


def test_labels_add_no_element(html: str) -> None:
    tags = [tag for tag, _ in Elements(html).found]
    assert tags.count("script") == 3
    assert "img" not in tags


def test_data_is_one_json_element_that_holds_every_label(html: str) -> None:
    labels = {entity["zh"] for entity in data_of(html)["scene"]["entities"]}
    assert sample.HOSTILE["script"] in labels
    assert sample.HOSTILE["astral"] in labels


def test_nothing_is_loaded_from_elsewhere(html: str) -> None:
    loads = [attrs.get("src") or attrs.get("href") for _, attrs in Elements(html).found]
    assert [load for load in loads if load] == ["data:,", "#panel"]
    assert "sourceMappingURL" not in html
    assert "@import" not in html


def test_the_policy_admits_these_scripts_and_no_other(html: str) -> None:
    elements = Elements(html)
    assert [tag for tag, *_ in elements.texts] == ["style", "script", "script", "script"]
    (policy,) = [
        a["content"] for tag, a in elements.found if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    for _, attrs, text in elements.texts:
        if attrs.get("type") != "application/json":
            assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy


def test_no_script_of_ours_parses_html(html: str) -> None:
    own = Elements(html).texts[-1][2]
    assert "use strict" in own
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(", own
    )


def test_parallel_facts_are_one_edge(html: str) -> None:
    data = data_of(html)
    names = [entity["zh"] for entity in data["scene"]["entities"]]
    (bundle,) = [e for e in data["edges"] if {names[e["from"]], names[e["to"]]} == {"曹县", "阿里巴巴集团"}]
    assert len(bundle["facts"]) == 2


def test_the_same_selection_gives_the_same_page(html: str) -> None:
    title = '<img src=x onerror="alert(9)">'
    assert render(Selection.whole(MemoryStore.parse(sample.small())), title=title) == html


def test_the_query_stands_in_the_page() -> None:
    import kg

    query = "CONSTRUCT WHERE { ?a kg:hostedBy ?b } # </script>"
    selection = kg.Dataset(MemoryStore.parse(sample.small())).select(query)
    assert data_of(render(selection))["page"]["query"] == query


def test_signs_differ_between_classes(html: str) -> None:
    classes = data_of(html)["scene"]["classes"]
    assert len({(kind["colour"], kind["shape"]) for kind in classes}) == len(classes)


@pytest.mark.parametrize(
    ("names", "typed"),
    [
        (["曹县", "Cao County"], ["曹县", "caoxian", "cx", "caocounty"]),
        (["东阿县", "Dong'e County"], ["dongexian", "dex", "dongecounty"]),
        (["阿里巴巴"], ["alibaba", "albb"]),
    ],
)
def test_what_finds_a_name(names: list[str], typed: list[str]) -> None:
    keys = search_keys(*names)
    assert [key for key in typed if key not in keys and not any(k.startswith(key) for k in keys)] in (
        [],
        ["dex"],
    )


def test_an_empty_selection_is_a_page_that_says_so() -> None:
    page = render(Selection.whole(MemoryStore()))
    assert data_of(page)["nodes"] == []


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    html = render(Selection.whole(MemoryStore.parse("<urn:a> <urn:p> <urn:b> .")), title="a\ud800b")
    assert "a?b" in html


CELLS = st.sampled_from(
    [0, 1, 2, 2.5, "", "曹县", "单县", ["甲"], ["甲", "乙"], [1], [], [[]], {"zh": "曹县"}]
)
ROWS = st.lists(st.dictionaries(st.sampled_from(["s", "o", "by"]), CELLS), max_size=20)


@given(ROWS)
def test_columns_hold_what_the_rows_held(rows: list[dict[str, Any]]) -> None:
    assert rows_of(json.loads(json.dumps(columns(rows)))) == rows


def test_a_large_page_says_nothing_twice() -> None:
    html = render(Selection.whole(MemoryStore.parse(newspaper.newspaper(2_000, 6_000))))
    data = data_of(html)
    assert len(data["nodes"]) == len(data["scene"]["entities"]) == 2_000
    assert len(data["scene"]["facts"]) == 6_000
    assert all(data["scene"]["spans"][fact["spans"][0]]["quote"] for fact in data["scene"]["facts"])
    # A fact takes 147 bytes, with its ends, its quote, where that stands, and its share of the entities.
    (text,) = [text for _, attrs, text in Elements(html).texts if attrs.get("id") == "data"]
    assert len(text.encode()) < 180 * 6_000


def test_communities_are_named_by_their_most_central_members(html: str) -> None:
    scene = data_of(html)["scene"]
    first = scene["communities"][0]
    names = [scene["entities"][member]["zh"] for member in first["members"]]
    assert first["size"] == max(community["size"] for community in scene["communities"])
    assert names[0] == "曹县"
