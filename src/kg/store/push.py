"""Publish statements at an endpoint, in bounded batches, and see whether they arrived.

A push adds; it deletes nothing that it was not asked to. With ``replace`` the statements are written to a
graph beside the one that they are for, compared there, and moved in its place in one step: what was there
before stands until then. Over the Graph Store Protocol they take its place in one request.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple, Self

from pyoxigraph import Quad

from kg.errors import DataError, EndpointError
from kg.store.address import Address
from kg.store.comparison import Compared, compare, count, count_blank, present, same_blank
from kg.store.endpoint import EndpointStore
from kg.store.exchange import Refused
from kg.store.journal import Journal
from kg.store.statements import Statements, canonical, collect, subject_of
from kg.store.target import GraphStore, Target, Update, named, target

#: Statements a request; Virtuoso reads no more than some 5,000 at once.
BATCH = 1_000
#: What an endpoint says that will say the same again.
_REFUSED = (400, 401, 403, 404, 405, 413, 415)
#: Told what is being done, and to how many statements more it was done.
Progress = Callable[[str, int], object]


class Pushed(NamedTuple):
    """What a push did to one graph."""

    #: The graph's IRI, or ``""`` for the default graph, and the address that it was written to.
    graph: str
    url: str
    #: Statements that were pushed and that are there, what the graph holds now, and the digest of the pushed.
    statements: int
    held: int
    sha256: str
    #: Statements with blank nodes among them, and whether those were compared and not only counted.
    blank: int
    blank_compared: bool
    #: Statements that an earlier push had written already.
    resumed: int


class Push:
    """Statements on their way to an endpoint.

    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('<urn:a> <urn:p> 1, 2 .')
    >>> with Push(store.parted(), Address("http://127.0.0.1:7878/query"), graph="urn:news") as push:
    ...     print(*push.plan)
    add 2 statements to the graph <urn:news> at http://127.0.0.1:7878/query, in 1 request
    """

    def __init__(
        self,
        quads: Iterable[Quad],
        address: Address,
        *,
        graph: str = "",
        replace: bool = False,
        batch: int = BATCH,
    ) -> None:
        """Sort the statements; nothing is sent yet.

        ``graph`` is where all of them go; without it those of named graphs go to the graphs of those names.

        Raises ``DataError`` for statements that cannot be pushed, ``UsageError`` for a wrong address.
        """
        self._target: Target = target(address)
        self._replace, self._batch = replace, batch
        # What is asked names its graph itself.
        self._store = EndpointStore(address._replace(graph=""))
        writing = EndpointStore(address._replace(url=self._target.url))
        self.notes = list(dict.fromkeys([*self._store.notes, *writing.notes]))
        self._folder = tempfile.TemporaryDirectory(prefix="kg-push-")
        try:
            self.graphs = collect(quads, self._folder.name, graph or address.graph)
        except BaseException as error:
            self._folder.cleanup()
            if not isinstance(error, OSError):
                raise
            raise DataError(
                f"cannot sort the statements in {tempfile.gettempdir()}: {error.strerror}",
                hint="set TMPDIR to a folder with more space",
            ) from None
        whole = [(each.graph, each.content) for each in self.graphs]
        self._journal = Journal(address.url, self._target.url, replace, batch, whole)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    @property
    def count(self) -> int:
        """How many statements there are to push."""
        return sum(each.count + len(each.blank) for each in self.graphs)

    @property
    def plan(self) -> list[str]:
        """What a run will do, one sentence a graph."""
        return [self._planned(statements) for statements in self.graphs]

    def _planned(self, statements: Statements) -> str:
        number = statements.count + len(statements.blank)
        requests = -(-statements.count // self._batch) + bool(statements.blank)
        where = f"{named(statements.graph)} at {self._target.url}"
        what = f"{number:,} statement{'s' * (number != 1)}"
        if not self._replace:
            return f"add {what} to {where}, in {requests:,} request{'s' * (requests != 1)}"
        if isinstance(self._target, GraphStore):
            return f"replace {where} by {what}, in 1 request"
        beside = named(self._beside(statements))
        return f"replace {where} by {what}, which are written to {beside} and moved when all are there"

    def held(self) -> list[int]:
        """Return how many statements each of the graphs holds now."""
        return [count(self._store, statements.graph) for statements in self.graphs]

    def run(self, progress: Progress | None = None) -> list[Pushed]:
        """Write and compare; go on where an earlier push of the same stopped.

        Raises ``EndpointError`` when the endpoint fails, which says how far it came, or does not hold what
        was written.
        """
        tell = progress or _quiet
        if self._replace and isinstance(self._target, GraphStore):
            return [self._put(statements, self._target, tell) for statements in self.graphs]
        done: list[tuple[Statements, Compared, bool, int]] = []
        for statements in self.graphs:
            graph = self._beside(statements) if self._replace else statements.graph
            resumed = self._write(statements, graph, tell)
            done.append((statements, *self._compare(statements, graph, tell), resumed))
        if self._replace:
            for statements, compared, _, _ in done:
                self._move(statements, compared)
        self._journal.forget()
        return [
            self._pushed(statements, compared, same, resumed) for statements, compared, same, resumed in done
        ]

    def _write(self, statements: Statements, graph: str, tell: Progress) -> int:
        """Write what is not written yet; return how many statements were."""
        name = statements.graph
        total = statements.count + len(statements.blank)
        resumed = done = self._resumed(statements, graph)
        if not done and self._journal.done(name):  # what was there is gone, and all begins anew
            self._journal.forget()
        try:
            if not done and self._replace and isinstance(self._target, Update):
                self._target.drop(graph)  # what an older push may have left there
            tell("writing", done)
            for lines in statements.batches(self._batch, skip=done):
                self._target.insert(lines, graph)
                done += len(lines)
                self._journal.write(**{f"done {name}": done})
                tell("writing", len(lines))
            self._write_blank(statements, graph)
            tell("writing", len(statements.blank))
        except EndpointError as error:
            raise EndpointError(
                f"{error.message} ({done:,} of {total:,} statements are written to {named(graph)}, "
                "none is compared)",
                hint=self._advice(error, graph),
            ) from None
        return resumed

    def _advice(self, error: EndpointError, graph: str) -> str:
        """Say what to do about an error while writing."""
        if not isinstance(error, Refused) or error.status not in _REFUSED:
            return f"{error.hint}; {'run the same command to go on' if self._journal.kept else 'push again'}"
        if error.status == 400 and not graph:
            return "mend the data, or name a graph: --graph IRI"
        if error.status in (400, 404, 405, 415) and self._target.url == self._store.address.url:
            return "mend the data, or name the address that takes updates: --update-url URL"
        return error.hint

    def _resumed(self, statements: Statements, graph: str) -> int:
        """Return how many statements an earlier push wrote, if its last batch is there indeed."""
        done = self._journal.done(statements.graph)
        if not done or done > statements.count:
            return 0
        last = list(islice(statements.lines(max(0, done - self._batch)), min(done, self._batch)))
        subjects = list(dict.fromkeys(map(subject_of, last)))
        there: set[str] = set()
        for start in range(0, len(subjects), 100):
            there |= present(self._store, subjects[start : start + 100], graph)
        return done if there.issuperset(map(canonical, last)) else 0

    def _write_blank(self, statements: Statements, graph: str) -> None:
        """Write the statements with blank nodes, once: a second time would make second nodes."""
        if not statements.blank:
            return
        before, name = f"blank {statements.graph}", len(statements.blank)
        held = count_blank(self._store, graph)
        if before not in self._journal.state:
            self._journal.write(**{before: held})
        if held == self._journal.state[before]:
            self._target.insert_blank(statements.blank, graph)
        elif held != self._journal.state[before] + name:
            raise EndpointError(
                f"whether the statements with blank nodes are at {self._target.url} cannot be told",
                hint="see what is there, or push with --replace",
            )

    def _compare(self, statements: Statements, graph: str, tell: Progress) -> tuple[Compared, bool]:
        """Hold what the graph holds against the statements; say whether the blank nodes were compared too."""
        tell("comparing", 0)
        compared = compare(self._store, statements, graph, lambda more: tell("comparing", more))
        where = f"{named(graph)} at {self._target.url}"
        kept = ", and what was there before is untouched" if self._replace else ""
        if compared.missing:
            self._journal.forget()
            instead = f", but {compared.instead}" if compared.instead else ""
            raise EndpointError(
                f"{compared.missing:,} of {statements.count:,} statements are not in {where} as they were "
                f"written, the first: {compared.example}{instead}{kept}",
                hint="push again; where the endpoint changes such values, another datatype may hold them",
            )
        same = True
        if statements.blank:
            before = self._journal.state.get(f"blank {statements.graph}", 0)
            if count_blank(self._store, graph) - before != len(statements.blank):
                self._journal.forget()
                raise EndpointError(
                    f"the statements with blank nodes are not all in {where}{kept}", hint="see what is there"
                )
            same = before == 0
            if same and not same_blank(self._store, statements, graph):
                self._journal.forget()
                raise EndpointError(
                    f"the statements with blank nodes are other ones in {where}{kept}",
                    hint="give the nodes IRIs",
                )
        expected = statements.count + len(statements.blank)
        if self._replace and compared.held != expected:
            self._journal.forget()
            raise EndpointError(
                f"{where} holds {compared.held:,} statements, not {expected:,}{kept}",
                hint="see whether others write to it",
            )
        return compared, same

    def _move(self, statements: Statements, compared: Compared) -> None:
        assert isinstance(self._target, Update)
        graph = self._beside(statements)
        try:
            self._target.move(graph, statements.graph)
            held = count(self._store, statements.graph)
        except EndpointError as error:
            raise EndpointError(
                f"{error.message} (all is written and compared in {named(graph)}, "
                f"and perhaps not yet moved to {named(statements.graph)})",
                hint=f"{error.hint}; run the same command to go on",
            ) from None
        if held != compared.held:
            raise EndpointError(
                f"{named(statements.graph)} at {self._target.url} holds {held:,} statements after the move, "
                f"not {compared.held:,}",
                hint="see whether others write to it, then push again",
            )

    def _put(self, statements: Statements, store: GraphStore, tell: Progress) -> Pushed:
        with tempfile.TemporaryFile(dir=self._folder.name) as document:
            for line in statements.lines():
                document.write(f"{line}\n".encode())
            document.writelines(f"{line}\n".encode() for line in statements.blank)
            try:
                store.put(document, statements.graph)
            except EndpointError as error:
                raise EndpointError(
                    f"{error.message} (whether {named(statements.graph)} is what it was cannot be told)",
                    hint=error.hint,
                ) from None
        tell("writing", statements.count + len(statements.blank))
        return self._pushed(statements, *self._compare(statements, statements.graph, tell), 0)

    def _pushed(self, statements: Statements, compared: Compared, same: bool, resumed: int) -> Pushed:
        blank = len(statements.blank)
        number = statements.count + blank
        return Pushed(
            statements.graph, self._target.url, number, compared.held, compared.sha256, blank, same, resumed
        )

    def _beside(self, statements: Statements) -> str:
        """Return the graph that statements wait in until they take their place."""
        return f"{statements.graph or 'urn:kg'}#push-{statements.content[:16]}"


def _quiet(doing: str, more: int) -> None:
    """Be told, and say nothing."""
