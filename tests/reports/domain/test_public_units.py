"""Units found by names of any day, and what became of them."""

from datetime import date

import pytest

from models_dv.domain.search import read_query
from models_dv.enums import UnitLevel
from reports.domain import public_unit_page, public_units
from tests.factories.publications import MERGED_ON, cite, make_unit, merge, name_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def country():
    """Nam Định went into a new Ninh Bình; Giao Thủy, a district of it, ended without an heir of its own."""
    old_ninh_binh = make_unit("ninh-binh-cu", "Ninh Bình")
    nam_dinh = make_unit("nam-dinh", "Nam Định")
    giao_thuy = make_unit(
        "giao-thuy", "Giao Thủy", level=UnitLevel.DISTRICT, parent=nam_dinh, ended_on=MERGED_ON
    )
    ninh_binh = make_unit("ninh-binh", "Ninh Bình")
    xa = make_unit("giao-minh", "Giao Minh", level=UnitLevel.COMMUNE, parent=nam_dinh)
    merge(old_ninh_binh, nam_dinh, into=ninh_binh)
    name_unit(xa, "Giao Minh", level=UnitLevel.COMMUNE, parent=ninh_binh, valid_from=MERGED_ON)
    return {
        "nam_dinh": nam_dinh,
        "ninh_binh": ninh_binh,
        "old_ninh_binh": old_ninh_binh,
        "giao_thuy": giao_thuy,
        "xa": xa,
    }


def found(typed):
    return [unit.code for unit in public_units.matching(read_query(typed))]


def rows(typed):
    units = list(public_units.matching(read_query(typed)))
    return public_units.rows(units, TODAY)


def test_names_of_today_and_former_names_are_found_without_accents(country):
    assert found("nam dinh") == ["nam-dinh"]
    assert found("GIAO THUY") == ["giao-thuy"]
    assert found("xa giao minh") == ["giao-minh"]


def test_units_of_today_stand_before_ended_ones(country):
    assert found("Ninh Bình") == ["ninh-binh", "ninh-binh-cu"]


def test_words_side_by_side_stand_first():
    make_unit("ha-nam", "Hà Nam Tĩnh")
    make_unit("ha-tinh", "Hà Tĩnh")
    assert found("hà tĩnh") == ["ha-tinh", "ha-nam"]


def test_a_word_inside_another_is_no_name():
    make_unit("thanh-hoa", "Thanh Hoá")
    assert found("hà") == []


def test_a_renamed_unit_shows_its_former_name(country):
    name_unit(country["ninh_binh"], "Hoa Lư", valid_from=date(2026, 1, 1))
    (row, _old) = rows("ninh binh")
    assert (row.version.name, row.former, row.today) == ("Tỉnh uỷ Hoa Lư", ("Tỉnh uỷ Ninh Bình",), "")


def test_rows_say_what_became_of_a_unit(country):
    assert [row.today for row in rows("nam dinh")] == ["nay thuộc Tỉnh uỷ Ninh Bình"]
    assert [row.today for row in rows("giao thuy")] == ["đã kết thúc ngày 01/07/2025"]


def test_rows_count_published_reports(country):
    cite(country["giao_thuy"], 2020)
    assert [row.reports for row in rows("giao")] == [0, 1]


def test_rows_are_grouped_by_the_province_of_their_last_place(country):
    groups = public_units.grouped_by_province([*rows("giao"), *rows("nam dinh")])
    assert [(group.name, [row.unit.code for row in group.rows]) for group in groups] == [
        ("Tỉnh uỷ Ninh Bình", ["giao-minh"]),
        ("Tỉnh uỷ Nam Định", ["giao-thuy"]),
        ("", ["nam-dinh"]),
    ]


def test_top_units_are_those_of_today(country):
    assert [unit.code for unit in public_units.top_units(TODAY)] == ["ninh-binh"]
    before = [unit.code for unit in public_units.top_units(date(2020, 1, 1))]
    assert before == ["nam-dinh", "ninh-binh", "ninh-binh-cu"]


def test_ended_units_are_listed_while_their_reports_can_be_read(country):
    assert list(public_units.ended_with_reports(TODAY)) == []
    cite(country["nam_dinh"], 2020)
    assert [unit.code for unit in public_units.ended_with_reports(TODAY)] == ["nam-dinh"]


def test_units_below_are_those_of_today_and_for_an_ended_unit_those_that_were(country):
    assert [unit.code for unit in public_units.below(country["ninh_binh"], TODAY)] == ["giao-minh"]
    assert [unit.code for unit in public_units.below(country["nam_dinh"], TODAY)] == ["giao-thuy"]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("nam_dinh", "nay thuộc Tỉnh uỷ Ninh Bình từ 01/07/2025"),
        ("giao_thuy", "nay thuộc Tỉnh uỷ Ninh Bình từ 01/07/2025"),
        ("xa", "nay thuộc Tỉnh uỷ Ninh Bình từ 01/07/2025"),
        ("ninh_binh", ""),
    ],
)
def test_place_of_an_old_name_today(country, who, words):
    version = country[who].versions.order_by("valid_from").first()
    assert public_units.place_today(version, TODAY) == words


def test_place_of_a_renamed_unit_today(country):
    version = country["ninh_binh"].versions.get()
    name_unit(country["ninh_binh"], "Hoa Lư", valid_from=date(2026, 1, 1))
    assert public_units.place_today(version, TODAY) == "nay là Tỉnh uỷ Hoa Lư từ 01/01/2026"


def test_place_of_a_unit_that_left_nothing():
    unit = make_unit("lam-thoi", "Lâm Thời", ended_on=date(2022, 3, 1))
    assert public_units.place_today(unit.versions.get(), TODAY) == "kết thúc ngày 01/03/2022"


def test_a_circle_of_successions_ends(country):
    merge(country["ninh_binh"], into=country["nam_dinh"], on=date(2026, 1, 1))
    assert public_units.place_today(country["nam_dinh"].versions.get(), TODAY).startswith("kết thúc ngày")


def test_the_page_of_a_unit_tells_its_names_and_what_it_went_into(country):
    page = public_unit_page.read("nam-dinh", TODAY)
    assert (page.version.name, page.parent, page.has_ended) == ("Tỉnh uỷ Nam Định", None, True)
    into = next(event for event in page.events if event.title == "Sáp nhập vào")
    assert (into.when, [unit.name for unit in into.others], into.basis) == (
        "01/07/2025",
        ["Tỉnh uỷ Ninh Bình"],
        "Nghị quyết số 202",
    )


def test_the_page_of_an_heir_names_what_it_came_from(country):
    page = public_unit_page.read("ninh-binh", TODAY)
    origin = next(event for event in page.events if event.title == "Hình thành có sáp nhập")
    assert [unit.code for unit in origin.others] == ["ninh-binh-cu", "nam-dinh"]


def test_a_first_name_without_basis_has_no_made_up_beginning(country):
    page = public_unit_page.read("giao-minh", TODAY)
    assert [event.when for event in page.events] == ["Từ 01/07/2025", "Trước 01/07/2025"]
    assert page.events[0].lines == ("Thuộc Tỉnh uỷ Ninh Bình",)


def test_no_unit_no_page():
    assert public_unit_page.read("khong-co", TODAY) is None
