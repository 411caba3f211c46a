"""A due day in words."""

from datetime import date, timedelta

import pytest

from models_dv.views.badges import Badge, day_badge

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("days", "text", "kind"),
    [
        (-12, "Quá hạn 12 ngày", "error"),
        (-1, "Quá hạn 1 ngày", "error"),
        (0, "Hôm nay là hạn", "warn"),
        (3, "Còn 3 ngày", "warn"),
        (4, "Còn 4 ngày", ""),
    ],
)
def test_days_in_words(days, text, kind):
    assert day_badge(TODAY + timedelta(days=days), TODAY) == Badge(text, kind, "clock")
