"""Servers on 127.0.0.1 for the tests of endpoints: one that misbehaves as it is told, and real ones."""

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

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

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
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        form = self.headers.get_content_type() == "application/x-www-form-urlencoded"
        fields = [urlsplit(self.path).query, self.body.decode() if form else ""]
        self.fields = parse_qs("&".join(filter(None, fields)), keep_blank_values=True)
        self.server.seen.append(self)
        acts = self.server.acts
        act = acts.pop(0) if len(acts) > 1 else acts[0]
        with suppress(OSError):  # the client went away, as it should
            act(self)
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_HEAD = _act

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def engine(store: Store, *updates: Act) -> Act:
    """Answer queries and updates from a store, as an endpoint with one address; ``updates`` come first.

    Each is done in place of an update; it may still do it, with ``request.server.update(request)``.
    """
    todo = list(updates)

    def update(request: Request) -> None:
        store.update(request.body.decode())
        request.answer(b"", 204)

    def act(request: Request) -> None:
        request.server.update = update
        if "query" not in request.fields:
            (todo.pop(0) if todo else update)(request)
            return
        answer = store.query(request.query)
        if isinstance(answer, QueryTriples):
            request.answer(answer.serialize(format=RdfFormat.N_TRIPLES), type="application/n-triples")
        else:
            request.answer(answer.serialize(format=QueryResultsFormat.JSON))

    return act


class Stub(ThreadingHTTPServer):
    """Do one act a request; the last one again and again."""

    update: Act

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


def virtuoso() -> bool:
    """Say whether Virtuoso is installed (Debian: virtuoso-opensource-7-bin)."""
    return bool(shutil.which("virtuoso-t") and shutil.which("isql-vt"))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def oxigraph_serving(folder: Path, file: Path | None = None) -> Iterator[str]:
    """Serve a file, read-only, or an empty store with Oxigraph; yield the address of its endpoint."""
    program = oxigraph()
    assert program
    if file:
        load = [program, "load", "--location", str(folder), "--file", str(file)]
        subprocess.run(load, check=True, capture_output=True)
    port = free_port()
    verb = "serve-read-only" if file else "serve"
    command = [program, verb, "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.terminate()
        server.wait()


#: Small, on loopback, with the cap of 10,000 rows that Virtuoso's own configuration has.
_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000
"""


@contextmanager
def virtuoso_serving(folder: Path, buffers: int = 10_000) -> Iterator[str]:
    """Serve an empty store with Virtuoso, in buffers of 8 kB; yield the beginning of its addresses.

    Anyone reads at ``/sparql``; the user ``editor`` with the password ``secret`` writes at ``/sparql-auth``
    and ``/sparql-graph-crud-auth``, by Digest.
    """
    folder.mkdir()
    sql, http = free_port(), free_port()
    dirty = buffers * 6 // 10
    settings = _VIRTUOSO.format(folder=folder, sql=sql, http=http, buffers=buffers, dirty=dirty)
    (folder / "virtuoso.ini").write_text(settings)
    (folder / "users.sql").write_text(
        "DB.DBA.USER_CREATE ('editor', 'secret');\nGRANT SPARQL_UPDATE TO \"editor\";\n"
    )
    command = ["virtuoso-t", "+foreground", "+configfile", str(folder / "virtuoso.ini")]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{http}/sparql", server)
        users = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", str(folder / "users.sql")]
        subprocess.run(users, check=True, capture_output=True)
        yield f"http://127.0.0.1:{http}"
    finally:
        server.kill()  # a clean end takes seconds, for a database that is thrown away
        server.wait()


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(400):
        assert server.poll() is None, "the server ended"
        try:
            urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody answers at {url}")
