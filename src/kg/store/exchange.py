"""One message to an endpoint and its reply, over HTTP (SPARQL 1.1 Protocol, section 2)."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import IO, Any, NamedTuple
from urllib import request
from urllib.error import URLError
from urllib.parse import urlencode, urljoin, urlsplit

from kg.errors import EndpointError
from kg.store import digest
from kg.store.address import Address
from kg.store.reply import Reply, silent

#: Longest address that is sent as one; servers and proxies refuse longer ones.
LONGEST_URL = 2_000
#: How often one question is sent, how long is waited before the second time, and how long in all.
TRIES, PAUSE, LONGEST_WAIT = 4, 0.5, 30.0
_MOST_REDIRECTS = 5
_TRY_AGAIN = (429, 502, 503, 504)
_OTHER_METHOD = (405, 414, 501)
#: How a server says that what was sent to be written is written.
_DONE = (201, 202, 204)
_HINTS = {
    401: "set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN",
    403: "set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN",
    404: "check the address",
    413: "send less at once",
    429: "try again later",
    503: "try again later",
}


class Refused(EndpointError):
    """The endpoint answered with an error; ``status`` is its number."""

    def __init__(self, message: str, *, hint: str, status: int) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class Message(NamedTuple):
    """What is sent: fields, in the address or in the body, or a body of its own kind."""

    method: str
    fields: Mapping[str, str] = {}
    body: bytes | IO[bytes] | None = None
    type: str = "application/x-www-form-urlencoded; charset=utf-8"
    accept: str = "*/*"
    #: Whether sending it twice does no harm, so that it is sent again when the connection breaks.
    repeatable: bool = True


def ask(address: Address, fields: dict[str, str], accept: str) -> Reply:
    """Send a question and return the reply, whose status is 200 and whose body is still to be read.

    Raises ``EndpointError`` when there is none, ``Refused`` when it is an error.
    """
    if address.graph:
        fields = {**fields, "default-graph-uri": address.graph}
    method = address.method
    if method == "auto":
        method = "get" if len(address.url) + len(urlencode(fields)) < LONGEST_URL else "post"
    try:
        return send(address, Message(method, fields, accept=accept))
    except Refused as error:
        if error.status not in _OTHER_METHOD or address.method != "auto":
            raise
    return send(address, Message("post" if method == "get" else "get", fields, accept=accept))


def send(address: Address, message: Message) -> Reply:
    """Send a message, again where the endpoint is busy, and return the reply.

    Raises ``EndpointError`` when there is none, ``Refused`` when it is an error.
    """
    waited = 0.0
    for attempt in range(1, TRIES + 1):
        try:
            response = _send(address, message)
        except (ConnectionResetError, BrokenPipeError, HTTPException) as error:  # it was there, and went away
            digest.forget(address.login)
            if attempt == TRIES or not message.repeatable:
                raise _unreachable(address, error) from None
            wait: float = PAUSE * 2 ** (attempt - 1)
        else:
            status = response.status
            if status == 200 or (status in _DONE and message.body is not None):
                return Reply(response, address)
            wait = _retry_after(response, PAUSE * 2 ** (attempt - 1))
            if status not in _TRY_AGAIN or attempt == TRIES or waited + wait > LONGEST_WAIT:
                wait = wait if "Retry-After" in response.headers else 0
                raise _refused(address, response, wait, "query" if message.body is None else "data")
            response.close()
        time.sleep(wait)
        waited += wait
    raise AssertionError("the last try returns or raises")


def _send(address: Address, message: Message) -> HTTPResponse:
    """Send it once, and on to where the endpoint has moved; credentials only to the origin they are for."""
    url, method, fields = address.url, message.method.upper(), urlencode(message.fields)
    if fields and (method == "GET" or message.body is not None):
        url += ("&" if urlsplit(url).query else "?") + fields
    body = None if method == "GET" else fields.encode() if message.body is None else message.body
    ours, writing = True, message.body is not None
    for _ in range(_MOST_REDIRECTS + 1):
        asked = request.Request(url, method=method)
        asked.add_header("Accept", message.accept)
        asked.add_header("User-Agent", _user_agent())
        asked.add_header("Accept-Encoding", "gzip")
        if body is not None:
            asked.data = body
            asked.add_header("Content-Type", message.type)
        response = _authorized(address, asked, writing=writing) if ours else _open(address, asked)
        if response.status not in (301, 302, 303, 307, 308) or "Location" not in response.headers:
            return response
        response.close()
        before, url = urlsplit(url), urljoin(url, response.headers["Location"])
        after = urlsplit(url)
        if after.scheme not in ("http", "https") or (before.scheme, after.scheme) == ("https", "http"):
            raise EndpointError(f"{address.url} leads to {after.scheme}://…", hint="check the address")
        same = (before.scheme, before.netloc) == (after.scheme, after.netloc)
        ours = ours and same
        if writing and not (same and response.status in (307, 308)):
            raise EndpointError(
                f"{address.url} leads to {url}, and nothing is written to another place than was named",
                hint="give that address, if it is the right one",
            )
        if response.status == 303:
            method, body = "GET", None
    raise EndpointError(f"{address.url} leads in circles", hint="check the address")


def _authorized(address: Address, asked: request.Request, *, writing: bool) -> HTTPResponse:
    """Send with credentials, in the way that the endpoint wants."""
    if address.login and writing and not digest.settled(address.login, asked):
        _provoke(address, address.login, asked)
    if address.login and (header := digest.known(address.login, asked)):
        asked.add_unredirected_header("Authorization", header)
    elif address.authorization:
        asked.add_unredirected_header("Authorization", address.authorization)
    response = _open(address, asked)
    if response.status == 401 and address.login:
        if "WWW-Authenticate" not in response.headers:  # Virtuoso says what it wants to who says nothing
            response.close()
            asked.remove_header("Authorization")
            response = _open(address, asked)
        header = digest.answer(address.login, asked, response.headers.get_all("WWW-Authenticate") or [])
        if header:
            response.close()
            asked.remove_header("Authorization")
            asked.add_unredirected_header("Authorization", header)
            response = _open(address, asked)
    return response


def _provoke(address: Address, login: digest.Login, asked: request.Request) -> None:
    """Ask for the challenge first: a server may hang up on who sends much that it will not take."""
    asking = request.Request(asked.full_url, method="HEAD", headers={"User-Agent": _user_agent()})
    challenges: list[str] = []
    with suppress(OSError, HTTPException, EndpointError):  # who does not answer may still take what is sent
        response = _open(address, asking)
        response.close()
        if response.status == 401:
            challenges = response.headers.get_all("WWW-Authenticate") or []
    digest.settle(login, asked, challenges)


def _open(address: Address, asked: request.Request) -> HTTPResponse:
    body: Any = asked.data
    if hasattr(body, "seek"):  # a file, which is sent from its beginning each time
        asked.add_unredirected_header("Content-Length", str(body.seek(0, 2)))
        body.seek(0)
    opener = request.OpenerDirector()
    for each in (request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler()):
        opener.add_handler(each)
    try:
        response: HTTPResponse = opener.open(asked, timeout=address.timeout)
        return response
    except TimeoutError:
        raise silent(address) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise silent(address) from None
        if isinstance(error.reason, (ConnectionResetError, BrokenPipeError)):
            raise error.reason from None
        raise _unreachable(address, error.reason) from None


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


def _refused(address: Address, response: HTTPResponse, wait: float, sent: str) -> Refused:
    reply = Reply(response, address)
    said = reply.text()
    reply.close()
    reason = f"{response.status} {response.reason}".strip()
    hint = _HINTS.get(response.status, f"mend the {sent}, or ask another endpoint")
    if wait:
        hint = f"it asks to wait {wait:,.0f} s"
    return Refused(
        f"{address.url} answered {reason}" + (f": {said}" if said else ""), hint=hint, status=response.status
    )


def _unreachable(address: Address, reason: object) -> EndpointError:
    said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
    return EndpointError(f"{address.url} cannot be reached: {said}", hint="check the address and the network")
