"""What reads proposals off a page: a small protocol, and a group of entry points to add one."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import entry_points
from typing import Protocol

from kg.errors import UnknownName
from kg.ingest.proposal import Proposal

GROUP = "kg.extractors"
# The shipped ones are entry points too; a checkout that is not installed has none.
_SHIPPED = {
    "rules": "kg.ingest.rules:RulesExtractor",
    "llm": "kg.ingest.llm:ChatExtractor",
    "jieba": "kg.ingest.tagger:JiebaExtractor",
}


@dataclass(frozen=True)
class Page:
    """What an extractor is given: the raw text and the page's date."""

    text: str
    reference: date | None = None


@dataclass(frozen=True)
class Extraction:
    """What an extractor found; ``dropped`` counts what it could not stand for, by reason."""

    proposals: tuple[Proposal, ...]
    dropped: Counter[str] = field(default_factory=Counter)


class Extractor(Protocol):
    """Reads proposals off a page; each quote must stand in the raw text."""

    def extract(self, page: Page) -> Extraction:
        """Return the proposals of a page, in order of their quotes."""
        ...


def load_extractor(name: str) -> Callable[..., Extractor]:
    """Return the class of an extractor, shipped or installed under the entry points ``kg.extractors``.

    >>> load_extractor("rules").__name__
    'RulesExtractor'

    Raises ``UnknownName`` when there is none of that name.
    """
    installed = {point.name: point for point in entry_points(group=GROUP)}
    if name in _SHIPPED:
        module, _, attribute = _SHIPPED[name].partition(":")
        shipped: Callable[..., Extractor] = getattr(importlib.import_module(module), attribute)
        return shipped
    if name in installed:
        loaded: Callable[..., Extractor] = installed[name].load()
        return loaded
    raise UnknownName(f"no extractor {name!r}", near=sorted({*_SHIPPED, *installed}))
