"""Published figures in words."""

import pytest

from reports.domain.public_figures import show
from tests.factories.publications import figure


def shown(value, before=None, *, unit="mô hình", qualifier="", name="Số mô hình"):
    return show(
        figure(name=name, value=value, unit_name=unit, qualifier=qualifier, same_period_value=before), 2026
    )


@pytest.mark.parametrize(
    ("value", "before", "sentence", "direction"),
    [
        (1736, 1631, "Tăng 105 (6,4%) so với cùng kỳ 2025", "up"),
        (2214, 2300, "Giảm 86 (3,7%) so với cùng kỳ 2025", "down"),
        (12, 12, "Bằng cùng kỳ 2025", ""),
        (5, 0, "Tăng 5 so với cùng kỳ 2025", "up"),
        (0, 4, "Giảm 4 (100%) so với cùng kỳ 2025", "down"),
        (100001, 100000, "Tăng 1 (dưới 0,1%) so với cùng kỳ 2025", "up"),
        (6.5, 5.25, "Tăng 1,25 (23,8%) so với cùng kỳ 2025", "up"),
        (12, None, "Cùng kỳ 2025: chưa thống kê", ""),
        (None, 3, "", ""),
    ],
)
def test_change_against_the_same_period(value, before, sentence, direction):
    figure_shown = shown(value, before)
    assert (figure_shown.comparison, figure_shown.direction) == (sentence, direction)


def test_a_qualified_figure_changes_by_about():
    assert shown(250, 240, qualifier="gan").comparison == "Tăng khoảng 10 (4,2%) so với cùng kỳ 2025"
    assert shown(250, 250, qualifier="gan").comparison == "Xấp xỉ cùng kỳ 2025"


def test_percentages_change_by_points_and_have_one_decimal():
    percent = shown(91.304, 85.26, unit="%", name="Tỷ lệ hoà giải thành")
    assert (percent.value, percent.tile_value, percent.tile_unit) == ("91,3", "91,3%", "")
    assert (percent.same_period, percent.comparison) == ("85,3", "Tăng 6 điểm % so với cùng kỳ 2025")


@pytest.mark.parametrize(
    ("value", "qualifier", "words"),
    [
        (1743, "", "1.743"),
        (250, "gan", "gần 250"),
        (2200, "hon", "hơn 2.200"),
        (30, "uoc", "ước 30"),
        (0, "", "0"),
        (None, "", "Chưa có số liệu"),
    ],
)
def test_value_with_its_word(value, qualifier, words):
    assert shown(value, qualifier=qualifier).value == words


@pytest.mark.parametrize(
    ("name", "unit", "tile_unit"),
    [
        ("Mô hình “Dân vận khéo”", "mô hình", ""),
        ("Diện tích đất Nhân dân hiến", "m²", "m²"),
        ("Giám sát", "", ""),
    ],
)
def test_a_tile_does_not_say_the_unit_twice(name, unit, tile_unit):
    assert shown(3, name=name, unit=unit).tile_unit == tile_unit


def test_an_unknown_figure_of_the_same_period_is_not_zero():
    assert (shown(3).same_period, shown(3, 0).same_period) == ("", "0")


def test_what_cannot_be_compared_is_not_what_was_not_counted():
    split = show(figure(value=3, same_period_note="Xã C được chia cho nhiều đơn vị"), 2026)
    assert (split.comparison, split.same_words) == ("Cùng kỳ 2025: không so sánh được", "không so sánh được")
    assert (shown(3).comparison, shown(3).same_words) == ("Cùng kỳ 2025: chưa thống kê", "chưa thống kê")
    merged = show(figure(value=30, same_period_value=21, same_period_note="10 + 11: A, B"), 2026)
    assert (merged.same_words, merged.same_note) == ("21", "10 + 11: A, B")
    assert merged.comparison == "Tăng 9 (42,9%) so với cùng kỳ 2025"
