"""The page of a large graph in a real browser: points for all, nodes for the few that are named, all within reach."""

from __future__ import annotations

import csv
import io
import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import newspaper
import pytest
from test_view_browser import CHROMIUM, Open, browser, download, heading, open_page, search  # noqa: F401

from kg.graph.selection import Selection
from kg.store import MemoryStore
from kg.view import render

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: apt-get install chromium fonts-noto-cjk"),
]

NODES, FACTS = 3_000, 9_000
#: The least linked of all; no first view has it among its nodes.
QUIET = "id:e2900"


@pytest.fixture(scope="module")
def selection() -> Selection:
    return Selection.whole(MemoryStore.parse(newspaper.newspaper(NODES, FACTS)))


@pytest.fixture(scope="module")
def file(selection: Selection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "graph.html"
    path.write_text(render(selection), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser: Any, file: Path, tmp_path: Path) -> Iterator[Any]:  # noqa: F811
    """Open a copy of the page whose script shows what it keeps, and not its policy, to look inside."""
    html = file.read_text(encoding="utf-8")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    inside = (
        "{ nodes, shapes, network, layers, degree, entities, placed: () => placed, present: () => present }"
    )
    html = html.replace("started = true;\n})();", f"started = true;\nwindow.inside = {inside};\n}})();")
    (tmp_path / "open.html").write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto((tmp_path / "open.html").as_uri())
    settled(page)
    yield page
    page.close()


def settled(page: Any) -> None:
    page.wait_for_timeout(60)  # a change of the window is seen with the next frame
    page.wait_for_selector("#graph[aria-busy=false]", state="attached")


def zoom(page: Any, x: float, y: float, clicks: int) -> None:
    page.mouse.move(x, y)
    for _ in range(abs(clicks)):
        page.mouse.wheel(0, math.copysign(100, -clicks))
        page.wait_for_timeout(20)
    settled(page)


def present(page: Any) -> set[int]:
    """Return the entities that are nodes of vis-network now."""
    return set(page.evaluate("inside.shapes.getIds()"))


def on_screen(page: Any, number: int) -> tuple[float, float]:
    """Return where an entity stands on the screen."""
    box = page.locator("#graph").bounding_box()
    at = page.evaluate(f"inside.network.canvasToDOM(inside.nodes[{number}])")
    return box["x"] + at["x"], box["y"] + at["y"]


def test_every_entity_is_a_point(opened: Any) -> None:
    """Every place where an entity stands has a colour of the legend, or a name on it."""
    missing = opened.evaluate(
        """() => { const canvas = document.querySelector('#graph canvas');
        const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const strong = (k) => Math.max(data[k], data[k + 1], data[k + 2]) - Math.min(data[k], data[k + 1], data[k + 2]) > 40;
        const named = ({ x, y }) => inside.placed().some(({ box: [l, t, r, b] }) => x > l - 3 && x < r + 3 && y > t - 3 && y < b + 3);
        return inside.nodes.filter((node) => { const { x, y } = inside.network.canvasToDOM(node);
          if (named({ x, y })) return false;
          for (let dx = -2; dx <= 2; dx += 1) for (let dy = -2; dy <= 2; dy += 1) if (strong(4 * ((Math.round(y) + dy) * width + Math.round(x) + dx))) return false;
          return true; }).length; }"""
    )
    assert missing == 0


def test_few_are_nodes_and_they_are_exchanged(opened: Any) -> None:
    far = present(opened)
    degree = opened.evaluate("inside.degree")
    assert len(far) == 300
    assert min(degree[i] for i in far) >= max(degree[i] for i in range(NODES) if i not in far)
    zoom(opened, 500, 450, 8)
    near = present(opened)
    assert 20 < len(near) <= 300
    assert near - far
    view = opened.locator("#graph").bounding_box()
    for i in near:
        x, y = on_screen(opened, i)
        assert view["x"] - 60 < x < view["x"] + view["width"] + 60
        assert view["y"] - 60 < y < view["y"] + view["height"] + 60
    opened.keyboard.press("Escape")
    opened.focus("#graph")
    opened.keyboard.press("0")
    settled(opened)
    assert present(opened) == far


def test_dragging_moves_the_view_and_exchanges(opened: Any) -> None:
    zoom(opened, 500, 450, 8)
    before = present(opened)
    opened.mouse.move(800, 450)
    opened.mouse.down()
    opened.mouse.move(200, 500, steps=8)
    opened.mouse.up()
    settled(opened)
    assert present(opened) != before


def test_communities_are_named_from_afar_and_no_names_overlap(opened: Any) -> None:
    placed = opened.evaluate("inside.placed()")
    communities = [label["text"] for label in placed if "、" in label["text"]]
    assert len(communities) >= 8
    boxes = [label["box"] for label in placed]
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    opened.click("#lang")
    settled(opened)
    assert any(
        re.fullmatch(r"(County|City|Entity) \d+, (County|City|Entity) \d+", label["text"])
        for label in opened.evaluate("inside.placed()")
    )
    zoom(opened, 500, 450, 26)
    assert not [label for label in opened.evaluate("inside.placed()") if "," in label["text"]]


def test_a_point_that_is_no_node_can_be_pointed_at_and_clicked(opened: Any) -> None:
    far = present(opened)
    alone = opened.evaluate(
        """inside.nodes.map((_, i) => i).filter((i) => !inside.present().includes(i) &&
        inside.nodes.every((other, j) => j === i || Math.hypot(other.x - inside.nodes[i].x, other.y - inside.nodes[i].y) > 70))"""
    )
    number = next(i for i in alone if 200 < on_screen(opened, i)[0] < 900)
    x, y = on_screen(opened, number)
    name = opened.evaluate(f"inside.entities[{number}].zh")
    assert number not in far
    opened.mouse.move(x + 1, y + 1)
    opened.wait_for_selector("#tip:not([hidden])")
    assert opened.inner_text("#tip strong") == name
    opened.mouse.click(x, y)
    settled(opened)
    assert heading(opened) == name
    assert number in present(opened)


def test_an_edge_of_what_is_focused_can_be_clicked(opened: Any) -> None:
    search(opened, "entity 2900")
    settled(opened)
    number = opened.evaluate(f"inside.entities.findIndex((e) => e.id === '{QUIET}')")
    other = next(i for i in opened.evaluate("inside.present()") if i != number)
    (x, y), (u, v) = on_screen(opened, number), on_screen(opened, other)
    opened.mouse.click(x + 0.4 * (u - x), y + 0.4 * (v - y))
    opened.wait_for_function("document.querySelector('#subject').innerText.includes(' — ')")
    assert opened.locator(".facts blockquote").count() >= 1


def test_search_finds_who_was_no_node_and_shows_the_quotes(open_page: Open) -> None:  # noqa: F811
    page = open_page()
    search(page, "entity 2900")
    settled(page)
    assert page.url.endswith(f"#focus={QUIET}")
    assert page.locator(".facts blockquote").count() >= 1
    assert "试刊第" in page.inner_text("#pages")
    page.click("#expand")
    settled(page)
    assert "2 步之内" in page.inner_text("#pages")


def test_a_path_leads_over_all_entities(open_page: Open, selection: Selection) -> None:  # noqa: F811
    page = open_page(f"#path={QUIET}~id:e2000")
    settled(page)
    graph = nx.Graph(selection.network.to_undirected(as_view=True))
    steps = nx.shortest_path_length(graph, *(f"https://kg.example/id/{e}" for e in ("e2900", "e2000")))
    assert page.locator(".chain > li").count() == steps + 1
    assert page.locator(".chain blockquote").count() >= steps


def test_hiding_a_class_takes_its_points_away(opened: Any) -> None:
    before = opened.screenshot(clip={"x": 0, "y": 60, "width": 900, "height": 700})
    opened.get_by_label("企业").uncheck()
    settled(opened)
    kinds = opened.evaluate("inside.present().map((i) => inside.entities[i].class)")
    hidden = opened.evaluate("+document.querySelector('.switches input:not(:checked)').id.split('-')[1]")
    assert hidden not in kinds
    assert opened.screenshot(clip={"x": 0, "y": 60, "width": 900, "height": 700}) != before
    opened.get_by_role("button", name="类型: 全不选").click()
    settled(opened)
    assert present(opened) == set()
    blank = opened.evaluate(
        """() => { const canvas = document.querySelector('#graph canvas');
        return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.every((n) => n === 0); }"""
    )
    assert blank


@pytest.mark.parametrize(
    "hash", ["#focus=id:hub1", f"#focus={QUIET}&depth=3", "#theme=dark&lang=en", "#tab=map"]
)
def test_other_views_settle_without_a_word(open_page: Open, hash: str) -> None:  # noqa: F811
    settled(open_page(hash))
    settled(open_page(hash, size=(390, 844)))


def test_the_table_pages_and_sorts(open_page: Open) -> None:  # noqa: F811
    page = open_page("#view=table")
    rows = NODES // 60 * 6 + FACTS
    assert f"{rows:,} 行" in page.inner_text("#table-title")
    assert page.locator("#table tbody tr").count() == 300
    page.click("#more-rows button")
    assert page.locator("#table tbody tr").count() == 600
    page.click("#sort-0")
    names = page.locator("#table tbody th").all_inner_texts()
    assert len(set(names)) < len(names)
    assert names == [
        name for k, name in enumerate(names) if k == 0 or name == names[k - 1] or name not in names[:k]
    ]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table tbody tr").count() == 3000
    assert f"全部 {rows:,} 行请下载" in page.inner_text("#more-rows")


def test_downloads_hold_all(open_page: Open, tmp_path: Path) -> None:  # noqa: F811
    page = open_page()
    settled(page)
    assert download(page, "png", tmp_path).startswith(b"\x89PNG")
    svg = ET.fromstring(download(page, "svg", tmp_path))
    space = "{http://www.w3.org/2000/svg}"
    assert svg.find(f"{space}image").attrib["href"].startswith("data:image/png;base64,")
    assert len(svg.findall(f"{space}path")) == 300
    assert len(svg.findall(f"{space}text")) > 20
    graph = nx.read_graphml(io.BytesIO(download(page, "graphml", tmp_path)))
    assert (len(graph), graph.number_of_edges()) == (NODES, FACTS)
    rows = list(csv.reader(io.StringIO(download(page, "csv", tmp_path).decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + FACTS + NODES // 60 * 6


def test_a_long_list_of_facts_is_made_when_it_is_opened(open_page: Open) -> None:  # noqa: F811
    page = open_page("#focus=id:x0")
    settled(page)
    longest = page.locator("#pages details", has=page.locator("p")).first
    summary = int(re.sub(r"\D", "", longest.locator("summary").inner_text()))
    assert longest.locator("li.fact").count() == (0 if summary > 100 else summary)
    longest.locator("summary").click()
    page.wait_for_timeout(100)
    assert longest.locator("li.fact").count() == min(summary, 100)
