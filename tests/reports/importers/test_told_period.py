"""Which period a heading or a subject tells of."""

import pytest

from models_dv.models import Period
from reports.importers.told_period import other_period

HALF = Period(kind="half_year", year=2026, number=1)
YEAR = Period(kind="annual", year=2026, number=1)
QUARTER = Period(kind="quarter", year=2026, number=3)


@pytest.mark.parametrize(
    ("text", "half", "year", "quarter"),
    [
        ("SỐ LIỆU 6 THÁNG ĐẦU NĂM 2026", "", "6 tháng đầu năm 2026", "6 tháng đầu năm 2026"),
        ("6 tháng 2026", "", "6 tháng năm 2026", "6 tháng năm 2026"),
        (
            "kết quả 6 tháng đầu năm, phương hướng, nhiệm vụ 6 tháng cuối năm 2026",
            "",
            "6 tháng đầu năm 2026",
            "6 tháng đầu năm 2026",
        ),
        ("kết quả năm 2026, phương hướng, nhiệm vụ năm 2027", "năm 2026", "", "năm 2026"),
        ("kết quả năm 2025, phương hướng, nhiệm vụ năm 2026", "năm 2025", "năm 2025", "năm 2025"),
        ("Quý III/2026", "quý III năm 2026", "quý III năm 2026", ""),
        ("6 tháng cuối năm 2026", *["6 tháng cuối năm 2026"] * 3),
        ("chín tháng năm 2025", *["9 tháng đầu năm 2025"] * 3),
        ("Kèm theo Báo cáo số 12-BC/ĐU, ngày 5 tháng 6 năm 2025", "", "", ""),
        ("Báo cáo công tác dân vận", "", "", ""),
    ],
)
def test_words_name_a_period(text, half, year, quarter):
    assert [other_period([text], period) for period in (HALF, YEAR, QUARTER)] == [half, year, quarter]


def test_of_a_report_on_a_theme_only_the_year_can_contradict():
    theme = Period(kind="thematic", year=2026, number=1)
    assert [other_period([f"6 tháng {year}"], theme) for year in (2026, 2025)] == ["", "6 tháng năm 2025"]
