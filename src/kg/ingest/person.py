"""Mentions of persons: a family name and a given name beside a title, a verb of speech, or a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.mention import Mention

_FAMILY = (
    "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|阿|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟"
    "熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符"
    "舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫"
    "米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慈危玉亢银亚呼哈公]"
)
_TITLES = (
    "副省长|副市长|副县长|副区长|副镇长|省长|市长|县长|区长|镇长|乡长|党委书记|党组书记|党支部书记|第一书记|支部书记|副书记|书记|村支书|支书|"
    "董事长|副董事长|总经理|副总经理|常务副总经理|总裁|副总裁|首席执行官|总监|经理|负责人|创始人|合伙人|厂长|场长|"
    "副主任|主任|副局长|局长|副厅长|厅长|副处长|处长|副部长|部长|科长|站长|所长|副所长|院长|副院长|校长|副校长|会长|副会长|秘书长|副秘书长|理事长|"
    "主席|副主席|行长|副行长|委员|常委|教授|副教授|研究员|高级专家|专家|首席专家|农艺师|工程师|技术员|院士|博士|老师|记者|通讯员|"
    "村民|农户|果农|菜农|种植户|养殖户|店主|网店店主|主播|大户|带头人|脱贫户|工人|职工|市民|客商|采购商|代表|大使|参赞|领事|发言人|队长|司机"
)
_SPEECH = (
    "表示|介绍|说|认为|指出|告诉|称|坦言|强调|透露|谈到|回忆|解释|感慨|补充|笑着说|高兴地说|算了一笔账|"
    "宣布|致辞|出席|主持|参加|作|做|在|也|就|带|正|于|接受|现身|来到|率|对|向|从|已|还|又|是|发布|一边|看着|指着|为|将|代表|分别|等|及|和|与|、|，|。|；|：|“|\\)|!|？|一行|同|便|以|都|们|曾|任|当选|获|每|今|今年|用|把|站|种|当|自|通过"
)
_NAME = rf"(?:{_FAMILY})[一-龥]{{1,2}}"
_AFTER_TITLE = re.compile(rf"(?P<title>{_TITLES})(?:、)?(?P<name>{_NAME}?)(?=(?:{_SPEECH})|\d|$|\n)")
_BEFORE_SPEECH = re.compile(
    rf"(?:(?<=[，。”；：、\n])|(?<=据)|(?<=^))(?P<name>(?:{_FAMILY})[一-龥]{{1,2}}?)(?=(?:表示|介绍|说道?[，：“]|认为|指出|告诉|坦言|强调|透露)[，：“本记]?)"
)
_SPACED = re.compile(r"(?:记者|通讯员|摄影|摄|文/|图/)[ :：](?P<names>[一-龥]{2,4}(?:[ 、][一-龥]{2,4})*)")
_CAPTION = re.compile(r"(?P<name>[一-龥]{2,4}) (?:摄|供图)")
# Words that look like a name after a title: 代表团, 记者注意到, 专家认为.
_NO_NAME = re.compile(
    r"^(?:和|向|应|时|成|都|来|全|强|平|相|从|方|安|高|常|商|公|明|国|华|连|项|管|包|解|于|余|关|路|任|计|宣|支|"
    r"万|文|金|马上|温|容|简|原|海|乐|花|满|练|修|战|危|索|谈|宿|盖|门|云|初|封|麻|查|单|车|易|米|石)(?:[一-龥])$"
)
_WORDS = frozenset(
    "一行 介绍 表示 分别 认为 注意 了解 获悉 采访 现场 走进 来到 看到 发现 告诉 在内 高兴 曾经 向记 成为 华侨 管理 项目 相关 时间 全国 全省 全市 国家 "
    "国内 国际 方面 都是 都有 应邀 应当 从事 来自 明确 平台 商会 解决 任职 安排 包括 关于 余名 余人 万元 高度 常务 文化 金融 计划 宣传 支持 江西 "
    "江苏 云南 安徽 河南 海南 广东 贵州 重庆 宁夏 陈述 顾问 谢谢 成员 成立 党员 华东 南方 龙头 安全 强调 明年 于是 关心".split()
)


def read_persons(text: str) -> list[Mention]:
    """Read the persons of a clean text, and every later mention of the same name.

    >>> found = read_persons("海东县县长赵大川出席。赵大川说，橘子熟了。(本报记者 王小明)")
    >>> [(m.text, m.type, m.rule) for m in found]
    [('赵大川', 'kg:Official', 'title'), ('赵大川', 'kg:Official', 'again'), ('王小明', 'kg:Journalist', 'byline')]
    """
    found = [*_bylines(text), *_titled(text), *_speaking(text)]
    kinds: dict[str, str] = {}
    for mention in found:
        if kinds.get(mention.text) in (None, "schema:Person"):
            kinds[mention.text] = mention.type
    unique = {(m.start, m.end): m for m in reversed(found)}
    for name, kind in kinds.items():
        for match in re.finditer(re.escape(name), text):
            unique.setdefault(match.span(), Mention(kind, name, *match.span(), "again", (), 0.9))
    return sorted(unique.values(), key=lambda m: m.start)


def person_class(title: str) -> str:
    """Return the class of a person who bears a title.

    >>> person_class("副市长"), person_class("副总裁"), person_class("村民")
    ('kg:Official', 'kg:Executive', 'schema:Person')
    """
    if re.search(r"记者|通讯员", title):
        return "kg:Journalist"
    if re.search(r"总裁|经理|董事|总监|创始人|合伙人|厂长|执行官", title):
        return "kg:Executive"
    if re.search(r"教授|专家|研究员|院士|博士|院长|所长|农艺师|工程师", title):
        return "kg:Expert"
    if re.search(r"省长|市长|县长|区长|镇长|乡长|书记|支书|主任|局长|厅长|处长|部长|科长|主席|常委|委员|发言人", title):
        return "kg:Official"
    return "schema:Person"


def _titled(text: str) -> Iterator[Mention]:
    for match in _AFTER_TITLE.finditer(text):
        name = match["name"]
        if name in _WORDS or (len(name) == 2 and _NO_NAME.match(name) and match["title"] in ("记者", "代表", "专家", "委员")):
            continue
        if match["title"] in ("记者", "代表", "委员", "专家") and not re.match(
            r"(?:[^，。]{0,6})(?:说|表示|介绍|认为|指出|告诉|坦言|，|。|、|\)|“)", text[match.end("name") :]
        ):
            continue
        kind = person_class(match["title"])
        yield Mention(kind, name, *match.span("name"), "title", (), 0.85 if len(name) == 3 else 0.75)


def _speaking(text: str) -> Iterator[Mention]:
    for match in _BEFORE_SPEECH.finditer(text):
        if match["name"] not in _WORDS and not _NO_NAME.match(match["name"]):
            yield Mention("schema:Person", match["name"], *match.span("name"), "speech", (), 0.7)


def _bylines(text: str) -> Iterator[Mention]:
    for match in _SPACED.finditer(text):
        at = match.start("names")
        for name in re.split(r"[ 、]", match["names"]):
            start = text.index(name, at)
            at = start + len(name)
            if re.match(rf"(?:{_FAMILY})", name) and not re.search(r"(?:报道|通讯|摄影|供图|[电讯])$", name):
                yield Mention("kg:Journalist", name, start, at, "byline", (), 0.95)
    for match in _CAPTION.finditer(text):
        if re.match(rf"(?:{_FAMILY})", match["name"]):
            yield Mention("kg:Journalist", match["name"], *match.span("name"), "byline", (), 0.95)
