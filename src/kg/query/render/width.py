"""How wide a text is on a terminal: Chinese characters take two columns (Unicode UAX #11)."""

from __future__ import annotations

from unicodedata import category, east_asian_width


def width(text: str) -> int:
    """Return the columns a text takes.

    >>> width("曹县 Cao")
    8
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """Return the text, cut to so many columns, with ``...`` where something is missing.

    >>> cut("中国（曹县）电商大会", 10)
    '中国（...'
    """
    if width(text) <= columns:
        return text
    dots = "..."[:columns]
    left, kept = columns - len(dots), []
    for character in text:
        left -= _columns(character)
        if left < 0:
            break
        kept.append(character)
    return "".join(kept) + dots


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled up to so many columns, flush left or right."""
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def printable(text: str) -> str:
    """Return a text that stays in its cell: control characters become spaces, so none reaches a terminal.

    >>> printable("a\\nb\\x1b[31m")
    'a b [31m'
    """
    if text.isprintable():
        return text
    return "".join(c if category(c) not in ("Cc", "Zl", "Zp") else " " for c in text)
