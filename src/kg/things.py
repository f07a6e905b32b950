"""What a dataset says of things, by the names that people give them.

Each method is the library function that the command of its name calls; what that imports, it imports then.
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING

from kg.query import run
from kg.query.results import Results
from kg.store import Store

if TYPE_CHECKING:
    from kg.entities.connection import Connection
    from kg.entities.describe import Description
    from kg.entities.difference import Change
    from kg.entities.search import Match
    from kg.entities.stated import Statement
    from kg.evidence import Evidence

Location = str | PathLike[str]


class Things:
    """Find and tell what a store says of entities and of single facts.

    >>> from kg.store import MemoryStore
    >>> things = Things(MemoryStore.parse('''
    ...     @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix id: <https://kg.example/id/> .
    ...     id:caoxian-371721 rdfs:label "曹县"@zh .'''))
    >>> things.resolve("caoxian")
    'https://kg.example/id/caoxian-371721'
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes a query need not declare."""
        return run.known_prefixes(self.store)

    def resolve(self, name: str) -> str:
        """Return the IRI of the one entity that bears a name: a label, a code, pinyin, a CURIE, an IRI."""
        from kg import entities
        from kg.errors import UsageError

        if not isinstance(name, str):
            raise UsageError(f"{name!r} is no name but a {type(name).__name__}", hint="give a text")

        return entities.resolve(self.store, name, prefixes=self.prefixes)

    def describe(self, name: str, *, lang: str = "zh") -> Description:
        """Return what is said of the entity that bears a name: its names, its facts, its figures.

        >>> from kg.store import MemoryStore
        >>> things = Things(MemoryStore.parse("<urn:cao> <urn:in> <urn:heze> ."))
        >>> [str(fact.other) for fact in things.describe("<urn:cao>").facts]
        ['<urn:heze>']
        """
        from kg.entities.describe import describe

        return describe(self.store, self.resolve(name), lang=lang)

    def search(self, text: str, *, limit: int | None = 20) -> list[Match]:
        """Return what bears a name like a text, or quotes it, best first.

        >>> from kg.store import MemoryStore
        >>> label = "<http://www.w3.org/2000/01/rdf-schema#label>"
        >>> [match.iri for match in Things(MemoryStore.parse(f'<urn:cao> {label} "曹县"@zh .')).search("曹")]
        ['urn:cao']
        """
        from kg.entities.search import search

        return search(self.store, text, limit=limit)

    def path(
        self, start: str, end: str, *, most_hops: int = 4, every: bool = False, lang: str = "zh"
    ) -> list[Connection]:
        """Return the shortest ways between two entities by their names, or ``every`` way of so many hops.

        >>> from kg.store import MemoryStore
        >>> things = Things(MemoryStore.parse("<urn:a> <urn:in> <urn:c> . <urn:b> <urn:in> <urn:c> ."))
        >>> [len(way.hops) for way in things.path("<urn:a>", "<urn:b>")]
        [2]
        """
        from kg.entities.connection import connections

        ends = self.resolve(start), self.resolve(end)
        return connections(self.store, *ends, most_hops=most_hops, every=every, lang=lang)

    def stated(self, subject: str, relation: str, object: str = "", *, lang: str = "zh") -> Statement:
        """Say whether a subject has a property, or a measure, with a value: not stated is not false.

        >>> from kg.store import MemoryStore
        >>> things = Things(MemoryStore.parse("<urn:cao> <urn:in> <urn:heze> ."))
        >>> things.stated("<urn:cao>", "<urn:in>", "<urn:heze>").verdict
        'stated'
        """
        from kg.entities.stated import stated

        return stated(self.store, subject, relation, object, lang=lang)

    def quote(
        self, name: str, *, texts: Sequence[Location] = (), characters: int = 40, lang: str = "zh"
    ) -> list[tuple[Evidence, tuple[str, str, str]]]:
        """Return the evidence of an entity, a measure or a statement, with what stands around each quote.

        ``texts`` are files of the pages; without them that is the few characters the graph holds.

        >>> from kg.store import MemoryStore
        >>> Things(MemoryStore.parse("<urn:cao> <urn:in> <urn:heze> .")).quote("<urn:cao>")
        []
        """
        from kg.entities.quotation import Pages, evidence_about, quotes

        pages = Pages(self.store, [fspath(text) for text in texts])
        found = evidence_about(self.store, self.resolve(name), lang=lang)
        return list(quotes(self.store, found, pages, characters=characters))

    def sources(self, *, lang: str = "zh") -> Results:
        """Return the sources, with how many statements and quotes rest on each.

        >>> from kg.store import MemoryStore
        >>> Things(MemoryStore.parse("<urn:cao> <urn:in> <urn:heze> .")).sources().columns
        ('source', 'publication', 'date', 'statements', 'quotes', 'sha256')
        """
        from kg.entities.quotation import sources

        return sources(self.store, lang=lang)

    def diff(self, new: Things, *, lang: str = "zh") -> list[Change]:
        """Return the facts that were gained, lost or changed from this dataset to a new one.

        >>> from kg.store import MemoryStore
        >>> old, new = (Things(MemoryStore.parse(f"<urn:cao> <urn:villages> {n} .")) for n in (149, 151))
        >>> [str(change) for change in old.diff(new)]
        ['<urn:cao> <urn:villages> 149 -> 151']
        """
        from kg.entities.difference import difference

        return difference(self.store, new.store, lang=lang)
