"""What an article says of itself: headline, lines under it, reporters; each a fact with its words."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ingest.page.block import Article, Block
from kg.ingest.page.clean import Clean
from kg.ingest.proposal import LONGEST_QUOTE, Name, Proposal, Quote
from kg.text import Alignment, unspaced

#: Less is a scrap of a line that the page broke.
_SHORTEST = 4
_HEADINGS = {"headline": "schema:headline", "subhead": "kg:subheading"}


def imprint(page: Clean, article: Article, identifier: str) -> Iterator[Proposal]:
    """Yield the facts of an article's own head and signature, under the id that it has.

    >>> from kg.ingest.page.block import read_articles
    >>> from kg.ingest.page.clean import clean
    >>> page = clean("邻县建成冷库\\n\\n本报讯(记者 王小明)记者获悉，邻县建成冷库。\\n")
    >>> for p in imprint(page, read_articles(page)[0], "article-1"):
    ...     print(p.predicate, p.object.text if isinstance(p.object, Name) else p.object, p.quote.exact)
    schema:headline 邻县建成冷库 邻县建成冷库
    schema:author 王小明 王小明
    """
    subject = Name(identifier, "schema:NewsArticle")
    alignment = Alignment(page.raw)
    for block in article.blocks:
        predicate = _HEADINGS.get(block.kind)
        if predicate and block.end - block.start >= _SHORTEST:
            quote = _quote(page, alignment, block.start, block.end)
            words = page.raw[slice(*page.span(block.start, block.end))]
            yield Proposal(subject, predicate, quote, "imprint", 0.8, object=" ".join(words.split()))
    seen: set[str] = set()
    for block in article.blocks:
        for name in block.names if block.kind != "caption" else ():
            at = _at(page, block, name)
            if name not in seen and at >= 0:
                seen.add(name)
                quote = _quote(page, alignment, at, at + len(name))
                yield Proposal(
                    subject, "schema:author", quote, "imprint", 0.85, object=Name(name, "kg:Journalist")
                )


def _at(page: Clean, block: Block, name: str) -> int:
    return page.text.find(name, block.start, block.end)


def _quote(page: Clean, alignment: Alignment, start: int, end: int) -> Quote:
    """Return the words of a clean span, from its start as far as a quote may go."""
    first, last = alignment.squashed_span(*page.span(start, end))
    raw = alignment.span(first, min(last, first + LONGEST_QUOTE))
    return Quote(unspaced(alignment.raw[slice(*raw)]), *raw)
