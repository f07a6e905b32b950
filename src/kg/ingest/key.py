"""Wordings of one measure that a reviewer would take for the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.traditional import simplified

_ALIKE = [
    (r"[的“”《》()（）、 ]", ""),
    (r"增幅|增长率|涨幅|增长幅度|增长速度", "增速"),
    (r"(?:年增速|月增速|年均增速)$", "增速"),
    (r"规模以上", "规上"),
    (r"限额以上", "限上"),
    (r"茶叶", "茶"),
    (r"村庄|行政村", "村"),
    (r"网上零售|网络零售|线上零售", "网络零售"),
    (r"网上销售|网络销售|线上销售|网销", "网络销售"),
    (r"民众|群众", "群众"),
    (r"生产总值|GDP|地区生产总值", "生产总值"),
    (r"地区生产总值", "生产总值"),
    (r"从业人员|从业者", "从业"),
    (r"员工|职工", "员工"),
    (r"营业收入", "营收"),
    (r"^(?:榜单|榜上)?(?:名次|排名|位次)$", "位次"),
    (r"名次|排名", "位次"),
    (r"卖价|售价|价格", "价"),
    (r"参展商|展商", "展商"),
    (
        r"^(?:引进|实现|完成|接待|上缴|缴纳|吸引|获得|提供|到会|与会|现场|参展(?!商)|参会|拥有|建成|累计|计划(?=总?投资)|使用|释出|吸纳|带动|安排|新建|远销|销往|惠及|服务)(?=..)(?![额量率者])",
        "",
    ),
    (r"(?<=均)接待", ""),
    (r"接待游客", "游客"),
    (r"游客接待(?:人次|人数|量|总量|数量)?", "游客"),
    (r"^接待(?:人次|人数|量)$", "游客"),
    (r"^年产(?![值量能销])(.{1,6}?)(?=$|占比|增速)", r"\1年产量"),
    (
        r"^(年|日|月|每日|每年|日均|每天)(?:可|能)?(加工|网销|供应|收购|处理|分拨|节约|屠宰|出栏|烘|产|销售|生产|培训|减排)(?![额量值能规率产])(.{2,8})$",
        r"\3\1\2量",
    ),
    (r"每日", "日"),
    (r"计划(?=总?投资)", ""),
    (r"^规划(?=占地|用地|总?面积|总投资)|(?<=库)容积$", ""),
    (r"(?:进入|上榜|入围)?(?=企业数量$)", ""),
    (r"总(?=额|产值|产量|面积|值|收入|流量)|总量(?=位次)", ""),
    (r"总数(?=$)", "数量"),
    (r"(?<=投资|零售|产销|进口|出口|纳税|消费|订单|签约|成交|融资|接单|销售)额(?=$|增速|占比|增量|位次)", ""),
    (r"(?<=..)资金$", ""),
    (r"县市区|县区市|市县区|县市|市县|区县|县区|百强县", "县"),
    (r"年?销售量", "销量"),
    (r"(?<=班列)开行(?:量|数量)?", ""),
    (
        r"(?:(?<=..)|(?<=^[县村镇乡户]))(?:(?:种植|播种|栽培)?面积|总数|数量|人数|人次|个数|户数|家数|数)(?=$|位次|增速|占比|增量)",
        "",
    ),
]
_STEPS = [(re.compile(pattern), other) for pattern, other in _ALIKE]


@lru_cache(maxsize=4096)
def measure_key(words: str) -> str:
    """Return what the wordings of one measure have in common.

    >>> measure_key("网上零售总额增幅") == measure_key("网络零售额增速")
    True
    >>> measure_key("县市数量"), measure_key("村庄数"), measure_key("規模以上工業")
    ('县', '村', '规上工业')
    >>> measure_key("游客接待量") == measure_key("接待游客人次")
    True
    >>> measure_key("签约项目") == measure_key("签约项目数量")
    True
    """
    key = unicodedata.normalize("NFKC", words).translate(simplified())
    for pattern, other in _STEPS:
        key = pattern.sub(other, key)
    return key


def base_of(measure: str) -> str:
    """Return the measure that a derived one speaks of.

    >>> base_of("网络零售额增速"), base_of("县市数量位次")
    ('网络零售额', '县市')
    """
    return re.sub(r"(?:年均增速|增速|增幅|增量|位次|占比|(?<=..)数量|(?<=..)人数)+$", "", measure)
