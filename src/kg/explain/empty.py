"""Why an answer is empty: the smallest part of the query that finds nothing, and what would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from time import monotonic

from kg.errors import QueryError, QueryTimeout
from kg.explain.mend import Mend, mends, renamings
from kg.explain.parts import MOST_COUNTED, Parts, written
from kg.query.deadline import within
from kg.query.engine import Engine
from kg.sparql import Data, Element, Filter, Minus, Optional, Triples
from kg.store.protocol import Store

#: Mends are tried for so long; an explanation that comes late is none.
SECONDS = 5.0
#: A trial that is begun is given so much of it at least.
_LEAST = 0.05
#: So many slips in one query are mended one after the other.
MOST_SLIPS = 3


def why_empty(store: Store, query: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return, line by line, what emptied the answer of a SELECT or ASK, and what would fill it.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('<urn:cao> <urn:name> "曹县"@zh . <urn:cao> <urn:villages> 151 .')
    >>> for line in why_empty(store, 'SELECT ?n { ?c <urn:name> "曹县" ; <urn:villages> ?n }', {}):
    ...     print(line)
    nothing matches ?c <urn:name> "曹县"
    the rest of the pattern has 1 solution
    with "曹县"@zh instead of "曹县" the pattern has 1 solution
    """
    return why_parts(Parts.of(Engine(store, prefixes), query))


def why_parts(parts: Parts) -> list[str]:
    """Return what ``why_empty`` does, for a pattern that was taken apart."""
    return list(_lines(parts))


def counts(store: Store, query: str, prefixes: Mapping[str, str]) -> list[str]:
    """Return, line by line, how many matches each part of a query has by itself."""
    parts = Parts.of(Engine(store, prefixes), query)
    lines = []
    for part in parts.elements:
        if isinstance(part, Filter | Minus):
            rest = parts.without([part])
            before, after = parts.count(rest), parts.count([*rest, part])
            lines.append(f"{_many(before - after):>10}  removed by {written(part)}")
        elif not isinstance(part, Data):
            inner = part.group if isinstance(part, Optional) else part
            lines.append(f"{_many(parts.count([inner])):>10}  match {written(part)}")
    return [*lines, f"{_many(parts.count(parts.elements)):>10}  in all"]


def _lines(parts: Parts) -> Iterator[str]:
    culprit = parts.smallest_empty()
    if not culprit:
        clause = (
            "HAVING" if parts.query.select.having else "OFFSET or LIMIT" if parts.query.select.limited else ""
        )
        solutions = _solutions(parts.count(parts.elements))
        if clause:
            yield f"the pattern has {solutions}, but {clause} leaves none"
        return
    inner = parts
    while (held := _held(inner, culprit)) and (deeper := held.smallest_empty()):
        inner, culprit = held, deeper
    yield from _told(inner, culprit)
    found = list(_renamed(parts))
    yield from found or _mended(inner, culprit)


def _held(parts: Parts, culprit: tuple[Element, ...]) -> Parts | None:
    """Take apart the one element at fault, whatever inline data it was tried with."""
    alone = [element for element in culprit if not isinstance(element, Data)]
    return parts.inside(alone[0]) if len(alone) == 1 else None


def _renamed(parts: Parts) -> Iterator[str]:
    """Try to put terms that occur for those that do not, wherever they stand in the query."""
    for words, text in renamings(parts.engine, parts.text) if parts.text else ():
        with suppress(QueryError):
            renamed = Parts.of(parts.engine, text)
            if number := renamed.count(renamed.elements):
                yield f"with {words} the pattern has {_solutions(number)}"
                return


def _told(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say which part finds nothing, and what the query finds without it."""
    removing = [part for part in culprit if isinstance(part, Filter | Minus)]
    patterns = [part for part in culprit if not isinstance(part, Filter | Minus)]
    if removing and patterns:
        rest = parts.without(removing)
        if not parts.any(rest):
            rest = [part for part in culprit if part not in removing]
        verb = "removes" if len(removing) == 1 else "remove"
        number = parts.count(rest)
        all_of = "the" if number == 1 else "all of the"
        yield f"{' and '.join(map(written, removing))} {verb} {all_of} {_solutions(number)}"
        filters = (part for part in removing if isinstance(part, Filter))
        names = list(dict.fromkeys(name for part in filters for name in part.expression.variables))
        if names:
            rows = parts.solutions(rest, names, 3)
            shown = [", ".join(f"{n} is {v}" for n, v in zip(names, row, strict=True)) for row in rows]
            yield f"there, for example, {'; '.join(shown)}"
        return
    yield f"nothing matches {' . '.join(dict.fromkeys(map(written, culprit)))}"
    if sum(not isinstance(part, Data) for part in patterns) > 1:
        for part in {written(part): part for part in patterns}.values():
            if isinstance(part, Triples):
                yield f"  by itself {written(part)} has {_matches(parts.count(parts.with_data([part])))}"
    rest = parts.without(
        patterns[-1:] if len(patterns) > 1 else [p for p in culprit if not isinstance(p, Data)]
    )
    if any(not isinstance(part, Data | Filter) for part in rest) and parts.any(rest):
        yield f"the rest of the pattern has {_solutions(parts.count(rest))}"


def _mended(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Try mends, each on the part at fault and then on the whole; mend several slips in turn."""
    end = monotonic() + SECONDS
    said: list[str] = []
    for _ in range(MOST_SLIPS):
        best: tuple[int, Parts, Mend] | None = None
        whole: list[tuple[int, Mend]] = []
        for mend in mends(parts, culprit):
            if monotonic() > end:
                break
            part = [mend.new if element is mend.old else element for element in culprit]
            changed = parts.with_replaced(mend.old, mend.new)
            try:
                number = within(max(end - monotonic(), _LEAST), partial(_tried, parts, part, changed))
            except QueryTimeout:
                break
            except QueryError:  # a guess that is no query is not suggested
                continue
            if number is None:
                continue
            if number and mend.words not in [other.words for _, other in whole]:
                whole.append((number, mend))
            best = best or (number, changed, mend)
            if len(whole) == 2:
                break
        if whole:
            for number, mend in whole:
                words = " and ".join([*said, mend.words])
                yield f"with {words} the pattern has {_solutions(number)}"
            return
        if best is None:
            return
        # Right for its part, but not the only slip: go on with what is empty then.
        _, parts, mend = best
        said.append(mend.words)
        culprit = parts.smallest_empty()


def _tried(parts: Parts, part: list[Element], changed: Parts) -> int | None:
    """Return how many solutions a mended pattern has; nothing if the mended part still has none."""
    return changed.count(changed.elements) if parts.any(part) else None


def _many(number: int) -> str:
    return f"over {MOST_COUNTED:,}" if number > MOST_COUNTED else f"{number:,}"


def _matches(number: int) -> str:
    return "1 match" if number == 1 else f"{_many(number)} matches"


def _solutions(number: int) -> str:
    return "1 solution" if number == 1 else f"{_many(number)} solutions"
