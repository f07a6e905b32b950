"""A review page on 127.0.0.1, for one person in one browser.

Other pages in the same browser must not reach it. So every request carries a token that only the printed
address holds, the Host header has to name this server (DNS rebinding), a change has to come from this
origin (CSRF), and the content security policy lets nothing in or out.
"""

from __future__ import annotations

import hmac
import json
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kg.errors import KgError, UsageError
from kg.serve.desk import Desk, FileChanged

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_FILES = {
    "/": ("review.html", "text/html; charset=utf-8"),
    "/review.js": ("review.js", "text/javascript; charset=utf-8"),
    "/review.css": ("review.css", "text/css; charset=utf-8"),
}
#: No decision is longer.
_LARGEST = 100_000


class ReviewServer(ThreadingHTTPServer):
    """Serves one desk; ``url`` is the address to open."""

    daemon_threads = True

    def __init__(self, desk: Desk, port: int = 0, token: str | None = None) -> None:
        self.desk = desk
        self.token = token or secrets.token_urlsafe(24)
        try:
            super().__init__(("127.0.0.1", port), _Requests)
        except OSError as error:
            raise UsageError(f"port {port} is taken: {error.strerror}", hint="give another --port") from error

    @property
    def url(self) -> str:
        """The address, with the token that lets a browser in."""
        return f"http://127.0.0.1:{self.server_port}/?token={self.token}"


class _Requests(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "kg"
    sys_version = ""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if not self._allowed():
            return
        if path == "/api/page":
            self._answer(self.server.desk.show)
        elif path in _FILES:
            name, kind = _FILES[path]
            content = (files("kg.serve") / name).read_text(encoding="utf-8")
            self._send(HTTPStatus.OK, content.replace("{{token}}", self.server.token).encode(), kind)
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "no such page")

    def do_POST(self) -> None:
        if not self._allowed():
            return
        origin = self.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.headers.get("Host"):
            self._refuse(HTTPStatus.FORBIDDEN, "the request comes from another page")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _LARGEST:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long")
            return
        try:
            body = json.loads(self.rfile.read(int(length)))
            action = _ACTIONS[urlsplit(self.path).path]
        except (ValueError, KeyError):
            self._refuse(HTTPStatus.BAD_REQUEST, "no such action")
            return
        self._answer(lambda: action(self.server.desk, body))

    def _allowed(self) -> bool:
        given = self.headers.get("X-Kg-Token") or parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        host = self.headers.get("Host", "")
        known = host in (f"127.0.0.1:{self.server.server_port}", f"localhost:{self.server.server_port}")
        if known and hmac.compare_digest(given.encode(), self.server.token.encode()):
            return True
        self._refuse(HTTPStatus.FORBIDDEN, "open the address that kg review printed")
        return False

    def _answer(self, work: Any) -> None:
        try:
            self._json(HTTPStatus.OK, work())
        except FileChanged as error:
            self._json(HTTPStatus.CONFLICT, {"error": str(error)})
        except KgError as error:
            self._json(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(error)})
        except (KeyError, TypeError, ValueError):
            self._json(HTTPStatus.BAD_REQUEST, {"error": "a field is missing or of the wrong kind"})

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True
        self._json(status, {"error": reason})

    def _json(self, status: HTTPStatus, value: Any) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing: the address holds the token."""


def _decide(desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    desk.decide(str(body["id"]), str(body["status"]), str(body["stamp"]))
    return desk.show()


def _edit(desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    desk.edit(str(body["id"]), str(body["lines"]), str(body["stamp"]))
    return desk.show()


def _add(desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    desk.add(int(body["start"]), int(body["end"]), str(body["statement"]), str(body["stamp"]))
    return desk.show()


_ACTIONS = {"/api/decide": _decide, "/api/edit": _edit, "/api/add": _add}
