"""What changed from one graph to another, fact by fact, in labels, by article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kg.entities.said import Fact, Told, said, together
from kg.query.render.width import printable
from kg.store.protocol import Store

#: What is told of a fact that came or went, beside its value.
_TOLD = ("speaker", "modality", "qualifier")
#: What follows from the value of a figure.
_OF_VALUE = {"minimum", "maximum"}


class Aspect(NamedTuple):
    """What qualifies a fact, or carries it, before and after: its speaker, its unit, its evidence ..."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.name}: {self.before or 'none'} -> {self.after or 'none'}"


@dataclass(frozen=True, order=True)
class Change:
    """A fact that was ``gained``, ``lost`` or ``changed``: what is said of ``subject``, before and after.

    Where only ``aspects`` of it changed, ``before`` and ``after`` are the same value.
    """

    article: str
    subject: str
    property: str
    kind: str
    before: str = ""
    after: str = ""
    aspects: tuple[Aspect, ...] = ()

    def __str__(self) -> str:
        value = f"{self.before} -> {self.after}" if self.before != self.after else self.after
        if self.kind == "changed":
            return "; ".join([f"{self.subject} {self.property} {value}", *map(str, self.aspects)])
        beside = ", ".join(f"{each.name} {each.before or each.after}" for each in self.aspects)
        value = self.before or self.after
        return f"{self.subject} {self.property} {value}" + (f" ({beside})" if beside else "")


def difference(old: Store, new: Store, *, lang: str = "zh") -> list[Change]:
    """Return the facts that two graphs do not share, sorted by article and subject.

    A property of a subject that lost one value and gained another has changed; so has a figure of the
    same measure, period and speaker. What qualifies a fact (speaker, modality, qualifier, unit ...) and the
    words it rests on are part of it. Blank nodes are compared by what is said of them.

    >>> from kg.store import MemoryStore
    >>> old, new = (MemoryStore.parse(f"<urn:cao> <urn:villages> {n} .") for n in (149, 151))
    >>> [str(change) for change in difference(old, new)]
    ['<urn:cao> <urn:villages> 149 -> 151']

    Raises ``DataError`` where blank nodes are too many and too much alike to be compared.
    """
    before, after = said(old, lang=lang), said(new, lang=lang)
    changes: list[Change] = []
    for key in before.keys() | after.keys():
        changes += _compared(before.get(key, []), after.get(key, []))
    return sorted(changes)


def _compared(was: list[Fact], now: list[Fact]) -> Iterator[Change]:
    """Yield what became of the facts of one subject and property: pairs that are most alike first."""
    same = {fact.identity for fact in was} & {fact.identity for fact in now}
    was = [fact for fact in was if fact.identity not in same]
    now = [fact for fact in now if fact.identity not in same]
    rounds: list[tuple[Callable[[Fact], object], bool]] = [
        (lambda fact: (fact.value.exact, fact.period, fact.aspect("speaker").exact), True),
        (lambda fact: (fact.value.exact, fact.period), True),
        (lambda fact: (fact.period, fact.aspect("speaker").exact), False),
        (lambda fact: fact.value.exact, False),
    ]
    for alike, several in rounds:
        for one, other in _pairs(was, now, alike, several=several):
            was.remove(one)
            now.remove(other)
            yield _changed(one, other)
    yield from (_alone(fact, "lost") for fact in was)
    yield from (_alone(fact, "gained") for fact in now)


def _pairs(
    was: list[Fact], now: list[Fact], alike: Callable[[Fact], object], *, several: bool
) -> list[tuple[Fact, Fact]]:
    """Return pairs of facts that are alike; of ``several`` as many as there are, else only single ones."""
    groups: dict[object, tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
    for side, facts in enumerate((was, now)):
        for fact in facts:
            groups[alike(fact)][side].append(fact)
    pairs: list[tuple[Fact, Fact]] = []
    for olds, news in groups.values():
        if several or len(olds) == len(news) == 1:
            pairs += zip(_ordered(olds), _ordered(news), strict=False)
    return pairs


def _ordered(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.aspects, sorted(fact.evidence)))


def _changed(was: Fact, now: Fact) -> Change:
    before, after = _apart(was.value, now.value)
    aspects = [Aspect("period", was.period, now.period)] if was.period != now.period else []
    for name in sorted(dict(was.aspects).keys() | dict(now.aspects).keys()):
        old, new = was.aspect(name), now.aspect(name)
        follows = was.value != now.value and name in _OF_VALUE
        if old.exact != new.exact and not follows:
            aspects.append(Aspect(name, *_apart(old, new)))
    if was.evidence != now.evidence:
        gone, come = was.evidence - now.evidence, now.evidence - was.evidence
        aspects.append(Aspect("evidence", *_apart(together(gone, "; "), together(come, "; "))))
    return Change(now.article, now.subject, now.relation, "changed", before, after, tuple(aspects))


def _apart(old: Told, new: Told) -> tuple[str, str]:
    """Return two things in words, or exactly where the words do not tell them apart."""
    if old.words != new.words or old.exact == new.exact:
        return old.words, new.words
    return old.exact, new.exact


def _alone(fact: Fact, kind: str) -> Change:
    value = fact.value.words
    beside = [(name, fact.aspect(name).words) for name in _TOLD]
    aspects = tuple(
        Aspect(name, words if kind == "lost" else "", words if kind == "gained" else "")
        for name, words in beside
        if words
    )
    before, after = (value, "") if kind == "lost" else ("", value)
    return Change(fact.article, fact.subject, fact.relation, kind, before, after, aspects)


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
        lines += [f"- {change.kind}: {printable(str(change))}" for change in own]
    return "".join(f"{line}\n" for line in lines)


def to_text(changes: list[Change]) -> str:
    """Write changes for the terminal: + gained, - lost, ~ changed."""
    marks = {"gained": "+", "lost": "-", "changed": "~"}
    lines: list[str] = []
    for article, own in _by_article(changes):
        lines += [printable(article), *(f"  {marks[change.kind]} {printable(str(change))}" for change in own)]
    return "".join(f"{line}\n" for line in lines)


def to_records(changes: list[Change]) -> list[dict[str, Any]]:
    """Return changes as plain dictionaries, without what is empty."""
    records = []
    for change in changes:
        record: dict[str, Any] = {name: value for name, value in vars(change).items() if value}
        if change.aspects:
            record["aspects"] = {
                each.name: {"before": each.before, "after": each.after} for each in change.aspects
            }
        records.append(record)
    return records


def _by_article(changes: list[Change]) -> Iterator[tuple[str, list[Change]]]:
    articles: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        articles[change.article].append(change)
    return iter(articles.items())
