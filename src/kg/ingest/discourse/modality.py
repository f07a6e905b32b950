"""In which way a figure is no settled fact: forecast, planned, an opinion."""

from __future__ import annotations

import re

_MODALITY = {
    "kg:Forecast": re.compile(
        r"预[计期料测估]|估计|有望|可望|将达|料(?=约|将|达|可|今|明|全|每|其)|届时|或[将可达]|有信心|看[好高]|上看|可(?=[达增]|突破|实现|带动|新增|吸纳|安排|提供|接待|容纳|处理|年[产加处]|装下|种植|满足|供|节)"
        r"|将(?=超|近|维持|放缓|升至|降[至到]|[增缩]至)|目标价|(?:[产成用工营运效车]|使用)之?后，?(?=年|可|将|日|产|新增|[^，。；]{0,8}[0-9])"
    ),
    "kg:Plan": re.compile(
        r"计划(?!总?投资|的)|力争|目标(?!已|价)|拟(?!定)|规划(?!面积|占地|用地|总|展)|打算|筹备|确保|争取|冲刺|必须|放话|提出(?=到|，到)|瞄准|挑战|拚|锁定|建议|呼吁|希望"
        r"|将(?=建|投|完|实|打|新|再|在|从|为|共|稳|提|突|培|安|开|增(?!至)|升(?!至)|扩|引|设|整|改|合|分|选|推|启|继|把|力|于|由|举|组|发|采|派|创)"
        r"|(?:还|就|则|仍)?要(?=达|突破|做|稳|建|新|提|增|实|完|培|打|超|占|迈|从|在|冲|把|再|力|翻|使|让|确|保)|想(?=把|让|在|做)|争(?=创|当)"
        r"|[今明后]年(?:底|内|[0-9]{1,2}月)?(?:再|要|冲|做到|拿下)|年内(?=再|新|开|完|建|引|与|要|将|实)|到20(?:2[6-9]|[3-9][0-9])年"
    ),
    "kg:Opinion": re.compile(r"我认为|我觉得|在[他她]看来"),
}  # fmt: skip
# 预计产值3亿元；去年产值2亿元: what is told after it is settled.
_SETTLED = re.compile(
    r"去年|上年|前年|截至|现有|目前|眼下|现在|现时|如今|年初|已|了(?=[0-9])|上半年(?!.*(?:确保|要))"
)
_UNTIL = re.compile(r"(?<![截直达])到(20[0-9]{2})年")
_YEAR = re.compile(r"(20[0-9]{2})年")
#: 由18%提高到40%: the first of the two is what is.
_FROM = re.compile(r"[由从][^，。；0-9]{0,12}$")
_TO = re.compile(r"[^，。；]{0,4}?(?:提高|增|升|降|扩|减|压缩|缩短|拉|调|翻|变|改)")
#: Of a project that is signed or begun, what it brings once it runs, and what is yet to be built.
_YIELDS = re.compile(
    r"^(?!.*(?:投资|占地|用地))(?:.{0,10}年(?!度|限|期)|日均?|.*(?:产值|税|收入|利润|产能|能力|就业|岗位|用工|带动|发电量))"
)
_DESIGNED = re.compile("设计$|设计年")
_TO_BUILD = re.compile(
    "^[，、；]?(?:新建|建设|扩建|改建|改造|安装|购置|拟建|兴建|建|上|新增|增设|修建|部署|引进|配备|分设?)[一-龥A-Z、]{0,10}$"
)


def modality(clause: str, year: int | None = None) -> str | None:
    """Return in which way a sentence, up to a figure, is no settled fact: its last word of hope decides.

    ``year`` is that of the page: what is told of a later one is planned.

    >>> modality("预计销售额增加"), modality("销售额增加"), modality("预计增产，去年3吨")
    ('kg:Forecast', None, None)
    >>> modality("到2020年，产值达", 2018), modality("到2020年，产值达", 2021)
    ('kg:Plan', None)
    """
    said = [(m.end(), kind) for kind, words in _MODALITY.items() for m in words.finditer(clause)]
    if year is not None:
        said += [(m.end(), "kg:Plan") for m in _UNTIL.finditer(clause) if int(m[1]) > year]
    at, kind = max(said, default=(0, None))
    return None if _SETTLED.search(clause, at) else kind


def base_of_change(before: str, after: str) -> bool:
    """Tell whether a number is what something changes from.

    >>> base_of_change("占比由", "提高到40%"), base_of_change("占比为", "")
    (True, False)
    """
    return _FROM.search(before) is not None and _TO.match(after) is not None


def of_project(measure: str, before: str, until: bool) -> str | None:
    """Return in which way a figure of a project that nobody tells as done is to come.

    ``until`` is whether the page names a time from when it holds, as 达产后.

    >>> of_project("年产值", "", False), of_project("客房数量", "新建", False)
    ('kg:Forecast', 'kg:Plan')
    >>> of_project("总投资", "", False) is None
    True
    """
    if _DESIGNED.search(before):
        return "kg:Plan"
    if until or _YIELDS.match(measure):
        return "kg:Forecast"
    return "kg:Plan" if _TO_BUILD.search(before) and measure.endswith("数量") else None


def year_of(text: str) -> int | None:
    """Return the latest year that a page tells of as one that is or was.

    >>> year_of("2018年产值3亿元，到2020年翻一番。")
    2018
    """
    told = (m for m in _YEAR.finditer(text) if not text[: m.start()].endswith(("到", "至", "争", "在", "前")))
    years = [int(m[1]) for m in told]
    return max(years, default=None)
