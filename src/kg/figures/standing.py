"""Which numerals of a text are figures, and which are parts of words, names or codes."""

from __future__ import annotations

import re

from kg.figures.unit import UNITS

_IN_NAMES = frozenset("门台口层则点区国对单起组队期轮片块眼孔包挂")
#: What is counted by one of these may have its number behind it: 新建升压站一座，.
_STANDING = frozenset("座条处所台艘架栋幢口眼辆")
_NO_THING = tuple("这那每同某另其第哪任唯之的一是了有在，。；、")
_CHINESE = re.compile("[一-龥]|$")
# A number without a unit is a figure behind what is given as one: 综合指数为92.36, 收入比缩小为2.47.
_INDEX = re.compile(
    r"(?:指数|得分|评分|总分|分值|收入比|比值|系数|门槛)(?:[^，。；]{0,16}?(?:为|达到?|至|到|是|的|分别|由|从))?[约近超]?$"
)


def is_change(chars: str, match: re.Match[str]) -> bool:
    """Tell whether the first number is what something grew or fell by, and the second what it came to."""
    low, high = match["low_unit"], match["unit"]
    if low is not None and high is not None and UNITS[low] != UNITS[high]:
        return True  # 跌3.1%至9.4亿港元
    return low is not None and chars[match.start("low") - 1 : match.start("low")] in tuple("增升跌降减涨")


def stands(chars: str, match: re.Match[str], number: str) -> bool:
    """Tell whether the numeral is a figure here, and not a part of a word or a code."""
    if number == "零" or re.match("00", number):
        return False
    unit, approximate = match["unit"], any(match[g] for g in ("least", "most", "under", "about", "vague"))
    bounded = approximate or bool(match["after"] or match["more"] or match["more_after"])
    arabic = number[0] in "0123456789"
    bare_scale = not arabic and all(c in "百千万亿" for c in number) and number[-1:] != "十"
    if bare_scale and not bounded:
        whole = match["over"] is not None or (unit == "亩" and _CHINESE.match(chars, match.end()) is not None)
        return whole and unit is not None
    if chars[match.start() - 1 : match.start()] == "第" and (unit is None or UNITS[unit].kind == "count"):
        return False  # 第三次, 第二家工厂
    if number == "一" and (unit is None or UNITS[unit].kind == "count") and match["scale"] is None:
        ends = chars[match.end() : match.end() + 1] in ("", "，", "。", "；", "、")
        return ends and unit in _STANDING and chars[match.start() - 1 : match.start()] not in _NO_THING
    if unit is None:
        # A number by itself says something only with its scale: 活跃用户超10亿.
        if arabic and _INDEX.search(chars, max(0, match.start() - 24), match.start()):
            return True
        scaled = bool(match["scale"]) or (arabic and number[-1] in "万亿")
        return scaled and arabic and chars[match.end() : match.end() + 1] not in ("强", "级", "佳")
    # 五里, 三门 and the like are names more often than counts when a digit is written out.
    return arabic or bounded or unit not in _IN_NAMES
