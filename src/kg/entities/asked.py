"""An object as a person writes it, and whether a term or a figure of the graph is meant by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.entities.describe import Figure
from kg.entities.names import bearers
from kg.entities.search import folded
from kg.namespaces import KG, XSD
from kg.query.run import known_prefixes
from kg.query.terms import is_number
from kg.store.protocol import Store, Term

#: The code of a count, which need not be written.
COUNT = "C62"


@dataclass(frozen=True)
class Amount:
    """A number as it is worded: its bounds, what qualifies it (``moreThan``), its unit's word and code."""

    value: Decimal | None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    qualifier: str = ""
    unit: str = ""
    code: str = ""

    @property
    def span(self) -> tuple[Decimal | None, Decimal | None]:
        """The number twice, the one bound that there is, or the two of a range."""
        if self.value is not None:
            return self.value, self.value
        first = self.maximum if self.minimum is None else self.minimum
        return first, first if self.maximum is None else self.maximum

    @property
    def bare(self) -> bool:
        """Whether it is a number and no more."""
        return not (self.qualifier or self.unit or self.code)


@dataclass(frozen=True)
class Asked:
    """An object: what it names, its text as it is compared, the number that it gives."""

    iris: tuple[str, ...]
    text: str
    amount: Amount | None
    #: Where it is written as SPARQL writes a literal with a language or a datatype.
    literal: Literal | None = None

    @classmethod
    def of(cls, store: Store, text: str) -> Asked:
        """Read an object by the names of a store.

        >>> from kg.store import MemoryStore
        >>> asked = Asked.of(MemoryStore.parse(""), "不到167亿元").amount
        >>> str(asked.value), asked.qualifier, asked.unit
        ('16700000000', 'justUnder', '元')
        """
        names = bearers(store, text, prefixes=known_prefixes(store)) if text else []
        literal = _literal(text, known_prefixes(store))
        if literal and literal.datatype.value == XSD + "string":  # quoted, and no more: its text is meant
            text, literal = literal.value, None
        return cls(tuple(names), folded(text), _amount(text), literal)

    def is_term(self, term: Term | None, words: str) -> bool:
        """Say whether a term is meant; ``words`` is how people read it."""
        if not self.text:
            return False
        if isinstance(term, NamedNode):
            return term.value in self.iris or folded(words.rpartition(" > ")[2]) == self.text
        if self.literal:
            return term == self.literal
        if isinstance(term, Literal) and is_number(term) and self.amount and self.amount.bare:
            with suppress(ArithmeticError):
                return Decimal(term.value) == self.amount.value
        return folded(words) == self.text

    def is_figure(self, figure: Figure) -> bool:
        """Say whether a figure is meant, by its words or by its number.

        A qualifier and a unit must be those of the figure where they are given: who asks for less than a
        number is not answered by more than it.
        """
        words = figure.verbatim or ("" if figure.bounded else figure.value.value)
        if self.text and self.text == folded(words):
            return True
        asked = self.amount
        if asked is None or asked.span != _number(figure).span or None in asked.span:
            return False
        qualified = figure.qualified.removeprefix(KG)
        if asked.qualifier != qualified and (asked.qualifier or figure.bounded):
            return False  # who is among the first ten is not said to be the tenth
        if asked.unit or asked.code:
            # Of two words for the unit the words decide: a percent is no percentage point.
            alike = (figure.unit or COUNT) in (asked.unit, asked.code)
            return alike or (not asked.unit and figure.unit_code == asked.code)
        return True


def _literal(text: str, prefixes: Mapping[str, str]) -> Literal | None:
    if not text.startswith(('"', "'")):
        return None
    names = "".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in prefixes.items())
    try:
        # The parser writes language tags in small letters, here as in the graph.
        [quad] = parse(f"{names} <urn:s> <urn:p> {text} .", RdfFormat.TURTLE)
    except (SyntaxError, ValueError):
        return None
    return quad.object if isinstance(quad.object, Literal) else None


def _number(figure: Figure) -> Amount:
    low, high = (_decimal(bound.value) if bound else None for bound in (figure.minimum, figure.maximum))
    return Amount(None if figure.bounded else _decimal(figure.value.value), low, high)


def _amount(text: str) -> Amount | None:
    """Return the number that a text gives, as digits or as a page words it (``167亿元``, ``约151``)."""
    number = _decimal(text.replace(",", ""))
    if number is not None:
        return Amount(number)
    # A page's number has a unit; one that is asked for need not: 约151 is read as 约151个.
    counted = re.sub(r"[0-9](?!.*[0-9])", r"\g<0>个", text)
    if found := _read(text):
        return found
    if found := _read(counted):
        return Amount(found.value, found.minimum, found.maximum, found.qualifier)
    rest, _, unit = text.rpartition(" ")
    found = _amount(rest) if rest else None
    if found and not (found.unit or found.code):
        return Amount(found.value, found.minimum, found.maximum, found.qualifier, code=unit)
    return None


def _read(text: str) -> Amount | None:
    from kg.figures import read_figures

    for figure in read_figures(text):
        if len(figure.verbatim) == len(text):
            unit = figure.unit_text or ""
            code = figure.unit_code if unit else ""
            return Amount(figure.value, figure.minimum, figure.maximum, figure.qualifier or "", unit, code)
    return None


def _decimal(text: str) -> Decimal | None:
    with suppress(ArithmeticError):
        number = Decimal(text)
        return number if number.is_finite() else None
    return None
