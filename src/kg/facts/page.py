"""The facts of one page, as a person writes them: the words, and what they state."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import FactsError
from kg.facts.lines import Located, read_yaml

_TEXT = ("when", "by", "said", "modality", "within", "list", "based_on", "prefix", "suffix")
_PROPOSED = ("id", "status", "rule", "confidence", "note")
_KEYS = {"quote", "states", "figure", "order", *_TEXT, *_PROPOSED}
_PAGE_KEYS = (
    "source",
    "label",
    "newspaper",
    "date",
    "reference_date",
    "sha256",
    "characters",
    "articles",
    "facts",
)
_STATUS = ("proposed", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Article:
    """A piece of the page: the stretches of the raw text (code points, end exclusive) that make it up."""

    id: str
    zh: str
    en: str
    type: str
    blocks: tuple[tuple[int, int], ...]

    def holds(self, start: int, end: int) -> bool:
        """Tell whether the span lies in one of the article's blocks."""
        return any(first <= start and end <= last for first, last in self.blocks)


@dataclass(frozen=True, slots=True)
class Fact:
    """The words of a page and what they state; ``line`` is where the facts file says so."""

    article: str
    quotes: tuple[str, ...]
    states: tuple[str, ...]
    figures: tuple[str, ...]
    line: int
    when: str = ""
    by: str = ""
    said: str = ""
    modality: str = ""
    within: str = ""
    list: str = ""
    based_on: str = ""
    prefix: str = ""
    suffix: str = ""
    order: bool = False
    status: str = "accepted"


@dataclass(frozen=True, slots=True)
class Page:
    """One facts file."""

    path: Path
    source: str
    zh: str
    en: str
    newspaper: str
    date: str
    reference_date: datetime.date
    sha256: str
    characters: int
    articles: dict[str, Article]
    facts: tuple[Fact, ...]


def read_page(path: Path) -> Page:
    """Read a facts file.

    Raises ``FactsError`` naming the line and the field that is wrong.
    """
    document = read_yaml(path)
    for key in _PAGE_KEYS:
        if key not in document:
            raise FactsError(f"{path} lacks {key!r}", hint="see CONTRIBUTING.md for the form")
    articles = {name: _article(path, name, entry) for name, entry in (document["articles"] or {}).items()}
    facts = []
    for name, entries in (document["facts"] or {}).items():
        if name not in articles:
            raise FactsError(f"{path}: facts of {name}, which is not among the articles", hint="add it there")
        facts += [_fact(path, name, entry) for entry in entries or ()]
    try:
        reference = datetime.date.fromisoformat(document["reference_date"])
        characters = int(document["characters"])
    except ValueError as error:
        raise FactsError(
            f"{path}: {error}", hint="write a date as 2021-06-25 and a number in digits"
        ) from error
    return Page(
        path,
        document["source"],
        document["label"]["zh"],
        document["label"]["en"],
        document["newspaper"],
        document["date"],
        reference,
        document["sha256"],
        characters,
        articles,
        tuple(facts),
    )


def _article(path: Path, name: str, entry: Any) -> Article:
    try:
        blocks = tuple((int(start), int(end)) for start, end in entry["blocks"])
        label = entry["label"]
        return Article(name, label["zh"], label["en"], entry.get("type", "schema:NewsArticle"), blocks)
    except (KeyError, TypeError, ValueError) as error:
        line = f":{entry.line}" if isinstance(entry, Located) else ""
        raise FactsError(
            f"{path}{line}: {name} is no article ({error!r})",
            hint="write label: {zh, en} and blocks: [[start, end]]",
        ) from error


def _fact(path: Path, article: str, entry: Any) -> Fact:
    if not isinstance(entry, Located):
        raise FactsError(f"{path}: {article} holds {entry!r}, no fact", hint="write - quote: … and states: …")
    where = f"{path}:{entry.line}"
    if unknown := set(entry) - _KEYS:
        raise FactsError(
            f"{where}: unknown field {', '.join(sorted(unknown))}", hint=f"use {', '.join(sorted(_KEYS))}"
        )
    for key in _TEXT:
        if not isinstance(entry.get(key, ""), str):
            raise FactsError(f"{where}: {key} must be one line of text", hint="write it as text")
    quotes = _texts(where, entry, "quote")
    if not quotes:
        raise FactsError(f"{where}: no quote", hint="give the words of the page that state it")
    status = entry.get("status", "accepted")
    if status not in _STATUS:
        raise FactsError(f"{where}: status {status!r}", hint=f"use {', '.join(_STATUS)}")
    states, figures = _texts(where, entry, "states"), _texts(where, entry, "figure")
    if not states and not figures:
        raise FactsError(f"{where}: the quote states nothing", hint="add states: or figure:")
    text = {key: entry.get(key, "") for key in _TEXT}
    return Fact(
        article, quotes, states, figures, entry.line, **text, order=bool(entry.get("order")), status=status
    )


def _texts(where: str, entry: Located, key: str) -> tuple[str, ...]:
    value = entry.get(key) or ()
    texts = (value,) if isinstance(value, str) else tuple(value)
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise FactsError(
            f"{where}: {key} must be text or a list of texts", hint="put quotation marks around it"
        )
    return texts
