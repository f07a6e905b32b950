"""The divisions of China down to the county, and the countries: names to codes."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.ingest.words import words

_NATIONS = "|".join(words()["place"]["nation"])
_SUFFIX = re.compile(
    rf"(?:(?:{_NATIONS})*自治[州县旗]|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|地区|"
    rf"(?<=架)林区|新区|省|市|盟|县|区|旗)$"
)
#: Short names that are common words first: they name the place only by context.
AMBIGUOUS = frozenset(words()["inside"]["place"])


@dataclass(frozen=True, slots=True)
class Division:
    """A division by its code of GB/T 2260 and its full name."""

    code: str
    name: str

    @property
    def type(self) -> str:
        """Its class in the ontology."""
        if self.code.endswith("0000"):
            return "kg:Province"
        # Counties that a province governs itself (code xx90xx) are counties all the same.
        return "kg:PrefectureCity" if self.code.endswith("00") else "kg:County"

    @property
    def short(self) -> str | None:
        """The name without what it is, or None where one character would be left (曹县).

        >>> Division("371500", "聊城市").short, Division("371721", "曹县").short
        ('聊城', None)
        """
        short = _SUFFIX.sub("", self.name)
        return short if len(short) >= 2 and short != self.name else None

    @property
    def spoken(self) -> str | None:
        """What an autonomous division is called for short with its kind.

        >>> Division("451324", "金秀瑶族自治县").spoken, Division("422800", "恩施土家族苗族自治州").spoken
        ('金秀县', '恩施州')
        """
        kind = re.search(r"自治([州县旗])$", self.name)
        return self.short + kind[1] if kind and self.short else None

    @property
    def parents(self) -> tuple[str, ...]:
        """The codes of the divisions that it lies in, the narrowest first."""
        codes = (self.code[:4] + "00", self.code[:2] + "0000")
        return tuple(dict.fromkeys(c for c in codes if c != self.code))


@cache
def divisions() -> dict[str, Division]:
    """Return every division by its code."""
    return {row["gb2260"]: Division(row["gb2260"], row["name"]) for row in _rows("divisions.csv")}


@cache
def by_name() -> dict[str, tuple[Division, ...]]:
    """Return the divisions that bear a full or a short name.

    >>> [d.code for d in by_name()["曹县"]], [d.code for d in by_name()["聊城"]]
    (['371721'], ['371500'])
    """
    named: dict[str, list[Division]] = {}
    for division in divisions().values():
        for name in (division.name, division.short, division.spoken):
            if name and division not in named.setdefault(name, []):
                named[name].append(division)
    return {name: tuple(sorted(found, key=lambda d: d.code)) for name, found in named.items()}


@cache
def countries() -> dict[str, str]:
    """Return the ISO 3166 code of each country by its Chinese name."""
    return {row["name"]: row["iso3166"] for row in _rows("countries.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (files("kg.ingest") / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
