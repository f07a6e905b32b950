"""At which event a project was signed."""

from __future__ import annotations

import re

from kg.ingest.discourse.occasion import article_of, event_of, signing
from kg.ingest.names.mention import Mention
from kg.ingest.reading import Reading
from kg.ingest.relations.account import Account

_SIGNED = re.compile(
    r"签约|签订|签下|签署|签定|合作|携手|牵手|共建|落户|现场|会上|仪式上|集中|敲定|达成|揽获|引进"
)
_INTRO = re.compile(r"签约|签下|签订|签署|落户|合作项目")


def signed_at(reading: Reading, account: Account, *, told: bool) -> tuple[Mention, int] | None:
    """Return the event at which a project is signed, and where the page says so.

    Where a paragraph has ``told`` of one that was signed, it goes on with others.
    """
    text, project = reading.page.text, account.project
    if account.item:
        return _listed_at(reading, account)
    event = event_of(reading, account.start, project.start)
    if event is None or not signing(event):
        return None
    word = _SIGNED.search(text, account.start, account.end)
    if word is None and told and project.start >= account.start:
        return event, project.start
    if word is None or re.match(r"[^“]*”", text[project.end : account.end]):
        return None
    paragraph = next((p for p in reading.page.paragraphs if p[0] <= project.start < p[1]), (0, 0))
    near = re.search(r"签|会上|仪式", text[max(0, paragraph[0]) : project.end])
    return (event, word.start()) if near and "签" in text[event.start : account.end] else None


_ALL_SIGNED = re.compile(r"(?:以上|上述|这些)[^。；]{0,8}项目[^。；]{0,60}?签[约订下署]")


def _listed_at(reading: Reading, account: Account) -> tuple[Mention, int] | None:
    """Return the event of an item: that of the words over the list, or of 以上项目在某会上签约 under it."""
    text, project = reading.page.text, account.project
    first, last = article_of(reading, account.start)
    intros = list(_INTRO.finditer(text, max(first, account.start - 900), account.start))
    events = [event_of(reading, reading.sentence(m.start())[0], m.end()) for m in reversed(intros)]
    events += [event_of(reading, account.start, project.start)] if intros else []
    if after := _ALL_SIGNED.search(text, account.end, last):
        events += reading.inside(after.start(), after.end(), "schema:Event")
    event = next((e for e in events if e is not None and signing(e)), None)
    return (event, project.start) if event else None
