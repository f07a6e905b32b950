"""What a line of a facts file states, held against the words of its quote."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from kg.errors import FactsError
from kg.facts.catalogue import Entity
from kg.figures import Figure, read_figures
from kg.figures.row import read_row
from kg.text import squash

_NUMBER = r"\d+(?:\.\d+)?"
_VALUE = re.compile(rf"(?P<sign><=|>=|~)?(?P<number>-?{_NUMBER})(?:\.\.(?P<top>{_NUMBER}))?\Z")
_WORDS = {"~": re.compile("约|左右|粗略|大概|大约|上下"), ">=": re.compile("以上|达到|不低于|不少于|至少")}
_QUALIFIERS = {"~": "about", ">=": "atLeast", "<=": "atMost"}


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure as the facts file states it and the quote words it."""

    subject: str
    measure: str
    value: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None
    unit_code: str
    unit_text: str
    qualifier: str
    verbatim: str
    per_value: Decimal | None
    per_unit_code: str
    by_order: bool = False


def read_figure(where: str, line: str, quotes: tuple[str, ...]) -> StatedFigure:
    """Read ``subject measure value [unit]`` and find the figure in the quotes that says so.

    >>> line = "caoxian-371721 kg:onlineSales 16700000000 CNY"
    >>> figure = read_figure("a.yaml:3", line, ("销售额突破167亿元",))
    >>> figure.verbatim, figure.minimum, figure.qualifier
    ('突破167亿元', Decimal('16700000000'), 'moreThan')

    Raises ``FactsError`` when no figure of the quotes has that value and unit.
    """
    subject, measure, sign, number, unit = _parts(where, line)
    top = _top(line)
    candidates = [
        _sized(figure) if not sign else figure
        for quote in quotes
        for figure in (*read_figures(quote), *read_row(quote))
    ]
    matching = [f for f in candidates if _says(f, sign, number, top) and f.unit_code == unit]
    if not matching:
        read = ", ".join(f"{f.verbatim} = {_plain(f)} {f.unit_code}" for f in candidates) or "no figure"
        raise FactsError(
            f"{where}: the line states {line.split()[2]} {unit}, the quote says {read}",
            hint="mend the value or the quote",
        )
    figure = matching[0]
    if sign in _WORDS and not _WORDS[sign].search(squash("".join(quotes))):
        raise FactsError(f"{where}: nothing in the quote says {sign}", hint="quote the words that do")
    minimum, maximum = figure.minimum, figure.maximum
    if sign == ">=":
        minimum = number
    return StatedFigure(
        subject,
        measure,
        None if sign in ("<=", ">=") else figure.value,
        minimum,
        maximum,
        unit,
        figure.unit_text or "",
        _QUALIFIERS.get(sign) or figure.qualifier or "",
        figure.verbatim,
        figure.per_value,
        figure.per_unit_code or "",
    )


def read_rank(where: str, line: str, quote: str, entities: dict[str, Entity]) -> StatedFigure:
    """Read a rank that follows from the order in which the quote lists names.

    >>> zhejiang = {"zhejiang-330000": Entity("zhejiang-330000", "Province", "浙江", "Zhejiang")}
    >>> read_rank("a.yaml:3", "zhejiang-330000 kg:rank 1", "前5位分别是浙江、江苏", zhejiang).verbatim
    '浙江'

    Raises ``FactsError`` when another name stands at that place of the list.
    """
    subject, measure, sign, number, unit = _parts(where, line)
    listed = re.split("[、，]", squash(quote).rpartition("是")[2])
    place = int(number) - 1
    name = listed[place] if 0 <= place < len(listed) else ""
    entity = entities.get(subject)
    if sign or entity is None or name not in (entity.zh, entity.official, *entity.aliases):
        raise FactsError(
            f"{where}: number {number} of the list is {name or 'missing'}, not {subject}",
            hint="mend the rank",
        )
    return StatedFigure(subject, measure, number, None, None, unit, "", "", name, None, "", by_order=True)


def _parts(where: str, line: str) -> tuple[str, str, str, Decimal, str]:
    words = line.split()
    match = _VALUE.match(words[2]) if len(words) in (3, 4) else None
    if match is None:
        raise FactsError(f"{where}: {line!r} is no figure", hint="write subject measure value [unit]")
    try:
        number = Decimal(match["number"])
    except InvalidOperation as error:  # pragma: no cover - the pattern admits numbers alone
        raise FactsError(f"{where}: {words[2]!r} is no number", hint="write it in digits") from error
    return words[0], words[1], match["sign"] or "", number, words[3] if len(words) == 4 else "C62"


def _bounds(figure: Figure, sign: str) -> tuple[Decimal | None, ...]:
    if sign == "<=":
        return (figure.maximum,)
    if sign == ">=":
        return (figure.value, figure.minimum)
    return (figure.value,)


def _says(figure: Figure, sign: str, number: Decimal, top: Decimal | None) -> bool:
    """Tell whether a figure of the quote is the stated number, or the stated range."""
    if top is not None:
        return (figure.minimum, figure.maximum) == (number, top)
    return number in _bounds(figure, sign)


def _top(line: str) -> Decimal | None:
    match = _VALUE.match(line.split()[2])
    return Decimal(match["top"]) if match and match["top"] else None


def _sized(figure: Figure) -> Figure:
    """百强 bounds the rank of a member; stated as a plain number it is the size of the list."""
    if figure.unit_text == "强" and figure.value is None:
        return replace(figure, value=figure.maximum, maximum=None, qualifier=None)
    return figure


def _plain(figure: Figure) -> str:
    if figure.value is not None:
        return f"{figure.value:f}"
    return "..".join("" if bound is None else f"{bound:f}" for bound in (figure.minimum, figure.maximum))
