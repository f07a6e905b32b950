"""Graphs in the project's model, written for tests and benchmarks: every name and quote here is made up."""

from __future__ import annotations

import random
from hashlib import sha256

HEAD = """\
@prefix id: <https://kg.example/id/> . @prefix kg: <https://kg.example/ontology#> .
@prefix schema: <https://schema.org/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SOURCE = "https://kg.example/source/test-page"


class Page:
    """Write a graph statement by statement, each with its words."""

    def __init__(self) -> None:
        self.lines = [
            HEAD,
            f'<{SOURCE}> a kg:NewspaperPage ; rdfs:label "试刊第一版"@zh ; dcterms:date "2021-06"^^xsd:gYearMonth .',
            'id:article-one a schema:NewsArticle ; schema:headline "县里来了快递"@zh .',
        ]
        self.source, self.article, self.at = SOURCE, "id:article-one", 0

    def entity(self, slug: str, kind: str, zh: str, en: str = "", more: str = "") -> str:
        """Add an entity and return its CURIE."""
        names = f"{_literal(zh)}@zh" + (f" , {_literal(en)}@en" if en else "")
        self.lines.append(f"id:{slug} a {kind} ; rdfs:label {names} {more}.")
        return f"id:{slug}"

    def span(self, quote: str) -> str:
        """Add the words that carry a statement and return their IRI."""
        start, self.at = self.at, self.at + len(quote)
        iri = f"{self.source}#char={start},{self.at}"
        self.lines.append(
            f"<{iri}> a oa:SpecificResource ; oa:hasSource <{self.source}> ; schema:isPartOf {self.article} ;"
            f" oa:hasSelector <{iri}&quote> , <{iri}&position> .\n"
            f"<{iri}&quote> a oa:TextQuoteSelector ; oa:exact {_literal(quote)}@zh .\n"
            f"<{iri}&position> a oa:TextPositionSelector ; oa:start {start} ; oa:end {self.at} ."
        )
        return iri

    def fact(self, subject: str, predicate: str, object: str, quote: str, more: str = "") -> None:
        """Add a triple and the statement that carries its evidence."""
        digest = sha256(f"{subject}{predicate}{object}{quote}".encode()).hexdigest()[:12]
        self.lines.append(
            f"{subject} {predicate} {object} .\nid:st-{digest} a rdf:Statement ; rdf:subject {subject} ;"
            f" rdf:predicate {predicate} ; rdf:object {object} ; prov:wasDerivedFrom <{self.span(quote)}> {more}."
        )

    def figure(self, about: str, measure: str, value: float, unit: str, quote: str, more: str = "") -> None:
        """Add an observation."""
        digest = sha256(f"{about}{measure}{value}{quote}".encode()).hexdigest()[:12]
        self.lines.append(
            f"id:obs-{digest} a schema:Observation ; schema:observationAbout {about} ;"
            f' schema:variableMeasured {measure} ; schema:value {value} ; schema:unitCode "{unit}" ;'
            f" kg:verbatim {_literal(quote)}@zh ; prov:wasDerivedFrom <{self.span(quote)}> {more}."
        )

    def turtle(self) -> str:
        """Return the graph."""
        return "\n".join(self.lines) + "\n"


def _literal(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(plain, escaped)
    return f'"{text}"'


#: Labels that have broken other people's pages.
HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "image": "<img src=x onerror=alert(2)>",
    "astral": "𠮷野家",
    "rtl": "مقاطعة تساو",
    "emoji": "👩‍👩‍👧‍👦快递🚚",
    "long": "很长的名字" * 60,
    "control": "县\x01\x0b名 href=javascript:alert(3)",
}

COUNTIES = [
    ("caoxian-371721", "曹县", "Cao County", 34.83, 115.54),
    ("shanxian-371722", "单县", "Shan County", 34.78, 116.11),
    ("boxing-371625", "博兴县", "Boxing County", 37.15, 118.11),
    ("shenxian-371522", "莘县", "Shen County", 36.23, 115.67),
    ("donge-371524", "东阿县", "Dong'e County", 36.33, 116.25),
    ("penglai-370614", "蓬莱区", "Penglai District", 37.81, 120.76),
    ("qixia-370686", "栖霞市", "Qixia", 37.34, 120.85),
    ("pingyi-371326", "平邑县", "Pingyi County", 35.51, 117.64),
]


def small() -> str:
    """Return a graph of some forty entities with every shape of statement in it."""
    page = Page()
    province = page.entity("shandong-370000", "kg:Province", "山东省", "Shandong")
    cities = [
        page.entity("heze-371700", "kg:PrefectureCity", "菏泽市", "Heze"),
        page.entity("liaocheng-371500", "kg:PrefectureCity", "聊城市", "Liaocheng"),
        page.entity("yantai-370600", "kg:PrefectureCity", "烟台市", "Yantai"),
    ]
    for city in cities:
        page.fact(city, "schema:containedInPlace", province, "省里的市")
    counties = [
        page.entity(
            slug,
            "kg:County",
            zh,
            en,
            f'; kg:gb2260 "{slug[-6:]}" ; schema:latitude {lat} ; schema:longitude {lon} '
            + ('; skos:altLabel "曹"@zh ; kg:officialName "山东省菏泽市曹县"@zh ' if zh == "曹县" else ""),
        )
        for slug, zh, en, lat, lon in COUNTIES
    ]
    for county, city in zip(counties, [0, 0, 1, 1, 1, 2, 2, 1], strict=True):
        page.fact(county, "schema:containedInPlace", cities[city], "市里的县")
    alibaba = page.entity("alibaba-group", "kg:Company", "阿里巴巴集团", "Alibaba Group")
    couriers = page.entity("sudi", "kg:Company", "速递公司", "Sudi Couriers")
    office = page.entity("ecommerce-office", "kg:GovernmentBody", "电商服务中心", "E-commerce Office")
    report = page.entity("report-2020", "schema:Report", "2020年电商报告", "E-commerce report 2020")
    forum = page.entity("forum-2021", "schema:Event", "丝路电商论坛", "Silk Road e-commerce forum")
    top = page.entity("list-top100", "kg:RankedList", "百强县", "Top 100 counties")
    people = {}
    for slug, zh, en, kind in [
        ("li-tao", "李涛", "Li Tao", "kg:Official"),
        ("ma-hong", "马红", "Ma Hong", "kg:Official"),
        ("zuo-ming", "左明", "Zuo Ming", "kg:Expert"),
        ("sun-nan", "孙南", "Sun Nan", "kg:Journalist"),
    ]:
        people[slug] = page.entity(slug, kind, zh, en)
    for holder, title, body, slug in [
        ("li-tao", "党委书记", "id:caoxian-371721", "cao-secretary"),
        ("ma-hong", "主任", office, "office-head"),
        ("zuo-ming", "研究员", alibaba, "researcher"),
    ]:
        post = f"id:post-{slug}"
        page.lines.append(f"{post} a org:Post ; rdfs:label {_literal(title)}@zh .")
        page.fact(people[holder], "org:holds", post, f"{title}说")
        page.fact(post, "org:postIn", body, f"本单位{title}")
    for position, county in enumerate(counties[:3], 1):
        item = f"id:item-{position}"
        page.lines.append(f"{item} a schema:ListItem ; schema:position {position} .")
        page.fact(top, "schema:itemListElement", item, "榜上")
        page.fact(item, "schema:item", county, f"第{position}名")
    speaker = "; prov:wasAttributedTo id:li-tao "
    page.figure(
        "id:caoxian-371721",
        "kg:onlineSales",
        16700000000,
        "CNY",
        "突破167亿元",
        '; schema:minValue 16700000000 ; schema:measurementQualifier kg:moreThan ; kg:periodVerbatim "今年前五月"@zh ;'
        ' schema:startDate "2021-01-01"^^xsd:date ; schema:endDate "2021-05-31"^^xsd:date ' + speaker,
    )
    page.figure(
        "id:caoxian-371721", "kg:taobaoVillages", 151, "C62", "151个淘宝村", '; schema:unitText "个"@zh '
    )
    page.figure("id:shanxian-371722", "kg:taobaoVillages", 4, "C62", "4个", '; schema:unitText "个"@zh ')
    page.figure("id:shandong-370000", "kg:taobaoVillagesRank", 4, "C62", "全国第四")
    page.figure(
        "id:caoxian-371721",
        "kg:parcelPrice",
        2.5,
        "CNY",
        "每3公斤2.5元",
        '; kg:perValue 3 ; kg:perUnitCode "KGM" ; kg:modality kg:Forecast ' + speaker,
    )
    page.fact(forum, "kg:hostedBy", alibaba, "由阿里主办")
    page.fact(forum, "schema:attendee", people["ma-hong"], "马红到会")
    page.fact(forum, "schema:location", cities[1], "在聊城开")
    page.fact(report, "kg:releasedBy", alibaba, "阿里发布")
    page.fact(top, "schema:isBasedOn", report, "据报告")
    page.fact("id:caoxian-371721", "kg:cooperatesWith", alibaba, "曹县与阿里签了约", speaker)
    page.fact("id:caoxian-371721", "kg:cooperatesWith", alibaba, "再次签约")
    page.fact(couriers, "kg:cooperatesWith", "id:caoxian-371721", "快递进了曹县", "; kg:modality kg:Plan ")
    page.fact("id:forum-2021", "kg:theme", '"快递进村"@zh', "主题是快递进村")
    page.fact("id:article-one", "schema:author", people["sun-nan"], "孙南报道")
    page.fact("id:article-one", "schema:about", "id:caoxian-371721", "曹县见闻")
    for slug, label in HOSTILE.items():
        page.entity(f"hostile-{slug}", "kg:Product", label.replace("\x01", "").replace("\x0b", ""))
        page.fact(f"id:hostile-{slug}", "dcterms:relation", "id:caoxian-371721", f"怪名之{slug}")
    page.entity("alone", "kg:Industry", "独门产业", "Lone industry")
    return page.turtle()


_PLACES = "曹单博莘东蓬栖平邹泗金梁郓鄄成武巨定冠高茌阳临沂蒙费莒兰"
_KINDS = [
    "kg:County",
    "kg:County",
    "kg:Company",
    "kg:Official",
    "kg:Project",
    "kg:Institution",
    "kg:Product",
    "kg:Town",
]
_LINKS = [
    "kg:cooperatesWith",
    "schema:containedInPlace",
    "dcterms:relation",
    "kg:hostedBy",
    "schema:attendee",
    "kg:party",
]


def large(nodes: int, *, facts: int = 3, seed: int = 7) -> str:
    """Return a graph of so many entities in communities, with some facts and a figure or two each."""
    draw = random.Random(seed)
    page = Page()
    groups = max(1, nodes // 60)
    slugs = []
    for i in range(nodes):
        zh = "".join(draw.choice(_PLACES) for _ in range(2)) + "县镇司人项院品村"[i % 8]
        slugs.append(page.entity(f"e{i}", _KINDS[i % 8], f"{zh}{i}", f"Entity {i}"))
    for i in range(1, nodes):
        for _ in range(draw.randint(1, facts * 2 - 1)):
            # The lower numbers of a group are its hubs; one link in ten leaves the group.
            group = i % groups if draw.random() < 0.9 else draw.randrange(groups)
            hub = group + groups * int(len(range(group, nodes, groups)) * draw.random() ** 3)
            if hub != i:
                page.fact(slugs[i], draw.choice(_LINKS), slugs[hub], f"第{i}号与第{hub}号相关")
        if i % 4 == 0:
            page.figure(slugs[i], "kg:onlineSales", i * 10_000, "CNY", f"销售额{i}万元")
    return page.turtle()
