"""A value that a row was expected to have: the terms that it may stand for, and a test for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError, UsageError
from kg.explain.near import occurs
from kg.explain.wording import short
from kg.query.engine import Engine
from kg.sparql import (
    Bind,
    Data,
    Element,
    Expression,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Query,
    Service,
    SubSelect,
    Union,
)
from kg.sparql.tokens import tokenize
from kg.store.protocol import Term

#: So many literals of one text are told apart.
_MOST_ALIKE = 100
_WRITTEN = (["string"], ["string", "language"], ["string", "mark", "name"], ["string", "mark", "iri"])


class Wanted(NamedTuple):
    """The value of a variable as it was given, and those terms of the graph that it stands for."""

    variable: str
    given: str
    terms: tuple[Term, ...]
    #: What holds of a value that is meant, whether or not the graph has it.
    condition: str

    @classmethod
    def of(cls, engine: Engine, query: Query, name: str, given: str) -> Wanted:
        """Find what a value may stand for: an entity, a literal as SPARQL writes it, any literal of the text.

        >>> from kg.sparql import parse
        >>> from kg.store import MemoryStore
        >>> engine = Engine(MemoryStore.parse('<urn:b> <urn:name> "Bee"@en-GB, "Bee"@de .'), {})
        >>> found = Wanted.of(engine, parse("SELECT ?l { ?b <urn:name> ?l }"), "l", '"Bee"@en-gb')
        >>> [str(term) for term in found.terms]
        ['"Bee"@en-gb']
        """
        entity = _entity(engine, query, given)
        conditions = [f"sameTerm(?it, {entity})"] if entity else []
        if not given.startswith("<") or not entity:
            conditions += _of_literals(engine, query, given)
        terms: list[Term] = [entity] if entity and _there(engine, entity) else []
        if literal := " || ".join(f"({each})" for each in conditions[bool(entity) :]):
            asked = f"SELECT DISTINCT ?it {{ ?s ?p ?it FILTER(isLiteral(?it) && ({literal})) }}"
            _, rows = engine.rows(query.prologue + f"\n{asked} LIMIT {_MOST_ALIKE}")
            terms += sorted((term for (term,) in rows if isinstance(term, Literal)), key=str)
        variable = f"?{name}"
        condition = " || ".join(f"({each})" for each in conditions).replace("?it", variable)
        return cls(variable, given, tuple(terms), condition)

    @property
    def test(self) -> Filter:
        """The filter that keeps solutions with a value that is meant."""
        return Filter(Expression(f"({self.condition})", (self.variable,)))

    def node(self) -> Wanted:
        """Return the same for the subject of a triple, which is no literal."""
        return self._replace(terms=tuple(term for term in self.terms if not isinstance(term, Literal)))

    def data(self, engine: Engine) -> Data:
        """Return the terms as inline data, written as people do."""
        values = " ".join(short(term, engine.prefixes) for term in self.terms)
        return Data((self.variable,), f"VALUES {self.variable} {{ {values} }}")


def _entity(engine: Engine, query: Query, given: str) -> NamedNode | None:
    from kg.entities import resolve

    try:
        return NamedNode(resolve(engine.store, given, prefixes=engine.prefixes))
    except UsageError:
        named = re.fullmatch(r"<[^<>]*>|[^\s:]*:\S+", given)
    if not named:
        return None
    try:
        term = engine.constants(query, [given])[given]
    except QueryError:  # no IRI, or of a prefix that nobody declares
        if given.startswith("<"):
            raise UsageError(f"{given} is no IRI", hint="write <https://…>") from None
        return None
    return term if isinstance(term, NamedNode) else None


def _there(engine: Engine, entity: NamedNode) -> bool:
    return occurs(engine.store, entity) or any(True for _ in engine.store.quads(None, None, None, entity))


def _of_literals(engine: Engine, query: Query, given: str) -> Iterator[str]:
    """Yield what holds of the literals that a value may be; language tags are the same in either case."""
    yield f"isLiteral(?it) && STR(?it) = {Literal(given)}"
    if not given.startswith(("'", '"')):
        return
    try:
        if [token.kind for token in tokenize(given)] not in _WRITTEN:
            return
        term = engine.constants(query, [given])[given]
    except QueryError:
        return
    if isinstance(term, Literal) and term.language:
        yield f"STR(?it) = {Literal(term.value)} && LCASE(LANG(?it)) = {Literal(term.language.lower())}"
    elif isinstance(term, Literal):
        yield f"sameTerm(?it, {term})"


def made(element: Element) -> set[str]:
    """Return the variables whose values may come from elsewhere than the terms of triples.

    >>> from kg.sparql import parse
    >>> where = parse("ASK { GRAPH ?g { ?s kg:p ?o } OPTIONAL { BIND(?o * 2 AS ?d) } VALUES ?v { 1 } }")
    >>> sorted(made(where.select.where))
    ['?d', '?g', '?v']
    """
    match element:
        case Bind(_, name):
            return {name}
        case Data() | Service():
            return set(element.variables)
        case Group(inner) | Union(inner):
            return set().union(*map(made, inner))
        case Optional(group) | Minus(group):
            return made(group)
        case Graph(name, group):
            return {name, *made(group)} if name.startswith("?") else made(group)
        case SubSelect(select):
            return made(select.where) | {c.variable for c in select.projection or () if c.expression}
    return set()
