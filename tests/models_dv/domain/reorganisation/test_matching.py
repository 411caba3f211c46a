"""Which unit a name means: in the scope, on the eve of the change; never guessed."""

import pytest

from models_dv.domain.reorganisation.listing import Named
from models_dv.domain.reorganisation.matching import Gazetteer
from models_dv.models import Unit
from tests.factories.land import ON


@pytest.fixture
def names(land):
    return Gazetteer(land.scope, land.frame.eve)


def found(land, names, kind, name, **more):
    match = names.find(Named(kind, name, **more))
    return (
        land.code_of(match.unit) if match.unit else (match.problem, [land.code_of(u) for u in match.choices])
    )


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("xã", "Phú Lâm", "phu-lam"),
        ("xã", "Tân Hoà", "tan-hoa"),  # the tone stands elsewhere in the catalogue
        ("xã", "PHÚ LÂM", "phu-lam"),
        ("phường", "Cửa Nam", "cua-nam"),
        ("phường", "4", "phuong-4"),
        ("phường", "04", "phuong-4"),
        ("huyện", "Vũ Thư", "vu-thu"),
    ],
)
def test_the_one_unit_of_a_name(land, names, kind, name, code):
    assert found(land, names, kind, name) == code


def test_a_name_that_occurs_twice_is_asked_about(land, names):
    assert found(land, names, "xã", "Tân Lập") == (
        "Có 2 đơn vị tên “xã Tân Lập”. Chọn một.",
        ["lap-vu-thu", "lap-hung-ha"],
    )
    assert found(land, names, "xã", "Tân Lập", hint="huyện Hưng Hà")[1] == ["lap-hung-ha", "lap-vu-thu"]


def test_the_district_tells_them_apart(land, names):
    assert found(land, names, "xã", "Tân Lập", where="huyện Hưng Hà") == "lap-hung-ha"
    assert found(land, names, "xã", "Tân Lập", where="huyện Vũ Thư") == "lap-vu-thu"
    assert found(land, names, "xã", "Tân Lập", where="huyện Kiến Xương") == (
        "Không thấy “xã Tân Lập” nào thuộc huyện Kiến Xương.",
        ["lap-vu-thu", "lap-hung-ha"],
    )


def test_a_district_of_former_days_tells_them_apart_too(land):
    row = land["lap-vu-thu"].versions.get()
    row.pk, row.valid_from, row.parent = None, "2025-07-01", land.scope
    row.save()
    names = Gazetteer(land.scope, land.frame.eve)
    assert found(land, names, "xã", "Tân Lập", where="huyện Vũ Thư") == "lap-vu-thu"


def test_a_unit_that_has_ended_is_not_taken(land, names):
    assert found(land, names, "xã", "Cũ") == (
        "“xã Cũ” đã kết thúc ngày 01/07/2025, trước ngày sắp xếp.",
        ["binh-minh"],
    )


def test_a_former_name_is_asked_about(land, names):
    assert found(land, names, "xã", "Xưa") == (
        "“xã Xưa” là tên cũ của đơn vị dưới đây. Chọn nếu đúng.",
        ["doi"],
    )


@pytest.mark.parametrize(("kind", "name"), [("phường", "Phú Lâm"), ("xã", "Phú Lầm")])
def test_another_kind_or_spelling_is_asked_about(land, names, kind, name):
    assert found(land, names, kind, name) == (
        f"Không có “{kind} {name}”, chỉ có tên gần giống: Xã Phú Lâm. Chọn nếu đúng.",
        ["phu-lam"],
    )


def test_a_name_that_is_nowhere(land, names):
    assert found(land, names, "xã", "Không Có") == (
        "Không tìm thấy “xã Không Có” trong phạm vi. Chọn đơn vị khác hoặc bỏ khỏi phương án.",
        [],
    )


def test_a_name_outside_the_scope_is_not_seen(land):
    names = Gazetteer(land["binh-yen"], land.frame.eve)
    assert found(land, names, "xã", "Phú Lâm") == "phu-lam-khac"
    assert names.find(Named("xã", "Tân Hoà")).unit is None


def test_without_a_scope_everything_is_looked_at(land):
    names = Gazetteer(None, land.frame.eve)
    assert found(land, names, "tỉnh", "Bình Yên") == "binh-yen"
    assert found(land, names, "xã", "Phú Lâm")[1] == ["phu-lam", "phu-lam-khac"]


def test_a_few_queries_whatever_the_size(land, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        names = Gazetteer(land.scope, ON)
    with django_assert_max_num_queries(0):
        names.find(Named("xã", "Tân Lập", where="huyện Vũ Thư"))
    assert Unit.objects.count() == 14
