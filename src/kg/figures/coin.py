"""Sums of money as people say them: 三块二, 九块六毛五, 八毛钱, 3200块."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.figures.numeral import NUMERAL, parse_numeral

#: What follows a sum and no thing that is counted in pieces: 三块石头, 两块地.
_ENDS = (
    r"(?=[，。；、”“）)！？：\n ]|$|[一1]?(?:斤|公斤|亩|吨|件|个|盒|袋|瓶|只|度|次|天)(?!半)"
    r"|[跌涨降升提到至做变增加的是]|多)"
)
_COINS = re.compile(
    rf"(?P<yuan>{NUMERAL})块(?:"
    r"(?P<tenth>[一二两三四五六七八九半1-9])(?![0-9一二三四五六七八九十百千万亿块个])毛?(?P<cent>[一二三四五六七八九])?钱?"
    rf"|多?钱|{_ENDS})"
    r"|(?P<jiao>[一二两三四五六七八九1-9])毛(?:"
    rf"(?P<jiao_cent>[一二三四五六七八九])(?![0-9十百千万亿个])钱?|钱|{_ENDS})"
)


class Coins(NamedTuple):
    """A sum by its offsets in the text."""

    start: int
    end: int
    value: Decimal


def read_coins(chars: str) -> Iterator[Coins]:
    """Yield the sums of money that a text gives in 块 and 毛.

    >>> [str(c.value) for c in read_coins("从三块二跌到六毛，一斤便宜两毛三，花了3200块。")]
    ['3.2', '0.6', '0.23', '3200']
    >>> list(read_coins("两块地、三块石头、羊毛、第三毛纺厂"))
    []
    """
    for m in _COINS.finditer(chars):
        if m["yuan"] is not None:
            whole = parse_numeral(m["yuan"])
            if whole is None:
                continue
            value = whole + _digit(m["tenth"]) / 10 + _digit(m["cent"]) / 100
        else:
            value = _digit(m["jiao"]) / 10 + _digit(m["jiao_cent"]) / 100
        yield Coins(*m.span(), value)


def _digit(text: str | None) -> Decimal:
    return Decimal(5) if text == "半" else (parse_numeral(text) or Decimal(0)) if text else Decimal(0)
