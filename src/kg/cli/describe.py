"""``kg describe``: what the graph says of an entity."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import partial

import click

from kg.cli.listing import chosen, columns, listing_options, mention_evidence, put, rendered, write
from kg.cli.offer import offer
from kg.dataset import Dataset
from kg.entities.describe import Description, describe
from kg.evidence import Evidence
from kg.files import replacing
from kg.query.listing import Listing
from kg.query.render.width import printable
from kg.query.render.wrapped import wrap
from kg.query.run import known_prefixes
from kg.store import Term

_RDF = ("ttl", "nt", "nq", "trig", "rdf", "jsonld")


@click.command("describe", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("entity", shell_complete=offer("complete_entity"))
@partial(listing_options, more=", ttl, nt, nq, trig, rdf, jsonld")
def command(entity: str, dataset: Dataset, format_: str | None, output: str | None, lang: str) -> None:
    """Say what ENTITY is, its facts, and its figures with their quotes.

    \b
    kg describe 曹县
    kg describe caoxian --format json
    kg describe "Cao County" -o caoxian.ttl
    """
    found = describe(dataset.store, dataset.resolve(entity), lang=lang)
    mention_evidence(dataset.store)
    format = chosen(format_, output)
    if format not in ("table", "md"):
        write(found.listing(graph=format in _RDF), format_, output, lang)
        return
    room = None if output else columns()
    text = "".join(f"{line}\n" for line in _told(found, format, lang, room))
    with replacing(output) if output else nullcontext(sys.stdout.buffer) as stream:
        put(stream, text, people=True)


def _told(found: Description, format: str, lang: str, room: int | None) -> Iterator[str]:
    title = f"{found.label} ({', '.join(found.types)})" if found.types else found.label
    others = [name.value for name in found.names if name.value != found.label]
    mark = "## " if format == "md" else ""
    yield f"{mark}{printable(title)}"
    yield f"<{found.iri.value}>"
    if others:
        also = printable(f"also: {', '.join(dict.fromkeys(others))}")
        yield from wrap(also, room) if room else [also]
    for heading, inward in (("says", False), ("is said of it", True)):
        rows = [
            (fact.triple.predicate, fact.other, _quoted(fact.evidence))
            for fact in found.facts
            if fact.inward == inward
        ]
        if rows:
            heads = ["property", "of" if inward else "value", "quote"]
            yield f"\n{mark}{heading}:"
            yield _table(found, heads, rows, format, lang, room)
    for heading, first, figures in (
        ("figures", "measure", found.figures),
        ("figures of it", "of", found.measured),
    ):
        told = [
            (
                figure.measure if first == "measure" else figure.about,
                _literal(figure.verbatim or f"{figure.value.value} {figure.unit}".strip()),
                _literal(figure.period),
                _literal(figure.qualifier),
                _literal(
                    "、".join(dict.fromkeys(_speaker(piece) for piece in figure.evidence if piece.speaker))
                ),
                _quoted(figure.evidence),
            )
            for figure in figures
        ]
        if told:
            heads = [first, "figure", "period", "qualifier", "speaker", "quote"]
            yield f"\n{mark}{heading}:"
            yield _table(found, heads, told, format, lang, room)


def _table(
    found: Description,
    heads: list[str],
    rows: Sequence[tuple[Term | None, ...]],
    format: str,
    lang: str,
    room: int | None,
) -> str:
    listing = Listing(heads, rows, found.store, known_prefixes(found.store))
    table = rendered(listing, format, lang, room)[:-1]
    return f"\n{table}" if format == "md" else table


def _speaker(piece: Evidence) -> str:
    return f"{piece.speaker} ({piece.modality})" if piece.modality else piece.speaker


def _quoted(evidence: tuple[Evidence, ...]) -> Term | None:
    return _literal(
        "; ".join(f"“{piece.exact}”" if piece.exact else piece.source_label for piece in evidence)
    )


def _literal(text: str) -> Term | None:
    from pyoxigraph import Literal

    return Literal(text) if text else None
