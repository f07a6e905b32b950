"""Triples by property: each property is read once, when it is first asked for, then it is a dictionary.

A store's quads cost a microsecond each to bring into Python, a query an entity a hundred times that. Reading
by property brings in what is drawn and leaves the rest (positions, prefixes of quotes) where it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.store import MemoryStore
from kg.store.protocol import Store, Term

#: An IRI (or a blank node as ``_:x``) is a plain string, a literal keeps its language and datatype.
Value = str | Literal


class Index:
    """Look up the triples of one or several stores by property and subject.

    >>> cao = NamedNode("urn:cao")
    >>> index = Index.read([Triple(cao, NamedNode("urn:in"), NamedNode("urn:heze"))])
    >>> index.one("urn:cao", "urn:in")
    'urn:heze'
    >>> index.all("urn:cao", "urn:near")
    []
    """

    def __init__(self, *stores: Store) -> None:
        self._stores = stores
        self._columns: dict[str, dict[str, list[Value]]] = {}
        self._single: dict[str, dict[str, Value]] = {}
        self._links: dict[str, dict[str, str]] = {}
        self._words: dict[tuple[str, str | None], dict[str, str]] = {}
        self._numbers: dict[str, dict[str, int | float]] = {}

    @classmethod
    def read(cls, triples: Store | Iterable[Quad | Triple]) -> Index:
        """Read a store, or quads or triples from elsewhere."""
        return cls(MemoryStore.of(triples) if isinstance(triples, Iterable) else triples)

    def beside(self, triples: Iterable[Quad | Triple]) -> Index:
        """Return an index of these triples and others."""
        return Index(*self._stores, MemoryStore.of(triples))

    @cached_property
    def properties(self) -> list[str]:
        """Every property in use, sorted."""
        answers = (store.query("SELECT DISTINCT ?n { ?s ?n ?o }", {}) for store in self._stores)
        return sorted({row["n"].value for answer in answers for row in answer})  # type: ignore[union-attr]

    @cached_property
    def classes(self) -> list[str]:
        """Every class that something is said to be of, sorted."""
        return sorted(self._members)

    def members(self, type: str) -> set[str]:
        """Return what is said to be of a class."""
        return self._members.get(type, set())

    @cached_property
    def _members(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, type in self._pairs(_TYPE):
            if isinstance(type, str) and not type.startswith("_:"):
                found[type].add(subject)
        return found

    def column(self, predicate: str) -> dict[str, list[Value]]:
        """Return the objects of a property by subject; a triple in two graphs counts once."""
        found = self._columns.get(predicate)
        if found is None:
            found = self._columns[predicate] = {}
            for subject, value in self._pairs(predicate):
                values = found.setdefault(subject, [])
                if value not in values:
                    values.append(value)
        return found

    def single(self, predicate: str) -> dict[str, Value]:
        """Return one object a subject of a property; the least of them where there are several."""
        found = self._single.get(predicate)
        if found is None:
            pairs = self._pairs(predicate)
            found = dict(pairs)
            if len(found) < len(pairs):
                found = {s: min(values, key=str) for s, values in self.column(predicate).items()}
            self._single[predicate] = found
        return found

    def _pairs(self, predicate: str) -> list[tuple[str, Value]]:
        node = NamedNode(predicate)
        return [
            (
                s.value if type(s := quad.subject) is NamedNode else str(s),
                o.value if type(o := quad.object) is NamedNode else _value(o),
            )
            for store in self._stores
            for quad in store.quads(None, node)
        ]

    def all(self, subject: str, predicate: str) -> list[Value]:
        """Return the objects of a subject's property."""
        return self.column(predicate).get(subject, [])

    def one(self, subject: str, predicate: str) -> Value | None:
        """Return the object of a property; the least of them where there are several."""
        return self.single(predicate).get(subject)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the objects that are no literals, sorted."""
        return sorted(value for value in self.all(subject, predicate) if isinstance(value, str))

    def links(self, predicate: str) -> dict[str, str]:
        """Return one object a subject that is no literal; the least where there are several."""
        found = self._links.get(predicate)
        if found is None:
            of = ((s, [v for v in values if type(v) is str]) for s, values in self.column(predicate).items())
            found = self._links[predicate] = {s: min(values) for s, values in of if values}
        return found

    def words(self, predicate: str, lang: str | None = None) -> dict[str, str]:
        """Return the words of one literal a subject, of the given language if one is named."""
        found = self._words.get((predicate, lang))
        if found is None:
            found = self._words[predicate, lang] = {}
            for subject, values in self.column(predicate).items():
                literals = [v for v in values if type(v) is Literal]
                if lang is not None:
                    literals = [v for v in literals if (v.language or "").split("-")[0] == lang]
                if literals:
                    found[subject] = min(v.value for v in literals)
        return found

    def numbers(self, predicate: str) -> dict[str, int | float]:
        """Return the number a subject that a property gives, where it gives one."""
        found = self._numbers.get(predicate)
        if found is None:
            found = self._numbers[predicate] = {}
            for subject, value in self.single(predicate).items():
                number = python_value(value) if isinstance(value, Literal) else None
                if isinstance(number, int | float) and not isinstance(number, bool):
                    found[subject] = number
        return found

    def iri(self, subject: str, predicate: str) -> str | None:
        """Return the least object that is no literal."""
        return self.links(predicate).get(subject)

    def text(self, subject: str, predicate: str, lang: str | None = None) -> str:
        """Return the words of a literal, of the given language if one is named, or nothing."""
        return self.words(predicate, lang).get(subject, "")

    def number(self, subject: str, predicate: str) -> int | float | None:
        """Return the number that a property gives, or nothing where it gives none."""
        return self.numbers(predicate).get(subject)


def python_value(literal: Literal) -> str | int | float | bool:
    """Return a literal as the Python value that graph formats can write.

    >>> python_value(Literal("16700000000", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")))
    16700000000
    >>> python_value(Literal("曹县", language="zh"))
    '曹县'
    """
    kind = literal.datatype.value.rpartition("#")[2]
    text = literal.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind in {"decimal", "double", "float"}:
            number = float(text)
            # NaN and infinity are no numbers to JSON: their text stays.
            return number if abs(number) < float("inf") else text
    except ValueError:  # an ill-typed literal is still its text
        return text
    return text in {"true", "1"} if kind == "boolean" else text


_INTEGERS = frozenset(
    {"integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "unsignedInt"}
)


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _name(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _value(term: Term) -> Value:
    return term if isinstance(term, Literal) else _name(term)
