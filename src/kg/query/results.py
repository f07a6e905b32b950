"""What a query answers: solutions, a boolean, or a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from pyoxigraph import NamedNode, QueryBoolean, QuerySolution, QuerySolutions, QueryTriples, Triple

from kg.query.failure import failure
from kg.query.terms import LABELS, Labels, kind, to_graph, to_python
from kg.store.protocol import Answer, Store, Term

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

Row = QuerySolution | Triple


class Results:
    """Hold the answer of one query; rows are fetched when they are first asked for.

    >>> from kg.query.run import evaluate
    >>> from kg.store import MemoryStore
    >>> store = MemoryStore.parse('<urn:cao> <urn:villages> 151 . <urn:shan> <urn:villages> 4 .')
    >>> results = evaluate(store, "SELECT ?place ?n { ?place <urn:villages> ?n } ORDER BY ?n")
    >>> results.columns, len(results)
    (('place', 'n'), 2)
    >>> for row in results:
    ...     print(row["place"].value, row["n"].value)
    urn:shan 4
    urn:cao 151
    >>> results.types
    {'place': ('IRI',), 'n': ('xsd:integer',)}
    """

    def __init__(
        self,
        answer: Answer,
        *,
        store: Store,
        prefixes: Mapping[str, str],
        limit: int | None = None,
        query: str = "",
    ) -> None:
        self.store = store
        self.prefixes = dict(prefixes)
        self.limit = limit
        #: The SPARQL that was asked.
        self.query = query
        #: Whether ``limit`` cut rows off; known once the rows are fetched.
        self.truncated = False
        #: The answer of ASK, else ``None``.
        self.boolean: bool | None = None
        #: ``solutions`` of SELECT, ``boolean`` of ASK, ``graph`` of CONSTRUCT and DESCRIBE.
        self.form = "graph"
        self.columns: tuple[str, ...] = ("subject", "predicate", "object")
        self._answer: Any = answer
        self._rows: list[Row] | None = None
        self._once = False
        #: Whether ``write`` let rows go by and forgot them.
        self.went_by = False
        #: What finds the evidence of the rows; the dataset sets it.
        self.citing: Any = None
        self._cited: Any = None
        if isinstance(answer, QueryBoolean):
            self.form, self.columns, self.boolean, self._rows = "boolean", (), bool(answer), []
        elif not isinstance(answer, QueryTriples) and hasattr(answer, "variables"):
            self.form, self.columns = "solutions", tuple(v.value for v in answer.variables)

    @property
    def rows(self) -> list[Row]:
        """The solutions in the query's order, or the statements of a graph, sorted."""
        if self._rows is None:
            rows = self._fetch()
            self._rows = rows if self.form == "solutions" else sorted(rows, key=str)
        return self._rows

    def _fetch(self) -> list[Row]:
        try:
            rows = list(self._answer if self.limit is None else islice(self._answer, self.limit))
            if self.limit is not None and len(rows) == self.limit:
                self.truncated = next(self._answer, None) is not None
        except (OSError, RuntimeError, ValueError) as error:
            raise failure(error) from None
        finally:
            self._answer = None  # pyoxigraph wants it dropped by the thread that asked
        return rows

    def take_answer(self) -> QuerySolutions | None:
        """Return the solutions as the engine has them, where ``write`` was told that once is enough."""
        if (
            self._once
            and self._rows is None
            and self.limit is None
            and isinstance(self._answer, QuerySolutions)
        ):
            answer = self._answer
            self._answer, self._rows = None, []
            return answer
        return None

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        """The answer of ASK; else whether there is any row."""
        return bool(self.rows) if self.boolean is None else self.boolean

    def cells(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows as tuples of terms, ``None`` where a variable is unbound."""
        return (tuple(row) for row in self.rows)

    @property
    def types(self) -> dict[str, tuple[str, ...]]:
        """The kinds of terms that occur in each column, such as ``IRI``, ``@zh``, ``xsd:integer``."""
        found: dict[str, set[str]] = {column: set() for column in self.columns}
        for row in self.cells():
            for column, term in zip(self.columns, row, strict=True):
                if term is not None:
                    found[column].add(kind(term, self.prefixes))
        return {column: tuple(sorted(kinds)) for column, kinds in found.items()}

    def evidence(self, row: int) -> list[Any]:
        """Return the evidence of a row, counted from 0: quotes with speaker, article, source and offsets.

        The results of ``Dataset.query`` know how to find it; it is found when it is first asked for.

        Raises ``QueryError`` for a query that cannot be cited, with the reason, and ``UsageError`` for a row
        that there is not.
        """
        citations = self._citations()
        from kg.errors import UsageError

        if not isinstance(row, int):
            kind = type(row).__name__
            raise UsageError(f"a row is named by its number, not by a {kind}", hint="count rows from 0")
        if not 0 <= row < len(citations.rows):
            count = len(citations.rows)
            hint = f"give 0 to {count - 1}" if count else "nothing was found"
            raise UsageError(f"there is no row {row} among {count}", hint=hint)
        found: list[Any] = citations.evidence(row)
        return found

    def references(self, style: str = "footnote") -> str:
        """Return the reference list of the answer: ``bibtex``, ``csl-json`` or ``footnote``.

        Raises ``QueryError`` for a query that cannot be cited, ``UnknownName`` for another style.
        """
        from kg.cite.styles import write_references

        return write_references(self._citations(), style)

    def _citations(self) -> Any:
        if self.citing is None:
            from kg.errors import UsageError

            raise UsageError("these results have no evidence", hint="ask a dataset: kg.open().query(…)")
        if self._cited is None:
            self._cited = self.citing(self)
        return self._cited

    def labels(self, lang: str | None = "zh") -> Labels:
        """Return what writes the terms of these results as people read them."""
        if lang:
            iris = (term for row in self.cells() for term in row if isinstance(term, NamedNode))
            self.store.prefetch(iris, LABELS)
        return Labels(self.store, self.prefixes, lang)

    def write(
        self,
        stream: IO[bytes],
        format: str = "table",
        *,
        lang: str | None = "zh",
        width: int | None = None,
        once: bool = False,
    ) -> None:
        """Write the results to a binary stream in a format: a name, an extension or a media type.

        ``lang`` is the language of labels in formats for people, ``None`` for IRIs; ``width`` the columns
        of the terminal. With ``once`` a machine format may stream the rows and forget them.
        """
        from kg.query.render import find

        self._once = once
        find(format, self.form)(self, stream, lang=lang, width=width)

    def render(self, format: str = "table", *, lang: str | None = "zh", width: int | None = None) -> str:
        """Return the results as text in a format.

        >>> from kg.query.run import evaluate
        >>> from kg.store import MemoryStore
        >>> store = MemoryStore.parse('<urn:cao> <urn:villages> 151 .')
        >>> print(evaluate(store, "SELECT ?n { ?s <urn:villages> ?n }").render("tsv"), end="")
        ?n
        151
        """
        from io import BytesIO

        stream = BytesIO()
        self.write(stream, format, lang=lang, width=width)
        return stream.getvalue().decode()

    def to_pandas(self) -> pandas.DataFrame:
        """Return a data frame of Python values, one column a variable (needs the ``pandas`` extra)."""
        try:
            import pandas
        except ImportError:
            from kg.errors import UsageError

            raise UsageError("pandas is not installed", hint="pip install 'kg[pandas]'") from None
        return pandas.DataFrame(
            [[to_python(t) for t in row] for row in self.cells()], columns=list(self.columns)
        )

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return what CONSTRUCT states, or the entities that SELECT names and the facts between them.

        Raises ``QueryError`` when no entity is in the answer.
        """
        from kg.graph.selection import Selection

        return Selection.of(self, "").network

    def to_rdflib(self) -> rdflib.Graph:
        """Return the statements of CONSTRUCT or DESCRIBE as an rdflib graph."""
        if self.form != "graph":
            from kg.errors import UsageError

            raise UsageError(
                f"these results are no graph but a {self.form}", hint="ask with CONSTRUCT or DESCRIBE"
            )
        return to_graph([row for row in self.rows if isinstance(row, Triple)], self.prefixes)

    def _repr_html_(self) -> str:
        return self.render("html")

    def __repr__(self) -> str:
        if self.form == "boolean":
            return f"<Results {str(self.boolean).lower()}>"
        return f"<Results {len(self)} rows: {', '.join(self.columns)}>"
