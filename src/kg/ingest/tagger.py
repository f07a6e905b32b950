"""A tagger beside the rules: names that it sees and they do not.

A tagger is any callable from text to ``Tag`` rows; jieba's is shipped as the extractor ``jieba``, for those
who have installed it. What the rules have read stands: a tagger only adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.errors import UsageError
from kg.ingest.names.mention import Mention
from kg.ingest.rules import RulesExtractor


class Tag(NamedTuple):
    """A word of a text with its part of speech, in the letters of the Peking University tag set."""

    word: str
    flag: str


Tagger = Callable[[str], Iterable[Tag]]
# nr: a person, nt: an organization. Places are the gazetteer's, which knows their codes.
_CLASSES = {"nr": "schema:Person", "nt": "kg:Institution"}


def read_tagged(text: str, tagger: Tagger) -> list[Mention]:
    """Return the persons and bodies that a tagger sees in a clean text.

    >>> tags = lambda text: [Tag("海阳", "ns"), Tag("赵大川", "nr"), Tag("来", "v")]
    >>> [(m.text, m.start, m.type) for m in read_tagged("海阳赵大川来", tags)]
    [('赵大川', 2, 'schema:Person')]
    """
    found = []
    at = 0
    for word, flag in tagger(text):
        start = text.find(word, at)
        if start < 0:
            continue
        at = start + len(word)
        if flag in _CLASSES and len(word) > 1:
            found.append(Mention(_CLASSES[flag], word, start, at, "tagger", (), 0.5))
    return found


class JiebaExtractor(RulesExtractor):
    """The rules with jieba's names beside their own."""

    def __init__(self) -> None:
        super().__init__(tagger=lambda text: read_tagged(text, jieba_tags))


def jieba_tags(text: str) -> Iterable[Tag]:
    """Return jieba's words and tags.

    Raises ``UsageError`` where jieba is not installed: nothing here depends on it.
    """
    try:
        import jieba.posseg  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError as error:
        raise UsageError(
            "jieba is not installed", hint="pip install jieba, or use --extractor rules"
        ) from error
    return (Tag(pair.word, pair.flag) for pair in jieba.posseg.cut(text))
