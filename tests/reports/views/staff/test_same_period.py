"""Cùng kỳ of a unit that was several units then: editor, totals, checks, paper and what is made public."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from models_dv.enums import Role, SuccessionKind
from models_dv.models import User
from reports.documents.builders import report_content
from reports.domain.checks import check_edition
from reports.domain.consolidation import Total
from reports.domain.publication_content import figure_of
from reports.domain.series import same_period
from reports.enums import Action
from tests.reports.domain.reorganised import change, first_year, found_unit, second_year

pytestmark = pytest.mark.django_db
SOURCES = "Cùng kỳ cộng số của Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà."
SPLIT = "Cùng kỳ không so sánh được: Xã Tân Hoà được chia cho nhiều đơn vị ngày 01/07/2025."


@pytest.fixture
def merged():
    """(world, commune): Phú Lâm (A1 = 10) and Tân Hoà (A1 = 11, no A2) are one commune now."""
    world = first_year()
    world.accepted(world.communes[0], number=1, A1=10, A2=4)
    world.accepted(world.communes[1], number=2, A1=11, A2=("no_data", "Chưa đếm"))
    unit = found_unit(world, "Hợp Nhất")
    change(*world.communes[:2], into=unit)
    return second_year(world), unit


@pytest.fixture
def split(merged):
    """… and a part of Tân Hoà went to Bình Minh."""
    world, unit = merged
    change(world.communes[1], into=world.communes[2], kind=SuccessionKind.SPLIT)
    return world, unit


def page(world, unit, name="staff:part", *more, user=None) -> str:
    client = Client()
    client.force_login(user or world.author_of(unit))
    answer = client.get(reverse(name, args=[world.report(unit).pk, *more]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_editor_says_what_a_figure_was_put_together_from(merged):
    html = page(*merged, "staff:part", "SL")
    assert SOURCES in html
    assert "21 <small>(10 + 11)</small>" in html
    assert "<small>(không so sánh được)</small>" in html


@pytest.mark.parametrize("of", ["commune", "province"])
def test_the_editor_opens_with_few_statements_even_where_it_was_returned(
    merged, of, django_assert_max_num_queries
):
    """A unit that was several then, and one with units below: the table of figures is the largest page."""
    world, commune = merged
    unit = commune if of == "commune" else world.province
    author, approver = (
        User.objects.get(unit_roles__unit=unit, unit_roles__role=role)
        for role in (Role.AUTHOR, Role.APPROVER)
    )
    world.accepted(world.communes[2], number=3, A1=5, K3a=3, K3b=("no_data", "Chưa đếm"))
    world.write(unit, actor=author, A1=7, K4=3)
    world.do(Action.SUBMIT, author, unit)
    world.do(Action.RETURN, approver, unit, note="Ghi thêm.")
    client = Client()
    client.force_login(author)
    for code in ("SL", "S2.1"):
        address = reverse("staff:part", args=[world.report(unit).pk, code])
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_the_page_of_an_indicator_names_the_units_of_that_day(merged):
    html = page(*merged, "staff:indicator", "A1")
    names = ": Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà"
    assert f'21 <small title="10 + 11{names}">(10 + 11<span class="visually-hidden">{names}</span>)' in html


def test_the_editor_says_why_nothing_is_compared(split):
    html = page(*split, "staff:part", "SL")
    assert SPLIT in html and "10 + 11" not in html


def test_what_is_read_says_the_same(merged):
    world, unit = merged
    world.approved(unit, A1=30)
    for name, more in (("staff:part", ["SL"]), ("staff:consolidation", []), ("staff:edition", [1])):
        html = page(world, unit, name, *more)
        assert SOURCES in html and "(10 + 11<span" in html and ">+9</td>" in html


def test_a_total_says_it_too(merged):
    world, unit = merged
    html = page(world, unit, "staff:consolidation_part", "A1")
    words = "Cùng kỳ (6 tháng đầu năm 2025): <b>21</b> (10 + 11: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà)."
    assert words in html
    assert "không so sánh được. Đảng uỷ xã Tân Hoà chưa có số liệu." in page(
        world, unit, "staff:consolidation_part", "A2"
    )


def test_a_split_total_says_so(split):
    html = page(*split, "staff:consolidation_part", "A1")
    assert "không so sánh được. Xã Tân Hoà được chia cho nhiều đơn vị ngày 01/07/2025." in html


def warnings(world, unit) -> list[str]:
    return [
        f.message for f in check_edition(world.edition(unit)) if f.code == "A1" and "cùng kỳ" in f.message
    ]


def test_a_great_change_against_the_sum_is_pointed_out(merged):
    world, unit = merged
    world.enter(unit, A1=60)
    assert warnings(world, unit) == [
        "“Văn bản cấp uỷ ban hành về công tác dân vận”: tăng 186% so với cùng kỳ. "
        "Nếu đúng, ghi lý do vào ghi chú"
    ]


def test_what_cannot_be_compared_warns_of_nothing(split):
    world, unit = split
    world.enter(unit, A1=60)
    assert warnings(world, unit) == []


def appendix(world, unit):
    world.write(unit, A1=30, A2=5)
    content = report_content(world.edition(unit))
    (group,) = content.figure_groups
    return content.appendix_note, [(row.total, row.same_period, row.note) for row in group.rows]


def test_the_paper_names_its_sources(merged):
    assert appendix(*merged) == (
        SOURCES,
        [("30", "21", ""), ("5", "", "Cùng kỳ không so sánh được: Đảng uỷ xã Tân Hoà chưa có số liệu")],
    )


def test_the_paper_says_why_nothing_is_compared(split):
    assert appendix(*split) == (SPLIT, [("30", "", ""), ("5", "", "")])


def published(world, unit, code):
    report = world.report(unit)
    figure = figure_of(world.indicator(code), Total(total=Decimal(30)), same_period(report))
    return figure.same_period_value, figure.same_period_note


def test_what_is_published_carries_its_provenance(merged):
    world, unit = merged
    assert published(world, unit, "A1") == (21, "10 + 11: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hoà")
    assert published(world, unit, "A2") == (None, "Đảng uỷ xã Tân Hoà chưa có số liệu")
    assert published(world, unit, "A4") == (None, "")


def test_what_is_published_of_a_split_unit_says_why(split):
    assert published(*split, "A1") == (None, "Xã Tân Hoà được chia cho nhiều đơn vị ngày 01/07/2025")
