"""Names linked to entities: known ones by label, alias or code, new ones with an id of their own.

What may be two entities is not guessed: the link carries the candidates, and the reviewer is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.ingest.entity import Entity, person_slug, place_entity, slug
from kg.ingest.measures.key import base_of, measure_key
from kg.ingest.proposal import Name

_PLACES = ("kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Village")


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
    _by_measure: dict[tuple[str, str], list[Entity]] = field(default_factory=dict)
    _by_type: dict[str, dict[str, list[Entity]]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.know(self.known)

    def know(self, entities: Iterable[Entity]) -> None:
        """Take in the entities that are not known yet."""
        for entity in entities:
            if entity.id not in self._taken:
                self._index(entity)

    def _index(self, entity: Entity) -> None:
        self._taken.add(entity.id)
        for name in sorted({entity.zh, *entity.names}):
            self._by_name.setdefault(_folded(name), []).append(entity)
            self._by_type.setdefault(entity.type, {}).setdefault(_folded(name), []).append(entity)
            if entity.type in ("kg:Measure", "kg:RankMeasure"):
                alike = self._by_measure.setdefault((entity.type, measure_key(name)), [])
                if entity not in alike:
                    alike.append(entity)
        if entity.code:
            self._by_code[entity.code] = entity

    def link(self, name: Name) -> Link:
        """Return what a name stands for, adding an entity when nothing bears it.

        >>> linker = Linker([Entity("alibaba-group", "kg:Company", "阿里巴巴集团", frozenset({"阿里巴巴"}))])
        >>> linker.link(Name("阿里巴巴", "kg:Company")).id
        'alibaba-group'
        >>> linker.link(Name("曹县", "kg:County", ("371721",))).id
        'caoxian-371721'
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
        first = self._by_name.get(_folded(name.text.partition("暨")[0]), [])
        if "暨" in name.text and len(first) == 1 and first[0].type == name.type:
            return Link(first[0].id)  # 某论坛暨某大会 is held as the forum
        return Link(self._longer(name) or self._add(name))

    def measure(self, words: str, *, rank: bool = False, unit: str | None = None) -> str:
        """Return the measure that words of the page name by a label or a synonym, or a new one.

        A growth, a share or a rank of a known measure is named by the label of that measure. A known
        measure is given in one unit; the same words in another are another measure.

        >>> names = frozenset({"电商销售额"})
        >>> linker = Linker([Entity("kg:onlineSales", "kg:Measure", "网络销售额", names, unit="CNY")])
        >>> linker.measure("电商销售总额", unit="CNY"), linker.measure("电商销售额增幅")
        ('kg:onlineSales', 'measure-wang-luo-xiao-shou-e-zeng-fu')
        >>> linker.measure("电商销售额", unit="USD")
        'measure-dian-shang-xiao-shou-e'
        """
        kind = "kg:RankMeasure" if rank else "kg:Measure"
        known = self._measured(kind, words, unit)
        base = base_of(words)
        if known is None and base != words and (of := self._measured("kg:Measure", base, None)):
            words = of.zh + words[len(base) :].removeprefix("数量")
            known = self._measured(kind, words, unit)
        if known is not None:
            return known.id
        return self._add(Name(words, kind), prefix="measure-", unit=unit)

    def _measured(self, kind: str, words: str, unit: str | None) -> Entity | None:
        alike = self._by_measure.get((kind, measure_key(words)), [])
        return next((m for m in alike if unit is None or m.unit in (None, unit)), None)

    def measures(self) -> dict[str, str]:
        """Return the words of every measure that is known so far, by its id."""
        return {e.id: e.zh for alike in self._by_measure.values() for e in alike}

    def post(self, title: str, at: str) -> str:
        """Return the post of a title at a body or place."""
        name = f"post-{at}-{slug(title)}"
        if name not in self.new:
            self.new[name] = Entity(name, "org:Post", title)
        return name

    def label(self, code: str) -> str:
        """Return the full name of a division.

        >>> Linker().label("371721")
        '曹县'
        """
        return self._by_code[code].zh if code in self._by_code else place_entity(code).zh

    def _place(self, code: str) -> str:
        if code not in self._by_code:
            entity = place_entity(code)
            self.new[entity.id] = entity
            self._index(entity)
        return self._by_code[code].id

    def _longer(self, name: Name) -> str | None:
        """Return the one entity whose name ends or starts with these words (齐鲁论坛 of 2021齐鲁论坛)."""
        if name.type not in (
            "schema:Event",
            "kg:Company",
            "schema:Report",
            "kg:RankedList",
            "kg:Project",
        ) or len(name.text) < (8 if name.type == "kg:Project" else 4):
            return None
        words = _folded(name.text)
        longer = {
            e.id
            for label, bearers in self._by_type.get(name.type, {}).items()
            if label.endswith(words)
            or label.startswith(words)
            or (len(label) > 7 and name.type in ("schema:Event", "kg:Project") and words.endswith(label))
            for e in bearers
        }
        return longer.pop() if len(longer) == 1 else None

    def _add(self, name: Name, prefix: str = "", unit: str | None = None) -> str:
        person = name.type in ("kg:Official", "kg:Executive", "kg:Expert", "kg:Journalist", "schema:Person")
        base = prefix + (person_slug(name.text) if person else slug(name.text))
        identifier, n = base, 2
        while identifier in self._taken or identifier in self.new:
            identifier, n = f"{base}-{n}", n + 1
        entity = Entity(identifier, name.type, name.text, unit=unit)
        self.new[identifier] = entity
        self._index(entity)
        return identifier


def _folded(name: str) -> str:
    return name.translate(_VARIANTS).strip("《》“”「」")


# Full-width brackets, the dashes that a clean page folds, and characters that names keep where the table
# of simplified ones has another.
_VARIANTS = str.maketrans("（）「」『』钜—–－０１２３４５６７８９", "()“”‘’巨---0123456789")
