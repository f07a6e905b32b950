"""What can go wrong, as one tree.

::

    KgError                       exit code 1, never raised itself
    ├── UsageError                2  the call is wrong: a name, an option, a parameter
    │   ├── UnknownName              no such query, parameter, entity …; carries near names
    │   └── AmbiguousName            several things bear the name; carries the candidates
    ├── QueryError                3  the SPARQL is wrong, or asks for what is refused
    ├── DataError                 4  a file or the graph in it is wrong or missing
    │   ├── FactsError               a line of a facts file cannot stand
    │   └── SourceError              the source text is not the one the graph was made from
    ├── EndpointError             5  a remote endpoint failed
    └── QueryTimeout            124  time ran out

Every error has one sentence that says what is wrong (``message``) and one that says what to do
(``hint``). The command line alone turns them into exit codes.
"""

from __future__ import annotations

from collections.abc import Sequence


class KgError(Exception):
    """Say what is wrong, and what to do.

    >>> str(KgError("no file a.ttl", hint="give an existing file"))
    'no file a.ttl; give an existing file'
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageError(KgError):
    """The call is wrong."""

    exit_code = 2


class UnknownName(UsageError):
    """Nothing bears the name; ``near`` holds the ones that almost do."""

    def __init__(self, message: str, *, near: Sequence[str] = (), hint: str = "") -> None:
        if near and not hint:
            hint = "did you mean " + " or ".join(near) + "?"
        super().__init__(message, hint=hint)
        self.near = tuple(near)


class AmbiguousName(UsageError):
    """Several things bear the name; ``candidates`` holds them."""

    def __init__(self, message: str, *, candidates: Sequence[str]) -> None:
        super().__init__(message, hint="choose one of " + ", ".join(candidates))
        self.candidates = tuple(candidates)


class QueryError(KgError):
    """The query is wrong; ``line`` and ``column`` count from 1 where known, ``excerpt`` is that line."""

    exit_code = 3

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        line: int | None = None,
        column: int | None = None,
        excerpt: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.line = line
        self.column = column
        self.excerpt = excerpt


class DataError(KgError):
    """A file, or the graph in it, is wrong or missing."""

    exit_code = 4


class FactsError(DataError):
    """A line of a facts file cannot stand."""


class SourceError(DataError):
    """The source text is not the one the graph was made from, or is not at hand."""


class EndpointError(KgError):
    """A remote endpoint failed."""

    exit_code = 5


class QueryTimeout(KgError):
    """The query took longer than it was given."""

    exit_code = 124
