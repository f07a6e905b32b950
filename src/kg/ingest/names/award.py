"""Titles that a verb of award names, and words that are titles wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ingest.names.mention import Mention

AWARDED = re.compile(
    r"(?P<sure>获评|被?评为|被?授予|荣获|被?认定为|被?列为|被?命名为|获颁|荣膺|获封|跻身|入选|获批|成功创建|创成|捧回|摘得|斩获|喜获|获授|摘取)(?:了|全国首批|首批|全省首批)?"
    r"|(?P<weak>建成|获得|成为|保持|(?<![的就也不还])是(?![一不否为]))"
)
_ITEM = re.compile(
    r"“(?P<quoted>[^“”，。；]{2,24})”|(?P<bare>[一-龥A-Za-z0-9]{4,24}?)(?=[、，。；和等]|称号|荣誉|名单|$)"
)
_TITLE = re.compile(
    r"[县市区镇村乡园]$|示范|之乡|基地|企业|先进|名[县城镇村]|强县|城市|单位|工程|品牌|商标|标志|产业园|集群|氧吧|目的地|试点|小镇|称号|工厂|车间|合作社|农场|冠军|小巨人|优势区|示范区|景区|园区"
)
_CALLED = re.compile(
    r"(?:[、和]?“[^”]{2,24}”)*(?:等(?:多项)?)?(?:荣誉|光荣)?称号|等(?:多项)?荣誉|的?(?:牌子|金字招牌|奖牌|牌匾|名号)"
)
_BETWEEN = re.compile(r"[、和]|以及|等|(?:荣誉|光荣)?称号|、")


def read_awards(text: str) -> Iterator[Mention]:
    """Yield the titles that a verb of award names, quoted or not, one by one.

    >>> [m.text for m in read_awards("被评为海东优秀旅游县、海东旅游目的地，获评“海东氧吧”。")]
    ['海东优秀旅游县', '海东旅游目的地', '海东氧吧']
    """
    for verb in AWARDED.finditer(text):
        if not verb["sure"]:
            continue
        at = verb.end()
        while item := _ITEM.match(text, at):
            group = "quoted" if item["quoted"] else "bare"
            named = _TITLE.search(item[group]) or _CALLED.match(text, item.end())
            if not named:
                break
            if group == "quoted" or not re.match("[0-9]", item["bare"]):
                yield Mention("kg:Designation", item[group], *item.span(group), "award", (), 0.75)
            at = item.end()
            joined = _BETWEEN.match(text, at)
            if not joined and text[at : at + 1] != "“":
                break
            at = joined.end() if joined else at


# 素有“海东粮仓”之称, 被誉为“海东果都”, 挂上“示范企业”的牌子
_NAMED_SO = re.compile(
    r"(?:素有|享有|被?誉为|获称|号称|被?称为|被?称作|作为|冠以|堪称|挂上|戴上|拿下|拿到|拿了块|摘下)[^，。；“”]{0,8}“(?P<before>[^“”，。；]{2,20})”"
    r"|“(?P<after>[^“”，。；]{2,20})”(?:之称|之誉|之名|(?:的|这一|这块)?(?:美誉|美称|名号|称号|牌子|招牌|金字招牌|牌匾|头衔|桂冠|雅号))"
    r"|[是有](?:全国|我国|全省|中国|世界)?(?:[首唯第][一-龥0-9]{0,4}[个批]?)?“(?P<is>[^“”，。；]{2,16}(?:之乡|之都|之城|之镇|之村|之县|之州|第一[县市镇村]|示范[县市镇村]))”"
)


def read_epithets(text: str) -> Iterator[Mention]:
    """Yield the titles in quotation marks that somebody is said to bear.

    >>> [m.text for m in read_epithets("莘县素有“海东粮仓”之称，冠县是“中国鸭梨之乡”，做好“一老一小”服务。")]
    ['海东粮仓', '中国鸭梨之乡']
    """
    for match in _NAMED_SO.finditer(text):
        group = match.lastgroup or "after"
        yield Mention("kg:Designation", match[group], *match.span(group), "award", (), 0.75)


_DESIGNATION = re.compile(
    r"(?P<name>(?:农业产业化)?(?:国家级?|全国|中国|省级|市级|(?!.是)[一-龥]{2}省(?!级))[^，。；、"
    r"\n“”0-9有是]{0,20}?(?:示范[县市区镇村户园](?!域)|示范企业|示范基地|示范社|先进县|强县|百强县|"
    r"名县|之乡|特色小镇|小镇|龙头企业|"
    r"文明城市|卫生城市|森林城市|园林城市|卫生县城|称号|高新技术企业|(?:“?专精特新”?(?:“?小巨人”?)?|单项冠军|瞪羚|独角兽|科技型)(?:中小)?企业|重点村|重点镇|优势区|产业园区|“[^”]{2,12}”(?:企业|县|村|镇)))"
)


# “某某”称号, “某某”之称: what stands behind says that it is a title; 被誉为“某某之都”: what stands before,
# and its end.
_QUOTED = re.compile(
    r"“(?P<name>[^“”，。；\n]{3,24})”(?:[、和]?“[^”]{2,24}”)*(?:等)?(?:(?:荣誉|光荣)?称号|之称|之美誉|的?(?:美誉|美称|盛誉|牌子|金字招牌|名号|牌匾|奖牌|招牌)|(?:产品|品牌|质量)?认证(?![机中0-9]))"
)
_KNOWN_AS = re.compile(
    r"(?:被?誉为|素有|享有|号称|被称[为作]|被冠以|冠以|堪称|人称|得名|有着?|作为|是|叫做|获称|成为|成了|拿下|赢得|顶着)“"
    r"(?P<name>[^“”，。；\n]{2,20}(?:之[乡都城州府源冠最]|名[县城镇村市]|第一[县镇村市街城港]|首都|氧吧|粮仓|菜园|果园|硅谷|明珠|门户|走廊|后花园|厨房|油库|水塔|天府|江南|温室|药库|药都|茶都|瓷都|煤都|钢城|水都|桥头堡))”"
)


def read_titles(text: str) -> Iterator[Mention]:
    """Yield what is a title by its own words: 国家级某某示范县; counted ones (5个示范企业) name none.

    >>> [m.text for m in read_titles("海东县是国家级柑橘示范县，有5个省级示范企业")]
    ['国家级柑橘示范县']
    """
    for match in (*_QUOTED.finditer(text), *_KNOWN_AS.finditer(text)):
        yield Mention("kg:Designation", match["name"], *match.span("name"), "designation", (), 0.75)
    for match in _DESIGNATION.finditer(text):
        counted = re.compile(r"[0-9一二三四五六七八九十两]+[余多]?[个家座]$").search(
            text, max(0, match.start() - 6), match.start()
        )
        if (
            counted
            or re.match(r"(?:达|有|共)?[0-9]|百强|.{0,3}名单", text[match.end() :])
            or match["name"].startswith("其中")
        ):
            continue  # 5个省级示范企业, 龙头企业21家
        yield Mention("kg:Designation", match["name"], *match.span("name"), "designation", (), 0.75)
