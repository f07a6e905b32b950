"""The figures behind a table, found without tracing it: what its pattern binds for its rows.

A table that is cited is traced (`kg.cite.lineage`), which takes as long as it takes. Any other table is
only looked at again: its pattern, narrowed to its rows, with all that it binds, up to ``MOST_SOLUTIONS``.
This module is on the path of every `kg query`, so it imports next to nothing.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import QueryError
from kg.query.results import Results
from kg.query.syntax import Token, tokens

#: So many solutions are looked at, and a table of more rows is not.
MOST_SOLUTIONS, MOST_ROWS = 1_000, 200
#: A query with a sub-select, which hides what it binds, is traced on graphs of up to so many statements.
MOST_TRACED = 50_000


def figured(results: Results) -> bool:
    """Say whether an answer is a table of a size to be looked at, of a query that speaks of figures."""
    words = results.query.lower()
    return (
        results.form == "solutions"
        and ("value" in words or "verbatim" in words)
        and 0 < len(results) <= MOST_ROWS
    )


def bound(results: Results) -> set[NamedNode]:
    """Return the nodes that the pattern of a SELECT binds for its rows, figures among them.

    >>> from kg.query.run import evaluate
    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:a> <urn:value> 1 . <urn:b> <urn:value> 2 . <urn:c> <urn:value> 3 .")
    >>> results = evaluate(store, "SELECT ?v { ?o <urn:value> ?v } ORDER BY ?v LIMIT 2")
    >>> sorted(node.value for node in bound(results))
    ['urn:a', 'urn:b']
    """
    words = list(tokens(results.query))
    if sum(word.text.upper() == "SELECT" for word in words) > 1:
        return _traced(results)
    text = _open(results, words)
    if not text:
        return set()
    try:
        solutions: Any = results.store.query(text, results.prefixes)
        read = list(islice(solutions, MOST_SOLUTIONS))
    except (SyntaxError, OSError, RuntimeError, ValueError):  # a remark is not worth an error
        return set()
    return {term for solution in read for term in solution if isinstance(term, NamedNode)}


def _open(results: Results, words: list[Token]) -> str:
    """Write a SELECT again so that it shows all it binds, and only for the rows of its answer."""
    query = results.query
    select = next(i for i, word in enumerate(words) if word.text.upper() == "SELECT")
    first = next(i for i in range(select, len(words)) if words[i].text == "{")
    depth, last = 0, first
    for last in range(first, len(words)):
        depth += (words[last].text == "{") - (words[last].text == "}")
        if not depth:
            break
    plain, computed = set(), 0
    for word in words[select:first]:
        computed += (word.text == "(") - (word.text == ")")
        if not computed and (word.text == "*" or word.kind == "variable"):
            plain.add(word.text[1:])
    places = [i for i, name in enumerate(results.columns) if name in plain or "" in plain]
    after = {word.text.upper() for word in words[last:]}
    if after & {"HAVING", "LIMIT", "OFFSET"} and not places:
        return ""  # nothing says which of the solutions are behind these rows
    rows = (" ".join(_inline(tuple(row)[i]) for i in places) for row in results.rows)
    names = " ".join(f"?{results.columns[i]}" for i in places)
    data = f"VALUES ({names}) {{ {' '.join(f'({row})' for row in rows)} }}" if places else ""
    start = next((w.start for w in words[select:first] if w.text.upper() == "FROM"), words[first].start)
    dataset = query[start : words[first].start]
    if dataset and words[first - 1].text.upper() == "WHERE":
        dataset = query[start : words[first - 1].start]
    group = query[words[first].start : words[last].start + 1]
    prologue = query[: words[select].start]
    return f"{prologue}SELECT * {dataset}{{ {data} {group} }} LIMIT {MOST_SOLUTIONS}"


def _inline(term: object) -> str:
    return "UNDEF" if term is None or isinstance(term, BlankNode | Triple) else str(term)


def _traced(results: Results) -> set[NamedNode]:
    if len(results.store) > MOST_TRACED:
        return set()
    from kg.cite.lineage import lineage

    with suppress(QueryError):
        rows = [tuple(row) for row in results.cells()]
        traced = lineage(
            results.store,
            results.query,
            rows=rows,  # type: ignore[arg-type]
            columns=results.columns,
            whole=not results.truncated,
            prefixes=results.prefixes,
        )
        return traced.nodes()
    return set()
