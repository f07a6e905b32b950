"""Export formats, one a module: each writes a selection to a binary stream."""

from __future__ import annotations

import importlib
from typing import IO, Protocol, cast

from kg.errors import UnknownName
from kg.graph.selection import Selection

#: Name of a format -> its module, and one line of what reads it.
FORMATS: dict[str, tuple[str, str]] = {
    "graphml": ("graphml", "GraphML: Gephi, yEd, igraph, networkx.read_graphml"),
    "gexf": ("gexf", "GEXF with colours, sizes and positions: Gephi"),
    "json": ("node_link", "node-link JSON: networkx.node_link_graph, D3"),
    "cytoscape": ("cytoscape", "Cytoscape JSON: Cytoscape, Cytoscape.js"),
    "csv": ("csv", "one row a statement, UTF-8 with a byte order mark: Excel, pandas"),
    "parquet": ("parquet", "one row a statement, typed: pandas, DuckDB (needs the parquet extra)"),
    "ttl": ("rdf", "Turtle"),
    "nt": ("rdf", "N-Triples"),
    "nq": ("rdf", "N-Quads, named graphs kept"),
    "trig": ("rdf", "TriG, named graphs kept"),
    "jsonld": ("rdf", "JSON-LD"),
    "rdf12": ("rdf12", "RDF 1.2 Turtle: statements as reifiers of triple terms"),
}
_ALIASES = {"cyjs": "cytoscape", "turtle": "ttl", "ntriples": "nt", "nquads": "nq", "json-ld": "jsonld"}


class Writer(Protocol):
    """What a format's module offers."""

    def write(self, selection: Selection, stream: IO[bytes], format: str) -> None:
        """Write the selection; the same selection gives the same bytes."""
        ...


def canonical(name: str) -> str:
    """Return a format's name for a name, an extension or an alias.

    >>> canonical(".graphml"), canonical("turtle")
    ('graphml', 'ttl')

    Raises ``UnknownName`` with near names.
    """
    plain = name.lower().lstrip(".")
    plain = _ALIASES.get(plain, plain)
    if plain not in FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(plain, FORMATS, n=2)
        hint = "" if near else "give one of " + ", ".join(FORMATS)
        raise UnknownName(f"no format {name!r}", near=near, hint=hint)
    return plain


def write(selection: Selection, stream: IO[bytes], format: str) -> None:
    """Write a selection in a format."""
    format = canonical(format)
    module = importlib.import_module(f"kg.graph.export.{FORMATS[format][0]}")
    cast(Writer, module).write(selection, stream, format)
