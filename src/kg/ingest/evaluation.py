"""How good the proposals of an extractor are against facts that a person reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import kg.ingest.rules
from kg.errors import FactsError
from kg.figures import read_figures
from kg.ingest.clean import clean
from kg.ingest.extractor import Extractor, Page
from kg.ingest.factsfile import FactsFile
from kg.ingest.link import Linker
from kg.ingest.measure import measure_key
from kg.ingest.proposal import Name
from kg.ingest.place import read_places
from kg.ingest.propose import shown_value
from kg.ingest.reading import read_page
from kg.text import squash
from kg.traditional import simplified


@dataclass(frozen=True)
class Score:
    """How many were found, expected and right."""

    found: int = 0
    expected: int = 0
    right: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.found + other.found, self.expected + other.expected, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was found."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two.

        >>> Score(found=4, expected=5, right=3).f1
        0.6666666666666666
        """
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 0.0


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


@dataclass
class Evaluation:
    """Scores by what was looked for, with what was missed and what was wrong."""

    scores: dict[str, Score] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Evaluation) -> None:
        """Count another page in."""
        for name, score in other.scores.items():
            self.scores[name] = self.scores.get(name, Score()) + score
        self.missed += other.missed
        self.wrong += other.wrong


def compare(expected: Statements, found: Statements) -> Evaluation:
    """Compare what was found with what was expected."""
    result = Evaluation()
    _count(result, "mentions", expected.mentions, found.mentions)
    for kind in sorted({m[0] for m in expected.mentions | found.mentions}):
        of_kind = ({m for m in s if m[0] == kind} for s in (expected.mentions, found.mentions))
        _count(result, f"  {kind}", *of_kind, listed=False)
    _name_alike(expected, found)
    _count(result, "figures", expected.figures, found.figures)
    for name, columns in (
        ("subject, value", (0, 2)),
        ("subject, measure, value", (0, 1, 2)),
        ("value", (2,)),
    ):
        picked = ({tuple(f[c] for c in columns) for f in s} for s in (expected.figures, found.figures))
        _count(result, f"  {name}", *picked, listed=False)
    _count(result, "  measure by its head noun", *_by_head(expected, found), listed=False)
    asked = {row[:2] for row in expected.said}
    _count(result, "  modality and speaker", expected.said, {s for s in found.said if s[:2] in asked})
    _count(result, "relations", expected.relations, found.relations)
    for predicate in sorted({r[1] for r in expected.relations | found.relations}):
        of_predicate = ({r for r in s if r[1] == predicate} for s in (expected.relations, found.relations))
        _count(result, f"  {predicate}", *of_predicate, listed=False)
    return result


def _name_alike(expected: Statements, found: Statements) -> None:
    """Give measures one name where only a circumstance that the subject says tells them apart.

    项目数量 of a signing ceremony and 签约项目数量, 县市数量 of a list and 上榜县市数量 are the same.
    """
    words = expected.words | found.words
    for statements in (expected, found):
        statements.figures = {(f[0], _sense(words.get(f[1], f[1])), *f[2:]) for f in statements.figures}
    for measure, name in list(words.items()):
        words.setdefault(_sense(name), words[measure])
    expected.words = found.words = words


def _sense(words: str) -> str:
    return re.sub(r"^(?:集中)?(?:签约|上榜|入围|入选|参会|参展(?!商)|与会|现场)(?=.)", "", measure_key(words))


def _by_head(expected: Statements, found: Statements) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return both sets of figures, measures as one where the words of one end in the other's."""
    words = expected.words | found.words

    def alike(one: str, other: str) -> bool:
        first, second = (measure_key(words.get(measure, measure)) for measure in (one, other))
        return first.endswith(second) or second.endswith(first)

    taken = set()
    for figure in found.figures:
        rest = (figure[0], *figure[2:])
        same = [e for e in expected.figures if (e[0], *e[2:]) == rest and alike(e[1], figure[1])]
        taken.add(same[0] if same and figure not in expected.figures else figure)
    return expected.figures, taken


def _count(
    result: Evaluation,
    name: str,
    expected: set[tuple[str, ...]],
    found: set[tuple[str, ...]],
    *,
    listed: bool = True,
) -> None:
    result.scores[name] = Score(len(found), len(expected), len(found & expected))
    if listed:
        result.missed += [f"{name}: {' | '.join(row)}" for row in sorted(expected - found)]
        result.wrong += [f"{name}: {' | '.join(row)}" for row in sorted(found - expected)]


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
        elif isinstance(proposal.object, Name):
            found.relations.add((subject, proposal.predicate, linker.link(proposal.object).id))
        else:
            found.relations.add((subject, proposal.predicate, proposal.object or ""))
    found.words = linker.measures()
    return found


def _folded(when: str) -> str:
    """Return the words of a period in one script, with one kind of dash."""
    return clean(when).text.translate(simplified())


def read_case(path: Path, linker: Linker) -> tuple[str, Statements]:
    """Return the text of a benchmark page and what it states: the lines after ``===``, by name."""
    text, mark, lines = path.read_text(encoding="utf-8").partition("===\n")
    if not mark:
        raise FactsError(f"{path} has no line ===", hint="put what the page states after it")
    rows = [line.split("\t") for line in lines.splitlines() if line]
    types = {row[2]: row[1] for row in rows if row[0] == "mention"}
    known = {name: m for m in read_page(text).mentions for name in [m.text]}

    def linked(name: str) -> str:
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
            (figure,) = read_figures(verbatim)
            rank = figure.kind == "rank"
            stated.figures.add(
                (
                    linked(subject),
                    linker.measure(measure, rank=rank, unit=figure.unit_code),
                    shown_value(figure),
                    figure.qualifier or "-",
                    _folded(when),
                )
            )
            modality, speaker = (*said, "-", "-")[:2]
            if said:
                stated.said.add(
                    (
                        linked(subject),
                        shown_value(figure),
                        modality,
                        linked(speaker) if speaker != "-" else "-",
                    )
                )
        else:
            _, subject, predicate, other = row
            stated.relations.add(
                (linked(subject), predicate, other if predicate == "schema:foundingDate" else linked(other))
            )
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
    for row, _ in rows:
        if row[1] != "org:postIn":
            stated.relations.add(
                (row[0], row[1], post_of.get(row[2], row[2]) if row[1] == "org:holds" else row[2])
            )
    named = {i for r in stated.relations for i in (r[0], r[2])} | {f[0] for f in stated.figures}
    squashed = squash(text)
    for entity in linker.known:
        on_page = any(squash(name) in squashed for name in (entity.zh, *entity.names))
        if entity.id in named and on_page and _group(entity.type) in _LOOKED_FOR:
            stated.mentions.add((_group(entity.type), entity.id))
    stated.words = linker.measures()
    return stated


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
    "list": "kg:RankedList",
    "project": "kg:Project",
    "designation": "kg:Designation",
}
_GROUP_OF = {kind: group for group, kinds in _GROUPS.items() for kind in kinds.split()}


def _group(kind: str) -> str:
    return _GROUP_OF.get(kind, kind)
