"""The page of `kg view` in headless Chromium, beside pyvis with its defaults.

    python benchmarks/view.py [NODES ...] [--beside NODES ...] [--uniform NODES ...]

Three facts a node, from a graph such as ten years of a newspaper give, or with --uniform one without any
structure, the worst that can be drawn. Seconds of communities and layout, of the selection and of the page;
megabytes; time from the start of navigation to the first stable frame; frames a second while the drawing is
dragged, and zoomed, for two seconds. The page of pyvis is stable when its physics says so; after a minute that
is "never". Its libraries are inlined and its remote ones refused, which is in its favour. Needs chromium.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / folder) for folder in ("src", "tests")]

import newspaper
from playwright.sync_api import sync_playwright

from kg.graph import communities, layout
from kg.graph.palette import sizes
from kg.graph.selection import Selection
from kg.store import MemoryStore
from kg.view import render

PATIENCE = 60
STABLE = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now()))))"
COUNT = """if (!('frames_' in window)) { window.frames_ = 0;
    (function f() { window.frames_ += 1; requestAnimationFrame(f); })() }"""
COLUMNS = (
    "page",
    "nodes",
    "edges",
    "selection, s",
    "communities + layout, s",
    "page, s",
    "MB",
    "first stable frame, s",
    "frames/s panned",
    "frames/s zoomed",
)


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long something took, and what came of it."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def rate(page: Any, move: Callable[[int], None]) -> float:
    """Return the frames a second that the page draws while it is moved."""
    page.evaluate(COUNT)
    start, before, step = time.perf_counter(), page.evaluate("window.frames_"), 0
    while time.perf_counter() - start < 2:
        step += 1
        move(step)
    return float((page.evaluate("window.frames_") - before) / (time.perf_counter() - start))


def pan_rate(page: Any) -> float:
    """Drag the drawing to and fro."""
    page.mouse.move(400, 500)
    page.mouse.down()
    found = rate(page, lambda step: page.mouse.move(400 + 150 * (step % 40) / 40, 500 + (step % 25)))
    page.mouse.up()
    return found


def zoom_rate(page: Any) -> float:
    """Turn the wheel in and out."""
    return rate(page, lambda step: page.mouse.wheel(0, -20 if step % 80 < 40 else 20))


def kg_page(selection: Selection, path: Path) -> None:
    """Write the page of kg."""
    path.write_text(render(selection), encoding="utf-8")


def pyvis_page(selection: Selection, path: Path) -> None:
    """Write the page of pyvis with its defaults, its scripts inlined."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True)
    for node, data in selection.network.nodes(data=True):
        network.add_node(node, label=data["label"])
    for source, target, data in selection.network.edges(data=True):
        network.add_edge(source, target, title=data["label"])
    path.write_text(network.generate_html(), encoding="utf-8")


def arranged(selection: Selection) -> None:
    """Find communities and positions, as the page does."""
    groups = communities(selection.network)
    layout(selection.network, communities=groups, radius=sizes(selection.network))


def opened(browser: Any, path: Path, *, ours: bool, large: bool) -> tuple[str, float, float]:
    """Open a page; return when it was stable and the frames a second while it is panned and zoomed."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), timeout=PATIENCE * 2000)
    if ours and large:  # its layers are painted
        page.wait_for_selector("#graph[aria-busy=false]", state="attached", timeout=PATIENCE * 1000)
    stable = f"{page.evaluate(STABLE) / 1000:.2f}"
    if not ours:
        start = time.perf_counter()
        while not page.evaluate("network.physics.stabilized") and time.perf_counter() - start < PATIENCE:
            page.wait_for_timeout(100)
        done = page.evaluate("network.physics.stabilized")
        stable = f"{page.evaluate('performance.now()') / 1000:.1f}" if done else "never"
    rates = pan_rate(page), zoom_rate(page)
    page.close()
    return stable, *rates


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("nodes", nargs="*", type=int, default=[400, 1_500, 5_000, 33_000])
    parser.add_argument("--uniform", nargs="*", type=int, default=[33_000])
    parser.add_argument("--beside", nargs="*", type=int, default=[400, 1_500])
    given = parser.parse_args()
    cases: list[tuple[str, Callable[..., str], Callable[[Selection, Path], None], int]] = [
        *(("kg", newspaper.newspaper, kg_page, n) for n in given.nodes),
        *(("kg, uniform", newspaper.uniform, kg_page, n) for n in given.uniform),
        *(("pyvis", newspaper.newspaper, pyvis_page, n) for n in given.beside),
    ]
    print(f"| {' | '.join(COLUMNS)} |\n| --- |{' ---: |' * (len(COLUMNS) - 1)}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        for name, graph, write, size in cases:
            # 33,000 nodes have 100,000 facts.
            store = MemoryStore.parse(graph(size, round(size / 0.33)))
            selected, selection = seconds(lambda store=store: Selection.whole(store))
            arranging, _ = seconds(lambda selection=selection: arranged(selection))
            path = Path(folder) / "page.html"
            written, _ = seconds(lambda a=(selection, path), write=write: write(*a))
            stable, panned, zoomed = opened(browser, path, ours=write is kg_page, large=size > 1_500)
            row = [
                name,
                f"{size:,}",
                f"{selection.network.number_of_edges():,}",
                f"{selected:.1f}",
                f"{arranging:.1f}",
                f"{written:.1f}",
                f"{path.stat().st_size / 1e6:.1f}",
                stable,
                f"{panned:.0f}",
                f"{zoomed:.0f}",
            ]
            print(f"| {' | '.join(row)} |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
