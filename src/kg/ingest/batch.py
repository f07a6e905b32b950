"""Many pages, one after another: each is written as soon as it is read, so a stopped run goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import KgError, SourceError, UsageError
from kg.files import replacing
from kg.ingest.entity import slug
from kg.ingest.extractor import Extractor, Page, load_extractor
from kg.ingest.factsfile import read_facts, write_facts
from kg.ingest.page.formats import read_text
from kg.ingest.propose import Publication, propose, sha256
from kg.ingest.shelf import Shelf, check_source, same_source


@dataclass(frozen=True)
class Batch:
    """What is the same for all pages of a run."""

    newspaper: str
    day: date
    folder: Path
    source: str | None = None
    extractor: str = "rules"
    base_url: str | None = None
    model: str | None = None
    cache: Path = Path(".kg-cache")
    #: Told how many of a page's stretches a model has answered.
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True)
class Ingested:
    """What became of one file."""

    file: Path
    summary: str
    error: KgError | None = None


def ingest_pages(files: Sequence[Path], batch: Batch) -> Iterator[Ingested]:
    """Read each file, write its facts file and say what was found; a bad file does not stop the others.

    Raises ``UsageError`` when several files share one ``source``.
    """
    if batch.source and len(files) > 1:
        raise UsageError("--source names one page, but there are several", hint="leave it out")
    extractor = _extractor(batch)
    shelf = Shelf(batch.folder)
    texts: dict[str, Path] = {}
    sources: dict[str, Path] = {}
    for file in files:
        try:
            yield _ingest(file, batch, extractor, shelf, texts, sources)
        except KgError as error:
            yield Ingested(file, f"{file}: {error}", error)


def _extractor(batch: Batch) -> Extractor:
    found = load_extractor(batch.extractor)
    if batch.extractor != "llm":
        return found()
    if not batch.base_url or not batch.model:
        raise UsageError(
            "--extractor llm needs --base-url and --model", hint="name an OpenAI-compatible endpoint"
        )
    return found(
        batch.base_url,
        batch.model,
        key=os.environ.get("KG_LLM_API_KEY"),
        cache=batch.cache,
        progress=batch.progress,
    )


def _ingest(
    file: Path,
    batch: Batch,
    extractor: Extractor,
    shelf: Shelf,
    texts: dict[str, Path],
    sources: dict[str, Path],
) -> Ingested:
    text = read_text(file)
    text = _kept_text(file, text)
    digest = sha256(text)
    if digest in texts:
        return Ingested(file, f"{file}: the same page as {texts[digest]}, read once")
    source = batch.source or f"{slug(batch.newspaper, joined=True)}-{batch.day.isoformat()}-{slug(file.stem)}"
    if source in sources:
        raise SourceError(f"{file} has the id {source}, as has {sources[source]}", hint="give it a --source")
    texts[digest], sources[source] = file, file
    publication = Publication(source, batch.newspaper, batch.day)
    path = batch.folder / f"{source}.yaml"
    if shelf.pages.get(digest, path) != path:
        return Ingested(file, f"{file}: the same page as {shelf.pages[digest]}, which was read before")
    existing = read_facts(path) if path.exists() else None
    note = ""
    if existing is not None:
        check_source(existing, publication, shelf.linker())
        note = "" if same_source(existing, text) else "; the text has changed since"
    extraction = extractor.extract(Page(text, batch.day))
    outcome = propose(text, publication, extraction, shelf.linker(), existing=existing)
    write_facts(path, outcome.facts)
    shelf.put(path, digest, outcome.facts)
    dropped = sum(extraction.dropped.values())
    parts = [f"{outcome.proposed} proposed", f"{outcome.kept} decided before"] + (
        [f"{dropped} dropped"] if dropped else []
    )
    stale = f"; no longer on the page: {', '.join(outcome.stale)}" if outcome.stale else ""
    return Ingested(file, f"{path}: {', '.join(parts)}{note}{stale}")


def _kept_text(file: Path, text: str) -> str:
    """Return the text that spans count in, kept beside any file that is not that text itself."""
    content = file.read_bytes()
    if content == text.encode("utf-8"):
        return text
    beside = file.with_suffix(file.suffix + ".txt" if file.suffix != ".txt" else ".utf-8.txt")
    if not beside.exists() or beside.read_bytes() != text.encode("utf-8"):
        with replacing(beside) as stream:
            stream.write(text.encode("utf-8"))
    return text
