"""What a reviewer sees and does: one page's text, its facts, and each decision saved at once."""

from __future__ import annotations

import hashlib
import re
import tempfile
import threading
from pathlib import Path
from typing import Any

from kg.errors import FactsError, SourceError, UnknownName
from kg.facts.lines import load_yaml
from kg.facts.page import read_page as read_facts_page
from kg.files import replacing
from kg.ingest.entity import adopt, entity_of, read_entities, read_measures, scalar
from kg.ingest.factsfile import Fact, FactsFile, decide, needed, parse_facts, read_facts, write_facts
from kg.ingest.page.clean import Clean, clean
from kg.ingest.proposal import LONGEST_QUOTE
from kg.ingest.shelf import same_source
from kg.resources import resource
from kg.serve.gloss import gloss
from kg.text import Alignment, squash, unspaced


def facts_of(folder: Path, text: str) -> Path:
    """Return the facts file that was made from a text.

    Raises ``FactsError`` when none in the folder was.
    """
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in ("entities.yaml", "references.yaml") and same_source(read_facts(path), text):
            return path
    raise FactsError(f"no facts file in {folder} was made from this text", hint="run kg ingest on it first")


class FileChanged(FactsError):
    """The facts file is not the one that the reviewer looks at."""


class Desk:
    """The facts file of one source beside its text.

    Each change names the file's ``stamp`` that the reviewer saw; when the file has changed since, by an
    editor or another window, nothing is written. A change is on disk before it is answered.
    """

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self._alignment = Alignment(text)
        self._clean: Clean = clean(text)
        self._lock = threading.Lock()
        known = [*read_entities(path.parent), *read_measures(resource("ontology/kg.ttl"))]
        self._labels = {entity.id: entity.zh for entity in known}
        if not same_source(read_facts(path), text):
            raise SourceError(
                f"this is not the text that {path} was made from", hint="give its own text file"
            )

    @property
    def stamp(self) -> str:
        """What tells one state of the file from another."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    def show(self) -> dict[str, Any]:
        """Return the page and its facts, as JSON takes it."""
        with self._lock:
            stamp, facts = self.stamp, read_facts(self.path)
        head = load_yaml(facts.head) or {}
        self._labels |= {name: entity_of(name, row).zh for name, row in (head.get("entities") or {}).items()}
        for name, article in (head.get("articles") or {}).items():
            self._labels[name] = ((article or {}).get("label") or {}).get("zh", name)
        rows = [self._row(number, fact) for number, fact in enumerate(facts.facts)]
        paragraphs = [{"start": s, "text": self._clean.text[s:e]} for s, e in self._clean.paragraphs]
        return {"source": self.path.stem, "stamp": stamp, "paragraphs": paragraphs, "facts": rows}

    def decide(self, identifier: str, status: str, stamp: str) -> None:
        """Accept, reject or reopen a proposal; the entities of an accepted one join the catalogue."""
        if status not in ("accepted", "rejected", "proposed"):
            raise FactsError(f"no decision {status!r}", hint="accepted, rejected or proposed")
        with self._lock:
            facts, _ = decide(self._current(stamp), status, ids=[identifier])
            if status == "accepted":
                adopt(self.path.parent, needed(facts))
            write_facts(self.path, facts)

    def edit(self, identifier: str, lines: str, stamp: str) -> None:
        """Put a reviewer's own lines in the place of a proposal, and accept them."""
        with self._lock:
            facts = self._current(stamp)
            if identifier not in {fact.id for fact in facts.facts}:
                raise UnknownName(f"no proposal {identifier}")
            edited = self._checked(lines, identifier)
            self._save(facts.map(lambda fact: edited if fact.id == identifier else fact))

    def add(self, start: int, end: int, statement: str, stamp: str) -> str:
        """Add a fact on words that the reviewer selected (offsets of the clean text); return its id."""
        if not 0 <= start < end <= len(self._clean.text):
            raise FactsError("no words are selected", hint="select the words that carry the fact")
        raw_start, raw_end = self._clean.span(start, end)
        quote = unspaced(self.text[raw_start:raw_end])
        field = "figure" if re.search(r" [<>=~]*\d[\d.]*(?: \S+)?$", statement.strip()) else "states"
        digest = hashlib.sha256(f"{quote}\x1f{statement}".encode()).hexdigest()[:12]
        lines = f"- quote: {scalar(quote)}\n  {field}: {scalar(statement.strip())}\n"
        with self._lock:
            facts = self._current(stamp)
            fact = self._checked(lines, f"p-{digest}")
            articles = read_facts_page(self.path).articles
            article = next((a for a, piece in articles.items() if piece.holds(raw_start, raw_end)), None)
            if article is None:
                raise FactsError("the words lie in no article", hint="correct the blocks in the facts file")
            sections = {**facts.sections, article: (*facts.sections.get(article, ()), fact)}
            self._save(FactsFile(facts.head, sections, facts.preambles))
        return f"p-{digest}"

    def _current(self, stamp: str) -> FactsFile:
        if stamp != self.stamp:
            raise FileChanged(f"{self.path} has changed since you loaded it", hint="load the page again")
        return read_facts(self.path)

    def _checked(self, lines: str, identifier: str) -> Fact:
        body = [line for line in lines.strip("\n").splitlines() if not re.match(r"\s*(?:status|id): ", line)]
        block = "".join(f"  {line}\n" for line in body) + f"    status: accepted\n    id: {identifier}\n"
        found = parse_facts("facts:\n  a:\n" + block, "your lines").facts
        if len(found) != 1:
            raise FactsError("your lines are not one fact", hint="start with - quote:")
        for quote in found[0].quotes:
            if not self._alignment.find(quote):
                raise FactsError(f"“{quote}” does not stand on the page", hint="quote the page's own words")
            if len(squash(quote)) > LONGEST_QUOTE:
                raise FactsError(f"a quote is longer than {LONGEST_QUOTE}", hint="keep what carries the fact")
        return found[0]

    def _save(self, facts: FactsFile) -> None:
        """Write the file when its reader takes it, else leave it as it was."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / self.path.name
            with replacing(trial) as stream:
                stream.write(facts.render().encode("utf-8"))
            read_facts_page(trial)
        adopt(self.path.parent, needed(facts))
        write_facts(self.path, facts)

    def _row(self, number: int, fact: Fact) -> dict[str, Any]:
        lines = (line.removeprefix("  ") for line in fact.lines.splitlines())
        shown = [line for line in lines if not re.match(r"\s*(?:status|id|rule|confidence): ", line)]
        return {
            "key": fact.id or f"written-{number}",
            "id": fact.id,
            "status": fact.status,
            "rule": str(fact.fields.get("rule", "")),
            "confidence": str(fact.fields.get("confidence", "")),
            "asks": fact.asks,
            "says": gloss(fact, self._labels),
            "lines": "\n".join(shown),
            "spans": [span for quote in fact.quotes for span in self._spans(fact, quote)],
        }

    def _spans(self, fact: Fact, quote: str) -> list[list[int]]:
        """Return where a quote stands in the clean text: by the words before it, where it stands twice."""
        prefix = str(fact.fields.get("prefix", ""))
        places = self._alignment.find(quote)
        if len(places) > 1 and prefix:
            ends = {end for _, end in self._alignment.find(prefix + quote)}
            places = [place for place in places if place[1] in ends] or places
        return [[self._clean.at(s), self._clean.at(e - 1) + 1] for s, e in places[:1]]
