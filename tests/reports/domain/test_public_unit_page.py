"""The page of a unit: its names by day, its history, both directions of succession."""

from datetime import date

import pytest

from models_dv.enums import SuccessionKind, UnitLevel, UnitType
from models_dv.models import UnitSuccession
from reports.domain import public_unit_page
from tests.factories.publications import MERGED_ON, cite, make_unit, merge, name_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def country():
    """Nam Định and the old Ninh Bình make the new one on 01/07/2025; Giao Minh moves along."""
    old, nam_dinh = make_unit("ninh-binh-cu", "Ninh Bình"), make_unit("nam-dinh", "Nam Định")
    new = make_unit("ninh-binh", "Ninh Bình")
    new.versions.update(valid_from=MERGED_ON)
    xa = make_unit("giao-minh", "Giao Minh", level=UnitLevel.COMMUNE, parent=nam_dinh)
    merge(old, nam_dinh, into=new)
    name_unit(xa, "Giao Minh", level=UnitLevel.COMMUNE, parent=new, valid_from=MERGED_ON)
    return {"old": old, "nam_dinh": nam_dinh, "new": new, "xa": xa}


def read(code, on=TODAY):
    return public_unit_page.read(code, on, TODAY)


def names(units):
    return [unit.name for unit in units]


def test_an_ended_unit_says_what_it_became(country):
    page = read("nam-dinh")
    assert (page.version.name, page.parent, page.has_ended) == ("Tỉnh uỷ Nam Định", None, True)
    assert (page.now, names(page.heirs), page.origins) == ("Nay là", ["Tỉnh uỷ Ninh Bình"], ())
    assert (page.day, page.last_day) == (date(2025, 6, 30), date(2025, 6, 30))
    into = next(event for event in page.events if event.title == "Sáp nhập vào")
    assert (into.when, names(into.others), into.basis) == (
        "01/07/2025",
        ["Tỉnh uỷ Ninh Bình"],
        "Nghị quyết số 202",
    )


def test_an_heir_names_what_it_came_from(country):
    page = read("ninh-binh")
    assert (names(page.origins), page.heirs, page.has_ended, page.last_day) == (
        ["Tỉnh uỷ Ninh Bình (đến 30/06/2025)", "Tỉnh uỷ Nam Định"],
        (),
        False,
        None,
    )
    founded, origin = page.events
    assert (founded.label, founded.when) == ("Thành lập", "Từ 01/07/2025")
    assert (origin.title, [unit.code for unit in origin.others]) == (
        "Thành lập trên cơ sở sáp nhập",
        ["ninh-binh-cu", "nam-dinh"],
    )


@pytest.mark.parametrize(
    ("kind", "into", "out_of", "now"),
    [
        (SuccessionKind.SPLIT, "Chia, tách thành", "Tách ra từ", "Nay thuộc"),
        (SuccessionKind.PARTIAL, "Nhập một phần vào", "Nhận một phần của", "Nay thuộc"),
        (SuccessionKind.RENAME, "Đổi tên thành", "Đổi tên từ", "Nay là"),
        (SuccessionKind.RETYPE, "Đổi loại thành", "Đổi loại từ", "Nay là"),
    ],
)
def test_each_kind_of_change_on_both_sides(kind, into, out_of, now):
    old, new = make_unit("cu", "Cũ", ended_on=MERGED_ON), make_unit("moi", "Mới")
    UnitSuccession.objects.create(predecessor=old, successor=new, kind=kind, on=MERGED_ON)
    assert [event.title for event in read("cu").events if event.others] == [into]
    assert [event.title for event in read("moi").events if event.others] == [out_of]
    assert read("cu").now == now


def test_each_version_says_what_it_changed(country):
    xa = country["xa"]
    options = {"level": UnitLevel.COMMUNE, "parent": country["new"]}
    name_unit(xa, "Giao Minh Mới", valid_from=date(2025, 9, 1), **options)
    version = name_unit(xa, "Giao Minh Mới", valid_from=date(2026, 1, 1), **options)
    version.type, version.legal_basis = UnitType.WARD, "Nghị quyết số 1"
    version.save()
    name_unit(xa, "Giao Minh Mới", valid_from=date(2026, 3, 1), issuer_name="Ban Xây dựng Đảng", **options)
    events = read("giao-minh").events
    assert [(event.label, event.when) for event in events] == [
        ("Đổi loại", "Từ 01/03/2026"),
        ("Đổi loại", "Từ 01/01/2026"),
        ("Đổi tên", "Từ 01/09/2025"),
        ("Đổi cấp trên", "Từ 01/07/2025"),
        ("", "Trước 01/07/2025"),
    ]
    assert (events[1].lines, events[1].basis) == (("Loại: Phường",), "Nghị quyết số 1")
    assert events[3].lines == ("Thuộc Tỉnh uỷ Ninh Bình",)


@pytest.mark.parametrize(
    ("code", "on", "parent", "note"),
    [
        ("giao-minh", date(2025, 6, 30), "Tỉnh uỷ Nam Định", ""),
        ("giao-minh", date(2025, 7, 1), "Tỉnh uỷ Ninh Bình", ""),
        (
            "giao-minh",
            date(1999, 1, 1),
            "Tỉnh uỷ Nam Định",
            "Ngày 01/01/1999 chưa có dữ liệu của đơn vị; đang xem tên gọi đầu tiên, từ 01/01/2000.",
        ),
        (
            "nam-dinh",
            date(2026, 1, 1),
            None,
            "Đơn vị hoạt động đến 30/06/2025; đang xem tên gọi của ngày đó.",
        ),
    ],
)
def test_the_unit_as_of_a_day(country, code, on, parent, note):
    page = read(code, on)
    assert (page.parent and page.parent.name, page.note) == (parent, note)


def test_the_body_above_of_a_report_is_that_of_its_day(country):
    publication = cite(country["xa"], 2023)
    assert read("giao-minh").above(publication) == "Tỉnh uỷ Nam Định"
    assert read("ninh-binh").above(cite(country["new"], 2025)) == ""


def test_a_unit_that_ends_later_is_still_there(country):
    country["xa"].ended_on = date(2027, 1, 1)
    country["xa"].save()
    assert read("giao-minh").has_ended is False


def test_no_unit_and_no_name_are_no_page(country):
    country["xa"].versions.all().delete()
    assert (read("khong-co"), read("giao-minh")) == (None, None)


def test_two_queries(country, django_assert_num_queries):
    for code in ("giao-minh", "nam-dinh", "ninh-binh"):
        with django_assert_num_queries(2):
            read(code)
