"""The statements of one graph, distinct and sorted, in a file: what is pushed, and what is held against it.

They are N-Triples. Their digest is that of the sorted lines with every value written in one way
(``canonical``), so that it is the same wherever the statements come from. Lines with blank nodes are kept
apart: a blank node has no name outside its document.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from hashlib import sha256
from itertools import groupby

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.errors import DataError
from kg.namespaces import XSD

#: Lines that are sorted in memory; more are sorted in parts, in files.
RUN = 200_000
#: Characters that go in one request, whatever is in them.
LARGEST = 1_000_000
#: Statements with blank nodes in one graph: they go in one request, or the nodes would fall apart.
MOST_BLANK = 10_000
_AGAIN = {
    f"<{XSD}{name}>"
    for name in ("integer", "decimal", "double", "float", "boolean", "date", "dateTime", "time", "duration")
}


class Statements:
    """The statements of a graph; ``graph`` is its IRI, or ``""`` for the default graph."""

    def __init__(self, graph: str, lines: Iterable[str], file: str) -> None:
        self.graph, self.file = graph, file
        self.count = 0
        self.blank: list[str] = []
        asis, canon = sha256(), sha256()
        with open(file, "w", encoding="utf-8", newline="\n") as stream:
            for _, group in groupby(lines, subject_of):
                own = list(group)
                named = [line for line in own if not _blank(line)]
                self.blank += [line for line in own if _blank(line)]
                if len(self.blank) > MOST_BLANK:
                    raise DataError(
                        f"more than {MOST_BLANK:,} statements with blank nodes cannot be pushed as they are",
                        hint="give the nodes IRIs",
                    )
                self.count += len(named)
                for line in named:
                    stream.write(f"{line}\n")
                    asis.update(f"{line}\n".encode())
                for line in sorted({canonical(line) for line in named}):
                    canon.update(f"{line}\n".encode())
        self.blank = labelled(self.blank)
        asis.update("\n".join(self.blank).encode())
        #: Of the lines as they are, which tell one push from another; and of the lines in one way of writing.
        self.content, self.sha256 = asis.hexdigest(), canon.hexdigest()

    def lines(self, skip: int = 0) -> Iterator[str]:
        """Yield the statements without blank nodes in their order, all but the first ``skip``."""
        with open(self.file, encoding="utf-8", newline="\n") as stream:
            for number, line in enumerate(stream):
                if number >= skip:
                    yield line[:-1]

    def batches(self, most: int, skip: int = 0) -> Iterator[list[str]]:
        """Yield them in lists that are neither too many nor too large; a statement alone may be."""
        batch: list[str] = []
        size = 0
        for line in self.lines(skip):
            if batch and (len(batch) == most or size + len(line) > LARGEST):
                yield batch
                batch, size = [], 0
            batch.append(line)
            size += len(line)
        if batch:
            yield batch

    def by_subject(self, most: int) -> Iterator[dict[str, list[str]]]:
        """Yield the statements by subject, so many subjects or a few more statements at a time."""
        some: dict[str, list[str]] = {}
        size = 0
        for subject, group in groupby(self.lines(), subject_of):
            some[subject] = list(group)
            size += len(some[subject])
            if len(some) >= most or size >= 10 * most:
                yield some
                some, size = {}, 0
        if some:
            yield some


def collect(quads: Iterable[Quad], folder: str, graph: str = "") -> list[Statements]:
    """Sort statements into files in a folder, one for each graph, or one for all where ``graph`` is given.

    >>> import tempfile
    >>> quads = pyoxigraph.parse('<urn:b> <urn:p> 1.0 . <urn:a> <urn:p> "曹县"@zh . <urn:b> <urn:p> 1.0 .',
    ...     pyoxigraph.RdfFormat.TURTLE)
    >>> [found] = collect(quads, tempfile.mkdtemp())
    >>> print(found.count, *found.lines(), sep="\\n")
    2
    <urn:a> <urn:p> "曹县"@zh .
    <urn:b> <urn:p> "1.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .

    Raises ``DataError`` for what cannot be pushed: graphs without a name, too many blank nodes.
    """
    found: list[Statements] = []
    with ExitStack() as runs:
        every = _sorted((_keyed(quad, graph) for quad in quads), folder, runs)
        for name, keyed in groupby(every, lambda each: each.partition("\0")[0]):
            lines = (each.partition("\0")[2] for each in keyed)
            found.append(Statements(name, lines, os.path.join(folder, f"graph-{len(found)}.nt")))
    return found


def canonical(line: str) -> str:
    """Write the value of a statement's literal in the one way that its datatype has for it.

    A whole ``xsd:decimal`` is written as ``xsd:integer``, which it is by XML Schema.

    >>> canonical('<urn:a> <urn:p> "2.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .')
    '<urn:a> <urn:p> "2.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    >>> canonical('<urn:a> <urn:p> "0"^^<http://www.w3.org/2001/XMLSchema#boolean> .')
    '<urn:a> <urn:p> "false"^^<http://www.w3.org/2001/XMLSchema#boolean> .'
    """
    at = line.rfind('"^^<')
    if at < 0 or line[at + 3 : -2] not in _AGAIN:
        return line
    start = line.index(' "') + 1  # neither IRIs nor blank nodes hold a space
    return f"{line[:start]}{_value(line[start + 1 : at], line[at + 4 : -3])} ."


@lru_cache(maxsize=10_000)
def _value(text: str, datatype: str) -> str:
    store, node = pyoxigraph.Store(), NamedNode("urn:x")
    store.add(Quad(node, node, Literal(text, datatype=NamedNode(datatype))))
    [quad] = store
    if datatype == XSD + "decimal" and isinstance(quad.object, Literal) and "." not in quad.object.value:
        return _value(quad.object.value, XSD + "integer")
    return str(quad.object)


def labelled(lines: Iterable[str]) -> list[str]:
    """Give the blank nodes of a graph labels that rest on the graph alone (RDF Dataset Canonicalization).

    >>> labelled(["_:b7 <urn:p> _:x .", "_:x <urn:p> <urn:a> ."]) == labelled(
    ...     ["_:a <urn:p> <urn:a> .", "_:b <urn:p> _:a ."])
    True
    """
    quads = pyoxigraph.parse("\n".join(lines), pyoxigraph.RdfFormat.N_TRIPLES)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad.triple} ." for quad in dataset)


def subject_of(line: str) -> str:
    """Return the subject of a line, as it is written there."""
    return line[: line.index(" ")]


def _blank(line: str) -> bool:
    return line.startswith("_:") or line[line.index(" ", line.index(" ") + 1) + 1 :].startswith("_:")


def _keyed(quad: Quad, graph: str) -> str:
    """Return a quad as a line that sorts by graph, then by statement."""
    if not graph:
        if isinstance(quad.graph_name, BlankNode):
            raise DataError("a graph without a name cannot be pushed", hint="name one for all: --graph IRI")
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
    return f"{graph}\0{quad.subject} {quad.predicate} {quad.object} ."


def _sorted(lines: Iterable[str], folder: str, runs: ExitStack) -> Iterator[str]:
    """Yield lines sorted, each once; what does not fit is sorted in parts and merged."""
    parts: list[Iterator[str]] = []
    part: list[str] = []
    for line in lines:
        part.append(line)
        if len(part) == RUN:
            file = os.path.join(folder, f"run-{len(parts)}")
            with open(file, "w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(f"{each}\n" for each in sorted(part))
            sorted_part = runs.enter_context(open(file, encoding="utf-8", newline="\n"))  # noqa: SIM115
            parts.append(each[:-1] for each in sorted_part)
            part = []
    last = ""
    for line in heapq.merge(*parts, sorted(part)):
        if line != last:
            yield line
        last = line
