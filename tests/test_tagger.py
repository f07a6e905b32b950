"""A tagger adds names to what the rules read, and takes none away."""

import importlib.util

import pytest

from kg.errors import UsageError
from kg.ingest.extractor import Page, load_extractor
from kg.ingest.reading import read_page
from kg.ingest.tagger import Tag, jieba_tags, read_tagged

HAS_JIEBA = importlib.util.find_spec("jieba") is not None
TEXT = "海阳市副市长赵大川表示，钱小雨也来了。"


def tags(text: str) -> list[Tag]:
    return [Tag("赵大", "nr"), Tag("钱小雨", "nr"), Tag("了", "u")]


def test_a_tagger_adds_and_never_replaces() -> None:
    read = read_page(TEXT, tagger=lambda text: read_tagged(text, tags))
    assert [m.text for m in read_page(TEXT).mentions] == ["海阳市", "赵大川"]
    assert [m.text for m in read.mentions] == ["海阳市", "赵大川", "钱小雨"]


@pytest.mark.skipif(HAS_JIEBA, reason="jieba is installed")
def test_without_jieba_it_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="jieba is not installed"):
        load_extractor("jieba")().extract(Page(TEXT))


@pytest.mark.skipif(not HAS_JIEBA, reason="jieba is not installed: pip install jieba")
def test_jieba_reads_a_page() -> None:
    assert "赵大川" in {tag.word for tag in jieba_tags(TEXT)}
    load_extractor("jieba")().extract(Page(TEXT))
