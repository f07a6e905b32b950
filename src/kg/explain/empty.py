"""Why an answer is empty: the smallest part of the query that finds nothing, and what would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain

from kg.errors import QueryTimeout
from kg.explain.budget import SECONDS, told
from kg.explain.clauses import of_clauses, unbound_sums
from kg.explain.graphs import all_missing, of_dataset, of_graph, without_dataset
from kg.explain.parts import MOST_COUNTED, Parts
from kg.explain.there import instead
from kg.explain.trial import Trial, mended, renamed
from kg.explain.wording import many, solutions
from kg.query.binding import near_variable
from kg.query.deadline import within
from kg.query.engine import Engine
from kg.sparql import (
    Data,
    Element,
    Filter,
    Graph,
    Minus,
    Optional,
    SubSelect,
    Triples,
    Union,
    parse,
    variables,
)
from kg.store.protocol import Store

#: A part of the pattern is given so long where something smaller can be said instead.
_SECONDS_A_PART = 1.0


def why_empty(
    store: Store, query: str, prefixes: Mapping[str, str], *, seconds: float = SECONDS
) -> list[str]:
    """Return, line by line, what emptied the answer of a query, and what would fill it.

    What is not found within so many seconds is not looked for further, and a line says so.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('<urn:cao> <urn:name> "曹县"@zh . <urn:cao> <urn:villages> 151 .')
    >>> for line in why_empty(store, 'SELECT ?n { ?c <urn:name> "曹县" ; <urn:villages> ?n }', {}):
    ...     print(line)
    nothing matches ?c <urn:name> "曹县"
    the rest of the pattern has 1 solution
    with "曹县"@zh instead of "曹县" the pattern has 1 solution
    """
    return told(lambda: why_parts(Parts.of(Engine(store, prefixes), query)), seconds, size=len(query))


def counts(store: Store, query: str, prefixes: Mapping[str, str], *, seconds: float = SECONDS) -> list[str]:
    """Return, line by line, how many matches each part of a query has by itself."""
    return told(lambda: _counts(Parts.of(Engine(store, prefixes), query)), seconds, size=len(query))


def _counts(parts: Parts) -> Iterator[str]:
    if not parts.elements:
        yield "the query has no pattern whose parts could be counted"
        return
    for part in parts.elements:
        if isinstance(part, Filter | Minus):
            rest = parts.without([part])
            before = parts.count(rest)
            if before > MOST_COUNTED and isinstance(part, Filter):
                removed = _many(parts.count([*rest, _removed(part)]))
            elif before > MOST_COUNTED:
                removed = "some"
            else:
                removed = f"{before - parts.count(_in_order(parts, [*rest, part])):,}"
            yield f"{removed:>10}  removed by {parts.written(part)}"
        elif not isinstance(part, Data):
            inner = part.group if isinstance(part, Optional) else part
            yield f"{_many(parts.count([inner])):>10}  match {parts.written(part)}"
    yield f"{_many(parts.count(parts.elements)):>10}  in all"


def _in_order(parts: Parts, elements: list[Element]) -> list[Element]:
    return [part for part in parts.elements if part in elements]


def _removed(filtering: Filter) -> Filter:
    """Return the filter that keeps what another removes, by being false or by an error."""
    text = filtering.expression.text
    [new] = parse(f"ASK {{ FILTER(!COALESCE(!!({text}), false)) }}").select.where.elements
    assert isinstance(new, Filter)
    return new


def why_parts(parts: Parts) -> Iterator[str]:
    """Yield what ``why_empty`` says of a pattern that was taken apart."""
    if missing := list(of_dataset(parts)):
        yield from missing
        return
    culprit = parts.smallest_empty()
    select = parts.query.select
    if culprit and select.aggregates and not select.keys and not parts.hidden:
        yield "the pattern has no solution to sum up"
    if culprit:
        yield from _explained(parts, culprit)
        yield from without_dataset(parts)
    else:
        yield from of_clauses(parts)
        for name in unbound_sums(parts):
            if required := parts.requiring([name]):
                yield from _explained(required, required.smallest_empty())


def _explained(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say what an empty part is, down to the group that empties it, and try mends."""
    inner = parts
    while held := _held(inner, culprit):
        element = held.holder
        if isinstance(element, Graph) and (lines := list(of_graph(inner, element))):
            if not all_missing(inner, element):
                yield f"nothing matches {inner.written(element)}"
            yield from lines
            return
        if not (deeper := held.smallest_empty()):
            break
        inner, culprit = held, deeper
    yield from _told(inner, culprit)
    if held and isinstance(held.holder, SubSelect):
        yield from of_clauses(held.selecting(held.holder.select))
        return
    said = 0
    for trial in chain(renamed(parts), mended(inner, culprit)):
        said += 1
        yield str(trial)
        if said and isinstance(trial, Trial) and trial.renamed:
            break
    if not said:
        yield from instead(inner, culprit)
    if not said and len(culprit) == 1 and isinstance(culprit[0], Union):
        for branch in culprit[0].branches:
            # The other branches find nothing, so what this one would is what the whole would.
            alone = inner.with_replaced(culprit[0], branch)
            within = alone.inside(branch)
            if within and (part := within.smallest_empty()):
                yield from _explained(within, part)


def _held(parts: Parts, culprit: tuple[Element, ...]) -> Parts | None:
    """Take apart the one element at fault, whatever inline data it was tried with."""
    alone = [element for element in culprit if not isinstance(element, Data)]
    return parts.inside(alone[0]) if len(alone) == 1 else None


def _told(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say which part finds nothing, and what the query finds without it."""
    removing = [part for part in culprit if isinstance(part, Filter | Minus)]
    patterns = [part for part in culprit if not isinstance(part, Filter | Minus)]
    if removing:
        yield from _removal(parts, culprit, removing)
        return
    yield f"nothing matches {parts.written(culprit)}"
    asked = [part for part in patterns if not isinstance(part, Data)]
    if len([part for part in patterns if part not in parts.hidden]) > 1:
        for words, part in {parts.written(part): part for part in asked}.items():
            if isinstance(part, Triples) and words:
                yield f"  by itself {words} has {_matches(parts.count(_hidden_about(parts, part)))}"
    rest = parts.without(asked)
    if any(not isinstance(part, Data | Filter) for part in rest) and parts.any(rest):
        yield f"the rest of the pattern has {solutions(parts.count(rest), MOST_COUNTED)}"


def _hidden_about(parts: Parts, part: Element) -> list[Element]:
    """Join a part with what goes without saying of its variables."""
    return [p for p in parts.with_data([part]) if p is part or p in parts.hidden]


def _removal(parts: Parts, culprit: tuple[Element, ...], removing: Sequence[Element]) -> Iterator[str]:
    """Say how many solutions filters remove, and what their variables are in some."""
    rest = [part for part in culprit if part not in removing]
    others = parts.without(removing)
    number = 0
    with suppress(QueryTimeout):  # other filters may be slow by themselves
        number = within(_SECONDS_A_PART, lambda: parts.count(others), size=len(parts.text))
    if number:
        rest = others
    else:
        number = parts.count(rest)
    verb = "removes" if len(removing) == 1 else "remove"
    all_of = "the" if number == 1 else "all of the"
    yield f"{' and '.join(map(parts.written, removing))} {verb} {all_of} {solutions(number, MOST_COUNTED)}"
    own = [part.expression for part in removing if isinstance(part, Filter)]
    names = list(dict.fromkeys(name for expression in own for name in expression.variables))
    bound = {name for part in rest for name in variables(part)}
    for name in names:
        if name not in bound:
            where = "in its group" if parts.holder else "there"
            yield f"{name} is never bound {where}{_near_name(name, bound)}"
    names = [name for name in names if name in bound]
    if names and number:
        yield f"there, for example, {'; '.join(parts.examples(rest, names, 3))}"


def _near_name(name: str, bound: set[str]) -> str:
    meant = near_variable(name, bound)
    return f"; did you mean {meant}?" if meant else ""


def _many(number: int) -> str:
    return many(number, MOST_COUNTED)


def _matches(number: int) -> str:
    return "1 match" if number == 1 else f"{_many(number)} matches"
