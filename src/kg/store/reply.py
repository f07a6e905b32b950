"""What comes back from an endpoint: a body that is read in time and to its end."""

from __future__ import annotations

import gzip
import re
import time
from http.client import HTTPException, HTTPResponse
from typing import Any

from kg.errors import EndpointError
from kg.store.address import Address

#: How much is read at a time.
_PIECE = 1 << 16
#: How much of an error's text is read, and how much is shown.
_READ, _SHOWN = 20_000, 300


class Reply:
    """The body of an answer, read in time and to its end."""

    def __init__(self, response: HTTPResponse, address: Address) -> None:
        self.headers = response.headers
        self.media_type = (response.headers.get_content_type() or "").lower()
        self._response, self._address = response, address
        packed = response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip")
        body: Any = _Body(response, address)
        body = gzip.GzipFile(fileobj=body) if packed else body
        virtuoso = response.headers.get("Server", "").startswith("Virtuoso")
        self._body: Any = _Mended(body) if virtuoso and "results" in self.media_type else body

    def read(self, size: int = -1, /) -> bytes:
        """Return some of the body, ``b""`` at its end; raise ``EndpointError`` when it breaks off."""
        try:
            data: bytes = self._body.read(size)
            return data
        except TimeoutError:
            failure = silent(self._address)
        except (OSError, EOFError, HTTPException) as error:
            failure = _broken(self._address, str(error) or type(error).__name__)
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


class _Body:
    """Hand out what a response brings in the sizes that are asked for, or less.

    It does not know its reply, so one that is let go closes its connection at once.
    """

    def __init__(self, response: HTTPResponse, address: Address) -> None:
        self._response, self._address, self._rest = response, address, b""
        self._end = time.monotonic() + address.patience

    def read(self, size: int = -1, /) -> bytes:
        if size < 0:
            parts = [self._rest, *iter(self._raw, b"")]
            self._rest = b""
            return b"".join(parts)
        if not self._rest:
            self._rest = self._raw()
        data, self._rest = self._rest[:size], self._rest[size:]
        return data

    def _raw(self) -> bytes:
        """Return what has come, as soon as something has."""
        if time.monotonic() > self._end:
            raise EndpointError(
                f"{self._address.url} took longer than {self._address.patience:g} s to answer",
                hint="narrow the query, or raise patience in kg.toml",
            )
        data = self._response.read1(_PIECE)
        if not data and self._response.length:  # http.client says so only to those who read all at once
            raise _broken(self._address, f"{self._response.length:,} bytes are missing")
        if not data:
            self._response.close()
        return data


def _broken(address: Address, reason: str) -> EndpointError:
    return EndpointError(f"the answer of {address.url} broke off: {reason}", hint="ask again")


class _Mended:
    """Write what Virtuoso writes otherwise as the standard has it: labels of blank nodes, true and false."""

    _BOOLEAN = rb'XMLSchema#boolean(?:", "value": "|">)'
    _WRONG = re.compile(rb'((?:"bnode", "value": "|<bnode>)nodeID://)|(%s)([01])(?=["<])' % _BOOLEAN)
    _LONGEST = 50

    def __init__(self, reader: Any) -> None:
        self._reader, self._rest = reader, b""

    def read(self, size: int = -1, /) -> bytes:
        data = self._rest + (more := self._reader.read(size))
        while more and len(data) <= self._LONGEST:  # what is wrong may lie across two pieces
            data += (more := self._reader.read(size))
        data = self._WRONG.sub(self._right, data)
        cut = len(data) - self._LONGEST if more and size >= 0 else len(data)
        self._rest = data[cut:]
        return data[:cut]

    @staticmethod
    def _right(found: re.Match[bytes]) -> bytes:
        if found[1]:
            return found[1].removesuffix(b"nodeID://")
        return found[2] + (b"true" if found[3] == b"1" else b"false")


def silent(address: Address) -> EndpointError:
    """Return the error for an endpoint that says nothing."""
    return EndpointError(
        f"{address.url} said nothing for {address.timeout:g} s",
        hint="narrow the query, or raise timeout in kg.toml",
    )
