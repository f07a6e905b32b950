"""The measure words of Chinese newspapers and the UN/CEFACT Recommendation 20 code of each.

A unit without such a code carries a prefix and a colon, as schema.org's ``unitCode`` asks
(``cn:mu`` 亩, ``cn:jin`` 斤). Values stay in the page's own unit: nothing is converted.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit's code, and the kind of figure that it makes."""

    code: str
    kind: str


_MONEY = {
    "元": "CNY", "块钱": "CNY", "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD",
    "港币": "HKD", "日元": "JPY", "英镑": "GBP", "韩元": "KRW", "新台币": "TWD", "卢布": "RUB",
    "人民币": "CNY", "澳币": "MOP", "加元": "CAD", "澳元": "AUD", "新元": "SGD",
    "元新台币": "TWD", "元港币": "HKD", "元澳门币": "MOP", "元人民币": "CNY", "港仙": "cn:hkc", "泰铢": "THB",
    "卢比": "INR", "瑞士法郎": "CHF", "新加坡元": "SGD", "澳门元": "MOP",
}  # fmt: skip
_AMOUNT = {
    "公斤": "KGM", "千克": "KGM", "克": "GRM", "吨": "TNE", "斤": "cn:jin",
    "公里": "KMT", "千米": "KMT", "米": "MTR", "厘米": "CMT", "毫米": "MMT", "海里": "NMI",
    "平方米": "MTK", "㎡": "MTK", "平方呎": "FTK", "平方英尺": "FTK", "平米": "MTK",
    "平方公里": "KMK", "平方千米": "KMK", "公顷": "HAR",
    "亩": "cn:mu",
    "立方米": "MTQ", "立方": "MTQ", "升": "LTR", "千瓦时": "KWH", "兆瓦时": "MWH", "度电": "KWH",
    "千瓦": "KWT", "兆瓦": "MAW", "吉瓦": "A90", "千伏安": "KVA", "千伏": "KVT", "担": "cn:dan",
    "公吨": "TNE", "吨公里": "TKM", "人公里": "cn:pkm", "公升": "LTR", "公分": "CMT",
    "立方米每秒": "MQS", "吨标准煤": "TNE", "TEU": "cn:teu",
    "标箱": "cn:teu", "标准箱": "cn:teu", "℃": "CEL", "摄氏度": "CEL",
    "小时": "HUR", "个小时": "HUR", "个多小时": "HUR",
    "分钟": "MIN", "秒": "SEC", "天": "DAY", "个月": "MON", "周年": "ANN", "年": "ANN",
    "周岁": "ANN", "岁": "ANN",
}  # fmt: skip
_PERCENT = {"%": "P1", "个百分点": "P1", "百分点": "P1", "‰": "NX"}
_COUNT = (
    "人次", "人", "名", "位", "户", "家", "个", "所", "座", "件", "条", "项", "单", "处", "种", "类", "款",
    "场", "次", "台", "辆", "艘", "架", "套", "只", "头", "株", "棵", "本", "部", "册", "篇", "批", "张",
    "枚", "份", "笔", "支", "列", "班", "栋", "间", "层", "口", "对", "组", "队", "场次", "车次", "趟",
    "匹", "盏", "颗", "粒", "箱", "袋", "瓶", "门", "宗", "起", "例", "幅", "则", "店", "县市区", "市县区",
    "县市", "县区", "区县", "市县", "把", "棒",
    "穴", "票", "桌", "床", "顶", "盒", "碗", "尾", "羽", "车", "户次", "架次", "辆次", "双", "门类",
    "席", "根", "片", "块", "期", "轮", "孔", "眼", "桶", "罐", "包", "捆", "束", "盆", "幢", "扇",
    "杆", "穗", "朵", "挂", "峰",
    "台套", "件套", "台次", "人口", "人份", "头次", "床次", "批次", "班次", "航次", "课时", "学时",
    "乡镇", "镇街", "村镇", "村庄", "街道", "社区", "县", "市", "区", "乡",
    "镇", "村", "省", "国", "国家", "省份", "城市", "企业", "项目", "岗位",
)  # fmt: skip

#: Each measure word and its unit.
UNITS: dict[str, Unit] = {
    **{word: Unit(code, "money") for word, code in _MONEY.items()},
    **{word: Unit(code, "amount") for word, code in _AMOUNT.items()},
    **{word: Unit(code, "percent") for word, code in _PERCENT.items()},
    **{word: Unit("C62", "count") for word in _COUNT},
    "倍": Unit("C62", "multiple"),
}


#: Names of money that may stand before the number: 新台币378亿元.
CURRENCIES = ("新台币", "人民币", "港币", "澳门币")
UNITS["澳门币"] = Unit("MOP", "money")


def pattern(*kinds: str) -> str:
    """Return a regular expression for the measure words of these kinds (all when none is given).

    >>> re.findall(pattern("money"), "2万美元、3元")
    ['美元', '元']
    """
    words = [w for w, unit in UNITS.items() if not kinds or unit.kind in kinds]
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"
