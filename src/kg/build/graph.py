"""Compile facts files into triples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from kg.build.background import catalogue_triples
from kg.build.locate import Locator
from kg.build.statements import PageCompiler
from kg.build.turtle import to_turtle
from kg.errors import FactsError, SourceError
from kg.facts.catalogue import read_catalogue
from kg.facts.page import Page, read_page
from kg.facts.spans import read_spans, spans_path, write_spans
from kg.ontology import Ontology, load_ontology
from kg.text import Source, read_source


@dataclass(frozen=True)
class Build:
    """What the facts compile to: the graph, and for each facts file where its quotes stand."""

    turtle: str
    spans: Mapping[Path, str]
    pages: tuple[Page, ...]

    @property
    def files(self) -> dict[Path, str]:
        """The span files to write, by path."""
        return {spans_path(path): text for path, text in self.spans.items()}


def build(facts: Path, sources: list[Path] | None = None, *, ontology: Ontology | None = None) -> Build:
    """Compile all facts files of a folder.

    Parameters: ``facts`` holds ``entities.yaml``, ``places.csv``, ``references.yaml`` and a YAML file a
    page; ``sources`` are page texts, matched to their page by SHA-256. A page whose text is not given is
    built from the recorded spans.

    Raises ``FactsError`` for a line that cannot stand, ``SourceError`` for a text that is no page's.
    """
    ontology = ontology or load_ontology()
    catalogue = read_catalogue(facts)
    pages = [read_page(p) for p in sorted(facts.glob("*.yaml")) if p.stem not in ("entities", "references")]
    if not pages:
        raise FactsError(f"{facts} holds no facts file", hint="add data/facts/<source>.yaml")
    texts = _match_sources(pages, sources or [])
    triples: set[Triple] = set()
    spans = {}
    for page in pages:
        locator = Locator(page, read_spans(page.path), texts.get(page.sha256))
        triples |= PageCompiler(page, catalogue, ontology, locator).triples()
        spans[page.path] = write_spans(locator.spans)
    triples |= catalogue_triples(catalogue, triples, ontology)
    return Build(to_turtle(triples), spans, tuple(pages))


def verify(facts: Path, graph: Path, sources: list[Path] | None = None) -> bool:
    """Tell whether the graph file is, byte for byte, what the facts compile to."""
    try:
        return graph.read_text(encoding="utf-8") == build(facts, sources).turtle
    except FileNotFoundError:
        return False


def _match_sources(pages: list[Page], paths: list[Path]) -> dict[str, Source]:
    texts = {}
    known = {page.sha256: page.source for page in pages}
    for path in paths:
        source = read_source(path)
        if source.sha256 not in known:
            raise SourceError(
                f"{path} is the text of no page (SHA-256 {source.sha256[:12]}…)",
                hint="give the file as it was extracted, or write its sha256 in its facts file",
            )
        texts[source.sha256] = source
    return texts
