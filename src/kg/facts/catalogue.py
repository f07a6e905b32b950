"""The catalogue: who and what the pages name, and the places with their codes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FactsError
from kg.facts.lines import Located, read_yaml
from kg.identifiers import SLUG
from kg.namespaces import KG, expand

_KEYS = {"type", "zh", "en", "official", "alias", "match"}


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that the pages name. The last four are known of places alone."""

    id: str
    type: str
    zh: str
    en: str
    official: str = ""
    aliases: tuple[str, ...] = ()
    match: str = ""
    gb2260: str = ""
    latitude: str = ""
    longitude: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source of background facts."""

    id: str
    zh: str
    en: str
    note: str


@dataclass(frozen=True)
class Catalogue:
    """All entities and references by id."""

    entities: dict[str, Entity]
    references: dict[str, Reference]


def read_catalogue(folder: Path) -> Catalogue:
    """Read ``entities.yaml``, ``places.csv`` and ``references.yaml`` of a folder.

    Raises ``FactsError`` naming file and line for an entity that is not well formed or stands twice.
    """
    entities: dict[str, Entity] = {}
    for place in _places(folder / "places.csv"):
        entities[place.id] = place
    path = folder / "entities.yaml"
    document = read_yaml(path)
    for name, entry in document.items():
        if name in entities:
            raise FactsError(f"{path}: {name} is also in places.csv", hint="keep one of them")
        entities[name] = _entity(path, name, entry)
    for entity in entities.values():
        if entity.within and entity.within not in entities:
            raise FactsError(f"{entity.id} lies within {entity.within}, which is not known", hint="add it")
    references = {
        name: Reference(name, entry["zh"], entry["en"], entry["note"])
        for name, entry in read_yaml(folder / "references.yaml").items()
    }
    return Catalogue(entities, references)


def class_iri(name: str) -> str:
    """Return the IRI of a class as the catalogue writes it: a bare name is one of ours.

    >>> class_iri("County"), class_iri("schema:Event")
    ('https://kg.example/ontology#County', 'https://schema.org/Event')
    """
    return expand(name) if ":" in name else KG + name


def _entity(path: Path, name: str, entry: object) -> Entity:
    where = f"{path}:{entry.line}" if isinstance(entry, Located) else str(path)
    if not SLUG.match(name):
        raise FactsError(f"{where}: {name!r} is no id", hint="use lower-case letters, digits and hyphens")
    if not isinstance(entry, Located):
        raise FactsError(f"{where}: {name} needs type, zh and en", hint="write name: {type: …, zh: …, en: …}")
    if unknown := set(entry) - _KEYS:
        raise FactsError(
            f"{where}: {name} has {', '.join(sorted(unknown))}", hint=f"use {', '.join(sorted(_KEYS))}"
        )
    if missing := {"type", "zh", "en"} - set(entry):
        raise FactsError(f"{where}: {name} lacks {', '.join(sorted(missing))}", hint="give type, zh and en")
    alias = entry.get("alias", ())
    aliases = (alias,) if isinstance(alias, str) else tuple(alias)
    return Entity(
        name,
        entry["type"],
        entry["zh"],
        entry["en"],
        entry.get("official", ""),
        aliases,
        entry.get("match", ""),
    )


def _places(path: Path) -> list[Entity]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [
                Entity(
                    row["id"],
                    row["type"],
                    row["zh"],
                    row["en"],
                    row["official"],
                    (row["alias"],) if row["alias"] else (),
                    row["wikidata"],
                    row["gb2260"],
                    row["latitude"],
                    row["longitude"],
                    row["within"],
                )
                for row in csv.DictReader(file)
            ]
    except OSError as error:
        raise FactsError(f"cannot read {path}: {error.strerror}", hint="give an existing folder") from error
    except KeyError as error:
        raise FactsError(f"{path} lacks the column {error}", hint="keep the header line") from error
