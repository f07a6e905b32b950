"""``kg export``: parse, choose, write."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.part import chosen, part_options
from kg.errors import UsageError


@click.command("export", context_settings={"help_option_names": ["-h", "--help"]})
@part_options
@click.option(
    "--to",
    "format_",
    metavar="FORMAT",
    help="graphml, gexf, json, cytoscape, csv, parquet, ttl, nt, nq, trig, jsonld or rdf12; "
    "the extension of the output unless given.",
)
@click.option("-o", "--output", metavar="FILE", help="Write here, whole or not at all; else to stdout.")
def command(format_: str | None, output: str | None, **part: Any) -> None:
    """Write the whole graph, or what QUERY answers, or what --around or --class chooses.

    \b
    kg export --to graphml -o graph.graphml
    kg export --around 曹县 --depth 2 -o caoxian.gexf
    kg export 'CONSTRUCT { ?a kg:cooperatesWith ?b } WHERE { ?a kg:cooperatesWith ?b }' --to csv
    """
    from kg.files import replacing
    from kg.graph import export

    extension = Path(output or "").suffix
    if not (format_ or extension):
        raise UsageError("no format is named", hint="give --to FORMAT, or -o FILE with an extension")
    format = export.canonical(format_ or extension)
    if output is None:
        if format == "parquet" and sys.stdout.isatty():
            raise UsageError("Parquet is no text for a terminal", hint="give -o FILE")
        export.write(chosen(**part), sys.stdout.buffer, format)
        sys.stdout.buffer.flush()
        return
    with replacing(output) as stream:
        export.write(chosen(**part), stream, format)
