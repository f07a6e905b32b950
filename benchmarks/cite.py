"""How much longer an answer with its evidence takes than the answer, and how fast a name is resolved.

    python benchmarks/cite.py [--statements N] [--entities N] [--runs N]

The graph is generated, with a quote and a place for each statement. First whole processes are compared: `kg query`
with and without `--cite`, from a store on disk. Then the work on a graph that is open already: evaluate, find the
evidence, write a table; "again" is where the evidence was read before, as in a notebook. Minimum of the runs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from kg.cite.citation import cite
from kg.cite.render import write
from kg.entities import resolve
from kg.evidence import EvidenceIndex
from kg.query.run import evaluate, known_prefixes
from kg.store import MemoryStore, Store

PREFIXES = """@prefix id: <https://kg.example/id/> . @prefix kg: <https://kg.example/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix s: <https://kg.example/source/> .
s:page rdfs:label "版面"@zh . id:article schema:headline "报道"@zh .
"""
COUNTIES, TOWNS = 2_800, 100
SPAN = """<https://kg.example/source/page#char={i},{j}> a oa:SpecificResource ; oa:hasSource s:page ;
 schema:isPartOf id:article ; oa:hasSelector <https://kg.example/source/page#char={i},{j}&quote> ,
 <https://kg.example/source/page#char={i},{j}&position> .
<https://kg.example/source/page#char={i},{j}&quote> oa:exact "突破{i}亿元"@zh ; oa:prefix "前" ; oa:suffix "后" .
<https://kg.example/source/page#char={i},{j}&position> oa:start {i} ; oa:end {j} .
"""
FIGURE = """id:obs-{i} a schema:Observation ; schema:observationAbout id:county-{county} ;
 schema:variableMeasured kg:measure{measure} ; schema:value {i} ; schema:unitCode "CNY" ;
 prov:wasDerivedFrom <https://kg.example/source/page#char={i},{j}> .
"""
RELATION = """id:county-{county} schema:containedInPlace id:city-{city} .
id:st-{i} a rdf:Statement ; rdf:subject id:county-{county} ; rdf:predicate schema:containedInPlace ;
 rdf:object id:city-{city} ; prov:wasDerivedFrom <https://kg.example/source/page#char={i},{j}> .
"""
QUERIES = {
    "1,000 figures": "SELECT ?o ?v { ?o schema:observationAbout ?p ; schema:value ?v } LIMIT 1000",
    "figures of a county": "SELECT ?o ?v { ?o schema:observationAbout id:county-7 ; schema:value ?v }",
    "top 1,000": "SELECT ?p ?v { ?o schema:observationAbout ?p ; schema:value ?v } ORDER BY DESC(?v) LIMIT 1000",
    "counties of a city": "SELECT ?c ?l { ?c schema:containedInPlace id:city-3 ; rdfs:label ?l }",
    "figures of a city": """SELECT ?c ?v { ?c schema:containedInPlace id:city-3 .
        ?o schema:observationAbout ?c ; schema:value ?v } LIMIT 1000""",
    "greatest of each county": """SELECT ?p (MAX(?v) AS ?most) { ?o schema:observationAbout ?p ;
        schema:variableMeasured kg:measure7 ; schema:value ?v } GROUP BY ?p ORDER BY ?p LIMIT 1000""",
    "with an OPTIONAL": """SELECT ?o ?v ?l { ?o schema:variableMeasured kg:measure9 ; schema:value ?v ;
        schema:observationAbout ?p OPTIONAL { ?p rdfs:label ?l } } LIMIT 1000""",
    "by a path": "SELECT ?c { ?c schema:containedInPlace+ id:city-5 }",
}


def lines(statements: int) -> Iterator[str]:
    """Yield Turtle: counties with names and cities, and figures about them until there are so many statements."""
    yield PREFIXES
    count = 0
    for county in range(COUNTIES):
        yield f'id:county-{county} a kg:County ; rdfs:label "第{county}县"@zh .\n'
        yield RELATION.format(
            i=10_000_000 + county, j=10_000_009 + county, county=county, city=county % TOWNS
        )
        yield SPAN.format(i=10_000_000 + county, j=10_000_009 + county)
        count += 18
    for i in range((statements - count) // 16):
        yield FIGURE.format(i=i, j=i + 9, county=i % COUNTIES, measure=i % 50)
        yield SPAN.format(i=i, j=i + 9)


def least(runs: int, work: Callable[[], object]) -> float:
    """Return the least time of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def plain(store: Store, query: str) -> int:
    results = evaluate(store, query)
    results.write(BytesIO(), "table")
    return len(results)


def cited(store: Store, query: str, index: EvidenceIndex | None = None) -> int:
    stream = BytesIO()
    write(cite(evaluate(store, query), index=index), stream, "table")
    return len(stream.getvalue())


def process(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, capture_output=True)


def processes(statements: int, runs: int) -> None:
    """Compare whole processes on a store on disk."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "graph.ttl").write_text("".join(lines(statements)), encoding="utf-8")
        process("load", str(folder / "graph.ttl"), "--store", str(folder / "store"))
        process("optimize", "--store", str(folder / "store"))
        print(f"\n{'whole process, from a store':36}{'query ms':>10}{'cited ms':>10}{'ratio':>7}")
        for name, query in QUERIES.items():
            ask = partial(process, "query", query, "--store", str(folder / "store"))
            first, second = least(runs, ask), least(runs, partial(ask, "--cite"))
            print(f"{name:36}{first:>10.0f}{second:>10.0f}{second / first:>7.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    store = MemoryStore.parse("".join(lines(options.statements)))
    print(f"{len(store):,} statements")
    processes(options.statements, options.runs)
    print(
        f"\n{'open already':28}{'rows':>6}{'query ms':>10}{'cited ms':>10}{'ratio':>7}{'again':>9}{'ratio':>7}"
    )
    for name, query in QUERIES.items():
        rows, index = plain(store, query), EvidenceIndex(store)
        first = least(options.runs, partial(plain, store, query))
        second = least(options.runs, partial(cited, store, query))
        again = least(options.runs + 1, partial(cited, store, query, index))
        print(
            f"{name:28}{rows:>6}{first:>10.1f}{second:>10.1f}{second / first:>7.2f}{again:>9.1f}{again / first:>7.2f}"
        )
    parts = "东西南北上下大小前后新老高低长平安和兴隆永太石沙水河湖海山岭林柳杨李王张刘陈赵孙周吴郑马牛羊"
    count = len(parts)
    names = "".join(
        f"<https://kg.example/id/place-{i}> <http://www.w3.org/2000/01/rdf-schema#label> "
        f'"{parts[i % count]}{parts[i // count % count]}{parts[i // count**2 % count]}村{i}"@zh .\n'
        for i in range(options.entities)
    )
    people = MemoryStore.parse(names)
    prefixes = known_prefixes(people)
    print(f"\n{options.entities:,} entities")
    for kind, name in (
        ("label", "西东东村1"),
        ("slug", "place-77"),
        ("pinyin", "xidongdongcun1"),
        ("near miss", "西东东庄1"),
    ):

        def ask(name: str = name) -> None:
            try:
                resolve(people, name, prefixes=prefixes)
            except Exception as error:
                assert type(error).__name__ == "UnknownName"

        start = time.perf_counter()
        ask()
        first = (time.perf_counter() - start) * 1000
        print(f"{kind:28}{'first':>8}{first:>10.1f} ms, then {least(options.runs, ask):8.1f} ms")


if __name__ == "__main__":
    main()
