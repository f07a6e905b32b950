"""Whom figures are about, and of what time: each case is a paragraph and what must be bound in it."""

import pytest

from kg.ingest.observations.binding import bind_figures
from kg.ingest.reading import read_page

FAIR = "9月20日，第三届宁夏枸杞产业发展大会在中宁县开幕。大会由宁夏林草局主办，中国经济林协会支持，"
FIRM = "宁夏红枸杞产业有限公司是中宁县枸杞集团的控股子公司，旗下有银川红果商贸有限公司、吴忠杞源生物有限公司两家分公司。"
CITY = "上半年，遵义市产值增长5%。从区县看，仁怀市工业增加值620亿元，增长9%。"
FARMER = "家住恩施市白杨坪镇的茶农向德富种了15亩茶，去年收入6万元。"


def _told(page: str) -> list[tuple[str, str, str]]:
    return [
        (o.figure.verbatim, o.subject.text, o.period.verbatim if o.period else "-")
        for o in bind_figures(read_page(page))
    ]


@pytest.mark.parametrize(
    ("page", "figure", "subject"),
    [
        (FAIR + "共设展位480个。", "480个", "第三届宁夏枸杞产业发展大会"),
        (FAIR + "湖北、福建的120多家采购商到会。", "120多家", "第三届宁夏枸杞产业发展大会"),
        (FIRM + "公司员工380人。", "380人", "宁夏红枸杞产业有限公司"),
        (CITY + "全市新增企业42家。", "42家", "遵义市"),
        (FARMER, "15亩", "向德富"),
        (FARMER + "他的合作社有社员86户。", "86户", "向德富"),
        ("榕江县发展民宿。平永镇有民宿20家。小小民宿带动全县2600户农户。", "2600户", "榕江县"),
        ("当时，中国涌现了320个核桃镇。榕江县有2个。", "320个", "中国"),
        ("宜阳县建成汝阳县、嵩县2个省级示范县。", "2个", "宜阳县"),
        (FAIR + "9月21日在大会现场签约项目14个，金额6亿元。", "14个", "第三届宁夏枸杞产业发展大会"),
        ("总投资8.6亿元的宜阳县绿色铝深加工项目动工。", "8.6亿元", "绿色铝深加工项目"),
        (FAIR + "全区此次集中签约项目14个，总投资6亿元。", "6亿元", "第三届宁夏枸杞产业发展大会"),
        ("莘县投资3800万元建成莘县香瓜物流集散中心，占地42亩。", "42亩", "香瓜物流集散中心"),
        (
            "莘县有企业28家，最大的一家是海东果业有限公司，现在7条生产线，用工300人。",
            "300人",
            "海东果业有限公司",
        ),
        (
            "海东果业有限公司去年营收3亿元。子公司莘县香瓜有限公司营收1亿元。研发费用900万元。",
            "900万元",
            "海东果业有限公司",
        ),
        ("莘县园区建设香瓜物流园。莘县香瓜产业园去年开园。园区出口香瓜3万吨。", "3万吨", "香瓜产业园"),
    ],
)
def test_subject(page: str, figure: str, subject: str) -> None:
    assert (figure, subject) in [(f, s) for f, s, _ in _told(page)]


@pytest.mark.parametrize(
    ("page", "figure", "period"),
    [
        ("湖北有12个县上榜，与上年持平；湖南有9个县上榜。", "9个", "-"),
        ("去年，莘县营收3亿元；拥有发明专利63件。", "63件", "-"),
        ("莘县樱桃种植面积由五年前的200亩扩大到1600亩。", "1600亩", "-"),
        ("今年5月，莘县香瓜项目签约，达产后年产值12亿元。", "12亿元", "达产后"),
        ("莘县香瓜项目一期明年3月投产后，年产值12亿元。", "12亿元", "明年3月投产后"),
        ("改革开放以来，莘县建成水库14座。", "14座", "改革开放以来"),
        ("去年“双11”当天，莘县卖出香瓜14万箱。", "14万箱", "去年“双11”当天"),
        ("莘县香瓜集团有限公司1998年建厂，职工460人。", "460人", "-"),
        ("2021年，莘县投资3800万元建成莘县香瓜物流集散中心，占地42亩。", "42亩", "-"),
        ("截至去年6月，山西省有核桃村98个，有核桃镇14个。", "14个", "截至去年6月"),
        ("2023年，莘县营收32亿元。在冠县投资9亿元建设二期。", "9亿元", "-"),
        ("莘县每年拿出5000万元奖励企业，产值3亿元。", "3亿元", "-"),
    ],
)
def test_period(page: str, figure: str, period: str) -> None:
    assert (figure, period) in [(f, p) for f, _, p in _told(page)]


@pytest.mark.parametrize(
    ("page", "figure"),
    [
        ("湖北有12个县上榜，江西、安徽各5个。", "5个"),
        ("湖北有核桃村12个，江西、安徽不足百个。", "不足百个"),
        ("江西、安徽产值增速居前，均为9%。", "9%"),
        ("江西、安徽产值增速并列第二，湖北居后。", "第二"),
    ],
)
def test_each_of_several(page: str, figure: str) -> None:
    assert [s for f, s, _ in _told(page) if f == figure] == ["江西", "安徽"]


def test_a_row_that_says_in_this_order() -> None:
    told = _told("江西、安徽核桃产量分别为3万吨、2万吨，产值依次为9亿元、8亿元。")
    assert told[2:] == [("9亿元", "江西", "-"), ("8亿元", "安徽", "-")]


def test_ranks_go_to_the_row_before() -> None:
    told = _told("浙江有18个县、山东有15个县，分列第二、第三位。")
    assert [(f, s) for f, s, _ in told if "第" in f] == [("第二", "浙江"), ("第三位", "山东")]


def test_limit_of_what_is_counted_is_no_figure() -> None:
    assert [f for f, _, _ in _told("龙岩市签约项目36个，其中10亿元以上项目14个。")] == ["36个", "14个"]


def test_what_is_called_an_aim_afterwards_is_a_plan() -> None:
    found = bind_figures(read_page("莘县全年产值增长6.5%以上的目标不变。"))
    assert [o.modality for o in found] == ["kg:Plan"]


def test_rank_on_a_list_is_of_no_other_measure() -> None:
    found = bind_figures(read_page("莘县果业有限公司2022年营收18.6亿元，位列山东民企百强第87位。"))
    assert [o.measure for o in found if o.figure.verbatim == "第87位"] == ["榜单名次"]
