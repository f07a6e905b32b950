"""Chinese and Arabic numerals, alone and mixed: 三百二十, 5000万, 1亿2000万, 3.5万亿."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
#: A scale word after digits: 万, 千万, 万亿 …
SCALE = r"(?:[十百千]?万亿|[十百千]?亿|[十百千]?万|[百千](?![瓦米克伏]))"
_CHINESE = r"[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+[万亿]*)?"
#: A numeral as it stands in a text, without 余 and the like.
NUMERAL = rf"(?:{_ARABIC}{SCALE}?(?:{_ARABIC}{SCALE}?)?|{_CHINESE})"
_PART = re.compile(rf"({_ARABIC})({SCALE}?)")


def parse_numeral(text: str) -> Decimal | None:
    """Return the value of a numeral, or None where the characters make none.

    >>> [str(parse_numeral(s)) for s in ("三百二十", "1亿2000万", "二〇二一", "两万五", "三点五", "1,756")]
    ['320', '120000000', '2021', '25000', '3.5', '1756']
    >>> parse_numeral("三五") is None  # 三五家 is "three to five", not 35
    True
    """
    if not text:
        return None
    if text[0] in "0123456789":
        return _mixed(text)
    whole, point, fraction = text.partition("点")
    if not point:
        return _chinese(whole)
    scale = Decimal(1)
    while fraction and fraction[-1] in _LARGE:
        scale *= _LARGE[fraction[-1]]
        fraction = fraction[:-1]
    value = _chinese(whole)
    if value is None or not fraction or any(c not in _DIGITS for c in fraction):
        return None
    return (value + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))) * scale


def plain(value: Decimal) -> Decimal:
    """Return the same number without trailing zeros and without an exponent.

    >>> str(plain(Decimal("2.120") * 10**8))
    '212000000'
    """
    return Decimal(f"{value.normalize():f}")


def scale_value(text: str) -> Decimal:
    """Return what a scale word multiplies by.

    >>> str(scale_value("千万"))
    '10000000'
    """
    value = Decimal(1)
    for char in text:
        value *= _SMALL.get(char) or _LARGE[char]
    return value


def next_step(value: Decimal) -> Decimal:
    """Return the value with its last non-zero digit one higher: where 余 and 多 end.

    >>> [f"{next_step(Decimal(n)):f}" for n in ("20", "230", "50000000", "1.2", "99")]
    ['30', '240', '60000000', '1.3', '100']
    """
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return value + Decimal(1).scaleb(exponent)


def _mixed(text: str) -> Decimal | None:
    total, last = Decimal(0), None
    at = 0
    while at < len(text):
        part = _PART.match(text, at)
        if part is None:
            return None
        scale = scale_value(part[2])
        if last is not None and scale >= last:
            return None
        total, last = total + Decimal(part[1].replace(",", "")) * scale, scale
        at = part.end()
    return total


def _chinese(text: str) -> Decimal | None:
    if all(c in _DIGITS for c in text):
        if len(text) == 1:
            return Decimal(_DIGITS[text])
        # Digits read out one by one are a year or a code; two or three of them are a range (三五家).
        return Decimal("".join(str(_DIGITS[c]) for c in text)) if len(text) >= 4 else None
    total = section = 0
    digit: int | None = None
    unit = 0
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (1 if digit in (None, 0) else digit or 1) * _SMALL[char]
            digit, unit = None, _SMALL[char]
        else:
            section += digit or 0
            factor = _LARGE[char]
            if section == 0 and total:
                total *= factor  # 万亿
            else:
                total = (total + section) * factor if factor > 10**4 else total + (section or 1) * factor
            section, digit, unit = 0, None, factor
    if digit:
        # 两万五 is 25,000, 一百零五 is 105.
        short = unit >= 100 and text[-2:-1] not in "零〇十"
        section += digit * (unit // 10 if short else 1)
    return Decimal(total + section)
