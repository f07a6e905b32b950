"""What pyoxigraph raises while it evaluates, as an error of ours."""

from __future__ import annotations

from kg.errors import DataError, EndpointError, KgError, QueryError


def failure(error: Exception) -> KgError:
    """Translate an exception of pyoxigraph.

    >>> print(failure(OSError("connection refused")))
    a SERVICE did not answer: connection refused; check the address, or use SERVICE SILENT
    """
    if str(error).startswith(("Corruption", "IO error")):  # as RocksDB words it
        return DataError(
            f"the store cannot be read: {' '.join(str(error).split())}",
            hint="load it anew, or take its backup; for a cached file: kg cache --clear",
        )
    if isinstance(error, OSError):
        return EndpointError(
            f"a SERVICE did not answer: {error}", hint="check the address, or use SERVICE SILENT"
        )
    return QueryError(
        f"the query cannot be evaluated: {error}", hint="take out what the engine does not offer"
    )
