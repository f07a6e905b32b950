"""The review page: what it saves, whom it lets in, and how it works in a real browser."""

import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.errors import FactsError, SourceError
from kg.ingest.batch import Batch, ingest_pages
from kg.ingest.factsfile import read_facts
from kg.serve.desk import Desk, FileChanged, facts_of
from kg.serve.review import ReviewServer

TEXT = "莘县种柑橘。\n\n莘县县长赵大川表示，2020年莘县柑橘产值达3 . 5亿元，同比增长12%。\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    batch = Batch("测试日报", date(2021, 6, 25), tmp_path / "facts", source="test")
    assert [p.error for p in ingest_pages([tmp_path / "page.txt"], batch)] == [None]
    return Desk(tmp_path / "facts" / "test.yaml", TEXT)


@pytest.fixture
def server(desk: Desk) -> Iterator[ReviewServer]:
    with ReviewServer(desk, token="secret") as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def statuses(desk: Desk) -> list[str]:
    return [fact.status for fact in read_facts(desk.path).facts]


def ids(desk: Desk) -> list[str]:
    return [str(row["id"]) for row in desk.show()["facts"]]


def test_what_is_shown(desk: Desk) -> None:
    page = desk.show()
    assert page["paragraphs"][0]["text"] == "莘县种柑橘。"
    words = "\n".join(p["text"] for p in page["paragraphs"])
    (start, end) = page["facts"][1]["spans"][0]
    assert words[start:end] == "莘县柑橘产值达3.5亿元"


def test_what_a_fact_says_in_words(desk: Desk) -> None:
    says = [words for fact in desk.show()["facts"] for words in fact["says"]]
    assert any(words.startswith("莘县 · 柑橘产值 · 3.5亿元") for words in says)
    assert not any("shenxian" in words for words in says)


def test_a_decision_is_on_disk_at_once(desk: Desk) -> None:
    desk.decide(ids(desk)[0], "accepted", desk.stamp)
    desk.decide(ids(desk)[1], "rejected", desk.stamp)
    assert statuses(desk) == ["accepted", "rejected", "proposed"]
    assert "zhao-dachuan" in (desk.path.parent / "entities.yaml").read_text("utf-8")
    desk.decide(ids(desk)[1], "proposed", desk.stamp)
    assert statuses(desk) == ["accepted", "proposed", "proposed"]


def test_a_file_that_changed_underneath_is_not_overwritten(desk: Desk) -> None:
    stamp = desk.stamp
    desk.path.write_text(desk.path.read_text("utf-8").replace("# What", "# what"), encoding="utf-8")
    with pytest.raises(FileChanged, match="has changed"):
        desk.decide(ids(desk)[0], "accepted", stamp)
    assert statuses(desk) == ["proposed"] * 3


def test_an_edit(desk: Desk) -> None:
    lines = "- quote: 莘县柑橘产值达3.5亿元\n  figure: shenxian-371522 kg:onlineSales 350000000 CNY"
    desk.edit(ids(desk)[1], lines, desk.stamp)
    fact = read_facts(desk.path).facts[1]
    assert (fact.status, fact.fields["figure"]) == (
        "accepted",
        "shenxian-371522 kg:onlineSales 350000000 CNY",
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("- quote: 冠县柑橘\n  states: a b c", "does not stand on the page"),
        ("- quote: [", "line"),
        ("- quote: 莘县\n  colour: red", "unknown field colour"),
        ("- quote: 莘县", "states nothing"),
    ],
)
def test_a_wrong_edit_changes_nothing(desk: Desk, lines: str, message: str) -> None:
    before = desk.path.read_bytes()
    with pytest.raises(FactsError, match=message):
        desk.edit(ids(desk)[1], lines, desk.stamp)
    assert desk.path.read_bytes() == before


def test_a_fact_on_selected_words(desk: Desk) -> None:
    start = desk.show()["paragraphs"][1]["start"]
    identifier = desk.add(start, start + 2, "shenxian-371522 kg:hasDesignation a", desk.stamp)
    added = read_facts(desk.path).facts[-1]
    assert (added.id, added.status, added.quotes) == (identifier, "accepted", ["莘县"])


def test_another_text_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceError, match="not the text"):
        Desk(desk.path, TEXT + "。")


def request(
    server: ReviewServer, method: str, path: str, body: Any = None, **headers: str
) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    sent = {"Host": f"127.0.0.1:{server.server_port}", **{k.replace("_", "-"): v for k, v in headers.items()}}
    connection.request(method, path, None if body is None else json.dumps(body), sent)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return answer.status, content


def test_only_the_printed_address_lets_in(server: ReviewServer) -> None:
    assert request(server, "GET", "/")[0] == 403
    assert request(server, "GET", "/?token=wrong")[0] == 403
    assert request(server, "GET", "/?token=secret")[0] == 200
    assert request(server, "GET", "/api/page", X_Kg_Token="secret")[0] == 200


def test_another_host_name_is_refused(server: ReviewServer) -> None:
    assert request(server, "GET", "/?token=secret", Host="evil.example")[0] == 403


def test_another_page_cannot_decide(server: ReviewServer, desk: Desk) -> None:
    body = {"id": ids(desk)[0], "status": "accepted", "stamp": desk.stamp}
    evil = {"X_Kg_Token": "secret", "Origin": "http://evil.example"}
    assert request(server, "POST", "/api/decide", body, **evil)[0] == 403
    assert request(server, "POST", "/api/decide", body)[0] == 403
    assert statuses(desk) == ["proposed"] * 3


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/decide", {"id": "p-none", "status": "accepted"}, 422),
        ("/api/decide", {}, 400),
        ("/api/none", {}, 400),
        ("/api/decide", {"id": "p-none", "status": "accepted", "stamp": "old"}, 409),
    ],
)
def test_a_wrong_request_is_answered(
    server: ReviewServer, desk: Desk, path: str, body: Any, status: int
) -> None:
    body = {"stamp": desk.stamp, **body} if body else body
    assert request(server, "POST", path, body, X_Kg_Token="secret")[0] == status


@pytest.mark.browser
def test_in_a_browser(server: ReviewServer, desk: Desk) -> None:
    api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(server.url)
        page.wait_for_selector(".fact.here")
        assert page.url == f"http://127.0.0.1:{server.server_port}/"
        page.keyboard.press("a")
        api.expect(page.locator("#progress")).to_contain_text("1 / 3")
        page.keyboard.press("r")
        api.expect(page.locator("#progress")).to_contain_text("2 / 3")
        assert statuses(desk) == ["accepted", "rejected", "proposed"]
        page.keyboard.press("e")
        page.fill("#lines", "- quote: 冠县\n  states: a b c")
        page.keyboard.press("Control+Enter")
        api.expect(page.locator("#wrong")).to_contain_text("冠县")
        page.keyboard.press("Escape")
        page.evaluate(
            "() => { const p = document.querySelectorAll('#text p')[0]; getSelection().selectAllChildren(p); }"
        )
        page.keyboard.press("n")
        page.fill("#lines", "article-test-1 schema:headline “莘县种柑橘”")
        page.keyboard.press("Control+Enter")
        api.expect(page.locator("#progress")).to_contain_text("/ 4")
        assert read_facts(desk.path).facts[-1].quotes == ["莘县种柑橘。"]
        desk.path.write_text(desk.path.read_text("utf-8").replace("# What", "# what"), encoding="utf-8")
        page.keyboard.press("k")
        page.keyboard.press("a")
        page.wait_for_selector("#message button")
        page.click("#message button")
        page.wait_for_selector("#message", state="hidden")
        browser.close()
    # The two refusals are answers of the server, which a browser logs; nothing else may be.
    assert all("422" in p or "409" in p for p in problems), problems


def test_a_page_is_found_by_its_text(desk: Desk, tmp_path: Path) -> None:
    assert facts_of(desk.path.parent, TEXT) == desk.path
    with pytest.raises(FactsError, match="was made from this text"):
        facts_of(desk.path.parent, TEXT + "。")


def test_a_killed_process_loses_nothing(desk: Desk, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kg",
        "review",
        "test",
        "--source",
        str(tmp_path / "page.txt"),
        "--no-open",
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, "--facts", str(desk.path.parent)], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        connection = http.client.HTTPConnection(address.netloc)
        try:
            body = json.dumps({"id": ids(desk)[0], "status": "accepted", "stamp": desk.stamp})
            token = parse_qs(address.query)["token"][0]
            connection.request("POST", "/api/decide", body, {"X-Kg-Token": token})
            assert connection.getresponse().status == 200
        finally:
            process.kill()
            connection.close()
    assert statuses(desk) == ["accepted", "proposed", "proposed"]
