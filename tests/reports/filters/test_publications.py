"""Filters of the published list."""

from datetime import date

import pytest
from django.http import QueryDict

from models_dv.enums import PeriodKind
from reports.domain import public_reading
from reports.filters.publications import PublicationFilter
from tests.factories.publications import cite, make_unit, name_unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published():
    ha_tinh, bac_kan = make_unit("ha-tinh", "Hà Tĩnh"), make_unit("bac-kan", "Bắc Kạn")
    name_unit(bac_kan, "Thái Nguyên", valid_from=date(2025, 7, 1))
    cite(ha_tinh, 2023, lead="Nhân rộng mô hình “Dân vận khéo”.")
    cite(ha_tinh, 2023, kind=PeriodKind.HALF_YEAR, slug="ha-tinh-so-ket", lead="Tiếp dân.")
    cite(bac_kan, 2020, lead="Đối thoại với Nhân dân.")


def filtered(query):
    return PublicationFilter(QueryDict(query), public_reading.listed())


def slugs(query):
    return [publication.slug for publication in filtered(query).qs]


ALL = ["ha-tinh-2023", "ha-tinh-so-ket", "bac-kan-2020"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("q=&don_vi=&ky=&loai=", ALL),
        ("q=dan+van+kheo", ["ha-tinh-2023"]),
        ("q=%C4%91%E1%BB%91i+tho%E1%BA%A1i", ["bac-kan-2020"]),
        ("q=kheo+nhan+rong", ["ha-tinh-2023"]),
        ("q=khong+co", []),
        ("q=%25", []),
        ("q=%00", ALL),
        ("don_vi=ha-tinh", ["ha-tinh-2023", "ha-tinh-so-ket"]),
        ("don_vi=ha+tinh", ["ha-tinh-2023", "ha-tinh-so-ket"]),
        ("don_vi=b%E1%BA%AFc+k%E1%BA%A1n", ["bac-kan-2020"]),
        ("don_vi=thai+nguyen", ["bac-kan-2020"]),
        ("ky=nam-2023", ["ha-tinh-2023"]),
        ("ky=6-thang-dau-nam-2023", ["ha-tinh-so-ket"]),
        ("loai=so-ket", ["ha-tinh-so-ket"]),
        ("loai=tong-ket", ["ha-tinh-2023", "bac-kan-2020"]),
        ("loai=chuyen-de", []),
        ("loai=tong-ket&don_vi=ha-tinh", ["ha-tinh-2023"]),
        ("ky=abc", ALL),
        ("ky=abc&loai=so-ket", ["ha-tinh-so-ket"]),
        ("ky=%00&loai=%F0%9F%98%80", ALL),
    ],
)
def test_what_is_found(query, found):
    assert slugs(query) == found


def test_values_that_mean_nothing_are_named_and_not_marked_wrong():
    filters = filtered("ky=abc&loai=x&q=tiếp")
    assert filters.ignored == ["ky", "loai"]
    assert filters.form.errors == {} and "ky" not in filters.data


def test_a_filter_can_be_dropped_by_its_chip():
    chips = filtered("q=dân&don_vi=ha-tinh&ky=nam-2023&loai=tong-ket&trang=3").chips("/bao-cao/")
    assert [(chip.label, chip.value) for chip in chips] == [
        ("Từ khoá", "dân"),
        ("Đơn vị", "Tỉnh uỷ Hà Tĩnh"),
        ("Kỳ", "năm 2023"),
        ("Loại", "Tổng kết"),
    ]
    assert chips[2].url == "/bao-cao/?q=d%C3%A2n&don_vi=ha-tinh&loai=tong-ket"


def test_the_last_chip_leads_to_the_whole_list():
    assert [chip.url for chip in filtered("q=dân").chips("/bao-cao/")] == ["/bao-cao/"]


def test_an_empty_list_shows_what_dropping_one_filter_would_find():
    filters = filtered("q=doi+thoai&don_vi=ha-tinh&loai=tong-ket")
    ways = filters.ways_out(filters.chips("/bao-cao/"))
    assert [(way.chip.name, way.count) for way in ways] == [("q", 1), ("don_vi", 1)]


def test_one_filter_alone_has_no_way_but_dropping_it():
    filters = filtered("q=khong+co")
    assert filters.ways_out(filters.chips("/bao-cao/")) == []


def test_only_periods_with_something_published_can_be_chosen():
    assert [label for _key, label in filtered("").form.fields["ky"].choices][1:] == [
        "năm 2023",
        "6 tháng đầu năm 2023",
        "năm 2020",
    ]


def test_long_words_are_cut():
    (chip,) = filtered("q=" + "a" * 10_000).chips("/bao-cao/")
    assert chip.value == "a" * 200
