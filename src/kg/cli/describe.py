"""``kg describe``: what the graph says of an entity."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext

import click

from kg.cli.listing import chosen, listing_options, put, write
from kg.cli.offer import offer
from kg.dataset import Dataset
from kg.entities.describe import Description, describe
from kg.evidence import Evidence
from kg.files import replacing
from kg.query.listing import Listing
from kg.query.run import known_prefixes
from kg.store import Term

_RDF = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")


@click.command("describe", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("entity", shell_complete=offer("complete_entity"))
@listing_options
def command(entity: str, dataset: Dataset, format_: str | None, output: str | None, lang: str) -> None:
    """Say what ENTITY is, its facts, and its figures with their quotes.

    \b
    kg describe 曹县
    kg describe caoxian --format json
    kg describe "Cao County" -o caoxian.ttl
    """
    found = describe(dataset.store, dataset.resolve(entity), lang=lang)
    format = chosen(format_, output)
    if format not in ("table", "md"):
        write(found.listing(graph=format in _RDF), format_, output, lang)
        return
    text = "\n".join(_told(found, format, lang))
    with replacing(output) if output else nullcontext(sys.stdout.buffer) as stream:
        put(stream, text, people=True)


def _told(found: Description, format: str, lang: str) -> Iterator[str]:
    title = f"{found.label} ({', '.join(found.types)})" if found.types else found.label
    others = [name.value for name in found.names if name.value != found.label]
    mark = "## " if format == "md" else ""
    yield f"{mark}{title}\n<{found.iri.value}>"
    if others:
        yield f"also: {', '.join(dict.fromkeys(others))}"
    for heading, inward in (("says", False), ("is said of it", True)):
        rows = [
            (fact.triple.predicate, fact.other, _quoted(fact.evidence))
            for fact in found.facts
            if fact.inward == inward
        ]
        if rows:
            columns = ["property", "of" if inward else "value", "quote"]
            yield from _table(found, f"{mark}{heading}:", columns, rows, format, lang)
    figures = [
        (
            figure.measure,
            _literal(figure.verbatim or f"{figure.value.value} {figure.unit}".strip()),
            _literal(figure.period),
            _literal(figure.qualifier),
            _literal("、".join(dict.fromkeys(_speaker(piece) for piece in figure.evidence if piece.speaker))),
            _quoted(figure.evidence),
        )
        for figure in found.figures
    ]
    if figures:
        columns = ["measure", "figure", "period", "qualifier", "speaker", "quote"]
        yield from _table(found, f"{mark}figures:", columns, figures, format, lang)


def _table(
    found: Description,
    heading: str,
    columns: list[str],
    rows: Sequence[tuple[Term | None, ...]],
    format: str,
    lang: str,
) -> Iterator[str]:
    listing = Listing(columns, rows, found.store, known_prefixes(found.store))
    yield f"\n{heading}\n" if format == "md" else f"\n{heading}"
    yield listing.render(format, lang=lang)[:-1]


def _speaker(piece: Evidence) -> str:
    return f"{piece.speaker} ({piece.modality})" if piece.modality else piece.speaker


def _quoted(evidence: tuple[Evidence, ...]) -> Term | None:
    return _literal(
        "; ".join(f"“{piece.exact}”" if piece.exact else piece.source_label for piece in evidence)
    )


def _literal(text: str) -> Term | None:
    from pyoxigraph import Literal

    return Literal(text) if text else None
