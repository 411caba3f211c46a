import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

# 23:32 of the fourth in UTC is 06:32 of the fifth in Việt Nam.
LATE_IN_UTC = datetime.datetime(2026, 2, 4, 23, 32, tzinfo=datetime.UTC)


def render(source, **context):
    return Template("{% load vi %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|number }}", 1743, "1.743"),
        ("{{ value|number }}", Decimal("6.500"), "6,5"),
        ("{{ value|number }}", None, "–"),
        ("{{ value|number:1 }}", Decimal("98.25"), "98,3"),
        ("{{ missing|number }}", 1, "–"),
        ("{{ value|signed }}", 105, "+105"),
        ("{{ value|signed }}", -86, "−86"),
        ("{{ value|signed }}", 0, "0"),
        ("{{ value|signed:1 }}", Decimal("7.25"), "+7,3"),
        ("{{ value|qualified:'gan' }}", 250, "gần 250"),
        ("{{ value|qualified:'' }}", 1743, "1.743"),
        ("{{ value|qualified:'hon' }}", None, "–"),
        ("{{ value|date_vi }}", datetime.date(2026, 2, 5), "05/02/2026"),
        ("{{ value|date_vi }}", LATE_IN_UTC, "05/02/2026"),
        ("{{ value|date_vi }}", None, ""),
        ("{{ value|datetime_vi }}", LATE_IN_UTC, "06:32 ngày 05/02/2026"),
        (
            "{{ value|datetime_vi }}",
            datetime.datetime(2026, 2, 5, 14, 32, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
            "14:32 ngày 05/02/2026",
        ),
        ("{{ value|datetime_vi }}", None, ""),
    ],
)
def test_filters(source, value, shown):
    assert render(source, value=value) == shown


def test_icon_points_into_the_sprite():
    assert render('{% icon "search" %}') == (
        '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#search"></use></svg>'
    )


def test_icon_escapes_its_name():
    assert render("{% icon name %}", name='"><script>') == (
        '<svg class="icon" aria-hidden="true">'
        '<use href="/static/img/icons.svg#&quot;&gt;&lt;script&gt;"></use></svg>'
    )
