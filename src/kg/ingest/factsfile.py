"""A facts file as an editor left it: its head, and the facts of each article as blocks of lines.

A block that a person wrote or decided on is kept to the byte, comments and all: the file is theirs. Only
blocks that are still ``status: proposed`` are written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import FactsError, UnknownName
from kg.facts.lines import load_yaml, parse_yaml
from kg.facts.page import read_page as read_facts_page
from kg.files import replacing
from kg.ingest.entity import Entity, entity_of

STATUSES = ("proposed", "accepted", "rejected")


@dataclass(frozen=True)
class Fact:
    """One fact: its lines, and the fields that they hold."""

    lines: str
    fields: dict[str, Any] = field(hash=False)

    @property
    def id(self) -> str | None:
        """The proposal that it came from, or None for one that a person wrote."""
        return self.fields.get("id")

    @property
    def status(self) -> str:
        """What was decided; a fact that a person wrote is accepted."""
        return str(self.fields.get("status", "accepted"))

    @property
    def asks(self) -> str:
        """What it asks the reviewer, such as which of two places a name stands for."""
        note = str(self.fields.get("note", ""))
        return note.removeprefix("which: ") if note.startswith("which: ") else ""

    @property
    def quotes(self) -> list[str]:
        """The words that it rests on."""
        quote = self.fields.get("quote", [])
        return [quote] if isinstance(quote, str) else list(quote)


@dataclass(frozen=True)
class FactsFile:
    """A facts file: everything down to ``facts:``, then the facts of each article."""

    head: str
    sections: dict[str, tuple[Fact, ...]]
    preambles: dict[str, str] = field(default_factory=dict)

    def render(self) -> str:
        """Return the file's text."""
        parts = [self.head, "facts:\n"]
        for article, facts in self.sections.items():
            parts.append(f"  {article}:" + (self.preambles.get(article, "\n") if facts else " []\n"))
            parts += [fact.lines for fact in facts]
        return "".join(parts)

    @property
    def facts(self) -> list[Fact]:
        """Every fact, in order."""
        return [fact for facts in self.sections.values() for fact in facts]

    def map(self, change: Callable[[Fact], Fact]) -> FactsFile:
        """Return the file with each fact changed."""
        return replace(self, sections={a: tuple(map(change, facts)) for a, facts in self.sections.items()})


_SECTION = re.compile(r"^  (?P<article>[^\s#][^:]*):[ \t]*(?:\[\])?[ \t]*(?:#.*)?\n?$")
_ITEM = re.compile(r"^  - ")


def parse_facts(text: str, name: str = "the facts file") -> FactsFile:
    """Return the facts file that a text is; ``render`` gives the text back.

    >>> text = "source: a\\nfacts:\\n  article:\\n  - quote: 曹县  # sic\\n    states: a b c\\n"
    >>> parse_facts(text).render() == text, parse_facts(text).facts[0].fields["quote"]
    (True, '曹县')

    Raises ``FactsError`` with the line where it is no YAML, or no facts file.
    """
    whole = parse_yaml(text, name)
    if not isinstance(whole, dict) or not isinstance(whole.get("facts"), dict):
        raise FactsError(f"{name} has no field facts", hint="see kg ingest --help for the form of the file")
    lines = text.splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if re.match(r"^facts:", line))
    head, article = "".join(lines[:start]), ""
    blocks: dict[str, list[str]] = {}
    preambles: dict[str, str] = {}
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if section := _SECTION.match(line):
            article = section["article"]
            blocks[article] = []
            preambles[article] = line[len(f"  {article}:") :]
        elif not article:
            raise FactsError(
                f"{name}, line {number}: a fact outside of an article", hint="put it below an article's name"
            )
        elif _ITEM.match(line):
            blocks[article].append(line)
        elif blocks[article]:
            blocks[article][-1] += line
        else:
            preambles[article] += line
    sections = {a: tuple(_fact(block, name) for block in found) for a, found in blocks.items()}
    return FactsFile(head, sections, preambles)


def _fact(block: str, name: str) -> Fact:
    (fields,) = load_yaml(block)
    fact = Fact(block, fields if isinstance(fields, dict) else {})
    first = block.splitlines()[0].strip()
    if "quote" not in fact.fields:
        raise FactsError(f"{name}: a fact has no field quote: {first}", hint="give the words that carry it")
    if fact.status not in STATUSES:
        raise FactsError(f"{name}: status {fact.status!r} of {first}", hint="one of " + ", ".join(STATUSES))
    return fact


def read_facts(path: Path) -> FactsFile:
    """Read a facts file; its reader names the line and the field that is wrong."""
    read_facts_page(path)
    return parse_facts(path.read_text(encoding="utf-8"), str(path))


def write_facts(path: Path, facts: FactsFile) -> None:
    """Write a facts file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as stream:
        stream.write(facts.render().encode("utf-8"))


def decide(
    facts: FactsFile, status: str, *, ids: Iterable[str] = (), rule: str | None = None
) -> tuple[FactsFile, int]:
    """Accept or reject proposals by id, or all that are still open of a rule; return how many.

    Raises ``UnknownName`` for an id, or a rule, that the file lacks.
    """
    wanted = set(ids)
    rules = {str(fact.fields["rule"]) for fact in facts.facts if fact.fields.get("rule")}
    if rule is not None and not any(each.startswith(rule) for each in rules):
        raise UnknownName(f"no proposal comes of a rule {rule!r}", hint="it has " + ", ".join(sorted(rules)))
    known = {fact.id for fact in facts.facts if fact.id}
    if missing := sorted(wanted - known):
        from difflib import get_close_matches

        raise UnknownName(f"no proposal {missing[0]}", near=get_close_matches(missing[0], sorted(known), n=2))
    decided = 0

    def change(fact: Fact) -> Fact:
        nonlocal decided
        by_rule = (
            rule is not None
            and fact.status == "proposed"
            and str(fact.fields.get("rule", "")).startswith(rule)
        )
        if not (fact.id in wanted or by_rule) or fact.status == status:
            return fact
        if status == "accepted" and fact.asks:
            if fact.id in wanted:
                raise FactsError(
                    f"{fact.id} leaves a question open: {fact.asks}", hint="answer it in the file first"
                )
            return fact
        decided += 1
        lines = re.sub(r"(?m)^(    status: ).*$", rf"\g<1>{status}", fact.lines)
        return Fact(lines, {**fact.fields, "status": status})

    return facts.map(change), decided


def needed(facts: FactsFile) -> list[Entity]:
    """Return the entities of the file's own list that accepted facts speak of."""
    listed = (load_yaml(facts.head) or {}).get("entities") or {}
    words: set[str] = set()
    for fact in facts.facts:
        if fact.status == "accepted":
            lines = [
                fact.fields.get(name) or []
                for name in ("states", "figure", "by", "within", "list", "based_on")
            ]
            words |= {
                w
                for line in lines
                for text in ([line] if isinstance(line, str) else line)
                for w in text.split()
            }
    head = (load_yaml(facts.head) or {}).get("newspaper")
    return [entity_of(name, row) for name, row in listed.items() if name in words or (words and name == head)]
