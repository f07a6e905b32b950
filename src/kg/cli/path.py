"""``kg path``: how two entities are connected."""

from __future__ import annotations

from collections.abc import Iterator

import click

from kg.cli.listing import listing_options, mention_evidence, tell
from kg.cli.offer import offer
from kg.cli.say import say
from kg.dataset import Dataset
from kg.entities.connection import Connection, Hop, connections, listing
from kg.evidence import Evidence
from kg.query.run import known_prefixes
from kg.query.terms import Labels

#: A way over more hops says nothing of the two.
MOST = 8


@click.command("path", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("start", shell_complete=offer("complete_entity"))
@click.argument("end", shell_complete=offer("complete_entity"))
@click.option("--max", "most", type=click.IntRange(1, MOST), default=4, show_default=True, help="Most hops.")
@click.option("--all", "every", is_flag=True, help="Tell longer ways too, up to --max.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Tell so many ways.")
@listing_options
@click.option("--exit-status", is_flag=True, help="Exit 1 when there is no way.")
def command(
    start: str,
    end: str,
    most: int,
    every: bool,
    limit: int,
    dataset: Dataset,
    format_: str | None,
    output: str | None,
    lang: str,
    exit_status: bool,
) -> int:
    """Tell how START and END are connected, hop by hop, with the words of the page.

    \b
    kg path 曹县 聊城
    kg path caoxian shandong --all --max 3
    """
    ends = dataset.resolve(start), dataset.resolve(end)
    found = connections(dataset.store, *ends, most_hops=most, every=every, lang=lang)
    labels = Labels(dataset.store, known_prefixes(dataset.store), lang)
    shown = found[:limit]
    lines = (line for number, way in enumerate(shown, 1) for line in _told(number, way, labels))
    tell(lines, listing(dataset.store, shown), format_, output, lang)
    if not found:
        more = "; give a larger --max" if most < MOST else ""
        say(f"no way of {'1 hop' if most == 1 else f'{most} hops or fewer'} connects {start} and {end}{more}")
    else:
        mention_evidence(dataset.store)
    if len(found) > limit:
        say(f"{len(found) - limit} more ways; raise --limit for them")
    return 1 if exit_status and not found else 0


def _told(number: int, connection: Connection, labels: Labels) -> Iterator[str]:
    hops, statements = len(connection.hops), connection.statements
    yield (
        f"{number}. {hops} {'hop' if hops == 1 else 'hops'}, "
        f"{statements} {'statement' if statements == 1 else 'statements'}"
    )
    for hop in connection.hops:
        yield f"   {_hop(hop, labels)}"
        for piece in hop.evidence:
            yield f"       {_words(piece)}"


def _hop(hop: Hop, labels: Labels) -> str:
    subject, name, value = (
        labels.text(t) for t in (hop.triple.subject, hop.triple.predicate, hop.triple.object)
    )
    return f"{value} <-[{name}]- {subject}" if hop.backward else f"{subject} -[{name}]-> {value}"


def _words(piece: Evidence) -> str:
    said = f"“{piece.exact}”" if piece.exact else f"({piece.source_label})"
    where = f", 《{piece.headline}》" if piece.headline else ""
    return said + (f" {piece.speaker}" if piece.speaker else "") + where
