"""From a page to its facts file: every proposal under its article, what a person decided left alone."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date

from kg.errors import SourceError
from kg.figures import Figure
from kg.ingest.entity import Entity, entity_line
from kg.ingest.entity import scalar as _scalar
from kg.ingest.extractor import Extraction
from kg.ingest.factsfile import Fact, FactsFile, parse_facts
from kg.ingest.imprint import imprint
from kg.ingest.link import Linker
from kg.ingest.names.seat import seat
from kg.ingest.page.block import Article, read_articles
from kg.ingest.page.clean import Clean, clean
from kg.ingest.page.context import context
from kg.ingest.proposal import Name, Proposal, Quote
from kg.text import Alignment

_MODALITY = {"kg:Forecast": "Forecast", "kg:Opinion": "Opinion", "kg:Plan": "Plan"}
_DIVISIONS = ("kg:Province", "kg:PrefectureCity", "kg:County")
_WHOLE = {"全国": "CHN", "全球": None, "世界": None}


@dataclass(frozen=True)
class Publication:
    """What is printed where: the source's id, the newspaper, the day."""

    source: str
    newspaper: str
    date: date


@dataclass(frozen=True)
class Outcome:
    """The facts file of a page, and what a reader of it should know."""

    facts: FactsFile
    proposed: int
    kept: int
    stale: tuple[str, ...]


def propose(
    text: str,
    publication: Publication,
    extraction: Extraction,
    linker: Linker,
    *,
    existing: FactsFile | None = None,
) -> Outcome:
    """Return the facts file of a page: new proposals, and the decisions of an ``existing`` file.

    A proposal that was decided before keeps its decision, by its id. ``stale`` are the decided facts
    whose words the text no longer holds.
    """
    alignment = Alignment(text)
    page = clean(text)
    found = read_articles(page)
    articles = _articles(page, found, publication)
    kept = [] if existing is None else [f for f in existing.facts if f.status != "proposed" or f.id is None]
    decided = {fact.id for fact in kept if fact.id}
    # What a person wrote without an id on the same words states the same fact already.
    fresh: dict[str, list[Fact]] = {name: [] for name, _ in articles}
    proposed = 0
    heads = [p for a, (name, _) in zip(found, articles, strict=True) for p in imprint(page, a, name)]
    for proposal in [*heads, *extraction.proposals]:
        if proposal.key in decided:
            continue
        name = _article_of(articles, proposal.quote)
        fresh[name].append(_fact(proposal, alignment, linker))
        proposed += 1
    if existing is None:
        facts = FactsFile(_head(text, publication, articles, linker), {a: tuple(f) for a, f in fresh.items()})
    else:
        facts = _merged(existing, fresh, linker)
    stale = tuple(
        fact.id or fact.quotes[0] for fact in kept if not all(alignment.find(quote) for quote in fact.quotes)
    )  # fmt: skip
    return Outcome(facts, proposed, len(kept), stale)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text's bytes in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _articles(
    page: Clean, found: list[Article], publication: Publication
) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the articles with the raw spans of their blocks; what lies in none belongs to the first."""
    if not found:
        raise SourceError(
            "no article found: no paragraph with a full stop", hint="give a page of running text"
        )
    named = []
    for number, article in enumerate(found, 1):
        spans = [page.span(b.start, b.end) for b in article.blocks]
        named.append((f"article-{publication.source}-{number}", spans))
    return named


def _article_of(articles: list[tuple[str, list[tuple[int, int]]]], quote: Quote) -> str:
    before = [name for name, spans in articles if spans and spans[0][0] <= quote.start]
    return before[-1] if before else articles[0][0]


def _head(
    text: str, publication: Publication, articles: list[tuple[str, list[tuple[int, int]]]], linker: Linker
) -> str:
    lines = [
        "# Proposals of kg ingest: a person accepts, edits or rejects each (status: accepted, rejected).",
        "# What a person decided is kept to the byte when the page is read again.",
        "",
        f"source: {publication.source}",
        f"label: {{zh: {_scalar(publication.newspaper + publication.date.isoformat() + '版面')}, "
        f"en: {_scalar(f'Page of {publication.date.isoformat()}')}}}",
        f"newspaper: {linker.link(Name(publication.newspaper, 'kg:Newspaper')).id}",
        f"date: {publication.date.isoformat()}",
        f"reference_date: {publication.date.isoformat()}",
        f"sha256: {sha256(text)}",
        f"characters: {len(text)}",
        "",
        "articles:",
    ]
    for name, spans in articles:
        blocks = ", ".join(f"[{start}, {end}]" for start, end in _joined(spans))
        number = name.rpartition("-")[2]
        label = f"{{zh: 报道{number}, en: Article {number}}}"
        lines += [f"  {name}:", f"    label: {label}", f"    blocks: [{blocks}]"]
    return "\n".join(lines) + "\n\n" + _entities(linker)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(spans[0][0], spans[-1][1])] if spans else []


def _entities(linker: Linker) -> str:
    """Return the entities that the page adds, in the form of entities.yaml."""
    if not linker.new:
        return ""
    return "entities:\n" + "".join(_entity(linker.new[i]) for i in sorted(linker.new)) + "\n"


def _entity(entity: Entity) -> str:
    return "  " + entity_line(entity) + "\n"


def _merged(existing: FactsFile, fresh: dict[str, list[Fact]], linker: Linker) -> FactsFile:
    """Return the existing file with new proposals after the kept facts of each article."""
    names = list(existing.sections)
    sections = {
        a: [f for f in facts if f.status != "proposed" or f.id is None]
        for a, facts in existing.sections.items()
    }
    for number, (name, facts) in enumerate(fresh.items()):
        # A person may have renamed the articles: the order on the page tells which is which.
        target = name if name in sections else names[min(number, len(names) - 1)] if names else name
        sections.setdefault(target, []).extend(facts)
    head = existing.head
    missing = [e for i, e in sorted(linker.new.items()) if not re.search(rf"(?m)^  {re.escape(i)}:", head)]
    if missing:
        if not re.search(r"(?m)^entities:", head):
            head = head.rstrip("\n") + "\n\nentities:\n\n"
        added = "".join(_entity(e) for e in missing)
        head = re.sub(r"(?m)^entities:\n", lambda m: m[0] + added, head)
    return FactsFile(head, {a: tuple(f) for a, f in sections.items()}, existing.preambles)


def _fact(proposal: Proposal, alignment: Alignment, linker: Linker) -> Fact:
    fields = _fields(proposal, alignment, linker)
    lines = []
    for number, (name, value) in enumerate(fields.items()):
        mark = "  - " if number == 0 else "    "
        if isinstance(value, list):
            lines.append(f"{mark}{name}:\n" + "".join(f"    - {_scalar(v)}\n" for v in value))
        else:
            shown = f"{value:g}" if isinstance(value, float) else _scalar(str(value))
            lines.append(f"{mark}{name}: {shown}\n")
    (fact,) = parse_facts("facts:\n  a:\n" + "".join(lines)).facts
    return fact


def _fields(proposal: Proposal, alignment: Alignment, linker: Linker) -> dict[str, str | float | list[str]]:
    """Return the fields of a fact, in the order in which a person reads them."""
    asked: list[str] = []

    def linked(name: Name) -> str:
        if name.type == "schema:NewsArticle":
            return name.text
        link = linker.link(name)
        if link.ask:
            asked.append(f"{name.text}: {' or '.join(link.ask)}")
        return link.id

    fields: dict[str, str | float | list[str]] = {"quote": proposal.quote.exact}
    fields |= context(alignment, proposal.quote)
    subject = linked(proposal.subject)
    if proposal.period is not None:
        fields["when"] = proposal.period.verbatim
    if proposal.speaker is not None and proposal.said is not None:
        fields["by"] = linked(proposal.speaker)
        fields["said"] = proposal.said.exact
    if proposal.modality is not None:
        # Where nobody is named who expects it, it is what is planned.
        forecast = proposal.modality == "kg:Forecast" and proposal.speaker is None
        fields["modality"] = "Plan" if forecast else _MODALITY[proposal.modality]
    if proposal.figure is not None:
        measure = linker.measure(
            proposal.predicate, rank=proposal.figure.kind == "rank", unit=proposal.figure.unit_code
        )
        fields["figure"] = f"{subject} {measure} {shown_value(proposal.figure)}"
        code = _WHOLE.get(proposal.within or "")
        if code:
            fields["within"] = linked(Name("中国", "kg:Country", (code,)))
        elif proposal.within == "全省" and (province := _province(proposal.subject)):
            fields["within"] = linked(Name("", "kg:Province", (province,)))
    elif isinstance(proposal.object, Name):
        if proposal.title is not None:
            body = seat(proposal.title, _full(proposal.object, linker))
            other = linked(body)
            post = linker.post(proposal.title, other)
            states = [f"{subject} {proposal.predicate} {post}", f"{post} org:postIn {other}"]
            if body is not proposal.object and body.text != proposal.object.text:
                states.append(f"{other} schema:location {linked(proposal.object)}")
            fields["states"] = states
        else:
            fields["states"] = f"{subject} {proposal.predicate} {linked(proposal.object)}"
    else:
        value = proposal.object or ""
        literal = (
            value if re.fullmatch(r"\d{4}(-\d\d){0,2}", value) else json.dumps(value, ensure_ascii=False)
        )
        if proposal.predicate == "kg:representativeProduct":
            literal = linked(Name(value, "kg:Product"))
        fields["states"] = f"{subject} {proposal.predicate} {literal}"
    if asked:
        fields["note"] = "which: " + "; ".join(asked)
    fields |= {
        "status": "proposed",
        "id": proposal.key,
        "rule": proposal.rule,
        "confidence": min(proposal.confidence, 0.4) if asked else proposal.confidence,
    }
    return fields


def _full(name: Name, linker: Linker) -> Name:
    """Return a place by its full name where one place bears this one, else the name as it is."""
    places = {code: linker.label(code) for code in name.candidates if name.type in _DIVISIONS}
    return replace(name, text=next(iter(places.values()))) if len(places) == 1 else name


def shown_value(figure: Figure) -> str:
    """Return a figure's value and unit as facts files write them.

    >>> from kg.figures import read_figures
    >>> [shown_value(read_figures(w)[0]) for w in ("突破167亿元", "近200家", "前十位", "3至5亿元")]
    ['16700000000 CNY', '200', '<=10', '300000000..500000000 CNY']
    """
    if figure.value is not None:
        value = f"{figure.value:f}"
    elif figure.minimum is not None and figure.maximum is not None:
        value = f"{figure.minimum:f}..{figure.maximum:f}"
    else:
        value = f"<={figure.maximum:f}" if figure.maximum is not None else f">={figure.minimum:f}"
    return value if figure.unit_code == "C62" else f"{value} {figure.unit_code}"


def _province(name: Name) -> str | None:
    codes = {code[:2] + "0000" for code in name.candidates if code.isdigit()}
    return codes.pop() if len(codes) == 1 else None
