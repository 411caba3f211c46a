"""Finding a unit: any name it ever had, codes, the unit above; the exact name first."""

from datetime import date

import pytest

from models_dv.domain.unit_search import ENDED, EXACT, FORMER, STANDING, find_units
from models_dv.models import Unit, UnitVersion
from tests.factories.world import make_commune, make_province

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture
def units():
    """Two provinces; Tân Lập in both, and names that hold it."""
    made = {}
    for code, place in (("an-binh", "An Bình"), ("thai-lam", "Thái Lâm")):
        made[code] = make_province(code, place)
    for code, above, place in (
        ("lap-1", "an-binh", "Tân Lập"),
        ("lap-2", "thai-lam", "Tân Lập"),
        ("dong", "an-binh", "Tân Lập Đông"),
        ("cu", "an-binh", "Phú Lâm"),
        ("het", "an-binh", "Tân Lập Hạ"),
    ):
        made[code] = make_commune(made[above], place, code=code)
    Unit.objects.filter(code="het").update(ended_on=date(2025, 7, 1))
    renamed = UnitVersion.objects.get(unit__code="cu")
    renamed.pk, renamed.valid_from = None, date(2025, 7, 1)
    renamed.name, renamed.short_name, renamed.issuer_name = ("Đảng uỷ xã Mới", "Xã Mới", "Đảng uỷ xã Mới")
    renamed.save()
    return made


def found(typed: str) -> list[tuple[str, int]]:
    return [(unit.code, unit.rank) for unit in find_units(Unit.objects.all(), typed, TODAY)]


def test_the_exact_name_comes_first_then_those_that_hold_it_then_ended_ones(units):
    assert found("tan lap") == [("lap-1", EXACT), ("lap-2", EXACT), ("dong", STANDING), ("het", ENDED)]


@pytest.mark.parametrize("typed", ["Xã Tân Lập", "đảng uỷ xã tân lập", "TÂN LẬP", "  tân   lập "])
def test_with_or_without_the_kind_and_accents(units, typed):
    assert [row for row in found(typed) if row[1] == EXACT] == [("lap-1", EXACT), ("lap-2", EXACT)]


def test_a_former_name(units):
    assert found("phu lam") == [("cu", FORMER)]
    assert found("xa moi") == [("cu", EXACT)]


def test_the_unit_above_narrows(units):
    assert found("tan lap an binh") == [("lap-1", STANDING), ("dong", STANDING), ("het", ENDED)]
    assert found("an binh") == [("an-binh", EXACT)]


def test_codes(units):
    Unit.objects.filter(code="lap-2").update(territory_code="00004")
    assert found("lap-2") == [("lap-2", EXACT)]
    assert found("00004") == [("lap-2", EXACT)]
    assert found("0000") == [("lap-2", STANDING)]


def test_short_words_begin_a_word(units):
    assert found("ap") == []
    assert found("th") == [("thai-lam", STANDING)]


def test_nothing_typed_finds_all(units):
    assert len(find_units(Unit.objects.all(), " ", TODAY)) == 7


@pytest.mark.parametrize("typed", ["%", "_", "x" * 5000, "zz"])
def test_what_stands_nowhere(units, typed):
    assert found(typed) == []


@pytest.fixture
def catalogue():
    """Names as the national catalogue has them: provinces, districts and communes that share a name."""
    thai_binh, hue = make_province("thai-binh", "Thái Bình"), make_province("hue", "Thừa Thiên Huế")
    make_province("brvt", "Bà Rịa - Vũng Tàu")
    named(make_province("hcm", "Hồ Chí Minh"), "Thành uỷ Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh")
    named(make_commune(thai_binh, "Thủ Thừa", code="thu-thua"), "Huyện uỷ Thủ Thừa", "Huyện Thủ Thừa")
    named(make_commune(hue, "Hương Thuỷ", code="huong-thuy"), "Huyện uỷ Hương Thuỷ", "Huyện Hương Thuỷ")
    named(make_commune(thai_binh, "Thái Bình", code="tp"), "Thành uỷ Thái Bình", "Thành phố Thái Bình")
    make_commune(hue, "Thái Bình", code="xa")
    make_commune(hue, "Ân Thi", code="an-thi")
    Unit.objects.filter(code="thai-binh").update(ended_on=date(2025, 7, 1))


def named(unit, name: str, short_name: str):
    for version in unit.versions.all():
        version.name, version.short_name, version.issuer_name = name, short_name, f"Ban Dân vận {name}"
        version.save()


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("huyện Thủ Thừa", ["thu-thua"]),
        ("H. Thủ Thừa", ["thu-thua"]),
        ("Huyện uỷ Thủ Thừa", ["thu-thua"]),
        ("Thái Bình", ["thai-binh", "tp", "xa"]),
        ("tỉnh Thái Bình", ["thai-binh"]),
        ("TP. Thái Bình", ["tp"]),
        ("Bà Rịa - Vũng Tàu", ["brvt"]),
        ("tỉnh Bà Rịa–Vũng Tàu", ["brvt"]),
        ("ba ria vung tau", ["brvt"]),
        ("TP Hồ Chí Minh", ["hcm"]),
        ("Thành uỷ Hồ Chí Minh", ["hcm"]),
        ("tp hcm", ["hcm"]),
        ("TP.HCM", ["hcm"]),
    ],
)
def test_as_people_write_it_the_unit_itself_comes_first(catalogue, typed, codes):
    assert [code for code, rank in found(typed) if rank == EXACT] == codes
    assert found(typed)[0][0] == codes[0]


def test_a_kind_within_a_name_is_no_kind(catalogue):
    assert [rank for _code, rank in found("an")] == [STANDING]
