"""The reference list of an answer: what a paper cites, as BibTeX, CSL-JSON or plain footnotes.

One reference an article (or, for background facts, a reference source), with the words that were
used and their place on the page, and the query that used them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Any

from kg.cite.citation import Citations
from kg.cite.render import footnotes
from kg.errors import UnknownName
from kg.evidence import Evidence
from kg.namespaces import BASE
from kg.sparql import one_line


@dataclass(frozen=True)
class Reference:
    """An article, or a source without articles, and the evidence that an answer takes from it."""

    key: str
    title: str
    evidence: tuple[Evidence, ...]

    @property
    def first(self) -> Evidence:
        return self.evidence[0]

    @property
    def container(self) -> str:
        """What the reference appeared in; nothing where that is the reference itself."""
        name = self.first.publication or self.first.source_label
        return name if name != self.title else ""

    @property
    def url(self) -> str:
        """Where the reference is, if its name says so; our own names are no addresses."""
        iri = self.first.article or self.first.source
        return iri if iri.startswith(("http://", "https://")) and not iri.startswith(BASE) else ""

    @property
    def chinese(self) -> bool:
        return bool(re.search(r"[\u4e00-\u9fff]", self.title))

    def note(self, query: str) -> str:
        """Return the words used, each with its place, and the query."""
        quotes = [
            f"“{e.exact}”" + (f" (characters {e.start}-{e.end})" if e.start is not None else "")
            for e in self.evidence
            if e.exact
        ]
        words = f"Words cited: {'; '.join(quotes)}. " if quotes else ""
        return f"{words}Query: {one_line(query)}"


def references(citations: Citations) -> list[Reference]:
    """Return the references of an answer in the order in which its footnotes first name them."""
    found: dict[str, list[Evidence]] = {}
    for footnote in citations.footnotes:
        evidence = footnote.evidence
        found.setdefault(evidence.article or evidence.source, []).append(evidence)
    keys = {iri: _key(iri, pieces[0].date[:4]) for iri, pieces in found.items()}
    times = Counter(keys.values())
    return [
        Reference(
            # A hash of the name, and no number: an article's key is the same in every list.
            keys[iri] if times[keys[iri]] == 1 and iri.isascii() else f"{keys[iri]}-{_digest(iri)}",
            pieces[0].headline or pieces[0].source_label or iri or "source not named",
            tuple(pieces),
        )
        for iri, pieces in found.items()
    ]


def _key(iri: str, year: str) -> str:
    key = re.sub(r"[^A-Za-z0-9-]+", "-", re.split(r"[/#]", iri)[-1]).strip("-") or "source"
    return f"{key}-{year}" if year and year not in key else key


def _digest(iri: str) -> str:
    return sha256(iri.encode()).hexdigest()[:6]


def write_references(citations: Citations, style: str) -> str:
    """Return the reference list of an answer in a style of ``STYLES``.

    Raises ``UnknownName`` for another style.
    """
    if style not in STYLES:
        raise UnknownName(f"no citation style {style!r}", hint="choose one of " + ", ".join(STYLES))
    return STYLES[style](citations)


def _bibtex(citations: Citations) -> str:
    return "\n".join(_entry(reference, citations.results.query) for reference in references(citations))


def _entry(reference: Reference, query: str) -> str:
    evidence = reference.first
    year, _, month = evidence.date.partition("-")
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in evidence.authors),
        "title": f"{{{_tex(reference.title)}}}",
        "journal" if evidence.article else "howpublished": _tex(reference.container),
        "year": year,
        "month": month[:2],
        "note": _tex(reference.note(query)),
        "url": reference.url,
        "langid": "chinese" if reference.chinese else "",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    kind = "article" if evidence.article else "misc"
    return f"@{kind}{{{reference.key},\n" + ",\n".join(lines) + "\n}\n"


_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "{}%&#$_"
}


def _tex(text: str) -> str:
    """Escape what TeX reads as its own.

    >>> _tex("Fish & {chips}: 50%"), _tex("a {")
    ('Fish \\\\& \\\\{chips\\\\}: 50\\\\%', 'a \\\\textbraceleft{}')
    """
    # BibTeX counts braces, escaped ones too.
    braces = {} if _balanced(text) else {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    return "".join((_TEX | braces).get(character, character) for character in text)


def _balanced(text: str) -> bool:
    depths = list(accumulate({"{": 1, "}": -1}.get(character, 0) for character in text))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)


def _csl(citations: Citations) -> str:
    items = [_item(reference, citations.results.query) for reference in references(citations)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(reference: Reference, query: str) -> dict[str, Any]:
    """Encode a reference as https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html does."""
    evidence = reference.first
    date = [int(part) for part in re.findall(r"\d+", evidence.date)[:3]]
    item: dict[str, Any] = {
        "id": reference.key,
        "type": "article-newspaper" if evidence.article else "document",
        "title": reference.title,
        "author": [{"literal": name} for name in evidence.authors],
        "container-title": reference.container,
        "section": evidence.section,
        "issued": {"date-parts": [date]} if date else None,
        "URL": reference.url,
        "language": "zh" if reference.chinese else "",
        "note": reference.note(query),
    }
    return {name: value for name, value in item.items() if value}


def _footnotes(citations: Citations) -> str:
    return "".join(f"{line}\n" for line in _lines(citations))


def _lines(citations: Citations) -> Iterator[str]:
    return (line for line in footnotes(citations) if line)


STYLES: dict[str, Callable[[Citations], str]] = {"bibtex": _bibtex, "csl-json": _csl, "footnote": _footnotes}
