"""The blocks of a page (headline, byline, body …) and the articles that they make up.

This is a proposal: type setters break every rule, so a person can correct the map in the facts file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.ingest.page.clean import GREETING, Clean
from kg.ingest.page.rows import itemized

_BYLINE = re.compile(
    r"^[◆●■□▲(（]? ?(?:[^，。、]{0,8}(?:记者|通讯员)[ :：]?|文/|撰文[:：])(?P<names>[一-龥]{2,4}"
    r"(?:[ 、](?![一-龥]{2,6}(?:报道|电|讯)$)[一-龥]{2,4})*)(?: (?P<place>[一-龥]{2,6})(?:报道|电|"
    r"讯))?[)）]?$"
)
# Several roles in one line: □本报记者 甲 通讯员 乙.
_ROLES = re.compile(r"^[◆●■□▲]? ?[^，。 ]{0,4}(?:记者|通讯员)[ :：](?P<names>[一-龥 、：:]{2,40})$")
_LEAD = re.compile(
    r"^(?P<paper>[一-龥]{0,6}?)(?P<place>[一-龥]{0,5}?)(?:\d+月\d+日)?(?:讯|"
    r"电) ?[(（](?P<role>[^)）]{0,12}?记者[ :：]?)"
    r"(?P<names>[^)）]+)[)）]"
)
_TAIL = re.compile(
    r"[(（][^()（），。]{0,8}(?:记者|通讯员)[ :：](?P<names>[一-龥]{2,4}(?:[ 、][一-龥]{2,4})*)[)）]$"
)
# Who speaks: 某市委副书记、市长 某某; the reporter's byline is another.
_SPEAKER = re.compile(
    r"^[(（]?[一-龥、]{2,30}"
    r"(?:书记|[省市县区州旗镇乡村]长|董事长|总经理|总裁|主任|局长|厅长|会长|院长|主席) [一-龥]{2,4}[)）]?$"
)
_CAPTION = re.compile(r"(?P<names>[一-龥]{2,4}) ?(?:/?摄|摄影|供图)[)）]?$|^(?:图为|上图|下图|左图|右图)")
_MASTHEAD = re.compile(
    r"^[一-龥]{1,5}(?:日报|晚报|导报|时报|商报|晨报|都市报|快报|周刊|报)$|^第?[A-Z]?\d+版|^\d{4}年\d+月\d+日"
)
_TERMINAL = re.compile(r"[。！？；…]”?[)）]?$|[。！？]")
_LONGEST_HEADING = 45


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and what it is: ``start`` and ``end`` (exclusive) are offsets in the clean text."""

    kind: str
    start: int
    end: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks of one article."""

    blocks: tuple[Block, ...]

    def of(self, kind: str) -> list[Block]:
        """Return the blocks of a kind."""
        return [b for b in self.blocks if b.kind == kind]

    @property
    def authors(self) -> tuple[str, ...]:
        """The names in its bylines."""
        return tuple(dict.fromkeys(name for b in self.blocks if b.kind != "caption" for name in b.names))


def read_blocks(page: Clean) -> list[Block]:
    """Return one block a paragraph, in order.

    >>> from kg.ingest.page.clean import clean
    >>> page = clean("邻县建成冷库\\n\\n本报讯(记者 王小明)记者获悉，邻县建成冷库。\\n")
    >>> [(b.kind, b.names) for b in read_blocks(page)]
    [('heading', ()), ('body', ('王小明',))]
    """
    blocks = []
    for start, end in page.paragraphs:
        text = page.text[start:end]
        kind, names = _kind(text)
        blocks.append(Block(kind, start, end, names))
    return blocks


def _kind(text: str) -> tuple[str, tuple[str, ...]]:
    if byline := _BYLINE.search(text):
        return "byline", _names(byline["names"])
    if roles := _ROLES.search(text):
        return "byline", _names(roles["names"])
    if _MASTHEAD.search(text):
        return "masthead", ()
    if len(text) < 80 and (caption := _CAPTION.search(text)):
        return "caption", _names(caption["names"] or "")
    if lead := _LEAD.search(text):
        return "body", _names(lead["names"])
    if tail := _TAIL.search(text):
        return "body", _names(tail["names"])
    if _SPEAKER.search(text):
        return "byline", ()
    if GREETING.fullmatch(text):
        return "body", ()
    if len(text) <= _LONGEST_HEADING and not _TERMINAL.search(text) and not itemized(text):
        return "heading", ()
    return "body", ()


def _names(text: str) -> tuple[str, ...]:
    words = re.split(r"[ 、，]+", re.sub(r"(?:通讯员|记者|实习生|见习)", " ", text))
    return tuple(word for word in words if re.fullmatch(r"[一-龥]{2,4}", word))


def read_articles(page: Clean) -> list[Article]:
    """Propose which blocks make up each article.

    An article opens where a heading follows one that has ended: after a signed last paragraph, at two
    headings in a row, or at a heading with a byline under it. One heading between two bodies is a
    section head.
    """
    blocks = read_blocks(page)
    articles: list[list[Block]] = [[]]
    for i, block in enumerate(blocks):
        here = articles[-1]
        if block.kind == "heading" and any(b.kind == "body" for b in here):
            before = blocks[i - 1]
            after = blocks[i + 1] if i + 1 < len(blocks) else None
            signed = before.kind == "body" and _TAIL.search(page.text[before.start : before.end]) is not None
            headed = after is not None and (
                after.kind in ("heading", "byline") or (after.kind == "body" and bool(after.names))
            )
            if signed or headed:
                articles.append([])
                here = articles[-1]
        here.append(block)
    return [Article(tuple(_named(group))) for group in articles if any(b.kind == "body" for b in group)]


def _named(group: list[Block]) -> list[Block]:
    """Tell headline, subhead and section head apart: the first heading is the headline."""
    named: list[Block] = []
    for block in group:
        kind = block.kind
        if kind == "heading":
            body = any(b.kind == "body" for b in named)
            head = any(b.kind == "headline" for b in named)
            kind = "sectionHead" if body else "subhead" if head else "headline"
        named.append(Block(kind, block.start, block.end, block.names))
    return named
