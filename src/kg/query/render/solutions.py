"""The four SPARQL 1.1 results formats of the W3C: JSON, XML, CSV and TSV, as pyoxigraph writes them.

Labels are never put in: what a machine reads is the term.
"""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, Store, parse_query_results

from kg.namespaces import XSD
from kg.query.failure import failure
from kg.store.protocol import Term

if TYPE_CHECKING:
    from kg.query.results import Results


def _write(
    results: Results, stream: IO[bytes], *, format: QueryResultsFormat, lang: str | None, width: int | None
) -> None:
    # Rows that are still in the engine are streamed; rows that were fetched go back through its parser.
    streamed, counted = results.take_answer(), _Counted(stream)
    sink: Any = counted
    try:
        (streamed or _answer(results)).serialize(sink, format)
    except RuntimeError as error:
        raise failure(error) from None
    if streamed:
        # Nobody counted the rows, but an answer without any is as long as this one.
        results.went_by = counted.size > _length_without_rows(results.columns, format)
    if format in (QueryResultsFormat.JSON, QueryResultsFormat.XML):
        stream.write(b"\n")  # so that a shell's prompt, or the next file, begins on a line of its own


def _length_without_rows(columns: tuple[str, ...], format: QueryResultsFormat) -> int:
    names = " ".join(f"?{column}" for column in columns) or "*"
    none: Any = Store().query(f"SELECT {names} {{}} LIMIT 0")
    return len(none.serialize(format=format))


class _Counted:
    """A stream that knows how many bytes went into it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.size = 0

    def write(self, data: bytes) -> int:
        self.size += len(data)
        return self._stream.write(data)

    def flush(self) -> None:
        self._stream.flush()


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
