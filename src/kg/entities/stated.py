"""Whether a fact is stated. What is not stated is not false: a newspaper page says little."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kg.entities.cells import EVIDENCE, row
from kg.entities.describe import Fact, Figure, describe
from kg.entities.names import label, resolve
from kg.errors import UnknownName, UsageError
from kg.evidence import Evidence, EvidenceIndex
from kg.namespaces import KG, RDF, SCHEMA
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.store.protocol import Store

#: Properties that hold from the first to the last of a chain.
TRANSITIVE = frozenset({SCHEMA + "containedInPlace"})


@dataclass(frozen=True)
class Statement:
    """An answer to "is it stated?": ``verdict`` is ``stated``, ``stated otherwise`` or ``not stated``.

    ``found`` holds what the graph does state of the subject and the property, in words, with its evidence.
    """

    verdict: str
    subject: str
    relation: str
    object: str
    found: tuple[tuple[str, tuple[Evidence, ...]], ...]

    @property
    def sentence(self) -> str:
        """The answer in a sentence."""
        asked = f"{self.subject} {self.relation} {self.object}".strip()
        if self.verdict == "stated":
            return f"stated: {asked}"
        if self.verdict == "stated otherwise":
            about = f"{self.subject} {self.relation}"
            return f"stated otherwise: of {about} the graph does not say {self.object}, but:"
        return f"not stated: the graph does not say {asked}; that does not make it false"


def stated(store: Store, subject: str, relation: str, object: str = "", *, lang: str = "zh") -> Statement:
    """Say whether a subject has a property, or a measure, with a value, by their names.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('''@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...     <urn:cao> rdfs:label "曹县"@zh ; <urn:in> <urn:heze> . <urn:heze> rdfs:label "菏泽"@zh .
    ...     <urn:liaocheng> rdfs:label "聊城"@zh .''')
    >>> for place in ("菏泽", "聊城"):
    ...     print(stated(store, "曹县", "<urn:in>", place).verdict)
    stated
    stated otherwise
    >>> stated(store, "菏泽", "<urn:in>").verdict
    'not stated'

    Raises ``UnknownName`` and ``AmbiguousName`` for names.
    """
    prefixes = known_prefixes(store)
    about = resolve(store, subject, prefixes=prefixes)
    name = _property(store, relation)
    description = describe(store, about, lang=lang)
    facts = [fact for fact in description.facts if fact.triple.predicate.value == name and not fact.inward]
    figures = [figure for figure in description.figures if getattr(figure.measure, "value", "") == name]
    found = [(_words(store, fact, lang), fact.evidence, _values(fact)) for fact in facts]
    asked = _number(object)
    for each in figures:
        values = {each.verbatim, each.value.value, *([object] if _gives(each, *asked) else [])}
        found.append((_figure(each), each.evidence, values))
    if name == RDF + "type":
        found += [(kind, (), {kind}) for kind in description.types]
    far = _beyond(store, about, name, lang) if object and name in TRANSITIVE else []
    matching = [each for each in (*found, *far) if _matches(store, object, each[2])] if object else found
    if object and facts and not matching and all(isinstance(fact.other, NamedNode) for fact in facts):
        resolve(store, object, prefixes=prefixes)  # a name of nothing is a slip, and no other statement
    verdict = "stated" if matching else "stated otherwise" if found else "not stated"
    return Statement(
        verdict,
        description.label,
        label(store, name, lang),
        _shown(store, object, lang),
        tuple((words, evidence) for words, evidence, _ in matching or found),
    )


def listing(store: Store, answer: Statement) -> Listing:
    """Return an answer as rows: what was asked, the verdict, and each thing found with its words."""
    columns = ("verdict", "subject", "property", "object", "found", *EVIDENCE)
    asked = {
        "verdict": answer.verdict,
        "subject": answer.subject,
        "property": answer.relation,
        "object": answer.object,
    }
    rows = [
        row(columns, words, {**asked, "found": found})
        for found, evidence in answer.found or (("", ()),)
        for words in evidence or (None,)
    ]
    return Listing(columns, rows, store, known_prefixes(store))


def _beyond(
    store: Store, about: str, name: str, lang: str
) -> list[tuple[str, tuple[Evidence, ...], set[str]]]:
    """Return what a transitive property reaches in two and more steps, told step by step."""
    index = EvidenceIndex(store, lang)
    found: list[tuple[str, tuple[Evidence, ...], set[str]]] = []
    seen = {NamedNode(about)}
    steps: list[tuple[NamedNode, str, tuple[Evidence, ...]]] = [
        (NamedNode(about), label(store, about, lang), ())
    ]
    while steps:
        following: list[tuple[NamedNode, str, tuple[Evidence, ...]]] = []
        for node, told, evidence in steps:
            for quad in store.quads(node, NamedNode(name)):
                if not isinstance(quad.object, NamedNode) or quad.object in seen:
                    continue
                seen.add(quad.object)
                words = f"{told} > {label(store, quad.object.value, lang)}"
                pieces = [p for statement in index.statements(quad.triple) for p in index.of(statement)]
                following.append((quad.object, words, (*evidence, *pieces)))
        found += [
            (words, pieces, {node.value}) for node, words, pieces in following if words.count(" > ") > 1
        ]
        steps = following
    return found


def _property(store: Store, name: str) -> str:
    """Resolve the name of a property or measure, those of the graph before other things of the name."""
    prefixes = known_prefixes(store)
    for namespace in (SCHEMA, KG):
        node = NamedNode(namespace + name) if name.isidentifier() and name.isascii() else None
        if node is not None and any(True for _ in store.quads(None, node)):
            return node.value
    try:
        return resolve(store, name, prefixes=prefixes)
    except UnknownName:
        iri = name[1:-1] if name.startswith("<") else name
        prefix, colon, local = iri.partition(":")
        iri = prefixes[prefix] + local if colon and prefix in prefixes else iri
        if ":" in iri and any(True for _ in store.quads(None, NamedNode(iri))):
            return iri
        raise


def _values(fact: Fact) -> set[str]:
    return {fact.other.value} if isinstance(fact.other, NamedNode | Literal) else set()


def _matches(store: Store, wanted: str, values: Iterable[str]) -> bool:
    values = set(values)
    if wanted in values:
        return True
    try:
        return resolve(store, wanted, prefixes=known_prefixes(store)) in values
    except UsageError:
        return False


def _number(text: str) -> tuple[Decimal | None, set[str]]:
    """Return the number that a text gives, as digits or as a page words it (``167亿元``), and its unit."""
    from kg.figures import read_figures

    read = [figure for figure in read_figures(text) if len(figure.verbatim) == len(text)]
    if read:
        return read[0].value, {read[0].unit_code, read[0].unit_text or ""}
    with suppress(ArithmeticError):
        return Decimal(text.replace(",", "")), set()
    return None, set()


def _gives(figure: Figure, number: Decimal | None, units: set[str]) -> bool:
    """Say whether a figure has a number, in a unit if one is given."""
    with suppress(ArithmeticError):
        return Decimal(figure.value.value) == number and (not units or figure.unit in units)
    return False


def _shown(store: Store, name: str, lang: str) -> str:
    try:
        return label(store, resolve(store, name, prefixes=known_prefixes(store)), lang) if name else ""
    except UsageError:
        return name


def _words(store: Store, fact: Fact, lang: str) -> str:
    return label(store, fact.other.value, lang) if isinstance(fact.other, NamedNode) else str(fact.other)


def _figure(figure: Figure) -> str:
    value = figure.verbatim or f"{figure.value.value} {figure.unit}".strip()
    return f"{value} ({figure.period})" if figure.period else value
