"""Deterministic ids: the same content has the same IRI, in every build and on every machine."""

from __future__ import annotations

import hashlib
import re

from kg.namespaces import ID, SOURCE

#: A local name of ours: lower-case words and numbers joined by hyphens.
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def content_id(kind: str, *parts: str) -> str:
    """Return the IRI of a node that is what its parts say, such as a statement or an observation.

    >>> content_id("st", "a", "b", "c")
    'https://kg.example/id/st-e0dee694aed2'
    >>> content_id("st", "a", "bc") == content_id("st", "ab", "c")
    False
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()
    return f"{ID}{kind}-{digest[:12]}"


def source_iri(source: str) -> str:
    """Return the IRI of a source text or a reference work.

    >>> source_iri("jingji-daobao-2021-06")
    'https://kg.example/source/jingji-daobao-2021-06'
    """
    return SOURCE + source


def span_iri(source: str, start: int, end: int) -> str:
    """Return the IRI of a span of a source (RFC 5147: code points, end exclusive).

    >>> span_iri("jingji-daobao-2021-06", 3308, 3318)
    'https://kg.example/source/jingji-daobao-2021-06#char=3308,3318'
    """
    return f"{SOURCE}{source}#char={start},{end}"
