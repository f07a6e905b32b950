"""Names linked to entities: known ones by label, alias or code, new ones with an id of their own.

What may be two entities is not guessed: the link carries the candidates, and the reviewer is asked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import FactsError
from kg.ingest.gazetteer import divisions
from kg.ingest.proposal import Name

_PLACES = ("kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town")


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity by its id, class, label and other names."""

    id: str
    type: str
    zh: str
    names: frozenset[str] = frozenset()
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The id that a name stands for; ``ask`` holds the candidates where it may be several."""

    id: str
    ask: tuple[str, ...] = ()


@dataclass
class Linker:
    """Links the names of one page; ``new`` are the entities that it had to add."""

    known: Iterable[Entity] = ()
    new: dict[str, Entity] = field(default_factory=dict)
    _by_name: dict[str, list[Entity]] = field(default_factory=dict)
    _by_code: dict[str, Entity] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entity in self.known:
            self._index(entity)

    def _index(self, entity: Entity) -> None:
        for name in sorted({entity.zh, *entity.names}):
            self._by_name.setdefault(_folded(name), []).append(entity)
        if entity.code:
            self._by_code[entity.code] = entity

    def link(self, name: Name) -> Link:
        """Return what a name stands for, adding an entity when nothing bears it.

        >>> linker = Linker([Entity("alibaba-group", "kg:Company", "阿里巴巴集团", frozenset({"阿里巴巴"}))])
        >>> linker.link(Name("阿里巴巴", "kg:Company")).id, linker.link(Name("曹县", "kg:County", ("371721",))).id
        ('alibaba-group', 'caoxian-371721')
        """
        if name.type in _PLACES and name.candidates:
            ids = tuple(self._place(code) for code in name.candidates)
            return Link(ids[0]) if len(ids) == 1 else Link("ask-" + slug(name.text), ids)
        bearers = self._by_name.get(_folded(name.text), [])
        same = [e for e in bearers if e.type == name.type] or bearers
        if len(same) == 1:
            return Link(same[0].id)
        if same:
            return Link("ask-" + slug(name.text), tuple(e.id for e in same))
        return Link(self._longer(name) or self._add(name))

    def measure(self, words: str, *, rank: bool = False) -> str:
        """Return the measure that words of the page name, or a new one."""
        kind = "kg:RankMeasure" if rank else "kg:Measure"
        for form in (words, words.removesuffix("量"), words.replace("总额", "额"), words.removesuffix("数量"), words + "数量"):
            known = [e for e in self._by_name.get(_folded(form), []) if e.type == kind]
            if known:
                return known[0].id
        return self._add(Name(words, kind), prefix="measure-")

    def post(self, title: str, at: str) -> str:
        """Return the post of a title at a body or place."""
        name = f"post-{at}-{slug(title)}"
        if name not in self.new:
            self.new[name] = Entity(name, "org:Post", title)
        return name

    def _place(self, code: str) -> str:
        if code not in self._by_code:
            division = divisions()[code]
            entity = Entity(
                f"{slug(division.short or division.name, joined=True)}-{code}", division.type, division.name,
                frozenset({division.short} if division.short else ()), code,
            )  # fmt: skip
            self.new[entity.id] = entity
            self._index(entity)
        return self._by_code[code].id

    def _longer(self, name: Name) -> str | None:
        """Return the one entity of this type whose name ends or starts with these words (齐鲁论坛 of 2021齐鲁论坛)."""
        if name.type not in ("schema:Event", "kg:Company", "schema:Report") or len(name.text) < 4:
            return None
        longer = {
            e.id
            for label, bearers in self._by_name.items()
            for e in bearers
            if e.type == name.type and (label.endswith(_folded(name.text)) or label.startswith(_folded(name.text)))
        }
        return longer.pop() if len(longer) == 1 else None

    def _add(self, name: Name, prefix: str = "") -> str:
        person = name.type in ("kg:Official", "kg:Executive", "kg:Expert", "kg:Journalist", "schema:Person")
        base = prefix + (person_slug(name.text) if person else slug(name.text))
        taken, identifier, n = self._ids(), base, 2
        while identifier in taken:
            identifier, n = f"{base}-{n}", n + 1
        entity = Entity(identifier, name.type, name.text)
        self.new[identifier] = entity
        self._index(entity)
        return identifier

    def _ids(self) -> set[str]:
        return {e.id for bearers in self._by_name.values() for e in bearers} | set(self.new)


def _folded(name: str) -> str:
    return name.translate(str.maketrans("（）", "()")).strip("《》“”「」")


def slug(words: str, *, joined: bool = False) -> str:
    """Return words in pinyin, as an id.

    >>> slug("橘汁深加工项目"), slug("曹县", joined=True)
    ('ju-zhi-shen-jia-gong-xiang-mu', 'caoxian')
    """
    from pypinyin import lazy_pinyin

    parts = lazy_pinyin(words, errors=lambda text: re.sub(r"[^A-Za-z0-9]+", "-", text).lower())
    return re.sub(r"-+", "-", ("" if joined else "-").join(parts)).strip("-").replace("ü", "v") or "unnamed"


def person_slug(name: str) -> str:
    """Return a person's name as an id: family name, given name.

    >>> person_slug("左臣明"), person_slug("欧阳一")
    ('zuo-chenming', 'ouyang-yi')
    """
    family = 2 if len(name) > 2 and name[:2] in ("欧阳", "上官", "司马", "诸葛", "皇甫", "公孙", "慕容", "令狐", "司徒") else 1
    return f"{slug(name[:family], joined=True)}-{slug(name[family:], joined=True)}"


def read_entities(folder: Path) -> list[Entity]:
    """Return the entities of a facts folder: ``entities.yaml`` and ``places.csv``, where they are."""
    import yaml

    entities: list[Entity] = []
    places = folder / "places.csv"
    if places.exists():
        with places.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                short = frozenset({row["short"]} if row.get("short") else ())
                entities.append(Entity(row["id"], "kg:" + row["type"], row["zh"], short, row["gb2260"] or None))
    listed = folder / "entities.yaml"
    if listed.exists():
        try:
            fields = yaml.safe_load(listed.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise FactsError(f"{listed} is no YAML: {error}", hint="mend that line") from error
        entities += [entity_of(identifier, row) for identifier, row in fields.items()]
    return entities


def entity_of(identifier: str, row: Mapping[str, Any]) -> Entity:
    """Return the entity of one line of ``entities.yaml``."""
    kind = str(row["type"])
    alias = row.get("alias") or []
    names = [alias] if isinstance(alias, str) else list(alias)
    names += [str(row["official"])] if "official" in row else []
    return Entity(identifier, kind if ":" in kind else "kg:" + kind, str(row["zh"]), frozenset(map(str, names)))


def read_measures(ontology: Path) -> list[Entity]:
    """Return the measures that an ontology defines, by their Chinese labels."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, Store

    from kg.namespaces import KG, RDF, RDFS, shorten

    store = Store()
    store.load(path=str(ontology), format=RdfFormat.TURTLE)
    found = []
    for kind in ("Measure", "RankMeasure"):
        for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(KG + kind)):
            for label in store.quads_for_pattern(quad.subject, NamedNode(RDFS + "label"), None):
                if isinstance(label.object, Literal) and label.object.language == "zh":
                    assert isinstance(quad.subject, NamedNode)
                    found.append(Entity(shorten(quad.subject.value), f"kg:{kind}", label.object.value))
    return sorted(found, key=lambda e: e.id)
