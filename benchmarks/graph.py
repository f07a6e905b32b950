"""A graph of any size under the ontology, made up: places, newspapers, pages, articles, figures, facts, evidence.

    python benchmarks/graph.py 1000000 -o graph.ttl [--seed 7]

The same bytes for the same size and seed. A few places, people and companies are in most of the news, most are in
little of it (Zipf; county-300000 most of all); articles bring new people and companies along. What is written keeps the rules of `kg check`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import TextIO, TypeVar

PREFIXES = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": "https://kg.example/id/",
    "kg": "https://kg.example/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
BASE = "https://kg.example/"
GB2260 = f"{BASE}source/gb2260"

#: What is measured, its unit, the word for one of them; the more news of it, the earlier.
_MEASURES = [
    ("kg:onlineSales", "网络销售额", "CNY", "亿元"),
    ("kg:taobaoVillages", "淘宝村", "C62", "个"),
    ("kg:onlineRetailSales", "网络零售额", "CNY", "亿元"),
    ("kg:onlineRetailSalesGrowth", "网络零售额增长", "P1", "%"),
    ("kg:courierCompanies", "快递物流公司", "C62", "家"),
    ("kg:agreedInvestment", "签约金额", "CNY", "亿元"),
    ("kg:taobaoTowns", "淘宝镇", "C62", "个"),
    ("kg:ruralOnlineRetailSales", "农村网络零售额", "CNY", "亿元"),
    ("kg:specialFund", "专项资金", "CNY", "万元"),
    ("kg:parcelCentres", "快递收发中心", "C62", "处"),
    ("kg:suppliers", "供应商", "C62", "家"),
    ("kg:buyers", "采购商", "C62", "家"),
    ("kg:signedProjects", "签约项目", "C62", "个"),
    ("kg:ruralOnlineRetailSalesGrowth", "农村网络零售额增长", "P1", "%"),
    ("kg:villages", "下辖村", "C62", "个"),
    ("kg:orderValue", "订单额", "CNY", "万元"),
]
_SCALE = {"亿元": 100_000_000, "万元": 10_000}
#: How a value is qualified: the word before it, the qualifier, the bound that it is.
_QUALIFIERS = [("突破", "moreThan", "minValue"), ("近", "justUnder", "maxValue"), ("约", "about", "")]
_PLACES = "曹单博莘东蓬栖平邹泗金梁郓鄄成武巨定冠高茌阳临沂蒙费莒兰安宁永泰清和"
_GIVEN = "涛红明楠伟芳强敏军静磊洋艳勇杰娟霞刚波辉"
_FAMILY = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_TRADE = ["电商", "物流", "食品", "科技", "纺织", "农业", "贸易", "网络", "包装", "冷链"]
_PAPERS = ["经济晨报", "县域时报", "电商周刊", "农村商报", "沿海日报", "黄河晚报", "商业导刊", "物流新闻"]
_REPORTERS = [f"{family}{given}" for family in _FAMILY for given in "文新"]
_POSTS = ["县委书记", "县长", "副县长", "商务局局长", "电商服务中心主任"]
_DAY = dt.date(2012, 1, 2)

T = TypeVar("T")


class Writer:
    """Write the graph to a text stream, block by block, until there are enough statements."""

    def __init__(self, stream: TextIO, statements: int, seed: int) -> None:
        self._stream, self._seed = stream, seed
        # Only random() is used: it alone is promised to be the same in every version of Python.
        self._random = random.Random(seed).random
        self.statements = 0
        self._wanted = statements
        self._nodes = 0
        self._at = 0
        self._source = self._article = ""
        self._companies: list[str] = []
        self._officials: list[tuple[str, str]] = []
        self._counties: list[tuple[int, str]] = []
        self._said: set[str] = set()

    def write(self) -> None:
        """Write prefixes, places, newspapers, and pages until it is enough."""
        self._stream.writelines(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
        self._block(
            f"<{GB2260}>",
            "a kg:ReferenceSource",
            'rdfs:label "GB/T 2260 行政区划代码"@zh , "GB/T 2260 codes"@en',
        )
        self._places(min(2_800, max(20, self._wanted // 1_000)))
        for i, name in enumerate(_PAPERS):
            self._block(f"id:paper-{i}", "a kg:Newspaper", f'rdfs:label "{name}"@zh , "Newspaper {i}"@en')
        for i, name in enumerate(_REPORTERS):
            self._block(f"id:reporter-{i}", "a kg:Journalist", f'rdfs:label "{name}"@zh , "Reporter {i}"@en')
        page = 0
        while self.statements < self._wanted:
            self._page(page)
            page += 1

    def _block(self, subject: str, *pairs: str) -> None:
        self._stream.write(subject + " " + " ;\n  ".join(pairs) + " .\n")
        # Objects of one property are separated by " , ", which no literal here holds.
        self.statements += len(pairs) + sum(pair.count(" , ") for pair in pairs)

    def _hash(self) -> str:
        self._nodes += 1
        return sha256(f"{self._seed} {self._nodes}".encode()).hexdigest()[:12]

    def _below(self, count: int) -> int:
        return int(self._random() * count)

    def _pick(self, values: Sequence[T]) -> T:
        return values[self._below(len(values))]

    def _zipf(self, values: Sequence[T]) -> T:
        """Draw the n-th value about 1/n as often as the first."""
        return values[int((len(values) + 1) ** self._random()) - 1]

    def _places(self, count: int) -> None:
        self._block("id:china", "a kg:Country", 'rdfs:label "中国"@zh , "China"@en')
        provinces, cities = max(2, count // 90), max(4, count // 8)
        for i in range(provinces):
            name = f"{_PLACES[i % 30]}{_PLACES[i * 7 % 31]}省"
            self._place("province", 100_000 + i, "Province", name, "china")
        for i in range(cities):
            name = f"{_PLACES[i % 31]}{_PLACES[i // 31]}市"
            self._place("city", 200_000 + i, "PrefectureCity", name, f"province-{100_000 + i % provinces}")
        for i in range(count):
            name = f"{_PLACES[i % 29]}{_PLACES[i // 29 % 30]}{_PLACES[i // 870]}县"
            self._place("county", 300_000 + i, "County", name, f"city-{200_000 + i % cities}")
            government = f"id:government-{300_000 + i}"
            names = f'rdfs:label "{name}政府"@zh , "Government of county {i}"@en'
            self._block(government, "a kg:GovernmentBody", names)
            self._background(government, "schema:location", f"id:county-{300_000 + i}")
            self._counties.append((300_000 + i, name))

    def _place(self, slug: str, code: int, kind: str, name: str, above: str) -> None:
        place = f"id:{slug}-{code}"
        self._block(place, f"a kg:{kind}", f'rdfs:label "{name}"@zh , "{slug.title()} {code}"@en')
        self._background(place, "schema:containedInPlace", f"id:{above}")
        self._background(place, "kg:gb2260", f'"{code}"')

    def _background(self, subject: str, predicate: str, object: str) -> None:
        """State what no page needs to."""
        self._block(subject, f"{predicate} {object}")
        self._statement(subject, predicate, object, f"<{GB2260}>")

    def _page(self, number: int) -> None:
        paper = number % len(_PAPERS)
        day = _DAY + dt.timedelta(weeks=number // len(_PAPERS))
        self._source, self._at = f"{BASE}source/paper-{paper}-{day}", 0
        self._block(
            f"<{self._source}>",
            "a kg:NewspaperPage",
            f'dcterms:date "{day}"^^xsd:date',
            "kg:characters 4000",
            f'kg:sha256 "{sha256(self._source.encode()).hexdigest()}"',
            f'rdfs:label "{_PAPERS[paper]}{day}版面"@zh , "Newspaper {paper}, {day}"@en',
            f"schema:isPartOf id:paper-{paper}",
        )
        for part in range(3 + self._below(3)):
            if self.statements < self._wanted:
                self._write_article(f"{number}-{part}", day)

    def _write_article(self, number: str, day: dt.date) -> None:
        which, name = self._zipf(self._counties)
        county = f"id:county-{which}"
        self._article = f"id:article-{number}"
        headline = f"{name}{self._pick(_TRADE)}走出去（{number}）"
        self._block(
            self._article,
            "a schema:NewsArticle",
            f'rdfs:label "报道：{headline}"@zh , "Article {number}"@en',
            f"schema:isPartOf <{self._source}>",
        )
        reporter = self._below(len(_REPORTERS))
        self._fact(self._article, "schema:headline", f'"{headline}"@zh', headline)
        self._fact(self._article, "schema:author", f"id:reporter-{reporter}", f"记者{_REPORTERS[reporter]}")
        self._official(number, which, name)
        self._company(number, county)
        period = self._period(day)
        for _ in range(4 + self._below(9)):
            about, named = (which, name) if self._random() < 0.6 else self._zipf(self._counties)
            self._figure(f"id:county-{about}", named, period)
        if self._random() < 0.5:
            project = f"id:project-{number}"
            names = f'rdfs:label "{self._pick(_TRADE)}项目{number}"@zh , "Project {number}"@en'
            self._block(project, "a kg:Project", names)
            self._fact(project, "kg:party", self._zipf(self._companies), "签约落地")
            self._fact(project, "kg:party", county, f"与{name}签约")
        for _ in range(self._below(3)):
            self._fact(county, "kg:cooperatesWith", self._zipf(self._companies), f"{name}开展合作")

    def _official(self, number: str, county: int, place: str) -> None:
        name = self._pick(_FAMILY) + self._pick(_GIVEN) + self._pick(_GIVEN)
        official, post, title = f"id:official-{number}", f"id:post-{number}", self._pick(_POSTS)
        self._block(official, "a kg:Official", f'rdfs:label "{name}"@zh , "Official {number}"@en')
        self._block(post, "a org:Post", f'rdfs:label "{title}"@zh , "Post {number}"@en')
        self._fact(official, "org:holds", post, f"{place}{title}{name}")
        self._fact(post, "org:postIn", f"id:government-{county}", f"{place}{title}")
        self._officials.append((official, name))

    def _company(self, number: str, county: str) -> None:
        name = f"{self._pick(_PLACES)}{self._pick(_PLACES)}{self._pick(_TRADE)}{number}"
        company = f"id:company-{number}"
        self._block(
            company,
            "a kg:Company",
            f'rdfs:label "{name}有限公司"@zh , "Company {number}"@en',
            f'skos:altLabel "{name}"@zh',
        )
        self._fact(company, "schema:location", county, f"{name}落户")
        self._companies.append(company)

    def _period(self, day: dt.date) -> list[str]:
        """Return what the figures of an article say of their time; three articles in ten say nothing."""
        chance = self._random()
        if chance < 0.3:
            return []
        if chance < 0.6:
            words, start, end = (
                f"{day.year - 1}年",
                dt.date(day.year - 1, 1, 1),
                dt.date(day.year - 1, 12, 31),
            )
        else:
            month = max(1, day.month - 1)
            words = f"{day.year}年1-{month}月份"
            start, end = dt.date(day.year, 1, 1), dt.date(day.year, month, 28)
        return [
            f'kg:periodVerbatim "{words}"@zh',
            f'schema:startDate "{start}"^^xsd:date',
            f'schema:endDate "{end}"^^xsd:date',
            f"kg:periodIn <{self._span(words)}>",
        ]

    def _figure(self, about: str, name: str, period: list[str]) -> None:
        measure, called, code, word = self._zipf(_MEASURES)
        tenths = 10 + self._below(9_000)
        # Counts are whole; amounts and rates have one decimal, unless it is a zero.
        digits = f"{tenths / 10:g}" if code != "C62" else str(tenths)
        value = digits if word not in _SCALE else str(tenths * _SCALE[word] // 10)
        verbatim, pairs = f"{digits}{word}", []
        if self._random() < 0.25:
            before, qualifier, bound = self._pick(_QUALIFIERS)
            verbatim = before + verbatim
            pairs = [f"schema:measurementQualifier kg:{qualifier}"]
            pairs += [f"schema:{bound} {value}"] if bound else []
        if self._random() < 0.3:
            official, speaker = self._zipf(self._officials)
            pairs += [f"prov:wasAttributedTo {official}", f"kg:speakerIn <{self._span(f'{speaker}介绍')}>"]
            pairs += ["kg:modality kg:Forecast"] if self._random() < 0.1 else []
        span = self._span(f"{name}{called}{verbatim}")
        self._block(
            f"id:obs-{self._hash()}",
            "a schema:Observation",
            f"schema:observationAbout {about}",
            f"schema:variableMeasured {measure}",
            f"schema:value {value}",
            f'schema:unitCode "{code}"',
            f'schema:unitText "{"元" if code == "CNY" else word}"@zh',
            f'kg:verbatim "{verbatim}"@zh',
            f"prov:wasDerivedFrom <{span}>",
            *pairs,
            *period,
        )

    def _fact(self, subject: str, predicate: str, object: str, quote: str) -> None:
        if (fact := f"{subject} {object}") not in self._said:
            # Said of one place again and again, and one triple all the same.
            self._block(subject, f"{predicate} {object}")
            if predicate in {"kg:cooperatesWith", "kg:party"}:
                self._said.add(fact)
        self._statement(subject, predicate, object, f"<{self._span(quote)}>")

    def _statement(self, subject: str, predicate: str, object: str, origin: str) -> None:
        self._block(
            f"id:st-{self._hash()}",
            "a rdf:Statement",
            f"rdf:subject {subject}",
            f"rdf:predicate {predicate}",
            f"rdf:object {object}",
            f"prov:wasDerivedFrom {origin}",
        )

    def _span(self, quote: str) -> str:
        """Write the words that state something, next on the page, and return their IRI."""
        start = self._at + 5 + self._below(40)
        self._at = end = start + len(quote)
        iri = f"{self._source}#char={start},{end}"
        self._block(
            f"<{iri}>",
            "a oa:SpecificResource",
            f"oa:hasSource <{self._source}>",
            f"schema:isPartOf {self._article}",
            f"oa:hasSelector <{iri}&position> , <{iri}&quote>",
        )
        self._block(
            f"<{iri}&quote>",
            "a oa:TextQuoteSelector",
            f'oa:exact "{quote}"@zh',
            'oa:prefix "据了解，"@zh',
            'oa:suffix "。记者"@zh',
        )
        self._block(f"<{iri}&position>", "a oa:TextPositionSelector", f"oa:start {start}", f"oa:end {end}")
        return iri


def write(path: Path, statements: int, seed: int = 7) -> int:
    """Write a Turtle file of at least so many statements; return how many there are (a few dozen more)."""
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as stream:
        writer = Writer(stream, statements, seed)
        writer.write()
    return writer.statements


def main() -> None:
    """Write a file, and say how many statements are in it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("size", type=int, help="how many statements")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    try:
        print(f"{write(options.output, options.size, options.seed):,} statements")
    except OSError as error:
        parser.error(f"cannot write {options.output}: {error.strerror}; choose another file")


if __name__ == "__main__":
    main()
