"""Servers on 127.0.0.1 for the tests of endpoints: one that misbehaves as it is told, and a real one."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

JSON = "application/sparql-results+json"
Act = Callable[["Request"], None]


def rows(*values: str) -> bytes:
    """Return solutions of one variable, ``?v``."""
    bindings = [{"v": {"type": "literal", "value": value}} for value in values]
    return json.dumps(
        {"head": {"vars": ["v"]}, "results": {"bindings": bindings}}, ensure_ascii=False
    ).encode()


class Request(BaseHTTPRequestHandler):
    """One request, and what an act can do with it."""

    server: Stub

    def answer(
        self, body: bytes, status: int = 200, type: str = JSON, length: int | None = None, **headers: str
    ) -> None:
        """Answer at once."""
        self.send_response(status)
        self.send_header("Content-Type", type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def query(self) -> str:
        """The SPARQL that came, by GET or by POST."""
        return self.fields["query"][0]

    def _act(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.fields = parse_qs(urlsplit(self.path).query or self.rfile.read(length).decode())
        self.server.seen.append(self)
        acts = self.server.acts
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        with suppress(OSError):  # the client went away, as it should
            act(self)
        self.close_connection = True

    do_GET = do_POST = _act

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Stub(ThreadingHTTPServer):
    """Do one act a request; the last one again and again."""

    daemon_threads = True

    def __init__(self, *acts: Act) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.acts = list(acts)
        self.seen: list[Request] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/sparql"


@contextmanager
def serving(*acts: Act) -> Iterator[Stub]:
    """Serve while the block runs."""
    with Stub(*acts) as stub:
        thread = threading.Thread(target=lambda: stub.serve_forever(0.02))
        thread.start()
        try:
            yield stub
        finally:
            stub.shutdown()
            thread.join()


def oxigraph() -> str | None:
    """Return the program ``oxigraph`` of this environment."""
    return shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")


@contextmanager
def oxigraph_serving(folder: Path, file: Path) -> Iterator[str]:
    """Serve a file with Oxigraph, and yield the address of its endpoint."""
    program = oxigraph()
    assert program
    subprocess.run(
        [program, "load", "--location", str(folder), "--file", str(file)], check=True, capture_output=True
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.terminate()
        server.wait()
