"""Which guidance on layout a date falls under, and its values (domain.md §4)."""

from datetime import date

import pytest

from reports.documents.profiles import HD_05, HD_36, Profile, TextStyle, profile_for


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2021, 7, 20), "HD 36-HD/VPTW"),
        (date(2026, 5, 26), "HD 36-HD/VPTW"),
        (date(2026, 5, 27), "HD 05-HD/VPTW"),
        (date(2030, 1, 1), "HD 05-HD/VPTW"),
    ],
)
def test_the_date_of_issue_chooses_the_guidance(day, code):
    assert profile_for(day).code == code


def test_values_of_hd_05():
    margins = (HD_05.margin_top, HD_05.margin_bottom, HD_05.margin_left, HD_05.margin_right)
    assert margins == (20, 20, 30, 15)
    assert (HD_05.page_width, HD_05.page_height) == (210, 297)
    assert (HD_05.head_left, HD_05.head_right) == (80, 85)
    assert (HD_05.page_number.size, HD_05.page_number_from_top) == (14, 10)
    assert HD_05.motto_style == TextStyle(15, bold=True, caps=True)
    assert HD_05.superior_style == TextStyle(14, caps=True)
    assert HD_05.issuer_style == TextStyle(14, bold=True, caps=True)
    assert HD_05.place_date_style == TextStyle(14, italic=True)
    assert HD_05.type_style.between == (15, 16)
    assert HD_05.body_style.between == (14, 15)
    assert 18 <= HD_05.line_height <= 22
    assert HD_05.paragraph_spacing >= 6
    assert HD_05.closing == "."


def test_hd_36_differs_in_the_post_and_the_closing_mark_alone():
    differing = {name for name in vars(HD_05) if getattr(HD_05, name) != getattr(HD_36, name)}
    assert differing == {"code", "in_force_from", "post_style", "closing_also"}
    assert (HD_05.post_style.bold, HD_36.post_style.bold) == (False, True)
    assert HD_36.closing_also == ("./.",)


def test_a_size_outside_its_range_is_refused():
    with pytest.raises(ValueError, match="16 is outside 14-15"):
        TextStyle(16, between=(14, 15))


def test_a_head_wider_than_the_text_is_refused():
    with pytest.raises(ValueError, match="wider than the text"):
        Profile(code="x", in_force_from=None, head_left=90)
