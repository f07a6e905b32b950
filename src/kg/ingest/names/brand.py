"""The short names that a page calls its companies and bodies by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.ingest.names.gazetteer import by_name
from kg.ingest.names.mention import Mention

_LEGAL = re.compile(r"(?:(?:控股)?集团|股份|有限责任|有限|公司|专业合作社|合作社)+$")
_BRAND_AFTER = re.compile(
    r"[的，、]|去年|今年|目前|还|已|也|在|将|与|和|有|创始|集团|公司|董事|总|表示|等|股份|科技"
)


def called_fully(body: Mention, companies: list[str]) -> Mention:
    """Return a company under the fullest name that the page gives it.

    >>> called_fully(Mention("kg:Company", "长润药业", 0, 4, "ending"), ["冀中长润药业有限公司"]).text
    '冀中长润药业有限公司'
    """
    stem = _LEGAL.sub("", body.text)
    if body.type != "kg:Company" or len(stem) < 2 or stem in by_name():
        return body
    longer = {c for c in companies if 2 <= c.find(stem) <= 4 and len(c) > len(body.text)}
    return replace(body, text=longer.pop()) if len(longer) == 1 else body


def named_again(text: str, known: dict[str, str], places: list[Mention]) -> Iterator[Mention]:
    """Yield later mentions of a known body, with or without its ending (阿里巴巴集团, 阿里巴巴)."""
    names = dict(known)
    brands: dict[str, str] = {}
    for name, kind in known.items():
        if kind == "kg:Company" and "(" not in name:
            short = re.sub(r"(?:集团|股份|有限公司|公司)+$", "", name)
            if len(short) >= 3 and short != name:
                names.setdefault(short, kind)
            if brand := _brand(text, name, places):
                brands.setdefault(brand, name)  # the one named first, of a company and its daughter
    for brand, name in brands.items():
        for match in re.finditer(re.escape(brand), text):
            yield Mention(known[name], name, *match.span(), "brand", (), 0.7)
    for name in sorted(names, key=len, reverse=True):
        for match in re.finditer(re.escape(name), text):
            yield Mention(names[name], name, *match.span(), "again", (), 0.8)


def _brand(text: str, name: str, places: list[Mention]) -> str | None:
    """Return the word that the page calls a company by: 铭星 of 广东铭星智能有限公司, used twice."""
    at = text.index(name)
    prefix = max((p.end for p in places if at <= p.start and p.end < at + len(name) - 4), default=at)
    core = text[prefix : at + len(name)].lstrip("市省县区")
    if prefix == at:
        core = next((name[n:] for n in (3, 2) if name[:n] in by_name()), core)
    rest = text.replace(name, "\0")
    # The longest start of it that stands elsewhere: 海芯微电子 of 海芯微电子股份有限公司.
    stem = _LEGAL.sub("", core)
    for length in range(min(len(stem), 6), 2, -1):
        if (
            stem[:length] in rest
            and re.fullmatch("[一-龥]+", stem[:length])
            and stem[:length] not in by_name()
        ):
            return stem[:length]
    # With the place before it: 江苏锐磁 for 江苏锐磁新材料股份有限公司.
    placed = text[at : at + len(name)].removesuffix(core) + core[:2]
    if len(core) >= 6 and len(placed) == 4 and re.search(rf"{placed}(?!{re.escape(core[2:4])})", rest):
        return placed
    brand = core[:2]
    if len(core) < 6 or not re.fullmatch("[一-龥]{2}", brand) or brand in by_name():
        return None
    uses = re.finditer(rf"(?<![一-龥]){brand}|(?<=[的在为和与]){brand}", rest)
    alone = [m for m in uses if _BRAND_AFTER.match(rest, m.end())]
    return brand if len(alone) >= 2 else None
