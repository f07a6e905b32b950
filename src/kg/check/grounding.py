"""Every quote stands on its page where the graph says it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Store

from kg.check.report import Violation
from kg.errors import SourceError
from kg.namespaces import BASE, KG
from kg.text import Source, squash

_SPANS = """
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?span ?exact ?start ?end WHERE {
  ?span oa:hasSource ?page ; oa:hasSelector/oa:exact ?exact ;
        oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end }
"""


def grounding(
    store: Store, sources: Mapping[str, Source], *, named: bool = False
) -> Iterator[Violation | str]:
    """Yield the quotes that their page does not bear out, and a note for each page not at hand.

    Every quote holds when ``squash(raw[start:end]) == squash(exact)``. With ``named`` the sources were
    given by name, and one that belongs to no page of the graph is refused.

    Raises ``SourceError`` for such a one.
    """
    pages = {
        q.object.value: q.subject
        for q in store.quads_for_pattern(None, NamedNode(KG + "sha256"), None, None)
        if isinstance(q.object, Literal) and isinstance(q.subject, NamedNode)
    }
    if named and (strange := set(sources) - set(pages)):
        raise SourceError(
            f"the text with SHA-256 {min(strange)[:12]}… is no page of this graph",
            hint="give the file that the graph was made from, unchanged",
        )
    for sha256, page in sorted(pages.items()):
        if sha256 in sources:
            yield from _page(store, page, sources[sha256])
        else:
            yield f"the text of {page.value.removeprefix(BASE)} is not at hand: its quotes are not grounded"


def _page(store: Store, page: NamedNode, source: Source) -> Iterator[Violation]:
    for row in store.query(_SPANS.replace("?page", str(page))):  # type: ignore[union-attr]
        start, end = int(row["start"].value), int(row["end"].value)
        words = source.text[start:end]
        if squash(words) != squash(row["exact"].value):
            found = source.alignment.find(row["exact"].value)
            hint = (
                "; ".join(f"it stands at {s}-{e}" for s, e in found[:3])
                or "the page does not have these words"
            )
            yield Violation(
                "grounding",
                row["span"].value,
                f"“{row['exact'].value}” is not what stands there",
                f"{hint}; run kg build",
            )
