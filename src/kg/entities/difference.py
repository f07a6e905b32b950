"""What changed from one graph to another, fact by fact, in labels, by article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.entities.describe import PLUMBING, period
from kg.evidence import OBJECT, PREDICATE, SUBJECT, EvidenceIndex
from kg.namespaces import KG, OA, SCHEMA
from kg.query.run import known_prefixes
from kg.query.terms import Labels
from kg.store.protocol import Store, Term

_ABOUT, _MEASURE = NamedNode(SCHEMA + "observationAbout"), NamedNode(SCHEMA + "variableMeasured")
_VALUES = [SCHEMA + name for name in ("value", "minValue", "maxValue")]
_SELECTORS = {NamedNode(OA + name) for name in ("hasSelector", "hasSource", "exact", "start")}
#: Where facts belong that no article states.
BACKGROUND = "background"


@dataclass(frozen=True, order=True)
class Change:
    """A fact that was ``gained``, ``lost`` or ``changed``: what is said of ``subject``, before and after."""

    article: str
    subject: str
    property: str
    kind: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        value = f"{self.before} -> {self.after}" if self.kind == "changed" else self.before or self.after
        return f"{self.subject} {self.property} {value}"


@dataclass(frozen=True)
class _Said:
    """What one graph says of a subject and a property: the values, and the article of each."""

    words: tuple[str, str]
    values: dict[str, str]


def difference(old: Store, new: Store, *, lang: str = "zh") -> list[Change]:
    """Return the facts that two graphs do not share, sorted by article and subject.

    A property of a subject that lost one value and gained another has changed; so has a figure of the
    same measure, period and speaker. Facts are compared, not the spans that they were drawn from.

    >>> from kg.store import MemoryStore
    >>> old, new = (MemoryStore.parse(f"<urn:cao> <urn:villages> {n} .") for n in (149, 151))
    >>> [str(change) for change in difference(old, new)]
    ['<urn:cao> <urn:villages> 149 -> 151']
    """
    before, after = _facts(old, lang), _facts(new, lang)
    changes: list[Change] = []
    for key in before.keys() | after.keys():
        nothing = _Said(("", ""), {})
        was, now = before.get(key, nothing), after.get(key, nothing)
        subject, name = now.words if key in after else was.words
        lost = [value for value in sorted(was.values) if value not in now.values]
        gained = [value for value in sorted(now.values) if value not in was.values]
        if len(lost) == len(gained) == 1:
            changes.append(Change(now.values[gained[0]], subject, name, "changed", lost[0], gained[0]))
            continue
        changes += [Change(was.values[value], subject, name, "lost", before=value) for value in lost]
        changes += [Change(now.values[value], subject, name, "gained", after=value) for value in gained]
    return sorted(changes)


def to_markdown(changes: list[Change]) -> str:
    """Write changes as Markdown: a heading an article, a line a fact.

    >>> print(to_markdown([Change("灯笼", "青禾县", "位于", "gained", after="东川市")]), end="")
    ## 灯笼
    <BLANKLINE>
    - gained: 青禾县 位于 东川市
    """
    lines: list[str] = []
    for article, own in _by_article(changes):
        lines += ["", f"## {article}", ""] if lines else [f"## {article}", ""]
        lines += [f"- {change.kind}: {change}" for change in own]
    return "".join(f"{line}\n" for line in lines)


def to_text(changes: list[Change]) -> str:
    """Write changes for the terminal: + gained, - lost, ~ changed."""
    marks = {"gained": "+", "lost": "-", "changed": "~"}
    lines: list[str] = []
    for article, own in _by_article(changes):
        lines += [article, *(f"  {marks[change.kind]} {change}" for change in own)]
    return "".join(f"{line}\n" for line in lines)


def to_records(changes: list[Change]) -> list[dict[str, str]]:
    """Return changes as plain dictionaries, without what is empty."""
    return [{name: value for name, value in asdict(change).items() if value} for change in changes]


def _by_article(changes: list[Change]) -> Iterator[tuple[str, list[Change]]]:
    articles: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        articles[change.article].append(change)
    return iter(articles.items())


def _facts(store: Store, lang: str) -> dict[tuple[str, ...], _Said]:
    """Return what a graph says, by subject and property; for figures by measure, period and speaker too."""
    labels, index = Labels(store, known_prefixes(store), lang), EvidenceIndex(store, lang)
    found: dict[tuple[str, ...], _Said] = {}

    def add(key: tuple[str, ...], words: tuple[str, str], value: str, article: str) -> None:
        found.setdefault(key, _Said(words, {})).values[value] = article

    statements = {quad.subject for quad in store.quads(None, SUBJECT)}
    # Of several statements of one fact the first counts, whatever order the store has them in.
    articles = {
        tuple(_one(store, node, name) for name in (SUBJECT, PREDICATE, OBJECT)): node
        for node in sorted(statements, key=str, reverse=True)
    }
    for node in sorted({quad.subject for quad in store.quads()}, key=str):
        if node in statements or not isinstance(node, NamedNode | BlankNode):
            continue
        said = list(store.quads(node))
        names = {quad.predicate for quad in said}
        if names & _SELECTORS:
            continue
        if _ABOUT in names and _MEASURE in names:
            terms = {quad.predicate.value: quad.object for quad in said}
            about, measure, when = terms[_ABOUT.value], terms[_MEASURE.value], period(terms)
            speakers = "、".join(sorted({piece.speaker for piece in index.of(node)}))
            of = labels.text(measure) + (f" ({when})" if when else "")
            key = (str(about), str(measure), when, speakers)
            add(key, (labels.text(about), of), _figure(terms, labels), _article(index, node))
            continue
        for quad in said:
            if quad.predicate not in PLUMBING or quad.predicate.value.endswith("#type"):
                statement = articles.get((node, quad.predicate, quad.object))
                article = _article(index, statement) if statement is not None else BACKGROUND
                words = labels.text(node), labels.text(quad.predicate)
                add((str(node), str(quad.predicate)), words, labels.text(quad.object), article)
    return found


def _one(store: Store, node: Term, name: NamedNode) -> Term | None:
    if isinstance(node, Literal):
        return None
    return next((quad.object for quad in store.quads(node, name)), None)


def _figure(terms: dict[str, Term], labels: Labels) -> str:
    verbatim = terms.get(KG + "verbatim")
    value = labels.text(verbatim) if verbatim is not None else ""
    number = labels.text(next((terms[name] for name in _VALUES if name in terms), None))
    return f"{value} ({number})" if value and value != number else number


def _article(index: EvidenceIndex, statement: Term) -> str:
    if isinstance(statement, Literal):
        return BACKGROUND
    return next((piece.headline for piece in index.of(statement) if piece.headline), BACKGROUND)
