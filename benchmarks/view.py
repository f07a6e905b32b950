"""The page of `kg view` in headless Chromium, beside pyvis with its defaults.

    python benchmarks/view.py [NODES ...] [--beside NODES]

Generation, file size, time from the start of navigation to the first stable frame, frames a second while the
drawing is dragged for two seconds. The page of pyvis is stable when its physics says so; after a minute that is
"never". Its libraries are inlined and its remote ones refused, which is in its favour. Needs chromium.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent / folder) for folder in ("src", "tests")]

import sample
from playwright.sync_api import sync_playwright

from kg.graph.selection import Selection
from kg.store import MemoryStore
from kg.view import render

PATIENCE = 60
STABLE = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(performance.now()))))"
COUNT = "window.frames_ = 0; (function f() { window.frames_ += 1; requestAnimationFrame(f); })()"


def pan_rate(page: Any) -> float:
    """Return the frames a second that the page draws while it is dragged."""
    page.mouse.move(400, 500)
    page.mouse.down()
    page.evaluate(COUNT)
    start, before = time.perf_counter(), page.evaluate("window.frames_")
    step = 0
    while time.perf_counter() - start < 2:
        step += 1
        page.mouse.move(400 + 150 * (step % 40) / 40, 500 + (step % 25))
    frames = page.evaluate("window.frames_") - before
    rate = frames / (time.perf_counter() - start)
    page.mouse.up()
    return float(rate)


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


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("nodes", nargs="*", type=int, default=[400, 1_500, 5_000])
    parser.add_argument("--beside", nargs="*", type=int, default=[300, 400, 1_500])
    sizes = parser.parse_args()
    cases = [("kg", kg_page, n) for n in sizes.nodes] + [("pyvis", pyvis_page, n) for n in sizes.beside]
    print("| page | nodes | edges | generated, s | MB | first stable frame, s | frames/s while panned |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
        )
        for name, write, size in cases:
            selection = Selection.whole(MemoryStore.parse(sample.large(size)))
            path = Path(folder) / f"{name}-{size}.html"
            start = time.perf_counter()
            write(selection, path)
            generated = time.perf_counter() - start
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.route("http*://**", lambda route: route.abort())
            page.goto(path.as_uri(), timeout=PATIENCE * 2000)
            stable = f"{page.evaluate(STABLE) / 1000:.2f}"
            if name == "pyvis":
                start = time.perf_counter()
                while not page.evaluate("network.physics.stabilized") and time.perf_counter() - start < PATIENCE:
                    page.wait_for_timeout(100)
                done = page.evaluate("network.physics.stabilized")
                stable = f"{page.evaluate('performance.now()') / 1000:.1f}" if done else "never"
            rate = pan_rate(page)
            page.close()
            edges = selection.network.number_of_edges()
            megabytes = path.stat().st_size / 1e6
            print(f"| {name} | {size:,} | {edges:,} | {generated:.2f} | {megabytes:.1f} | {stable} | {rate:.0f} |")
        browser.close()


if __name__ == "__main__":
    main()
