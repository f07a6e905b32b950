"""What may have been meant: for a part of a query that finds nothing, parts that do.

Every suggestion here is a guess until it is tried; `kg.explain.trial` tries it before it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, islice, product

from pyoxigraph import Literal, NamedNode

from kg.explain import near
from kg.explain.filters import of_filter
from kg.explain.parts import Parts
from kg.explain.wording import TYPE, path, short
from kg.namespaces import RDF, RDFS
from kg.query.engine import Engine, Row, inline
from kg.sparql import Data, Element, Filter, Group, Minus, Optional, Path, Pattern, Select, Triples, parse
from kg.sparql.tokens import tokenize
from kg.store.protocol import Store, Term

#: So many terms are tried in place of one.
MOST_TRIED = 4
_TYPED, _BELOW_IS = NamedNode(RDF + "type"), NamedNode(RDFS + "subClassOf")
_BELOW = Path("*", (Path("iri", iri=f"<{RDFS}subClassOf>"),))


@dataclass(frozen=True)
class Mend:
    """A change in words, the part at fault as it is then, and the pattern that it is a part of."""

    words: str
    part: tuple[Element, ...]
    parts: Parts
    #: Whether it asks for something else, and is worth a word only where nothing nearer fits.
    far: bool = False


def mends(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[Mend]:
    """Yield what may have been meant by the elements of an empty part, likeliest first."""
    filters = [element for element in culprit if isinstance(element, Filter)]
    for filtering in filters:
        rest = [element for element in culprit if element is not filtering]
        for words, new in of_filter(parts, filtering, rest):
            yield _swap(parts, culprit, filtering, new, words)
    if filters or any(isinstance(element, Minus) for element in culprit):
        return  # what these remove does match
    yield from _optional_last(parts, culprit)
    for element in culprit:
        if isinstance(element, Data) and element not in parts.hidden:
            yield from _of_data(parts, culprit, element)
    for element in culprit:
        if isinstance(element, Triples):
            for pattern in element.patterns:
                yield from _of_pattern(parts, culprit, element, pattern)


def _swap(parts: Parts, culprit: tuple[Element, ...], old: Element, new: Element, words: str) -> Mend:
    part = tuple(new if element is old else element for element in culprit)
    return Mend(words, part, parts.with_replaced(old, new))


def renamings(engine: Engine, text: str) -> Iterator[tuple[str, str]]:
    """Yield a query with other terms for its IRIs that do not occur, and the change in words."""
    tree = parse(text)
    names = [token for token in tokenize(text)[tree.prologue_length :] if token.kind in ("name", "iri")]
    terms = engine.constants(tree, {token.text for token in names})
    others: dict[str, list[Term]] = {}
    for name in dict.fromkeys(token.text for token in names):
        term = terms[name]
        if isinstance(term, NamedNode) and not near.occurs(engine.store, term):
            found = (
                *near.iris(engine.store, term, as_predicate=True),
                *near.iris(engine.store, term, as_predicate=False),
            )
            if found:
                others[name] = list(dict.fromkeys(found))[:MOST_TRIED]
    for chosen in product(*others.values()) if others else ():
        instead = dict(zip(others, chosen, strict=True))
        words = " and ".join(_instead(engine, new, old) for old, new in instead.items())
        renamed, at = "", 0
        for token in names:
            renamed += text[at : token.start] + str(instead.get(token.text, token.text))
            at = token.end
        yield words, renamed + text[at:]


def _instead(engine: Engine, new: Term, old: str) -> str:
    """Word the change of a term; where both would look the same, write the new one out."""
    said = short(new, engine.prefixes)
    return f"{str(new) if said == old else said} instead of {old}"


def _of_pattern(
    parts: Parts, culprit: tuple[Element, ...], element: Triples, pattern: Pattern
) -> Iterator[Mend]:
    texts = [term for term in pattern.terms if not term.startswith("?")]
    terms = parts.engine.constants(parts.query, texts)
    others = {
        place: list(islice(_meant(parts.engine.store, pattern, place, terms), MOST_TRIED))
        for place in ("subject", "predicate", "object")
    }
    for count in (1, 2, 3):
        for places in combinations(others, count):
            for chosen in product(*(others[place] for place in places)):
                terms_of = {place: str(term) for place, term in zip(places, chosen, strict=True)}
                new = pattern._replace(**terms_of, written="")
                changes = [
                    _instead(parts.engine, term, getattr(pattern, place).replace(TYPE, "a"))
                    for place, term in zip(places, chosen, strict=True)
                ]
                yield _swap(parts, culprit, element, Triples((new,)), " and ".join(changes))
        if count == 1 and isinstance(pattern.predicate, str):
            for words, other in _otherwise(parts, pattern, terms):
                if other in culprit:  # that is asked for already
                    continue
                mend = _swap(parts, culprit, element, other, words)
                if not words and any(term.startswith(parts.query.fresh) for term in pattern.terms):
                    turned = parts.written(part for part in mend.part if isinstance(part, Triples))
                else:
                    turned = parts.written(other)
                yield mend if words else replace(mend, words=f"the other direction: {turned}")
            for property in _other_properties(parts.engine.store, pattern, terms):
                new = Pattern(pattern.subject, str(property), pattern.object)
                words = _instead(parts.engine, property, str(pattern.predicate))
                yield replace(_swap(parts, culprit, element, Triples((new,)), words), far=True)


def _meant(store: Store, pattern: Pattern, place: str, terms: Mapping[str, Term]) -> Iterator[Term]:
    """Yield terms that may have been meant by the one at a place of a pattern."""
    text = getattr(pattern, place)
    if not isinstance(text, str) or text not in terms:
        return
    term = terms[text]
    predicate = terms.get(pattern.predicate) if isinstance(pattern.predicate, str) else None
    if isinstance(term, Literal):
        yield from near.literals(store, term, predicate)
    elif isinstance(term, NamedNode):
        yield from near.iris(store, term, as_predicate=place == "predicate")


def _otherwise(parts: Parts, pattern: Pattern, terms: Mapping[str, Term]) -> Iterator[tuple[str, Element]]:
    """Yield patterns of the same terms: subclasses, the other direction (without words), more steps."""
    store, prefixes = parts.engine.store, parts.engine.prefixes
    verb = pattern.predicate
    if verb == TYPE and not pattern.object.startswith("?"):
        below = Path("/", (Path("iri", iri=TYPE), _BELOW))
        words = f"{pattern.object} or a class below it (rdf:type/rdfs:subClassOf*)"
        yield words, Triples((Pattern(pattern.subject, below, pattern.object),))
        if classes := _classes_below(store, terms[pattern.object]):
            kind = f"{parts.query.fresh}class"
            named = Triples((Pattern(pattern.subject, verb, kind),))
            words = " or ".join(short(name, prefixes) for name in classes)
            data = inline([kind], [(name,) for name in classes])
            yield f"{words} instead of {pattern.object}", Group((data, named))
    if verb == TYPE or not isinstance(verb, str):
        return
    # What has only literals is read backwards only where it cannot be meant as it stands.
    backwards = verb.startswith("?") or _links(parts, verb) or not parts.any([Triples((pattern,))])
    if backwards and not isinstance(terms.get(pattern.object), Literal):
        step = any(term.startswith(parts.query.fresh) for term in pattern.terms)
        source = pattern.written if step else ""  # it stays a step of its path
        yield "", Triples((Pattern(pattern.object, verb, pattern.subject, source),))
    if not verb.startswith("?") and not isinstance(terms.get(pattern.object), Literal):
        steps = Path("+", (Path("iri", iri=verb),))
        many = Triples((Pattern(pattern.subject, steps, pattern.object),))
        yield f"{path(steps)} (any number of steps) instead of {verb}", many


def _links(parts: Parts, verb: str) -> bool:
    """Say whether a property has anything but literals: only then can it be read backwards."""
    names = [f"{parts.query.fresh}{end}" for end in "so"]
    link = Triples((Pattern(names[0], verb, names[1]),))
    [filtering] = parse(f"ASK {{ FILTER(!isLiteral({names[1]})) }}").select.where.elements
    return parts.any([link, filtering])


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


def _other_properties(store: Store, pattern: Pattern, terms: Mapping[str, Term]) -> list[NamedNode]:
    """Return the properties that link the same subject and object, where both are given."""
    subject, value = terms.get(pattern.subject), terms.get(pattern.object)
    if value is None or isinstance(subject, Literal) or pattern.predicate == TYPE:
        return []
    if subject is None and not isinstance(value, Literal):
        return []
    counts: dict[NamedNode, int] = {}
    for quad in islice(store.quads(subject, None, value), near.MOST_SCANNED):
        counts[quad.predicate] = counts.get(quad.predicate, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name.value))[:2]


def _optional_last(parts: Parts, culprit: tuple[Element, ...]) -> Iterator[Mend]:
    """Yield the pattern with its OPTIONAL last: one that comes first is not optional for what follows."""
    first = [element for element in culprit if isinstance(element, Optional)]
    if not first:
        return
    last = [*(e for e in parts.elements if e not in first), *first]
    if last != list(parts.elements):
        words = "OPTIONAL last" if len(first) == 1 else "each OPTIONAL last"
        yield Mend(words, tuple(last), replace(parts, elements=tuple(last)))


def _of_data(parts: Parts, culprit: tuple[Element, ...], data: Data) -> Iterator[Mend]:
    """Yield inline data with other terms for those that do not occur where they are asked for."""
    if len(data.variables) != 1:
        return
    [name] = data.variables
    engine = parts.engine
    _, rows = engine.rows(parts.query.text(Select(None, Group((data,)))))
    values = [term for (term,) in rows if isinstance(term, NamedNode | Literal)]
    if not len(values) == len(rows) <= MOST_TRIED:
        return
    patterns = [p for element in culprit if isinstance(element, Triples) for p in element.patterns]
    for pattern in patterns:
        verb = [pattern.predicate] if pattern.predicate in pattern.terms[1:2] else []
        predicate = next(iter(engine.constants(parts.query, (v for v in verb if v[0] != "?")).values()), None)
        tried: list[list[NamedNode | Literal]] = []
        for term in values:
            meant: Iterator[Term] = iter(())
            if isinstance(term, Literal) and pattern.object == name:
                meant = near.literals(engine.store, term, predicate)
            elif isinstance(term, NamedNode) and name in pattern.terms:
                meant = near.iris(engine.store, term, as_predicate=pattern.predicate == name)
            others = (other for other in meant if isinstance(other, NamedNode | Literal))
            tried.append([*islice(others, MOST_TRIED), term])
        for chosen in product(*tried):
            changed = [(new, old) for new, old in zip(chosen, values, strict=True) if new != old]
            if changed:
                words = (_instead(engine, new, short(old, engine.prefixes)) for new, old in changed)
                row: list[Row] = [(term,) for term in chosen]
                new = inline([name], row)
                yield _swap(parts, culprit, data, new, " and ".join(words))
