"""What a page states, as sets that can be compared: by an extractor, a benchmark page, reviewed facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import kg.ingest.rules
from kg.errors import FactsError
from kg.figures import read_figures
from kg.ingest.extractor import Extractor, Page
from kg.ingest.factsfile import FactsFile
from kg.ingest.link import Linker
from kg.ingest.names.place import read_places
from kg.ingest.page.clean import clean, traditional
from kg.ingest.proposal import Name
from kg.ingest.propose import shown_value
from kg.ingest.reading import read_page
from kg.text import squash
from kg.traditional import simplified


@dataclass
class Statements:
    """What a page states, as sets of tuples that can be compared."""

    mentions: set[tuple[str, ...]] = field(default_factory=set)
    figures: set[tuple[str, ...]] = field(default_factory=set)
    relations: set[tuple[str, ...]] = field(default_factory=set)
    #: Subject, value, modality, speaker: only of figures whose case says them.
    said: set[tuple[str, ...]] = field(default_factory=set)
    #: The words of each measure, to compare the head nouns of two.
    words: dict[str, str] = field(default_factory=dict)
    #: What the page says up to a value (subject, value): its sentence and the one before.
    before: dict[tuple[str, str], str] = field(default_factory=dict)

    def lie_alike(self) -> None:
        """Give one predicate to what two vocabularies name: where a park lies, whose a daughter is."""
        sites = {identifier for group, identifier in self.mentions if group == "site"}
        self.relations = {
            (
                s,
                "schema:containedInPlace" if s in sites and p == "schema:location" else _ALIKE.get(p, p),
                o,
            )
            for s, p, o in self.relations
        }


def found_in(
    text: str, linker: Linker, *, reference: date | None = None, extractor: Extractor | None = None
) -> Statements:
    """Return what an extractor (the rules by default) finds in a text, its names linked."""
    extractor = extractor or kg.ingest.rules.RulesExtractor()
    found = Statements()
    for mention in read_page(text, reference=reference).mentions:
        found.mentions.add(
            (_group(mention.type), linker.link(Name(mention.text, mention.type, mention.candidates)).id)
        )
    for proposal in extractor.extract(Page(text, reference)).proposals:
        subject = linker.link(proposal.subject).id
        if proposal.figure is not None:
            measure = linker.measure(
                proposal.predicate, rank=proposal.figure.kind == "rank", unit=proposal.figure.unit_code
            )
            when = _folded(proposal.period.verbatim) if proposal.period else "-"
            value = shown_value(proposal.figure).lstrip("<>=")
            found.figures.add((subject, measure, value, proposal.figure.qualifier or "-", when))
            modality = (proposal.modality or "-").removeprefix("kg:")
            speaker = linker.link(proposal.speaker).id if proposal.speaker else "-"
            found.said.add((subject, value, modality, speaker))
            told = _folded(squash(text[: proposal.quote.end]))
            found.before[subject, value] = "。".join(re.split("[。！？]", told)[-2:])
        elif isinstance(proposal.object, Name):
            found.relations.add((subject, proposal.predicate, linker.link(proposal.object).id))
        else:
            found.relations.add((subject, proposal.predicate, proposal.object or ""))
    found.lie_alike()
    found.words = linker.measures()
    return found


def _simple(word: str) -> str:
    return word.translate(simplified())


def _day(date: str) -> str:
    """Return a founding date as an ISO date of as many parts as are printed.

    >>> _day("２０２１年１１月"), _day("2009年"), _day("2018-03")
    ('2021-11', '2009', '2018-03')
    """
    return "-".join(f"{int(part):02}" for part in re.findall(r"[0-9０-９]+", date))


def _folded(when: str) -> str:
    """Return the words of a period in one script, with one kind of dash."""
    return clean(when).text.translate(simplified())


def read_case(path: Path, linker: Linker) -> tuple[str, Statements]:
    """Return the text of a benchmark page and what it states: the lines after ``===``, by name."""
    text, mark, lines = path.read_text(encoding="utf-8").partition("===\n")
    if not mark:
        raise FactsError(f"{path} has no line ===", hint="put what the page states after it")
    fold = traditional(text)
    rows = [
        [_simple(word) if fold else word for word in line.split("\t")] for line in lines.splitlines() if line
    ]
    types = {row[2]: row[1] for row in rows if row[0] == "mention"}
    reading = read_page(text)
    known = {m.text: m for m in reading.mentions}
    # 县商务局 and 莘县商务局 are one name, where the page writes the former of the latter.
    written = {reading.page.text[m.start : m.end]: m.text for m in reading.mentions if m.rule == "level"}

    def linked(name: str) -> str:
        name = written.get(name, name)
        candidates = known[name].candidates if name in known else ()
        if not candidates and types.get(name, "").startswith("kg:"):
            alone = read_places(name)  # the page may write it only inside a longer name
            candidates = alone[0].candidates if len(alone) == 1 and alone[0].text == name else ()
        kind = types.get(name) or (known[name].type if name in known else "schema:Thing")
        return linker.link(Name(name, kind, candidates)).id

    stated = Statements()
    for row in rows:
        if row[0] == "mention":
            stated.mentions.add((_group(row[1]), linked(row[2])))
        elif row[0] == "figure":
            _, subject, measure, verbatim, when, *said = row
            read = read_figures(verbatim)
            figure = (
                read[0] if len(read) == 1 else None
            )  # else the lexer cannot read it: a miss, not an error
            rank = figure.kind == "rank" if figure else measure.endswith("位次")  # of a row: 1 某县 92.36
            value = shown_value(figure) if figure else verbatim
            stated.figures.add(
                (
                    linked(subject),
                    linker.measure(measure, rank=rank, unit=figure.unit_code if figure else None),
                    value,
                    (figure.qualifier if figure else None) or "-",
                    _folded(when),
                )
            )
            modality, speaker = (*said, "-", "-")[:2]
            modality = "Plan" if modality == "Target" else modality  # the ontology has one name for both
            if said:
                stated.said.add(
                    (
                        linked(subject),
                        value,
                        modality,
                        linked(speaker) if speaker != "-" else "-",
                    )
                )
        else:
            _, subject, predicate, other = row
            stated.relations.add(
                (
                    linked(subject),
                    predicate,
                    _day(other) if predicate == "schema:foundingDate" else linked(other),
                )
            )
    stated.lie_alike()
    stated.words = linker.measures()
    return text, stated


def stated_in(facts: FactsFile, text: str, linker: Linker) -> Statements:
    """Return what the reviewed facts of a facts file state, posts folded to person and body."""
    stated = Statements()
    post_of: dict[str, str] = {}
    rows: list[tuple[list[str], dict[str, str]]] = []
    for fact in facts.facts:
        if fact.status not in ("accepted", "edited"):
            continue
        common = {"when": str(fact.fields.get("when", "-")), "quote": "".join(fact.quotes)}
        for statement in _listed(fact.fields.get("states")):
            row = statement.split(" ", 2)
            if row[1] == "org:postIn":
                post_of[row[0]] = row[2]
            rows.append((row, common))
        for statement in _listed(fact.fields.get("figure")):
            subject, measure, value = statement.split(" ", 2)
            value = value.lstrip("<>=~")  # how a person marks what the lexer reads from the words
            qualifiers = [
                f.qualifier for f in read_figures(common["quote"]) if shown_value(f).lstrip("<>=") == value
            ]
            stated.figures.add((subject, measure, value, (qualifiers or [None])[0] or "-", common["when"]))
    seats = _seats(linker)
    for row, _ in rows:
        if row[1] == "org:holds":
            at = post_of.get(row[2], row[2])
            stated.relations.add((row[0], row[1], seats.get(at, at)))
        elif row[1] != "org:postIn":
            stated.relations.add((row[0], row[1], row[2]))
    named = {i for r in stated.relations for i in (r[0], r[2])} | {f[0] for f in stated.figures}
    squashed = squash(text)
    for entity in linker.known:
        on_page = any(squash(name) in squashed for name in (entity.zh, *entity.names))
        if entity.id in named and on_page and _group(entity.type) in _LOOKED_FOR:
            stated.mentions.add((_group(entity.type), entity.id))
    stated.words = linker.measures()
    return stated


#: Two names of one relation: a daughter and the company or body that it is of.
_ALIKE = {"schema:parentOrganization": "org:subOrganizationOf"}
_SEAT = re.compile(r"(?:人民)?政府$|党委$|人大常委会$|政协$|委员会$|委$")


def _seats(linker: Linker) -> dict[str, str]:
    """Return the place of each government and party committee: a post at one is a post at the place."""
    named = {
        name: e.id for e in linker.known if _group(e.type) == "place" for name in (e.zh, *e.names)
    }  # fmt: skip
    found = {}
    for body in linker.known:
        place = _SEAT.sub("", body.zh.removeprefix("中共"))
        if body.type == "kg:GovernmentBody" and place != body.zh:
            inner = [name for name in named if place.endswith(name)]
            if inner:
                found[body.id] = named[max(inner, key=len)]
    return found


def _listed(value: object) -> Iterable[str]:
    return [] if value is None else [value] if isinstance(value, str) else [str(v) for v in value]  # type: ignore[attr-defined]


_LOOKED_FOR = frozenset(
    {"place", "organization", "person", "event", "report", "list", "project", "designation"}
)
_GROUPS = {
    "place": "kg:Country kg:Province kg:PrefectureCity kg:County kg:Town kg:Village",
    "organization": "kg:Company kg:Institution kg:Association kg:GovernmentBody kg:Newspaper",
    "person": "kg:Official kg:Expert kg:Executive kg:Journalist schema:Person",
    "event": "schema:Event",
    "report": "schema:Report",
    "site": "schema:Place kg:Venue kg:Region",
    "list": "kg:RankedList",
    "project": "kg:Project",
    "designation": "kg:Designation",
}
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds.split()}


def _group(kind: str) -> str:
    return _GROUP_OF.get(kind, kind)
