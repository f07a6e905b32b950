"""What the parts of a query are made of: named tuples, each of which equals its own kind only.

A frozen dataclass with slots takes half a millisecond to define, a named tuple a sixth of that; a query
has seventeen kinds of parts, and each `kg query --cite` defines them anew.
"""

from __future__ import annotations

from typing import TypeVar

Part = TypeVar("Part", bound=tuple)  # type: ignore[type-arg]


def distinct(cls: type[Part]) -> type[Part]:
    """Keep a kind of tuple apart from others that hold the same.

    >>> from kg.sparql import Group, Minus, Optional
    >>> Optional(Group(())) == Minus(Group(())), Minus(Group(())) == Minus(Group(()))
    (False, True)
    """

    def same(self: Part, other: object) -> bool:
        return type(other) is cls and tuple.__eq__(self, other)

    def differs(self: Part, other: object) -> bool:
        return not same(self, other)

    cls.__eq__, cls.__ne__, cls.__hash__ = same, differs, tuple.__hash__  # type: ignore[assignment, method-assign]
    return cls
