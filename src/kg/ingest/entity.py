"""Entities as the rules know them: read from the catalogue and the ontology, added as people accept facts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.facts.catalogue import read_catalogue
from kg.facts.lines import load_yaml
from kg.files import replacing
from kg.ingest.names.gazetteer import divisions

_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "公孙", "慕容", "令狐", "司徒")
_PERSONS = ("kg:Official", "kg:Executive", "kg:Expert", "kg:Journalist", "schema:Person")
_EMPTY = {
    "entities.yaml": "{}\n",
    "references.yaml": (
        "gb2260: {zh: GB/T 2260 行政区划代码, en: GB/T 2260 codes of divisions, "
        "note: Codes and the division above.}\n"
        "editor: {zh: 编辑部背景资料, en: Background by the editors, note: Full official names.}\n"
    ),
    "places.csv": "id,type,zh,official,alias,en,gb2260,latitude,longitude,within,wikidata,wikidata_source\n",
}
_PLACES = ("kg:Province", "kg:PrefectureCity", "kg:County")


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity by its id, class, label, other names, code of GB/T 2260, and unit where it is a measure."""

    id: str
    type: str
    zh: str
    names: frozenset[str] = frozenset()
    code: str | None = None
    unit: str | None = None


def read_entities(folder: Path) -> list[Entity]:
    """Return the entities of a facts folder's catalogue, none where it has no catalogue yet."""
    if not (folder / "entities.yaml").exists():
        return []
    return [
        Entity(
            e.id, e.type if ":" in e.type else "kg:" + e.type, e.zh,
            frozenset({*e.aliases, *([e.official] if e.official else ())}), e.gb2260 or None,
        )
        for e in read_catalogue(folder).entities.values()
    ]  # fmt: skip


def read_measures(ontology: Path) -> list[Entity]:
    """Return the measures that an ontology defines, by their Chinese labels and synonyms."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, Store

    from kg.namespaces import KG, RDF, RDFS, SKOS, shorten

    store = Store()
    store.load(path=str(ontology), format=RdfFormat.TURTLE)
    found = []
    for kind in ("Measure", "RankMeasure"):
        for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(KG + kind)):
            assert isinstance(quad.subject, NamedNode)
            labels, synonyms = (
                [
                    name.object.value
                    for name in store.quads_for_pattern(quad.subject, NamedNode(term), None)
                    if isinstance(name.object, Literal) and name.object.language == "zh"
                ]
                for term in (RDFS + "label", SKOS + "altLabel")
            )
            measure = shorten(quad.subject.value)
            units = [
                q.object.value
                for q in store.quads_for_pattern(quad.subject, NamedNode(KG + "unit"), None)
                if isinstance(q.object, Literal)
            ]
            found += [
                Entity(measure, f"kg:{kind}", label, frozenset(synonyms), None, units[0] if units else None)
                for label in labels
            ]
    return sorted(found, key=lambda e: e.id)


def entity_of(identifier: str, row: Mapping[str, Any]) -> Entity:
    """Return the entity of a line that ``entity_line`` wrote."""
    kind = str(row["type"])
    names = frozenset(map(str, row.get("alias") or ()))
    return Entity(identifier, kind if ":" in kind else "kg:" + kind, str(row["zh"]), names, row.get("gb2260"))


def entity_line(entity: Entity) -> str:
    """Return an entity as a line of a facts file or of ``entities.yaml``.

    >>> entity_line(Entity("zhao-dachuan", "kg:Official", "赵大川"))
    'zhao-dachuan: {type: Official, zh: 赵大川, en: Zhao Dachuan}'
    """
    fields = [
        f"type: {scalar(entity.type.removeprefix('kg:'))}",
        f"zh: {scalar(entity.zh)}",
        f"en: {romanized(entity)}",
    ]
    if entity.names:
        fields.append(f"alias: [{', '.join(scalar(n) for n in sorted(entity.names))}]")
    if entity.code:
        fields.append(f"gb2260: '{entity.code}'")
    return f"{entity.id}: {{{', '.join(fields)}}}"


def romanized(entity: Entity) -> str:
    """Return the pinyin of an entity's name, which stands for its English label until a person gives one."""
    words = person_slug(entity.zh) if entity.type in _PERSONS else slug(entity.zh)
    return scalar(" ".join(word.capitalize() for word in words.split("-")))


def adopt(folder: Path, wanted: Iterable[Entity]) -> int:
    """Append entities to the catalogue of a folder: divisions to places.csv, all others to entities.yaml.

    Returns how many were new to it. What stands in the files stays as it is.
    """
    wanted = list(wanted)
    if wanted:
        for name, empty in _EMPTY.items():
            if not (folder / name).exists():
                _write(folder / name, empty)
    entities = read_entities(folder)
    known = {e.id for e in entities}
    wanted += _above(wanted, {e.code for e in entities if e.code}, known)
    fresh = sorted({e.id: e for e in wanted if e.id not in known}.values(), key=lambda e: e.id)
    places = [e for e in fresh if e.code and e.type in _PLACES]
    others = [e for e in fresh if e not in places]
    if places:
        _append(folder / "places.csv", _place_rows(folder / "places.csv", places))
    if others:
        lines = (re.sub(r", gb2260: '\d+'", "", entity_line(e)) for e in others)
        _append(folder / "entities.yaml", "".join(line + "\n" for line in lines))
    return len(fresh)


def _above(wanted: list[Entity], codes: set[str], known: set[str]) -> list[Entity]:
    """Return the divisions that the wanted ones lie in and the catalogue lacks, up to the country."""
    codes = codes | {e.code for e in wanted if e.code}
    parents = {p for e in wanted if e.code in divisions() for p in divisions()[e.code or ""].parents}
    above = [place_entity(code) for code in sorted(parents - codes) if code in divisions()]
    if any(e.code in divisions() for e in wanted) and "china" not in known:
        above.append(Entity("china", "kg:Country", "中国"))
    return above


def place_entity(code: str) -> Entity:
    """Return the entity of a division.

    >>> place_entity("371721").id
    'caoxian-371721'
    """
    division = divisions()[code]
    names = frozenset({division.short} if division.short else ())
    short = slug(division.short or division.name, joined=True)
    return Entity(f"{short}-{code}", division.type, division.name, names, code)


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    # An empty mapping is written {} and gives way to the first entity.
    kept = "" if before.strip() == "{}" else before.rstrip("\n") + "\n"
    _write(path, kept + text)


def _write(path: Path, text: str) -> None:
    with replacing(path) as stream:
        stream.write(text.encode("utf-8"))


def _place_rows(path: Path, places: list[Entity]) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), list(reader)
    by_code = {row["gb2260"]: row["id"] for row in rows} | {e.code: e.id for e in places}
    text = io.StringIO()
    writer = csv.DictWriter(text, header, restval="", lineterminator="\n")
    for place in places:
        division = divisions()[place.code or ""]
        within = next((by_code[c] for c in division.parents if c in by_code), "china")
        short = division.short or division.name
        row = {
            "id": place.id, "type": place.type.removeprefix("kg:"), "zh": division.name, "alias": short,
            "en": romanized(place).strip('"'), "gb2260": place.code, "within": within,
        }  # fmt: skip
        row["alias"] = "" if row["alias"] == row["zh"] else row["alias"]
        writer.writerow({key: value for key, value in row.items() if key in header})
    return text.getvalue()


def slug(words: str, *, joined: bool = False) -> str:
    """Return words in pinyin, as an id.

    >>> slug("橘汁深加工项目"), slug("曹县", joined=True)
    ('ju-zhi-shen-jia-gong-xiang-mu', 'caoxian')
    """
    from pypinyin import lazy_pinyin

    parts = lazy_pinyin(words, errors=lambda text: re.sub(r"[^A-Za-z0-9]+", "-", text).lower())
    text = ("" if joined else "-").join(parts).replace("ü", "v")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-") or "unnamed"


def person_slug(name: str) -> str:
    """Return a person's name as an id: family name, given name.

    >>> person_slug("左臣明"), person_slug("欧阳一")
    ('zuo-chenming', 'ouyang-yi')
    """
    family = 2 if len(name) > 2 and name[:2] in _COMPOUND else 1
    return f"{slug(name[:family], joined=True)}-{slug(name[family:], joined=True)}"


def scalar(text: str) -> str:
    """Return a string as a YAML scalar, plain where that reads back as the same string.

    >>> scalar("曹县"), scalar("a: b"), scalar("2015")
    ('曹县', '"a: b"', '"2015"')
    """
    import yaml

    try:
        plain = load_yaml(f"{{k: {text}}}") == {"k": text} and load_yaml(f"k: {text}") == {"k": text}
    except yaml.YAMLError:
        plain = False
    return text if plain and text and text == text.strip() else json.dumps(text, ensure_ascii=False)
