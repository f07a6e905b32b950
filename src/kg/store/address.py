"""Where an endpoint is and how it wants to be asked: an address, or a name in ``kg.toml``.

::

    [endpoints.dbpedia]
    url = "https://dbpedia.org/sparql"
    method = "post"         # get, post, or auto: get, and post for a long query
    timeout = 120           # seconds of silence
    page = 10000            # rows a request, where the endpoint caps its answers
    graph = "urn:news"      # the graph that is asked, and pushed to; without it the endpoint decides
    update = "https://…"    # what takes SPARQL Update, where that is another address
    graph-store = "https://…"   # what speaks the Graph Store Protocol; a push goes there then

The file is ``KG_CONFIG``, ``kg.toml`` in the current folder, or ``kg/kg.toml`` in the folder of settings.
Credentials come from the environment alone: ``KG_ENDPOINT_USER`` and ``KG_ENDPOINT_PASSWORD``, or
``KG_ENDPOINT_TOKEN``; for a named one ``KG_ENDPOINT_DBPEDIA_TOKEN`` and so on.
"""

from __future__ import annotations

import os
import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from kg.errors import UnknownName, UsageError


class Address(NamedTuple):
    """How to ask one endpoint."""

    url: str
    method: str = "auto"
    #: Seconds of silence after which it counts as gone, and seconds that a whole answer may take.
    timeout: float = 60.0
    patience: float = 900.0
    #: Rows a request; ``None`` asks for all at once.
    page: int | None = None
    #: The graph that is asked as the default one; "" leaves it to the endpoint.
    graph: str = ""
    #: Where a push goes: what takes SPARQL Update, or speaks the Graph Store Protocol.
    update: str = ""
    graph_store: str = ""
    #: The value of the ``Authorization`` header, or ``""``; and name and password, where those are known.
    authorization: str = ""
    login: tuple[str, str] | None = None

    def __repr__(self) -> str:
        """Show the address without the credentials."""
        return f"Address({self.url!r})"


_KINDS: dict[str, tuple[type, ...]] = {
    "url": (str,),
    "method": (str,),
    "timeout": (int, float),
    "patience": (int, float),
    "page": (int,),
    "graph": (str,),
    "update": (str,),
    "graph-store": (str,),
}


def is_url(location: str) -> bool:
    """Say whether a location is the address of an endpoint.

    >>> is_url("https://example.org/sparql"), is_url("a.ttl")
    (True, False)
    """
    return location.lower().startswith(("http://", "https://"))


def find(location: str) -> Address:
    """Return the address that a URL or a name in ``kg.toml`` stands for.

    Raises ``UnknownName`` with near names, ``UsageError`` when the address or the file is wrong.
    """
    if is_url(location):
        return _checked(_split(Address(location, **_credentials("KG_ENDPOINT_"))))
    file, named = _named()
    if location not in named:
        from difflib import get_close_matches

        hint = f"write [endpoints.{location}] and url = … in {file}" if not named else ""
        near = get_close_matches(location, named, n=2) or sorted(named)[:5]
        raise UnknownName(f"no endpoint {location!r}", near=near, hint=hint)
    settings = named[location]
    for key, value in settings.items():
        if not isinstance(value, _KINDS.get(key, ())) or isinstance(value, bool):
            raise UsageError(
                f"{file}: endpoints.{location}.{key} cannot be {value!r}",
                hint="settings are " + ", ".join(_KINDS),
            )
    if "url" not in settings:
        raise UsageError(f"{file}: endpoints.{location} has no url", hint='write url = "https://…"')
    prefix = f"KG_ENDPOINT_{re.sub('[^A-Z0-9]', '_', location.upper())}_"
    fields = {key.replace("-", "_"): value for key, value in settings.items()}
    return _checked(_split(Address(**fields, **_credentials(prefix))))


def _split(address: Address) -> Address:
    """Take the graph out of an address that names one (``?default-graph-uri=``), as a setting of its own."""
    url, _, query = address.url.partition("?")
    if "default-graph-uri=" not in query or address.graph:
        return address
    from urllib.parse import parse_qsl, urlencode

    fields = parse_qsl(query, keep_blank_values=True)
    graphs = [value for name, value in fields if name == "default-graph-uri"]
    if len(graphs) != 1:
        return address  # several are one graph to who asks, and none to write to
    others = urlencode([(name, value) for name, value in fields if name != "default-graph-uri"])
    return address._replace(url=url + (f"?{others}" if others else ""), graph=graphs[0])


def _checked(address: Address) -> Address:
    if address.method not in ("auto", "get", "post"):
        raise UsageError(f"no method {address.method!r}", hint="it is auto, get or post")
    for url in filter(None, (address.url or "-", address.update, address.graph_store)):
        check_url(url)
    if address.graph:
        check_graph(address.graph)
    return address


def for_push(location: str, *, update: str = "", graph_store: str = "") -> Address:
    """Return the address of an endpoint, and where to write to it: one of the two given, or as in kg.toml."""
    address = find(location)
    if update or graph_store:
        address = address._replace(update=update, graph_store=graph_store)
    return _checked(address)


def names() -> list[str]:
    """Return the names of endpoints in kg.toml."""
    return sorted(_named()[1])


def check_url(url: str) -> None:
    """Raise ``UsageError`` where a text is no address of an endpoint, or holds credentials."""
    try:
        parts = urlsplit(url)
        valid = bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or not is_url(url) or re.search(r"[\s\x00-\x20\x7f]", url):
        raise UsageError(f"{url!r} is no address of an endpoint", hint="give http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "credentials do not belong in an address, where others can see them",
            hint="set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD",
        )


def check_graph(iri: str) -> str:
    """Return the IRI of a graph; raise ``UsageError`` where a text cannot be one."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|^`\\]+", iri):
        raise UsageError(f"{iri!r} is no IRI of a graph", hint="give one such as https://example.org/news")
    return iri


def _credentials(prefix: str) -> dict[str, Any]:
    token, user = os.environ.get(prefix + "TOKEN"), os.environ.get(prefix + "USER")
    if token:
        return {"authorization": f"Bearer {token}"}
    if user:
        from base64 import b64encode

        login = user, os.environ.get(prefix + "PASSWORD", "")
        pair = b64encode(":".join(login).encode()).decode()
        return {"authorization": f"Basic {pair}", "login": login}
    return {}


def _named() -> tuple[str, dict[str, Any]]:
    """Return the file of settings that counts, and the endpoints that it names."""
    import tomllib

    home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    chosen = os.environ.get("KG_CONFIG")
    for file in [chosen] if chosen else ["kg.toml", os.path.join(home, "kg", "kg.toml")]:
        try:
            with open(file, "rb") as stream:
                named = tomllib.load(stream).get("endpoints", {})
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            raise UsageError(f"cannot read {file}: {error}", hint="mend it") from None
        if not isinstance(named, dict) or not all(isinstance(value, dict) for value in named.values()):
            raise UsageError(f"{file}: endpoints are tables", hint="write [endpoints.name]")
        return file, named
    return chosen or "kg.toml", {}
