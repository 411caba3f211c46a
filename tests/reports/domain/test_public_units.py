"""Units found by names of any day, and what became of them."""

from datetime import date

import pytest

from models_dv.domain.search import read_query
from models_dv.enums import SuccessionKind, UnitLevel
from models_dv.models import UnitSuccession
from reports.domain import public_units
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
    return [unit.code for unit in public_units.matching(read_query(typed), TODAY)]


def rows(typed):
    units = list(public_units.matching(read_query(typed), TODAY))
    return public_units.rows(units, TODAY)


def names(units):
    return [unit.name for unit in units]


def places(unit=None, on=TODAY):
    where = public_units.place(unit, on)
    return public_units.place_rows(where, list(public_units.with_reports(where.rows())))


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
    (_old, row) = rows("ninh binh")
    assert (row.version.name, row.former) == ("Tỉnh uỷ Hoa Lư", ("Tỉnh uỷ Ninh Bình",))
    assert (row.until, row.heirs, names(row.origins)) == ("", (), ["Tỉnh uỷ Ninh Bình", "Tỉnh uỷ Nam Định"])


def test_rows_say_what_became_of_a_unit(country):
    (row,) = rows("nam dinh")
    assert (row.until, row.now, names(row.heirs)) == ("đến 30/06/2025", "nay là", ["Tỉnh uỷ Ninh Bình"])
    (row,) = rows("giao thuy")
    assert (row.until, row.now, row.heirs) == ("đến 30/06/2025", "", ())


def test_what_an_heir_became_is_followed(country):
    hoa_lu = make_unit("hoa-lu", "Hoa Lư")
    merge(country["ninh_binh"], into=hoa_lu, on=date(2026, 1, 1))
    (row,) = rows("nam dinh")
    assert (row.now, names(row.heirs)) == ("nay là", ["Tỉnh uỷ Hoa Lư"])


def test_a_unit_that_went_to_several_is_part_of_them_now(country):
    others = [make_unit(f"moi-{n}", f"Mới {n}") for n in range(4)]
    for unit in others:
        UnitSuccession.objects.create(
            predecessor=country["nam_dinh"], successor=unit, kind=SuccessionKind.SPLIT, on=MERGED_ON
        )
    (row,) = rows("nam dinh")
    assert (row.now, len(row.heirs), len(row.heirs_shown), row.heirs_left) == ("nay thuộc", 5, 3, 2)


def test_rows_take_few_queries_whatever_there_is(country, django_assert_num_queries):
    for typed in ("nam dinh", "ninh binh", "giao"):
        units = list(public_units.matching(read_query(typed), TODAY))
        with django_assert_num_queries(3):
            public_units.rows(units, TODAY)


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


def test_the_tree_is_that_of_the_day(country):
    (row,) = places()
    assert (row.version.name, row.below, row.reports) == ("Tỉnh uỷ Ninh Bình", 1, 0)
    before = [row.version.unit.code for row in places(on=date(2020, 1, 1))]
    assert before == ["nam-dinh", "ninh-binh", "ninh-binh-cu"]
    assert [v.name for v in public_units.line(public_units.place(country["xa"], TODAY))] == [
        "Tỉnh uỷ Ninh Bình",
        "Đảng uỷ xã Giao Minh",
    ]


def test_the_tree_counts_published_reports(country):
    cite(country["ninh_binh"], 2025)
    assert [row.reports for row in places()] == [1]


def test_ended_units_are_listed_while_their_reports_can_be_read(country):
    assert list(public_units.ended_with_reports(TODAY)) == []
    cite(country["nam_dinh"], 2020)
    assert [unit.code for unit in public_units.ended_with_reports(TODAY)] == ["nam-dinh"]


def test_units_below_are_those_of_today_and_for_an_ended_unit_those_that_were(country):
    assert [row.version.unit.code for row in places(country["ninh_binh"])] == ["giao-minh"]
    assert [row.version.unit.code for row in places(country["nam_dinh"])] == ["giao-minh", "giao-thuy"]
    below = public_units.below(country["nam_dinh"], date(2025, 6, 30))
    assert [version.unit.code for version in below] == ["giao-minh", "giao-thuy"]
    assert list(public_units.below(country["nam_dinh"], MERGED_ON)) == []


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
