"""Parts of a query in the words of SPARQL: what is said of a part can be asked as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.namespaces import RDF, XSD, shorten
from kg.sparql import Element, Path, Pattern, SubSelect, Triples
from kg.store.protocol import Term

TYPE = f"<{RDF}type>"
#: Datatypes whose values SPARQL writes without quotes, and what such a value looks like.
_BARE = {
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "decimal": re.compile(r"[+-]?\d*\.\d+"),
    XSD + "double": re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+"),
    XSD + "boolean": re.compile("true|false"),
}


class _Step(NamedTuple):
    """A triple pattern as text, or several that a path makes one of."""

    subject: str
    verb: str
    object: str
    source: str


def written(elements: Element | Iterable[Element], fresh: str = "?_") -> str:
    """Return elements of a pattern on one line.

    Variables that begin with ``fresh`` are the reader's own, for blank nodes and the nodes in a path;
    they are written as a path again where that can be, else as blank nodes.

    >>> from kg.sparql import parse
    >>> where = parse("ASK { ?x kg:p/kg:q ?y ; a [ kg:r ?y ; kg:s 1 ] }").select.where
    >>> print(written(where.elements))
    ?x kg:p/kg:q ?y . ?x a _:b1 . _:b1 kg:r ?y . _:b1 kg:s 1
    >>> [first, *rest] = where.elements[0].patterns
    >>> print(written(Triples((first,))))
    ?x kg:p []
    """
    if isinstance(elements, Element):
        elements = [elements]
    parts: list[str | _Step] = []
    for element in elements:
        if isinstance(element, Triples):
            parts += map(_step, element.patterns)
        else:
            text = " ".join(str(element).replace(TYPE, "a").split()).replace(" . }", " }")
            parts.append(f"{{ {text} }}" if isinstance(element, SubSelect) else text)
    _contract(parts, fresh)
    text = " . ".join(dict.fromkeys(_text(part, fresh) for part in parts))
    return _named(text, fresh)


def put(element: Element, known: Mapping[str, str]) -> Element:
    """Return triple patterns with terms in place of variables whose one value is known; others as they are.

    >>> from kg.sparql import parse
    >>> [triples] = parse("ASK { ?x kg:p ?y }").select.where.elements
    >>> str(put(triples, {"?x": "kg:a"}))
    'kg:a kg:p ?y .'
    """
    if not isinstance(element, Triples):
        return element
    return Triples(
        tuple(
            pattern._replace(
                subject=known.get(pattern.subject, pattern.subject),
                predicate=known.get(str(pattern.predicate), pattern.predicate),
                object=known.get(pattern.object, pattern.object),
                written="",
            )
            if known.keys() & set(pattern.terms)
            else pattern
            for pattern in element.patterns
        )
    )


def _step(pattern: Pattern) -> _Step:
    verb = str(pattern.predicate).replace(TYPE, "a")
    return _Step(pattern.subject, verb, pattern.object, pattern.written)


def _text(part: str | _Step, fresh: str) -> str:
    if isinstance(part, str):
        return part
    own = not any(term.startswith(fresh) for term in (part.subject, part.object))
    if own and part.source and "/" not in part.verb:
        return " ".join(part.source.split())
    return f"{part.subject} {part.verb} {part.object}"


def _contract(parts: list[str | _Step], fresh: str) -> None:
    """Make one of two steps that meet in a node which nothing else mentions."""
    merged = True
    while merged:
        merged = False
        for name in sorted({term for part in parts if isinstance(part, _Step) for term in part[:3:2]}):
            if not name.startswith(fresh):
                continue
            at = [i for i, part in enumerate(parts) if _mentions(part, name)]
            steps = [part for i in at if isinstance(part := parts[i], _Step)]
            if len(steps) == len(at) == 2 and _joinable(name, *steps):
                first, second = steps
                start, verb = (first.subject, first.verb)
                if first.subject == name:
                    start, verb = first.object, _inverse(first.verb)
                end, other = (second.object, second.verb)
                if second.object == name:
                    end, other = second.subject, _inverse(second.verb)
                parts[at[0]] = _Step(
                    start, f"{verb}/{other}", end, first.source if first.source == second.source else ""
                )
                del parts[at[1]]
                merged = True
                break


def _mentions(part: str | _Step, name: str) -> bool:
    return name in part[:3] if isinstance(part, _Step) else bool(re.search(rf"{re.escape(name)}\b", part))


def _joinable(name: str, first: _Step, second: _Step) -> bool:
    once = all((step.subject == name) != (step.object == name) for step in (first, second))
    # One leads on from the other, or they are steps of one path, of which some go backwards.
    onward = (first.subject == name) != (second.subject == name) or first.source == second.source != ""
    return once and onward and not any(step.verb.startswith("?") for step in (first, second))


def _inverse(verb: str) -> str:
    return f"^({verb})" if re.search(r"[/^]", re.sub(r"<[^>]*>", "", verb)) else f"^{verb}"


def _named(text: str, fresh: str) -> str:
    """Write the reader's own variables as blank nodes."""
    own = re.findall(rf"{re.escape(fresh)}b\d+\b", text)
    for name in set(own):
        other = "[]" if own.count(name) == 1 else f"_:b{name[len(fresh) + 1 :]}"
        text = re.sub(rf"{re.escape(name)}\b", other, text)
    return text


def short(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return a term as SPARQL may write it: a CURIE, a bare number, a string with its tag.

    >>> short(Literal("5", datatype=NamedNode(XSD + "decimal")), {})
    '5.0'
    """
    if term is None:
        return "unbound"
    if isinstance(term, NamedNode):
        curie = shorten(term.value, dict(prefixes))
        return curie if curie.startswith("<") or re.fullmatch(r"[\w-]*:[\w-]*", curie) else str(term)
    if isinstance(term, Literal) and not term.language:
        kind, text = term.datatype.value, term.value
        if kind == XSD + "decimal" and re.fullmatch(r"[+-]?\d+", text):
            text += ".0"
        if kind == XSD + "boolean":
            text = {"1": "true", "0": "false"}.get(text, text)
        if kind in _BARE and _BARE[kind].fullmatch(text):
            return text
        quoted = str(Literal(term.value))
        return quoted if kind == XSD + "string" else f"{quoted}^^{short(term.datatype, prefixes)}"
    return str(term)


def solutions(number: int, most: int) -> str:
    """Return a number of solutions in words; more than ``most`` are not counted.

    >>> solutions(1, 10_000), solutions(10_001, 10_000)
    ('1 solution', 'over 10,000 solutions')
    """
    return "1 solution" if number == 1 else f"{many(number, most)} solutions"


def many(number: int, most: int) -> str:
    """Return a number, of which more than ``most`` is not known."""
    return f"over {most:,}" if number > most else f"{number:,}"


def path(verb: str | Path) -> str:
    """Return a property or a path as people write it."""
    return str(verb).replace(TYPE, "a")
