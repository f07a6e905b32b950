"""What a folder of facts files holds already: its pages, by their hash, and its entities; read once a run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.facts.lines import parse_yaml
from kg.ingest.entity import Entity, entity_of, read_entities, read_measures
from kg.ingest.factsfile import FactsFile
from kg.ingest.link import Linker
from kg.resources import resource

_CATALOGUE = ("entities.yaml", "references.yaml")
_FACTS = re.compile(r"^facts:", re.MULTILINE)


class Shelf:
    """The pages of a folder of facts files, and one linker that knows all their entities.

    Raises ``FactsError`` where the head of a file is no YAML.
    """

    def __init__(self, folder: Path) -> None:
        self.pages: dict[str, Path] = {}
        known = {e.id: e for e in (*read_entities(folder), *read_measures(resource("ontology/kg.ttl")))}
        for path in sorted(folder.glob("*.yaml")):
            if path.name not in _CATALOGUE:
                head = read_head(path)
                self.pages[str(head.get("sha256"))] = path
                known |= {e.id: e for e in _entities(head)}
        self._linker = Linker(known.values())

    def linker(self) -> Linker:
        """Return the linker for the next page: it knows what the pages before have added."""
        self._linker.new.clear()
        return self._linker

    def put(self, path: Path, digest: str, facts: FactsFile) -> None:
        """Take in a page that was read just now, with the entities of its earlier readings."""
        self.pages = {d: p for d, p in self.pages.items() if p != path} | {digest: path}
        self._linker.know(_entities(_loaded(facts.head, str(path))))


def read_head(path: Path) -> Mapping[str, Any]:
    """Return the fields of a facts file down to ``facts:``, without reading the facts."""
    return _loaded(_FACTS.split(path.read_text(encoding="utf-8"), maxsplit=1)[0], str(path))


def _loaded(head: str, name: str) -> Mapping[str, Any]:
    fields = parse_yaml(head, name)
    return fields if isinstance(fields, dict) else {}


def _entities(head: Mapping[str, Any]) -> list[Entity]:
    return [entity_of(identifier, row) for identifier, row in (head.get("entities") or {}).items()]
