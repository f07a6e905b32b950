"""Cleaning is reversible, joins what was wrapped and never fuses what was apart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.ingest.page.block import read_articles, read_blocks
from kg.ingest.page.clean import clean

WRAPPED = """\
海东县办起柑橘节

本报讯(记者 王小明)3月5日至

7日，海东县柑橘节在该县石桥镇举办，

来自省内外的2 3 0余家企业参加，签下

订单1 . 26亿元。

此次活动以“一县一品 同心

致富”为主题，海东县县长赵大川出

席并致辞，同比增长37 . 3%。
"""


def paragraphs(raw: str) -> list[str]:
    return clean(raw).text.split("\n")


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    assert paragraphs(WRAPPED) == [
        "海东县办起柑橘节",
        "本报讯(记者 王小明)3月5日至7日，海东县柑橘节在该县石桥镇举办，"
        "来自省内外的230余家企业参加，签下订单1.26亿元。",
        "此次活动以“一县一品 同心致富”为主题，海东县县长赵大川出席并致辞，同比增长37.3%。",
    ]


def test_unwrapped_paragraphs_stay_apart() -> None:
    line = "海东县今年种下柑橘五千余亩，" * 8 + "产值创下新高。"
    assert paragraphs(f"{line}\n{line}\n") == [line, line]


def test_numbers_in_a_row_stay_apart() -> None:
    assert paragraphs("2015 2017年") == ["2015 2017年"]


def test_latin_words_keep_their_space() -> None:
    assert paragraphs("Ｃａｏ County") == ["Cao County"]


def test_blocks_of_an_article() -> None:
    page = clean(WRAPPED)
    (article,) = read_articles(page)
    assert [b.kind for b in article.blocks] == ["headline", "body", "body"]
    assert article.authors == ("王小明",)


def test_two_articles_on_a_page() -> None:
    page = clean(WRAPPED + "\n\n邻县修通公路\n\n本报讯(记者 李小红)邻县修通了公路。(本报记者 李小红)\n")
    assert [page.text[a.of("headline")[0].start :][:6] for a in read_articles(page)] == [
        "海东县办起柑",
        "邻县修通公路",
    ]


def test_caption_and_byline() -> None:
    page = clean("◆导报记者 孙小南 海东报道\n海东县柑橘节开幕。王小明 摄\n")
    assert [(b.kind, b.names) for b in read_blocks(page)] == [
        ("byline", ("孙小南",)),
        ("caption", ("王小明",)),
    ]


pages = st.text(
    st.sampled_from("海东县，。、“”()（） \n\n\n0123.%年月日 AbＡ２％，,\t\u3000\x00é"), max_size=200
)


@given(pages)
def test_offsets_rise_and_hold_the_same_character(raw: str) -> None:
    page = clean(raw)
    assert len(page.text) == len(page.offsets)
    assert all(a < b for a, b in pairwise(page.offsets))
    for char, offset in zip(page.text, page.offsets, strict=True):
        assert raw[offset].isspace() if char.isspace() else not raw[offset].isspace()


@given(pages)
def test_nothing_but_white_space_is_dropped(raw: str) -> None:
    kept = set(clean(raw).offsets)
    assert all(char.isspace() for i, char in enumerate(raw) if i not in kept)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_two_numbers_in_a_row_are_never_one(left: int, right: int) -> None:
    if left > 9 or right > 9:
        assert clean(f"{left} {right}").text == f"{left} {right}"


def test_a_greeting_and_who_gives_it_are_no_headings() -> None:
    body = "去年，我们建成冷库46座，把一味味药材从山里送到全国各地的市场，也送到千家万户的餐桌上和大大小小的药房里去。\n"
    page = clean("让药材走出大山\n\n陇西县委副书记、县长 赵大川\n\n尊敬的各位来宾，朋友们：\n\n" + body * 2)
    kinds = {page.text[b.start : b.end]: b.kind for b in read_articles(page)[0].blocks}
    assert kinds["让药材走出大山"] == "headline"
    assert kinds["陇西县委副书记、县长 赵大川"] == "byline"
    assert kinds["尊敬的各位来宾，朋友们："] == "body"


def test_radicals_of_a_pdf_become_ideographs_at_the_same_place() -> None:
    raw = "同⽐增⻓12%，市⻓李⻘说。"
    page = clean(raw)
    assert page.text == "同比增长12%，市长李青说。"
    assert page.offsets == tuple(range(len(raw)))


ITEMS = """\
海东县签约的主要项目有：
——柑橘加工项目由海东果业有限公
司投资3亿元，落户石桥镇；
——冷链物流园项目的投资方各是：
海东物流有限公司、西山果业的公
司。总投资2亿元。
　　当天，海东县的县长说产值3
2亿元，比去年增长一成。
"""


def test_items_stand_by_themselves_and_a_colon_ends_no_line() -> None:
    assert paragraphs(ITEMS) == [
        "海东县签约的主要项目有：",
        "--柑橘加工项目由海东果业有限公司投资3亿元，落户石桥镇；",
        "--冷链物流园项目的投资方各是：海东物流有限公司、西山果业的公司。总投资2亿元。",
        "当天，海东县的县长说产值32亿元，比去年增长一成。",
    ]


def test_rows_of_a_ranking_stand_by_themselves() -> None:
    page = clean(
        "榜单前三名为：\n第1名　海东县（柑橘）　12亿元\n第2名　西山县（茶叶）　9亿元\n第3名　石桥县（花生）　8亿元\n三县都在山里，今年的产值都比去年多。\n"
    )
    assert [b.kind for b in read_blocks(page)] == ["heading", "body", "body", "body", "body"]
