"""A relation that a sentence states: subject, predicate, object, and the words."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ingest.names.mention import Mention

ORGANIZATIONS = ("kg:Company", "kg:Institution", "kg:Association", "kg:GovernmentBody")
PLACES = ("kg:Province", "kg:PrefectureCity", "kg:County", "kg:Town", "kg:Village")


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its title and the body or place that it belongs to."""

    title: str
    at: Mention


@dataclass(frozen=True, slots=True)
class Relation:
    """Subject, predicate and object, with the span of the words that state it."""

    subject: Mention
    predicate: str
    object: Mention | Post | str
    start: int
    end: int
    rule: str
    confidence: float = 0.8
