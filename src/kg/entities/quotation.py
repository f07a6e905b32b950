"""Quotes with what stands around them, read from the source text where it is at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.entities.cells import row
from kg.entities.describe import describe
from kg.errors import SourceError
from kg.evidence import DERIVED, Evidence, EvidenceIndex
from kg.namespaces import DCTERMS, KG, OA, SCHEMA
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.store.protocol import Node, Store, Term
from kg.text import Source, read_sources

_SHA256 = NamedNode(KG + "sha256")
_HAS_SOURCE, _SELECTOR = NamedNode(OA + "hasSource"), NamedNode(OA + "hasSelector")


def evidence_about(store: Store, iri: str, *, lang: str = "zh") -> list[Evidence]:
    """Return the evidence of a statement, of a span, or of all that is said of an entity, in order."""
    node = NamedNode(iri)
    if any(True for name in (DERIVED, _SELECTOR) for _ in store.quads(node, name)):
        return list(EvidenceIndex(store, lang).of(node))
    found = describe(store, iri, lang=lang)
    pieces = {piece for fact in found.facts for piece in fact.evidence}
    pieces |= {piece for figure in (*found.figures, *found.measured) for piece in figure.evidence}
    return sorted(pieces, key=lambda piece: piece.order)


class Pages:
    """Source texts that were checked to be the ones the graph was made from."""

    def __init__(self, store: Store, files: Iterable[Path | str]) -> None:
        """Read files, and of folders those that are sources of this graph.

        Raises ``SourceError`` for a file that is none: its offsets would lie.
        """
        known = {
            quad.object.value: quad.subject.value
            for quad in store.quads(None, _SHA256)
            if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
        }
        self._sources: dict[str, Source] = {}
        for path in files:
            texts = read_sources([path])
            self._sources |= {known[digest]: text for digest, text in texts.items() if digest in known}
            if not known.keys() & texts.keys():
                raise SourceError(
                    f"{path} is not a text that this graph was made from",
                    hint="give the file whose SHA-256 kg sources shows",
                )

    def has(self, evidence: Evidence) -> bool:
        """Say whether the text that a quote stands in is at hand."""
        return evidence.source in self._sources

    def context(self, evidence: Evidence, characters: int) -> tuple[str, str, str]:
        """Return what stands before a quote, the quote as the page has it, and what stands after.

        Without the source text these are at most the few characters that the graph holds.
        """
        source = self._sources.get(evidence.source)
        if source is None or evidence.start is None or evidence.end is None:
            before = evidence.prefix[max(0, len(evidence.prefix) - characters) :]
            return before, evidence.exact, evidence.suffix[:characters]
        text, start, end = source.text, evidence.start, evidence.end
        return text[max(0, start - characters) : start], text[start:end], text[end : end + characters]


def sources(store: Store, *, lang: str = "zh") -> Listing:
    """Return the sources of a store: their date, and how many statements and quotes rest on them."""
    index = EvidenceIndex(store, lang)
    spans: dict[Term | None, set[Term]] = {}
    statements: dict[Term | None, set[Term]] = {}
    for quad in store.quads(None, DERIVED):
        origin = _node(quad.object)
        found: list[Term | None] = [each.object for each in store.quads(origin, _HAS_SOURCE)]
        quoted = bool(found) or any(True for _ in store.quads(origin, _SELECTOR))
        # A blank node names no source: what is quoted from one has none that is known.
        for source in found or [None if isinstance(quad.object, BlankNode) else quad.object]:
            statements.setdefault(source, set()).add(quad.subject)
            spans.setdefault(source, set()).update({quad.object} if quoted else ())
    rows = []
    for source in sorted(statements, key=lambda term: (term is None, str(term))):
        node = _node(source)
        publication = [index.label(each.object) for each in store.quads(node, NamedNode(SCHEMA + "isPartOf"))]
        rows.append(
            (
                source,
                _literal("、".join(publication)),
                _literal(_first(store, node, DCTERMS + "date")),
                Literal(len(statements[source])),
                Literal(len(spans[source])),
                _literal(_first(store, node, KG + "sha256")),
            )
        )
    columns = ("source", "publication", "date", "statements", "quotes", "sha256")
    return Listing(columns, rows, store, known_prefixes(store))


def quotes(
    store: Store, evidence: Sequence[Evidence], pages: Pages, *, characters: int = 40
) -> Iterator[tuple[Evidence, tuple[str, str, str]]]:
    """Yield each quote once, with what stands around it."""
    seen: set[tuple[str, str]] = set()
    for piece in evidence:
        if (piece.span, piece.speaker) not in seen:
            seen.add((piece.span, piece.speaker))
            yield piece, pages.context(piece, characters)


def listing(store: Store, found: Sequence[tuple[Evidence, tuple[str, str, str]]]) -> Listing:
    """Return quotes as rows, with what stands before and after each."""
    columns = ("before", "quote", "after", "speaker", "modality", "article", "source", "start", "end")
    rows = [row(columns, words, dict(zip(columns, context, strict=False))) for words, context in found]
    return Listing(columns, rows, store, known_prefixes(store))


def _node(term: Term | None) -> NamedNode | BlankNode:
    # Nothing and a literal name no source: they have no page to show.
    return term if isinstance(term, NamedNode | BlankNode) else NamedNode("urn:unknown")


def _first(store: Store, node: Node, name: str) -> str:
    return next(
        (q.object.value for q in store.quads(node, NamedNode(name)) if isinstance(q.object, Literal)), ""
    )


def _literal(text: str) -> Literal | None:
    return Literal(text) if text else None
