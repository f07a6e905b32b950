"""Newspaper pages as a knowledge graph that you can query, cite and see.

>>> import kg
>>> kg.open                                             # doctest: +ELLIPSIS
<function open at ...>
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.dataset import Dataset, open
    from kg.errors import (
        AmbiguousName,
        DataError,
        EndpointError,
        FactsError,
        KgError,
        QueryError,
        QueryTimeout,
        SourceError,
        UnknownName,
        UsageError,
    )
    from kg.query.results import Results

__all__ = [
    "AmbiguousName",
    "DataError",
    "Dataset",
    "EndpointError",
    "FactsError",
    "KgError",
    "QueryError",
    "QueryTimeout",
    "Results",
    "SourceError",
    "UnknownName",
    "UsageError",
    "open",
]

_HOMES = {"Dataset": "kg.dataset", "open": "kg.dataset", "Results": "kg.query.results"}


def __getattr__(name: str) -> Any:
    """Import what is asked for, when it is asked for: ``import kg`` costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "kg.errors")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
