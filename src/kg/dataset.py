"""The dataset: what ``kg.open`` returns, and what every command stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from kg.query import run
from kg.query.deadline import within
from kg.query.results import Results
from kg.store import Store, open_store
from kg.things import Things

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.cite.comparison import Comparison
    from kg.graph.selection import Selection
    from kg.store.push import Progress, Pushed

Location = str | PathLike[str]


def open(location: Location | Sequence[Location] | None = None) -> Dataset:
    """Open a file, a directory, several of them, or the shipped graph.

    Raises ``DataError`` when a location cannot be read.
    """
    if location is None:
        return Dataset(open_store())
    locations = [location] if isinstance(location, (str, PathLike)) else location
    return Dataset(open_store([fspath(each) for each in locations]))


class Dataset(Things):
    """Statements that can be asked, in SPARQL and, see ``Things``, by the names of things.

    >>> from kg.store import MemoryStore
    >>> dataset = Dataset(MemoryStore.parse('''
    ...     @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix id: <https://kg.example/id/> .
    ...     id:caoxian-371721 rdfs:label "曹县"@zh ; <urn:villages> 151 .'''))
    >>> print(dataset.query("SELECT ?county ?villages { ?county <urn:villages> ?villages }").render())
    county  villages
    ------  --------
    曹县         151
    <BLANKLINE>
    >>> dataset.resolve("曹县")
    'https://kg.example/id/caoxian-371721'
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._evidence: Any = None

    @property
    def notes(self) -> Sequence[str]:
        """What the user should know about how the data was opened, one sentence each."""
        return [*self.store.notes, *run.unusual_prefixes(self.store)]

    def text(self, query: str, params: Mapping[str, str | Sequence[str]] | None = None) -> str:
        """Return the SPARQL that a query, or the name of a library query, comes to with its parameters."""
        if is_name(query):
            from kg.query import library

            query = library.text(query)
        if not params:
            return query
        from kg.query import parameters

        return parameters.fill(query, params, resolve=self.resolve, prefixes=self.prefixes)

    def query(
        self,
        query: str,
        *,
        params: Mapping[str, str | Sequence[str]] | None = None,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Results:
        """Answer a SPARQL query, or a named one of the library.

        ``params`` sets the query's ``VALUES`` lines, by names that ``resolve`` understands; ``limit`` is
        the most rows that are fetched; after ``timeout`` seconds ``QueryTimeout`` is raised.

        Raises ``QueryError``, ``UnknownName``, ``AmbiguousName``, ``UsageError`` or ``EndpointError``.
        """
        text = self.text(query, params)

        def answer() -> Results:
            results = run.evaluate(self.store, text, limit=limit)
            results.citing = self._cite
            results.rows  # noqa: B018 -- fetched now: in time, on the deep stack, by the thread that asks
            return results

        return (
            answer() if timeout is None and len(text) < run.LONG else within(timeout, answer, size=len(text))
        )

    def warnings(self, query: str) -> list[str]:
        """Return what is odd about a query that can be evaluated: terms that the graph does not know."""
        from kg.query.vocabulary import warnings

        return warnings(self.store, query, self.prefixes)

    def why(self, query: str, *, params: Mapping[str, str | Sequence[str]] | None = None) -> list[str]:
        """Return what each part of a query's pattern finds, and where it finds nothing, what empties it.

        >>> from kg.store import MemoryStore
        >>> dataset = Dataset(MemoryStore.parse("<urn:cao> <urn:in> <urn:heze> ."))
        >>> dataset.why("SELECT ?x { ?x <urn:on> <urn:heze> }")[0]
        'nothing matches ?x <urn:on> <urn:heze>'
        """
        from kg.explain.empty import counts, why_empty

        text = self.text(query, params)
        results = self.query(text)
        said = [] if results else why_empty(self.store, text, self.prefixes)
        return [*said, *counts(self.store, text, self.prefixes)]

    def why_not(
        self,
        query: str,
        row: Mapping[str, str],
        *,
        params: Mapping[str, str | Sequence[str]] | None = None,
    ) -> list[str]:
        """Return why a SELECT has no row with these values, given by the names of its columns.

        >>> from kg.store import MemoryStore
        >>> dataset = Dataset(MemoryStore.parse("<urn:cao> <urn:n> 1 ."))
        >>> len(dataset.why_not("SELECT ?n { ?x <urn:n> ?n FILTER(?n > 1) }", {"n": "1"})) > 0
        True
        """
        from kg.explain.absent import why_not

        return list(why_not(self.store, self.text(query, params), self.prefixes, dict(row)))

    def save(self, results: Results, file: Location, *, data: Sequence[str] = ()) -> None:
        """Record an answer, with its evidence, in a file for ``rerun``, today or another day.

        ``data`` are the locations of this dataset, for who runs the record again.
        """
        from kg.cite.manifest import record
        from kg.files import replacing

        text = record(results, data=data)
        with replacing(fspath(file)) as stream:
            stream.write(text.encode())

    def rerun(self, file: Location) -> Comparison:
        """Ask again what a file records, and return what became of the answer.

        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> from kg.store import MemoryStore
        >>> old, new = (Dataset(MemoryStore.parse(f"<urn:cao> <urn:n> {n} .")) for n in (149, 151))
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder, "answer.json")
        ...     old.save(old.query("SELECT ?n { ?x <urn:n> ?n }"), file)
        ...     old.rerun(file).holds, new.rerun(file).holds
        (True, False)
        """
        from pathlib import Path

        from kg.cite.comparison import compare
        from kg.cite.manifest import read_record, recorded

        manifest = read_record(Path(file))
        results = self.query(manifest["query"], limit=manifest["limit"])
        return compare(manifest, results, lambda: recorded(manifest, Path(file)))

    def select(
        self,
        query: str = "",
        *,
        params: Mapping[str, str | Sequence[str]] | None = None,
        around: str = "",
        kind: str = "",
        depth: int = 1,
    ) -> Selection:
        """Return part of the graph, to export or to view: what a query answers, the entity ``around`` and
        what lies within ``depth`` edges of it, or the entities of a class (``kind``) and the same of them;
        without any of these, the whole.

        Raises ``UsageError`` when two are given, ``UnknownName`` when nothing bears a name.
        """
        from kg.errors import UsageError
        from kg.graph.selection import Selection

        if sum(map(bool, (query, around, kind))) > 1:
            raise UsageError("a part is chosen in two ways", hint="give a query, or around, or a class")
        if query:
            text = self.text(query, params)
            return Selection.of(self.query(text), text)
        if around:
            return Selection.around(self.store, self.resolve(around), depth=depth)
        if kind:
            return Selection.of_class(self.store, kind, depth=depth)
        return Selection.whole(self.store)

    def to_networkx(
        self,
        query: str = "",
        *,
        params: Mapping[str, str | Sequence[str]] | None = None,
        around: str = "",
        kind: str = "",
        depth: int = 1,
    ) -> networkx.MultiDiGraph[str]:
        """Return the graph, or the part that ``select`` chooses: entities as nodes, statements as edges."""
        return self.select(query, params=params, around=around, kind=kind, depth=depth).network

    def push(
        self,
        endpoint: str,
        *,
        graph: str = "",
        replace: bool = False,
        update: str = "",
        graph_store: str = "",
        batch: int = 1_000,
        progress: Progress | None = None,
    ) -> list[Pushed]:
        """Publish the statements at an endpoint, by address or by name, and see that they arrived.

        They are added to ``graph``, or with ``replace`` take its place; without ``graph`` each goes to the
        graph that it is in. ``update`` and ``graph_store`` are addresses to write to, where that is not the
        endpoint's own; ``batch`` is statements a request. An interrupted push goes on where it stopped.

        Raises ``EndpointError`` when the endpoint fails or does not hold what was written.
        """
        from kg.store.address import check_graph, for_push
        from kg.store.push import Push

        address = for_push(endpoint, update=update, graph_store=graph_store)
        graph = graph and check_graph(graph)
        with Push(self.store.parted(), address, graph=graph, replace=replace, batch=batch) as push:
            return push.run(progress)

    def to_rdflib(self) -> rdflib.Graph:
        """Return a copy of the union of all graphs as an rdflib ``Graph``, prefixes bound."""
        from kg.query.terms import to_graph

        return to_graph(self.store.quads(), self.prefixes)

    def _cite(self, results: Results) -> Any:
        from kg.cite.citation import cite
        from kg.evidence import EvidenceIndex

        if not self.store.small:
            return cite(results)
        # In memory nothing changes: the next question about the same figures finds them read already.
        self._evidence = self._evidence or EvidenceIndex(self.store)
        return cite(results, index=self._evidence)

    def __len__(self) -> int:
        return len(self.store)

    def __repr__(self) -> str:
        return f"<Dataset {len(self):,} statements>"


def is_name(query: str) -> bool:
    """Say whether a text is the name of a library query rather than SPARQL.

    >>> is_name("taobao-villages"), is_name("ASK {}")
    (True, False)
    """
    return bool(query) and not any(character.isspace() or character in "{}" for character in query)
