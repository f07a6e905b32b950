"""``kg rerun``: whether a recorded answer still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import location
from kg.cli.listing import format_options, tell
from kg.cli.say import say
from kg.dataset import Dataset
from kg.query.listing import Listing
from kg.query.terms import Labels
from kg.store import Term

if TYPE_CHECKING:
    from kg.cite.comparison import Comparison


@click.command("rerun", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("answer", type=click.Path(path_type=Path))
@location.options
@format_options
def command(
    answer: Path,
    data: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    page: int | None,
    format_: str | None,
    output: str | None,
    lang: str,
) -> int:
    """Ask again what ANSWER records, a file of `kg query --save-answer`; exit 1 if the rows differ.

    Asked is the data that was recorded, unless other data is named: it is looked for where the record names
    it, then beside the record. Rows of a query without ORDER BY may come in any order.

    \b
    kg query county-figures --save-answer answer.json
    kg rerun answer.json
    kg rerun answer.json --data new/triples.ttl --format csv
    """
    from kg.cite.comparison import compare
    from kg.cite.manifest import locations, read_record

    manifest = read_record(answer)
    recorded = () if data or store or endpoint else locations(manifest, answer)
    if len(recorded) == 1:
        dataset = location.anything(recorded[0])
    else:
        dataset = location.opened(data or tuple(recorded), store, endpoint, page)
    found = compare(manifest, dataset.query(manifest["query"], limit=manifest["limit"]))
    verdict, remarks = _verdict(found, len(manifest["rows"])), list(_remarks(found))
    lines = [verdict, *_told(found, dataset, lang), *remarks]
    tell(lines, _listing(found, dataset), format_, output, lang)
    if format_ not in (None, "text") or output:
        say(verdict, *remarks)
    return 0 if found.holds else 1


def _verdict(found: Comparison, rows: int) -> str:
    if found.holds:
        return f"the answer holds: {rows} {'row' if rows == 1 else 'rows'}, the same as recorded"
    return "the answer has changed"


def _remarks(found: Comparison) -> Iterator[str]:
    if found.reordered:
        yield "the rows are the same, in another order"
    if found.same_data is None:
        yield "the blank nodes of the data are too much alike to say whether it is the data of the record"
    elif not found.same_data:
        yield "the data is not the data of the record"
    if found.holds and not found.same_evidence:
        yield "the evidence of the rows has changed"


def _told(found: Comparison, dataset: Dataset, lang: str) -> Iterator[str]:
    from kg.cite.comparison import read_triple

    labels = Labels(dataset.store, dataset.prefixes, lang)
    for mark, rows, why, statements in (
        ("-", found.lost, "the missing", found.lost_statements),
        ("+", found.gained, "the new", found.gained_statements),
    ):
        for row in rows:
            cells = zip(found.columns or ["answer"], row, strict=False)
            yield f"{mark} " + ", ".join(f"{name}: {_shown(text, labels)}" for name, text in cells)
        for statement in statements:
            told = " ".join(map(labels.text, read_triple(statement)))
            yield f"    because of {why} {told}"


def _listing(found: Comparison, dataset: Dataset) -> Listing:
    """Return the rows that came and went, with a column that says which they are."""
    from pyoxigraph import Literal

    from kg.cite.comparison import read_term

    first = "change"
    while first in found.columns:
        first += "_"
    rows: list[Sequence[Term | None]] = [
        (Literal(kind), *(read_term(text) if text else None for text in row))
        for kind, rows_ in (("lost", found.lost), ("gained", found.gained))
        for row in rows_
    ]
    columns = (first, *(found.columns or ("answer",)))
    return Listing(columns, [tuple(row) for row in rows], dataset.store, dataset.prefixes)


def _shown(text: str, labels: Labels) -> str:
    from kg.cite.comparison import read_term

    return (labels.text(read_term(text)) or '""') if text else "unbound"
