"""The four SPARQL 1.1 results formats of the W3C: JSON, XML, CSV and TSV, as pyoxigraph writes them.

Labels are never put in: what a machine reads is the term.
"""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, parse_query_results

from kg.namespaces import XSD
from kg.query.failure import failure
from kg.store.protocol import Term

if TYPE_CHECKING:
    from kg.query.results import Results


def _write(
    results: Results, stream: IO[bytes], *, format: QueryResultsFormat, lang: str | None, width: int | None
) -> None:
    # Rows that are still in the engine are streamed; rows that were fetched go back through its parser.
    try:
        (results.take_answer() or _answer(results)).serialize(stream, format)
    except RuntimeError as error:
        raise failure(error) from None
    if format in (QueryResultsFormat.JSON, QueryResultsFormat.XML) or results.form == "boolean":
        stream.write(b"\n")  # so that a shell's prompt, or the next file, begins on a line of its own


def _answer(results: Results) -> Any:
    import json

    document: dict[str, Any] = {"head": {}}
    if results.form == "boolean":
        document["boolean"] = results.boolean
    else:
        document["head"]["vars"] = results.columns
        document["results"] = {
            "bindings": [
                {c: _json(t) for c, t in zip(results.columns, row, strict=True) if t is not None}
                for row in results.cells()
            ]
        }
    return parse_query_results(json.dumps(document), QueryResultsFormat.JSON)


def _json(term: Term) -> dict[str, Any]:
    """Encode a term as https://www.w3.org/TR/sparql11-results-json/#select-encode-terms does."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype.value == XSD + "string":
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}


WRITERS = {
    "json": partial(_write, format=QueryResultsFormat.JSON),
    "xml": partial(_write, format=QueryResultsFormat.XML),
    "csv": partial(_write, format=QueryResultsFormat.CSV),
    "tsv": partial(_write, format=QueryResultsFormat.TSV),
}
