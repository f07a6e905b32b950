"""Formats of results: each a function ``(results, stream, *, lang, width)`` in a module of its family."""

from __future__ import annotations

from importlib import import_module
from typing import IO, TYPE_CHECKING, Protocol

from kg.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from kg.query.results import Results


class Writer(Protocol):
    """Write results to a binary stream; ``lang`` and ``width`` concern formats for people."""

    def __call__(
        self, results: Results, stream: IO[bytes], *, lang: str | None, width: int | None
    ) -> None: ...


_ALL = ("solutions", "boolean", "graph")
_ROWS = ("solutions", "boolean")
_GRAPH = ("graph",)

# Name -> (module, what it can write, file extensions, media types).
FORMATS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "table": ("table", _ALL, ("txt",), ("text/plain",)),
    "vertical": ("vertical", _ALL, (), ()),
    "md": ("markdown", _ALL, ("md", "markdown"), ("text/markdown",)),
    "html": ("html", _ALL, ("html", "htm"), ("text/html",)),
    "csv": ("solutions", _ROWS, ("csv",), ("text/csv",)),
    "tsv": ("solutions", _ROWS, ("tsv",), ("text/tab-separated-values",)),
    "json": ("solutions", _ROWS, ("json", "srj"), ("application/sparql-results+json", "application/json")),
    "xml": (
        "solutions",
        _ROWS,
        ("xml", "srx"),
        ("application/sparql-results+xml", "application/xml", "text/xml"),
    ),
    "ttl": ("graph", _GRAPH, ("ttl", "turtle"), ("text/turtle",)),
    "nt": ("graph", _GRAPH, ("nt",), ("application/n-triples",)),
    "nq": ("graph", _GRAPH, ("nq",), ("application/n-quads",)),
    "trig": ("graph", _GRAPH, ("trig",), ("application/trig",)),
    "rdf": ("graph", _GRAPH, ("rdf", "owl"), ("application/rdf+xml",)),
    "jsonld": ("graph", _GRAPH, ("jsonld",), ("application/ld+json",)),
}
#: What a name or a media type that serves both families means for a graph.
_FOR_GRAPHS = {"json": "jsonld", "xml": "rdf"}


def find(format: str, form: str) -> Writer:
    """Return what writes a format, given by its name, extension or media type, for a form of results.

    >>> find("text/turtle; charset=utf-8", "graph") is find(".ttl", "graph")
    True

    Raises ``UnknownName`` with near names, ``UsageError`` when the form cannot be written so.
    """
    name = canonical(format)
    if form == "graph":
        name = _FOR_GRAPHS.get(name, name)
    module, forms, _, _ = FORMATS[name]
    if form not in forms:
        fitting = ", ".join(n for n, (_, f, _, _) in FORMATS.items() if form in f)
        raise UsageError(
            f"{name} cannot hold a {form.removesuffix('s')} answer", hint=f"choose one of {fitting}"
        )
    writers: dict[str, Writer] = import_module(f"kg.query.render.{module}").WRITERS
    return writers[name]


def canonical(format: str) -> str:
    """Return the name of a format that is given by name, extension or media type.

    >>> canonical(".srj"), canonical("text/csv;header=present"), canonical("TTL")
    ('json', 'csv', 'ttl')
    """
    wanted = format.partition(";")[0].strip().lower().removeprefix(".")
    for name, (_, _, extensions, media_types) in FORMATS.items():
        if wanted == name or wanted in extensions or wanted in media_types:
            return name
    from difflib import get_close_matches

    known = sorted({*FORMATS, *(e for f in FORMATS.values() for e in (*f[2], *f[3]))})
    near = get_close_matches(wanted, known, n=2)
    raise UnknownName(
        f"no format {format!r}", near=near, hint="" if near else "choose one of " + ", ".join(FORMATS)
    )
