"""Evaluate a query: guard it, hand it to the store, translate what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.query.failure import failure
from kg.query.results import Results
from kg.store.protocol import Store

#: Longest text and deepest nesting that are sent on: oxigraph recurses, and a stack that overflows kills
#: the process.
MAX_LENGTH, MAX_DEPTH = 2_000_000, 400
#: From here on a query is measured before it is parsed, and parsed on a deeper stack.
LONG = 2_000


def known_prefixes(store: Store) -> dict[str, str]:
    """Return the prefixes that need no declaration; what the store declares wins over the well-known."""
    return {**PREFIXES, **store.prefixes}


def unusual_prefixes(store: Store) -> list[str]:
    """Return a sentence for each prefix that the data declares other than it is known."""
    return [
        f"the data declares the prefix {prefix}: as <{namespace}>, usually <{PREFIXES[prefix]}>; it wins"
        for prefix, namespace in store.prefixes.items()
        if PREFIXES.get(prefix, namespace) != namespace
    ]


def evaluate(store: Store, text: str, *, limit: int | None = None) -> Results:
    """Return the results of a SPARQL query, of which at most ``limit`` rows or statements.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('@prefix ex: <urn:ex:> . ex:cao rdfs:label "曹县"@zh .'
    ...     .replace("rdfs:label", "<http://www.w3.org/2000/01/rdf-schema#label>"))
    >>> [row["name"].value for row in evaluate(store, "SELECT ?name { ex:cao rdfs:label ?name }")]
    ['曹县']

    Raises ``QueryError`` when the text is no query that can be answered, ``EndpointError`` when a
    ``SERVICE`` in it fails.
    """
    _guard(text)
    prefixes = known_prefixes(store)
    try:
        answer = store.query(text, prefixes)
    except SyntaxError as error:
        raise _diagnose(str(error), text, prefixes) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise failure(error) from None
    return Results(answer, store=store, prefixes=prefixes, limit=limit, query=text)


def _guard(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text):,} characters, more than {MAX_LENGTH:,}",
            hint="put the values in a file",
        )
    if len(text) > LONG:  # what is shorter cannot nest deep enough to do harm
        from kg.query.syntax import depth

        if (deepest := depth(text)) > MAX_DEPTH:
            raise QueryError(
                f"the query nests {deepest:,} deep, more than {MAX_DEPTH}", hint="write it flatter"
            )


def _diagnose(error: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    from kg.query.diagnosis import explain, refuse_update
    from kg.query.syntax import tokens

    refuse_update(list(tokens(text)), text)
    return explain(error, text, prefixes)
