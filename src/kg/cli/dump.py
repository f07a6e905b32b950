"""``kg dump``."""

from __future__ import annotations

import sys

import click


@click.command("dump", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", required=True, metavar="DIR", help="The store.")
@click.option(
    "--format", "format_", metavar="FORMAT", help="nq, nt, ttl, trig, rdf or jsonld.  [default: nq]"
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write here, whole or not at all; the extension names the format, .gz or .zst packs it.",
)
def command(store: str, format_: str | None, output: str | None) -> None:
    """Write all statements of a store on disk, as they are when the command begins.

    Formats without named graphs (nt, ttl, rdf) hold the union of all graphs.

    \b
    kg dump --store newspapers -o newspapers.nq.gz
    kg dump --store newspapers | wc -l
    """
    from kg.store.dump import dump

    if output is None:
        dump(store, sys.stdout.buffer, format_ or "nq")
        sys.stdout.buffer.flush()
        return
    from kg.files import replacing
    from kg.store.dump import format_of, packed

    name, packing = format_of(output)
    with replacing(output) as stream, packed(stream, packing) as out:
        dump(store, out, format_ or name)
