"""The words that carry a statement: spans of a source, and the statements that rest on them."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import Any

from pyoxigraph import Literal

from kg.graph.drawing import Drawing
from kg.graph.index import Index, Value
from kg.namespaces import DCTERMS, KG, OA, PROV, RDF, SCHEMA


class Evidence:
    """Find the quote, the article and the speaker of each statement.

    A span is a dictionary with the keys ``iri``, ``quote``, ``start``, ``end``, ``article``,
    ``article_iri``, ``source``, ``source_iri`` and ``date``; what the graph does not say is left out.
    """

    def __init__(self, index: Index, drawing: Drawing) -> None:
        self.index = index
        self.drawing = drawing
        #: Every resource that a statement or a figure mentions by name: the speaker, the article …
        self.mentioned: set[str] = set()
        self._spans: dict[str, dict[str, Any]] = {}
        self._statements: dict[tuple[str, str, Value], list[str]] = defaultdict(list)
        predicates, objects = index.single(RDF + "predicate"), index.single(RDF + "object")
        for iri, subject in sorted(index.single(RDF + "subject").items(), key=itemgetter(0)):
            if iri in predicates and iri in objects:
                self._statements[str(subject), str(predicates[iri]), objects[iri]].append(iri)

    def of(self, subject: str, predicate: str, value: Value) -> list[dict[str, Any]]:
        """Return one description a statement of this triple, or none where nothing speaks for it."""
        statements = self._statements.get((subject, predicate, value), ())
        return [{"statement": iri, **self.described(iri)} for iri in statements]

    def described(self, iri: str) -> dict[str, Any]:
        """Return what carries a statement or a figure: evidence, speaker, modality, period."""
        index = self.index
        found: dict[str, Any] = {"evidence": [self.span(s) for s in index.iris(iri, PROV + "wasDerivedFrom")]}
        found |= self.named("speaker", index.iri(iri, PROV + "wasAttributedTo"))
        found |= self.named("modality", index.iri(iri, KG + "modality"))
        if period := index.text(iri, KG + "periodVerbatim"):
            found["period"] = period
        return found

    def span(self, iri: str) -> dict[str, Any]:
        """Return a span of a source; a source that is no span (a reference table) stands for itself."""
        if iri not in self._spans:
            self._spans[iri] = self._read_span(iri)
        return self._spans[iri]

    def named(self, key: str, iri: str | None) -> dict[str, str]:
        """Return a resource by its name and by its IRI, or nothing.

        >>> index = Index.read([])
        >>> Evidence(index, Drawing(index)).named("speaker", "https://kg.example/id/li-tao")
        {'speaker': 'li-tao', 'speaker_iri': 'https://kg.example/id/li-tao'}
        """
        if iri is None:
            return {}
        self.mentioned.add(iri)
        return {key: self.drawing.names(iri)[0], f"{key}_iri": iri}

    def _read_span(self, iri: str) -> dict[str, Any]:
        index = self.index
        span: dict[str, Any] = {"iri": iri}
        for selector in index.iris(iri, OA + "hasSelector"):
            if quote := index.text(selector, OA + "exact"):
                span["quote"] = quote
            for key in ("start", "end"):
                if (number := index.number(selector, OA + key)) is not None:
                    span[key] = number
        span |= self.named("article", index.iri(iri, SCHEMA + "isPartOf"))
        source = index.iri(iri, OA + "hasSource") or (None if "quote" in span else iri)
        span |= self.named("source", source)
        if source and (date := index.one(source, DCTERMS + "date")):
            span["date"] = date.value if isinstance(date, Literal) else date
        return span
