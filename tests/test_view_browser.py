"""The page in a real browser: headless Chromium, every request and every console line watched.

Needs Debian's chromium (``apt-get install chromium fonts-noto-cjk``) and playwright; axe-core comes from npm
(``npm install --no-save axe-core``). Without them the tests are skipped and say so.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import sample

from kg.graph.selection import Selection
from kg.store import MemoryStore
from kg.view import render

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (pip install playwright)")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = Path(__file__).resolve().parent.parent / "node_modules" / "axe-core" / "axe.min.js"
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: apt-get install chromium fonts-noto-cjk"),
]

Open = Callable[..., Any]
CAO = "id:caoxian-371721"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "graph.html"
    path.write_text(render(Selection.whole(MemoryStore.parse(sample.small()))), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser: Any, file: Path) -> Iterator[Open]:
    """Open the page at a hash; at the end nothing was requested and the console is empty."""
    opened: list[Any] = []
    noise: list[str] = []

    def open(hash: str = "", path: Path = file, size: tuple[int, int] = (1400, 900), **context: Any) -> Any:
        context = {"color_scheme": "light", "reduced_motion": "reduce", **context}
        session = browser.new_context(viewport={"width": size[0], "height": size[1]}, **context)
        page = session.new_page()
        page.on("request", lambda request: noise.append(request.url))
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("dialog", lambda dialog: (noise.append(dialog.message), dialog.dismiss()))
        address = path.as_uri() + hash
        page.goto(address)
        page.wait_for_selector("#graph canvas", state="attached")
        assert noise == [address.split("#")[0]] or noise == [address]
        noise.clear()
        opened.append(session)
        return page

    yield open
    for session in opened:
        session.close()
    assert noise == []


def search(page: Any, text: str) -> None:
    page.fill("#find-entity", text)
    page.keyboard.press("Enter")


def heading(page: Any) -> str:
    return str(page.inner_text("#subject"))


def colours_on_canvas(page: Any) -> int:
    """Return how many colours the canvas shows: one means that nothing is drawn."""
    return int(
        page.evaluate(
            """() => { const c = document.querySelector('#graph canvas');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            const seen = new Set(); for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i+1] << 8 | d[i+2]);
            return seen.size; }"""
        )
    )


def download(page: Any, name: str, folder: Path) -> bytes:
    page.click("#downloads summary")
    with page.expect_download() as waiting:
        page.click(f"#save-{name}")
    waiting.value.save_as(folder / name)
    return (folder / name).read_bytes()


def test_the_page_draws_and_requests_nothing(open_page: Open) -> None:
    page = open_page()
    assert colours_on_canvas(page) > 50
    assert page.inner_text("#count") == "31 个实体 · 34 条陈述 · 5 个数字"


@pytest.mark.parametrize(
    "text", ["曹县", "cao county", "caoxian", "cx", "Cao  Xian", "caox", "ＣＡＯＸＩＡＮ"]
)
def test_search_focuses_the_entity(open_page: Open, text: str) -> None:
    page = open_page()
    search(page, text)
    assert heading(page) == "曹县"
    assert page.url.endswith(f"#focus={CAO}")


def test_search_that_finds_nothing_says_so(open_page: Open) -> None:
    page = open_page()
    page.fill("#find-entity", "zzzz")
    assert page.inner_text("#find-entity-list") == "没有找到"


def test_an_entity_shows_figures_with_words_period_and_speaker(open_page: Open) -> None:
    text = open_page(f"#focus={CAO}").inner_text("#pages")
    for words in (
        "网络销售额",
        "超过167亿元",
        "突破167亿元",
        "2021年1月至5月",
        "李涛",
        "《县里来了快递》",
        "预计",
    ):
        assert words in text


def test_an_edge_shows_the_words_that_state_it(open_page: Open) -> None:
    page = open_page(f"#edge={CAO}~id:alibaba-group")
    assert page.inner_text(".facts").count("合作") == 2
    assert sorted(page.locator(".facts blockquote").all_inner_texts()) == ["再次签约", "曹县与阿里签了约"]


def test_a_click_on_a_sign_and_on_an_edge(open_page: Open, tmp_path: Path) -> None:
    page = open_page("#edge=id:forum-2021~id:alibaba-group")
    box = page.locator("#graph").bounding_box()
    svg = download(page, "svg", tmp_path).decode()
    curve = re.search(r'<path d="M(\S+) (\S+)Q(\S+) (\S+) (\S+) (\S+)" fill="none" stroke="#9a3412"', svg)
    assert curve is not None
    ax, ay, cx, cy, bx, by = map(float, curve.groups())

    def click(x: float, y: float) -> None:
        page.mouse.click(box["x"] + x, box["y"] + y)
        page.wait_for_timeout(100)

    click(8, 8)
    assert page.locator("#subject").count() == 0
    click((ax + bx) / 4 + cx / 2, (ay + by) / 4 + cy / 2)
    assert set(heading(page).split(" — ")) == {"丝路电商论坛", "阿里巴巴集团"}
    assert "由阿里主办" in page.inner_text(".facts")
    click(ax, ay)
    assert heading(page) in {"丝路电商论坛", "阿里巴巴集团"}


def test_the_legend_hides_a_class_and_a_relation(open_page: Open) -> None:
    page = open_page("#view=table")
    assert page.locator("#table tbody tr", has_text="聊城市").count() > 5
    page.get_by_label("地级市").uncheck()
    assert page.locator("#table tbody tr", has_text="聊城市").count() == 0
    page.get_by_label(re.compile("^合作")).uncheck()
    assert page.locator("#table tbody tr", has_text="再次签约").count() == 0
    assert "hide=kg:PrefectureCity" in page.url
    assert "drop=kg:cooperatesWith" in page.url


def test_hiding_changes_the_drawing(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="类型: 全不选").click()
    page.wait_for_timeout(100)
    assert colours_on_canvas(page) == 1


def test_the_hash_restores_the_state(open_page: Open) -> None:
    page = open_page(f"#lang=en&theme=dark&focus={CAO}&depth=2&hide=kg:Product&view=table")
    assert heading(page) == "Cao County"
    assert "2 steps around" in page.inner_text("#pages")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.locator("#table").is_visible()
    page.click("#tab-legend")
    assert not page.get_by_label("product").is_checked()


@pytest.mark.parametrize(
    "hash", ["#focus=id:none", "#path=a~b", "#edge=x", "#depth=-1&focus=%", "#hide=~~&view=x"]
)
def test_a_hash_that_names_nothing_is_passed_over(open_page: Open, hash: str) -> None:
    assert "31 个实体" in open_page(hash).inner_text("#count")


def test_expand_and_shrink_step_by_step(open_page: Open) -> None:
    page = open_page("#focus=id:li-tao")
    page.click("#expand")
    assert "2 步之内：14 个实体" in page.inner_text("#pages")
    page.click("#shrink")
    assert page.locator("#shrink").count() == 0


def test_the_path_button_finds_the_path_and_tells_it_in_quotes(open_page: Open) -> None:
    page = open_page()
    page.click("#tab-route")
    page.fill("#from", "litao")
    page.keyboard.press("Enter")
    page.fill("#to", "shandong")
    page.keyboard.press("Enter")
    chain = page.locator(".chain > li > button").all_inner_texts()
    assert chain == ["李涛", "曹县", "菏泽市", "山东省"]
    assert "本单位党委书记" in page.inner_text(".chain")
    assert "path=id:li-tao~id:shandong-370000" in page.url


def test_a_path_that_is_not_there(open_page: Open) -> None:
    page = open_page("#path=id:li-tao~id:alone")
    assert "没有路径" in page.inner_text("#pages")


def test_labels_at_first_view_do_not_overlap(browser: Any, tmp_path: Path) -> None:
    """Reads the boxes that the page's own script keeps, in a copy of it that shows them."""
    html = render(Selection.whole(MemoryStore.parse(sample.large(400))))
    html = html.replace("started = true;\n})();", "started = true;\nwindow.placed = () => placed;\n})();")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    (tmp_path / "open.html").write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto((tmp_path / "open.html").as_uri())
    page.wait_for_timeout(300)
    boxes = [label["box"] for label in page.evaluate("placed()")]
    page.close()
    assert len(boxes) > 40
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_hostile_labels_are_shown_as_text(open_page: Open) -> None:
    page = open_page("#view=table")
    for label in sample.HOSTILE.values():
        label = label.replace("\x01", "").replace("\x0b", "")
        assert page.get_by_role("button", name=label, exact=True).count() >= 1
    assert heading(open_page("#focus=id:hostile-script")) == sample.HOSTILE["script"]


def test_a_long_name_does_not_break_the_layout(open_page: Open) -> None:
    page = open_page("#focus=id:hostile-long", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("#pages").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_the_table_sorts_by_value(open_page: Open) -> None:
    page = open_page("#view=table")
    page.click("#sort-2")
    page.click("#sort-2")
    assert page.get_attribute("th:has(#sort-2)", "aria-sort") == "descending"
    assert page.locator("#table tbody tr").count() == 66


def test_every_row_is_printed(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#table tbody tr").count() == 66
    assert page.locator("#table").is_visible()
    assert not page.locator("#panel").is_visible()


def test_the_language_switches(open_page: Open) -> None:
    page = open_page(f"#focus={CAO}")
    page.click("#lang")
    assert heading(page) == "Cao County"
    assert "more than 16.7 billion CNY" in page.inner_text("#pages")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_downloads(open_page: Open, tmp_path: Path) -> None:
    page = open_page()
    assert download(page, "png", tmp_path).startswith(b"\x89PNG")
    svg = ET.fromstring(download(page, "svg", tmp_path))
    assert len(svg.findall(".//{http://www.w3.org/2000/svg}text")) > 10
    graph = nx.read_graphml(io.BytesIO(download(page, "graphml", tmp_path)))
    assert (len(graph), graph.number_of_edges()) == (31, 34)
    assert graph.nodes["https://kg.example/id/hostile-script"]["label_zh"] == sample.HOSTILE["script"]
    rows = list(csv.reader(io.StringIO(download(page, "csv", tmp_path).decode("utf-8-sig"), newline="")))
    assert len(rows) == 67
    assert any("突破167亿元" in row for row in rows)


def test_the_map_shows_the_counties_and_leads_to_them(open_page: Open) -> None:
    page = open_page("#tab=map")
    assert page.locator(".map .spot").count() == 8
    page.locator(".places").get_by_role("button", name="栖霞市").click()
    assert heading(page) == "栖霞市"


def test_the_keyboard_reaches_everything(open_page: Open) -> None:
    page = open_page(f"#focus={CAO}")
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert reached >= {
        "skip",
        "view",
        "theme",
        "lang",
        "graph",
        "find-entity",
        "tab-details",
        "expand",
        "path-from",
    }
    assert "阿里巴巴集团" in reached


def test_keys_search_pan_zoom_and_clear(open_page: Open) -> None:
    page = open_page(f"#focus={CAO}")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find-entity"
    page.focus("#graph")
    before = page.screenshot(clip={"x": 0, "y": 60, "width": 900, "height": 700})
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    page.evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")
    page.wait_for_timeout(200)
    assert page.screenshot(clip={"x": 0, "y": 60, "width": 900, "height": 700}) != before
    page.keyboard.press("Escape")
    assert "focus" not in page.url


def test_tabs_move_with_the_arrow_keys(open_page: Open) -> None:
    page = open_page()
    page.focus("#tab-legend")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-details"


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: npm install --no-save axe-core")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "hash", ["", f"#focus={CAO}&lang=en", "#view=table", "#path=id:li-tao~id:shandong-370000", "#tab=map"]
)
def test_axe_finds_nothing_serious(browser: Any, file: Path, hash: str, theme: str) -> None:
    # bypass_csp: the page's policy would refuse the checker's own script.
    session = browser.new_context(
        bypass_csp=True, color_scheme=theme, viewport={"width": 1400, "height": 900}
    )
    page = session.new_page()
    page.goto(file.as_uri() + hash)
    page.wait_for_selector("#graph canvas", state="attached")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    session.close()
    serious = [v for v in found if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in serious] == []


@pytest.mark.parametrize("size", [(1400, 900), (800, 600), (390, 844)])
@pytest.mark.parametrize("hash", ["", f"#focus={CAO}", "#view=table&lang=en"])
def test_nothing_sticks_out_of_the_screen(open_page: Open, size: tuple[int, int], hash: str) -> None:
    page = open_page(hash, size=size)
    assert page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) <= list(size)
    for name in ("view", "theme", "lang", "find-entity"):
        box = page.locator(f"#{name}").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= size[0]


@pytest.mark.parametrize(
    ("turtle", "count"),
    [
        ("", "0 个实体"),
        ("<urn:a> a <urn:T> .", "1 个实体"),
        ("<urn:a> a <urn:T> . <urn:b> a <urn:T> .", "2 个实体"),
    ],
    ids=["empty", "one node", "no edges"],
)
def test_small_graphs(open_page: Open, tmp_path: Path, turtle: str, count: str) -> None:
    path = tmp_path / "small.html"
    path.write_text(render(Selection.whole(MemoryStore.parse(turtle))), encoding="utf-8")
    page = open_page(path=path)
    assert count in page.inner_text("#count")
    assert (colours_on_canvas(page) > 1) == bool(turtle)
    assert page.locator("#notice").is_visible() == (not turtle)
