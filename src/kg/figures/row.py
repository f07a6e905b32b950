"""Read a row of a ranking: 1 某县（某省） 92.36, where the rank and the index are bare numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.figures.figure import Figure
from kg.figures.spacing import view

_ROW = re.compile(
    r"^(?:(?P<rank>第[0-9]{1,3}[名位]|(?:N[Oo]\.?|T[Oo][Pp])?[0-9]{1,3})[.、:：]?)?"
    r"(?P<name>[一-龥A-Za-z“”·]{2,26})(?:[（(][^（）()]{1,14}[)）])?[：:—\-…·，,]*"
    r"(?:(?:综合)?(?:指数|得分|总分|分值)[为：:]?)?(?P<value>[0-9]{1,6}(?:\.[0-9]{1,4})?)?(?P<unit>分)?$"
)
_RANK = re.compile(r"^(?:N[Oo]\.?|T[Oo][Pp])?(?P<rank>[0-9]{1,3})[.、:：]?(?=[一-龥A-Za-z“]{2})(?=.*[0-9])")


def read_row(text: str) -> list[Figure]:
    """Return the bare numbers of one row, which the lexer leaves alone in running text.

    >>> [(f.verbatim, f.kind) for f in read_row("1 莘县（山东） 92.36")]
    [('1', 'rank'), ('92.36', 'index')]
    >>> [(f.verbatim, f.kind) for f in read_row("2 冠县 3.5亿元")], read_row("莘县有2个")
    ([('2', 'rank')], [])
    """
    page = view(text)
    row, rank = _ROW.match(page.chars), _RANK.match(page.chars)
    found = []
    if rank is not None:
        found.append(_bare(page.span(*rank.span("rank")), rank["rank"], "rank"))
    if row is not None and row["value"] and (row["rank"] or row["unit"]):
        found.append(_bare(page.span(*row.span("value")), row["value"], "index"))
    return found


def _bare(span: tuple[int, int], number: str, kind: str) -> Figure:
    return Figure(Decimal(number), None, None, "C62", None, None, number, kind, *span)
