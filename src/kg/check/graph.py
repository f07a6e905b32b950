"""Run every rule over a graph."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from kg.check.grounding import grounding
from kg.check.report import Report, Violation
from kg.check.rules import RULES
from kg.check.shapes import shape_violations
from kg.ontology import load_ontology
from kg.resources import resource
from kg.store import open_store
from kg.text import read_sources


def check(data: list[str], sources: list[Path] | None = None, *, ontology: Path | None = None) -> Report:
    """Check graph files against the ontology, its shapes and the texts of their pages.

    Parameters: ``data`` are locations as ``open_store`` takes them; ``sources`` are texts of pages or
    folders of them, without which grounding is noted as not checked.

    Raises ``DataError`` where a file cannot be read, ``SourceError`` where a text is of no page.
    """
    terms = ontology or resource("ontology/kg.ttl")
    known = load_ontology(terms)
    store = Store()
    store.extend(open_store(data).quads())
    found: list[Violation] = [v for rule in RULES for v in rule(store, known)]
    notes = []
    paths = sources or []
    named = bool(paths) and not any(p.is_dir() for p in paths)
    for item in grounding(store, read_sources(paths), named=named):
        if isinstance(item, Violation):
            found.append(item)
        else:
            notes.append(item)
    vocabulary = terms.read_text(encoding="utf-8")
    turtle = "\n".join(f"{q.triple} ." for q in store)
    found += shape_violations(turtle, resource("ontology/shapes.ttl"), vocabulary)
    found += shape_violations(vocabulary, resource("ontology/ontology-shapes.ttl"), "")
    return Report(tuple(sorted(set(found))), tuple(notes))
