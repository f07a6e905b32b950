"""What there is instead of what a part asks for, where nothing nearby would fill it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kg.explain import near
from kg.explain.parts import Parts
from kg.explain.wording import TYPE, short
from kg.sparql import Element, Pattern, Triples, variables

_MOST_TOLD = 3


def instead(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say what lies beside what is asked for: the values there are, or the role that a term has."""
    yield from dict.fromkeys(
        [*_neighbours(parts, culprit), *_roles(parts, culprit)] or _values(parts, culprit)
    )


def _values(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say what the subject of a pattern does have, where the rest says which it is; classes first."""
    patterns = [(e, p) for e in reversed(culprit) if isinstance(e, Triples) for p in e.patterns]
    for element, pattern in sorted(patterns, key=lambda each: each[1].predicate != TYPE):
        others = [part for part in culprit if part is not element] or parts.without([element])
        free = pattern.subject.startswith("?") and not any(pattern.subject in variables(p) for p in others)
        if free or pattern.object.startswith(("?", "<<")):
            continue
        name = f"{parts.query.fresh}value"
        asked = Triples((pattern._replace(object=name, written=""),))
        found = [term for (term,) in parts.rows([*others, asked], [name], _MOST_TOLD) if term is not None]
        shown = [short(term, parts.engine.prefixes) for term in found]
        if shown:
            each = (Triples((pattern._replace(object=text, written=""),)) for text in shown)
            yield f"there is, for example, {'; '.join(map(parts.written, each))}"
            return


def _neighbours(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say what values lie next to a number or a date that does not occur; they are no mends."""
    for element in culprit:
        for pattern in element.patterns if isinstance(element, Triples) else ():
            texts = [term for term in pattern.terms[1:] if not term.startswith("?")]
            terms = parts.engine.constants(parts.query, texts)
            value, verb = terms.get(pattern.object), terms.get(str(pattern.predicate))
            if isinstance(value, Literal):
                name = verb if isinstance(verb, NamedNode) else None
                if any(True for _ in parts.engine.store.quads(None, name, value)):
                    continue
                nearest = near.neighbours(parts.engine.store, value, verb)
                shown = [short(literal, parts.engine.prefixes) for literal in nearest]
                if shown:
                    yield f"of {pattern.predicate} there is {' and '.join(shown)}, but no {pattern.object}"


def _roles(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[str]:
    """Say where a property that is none does occur."""
    for element in culprit:
        for pattern in element.patterns if isinstance(element, Triples) else ():
            if not isinstance(pattern.predicate, str) or pattern.predicate[0] == "?":
                continue
            term = parts.engine.constants(parts.query, [pattern.predicate])[pattern.predicate]
            store = parts.engine.store
            if not isinstance(term, NamedNode) or any(True for _ in store.quads(None, term)):
                continue
            if quad := next(iter(store.quads(None, None, term)), None):
                there = Pattern("?s", short(quad.predicate, parts.engine.prefixes), pattern.predicate)
                yield (
                    f"{pattern.predicate} is no property in the data; it stands, for example, in"
                    f" {parts.written(Triples((there,)))}"
                )
