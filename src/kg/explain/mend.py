"""What may have been meant: for a part of a query that finds nothing, parts that do.

Every suggestion here is a guess until it is tried; `kg.explain.empty` tries it before it says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import combinations, islice, product
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

from kg.entities import resolve
from kg.errors import UsageError
from kg.explain.comparison import rewordings
from kg.explain.parts import Parts, short, written
from kg.namespaces import RDF, RDFS, XSD, shorten
from kg.query.engine import Engine, inline
from kg.sparql import Element, Expression, Filter, Group, Minus, Path, Pattern, Triples, parse
from kg.sparql.tokens import tokenize
from kg.store.protocol import Store, Term

#: So many terms are tried in place of one.
MOST_TRIED = 4
#: Near terms are looked for among so many; equal ones in another spelling are found wherever they are.
MOST_SCANNED = 20_000
_LANGUAGES = ("zh", "en")
#: Datatypes, and what their values look like: some endpoints refuse a query with a number that is none.
_DATATYPES = {
    "string": r".*",
    "anyURI": r".*",
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(\d+\.?\d*|\.\d+)",
    "double": r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?",
    "boolean": r"true|false|0|1",
    "date": r"-?\d{4,}-\d\d-\d\d",
    "gYear": r"-?\d{4,}",
    "gYearMonth": r"-?\d{4,}-\d\d",
}
_TYPE = f"<{RDF}type>"
_TYPED, _BELOW_IS = NamedNode(RDF + "type"), NamedNode(RDFS + "subClassOf")
_BELOW = Path("*", (Path("iri", iri=f"<{RDFS}subClassOf>"),))


@dataclass(frozen=True)
class Mend:
    """A part to put in place of another, and the change in words."""

    old: Element
    new: Element
    words: str


def mends(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[Mend]:
    """Yield what may have been meant by the elements of an empty part, likeliest first."""
    filters = [element for element in culprit if isinstance(element, Filter)]
    for filtering in filters:
        yield from _of_filter(filtering)
    if filters or any(isinstance(element, Minus) for element in culprit):
        return  # what these remove does match
    for element in culprit:
        if isinstance(element, Triples):
            for pattern in element.patterns:
                yield from _of_pattern(parts, element, pattern)


def renamings(engine: Engine, text: str) -> Iterator[tuple[str, str]]:
    """Yield a query with other terms for its IRIs that do not occur, and the change in words."""
    tree = parse(text)
    names = [token for token in tokenize(text)[tree.prologue_length :] if token.kind in ("name", "iri")]
    terms = engine.constants(tree, {token.text for token in names})
    others: dict[str, list[Term]] = {}
    for name in dict.fromkeys(token.text for token in names):
        term = terms[name]
        if isinstance(term, NamedNode) and not _occurs(engine.store, term):
            near = (
                *_iris(engine.store, term, as_predicate=True),
                *_iris(engine.store, term, as_predicate=False),
            )
            if near:
                others[name] = list(dict.fromkeys(near))[:MOST_TRIED]
    for chosen in product(*others.values()) if others else ():
        instead = dict(zip(others, chosen, strict=True))
        words = " and ".join(
            f"{short(new, engine.prefixes)} instead of {old}" for old, new in instead.items()
        )
        renamed, at = "", 0
        for token in names:
            renamed += text[at : token.start] + str(instead.get(token.text, token.text))
            at = token.end
        yield words, renamed + text[at:]


def _occurs(store: Store, term: NamedNode) -> bool:
    return any(any(True for _ in store.quads(*at)) for at in ((term,), (None, term), (None, None, term)))


def _of_pattern(parts: Parts, element: Triples, pattern: Pattern) -> Iterator[Mend]:
    prefixes = parts.engine.prefixes
    texts = [term for term in pattern.terms if not term.startswith("?")]
    terms = parts.engine.constants(parts.query, texts)
    others = {
        place: list(islice(_instead(parts.engine.store, pattern, place, terms), MOST_TRIED))
        for place in ("subject", "predicate", "object")
    }
    for count in (1, 2, 3):
        for places in combinations(others, count):
            for chosen in product(*(others[place] for place in places)):
                new = replace(
                    pattern, **{p: str(term) for p, term in zip(places, chosen, strict=True)}, written=""
                )
                words = [
                    f"{short(term, prefixes)} instead of {getattr(pattern, place)}"
                    for place, term in zip(places, chosen, strict=True)
                ]
                yield Mend(element, Triples((new,)), " and ".join(words))
        if count == 1 and isinstance(pattern.predicate, str):
            yield from _otherwise(parts, element, pattern, terms)


def _instead(store: Store, pattern: Pattern, place: str, terms: Mapping[str, Term]) -> Iterator[Term]:
    """Yield terms that may have been meant by the one at a place of a pattern."""
    text = getattr(pattern, place)
    if not isinstance(text, str) or text not in terms:
        return
    term = terms[text]
    predicate = terms.get(pattern.predicate) if isinstance(pattern.predicate, str) else None
    if isinstance(term, Literal):
        yield from _literals(store, term, predicate)
    elif isinstance(term, NamedNode):
        yield from _iris(store, term, as_predicate=place == "predicate")


def _otherwise(parts: Parts, element: Triples, pattern: Pattern, terms: Mapping[str, Term]) -> Iterator[Mend]:
    """Yield patterns of the same terms: subclasses, the other direction, another property."""
    if pattern.predicate == _TYPE and not pattern.object.startswith("?"):
        path = Path("/", (Path("iri", iri=_TYPE), _BELOW))
        words = f"{pattern.object} or a class below it (rdf:type/rdfs:subClassOf*)"
        yield Mend(element, Triples((Pattern(pattern.subject, path, pattern.object),)), words)
        if below := _classes_below(parts.engine.store, terms[pattern.object]):
            kind = f"{parts.query.fresh}class"
            data = inline([kind], [(name,) for name in below])
            named = Triples((Pattern(pattern.subject, pattern.predicate, kind),))
            words = " or ".join(short(name, parts.engine.prefixes) for name in below)
            yield Mend(element, Group((data, named)), f"{words} instead of {pattern.object}")
    if not isinstance(terms.get(pattern.object), Literal) and pattern.predicate != _TYPE:
        turned = Pattern(pattern.object, pattern.predicate, pattern.subject)
        yield Mend(element, Triples((turned,)), f"the other direction: {turned}")
    yield from _other_properties(parts, element, pattern, terms)


def _classes_below(store: Store, above: Term) -> list[NamedNode]:
    """Return the classes with instances that the shipped ontology puts below one.

    Data may come without the ontology; where it has it, a path over rdfs:subClassOf finds them.
    """
    from kg.ontology import load_ontology

    ontology = load_ontology()
    if not isinstance(above, NamedNode) or any(True for _ in store.quads(None, _BELOW_IS, above)):
        return []
    below = (NamedNode(name) for name in ontology.terms if above.value in ontology.ancestors(name) - {name})
    return [name for name in below if any(True for _ in store.quads(None, _TYPED, name))]


def _literals(store: Store, term: Literal, predicate: Term | None) -> Iterator[Term]:
    """Yield literals of the same or nearly the same text that occur, and the entity of that name."""
    name = predicate if isinstance(predicate, NamedNode) else None
    scanned = islice(store.quads(None, name), MOST_SCANNED)
    stored = {quad.object for quad in scanned if isinstance(quad.object, Literal)}
    stored |= {other for other in _spelt(term.value) if any(True for _ in store.quads(None, name, other))}
    same = [other for other in stored if other.value == term.value and other != term]
    yield from sorted(same, key=str)
    if same:
        return
    folded = _folded(term.value)
    texts = {other.value: other for other in sorted(stored - set(same), key=str, reverse=True)}
    yield from (texts[text] for text in sorted(texts) if _folded(text) == folded and text != term.value)
    with suppress(UsageError):
        yield NamedNode(resolve(store, term.value))
    yield from (
        texts[text] for text in get_close_matches(term.value, sorted(texts), n=2) if text != term.value
    )


def _spelt(text: str) -> Iterator[Literal]:
    """Yield a text under the language tags and datatypes that it may be stored with."""
    yield from (Literal(text, language=language) for language in _LANGUAGES)
    for name, shape in _DATATYPES.items():
        if re.fullmatch(shape, text, re.DOTALL):
            yield Literal(text, datatype=NamedNode(XSD + name))


def _iris(store: Store, term: NamedNode, *, as_predicate: bool) -> Iterator[Term]:
    """Yield IRIs that occur in the same role: a twin in another spelling, then the nearest names."""
    iri = term.value
    scheme = (
        iri.replace("http://", "https://", 1)
        if iri.startswith("http://")
        else iri.replace("https://", "http://", 1)
    )
    twins = [scheme, unquote(iri), quote(iri, safe=":/#?&=%~,;@!$'()*+"), iri.rstrip("/"), iri + "/"]
    for twin in dict.fromkeys(twins):
        if twin != iri and _plays(store, twin, as_predicate):
            yield NamedNode(twin)
    if _plays(store, iri, as_predicate):
        return
    with suppress(UsageError):
        yield NamedNode(resolve(store, unquote(iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :])))
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    spaces = [iri[:cut], scheme[:cut]]
    known = sorted(_names(store, as_predicate))
    near = {other[len(space) :]: other for space in spaces for other in known if other.startswith(space)}
    local = iri[cut:]
    folded = {_folded(name): name for name in sorted(near)}
    matches = get_close_matches(local, sorted(near), n=2) or [
        folded[name] for name in get_close_matches(_folded(local), sorted(folded), n=2)
    ]
    yield from (NamedNode(near[name]) for name in matches)


def _plays(store: Store, iri: str, as_predicate: bool) -> bool:
    """Say whether an IRI occurs as a property, or as anything else."""
    try:
        node = NamedNode(iri)
    except ValueError:
        return False
    places = ((None, node, None),) if as_predicate else ((node, None, None), (None, None, node))
    return any(any(True for _ in store.quads(*place)) for place in places)


def _names(store: Store, as_predicate: bool) -> set[str]:
    """Return IRIs that occur as properties, or as anything else; the engine finds them fastest."""
    where = "?s ?name ?o" if as_predicate else "{ ?name ?p ?o } UNION { ?s ?p ?name }"
    select = f"SELECT DISTINCT ?name {{ {where} FILTER(isIRI(?name)) }} LIMIT {MOST_SCANNED}"
    _, rows = Engine(store, {}).rows(select)
    return {name.value for (name,) in rows if isinstance(name, NamedNode)}


def _other_properties(
    parts: Parts, element: Triples, pattern: Pattern, terms: Mapping[str, Term]
) -> Iterator[Mend]:
    """Yield the properties that link the same subject and object, where both are given."""
    subject, value = terms.get(pattern.subject), terms.get(pattern.object)
    if value is None or isinstance(subject, Literal) or pattern.predicate == _TYPE:
        return
    if subject is None and not isinstance(value, Literal):
        return
    counts: dict[str, int] = {}
    for quad in parts.engine.store.quads(subject, None, value):
        counts[quad.predicate.value] = counts.get(quad.predicate.value, 0) + 1
    for iri in sorted(counts, key=lambda iri: (-counts[iri], iri))[:2]:
        new = Pattern(pattern.subject, f"<{iri}>", pattern.object)
        yield Mend(
            element,
            Triples((new,)),
            f"{shorten(iri, dict(parts.engine.prefixes))} instead of {pattern.predicate}",
        )


def _of_filter(element: Filter) -> Iterator[Mend]:
    expression = element.expression
    for words, text in rewordings(expression.text):
        new = Filter(Expression(text, expression.variables, expression.words, expression.exists))
        yield Mend(element, new, f"{words}: {written(new)}")


def _folded(text: str) -> str:
    from unicodedata import normalize

    return "".join(c for c in normalize("NFKC", text).casefold() if c.isalnum())
