"""Where each quote stands: recorded beside the facts, so that the graph builds without the page."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg.errors import FactsError

_HEADER = ("article", "quote", "belongs_to", "start", "end", "prefix", "suffix")


class Key(NamedTuple):
    """What is looked for: words of an article; ``belongs_to`` is the quote that they go with, if any."""

    article: str
    quote: str
    belongs_to: str = ""


class Span(NamedTuple):
    """Where it stands (code points of the raw text, end exclusive) and what stands around it."""

    start: int
    end: int
    prefix: str
    suffix: str


@dataclass
class Spans:
    """Recorded spans by what was looked for."""

    found: dict[Key, Span] = field(default_factory=dict)


def spans_path(facts: Path) -> Path:
    """Return the file that records the spans of a facts file.

    >>> spans_path(Path("data/facts/a.yaml")).name
    'a.spans.tsv'
    """
    return facts.with_suffix(".spans.tsv")


def read_spans(facts: Path) -> Spans:
    """Read the recorded spans of a facts file; none are recorded where there is no file yet."""
    path = spans_path(facts)
    if not path.exists():
        return Spans()
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        return Spans(
            {
                Key(r["article"], r["quote"], r["belongs_to"]): Span(
                    int(r["start"]), int(r["end"]), r["prefix"], r["suffix"]
                )
                for r in rows
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise FactsError(
            f"{path} is damaged ({error!r})", hint="delete it and run kg build --source FILE"
        ) from error


def write_spans(spans: Spans) -> str:
    """Return the file that records the spans, sorted by where they stand.

    >>> write_spans(Spans({Key("a", "曹县"): Span(3, 5, "在", "的")})).splitlines()[1]
    'a\\t曹县\\t\\t3\\t5\\t在\\t的'
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(_HEADER)
    for key, span in sorted(spans.found.items(), key=lambda item: (item[1][:2], item[0])):
        writer.writerow([*key, *span])
    return out.getvalue()
