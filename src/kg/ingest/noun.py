"""The noun that a number counts or measures: what stands after it, or before it without its verbs."""

from __future__ import annotations

import re

from kg.ingest.words import words

VERBS = (
    "现场|现在|列支|折合|届时|[接收]到|计划推出|推出(?!率)|交付|先后|签订|签下|达成|预计|(?:达产|投产|建成|建成投产|期间)后|或者|在原有基础上|累计|总计|"
    "共计|合计|同比|环比|分别|已经|已|达到了?|达|实现|完成|突破|超过|为|是|有(?!色|机)|约|近|共(?!同)|总|仅|再(?!生)|又|"
    "比上年|比去年|较上年|较去年|"
    "首波|首批|以前|只?需要|创(?=签约|产值|收入)|本次|此次|本届|计划(?=再|新)|拥有|建成了?|建有|发展到|增加到|增长到|增至|升至|提高到|增长|下降|增加|减少|提高|上升|下滑|"
    "下跌|回落|跃居|位居|位列|居|(?<![专班系陈序行])列|排在?|排名|占到?了?|占|"
    "涌现了?|种植了?|投入|投资|吸引|带动|签约(?!项目|金额|额|资金)|引进|打造|培育|整合|列支|覆盖|接待|实施|成立|"
    "全部|平均|每年|全年|当年|目前|现有|现(?!代|金)|将|可(?!支配|再生)|(?<![功智性节光热产效储职技动潜体核风])能(?!源|力|耗)|就(?!业)|还|"
    "全[国省市县区球镇]|以上|参加|来自|邀请|组织|促成|设立|辐射|惠及|安置|"
    "解决|帮助|助力|力争|争取|建设(?!用地)|在建|(?<!新)开工(?!项目|率)|新设|落地|登上|入选|(?:设|办|开|修|存|出)(?=[一-龥]{3})(?!备|施|计|立|想|置|工|行|通|公|事|学|发|放|业|建|口|栏|厂|租|让|版|入)"
)
TRAILING_VERBS = re.compile(
    rf"(?:{VERBS}|仍然?|依然|却|则|也|都|要|(?:目标)?定在?|介[乎于]|跌[到至]?|涨[到至]|升[到至]|(?:可?(?:缩短|延长|压缩)[到至]?|最[短长快]|[只仅]?需)|(?:连续|近)?[一二两三四五六七八九十]年[来间]?|[了到至从由在以对的])+$"
)
_LEADING_VERBS = re.compile(
    rf"^(?:.*的|.*等(?!级)|一[款种](?=..)|我们|我[市县省区国]|本[市县]|但|而|不过|其中|另外|此外|目前|据[悉介绍]+|{VERBS}|[了将把])+"
)
# 景区接待游客: what is counted stands after the verb.
_INNER_VERB = re.compile(
    r"接待|实现|完成|种植|栽植|栽种|养殖|加工|拥有|建有|达到|吸引|带动|投入|新建|改造(?!率)|生产(?!总值|线|基地|能力|性)|引进|提高到|安排|培育|发放|投放|"
    r"销往|储存|收购|形成|获得|提供|创造|上缴|(?<=[区馆会])设|制定|释出|使用|签订|摘得|斩获|举办|开展(?!区)|组织(?!化)"
)
_INNER_VERB = re.compile(
    rf"(?:{_INNER_VERB.pattern})(?!面积|[额量值率户业]|转化|龙头|产|收入|加工|能力|企业|基地|大户|总|强度|力度|金额|资金)"
)
_NOUN_BEFORE = re.compile(
    r"(?:[0-9.]+[十百千万亿]*(?:元|美元|吨|千瓦|兆瓦|平方米)级)?(?:(?:世界|中国)[0-9]{2,4}强)?(?:国家)?(?:[0-9]?[A-Z]{1,4})?[一-龥A-Za-z“”]{2,20}$"
)
# What may stand between a measure and its number.
LIGHT = re.compile(
    r"(?:达到了?|已?达|高达|多达|为|是|有|约|近|突破了?|超过|超|逾|首次|已经?|分别|分列|累计|均|都|稳定在|保持在|维持在|控制在|"
    r"(?:提[高升]|增加|上升|下降|扩大|缩小|压缩|回落|收窄|放缓|降低)至|介[乎于]|提[高升]到|增加到|上升到|增长到|增至|升至|"
    r"降至|降到|扩大到|发展到|可|将|预计|预期|有望|力争|争取|仅|只|再|"
    r"上看|直逼|由|共|总计|合计|共计|就|还|也|又|实现了?|完成了?|"
    r"不低于|不少于|拥有|[了到至从在以 ]|每年|全年|则|大约)+$"
)
# Nouns that a number measures: what stands before them belongs to the measure.
HEAD = re.compile(
    r"(?:[额值量率价]|收入|投资|投入|利润|税收|面积|产能|能力|规模|资金|营收|里程|增收|纳税|出口|进口|消费|基金|"
    r"外资|比重|费用|成本|存款|贷款|余额|就业|减贫|岗位|寿命|水平|预算|补贴|贴息|奖金|租金|融资|债券|缺口)$"
)
# Nouns that start like an adverb: 总 and 年 belong to them.
_TOTAL = re.compile(
    r"(?:协议|合同|计划)?(?:总|(?<![0-9一二两三四五六七八九十全])年)(?:投资|收入|产值|产量|销售额|面积|额|产)额?$|投资总额$"
)
NO_NOUN = frozenset(
    (
        "地区",
        "方面",
        "时间",
        "省级",
        "国家级",
        "市级",
        "部门",
        "以上",
        "左右",
        "首次",
        "其中",
        "达产",
        "投产",
        "可达",
    )
)
_CHANGE_WORDS = re.compile(
    r"(?:增速|增幅|涨幅|降幅|增长率|增长|增加|提高|提升|上升|下降|减少|回落|下滑|下跌|上涨)$"
)

_STOP = "|".join(sorted(words()["measure"]["stop"], key=len, reverse=True))
_COUNTED = re.compile(
    r"(?P<noun>国家和地区|国家及地区|(?:(?![被列为入称有是])[一-龥A-Za-z]){0,3}“[^”]{1,10}”[一-龥]{0,8}?|[村镇县市省国](?=[(全均都进，、。]|[中里]有)|[一-龥A-Za-z]{2,18}?)"
    rf"(?=[，。；、：！？()\n“”0-9]|$|{_STOP})"
)


_ABOVE = re.compile(rf"(?P<noun>[0-9.]*[十百千]?[万亿]+元以上的?[一-龥]{{2,6}}?)(?=[，。；、]|$|{_STOP})")
_COUNTABLE = "企业|机构|客商|产品|园区|基地|院校|行业|品牌"
_COORDINATED = re.compile(
    rf"(?P<noun>[一-龥]{{2,4}}(?<!企业)(?<!机构)(?<!客商)(?<!产品)(?<!院校)、[一-龥]{{2,4}}(?:{_COUNTABLE}))(?=[，。；、]|$|{_STOP})"
)
#: What is no thing to count: 三个方面, 两个部分.
ABSTRACT = frozenset(words()["measure"]["abstract"])


def counted_noun(text: str, at: int, last: int) -> tuple[str, int]:
    """Return the noun that follows a number and its measure word, and where it ends; nothing where none does.

    >>> counted_noun("30家果品企业参展", 3, 9), counted_noun("30家，", 3, 4)
    (('参展果品企业', 7), ('', 3))
    """
    if repeated := _REPEATED.match(text, at):
        return repeated[0], repeated.end()  # 9个村村村种茶
    if above := _ABOVE.match(text, at, last):
        return above["noun"], above.end("noun")  # 87个亿元以上重大项目
    if several := _COORDINATED.match(text, at, last):
        return several["noun"], several.end("noun")  # 近30家物流、外贸企业
    after = _COUNTED.match(text, at, last)
    noun = after["noun"].strip("“”") if after else ""
    if (
        after is None
        or noun in NO_NOUN
        or re.match(r"[年月日的是了或家跻)]|以上|左右", noun)
        or _VERB_FIRST.match(noun)
    ):
        return "", at
    who = re.match("参[展会赛]", text[after.end("noun") :])
    if HEAD.search(noun):
        # 832个贫困县零售额达…: what is counted ends before what is measured.
        cut = re.match(r".{1,8}?(?:县|市|区|村|镇|企业|园区)", noun)
        return (cut[0], at + cut.end()) if cut else ("", at)
    return (who[0] if who and not noun.startswith("参") else "") + noun, after.end("noun")


_VERB_FIRST = re.compile("|".join(words()["measure"]["first"]))


_YEARLY = re.compile(r"(?:年|日|月)(?:接待|上缴|加工|处理|供应|销售|培训|孵化|吞吐)[一-龥]{2,8}$")
_EACH = re.compile(r"(?:日|人|年|户|亩|月|村|店)均$")
_INSIDE = re.compile(r"还将|还会|将(?!军)|已经|已(?!婚)")
_REPEATED = re.compile(r"(?P<what>[村镇县乡户])(?=(?P=what){2})")


def noun_before(lead: str) -> str:
    """Return the noun at the end of a clause, without verbs and adverbs after and before it.

    >>> noun_before("全县共接待游客"), noun_before("规划年接待游客能力达到")
    ('游客', '年接待游客能力')
    """
    stripped = _INSIDE.sub("", lead)
    if yearly := _YEARLY.search(TRAILING_VERBS.sub("", stripped)):
        return yearly[0]
    while not HEAD.search(stripped) and (shorter := TRAILING_VERBS.sub("", stripped)) != stripped:
        stripped = shorter
    match = _NOUN_BEFORE.search(stripped)
    noun = match[0] if match else ""
    if noun.count("”") > noun.count("“"):
        noun = noun.rpartition("”")[2] or noun
    if whole := _TOTAL.search(noun):
        before = _trimmed(_INNER_VERB.split(noun[: whole.start()])[-1])
        return (before if before not in NO_NOUN and len(before) > 1 else "") + whole[0]
    split = _INNER_VERB.split(noun)
    last = split[-1]
    each = _EACH.search(split[-2]) if len(split) > 1 else None
    trimmed = _trimmed(last if len(last) >= 2 else noun)
    if trimmed.removeprefix("平均") in _BARE and (
        of := re.search(rf"(?P<of>[一-龥]{{2,8}})的(?P<mean>平均)?{trimmed}$", noun)
    ):
        trimmed = _trimmed(of["of"]) + (of["mean"] or "") + trimmed  # 集装箱的吞吐量
    noun = (each[0] if each else "") + trimmed
    noun = _CHANGE_WORDS.sub("", noun)
    return noun if len(noun) >= 2 and noun not in NO_NOUN else ""


_BARE = frozenset(
    [
        "吞吐量",
        "面积",
        "产量",
        "产值",
        "规模",
        "总量",
        "价格",
        "比重",
        "比例",
        "收投量",
        "销量",
        "销售额",
        "零售额",
        "出口额",
        "使用率",
        "入住率",
        "出租率",
        "利用率",
        "合格率",
        "价",
        "覆盖率",
        "成交额",
    ]
)


def _trimmed(noun: str) -> str:
    """Return a noun without the verbs and adverbs before it, but never less than a word."""
    for _ in range(3):
        shorter = _LEADING_VERBS.sub("", noun).strip("“”")
        noun = shorter if len(shorter) >= 2 else noun
    return noun
