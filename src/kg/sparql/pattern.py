"""Triple patterns and property paths.

Terms are their own text: ``?x``, ``id:caoxian-371721``, ``"曹县"@zh``. Blank nodes of a pattern
have become variables, which is what they mean there (SPARQL 1.1, section 4.1.4).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.sparql.kind import distinct


@distinct
class Path(NamedTuple):
    """A property path; ``kind`` is ``iri`` or the sign that makes it: ``^ / | * + ? !``."""

    kind: str
    parts: tuple[Path, ...] = ()
    iri: str = ""

    def __str__(self) -> str:
        if self.kind == "iri":
            return self.iri
        inner = [str(part) for part in self.parts]
        if self.kind in "*+?":
            return f"{inner[0]}{self.kind}" if self.parts[0].kind == "iri" else f"({inner[0]}){self.kind}"
        if self.kind == "^":
            return f"^({inner[0]})" if self.parts[0].kind != "iri" else f"^{inner[0]}"
        if self.kind == "!":
            return f"!({'|'.join(inner)})"
        return f"({self.kind.join(inner)})"


class Pattern(NamedTuple):
    """A triple pattern, and the words it was written in, which make no difference to what it is."""

    subject: str
    predicate: str | Path
    object: str
    written: str = ""

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Pattern) and self[:3] == other[:3]

    def __ne__(self, other: Any) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:3])

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object}"

    @property
    def terms(self) -> tuple[str, ...]:
        """The subject, the predicate unless it is a path, and the object."""
        if isinstance(self.predicate, Path):
            return (self.subject, self.object)
        return (self.subject, self.predicate, self.object)
