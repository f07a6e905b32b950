"""Triples by subject: one pass over a store or an answer, then look-ups.

Reading all triples once costs about a microsecond a triple; one query an entity costs a hundred times that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

#: An IRI (or a blank node as ``_:x``) is a plain string, a literal keeps its language and datatype.
Value = str | Literal


class Index:
    """Hold triples as subject -> predicate -> objects.

    >>> cao = NamedNode("urn:cao")
    >>> index = Index.read([Triple(cao, NamedNode("urn:in"), NamedNode("urn:heze"))])
    >>> index.one("urn:cao", "urn:in")
    'urn:heze'
    >>> index.all("urn:cao", "urn:near")
    []
    """

    def __init__(self) -> None:
        self.subjects: dict[str, dict[str, list[Value]]] = {}

    @classmethod
    def read(cls, triples: Iterable[Quad | Triple]) -> Index:
        """Read quads of any graph, or triples; a triple in two graphs counts once."""
        index = cls()
        subjects = index.subjects
        for subject, predicate, object, *_ in triples:
            properties = subjects.setdefault(_name(subject), {})
            values = properties.setdefault(predicate.value, [])
            value = object if isinstance(object, Literal) else _name(object)
            if value not in values:
                values.append(value)
        return index

    def all(self, subject: str, predicate: str) -> list[Value]:
        """Return the objects of a subject's property."""
        return self.subjects.get(subject, {}).get(predicate, [])

    def one(self, subject: str, predicate: str) -> Value | None:
        """Return the object of a property; the least of them where there are several."""
        return min(self.all(subject, predicate), key=str, default=None)

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return the objects that are no literals, sorted."""
        return sorted(value for value in self.all(subject, predicate) if isinstance(value, str))

    def iri(self, subject: str, predicate: str) -> str | None:
        """Return the least object that is no literal."""
        return next(iter(self.iris(subject, predicate)), None)

    def text(self, subject: str, predicate: str, lang: str | None = None) -> str:
        """Return the words of a literal, of the given language if one is named, or nothing."""
        found = [v for v in self.all(subject, predicate) if isinstance(v, Literal)]
        if lang is not None:
            found = [v for v in found if (v.language or "").split("-")[0] == lang]
        return min((v.value for v in found), default="")

    def number(self, subject: str, predicate: str) -> int | float | None:
        """Return the number that a property gives, or nothing where it gives none."""
        found = self.one(subject, predicate)
        number = python_value(found) if isinstance(found, Literal) else None
        return number if isinstance(number, int | float) and not isinstance(number, bool) else None

    def statements(self) -> Iterator[tuple[str, str, Value]]:
        """Yield every triple, sorted by subject and predicate."""
        for subject in sorted(self.subjects):
            for predicate in sorted(self.subjects[subject]):
                for value in sorted(self.subjects[subject][predicate], key=str):
                    yield subject, predicate, value


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


def _name(term: NamedNode | BlankNode | Triple) -> str:
    if isinstance(term, NamedNode):
        return term.value
    return str(term)
