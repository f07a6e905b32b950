"""Digest authentication (RFC 7616), which Virtuoso asks for where it lets one write.

The challenge of an origin is kept, so that one request of many is sent twice and not each.
"""

from __future__ import annotations

from urllib import request
from urllib.parse import urlsplit

Login = tuple[str, str]
#: Origins and users that were settled; and of each what computes the answers, and the challenge to answer.
_asked: set[tuple[str, str]] = set()
_known: dict[tuple[str, str], tuple[request.AbstractDigestAuthHandler, dict[str, str]]] = {}


def known(login: Login, asked: request.Request) -> str:
    """Return the ``Authorization`` for an origin that has challenged before, or ``""``."""
    kept = _known.get(_key(login, asked))
    return _header(*kept, asked) if kept else ""


def settled(login: Login, asked: request.Request) -> bool:
    """Say whether an origin was asked before what it wants."""
    return _key(login, asked) in _asked


def settle(login: Login, asked: request.Request, challenges: list[str]) -> None:
    """Remember what an origin wants."""
    _asked.add(_key(login, asked))
    answer(login, asked, challenges)


def forget(login: Login | None) -> None:
    """Forget the challenges to a user: they may have grown old."""
    for key in [key for key in _asked | _known.keys() if login and key[1] == login[0]]:
        _asked.discard(key)
        _known.pop(key, None)


def answer(login: Login, asked: request.Request, challenges: list[str]) -> str:
    """Return the ``Authorization`` that answers a challenge, or ``""`` where none is of this kind.

    >>> asked = request.Request("http://127.0.0.1/sparql")
    >>> challenge = 'Digest realm="SPARQL", nonce="371e", qop="auth", algorithm="MD5"'
    >>> answer(("dba", "secret"), asked, ["Basic", challenge]).partition(", response")[0]
    'Digest username="dba", realm="SPARQL", nonce="371e", uri="/sparql"'
    >>> answer(("dba", "secret"), asked, ["Basic"])
    ''
    """
    for challenge in challenges:
        scheme, _, fields = challenge.strip().partition(" ")
        if scheme.lower() != "digest":
            continue
        passwords = request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, asked.full_url, *login)
        computing = request.AbstractDigestAuthHandler(passwords)
        wanted = request.parse_keqv_list(list(filter(None, request.parse_http_list(fields))))
        header = _header(computing, wanted, asked)
        if header:
            _known[_key(login, asked)] = computing, wanted
        return header
    return ""


def _header(
    computing: request.AbstractDigestAuthHandler, wanted: dict[str, str], asked: request.Request
) -> str:
    try:
        computed = computing.get_authorization(asked, wanted)
    except (ValueError, KeyError):  # an algorithm that urllib does not know
        return ""
    return f"Digest {computed}" if computed else ""


def _key(login: Login, asked: request.Request) -> tuple[str, str]:
    parts = urlsplit(asked.full_url)
    return f"{parts.scheme}://{parts.netloc}", login[0]
