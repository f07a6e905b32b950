"""Which statements of the graph an answer rests on.

The lineage of a solution is the set of ground triples that the patterns of its WHERE clause matched:
all that is joined; an OPTIONAL and a UNION branch where they matched; the triples of the shortest
ways of a property path, each alternative at its top by itself; the matches of an EXISTS. A group
(GROUP BY, an aggregate) rests on all its solutions, a sub-select's row on the row's own lineage. A
row that can be derived in several ways, and equal rows, rest on all of them together, up to
``MOST_WAYS``. MINUS, NOT EXISTS and ``!bound`` contribute nothing: what rests on an absence is told
in ``notes``.

How: every SELECT of the query is a box of rows. Its WHERE clause is evaluated again, rewritten to
show every match (`kg.cite.rewrite`), and each solution is attached to the row that it gives. The
answer itself is never the rewritten query's: rows and order are those of the query as it stands.
Two checks hold at run time: every triple is in the graph, and every row has a derivation (for plain
queries, exactly as many as the row has copies). Where one fails the query is refused, not cited.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg.cite.box import Box
from kg.cite.derivation import Derivation, together
from kg.cite.rewrite import FICKLE
from kg.errors import QueryError
from kg.query.engine import Engine, Row
from kg.query.run import known_prefixes
from kg.sparql import Query, parse, variables
from kg.store.local import LocalStore
from kg.store.protocol import Store

#: Solutions that make an ASK true and are cited.
MOST_PROOFS = 1_000


class Lineage(NamedTuple):
    """The derivations of an answer, row by row, and what a reader has to know of them.

    ``columns`` and ``rows`` are those of the query as it stands.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    derivations: list[Derivation]
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether no derivation was left out."""
        return not any(derivation.cut for derivation in self.derivations)

    def triples(self) -> set[ox.Triple]:
        """Return all triples that the answer rests on."""
        return set().union(*(derivation.triples for derivation in self.derivations))

    def doubtful(self) -> set[ox.Triple]:
        """Return those of patterns, or of ways, that might not have matched."""
        derivations = self.derivations
        return set().union(*(derivation.triples - derivation.matched for derivation in derivations))

    def nodes(self) -> set[ox.NamedNode]:
        """Return the subjects of those triples: the figures of the answer are among them."""
        return {triple.subject for triple in self.triples() if isinstance(triple.subject, ox.NamedNode)}


def lineage(
    store: Store,
    query: str,
    *,
    rows: Sequence[Row] | None = None,
    columns: Sequence[str] | None = None,
    whole: bool = True,
    prefixes: Mapping[str, str] | None = None,
    verified: bool = True,
) -> Lineage:
    """Return what each row of an answer rests on.

    ``rows`` and ``columns`` are the answer, where it is at hand already; the answer of an ASK is one
    row without columns if it is true, that of a CONSTRUCT or DESCRIBE its triples as rows. ``whole``
    says that these are all rows, none left out. Whoever asks not to have it ``verified`` does so.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse("<urn:a> <urn:p> <urn:b> . <urn:b> <urn:p> <urn:c> .")
    >>> found = lineage(store, "SELECT ?x { <urn:a> <urn:p>/<urn:p> ?x }")
    >>> for triple in sorted(found.derivations[0].triples, key=str):
    ...     print(triple)
    <urn:a> <urn:p> <urn:b>
    <urn:b> <urn:p> <urn:c>

    Raises ``QueryError`` for a query that cannot be cited, with the reason.
    """
    tree = parse(query)
    if fickle := FICKLE & tree.words:
        raise QueryError(
            f"{min(fickle)} gives another value at each call, so the rows cannot be cited",
            hint="take it out of the query",
        )
    if "SERVICE" in tree.words:
        raise QueryError(
            "an answer that another endpoint helped to find cannot be cited",
            hint="cite the part of the query without SERVICE",
        )
    engine = Engine(store, known_prefixes(store) if prefixes is None else prefixes)
    if tree.form == "SELECT":
        if rows is None or columns is None:
            columns, rows = engine.rows(query)
        found = _of_select(engine, tree, rows, tuple("?" + name.lstrip("?$") for name in columns), whole)
    elif tree.form == "ASK":
        found = _of_ask(engine, tree)
    else:
        if rows is None:
            rows = [(t.subject, t.predicate, t.object) for t in engine.triples(query)]  # type: ignore[misc]
        found = _of_construct(engine, tree, rows) if tree.form == "CONSTRUCT" else _of_triples(rows)
    if verified:
        verify(store, found)
    return found


def verify(store: Store, found: Lineage) -> None:
    """Raise ``QueryError`` where a triple of a lineage is not in the graph, or not in the graphs it is of.

    What every solution has to match, our own engine has just matched: there it is not looked up again. Other
    engines may return a term otherwise than they store it.
    """
    for triple in found.doubtful() if isinstance(store, LocalStore) else found.triples():
        if not store.holds(triple):
            raise _not_there()
    for derivation in found.derivations:
        for triple in derivation.graphs:
            graphs = derivation.found_in(triple)
            if graphs and not any(store.holds(triple, graph) for graph in graphs):
                raise _not_there()


def _not_there() -> QueryError:
    return QueryError(
        "this query cannot be cited: a triple it seems to rest on is not in the graph",
        hint="please report the query",
    )


def _of_select(
    engine: Engine, tree: Query, answer: Sequence[Row], names: tuple[str, ...], whole: bool
) -> Lineage:
    box = Box(engine, tree, tree.select, names)
    found = box.derivations(set(answer), whole=whole)
    copies = {row: found[row].ways for row in found}
    if whole and box.plain and not box.cut and Counter(answer) != Counter(copies):
        raise QueryError("this query cannot be cited: its rows come out otherwise a second time")
    return Lineage(names, list(answer), [found[row] for row in answer], tuple(box.notes))


def _of_ask(engine: Engine, tree: Query) -> Lineage:
    if tree.select.keys or tree.select.having:
        raise QueryError("an ASK with groups cannot be cited", hint="write it as a SELECT")
    select = tree.select._replace(order=(), limit=MOST_PROOFS, offset=0)
    names, solutions = engine.rows(tree.text(select))
    box = Box(engine, tree, select, names)
    found = together(box.derivations(set(solutions)).values())
    found.cut |= len(solutions) == MOST_PROOFS
    if not solutions:
        return Lineage((), [], [], (*box.notes, "what is asked for is not in the graph"))
    return Lineage((), [()], [found], tuple(box.notes))


def _of_construct(engine: Engine, tree: Query, answer: Sequence[Row]) -> Lineage:
    bound = set(variables(tree.select.where))
    if any(term.startswith(tree.fresh) and term not in bound for p in tree.template for term in p.terms):
        raise QueryError(
            "a CONSTRUCT that makes blank nodes cannot be cited",
            hint="give its nodes IRIs with BIND(IRI(…) AS ?node)",
        )
    names, solutions = engine.rows(tree.text(tree.select))
    box = Box(engine, tree, tree.select, names)
    found = box.derivations(set(solutions))
    terms = {term for pattern in tree.template for term in pattern.terms}
    constants = engine.constants(tree, (term for term in terms if not term.startswith("?")))
    made: dict[Row, list[Derivation]] = defaultdict(list)
    for solution in set(solutions):
        values = constants | dict(zip(names, solution, strict=True))
        for pattern in tree.template:
            made[tuple(values.get(term) for term in pattern.terms)].append(found[solution])
    if not set(answer) <= set(made):
        raise QueryError("this query cannot be cited: its triples come out otherwise a second time")
    return Lineage(
        ("subject", "predicate", "object"),
        list(answer),
        [together(made[row]) for row in answer],
        tuple(box.notes),
    )


def _of_triples(answer: Sequence[Row]) -> Lineage:
    """Trace a DESCRIBE: it gives triples of the graph, each of which rests on itself."""
    triples = [Derivation({ox.Triple(*row)}, 1) for row in answer]  # type: ignore[arg-type]
    return Lineage(("subject", "predicate", "object"), list(answer), triples)
