"""Names after a change, made from those of the unit that goes on."""

import pytest

from models_dv.domain.reorganisation.kinds import folded, kind_and_place, spoken
from models_dv.domain.reorganisation.naming import header_below, names_after
from models_dv.models import UnitVersion


def version(land, code) -> UnitVersion:
    return land[code].versions.order_by("-valid_from").first()


@pytest.mark.parametrize(
    ("code", "kind", "place", "name", "issuer", "superior"),
    [
        (
            "phu-lam",
            "xã",
            "Phú Lâm Hạ",
            "Đảng uỷ xã Phú Lâm Hạ",
            "Đảng uỷ xã Phú Lâm Hạ",
            "Đảng bộ tỉnh An Bình",
        ),
        (
            "phu-lam",
            "phường",
            "Phú Lâm",
            "Đảng uỷ phường Phú Lâm",
            "Đảng uỷ phường Phú Lâm",
            "Đảng bộ tỉnh An Bình",
        ),
        ("phuong-4", "phường", "14", "Đảng uỷ phường 14", "Đảng uỷ phường 14", "Đảng bộ tỉnh An Bình"),
        (
            "an-binh",
            "thành phố",
            "An Hoà",
            "Thành uỷ An Hoà",
            "Ban Tuyên giáo và Dân vận Thành uỷ",
            "Thành uỷ An Hoà",
        ),
        ("vu-thu", "thị xã", "Vũ Thư", "Thị uỷ Vũ Thư", "Thị uỷ Vũ Thư", "Đảng bộ tỉnh An Bình"),
        ("vu-thu", "thành phố", "Vũ Thư", "Thành uỷ Vũ Thư", "Thành uỷ Vũ Thư", "Đảng bộ tỉnh An Bình"),
        ("vu-thu", "xã", "Vũ Thư", "Đảng uỷ xã Vũ Thư", "Đảng uỷ xã Vũ Thư", "Đảng bộ tỉnh An Bình"),
    ],
)
def test_names(land, code, kind, place, name, issuer, superior):
    fields = names_after(version(land, code), kind, place)
    assert (fields["name"], fields["issuer_name"], fields["header_superior"]) == (name, issuer, superior)
    assert fields["short_name"] == f"{kind.capitalize()} {place}"


def test_a_town_stays_at_its_level(land):
    row = version(land, "vu-thu")
    fields = names_after(row, "thành phố", "Vũ Thư")
    assert (fields["type"], fields["level"]) == ("town", "district")
    assert names_after(version(land, "an-binh"), "thành phố", "An Bình")["level"] == "province"


def test_a_unit_with_the_name_of_its_province_keeps_the_line_of_the_province(land):
    row = version(land, "phu-lam")
    row.name = row.issuer_name = row.header_issuer = "Đảng uỷ xã An Bình"
    row.short_name, row.place_name = "Xã An Bình", "An Bình"
    fields = names_after(row, "xã", "An Hoà")
    assert (fields["name"], fields["header_superior"]) == ("Đảng uỷ xã An Hoà", "Đảng bộ tỉnh An Bình")


def test_the_line_of_the_body_above(land):
    row, above = version(land, "phu-lam"), version(land, "an-binh")
    new = version(land, "binh-yen")
    assert header_below(row, above, new) == "Đảng bộ tỉnh Bình Yên"
    assert header_below(row, None, new) == "Đảng bộ tỉnh An Bình"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Xã Phú Lâm", ("xã", "Phú Lâm")),
        ("Thị xã Kỳ Anh", ("thị xã", "Kỳ Anh")),
        ("Thành phố Hồ Chí Minh", ("thành phố", "Hồ Chí Minh")),
        ("phường 1", ("phường", "1")),
        ("Công an tỉnh", ("", "Công an tỉnh")),
        ("Xã", ("", "Xã")),
    ],
)
def test_kind_and_place(name, parts):
    assert kind_and_place(name) == parts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hoà Bình", "Hòa Bình", True),
        ("Thuỷ", "Thủy", True),
        ("Phường 01", "phường 1", True),
        ("Văn Miếu - Quốc Tử Giám", "Văn Miếu – Quốc Tử Giám", True),
        ("Ea H’Leo", "Ea H'leo", True),
        ("Tân Lập", "Tân Lấp", False),
        ("Hoa Bình", "Hoà Bình", False),
        ("Đắk Lắk", "Dak Lak", False),
    ],
)
def test_spellings_of_one_name(one, other, same):
    assert (spoken(one) == spoken(other)) is same
    if same:
        assert folded(one) == folded(other)
