"""Tables of measurements, in Markdown: a row a workload, a column a peer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Cell:
    """A number, or a note in its place or beside it."""

    number: float | None = None
    note: str = ""


@dataclass
class Table:
    """Rows of cells; times are followed by how many times the reference's they are.

    >>> table = Table("Load", "ms", ["kg", "pyoxigraph", "rdflib"])
    >>> table.row("load", {"kg": Cell(10.4), "pyoxigraph": Cell(10.0), "rdflib": Cell(note="over 60 s")})
    >>> print(str(table).splitlines()[-1])
    | load | 10.4 (1.04) | 10.0 | over 60 s |
    """

    title: str
    unit: str
    columns: list[str]
    reference: str = "pyoxigraph"
    note: str = ""
    _rows: list[str] = field(default_factory=list)

    def row(self, name: str, cells: dict[str, Cell], *, ratio: bool = True) -> None:
        """Add a row; `ratio` is false where the numbers are no times."""
        base = cells.get(self.reference, Cell()).number if ratio else None
        texts = [self._text(cells.get(column), base, column) for column in self.columns]
        self._rows.append(f"| {name} | {' | '.join(texts)} |")

    def _text(self, cell: Cell | None, base: float | None, column: str) -> str:
        if cell is None:
            return "–"
        if cell.number is None:
            return cell.note.replace("|", "/")
        text = _rounded(cell.number)
        if base and column != self.reference:
            text += f" ({_ratio(cell.number / base)})"
        return f"{text}, {cell.note}" if cell.note else text

    def __str__(self) -> str:
        head = f"| {self.unit} | {' | '.join(self.columns)} |\n| --- |{' ---: |' * len(self.columns)}\n"
        note = f"\n{self.note}\n" if self.note else ""
        return f"## {self.title}\n\n{head}" + "\n".join(self._rows) + f"\n{note}"


def _rounded(number: float) -> str:
    if number >= 10_000:
        return f"{number:,.0f}"
    return f"{number:.2f}" if number < 1 else f"{number:.1f}" if number < 100 else f"{number:.0f}"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}"
