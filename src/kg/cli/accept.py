"""`kg accept` and `kg reject`: decide on proposals from the terminal."""

from __future__ import annotations

from pathlib import Path

import click


def _decision(name: str, status: str, sentence: str) -> click.Command:
    @click.command(
        name,
        help=f"{sentence}\n\n\b\nkg {name} SOURCE p-0123456789ab\nkg {name} SOURCE --rule post",
    )
    @click.argument("source")
    @click.argument("ids", nargs=-1, metavar="[ID...]")
    @click.option("--rule", help="All that are still open of a rule, such as post or noun-before.")
    @click.option(
        "--facts", "folder", type=click.Path(path_type=Path), default=Path("data/facts"), show_default=True
    )
    def command(source: str, ids: tuple[str, ...], rule: str | None, folder: Path) -> None:
        from kg.ingest.entity import adopt
        from kg.ingest.factsfile import decide, needed, read_facts, write_facts

        if not ids and rule is None:
            raise click.UsageError("name proposals by id, or give --rule")
        path = folder / f"{source}.yaml"
        facts, count = decide(read_facts(path), status, ids=ids, rule=rule)
        added = adopt(folder, needed(facts)) if status == "accepted" else 0
        write_facts(path, facts)
        entities = "1 entity" if added == 1 else f"{added} entities"
        click.echo(f"{count} {status}" + (f", {entities} added to the catalogue" if added else ""))

    return command


command = _decision("accept", "accepted", "Accept proposals: kg build compiles them.")
reject = _decision("reject", "rejected", "Reject proposals: they are kept, and not proposed again.")
