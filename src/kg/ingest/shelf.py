"""What a folder of facts files holds already: its pages, by their hash, and its entities; read once a run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import FactsError
from kg.facts.lines import parse_yaml
from kg.ingest.entity import Entity, entity_of, read_entities, read_measures
from kg.ingest.factsfile import FactsFile
from kg.ingest.link import Linker
from kg.ingest.proposal import Name
from kg.ingest.propose import Publication, sha256
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


def check_source(existing: FactsFile, publication: Publication, linker: Linker) -> None:
    """Raise ``FactsError`` where an existing file is of another page: its id, its newspaper or its day."""
    said = {
        name: match[1] if (match := re.search(rf"(?m)^{name}: (\S+)", existing.head)) else ""
        for name in ("source", "newspaper", "date")
    }
    newspaper = linker.link(Name(publication.newspaper, "kg:Newspaper")).id
    if said["source"] != publication.source:
        other = f"{said['source'] or 'no source'}, not of {publication.source}"
    elif said["newspaper"] not in ("", newspaper):
        other = f"{publication.source} of {said['newspaper']}, not of {publication.newspaper}"
    elif not publication.date.isoformat().startswith(said["date"]):
        other = f"{publication.source} of {said['date']}, not of {publication.date.isoformat()}"
    else:
        return
    raise FactsError(f"the facts file is of {other}", hint="give the page another --source")


def same_source(existing: FactsFile, text: str) -> bool:
    """Tell whether a facts file was made from this very text."""
    found = re.search(r"(?m)^sha256: ([0-9a-f]{64})", existing.head)
    return found is not None and found[1] == sha256(text)
