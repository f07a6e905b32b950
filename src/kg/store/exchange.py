"""One question to an endpoint and its answer, over HTTP (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

import gzip
import re
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib import request
from urllib.error import URLError
from urllib.parse import urlencode, urljoin, urlsplit

from kg.errors import EndpointError
from kg.store.address import Address

#: Longest address that is sent as one; servers and proxies refuse longer ones.
LONGEST_URL = 2_000
#: How often one question is sent, how long is waited before the second time, and how long in all.
TRIES, PAUSE, LONGEST_WAIT = 4, 0.5, 30.0
_MOST_REDIRECTS = 5
_TRY_AGAIN = (429, 502, 503, 504)
_OTHER_METHOD = (405, 414, 501)
#: How much of an error's text is read, and how much is shown.
_READ, _SHOWN = 20_000, 300
_HINTS = {
    401: "set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN",
    403: "set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN",
    404: "check the address",
    429: "try again later",
    503: "try again later",
}


class Refused(EndpointError):
    """The endpoint answered with an error; ``status`` is its number."""

    def __init__(self, message: str, *, hint: str, status: int) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class Reply:
    """The body of an answer, read in time and to its end."""

    def __init__(self, response: HTTPResponse, address: Address) -> None:
        self.headers = response.headers
        self.media_type = (response.headers.get_content_type() or "").lower()
        self._response, self._address = response, address
        self._end = time.monotonic() + address.patience
        packed = response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
        body: Any = _Body(self)
        self._body: Any = gzip.GzipFile(fileobj=body) if packed else body

    def read(self, size: int = -1, /) -> bytes:
        """Return some of the body, ``b""`` at its end; raise ``EndpointError`` when it breaks off."""
        try:
            data: bytes = self._body.read(size)
            return data
        except TimeoutError:
            failure = silent(self._address)
        except (OSError, EOFError, HTTPException) as error:
            failure = self._broken(str(error) or type(error).__name__)
        except EndpointError as error:
            failure = error
        self.close()
        raise failure

    def text(self) -> str:
        """Return the beginning of the body as one line of plain text."""
        try:
            text = self.read(_READ).decode("utf-8", "replace")
        except EndpointError:
            return ""
        if self.media_type.endswith(("html", "xml")):
            text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL | re.IGNORECASE)
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

    def close(self) -> None:
        """End the connection; doing so twice does no harm."""
        self._response.close()

    def __del__(self) -> None:
        self.close()

    def raw(self) -> bytes:
        """Return what has come, as soon as something has."""
        if time.monotonic() > self._end:
            raise EndpointError(
                f"{self._address.url} took longer than {self._address.patience:g} s to answer",
                hint="narrow the query, or raise patience in kg.toml",
            )
        data = self._response.read1(1 << 16)
        if not data and self._response.length:  # http.client says so only to those who read all at once
            raise self._broken(f"{self._response.length:,} bytes are missing")
        if not data:
            self.close()
        return data

    def _broken(self, reason: str) -> EndpointError:
        return EndpointError(f"the answer of {self._address.url} broke off: {reason}", hint="ask again")


class _Body:
    """Hand out what a reply brings in the sizes that are asked for, or less."""

    def __init__(self, reply: Reply) -> None:
        self._reply, self._rest = reply, b""

    def read(self, size: int = -1, /) -> bytes:
        if size < 0:
            parts = [self._rest, *iter(self._reply.raw, b"")]
            self._rest = b""
            return b"".join(parts)
        if not self._rest:
            self._rest = self._reply.raw()
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def ask(address: Address, fields: dict[str, str], accept: str) -> Reply:
    """Send a question and return the reply, whose status is 200 and whose body is still to be read.

    Raises ``EndpointError`` when there is none, ``Refused`` when it is an error.
    """
    method = address.method
    if method == "auto":
        method = "get" if len(address.url) + len(urlencode(fields)) < LONGEST_URL else "post"
    waited = 0.0
    for attempt in range(1, TRIES + 1):
        try:
            response = _send(address, fields, accept, method)
        except (ConnectionResetError, BrokenPipeError, HTTPException) as error:  # it was there, and went away
            if attempt == TRIES:
                raise _unreachable(address, error) from None
            wait: float = PAUSE * 2 ** (attempt - 1)
        else:
            status = response.status
            if status == 200:
                return Reply(response, address)
            if status in _OTHER_METHOD and address.method == "auto" and attempt == 1:
                method = "post" if method == "get" else "get"
                response.close()
                continue
            wait = _retry_after(response, PAUSE * 2 ** (attempt - 1))
            if status not in _TRY_AGAIN or attempt == TRIES or waited + wait > LONGEST_WAIT:
                raise _refused(address, response, wait if "Retry-After" in response.headers else 0)
            response.close()
        time.sleep(wait)
        waited += wait
    raise AssertionError("the last try returns or raises")


def _send(address: Address, fields: dict[str, str], accept: str, method: str) -> HTTPResponse:
    """Send it once, and on to where the endpoint has moved; credentials only to the origin they are for."""
    opener = request.OpenerDirector()
    for each in (request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler()):
        opener.add_handler(each)
    headers = {"Accept": accept, "User-Agent": _user_agent(), "Accept-Encoding": "gzip"}
    if address.authorization:
        headers["Authorization"] = address.authorization
    body = urlencode(fields).encode()
    url = address.url
    if method == "get":
        url += ("&" if urlsplit(url).query else "?") + body.decode()
    for _ in range(_MOST_REDIRECTS + 1):
        asked = request.Request(url, headers=headers, method=method.upper())
        if method == "post":
            asked.data = body
            asked.add_header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        try:
            response: HTTPResponse = opener.open(asked, timeout=address.timeout)
        except TimeoutError:
            raise silent(address) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise silent(address) from None
            if isinstance(error.reason, (ConnectionResetError, BrokenPipeError)):
                raise error.reason from None
            raise _unreachable(address, error.reason) from None
        if response.status not in (301, 302, 303, 307, 308) or "Location" not in response.headers:
            return response
        response.close()
        before, url = urlsplit(url), urljoin(url, response.headers["Location"])
        after = urlsplit(url)
        if after.scheme not in ("http", "https") or (before.scheme, after.scheme) == ("https", "http"):
            raise EndpointError(f"{address.url} leads to {after.scheme}://…", hint="check the address")
        if (before.scheme, before.netloc) != (after.scheme, after.netloc):
            headers.pop("Authorization", None)
        if response.status == 303:
            method = "get"
    raise EndpointError(f"{address.url} leads in circles", hint="check the address")


def _user_agent() -> str:
    from importlib import metadata

    try:
        return f"kg/{metadata.version('kg')}"
    except metadata.PackageNotFoundError:
        return "kg"


def _retry_after(response: HTTPResponse, otherwise: float) -> float:
    """Return the seconds that a ``Retry-After`` asks for (RFC 9110, section 10.2.3)."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (TypeError, ValueError):
        return otherwise


def _refused(address: Address, response: HTTPResponse, wait: float) -> Refused:
    reply = Reply(response, address)
    said = reply.text()
    reply.close()
    reason = f"{response.status} {response.reason}".strip()
    hint = _HINTS.get(response.status, "mend the query, or ask another endpoint")
    if wait:
        hint = f"it asks to wait {wait:,.0f} s"
    return Refused(
        f"{address.url} answered {reason}" + (f": {said}" if said else ""), hint=hint, status=response.status
    )


def silent(address: Address) -> EndpointError:
    """Return the error for an endpoint that says nothing."""
    return EndpointError(
        f"{address.url} said nothing for {address.timeout:g} s",
        hint="narrow the query, or raise timeout in kg.toml",
    )


def _unreachable(address: Address, reason: object) -> EndpointError:
    said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return EndpointError(f"{address.url} cannot be reached: {said}", hint="check the address and the network")
