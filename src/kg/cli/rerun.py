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
    from kg.cite.manifest import locations, read_record, recorded

    manifest = read_record(answer)
    named = () if data or store or endpoint else locations(manifest, answer)
    if len(named) == 1:
        dataset = location.anything(named[0])
    else:
        dataset = location.opened(data or tuple(named), store, endpoint, page)
    results = dataset.query(manifest["query"], limit=manifest["limit"])
    found = compare(manifest, results, lambda: recorded(manifest, answer))
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
    for mark, rows, reasons in (
        ("-", found.lost, found.lost_because),
        ("+", found.gained, found.gained_because),
    ):
        for row, reason in zip(rows, reasons, strict=True):
            cells = zip(found.columns or ["answer"], row, strict=False)
            yield f"{mark} " + ", ".join(f"{name}: {_shown(text, labels)}" for name, text in cells)
            for statement in reason.statements:
                yield f"    {reason.words} {' '.join(map(labels.text, read_triple(statement)))}"
            if not reason.statements:
                yield f"    {reason.words}"


def _listing(found: Comparison, dataset: Dataset) -> Listing:
    """Return the rows that came and went, with columns that say which they are, and why."""
    from pyoxigraph import Literal

    from kg.cite.comparison import read_term

    first, *last = (_free(name, found.columns) for name in ("change", "because", "statements"))
    rows: list[tuple[Term | None, ...]] = [
        (
            Literal(kind),
            *(read_term(text) if text else None for text in row),
            Literal(reason.words),
            Literal(" ".join(f"{statement} ." for statement in reason.statements)),
        )
        for kind, rows_, reasons in (
            ("lost", found.lost, found.lost_because),
            ("gained", found.gained, found.gained_because),
        )
        for row, reason in zip(rows_, reasons, strict=True)
    ]
    columns = (first, *(found.columns or ("answer",)), *last)
    return Listing(columns, rows, dataset.store, dataset.prefixes)


def _free(name: str, columns: Sequence[str]) -> str:
    """Return a name that no column has."""
    while name in columns:
        name += "_"
    return name


def _shown(text: str, labels: Labels) -> str:
    from kg.cite.comparison import read_term

    return (labels.text(read_term(text)) or '""') if text else "unbound"
