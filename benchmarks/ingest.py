"""How fast the rules read: python benchmarks/ingest.py PAGE"""

import sys
import time
from datetime import date
from multiprocessing import Pool
from pathlib import Path

from kg.ingest.extractor import Page
from kg.ingest.rules import RulesExtractor

PAGES = 200


def read(text: str) -> int:
    return len(RulesExtractor().extract(Page(text, date(2021, 6, 25))).proposals)


if __name__ == "__main__":
    text = Path(sys.argv[1]).read_text(encoding="utf-8")
    start = time.perf_counter()
    read(text)
    first = time.perf_counter() - start
    start = time.perf_counter()
    for _ in range(20):
        read(text)
    one = (time.perf_counter() - start) / 20
    with Pool(2) as pool:
        start = time.perf_counter()
        pool.map(read, [text] * PAGES, chunksize=10)
        both = time.perf_counter() - start
    print(
        f"{len(text)} characters: first page {first:.2f} s (word lists and patterns included), then {one:.3f} s"
    )
    print(f"two processes: {PAGES / both * 60:,.0f} pages a minute")
