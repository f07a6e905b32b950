"""A stub endpoint on 127.0.0.1 answers right, invents, breaks, refuses and hangs."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.errors import EndpointError, UsageError
from kg.ingest.chat import Chat
from kg.ingest.extractor import Extraction, Page
from kg.ingest.llm import ChatExtractor

PAGE = Page("海阳市副市长赵大川表示，2020年海阳市柑橘产值达\n3 . 5亿元。", date(2021, 6, 25))
POST = {
    "subject": "赵大川", "subject_type": "kg:Official", "predicate": "org:holds", "object": "海阳市",
    "object_type": "kg:County", "title": "副市长", "quote": "海阳市副市长赵大川",
}  # fmt: skip
VALUE = {
    "subject": "海阳市", "subject_type": "kg:County", "measure": "柑橘产值",
    "verbatim": "3.5亿元", "when": "2020年", "speaker": "赵大川", "said": "赵大川表示", "quote": "柑橘产值达3.5亿元",
}  # fmt: skip
Answer = tuple[int, str]


def reply(*, relations: Any = (), figures: Any = ()) -> Answer:
    content = json.dumps({"relations": list(relations), "figures": list(figures)})
    return 200, json.dumps({"choices": [{"message": {"content": content}}]})


class Stub:
    """A server that answers by a script, the last line of it again and again."""

    def __init__(self) -> None:
        self.script: list[Answer | Callable[[dict[str, Any]], Answer]] = []
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                stub.requests.append(body)
                stub.keys.append(self.headers.get("Authorization"))
                step = stub.script.pop(0) if len(stub.script) > 1 else stub.script[0]
                status, content = step(body) if callable(step) else step
                self.send_response(status)
                self.end_headers()
                with contextlib.suppress(BrokenPipeError):  # who hung up on us
                    self.wfile.write(content.encode())

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def extract(self, *script: Any, **options: Any) -> Extraction:
        self.script = list(script)
        chat = Chat(self.url, "stub", wait=lambda seconds: None, **options)
        return ChatExtractor(self.url, "stub", chat=chat).extract(PAGE)


@pytest.fixture
def stub() -> Iterator[Stub]:
    stub = Stub()
    yield stub
    stub.server.shutdown()
    stub.server.server_close()


def test_a_right_answer(stub: Stub) -> None:
    post, value = stub.extract(reply(relations=[POST], figures=[VALUE])).proposals
    assert (post.subject.text, post.title, post.quote.start) == ("赵大川", "副市长", 0)
    assert value.figure is not None and value.figure.value == 350_000_000
    assert PAGE.text[value.quote.start : value.quote.end] == "柑橘产值达\n3 . 5亿元"
    assert stub.requests[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    ("kind", "row", "reason"),
    [
        ("relations", {**POST, "quote": "海阳市市长赵大川"}, "the quote is not on the page"),
        ("relations", {**POST, "subject": "钱小川"}, "the name is not on the page"),
        ("relations", {**POST, "predicate": "kg:invented"}, "unknown predicate"),
        ("relations", {**POST, "title": "市长助理"}, "the title is not in the quote"),
        ("relations", {"subject": "赵大川"}, "a field is missing"),
        ("relations", "nonsense", "a field is missing"),
        ("figures", {**VALUE, "verbatim": "35亿元"}, "the figure is not in its quote"),
        ("figures", {**VALUE, "measure": "苹果产值"}, "the measure is not on the page"),
        ("figures", {**VALUE, "when": "2019年"}, "the period is not on the page"),
        ("figures", {**VALUE, "quote": "柑" * 60}, "the quote is too long"),
    ],
)
def test_what_is_invented_is_dropped_and_counted(stub: Stub, kind: str, row: Any, reason: str) -> None:
    found = stub.extract(reply(**{kind: [row]}))
    assert (found.proposals, dict(found.dropped)) == ((), {reason: 1})


def test_broken_json_is_counted_and_asked_for_again(stub: Stub, tmp_path: Path) -> None:
    broken = 200, json.dumps({"choices": [{"message": {"content": '{"relations": ['}}]})
    assert dict(stub.extract(broken, cache=tmp_path).dropped) == {"no JSON": 1}
    assert len(stub.extract(reply(relations=[POST]), cache=tmp_path).proposals) == 1


def test_busy_and_failing_endpoints_are_asked_again(stub: Stub) -> None:
    found = stub.extract((429, ""), (500, ""), (200, "no completion"), reply(relations=[POST]))
    assert len(found.proposals) == 1 and len(stub.requests) == 4


def test_an_endpoint_that_stays_down_is_named(stub: Stub) -> None:
    with pytest.raises(EndpointError, match="status 503"):
        stub.extract((503, ""))
    assert len(stub.requests) == 4


def test_a_wrong_key_is_not_tried_twice(stub: Stub) -> None:
    with pytest.raises(EndpointError, match="status 401"):
        stub.extract((401, ""), key="secret")
    assert stub.keys == ["Bearer secret"]


def test_a_hanging_endpoint_is_left(stub: Stub) -> None:
    def hang(body: dict[str, Any]) -> Answer:
        time.sleep(0.5)
        return 200, ""

    with pytest.raises(EndpointError, match="did not answer"):
        stub.extract(hang, timeout=0.1, attempts=2)


def test_progress_is_told(stub: Stub) -> None:
    stub.script = [reply()]
    told: list[tuple[int, int]] = []
    extractor = ChatExtractor(stub.url, "stub", stretch=5, progress=lambda *done: told.append(done))
    extractor.extract(Page("莘县有很多橘子。" * 10 + "\n曹县也有。\n"))
    assert told == [(1, 2), (2, 2)]


def test_ctrl_c_leaves_a_hanging_endpoint(stub: Stub, tmp_path: Path) -> None:
    def hang(body: dict[str, Any]) -> Answer:
        time.sleep(20)
        return reply()

    stub.script = [hang]
    (tmp_path / "page.txt").write_text(PAGE.text, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "kg",
        "ingest",
        "page.txt",
        "--newspaper",
        "测试日报",
        "--date",
        "2021-06-25",
    ]
    options = ["--extractor", "llm", "--base-url", stub.url, "--model", "stub", "--facts", "facts"]
    source = str(Path(__file__).parents[1] / "src")
    run = subprocess.Popen([*command, *options], cwd=tmp_path, env={**os.environ, "PYTHONPATH": source})
    while not stub.requests:
        assert run.poll() is None
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=10) == 130
    assert not list(tmp_path.glob("facts/*.yaml"))


def test_json_schema_then_json_object_then_plain(stub: Stub) -> None:
    def plain_only(body: dict[str, Any]) -> Answer:
        return (400, "") if "response_format" in body else reply(relations=[POST])

    assert len(stub.extract(plain_only).proposals) == 1
    forms = [r.get("response_format", {}).get("type") for r in stub.requests]
    assert forms == ["json_schema", "json_object", None]


def test_a_run_repeats_offline(stub: Stub, tmp_path: Path) -> None:
    first = stub.extract(reply(relations=[POST], figures=[VALUE]), cache=tmp_path, key="secret")
    stub.server.shutdown()
    again = ChatExtractor(stub.url, "stub", cache=tmp_path).extract(PAGE)
    assert again == first
    assert not any("secret" in path.read_text("utf-8") for path in tmp_path.rglob("*.txt"))


def test_an_address_is_checked() -> None:
    with pytest.raises(UsageError, match="no web address"):
        Chat("file:///etc/hosts", "stub")
