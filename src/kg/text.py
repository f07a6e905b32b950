"""Raw text, its squashed form, and the way between them.

Quotes are compared squashed (Unicode NFKC, then no white space), since a page that comes out of a
PDF breaks lines and spaces digits anywhere. Spans are kept in code points of the raw text
(RFC 5147 ``char=`` counting, end exclusive), since only those can be checked by anyone.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kg.errors import SourceError

# Format characters that show nothing; str.isspace() and \s know none of them.
_ZERO_WIDTH = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BLANK = re.compile(rf"[\s{_ZERO_WIDTH}]+")

# The text layer of a PDF may hold radicals (⻓, U+2ED3) where the page shows ideographs (长, U+957F).
# Unicode's EquivalentUnifiedIdeograph.txt pairs them; NFKC folds the Kangxi radicals (U+2F00-2FD5) alone.
_RADICALS = str.maketrans(
    "⺁⺄⺆⺇⺈⺊⺌⺍⺒⺓⺔⺕⺛⺜⺝⺠⺧⺪⺫⺬⺮⺯⺶⺷⺸⺻⺼⺽⻁⻄⻅⻆⻇⻉⻋⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂乙冂几刀卜小小巳幺彑彐旡日月民牛疋目示竹糸羊羊羊聿肉臼虎西见角角贝车長長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
#: One code point for each radical and compatibility ideograph, for text that must keep its offsets.
IDEOGRAPHS: dict[int, str] = {
    **{
        code: folded
        for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFADA))
        if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
    },
    **{code: chr(other) for code, other in _RADICALS.items()},
}

#: Longest quote, in squashed characters: a phrase, not the page's sentences.
QUOTE_LIMIT = 39


def squash(text: str) -> str:
    """Return the text in NFKC form without white space, radicals as the ideographs that they show.

    >>> squash("２ . 12\\n\\n亿元"), squash("市⻓⽉薪")
    ('2.12亿元', '市长月薪')
    """
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).translate(_RADICALS)


def unspaced(text: str) -> str:
    """Return the text's own characters without white space: how a quote is written.

    >>> unspaced("增长14 .1%，\\n居第二")
    '增长14.1%，居第二'
    """
    return _BLANK.sub("", text)


@dataclass(frozen=True)
class Alignment:
    """The squashed form of a raw text, and the raw span that each squashed character comes from."""

    raw: str

    @cached_property
    def _pieces(self) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
        """Return squashed characters with the raw start and end (exclusive) of each.

        NFKC may join a character with the ones after it (a letter and its accents, Hangul jamo), so
        a text is cut where no such join is possible and each cut is squashed by itself; every squashed
        character of a cut maps to the whole cut.
        """
        chars: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _cuts(self.raw):
            for char in squash(self.raw[start:end]):
                chars.append(char)
                starts.append(start)
                ends.append(end)
        return "".join(chars), tuple(starts), tuple(ends)

    @property
    def squashed(self) -> str:
        """The raw text, squashed."""
        return self._pieces[0]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the smallest raw span (end exclusive) that covers ``squashed[start:end]``."""
        _, starts, ends = self._pieces
        return starts[start], ends[end - 1]

    def squashed_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in ``squashed`` of what the raw span ``start:end`` holds."""
        _, starts, _ = self._pieces
        return bisect_left(starts, start), bisect_left(starts, end)

    def find(self, quote: str) -> list[tuple[int, int]]:
        """Return every raw span (end exclusive) whose squashed text is the squashed quote.

        >>> Alignment("总额\\n\\n2 . 12亿元。").find("2.12亿元")
        [(4, 12)]

        An empty quote is nowhere. A match that would cut a raw character in two (``½`` holds a
        ``1``) is not one.
        """
        wanted = squash(quote)
        if not wanted:
            return []
        found = []
        text, starts, ends = self._pieces
        at = text.find(wanted)
        while at >= 0:
            after = at + len(wanted)
            whole_start = at == 0 or starts[at - 1] != starts[at]
            whole_end = after == len(text) or starts[after] != starts[after - 1]
            if whole_start and whole_end:
                found.append((starts[at], ends[after - 1]))
            at = text.find(wanted, at + 1)
        return found


def _cuts(raw: str) -> list[tuple[int, int]]:
    """Return the spans between which no NFKC composition can happen, blanks left out."""
    cuts: list[tuple[int, int]] = []
    for i, char in enumerate(raw):
        if _BLANK.match(char):
            continue
        if cuts and cuts[-1][1] == i and _joins(raw[cuts[-1][0] : i], char):
            cuts[-1] = (cuts[-1][0], i + 1)
        else:
            cuts.append((i, i + 1))
    return cuts


def _joins(before: str, char: str) -> bool:
    """Tell whether NFKC may change ``before`` because ``char`` follows."""
    if char < "\u0300" or "\u3000" < char < "\u3099" or "\u4e00" <= char <= "\u9fff":
        return False  # nothing here composes with what stands before it
    return unicodedata.combining(char) != 0 or squash(before + char) != squash(before) + squash(char)


@dataclass(frozen=True)
class Source:
    """A source text as it was read: its code points and the SHA-256 of its bytes."""

    text: str
    sha256: str

    @cached_property
    def alignment(self) -> Alignment:
        """The way between this text and its squashed form."""
        return Alignment(self.text)


def read_source(path: Path | str) -> Source:
    """Read a source text, strictly as UTF-8.

    Raises ``SourceError`` when the file is missing or is not UTF-8: a replaced character would
    shift every span after it.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}", hint="give an existing file") from error
    return source_from_bytes(content, name=str(path))


def read_sources(paths: Iterable[Path | str]) -> dict[str, Source]:
    """Read source texts, and all .txt files of folders, by SHA-256.

    Raises ``SourceError`` for a file that cannot be read, and where folders hold none.
    """
    given = [Path(path) for path in paths]
    files = [f for path in given for f in (sorted(path.glob("**/*.txt")) if path.is_dir() else [path])]
    if given and not files:
        raise SourceError(f"no .txt file in {', '.join(map(str, given))}", hint="give the page's text")
    return {source.sha256: source for source in map(read_source, files)}


def source_from_bytes(content: bytes, *, name: str = "the source") -> Source:
    """Return the source that these bytes are.

    >>> source_from_bytes("曹县".encode()).text
    '曹县'
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not UTF-8 (byte {error.start})", hint="convert it to UTF-8 and keep that file"
        ) from error
    return Source(text, hashlib.sha256(content).hexdigest())
