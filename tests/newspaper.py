"""Large graphs in the project's model: one as ten years of a newspaper would give, one without any structure.

Every name and quote is made up, of syllables that occur in many names.
"""

from __future__ import annotations

import random
from itertools import accumulate, count

from sample import SOURCE, Page

_FIRST = "曹单博莘东蓬栖平邹泗金梁郓鄄成武巨定冠高茌阳临沂蒙费莒兰安宁清和永丰新泰"
_LAST = "山川河源城陵丘阳水泽原台口关桥林泉江湖岭"
_PERSON = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "明华强伟芳敏静丽勇军杰涛艳霞平刚桂英建国文斌志海玲秀兰"
_TRADES = ["农业", "物流", "电商", "纺织", "机械", "食品", "化工", "医药", "能源", "旅游", "传媒", "置业"]
_GOODS = [
    "苹果",
    "大蒜",
    "演出服",
    "木制品",
    "阿胶",
    "海参",
    "茶叶",
    "花生油",
    "陶瓷",
    "家纺",
    "葡萄酒",
    "轮胎",
]
#: What a county's news is about: class, share, and the property that ties it to the county.
_KINDS = [
    ("kg:Company", 34, "schema:location"),
    ("kg:Official", 22, "dcterms:relation"),
    ("kg:Project", 16, "schema:location"),
    ("kg:GovernmentBody", 10, "schema:containedInPlace"),
    ("kg:Product", 8, "dcterms:relation"),
    ("kg:Town", 6, "schema:containedInPlace"),
    ("schema:Event", 4, "schema:location"),
]
_LINKS = [
    "kg:cooperatesWith",
    "dcterms:relation",
    "kg:party",
    "schema:attendee",
    "kg:hostedBy",
    "kg:fundedBy",
]
_HUBS = [
    "中央财经台",
    "齐鲁银行",
    "丝路电商集团",
    "四海物流",
    "国家乡村局",
    "远洋科技",
    "百草医药",
    "华北油气",
]


def newspaper(nodes: int, facts: int, *, seed: int = 7) -> str:
    """Return a graph of places, companies, officials and projects as Turtle.

    Few counties are written about often and most seldom; what is written about once is written about again;
    seven links in ten stay within a county, and the rest reach the prefecture, the province, or one of a
    few names that are in every issue. Each fact has its quote, and its article in one of many issues.
    """
    draw = random.Random(seed)
    page = _Issues(draw)
    counties = max(3, nodes // 60)
    places = _places(page, draw, counties)
    hubs = [page.named(f"hub{i}", "kg:Company", name, f"Hub {i}") for i, name in enumerate(_HUBS)]
    # Zipf's law: the tenth county has a tenth of the first one's news, flattened a little.
    fame = list(accumulate((rank + 1) ** -0.7 for rank in range(counties)))
    mentions: list[list[str]] = [[county] * 3 for county, _, _ in places]
    kinds, shares, ties = zip(*_KINDS, strict=True)
    left = facts - page.facts
    for i in range(nodes - page.entities):
        at = draw.choices(range(counties), cum_weights=fame)[0] if i >= counties else i
        k = draw.choices(range(len(kinds)), weights=shares)[0]
        found = page.named(f"e{i}", kinds[k], _name(draw, kinds[k], page.names[places[at][0]]), f"Entity {i}")
        page.link(found, ties[k], draw.choice(mentions[at][:6]) if draw.random() < 0.2 else places[at][0])
        mentions[at].append(found)
        left -= 1
    while page.facts < facts:
        at = draw.choices(range(counties), cum_weights=fame)[0]
        one, chance = draw.choice(mentions[at]), draw.random()
        if chance < 0.72:
            other = draw.choice(mentions[at])
        elif chance < 0.86:
            other = draw.choice(mentions[draw.choice(_beside(at, counties))])
        elif chance < 0.94:
            other = places[at][draw.choice((1, 2))]
        else:
            other = draw.choice(hubs)
        if one != other and page.link(one, draw.choice(_LINKS), other):
            mentions[at].append(one)
            if chance < 0.72:
                mentions[at].append(other)
    for county, *_ in places:
        for year in range(2015, 2019):
            value = draw.randrange(5, 900)
            when = f'; schema:startDate "{year}-01-01"^^xsd:date ; schema:endDate "{year}-12-31"^^xsd:date '
            page.figure(
                county, "kg:onlineSales", value * 10**8, "CNY", f"{year}年网络销售额{value}亿元", when
            )
    return page.turtle()


def uniform(nodes: int, facts: int, *, seed: int = 7) -> str:
    """Return a graph in which any two entities are linked with the same chance: the worst that can be drawn."""
    draw = random.Random(seed)
    page = _Issues(draw)
    kinds = [kind for kind, _, _ in _KINDS]
    slugs = [
        page.named(f"e{i}", kind, _name(draw, kind, draw.choice(_FIRST) + draw.choice(_LAST)), f"Entity {i}")
        for i in range(nodes)
        for kind in [draw.choice(kinds)]
    ]
    while page.facts < facts:
        one, other = draw.sample(slugs, 2)
        page.link(one, draw.choice(_LINKS), other)
    return page.turtle()


class _Issues(Page):
    """A page whose articles stand in many issues."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__()
        del self.lines[1:]  # the one page and its article
        self.draw = draw
        self.names: dict[str, str] = {}
        self.facts = self.entities = 0
        self._seen: set[tuple[str, str, str]] = set()
        self._officials: list[str] = []

    def turn(self, number: int) -> None:
        """Go on to the next article; every eighth begins an issue."""
        if number % 8 == 0:
            self.source, self.at = f"{SOURCE}-{number // 8}", 0
            month = f"{2012 + number // 96 % 10}-{number // 8 % 12 + 1:02}"
            self.lines.append(
                f'<{self.source}> a kg:NewspaperPage ; rdfs:label "试刊第{number // 8 + 1}期"@zh ;'
                f' dcterms:date "{month}"^^xsd:gYearMonth .'
            )
        self.article = f"id:article-{number}"
        self.lines.append(
            f'{self.article} a schema:NewsArticle ; schema:headline "县域见闻之{number + 1}"@zh .'
        )

    def named(self, slug: str, kind: str, zh: str, en: str, more: str = "") -> str:
        """Add an entity whose name quotes will use."""
        self.entities += 1
        curie = self.entity(slug, kind, zh, en, more)
        self.names[curie] = zh
        if kind == "kg:Official":
            self._officials.append(curie)
        return curie

    def link(self, subject: str, predicate: str, object: str) -> bool:
        """Add a fact unless it is there; one in ten is said by an official, some are plans."""
        if (subject, predicate, object) in self._seen:
            return False
        self._seen.add((subject, predicate, object))
        if self.facts % 12 == 0:
            self.turn(self.facts // 12)
        self.facts += 1
        more = ""
        if self._officials and self.draw.random() < 0.1:
            more += f"; prov:wasAttributedTo {self.draw.choice(self._officials)} "
        if self.draw.random() < 0.03:
            more += "; kg:modality kg:Plan "
        verb = self.draw.choice(["签约", "合作", "到访", "座谈", "共建", "推介", "考察", "对接"])
        quote = f"{self.names[subject][:12]}日前与{self.names[object][:12]}{verb}"
        self.fact(subject, predicate, object, quote, more)
        return True


def _places(page: _Issues, draw: random.Random, counties: int) -> list[tuple[str, str, str]]:
    """Add provinces, prefectures and counties; return each county with those above it."""
    found = []
    used: set[str] = set()
    for i in range(counties):
        if i % 90 == 0:
            province = page.named(f"p{i}", "kg:Province", _fresh(draw, used, "省"), f"Province {i // 90}")
        if i % 9 == 0:
            city = page.named(f"c{i}", "kg:PrefectureCity", _fresh(draw, used, "市"), f"City {i // 9}")
            page.link(city, "schema:containedInPlace", province)
        lat, lon = 31 + (i // 90) % 4 * 2.2 + draw.random() * 2, 108 + (i // 90) // 4 * 4 + draw.random() * 3
        where = f"; schema:latitude {lat:.2f} ; schema:longitude {lon:.2f} "
        county = page.named(f"x{i}", "kg:County", _fresh(draw, used, "县"), f"County {i}", where)
        page.link(county, "schema:containedInPlace", city)
        found.append((county, city, province))
    return found


def _fresh(draw: random.Random, used: set[str], end: str) -> str:
    for tries in count():
        name = draw.choice(_FIRST) + draw.choice(_LAST) * (tries < 50 or draw.random() < 0.5)
        name = name + draw.choice(_LAST) if tries > 20 else name
        if name + end not in used:
            used.add(name + end)
            return name + end
    raise AssertionError


def _beside(at: int, counties: int) -> range:
    """Return the counties of the same prefecture."""
    return range(at // 9 * 9, min(counties, at // 9 * 9 + 9))


def _name(draw: random.Random, kind: str, place: str) -> str:
    two = draw.choice(_FIRST) + draw.choice(_LAST)
    match kind:
        case "kg:Official":
            return draw.choice(_PERSON) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2))))
        case "kg:Company":
            return f"{two}{draw.choice(_TRADES)}{draw.choice(('公司', '集团', '股份'))}"
        case "kg:Project":
            return f"{two}{draw.choice(_TRADES)}{draw.choice(('产业园', '基地', '项目'))}"
        case "kg:GovernmentBody":
            return f"{place}{draw.choice(('发展局', '商务局', '财政局', '农业局', '教育局', '招商局'))}"
        case "kg:Product":
            return f"{place}{draw.choice(_GOODS)}"
        case "kg:Town":
            return f"{two}镇"
        case _:
            return f"{place}{draw.choice(_TRADES)}{draw.choice(('大会', '论坛', '博览会'))}"
