"""The query library: ``queries/*.rq``, each a question that documents itself and runs as it stands."""

from __future__ import annotations

import os

from kg.errors import UnknownName
from kg.resources import locate


def names() -> list[str]:
    """Return the names of all queries, sorted."""
    return sorted(file.removesuffix(".rq") for file in os.listdir(locate("queries")) if file.endswith(".rq"))


def text(name: str) -> str:
    """Return the SPARQL text of a named query.

    Raises ``UnknownName`` with the near names.
    """
    known = names()
    if name not in known:  # so a name cannot lead out of the folder
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3, cutoff=0.5)
        hint = "" if near else "kg queries lists them"
        if os.path.isfile(name):
            hint = f"for a file write --query-file {name}"
        raise UnknownName(f"no query named {name!r}", near=near, hint=hint)
    with open(os.path.join(locate("queries"), f"{name}.rq"), encoding="utf-8") as file:
        return file.read()
