"""Statements that an endpoint has told already, and those that will be wanted next.

Who looks at one of several things that came in one answer looks at the others too: at all quotes of a
figure, at the labels of a column. So a thing is asked about together with the others of its answer, and
what reads a graph node by node needs a request a level instead of one a node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.namespaces import XSD
from kg.store.protocol import Node, Term

Pattern = tuple[Node | None, NamedNode | None, Term | None]
#: Fetch the triples of a SELECT of ?s ?p ?o, so many at most; ``None`` when there are more.
Fetch = Callable[[str, int], list[Triple] | None]

#: Things that one request asks about, statements that it may bring, statements that are kept.
BATCH, WIDE, KEPT = 100, 5_000, 300_000
#: Who reads all of more properties than this wants the whole graph, if it is no larger than can be kept.
_PROPERTIES = 8


class ReadAhead:
    """Answer patterns from what was fetched; fetch what is missing, and what goes with it.

    >>> asked = []
    >>> def fetch(text, most):
    ...     asked.append(text)
    ...     return [Triple(NamedNode(f"urn:{n}"), NamedNode("urn:p"), Literal(n)) for n in (1, 2)]
    >>> ahead = ReadAhead(fetch)
    >>> ahead.meet([NamedNode("urn:1"), NamedNode("urn:2")])
    >>> [quad.object.value for n in (1, 2) for quad in ahead.quads((NamedNode(f"urn:{n}"), None, None), 9)]
    ['1', '2']
    >>> len(asked)
    1
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._forget()

    def _forget(self) -> None:
        self._kept = pyoxigraph.Store()
        #: Patterns of which every statement is kept, and things that have too many to be fetched whole.
        self._whole: set[Pattern] = set()
        self._wide: set[Pattern] = set()
        #: The things of an answer that came together, ``BATCH`` of them at most.
        self._company: dict[NamedNode, list[NamedNode]] = {}
        self._read_whole = 0

    def quads(self, pattern: Pattern, most: int) -> Iterator[Quad] | None:
        """Return the statements that fit; ``None`` when there are more than ``most``."""
        if not self._knows(pattern) and not self._fetch_with_company(pattern):
            triples = self._fetch(select(pattern), most)
            if triples is None:
                return None
            self._keep(triples, [pattern])
        # A list, because what is read now may make more be kept.
        return iter(list(self._kept.quads_for_pattern(*pattern, None)))

    def prefetch(self, subjects: Iterable[NamedNode], predicates: Sequence[NamedNode], most: int) -> None:
        """Fetch these properties of these subjects, a hundred subjects a request."""
        wanted = [
            s for s in dict.fromkeys(subjects) if not all(self._knows((s, p, None)) for p in predicates)
        ]
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            patterns: list[Pattern] = [(s, p, None) for s, p in product(batch, predicates)]
            triples = self._fetch(select(*patterns), most)
            if triples is not None:
                self._keep(triples, patterns)

    def meet(self, terms: Iterable[object]) -> None:
        """Be told of things that belong together: the values of a column, the objects of a property."""
        company: list[NamedNode] = []
        for term in terms:
            if isinstance(term, NamedNode) and term not in self._company:
                if len(company) == BATCH:
                    company = []
                company.append(term)
                self._company[term] = company

    def _knows(self, pattern: Pattern) -> bool:
        if not self._whole:
            return False
        choices = ((None,) if term is None else (term, None) for term in pattern)
        return any(each in self._whole for each in product(*choices))

    def _fetch_with_company(self, pattern: Pattern) -> bool:
        """Fetch all that is said of a subject, or by a property of an object, and of what came with it."""
        subject, predicate, value = pattern
        wanted: list[Pattern]
        if isinstance(subject, NamedNode):
            wanted = [(each, None, None) for each in self._with_company(subject)]
        elif isinstance(value, NamedNode) and predicate:
            wanted = [(None, predicate, each) for each in self._with_company(value)]
        elif isinstance(value, Literal):
            wanted = [(None, None, each) for each in _tagged(value)]
        else:
            wanted = [(None, None, None)] if self._reads_all() else []
        if not wanted or wanted[0] in self._wide:
            return False
        wanted[1:] = [other for other in wanted[1:] if not self._knows(other)]
        for batch in (wanted, wanted[:1])[: len(wanted)]:
            triples = self._fetch(select(*batch), WIDE if batch[0] != (None, None, None) else KEPT // 3)
            if triples is not None:
                self._keep(triples, batch)
                return True
        self._wide.add(wanted[0])
        return False

    def _with_company(self, thing: NamedNode) -> Iterator[NamedNode]:
        yield thing
        yield from (other for other in self._company.get(thing, ()) if other != thing)

    def _reads_all(self) -> bool:
        """Say whether so many properties were read whole that the graph had better be."""
        self._read_whole += 1
        return self._read_whole > _PROPERTIES

    def _keep(self, triples: list[Triple], patterns: Iterable[Pattern]) -> None:
        if len(self._kept) + len(triples) > KEPT:
            self._forget()
        self._kept.extend(Quad(t.subject, t.predicate, t.object) for t in triples)
        self._whole.update(patterns)
        objects: dict[NamedNode, list[object]] = {}
        for triple in triples:
            objects.setdefault(triple.predicate, []).append(triple.object)
        for found in (*objects.values(), objects):
            self.meet(found)
        self.meet(triple.subject for triple in triples)


def _tagged(literal: Literal) -> Iterator[Literal]:
    """Yield a literal, and the same text as names are written: plain, and in both languages."""
    yield literal
    if literal.language or literal.datatype.value == XSD + "string":
        every = (Literal(literal.value), *(Literal(literal.value, language=tag) for tag in ("zh", "en")))
        yield from (other for other in every if other != literal)


def select(*patterns: Pattern, graph: NamedNode | None = None) -> str:
    """Return the query for the statements that fit one of some patterns; any of their terms goes with any.

    >>> a, b = NamedNode("urn:a"), NamedNode("urn:b")
    >>> select((a, b, None), (b, b, None))
    'SELECT ?s ?p ?o { VALUES ?s { <urn:a> <urn:b> } VALUES ?p { <urn:b> } ?s ?p ?o }'
    """
    given = (
        f"VALUES ?{name} {{ {' '.join(map(str, dict.fromkeys(terms)))} }} "
        for name, terms in zip("spo", zip(*patterns, strict=True), strict=True)
        if terms[0] is not None
    )
    pattern = f"{''.join(given)}?s ?p ?o"
    return f"SELECT ?s ?p ?o {{ {f'GRAPH {graph} {{ {pattern} }}' if graph else pattern} }}"
