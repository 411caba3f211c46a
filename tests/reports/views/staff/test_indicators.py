"""What an indicator means and how it went over the last periods, beside the table of figures or as a page."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import PartAssignment
from tests.factories.world import local, make_round

pytestmark = pytest.mark.django_db


def page(world, code, user=None, *, fragment=False):
    client = Client()
    client.force_login(user or world.author)
    return client.get(
        reverse("staff:indicator", args=[world.report().pk, code]), {"manh": "1"} if fragment else {}
    )


@pytest.fixture
def years(world):
    """The first commune counted A1 = 6 in 2024 and 8 in 2025; now it writes 12."""
    now = world.round
    for year, value in ((2024, 6), (2025, 8)):
        world.round = make_round(world.province, year=year, due=local(year, 6, 20), opened_by=world.admin)
        world.accepted(number=year - 2020, A1=value)
    world.round = now
    world.enter(A1=12)
    return world


def test_the_last_periods_with_their_table(years):
    answer = page(years, "A1")
    trend = answer.context["trend"]
    assert trend.title == "Cùng kỳ các năm 2024–2026"
    assert [(point.year, point.words, point.note) for point in trend.points] == [
        (2024, "6", ""),
        (2025, "8", ""),
        (2026, "12", "bản đang soạn"),
    ]
    assert trend.claim == "Tăng 6 (100%) từ 2024 đến 2026."
    html = answer.content.decode()
    assert "<svg" in html and "Bảng số liệu" in html and "Quay lại" in html
    assert answer.context["same"].value == "8"


def test_what_stands_beside_the_table_is_only_the_inside(years):
    html = page(years, "A1", fragment=True).content.decode()
    assert "Cùng kỳ các năm 2024–2026" in html
    assert "<html" not in html and "<script" not in html


def test_definition_and_rules_in_words(world):
    html = page(world, "C5").content.decode()
    assert "<p>Trong số đơn ở C4, những đơn thuộc thẩm quyền giải quyết của đơn vị. Không tính đơn" in html
    assert "“Đơn thuộc thẩm quyền” lớn hơn “Đơn tiếp nhận”" in html
    assert "Chưa có số liệu các kỳ trước" in html


def test_a_reminder_says_what_does_not_fit_before_what_to_do(world):
    html = page(world, "C11").content.decode()
    left, right = (world.indicator(code).name for code in ("C11", "C10"))
    assert f"<li>“{left}” lớn hơn “{right}”. Nếu có ý kiến của kỳ trước chuyển sang, ghi rõ</li>" in html


def test_an_indicator_that_is_not_in_the_outline(world):
    assert page(world, "Z9").status_code == 404


def test_a_contributor_reads_the_groups_that_he_was_given(world):
    unit = world.communes[1]
    PartAssignment.objects.create(report=world.report(), unit=unit, groups=["A"], made_by=world.author)
    contributor = world.author_of(unit)
    assert page(world, "A1", contributor).status_code == 200
    assert page(world, "B1", contributor).status_code == 404


def test_the_number_of_queries(years, django_assert_num_queries):
    client = Client()
    client.force_login(years.author)
    url = reverse("staff:indicator", args=[years.report().pk, "A1"])
    client.get(url)
    with django_assert_num_queries(6):
        assert client.get(url).status_code == 200
