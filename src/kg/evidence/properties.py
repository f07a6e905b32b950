"""Some properties of nodes, looked up for one node, or for many nodes in one query.

To look a value up costs less than to ask for it; to ask once for the values of a thousand nodes costs half
of the thousands of look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, islice, zip_longest
from typing import Any

from pyoxigraph import BlankNode, NamedNode

from kg.ahead import shared
from kg.store.local import LocalStore
from kg.store.protocol import Store, Term

#: Nodes that are asked about in one query, and the solutions that are read of it: a node with several values
#: of several properties has a solution for each combination, and is better looked up.
BATCH, MOST_SOLUTIONS = 1_000, 10_000

_Row = tuple[Term | None, ...]


class Properties:
    """The values of ``own`` properties of nodes, and of those of what a property leads ``to``.

    Of what ``to`` names, a property and groups of properties, a group counts where its first is known.

    >>> from kg.store import MemoryStore
    >>> p, q, r, a, b = (NamedNode(f"urn:{name}") for name in "pqrab")
    >>> store = MemoryStore.parse('''
    ...     <urn:a> <urn:p> 1 ; <urn:q> <urn:c> . <urn:c> <urn:r> 2 . <urn:b> <urn:p> 3, 4 .''')
    >>> properties = Properties(store, [p], to=(q, [[r]]))
    >>> properties.read([a, b])
    >>> for node in (a, b):
    ...     print([[value.value for value in values] for values in properties.of(node)])
    [['1'], ['2']]
    [['3', '4'], []]
    >>> properties.least(b)[0].value
    '3'
    """

    def __init__(
        self,
        store: Store,
        own: Sequence[NamedNode],
        *,
        to: tuple[NamedNode, Sequence[Sequence[NamedNode]]] | None = None,
    ) -> None:
        self._store = store
        self._own, self._to = own, to
        self._nothing: _Row = (None,) * (len(own) + sum(map(len, to[1] if to else ())))
        #: Solutions: what is not there is ``None``; of several values there is one for each combination.
        self._known: dict[Term, list[_Row]] = {}

    def of(self, node: Term) -> tuple[Sequence[Term], ...]:
        """Return the values of each property, sorted."""
        rows = self._rows(node)
        if len(rows) == 1:
            return tuple([() if value is None else (value,) for value in rows[0]])
        columns = (set(column) - {None} for column in zip(*rows, strict=True))
        return tuple(sorted(column, key=str) for column in columns)

    def least(self, node: Term) -> _Row:
        """Return the least value of each property: the same one, whatever order the store has them in."""
        rows = self._rows(node)
        if len(rows) == 1:
            return rows[0]
        return tuple(values[0] if values else None for values in self.of(node))

    def _rows(self, node: Term) -> list[_Row]:
        rows = self._known.get(node)
        if rows is None:
            columns = self._looked_up(node) if isinstance(node, NamedNode | BlankNode) else []
            # Rows in which each value occurs: they need not be all combinations.
            rows = self._known[node] = list(zip_longest(*columns)) or [self._nothing]
        return rows

    def read(self, nodes: Iterable[Term]) -> None:
        """Ask for the properties of many nodes at once, for ``of`` and ``least``."""
        if not isinstance(self._store, LocalStore):
            return  # an endpoint's statements are read ahead by its store
        wanted = [n for n in dict.fromkeys(nodes) if isinstance(n, NamedNode) and n not in self._known]
        if wanted:
            shared(self._ask, wanted)

    def _ask(self, nodes: Sequence[NamedNode]) -> None:
        query = self._query()
        for start in range(0, len(nodes), BATCH):
            batch = nodes[start : start + BATCH]
            answer: Any = self._store.query(query % " ".join(map(str, batch)), {})
            solutions = list(islice(answer, MOST_SOLUTIONS + 1))
            if len(solutions) <= MOST_SOLUTIONS:
                for solution in solutions:
                    row = tuple(solution)
                    self._known.setdefault(row[0], []).append(row[1:])

    def _query(self) -> str:
        number = count()
        text = "".join(f" OPTIONAL {{ ?n {name} ?v{next(number)} }}" for name in self._own)
        to, groups = self._to or (None, ())
        for i, (first, *others) in enumerate(groups):
            text += f" OPTIONAL {{ ?n {to} ?m{i} . ?m{i} {first} ?v{next(number)}"
            text += "".join(f" OPTIONAL {{ ?m{i} {name} ?v{next(number)} }}" for name in others) + " }"
        columns = " ".join(f"?v{i}" for i in range(len(self._nothing)))
        return f"SELECT ?n {columns} {{ VALUES ?n {{ %s }}{text} }}"

    def _looked_up(self, node: NamedNode | BlankNode) -> list[list[Term]]:
        """Return the values of each property, in any order."""
        quads = self._store.quads
        found = [[quad.object for quad in quads(node, name)] for name in self._own]
        to, groups = self._to or (None, ())
        said: list[dict[NamedNode, list[Term]]] = []
        for end in [quad.object for quad in quads(node, to)] if to else ():
            if isinstance(end, NamedNode | BlankNode):
                said.append({})
                for quad in quads(end):  # a selector says little more than what is looked for
                    said[-1].setdefault(quad.predicate, []).append(quad.object)
        for group in groups:
            known = [each for each in said if group[0] in each]
            found += [[value for each in known for value in each.get(name, ())] for name in group]
        return found
