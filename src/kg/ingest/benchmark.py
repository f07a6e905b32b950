"""Pages with what they state, and the scores of the rules on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kg.errors import SourceError, UsageError
from kg.facts.lines import load_yaml
from kg.ingest.entity import read_entities, read_measures
from kg.ingest.evaluation import Evaluation, compare
from kg.ingest.factsfile import read_facts
from kg.ingest.link import Linker
from kg.ingest.page.formats import read_text
from kg.ingest.statements import found_in, read_case, stated_in
from kg.resources import resource


def evaluate(paths: Sequence[Path], text: Path | None = None) -> Evaluation:
    """Return the scores over all pages: benchmark files, folders of them, or one facts file with its text."""
    total = Evaluation()
    measures = read_measures(resource("ontology/kg.ttl"))
    for path in paths:
        if not path.exists():
            raise SourceError(f"there is no {path}", hint="give a folder of benchmark pages, or a facts file")
        if path.suffix == ".yaml":
            if text is None:
                raise UsageError(f"{path} needs its page", hint="give --source FILE")
            total.add(_of_facts(path, text))
            continue
        for page in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            linker = Linker(measures)
            raw, expected = read_case(page, linker)
            total.add(compare(expected, found_in(raw, linker)))
    if not total.scores:
        raise UsageError(
            f"no benchmark page in {', '.join(map(str, paths))}", hint="give a folder with .txt pages"
        )
    return total


def _of_facts(path: Path, text: Path) -> Evaluation:
    facts = read_facts(path)
    raw = read_text(text)
    known = [*read_entities(path.parent), *read_measures(resource("ontology/kg.ttl"))]
    linker = Linker(known)
    day = load_yaml(facts.head).get("reference_date")
    found = found_in(raw, linker, reference=day if isinstance(day, date) else None)
    return compare(stated_in(facts, raw, linker), found)
