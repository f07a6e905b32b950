"""What people type for a Chinese name: its pinyin in full, or its initials."""

from __future__ import annotations

import unicodedata
from itertools import islice, product

#: A character may have several readings, and those of a name multiply: so many are enough.
_READINGS = 8
#: Nobody types the pinyin of more characters than this to find a name.
_LENGTH = 16


def search_keys(*names: str) -> list[str]:
    """Return what finds an entity: its names without spaces and case, their pinyin, their initials.

    >>> search_keys("单县", "Shan County")
    ['单县', 'danxian', 'dx', 'chanxian', 'cx', 'shanxian', 'sx', 'shancounty']
    """
    keys: dict[str, None] = {}
    for name in names:
        keys[plain(name)] = None
        if any("\u4e00" <= c <= "\u9fff" for c in name):
            for syllables in islice(product(*_readings(name[:_LENGTH])), _READINGS):
                keys[plain("".join(syllables))] = None
                keys[plain("".join(s[:1] for s in syllables))] = None
    keys.pop("", None)
    return list(keys)


def plain(name: str) -> str:
    """Return a name in one width and case, without what is no letter or digit.

    >>> plain("Dong'e  ＡＢ")
    'dongeab'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _readings(name: str) -> list[list[str]]:
    """Return the readings of each character; a run of Latin letters reads as itself."""
    from pypinyin import Style, pinyin

    return pinyin(name, style=Style.NORMAL, heteronym=True)
