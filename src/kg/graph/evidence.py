"""The words that carry a statement: spans of a source, and the statements that rest on them."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import Any

from pyoxigraph import Literal

from kg.graph.drawing import Drawing
from kg.graph.index import Index, Value, python_value
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
        self._derived = index.column(PROV + "wasDerivedFrom")
        self._speaker = index.single(PROV + "wasAttributedTo")
        self._modality = index.single(KG + "modality")
        self._period = index.single(KG + "periodVerbatim")
        self._article = index.single(SCHEMA + "isPartOf")
        self._source = index.single(OA + "hasSource")
        self._date = index.single(DCTERMS + "date")
        self._quote, self._start, self._end = (
            self._of_selector(OA + key) for key in ("exact", "start", "end")
        )
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
        spans = self._derived.get(iri, ())
        found: dict[str, Any] = {"evidence": [self.span(span) for span in sorted(map(str, spans))]}
        if iri in self._speaker:
            found |= self.named("speaker", str(self._speaker[iri]))
        if iri in self._modality:
            found |= self.named("modality", str(self._modality[iri]))
        if iri in self._period:
            found["period"] = _text(self._period[iri])
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
        span: dict[str, Any] = {"iri": iri}
        if iri in self._quote:
            span["quote"] = _text(self._quote[iri])
        for key, where in (("start", self._start), ("end", self._end)):
            if isinstance(position := where.get(iri), Literal):
                span[key] = python_value(position)
        article, source = self._article.get(iri), self._source.get(iri)
        if article is not None:
            span |= self.named("article", str(article))
        if source is None and "quote" not in span:
            source = iri
        if source is not None:
            span |= self.named("source", str(source))
            if (date := self._date.get(str(source))) is not None:
                span["date"] = _text(date)
        return span

    def _of_selector(self, predicate: str) -> dict[str, Value]:
        """Return what the selectors of each span say."""
        said = self.index.single(predicate)
        selectors = self.index.column(OA + "hasSelector")
        return {span: said[s] for span, of in selectors.items() for s in of if s in said}  # type: ignore[index]


def _text(value: Value) -> str:
    return value.value if isinstance(value, Literal) else value
