"""From tables to units: who stays, who ends, what is taken over, what is left, and when nothing is written."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from models_dv.enums import SuccessionKind, UnitLevel, UnitType
from models_dv.importers.catalogue.tables import Territory
from models_dv.importers.catalogue.writing import CatalogueRefused, import_catalogue
from models_dv.models import AuditEntry, Unit, UnitPath, UnitSuccession, UnitVersion
from tests.factories.world import make_commune, make_province
from tests.models_dv.importers.small_catalogue import CITY_ON, small_catalogue, write_tables

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
START = date(2020, 1, 1)


def told(code: str) -> list[tuple]:
    """(day, name, unit above) of every version of a unit."""
    rows = UnitVersion.objects.filter(unit__code=code).order_by("valid_from")
    return list(rows.values_list("valid_from", "name", "parent__code"))


def edges() -> list[tuple]:
    """(old, new, kind) of every succession."""
    rows = UnitSuccession.objects.values_list("predecessor__code", "successor__code", "kind")
    return sorted(rows)


def real_unit(
    code: str, territory: str, *versions: tuple[date, str], ended_on=None, level="province"
) -> Unit:
    """A unit that somebody entered."""
    unit = Unit.objects.create(code=code, territory_code=territory, ended_on=ended_on)
    for day, name in versions:
        UnitVersion.objects.create(
            unit=unit,
            valid_from=day,
            name=name,
            short_name=name,
            place_name=name,
            type=UnitType.PROVINCE,
            level=level,
            issuer_name="Ban",
            header_issuer="Ban",
            head_post="Trưởng ban",
            symbol="RIENG",
        )
    return unit


# --- who stays, who ends --------------------------------------------------------------------------------


def test_a_merger_ends_the_old_provinces_and_makes_a_new_one():
    import_catalogue(small_catalogue())
    assert told("hung-yen-truoc-2025") == [(START, "Tỉnh uỷ Hưng Yên", None)]
    assert told("hung-yen") == [(AFTER, "Tỉnh uỷ Hưng Yên", None)]
    ended = Unit.objects.get(code="thai-binh")
    assert (ended.ended_on, ended.territory_code) == (AFTER, "34")
    assert ("thai-binh", "hung-yen", SuccessionKind.MERGE) in edges()


def test_a_province_of_the_same_extent_stays_one_unit_through_its_changes():
    import_catalogue(small_catalogue())
    assert told("quang-ninh") == [
        (START, "Tỉnh uỷ Quảng Ninh", None),
        (AFTER, "Tỉnh uỷ Quảng Ninh", None),
        (CITY_ON, "Thành uỷ Quảng Ninh", None),
    ]
    versions = Unit.objects.get(code="quang-ninh").versions.order_by("valid_from")
    assert [(v.symbol, v.header_issuer, v.type) for v in versions] == [
        ("BDVTU", "Ban Dân vận", "province"),
        ("BTGDVTU", "Ban Tuyên giáo và Dân vận", "province"),
        ("BTGDVTU", "Ban Tuyên giáo và Dân vận", "city"),
    ]
    assert versions[2].legal_basis.startswith("Nghị quyết số 36/2026/QH16 ngày 24/8/2026, hiệu lực 01/9/2026")


def test_districts_end_with_june_2025_with_a_reason():
    import_catalogue(small_catalogue())
    district = Unit.objects.get(code="huyen-khoai-chau-330-truoc-2025")
    assert told(district.code) == [(START, "Huyện uỷ Khoái Châu", "hung-yen-truoc-2025")]
    assert (district.ended_on, district.end_basis[:18]) == (AFTER, "Kết thúc hoạt động")
    assert UnitVersion.objects.get(unit__territory_code="193").name == "Thành uỷ Hạ Long"


def test_communes_merge_and_divide_with_edges_of_their_kind():
    import_catalogue(small_catalogue())
    of_communes = [edge for edge in edges() if edge[1] not in {"hung-yen"}]
    assert of_communes == [
        ("huyen-dao-xa-199-truoc-2025", "dac-khu-dao-xa-19999", SuccessionKind.RETYPE),
        ("thi-tran-b-10002-truoc-2025", "phuong-tan-lap-10002", SuccessionKind.MERGE),
        ("xa-a-10001-truoc-2025", "phuong-tan-lap-10002", SuccessionKind.MERGE),
        ("xa-c-10003-truoc-2025", "phuong-tan-lap-10002", SuccessionKind.PARTIAL),
        ("xa-c-10003-truoc-2025", "xa-vinh-hoa-10003", SuccessionKind.SPLIT),
    ]


def test_a_commune_that_only_changed_its_name_stays_one_unit():
    import_catalogue(small_catalogue())
    assert told("xa-d-moi-10004") == [
        (START, "Đảng uỷ xã D", "huyen-kien-xuong-344-truoc-2025"),
        (AFTER, "Đảng uỷ xã Đ mới", "hung-yen"),
    ]


def test_how_a_commune_is_written_and_signs():
    import_catalogue(small_catalogue())
    first, second, third = Unit.objects.get(code="phuong-4-10005").versions.order_by("valid_from")
    assert (first.name, first.short_name, first.place_name) == ("Đảng uỷ Phường 4", "Phường 4", "Phường 4")
    assert (first.symbol, first.signing_form, first.signing_authority) == ("ĐU", "committee", "Ban Thường vụ")
    assert [version.header_superior for version in (first, second, third)] == [
        "Đảng bộ thành phố Hạ Long",
        "Đảng bộ tỉnh Quảng Ninh",
        "Đảng bộ thành phố Quảng Ninh",
    ]
    assert third.valid_from == CITY_ON


def test_the_tree_is_that_of_the_day():
    import_catalogue(small_catalogue())
    province, old = Unit.objects.get(code="hung-yen"), Unit.objects.get(code="thai-binh")
    assert sorted(Unit.objects.descendants_of(province, AFTER).values_list("territory_code", flat=True)) == [
        "10002",
        "10003",
        "10004",
    ]
    assert Unit.objects.descendants_of(old, BEFORE).count() == 3
    assert not UnitPath.objects.current(AFTER).filter(unit=old).exists()


# --- again, and beside what is there --------------------------------------------------------------------


def test_a_second_import_changes_nothing():
    first = import_catalogue(small_catalogue())
    units = list(UnitVersion.objects.order_by("pk").values())
    second = import_catalogue(small_catalogue())
    assert (first.units, first.edges, first.adopted) == (16, 7, 0)
    assert (second.is_change, second.adopted, second.left) == (False, 16, [])
    assert list(UnitVersion.objects.order_by("pk").values()) == units
    row = AuditEntry.objects.get(action="Nhập danh mục đơn vị")
    assert (row.actor, row.after) == (None, {"đơn vị": 16, "phiên bản": 22, "kế thừa": 7})


def test_a_dry_run_says_the_same_and_writes_nothing():
    outcome = import_catalogue(small_catalogue(), dry_run=True)
    assert (outcome.units, outcome.versions, outcome.edges) == (16, 22, 7)
    assert not Unit.objects.exists()
    assert not AuditEntry.objects.exists()


def test_units_of_the_same_code_level_and_time_are_taken_over_as_they_are():
    old = real_unit("hy-cu", "33", (START, "Hưng Yên xưa"), ended_on=AFTER)
    new = real_unit("hy", "33", (AFTER, "Hưng Yên nay"))
    edge = UnitSuccession.objects.create(predecessor=old, successor=new, kind="merge", on=AFTER)
    outcome = import_catalogue(small_catalogue())
    assert (outcome.adopted, outcome.completed) == (2, [])
    assert [told("hy-cu"), told("hy")] == [[(START, "Hưng Yên xưa", None)], [(AFTER, "Hưng Yên nay", None)]]
    assert UnitSuccession.objects.get(predecessor=old) == edge
    assert told("xa-vinh-hoa-10003") == [(AFTER, "Đảng uỷ xã Vĩnh Hoà", "hy")]


def test_a_body_of_the_same_territory_is_not_taken_for_its_committee():
    body = real_unit("ubnd-hung-yen", "33", (AFTER, "UBND tỉnh Hưng Yên"))
    body.versions.update(type=UnitType.BODY)
    assert import_catalogue(small_catalogue()).adopted == 0


def test_a_province_entered_from_a_later_day_gets_what_came_before():
    real_unit("qn", "22", (AFTER, "Tỉnh uỷ Quảng Ninh"))
    outcome = import_catalogue(small_catalogue())
    assert outcome.completed == ["qn"]
    assert told("qn") == [
        (START, "Tỉnh uỷ Quảng Ninh", None),
        (AFTER, "Tỉnh uỷ Quảng Ninh", None),
        (CITY_ON, "Thành uỷ Quảng Ninh", None),
    ]
    last = Unit.objects.get(code="qn").current
    assert (last.symbol, last.issuer_name) == ("RIENG", "Ban Tuyên giáo và Dân vận Thành uỷ")


def test_a_later_change_of_an_administrator_is_kept_and_told():
    catalogue = small_catalogue()
    changes, catalogue.changes = catalogue.changes, {}
    catalogue.provinces["22"] = Territory("22", "Quảng Ninh", "tinh")
    import_catalogue(catalogue)
    Unit.objects.get(code="quang-ninh").versions.filter(valid_from=AFTER).update(name="Tỉnh uỷ Hạ Long")
    catalogue = small_catalogue()
    assert changes == catalogue.changes
    outcome = import_catalogue(catalogue)
    assert told("quang-ninh")[1:] == [(AFTER, "Tỉnh uỷ Hạ Long", None)]
    assert outcome.left == [
        "quang-ninh: giữ “Tỉnh uỷ Hạ Long”, không ghi “Thành uỷ Quảng Ninh” từ 01/09/2026"
    ]


def test_a_day_that_was_mended_stays_mended():
    import_catalogue(small_catalogue())
    commune = UnitVersion.objects.filter(unit__code="xa-d-moi-10004")
    commune.filter(valid_from=START).update(valid_from=date(2021, 3, 1))
    city = UnitVersion.objects.filter(unit__code="quang-ninh", valid_from=CITY_ON)
    city.update(valid_from=date(2026, 9, 15))
    assert import_catalogue(small_catalogue()).is_change is False


def test_an_edge_that_was_removed_stays_removed():
    import_catalogue(small_catalogue())
    UnitSuccession.objects.filter(kind=SuccessionKind.PARTIAL).delete()
    assert import_catalogue(small_catalogue()).is_change is False


def test_a_unit_that_ended_since_is_not_opened_again():
    import_catalogue(small_catalogue())
    Unit.objects.filter(code="phuong-4-10005").update(
        ended_on=date(2026, 8, 1), end_basis="Nhập vào Phường 5"
    )
    UnitVersion.objects.filter(unit__code="phuong-4-10005", valid_from=CITY_ON).delete()
    outcome = import_catalogue(small_catalogue())
    assert outcome.is_change is False


def test_illustrative_units_are_not_touched():
    province = make_province("minh-hoa", "Hưng Yên", territory_code="33")
    make_commune(province, "A", territory_code="10001")
    before = list(UnitVersion.objects.values())
    outcome = import_catalogue(small_catalogue())
    assert outcome.adopted == 0
    assert list(UnitVersion.objects.filter(unit__illustrative=True).values()) == before


# --- nothing is written -----------------------------------------------------------------------------------


def refused(catalogue) -> list[str]:
    with pytest.raises(CatalogueRefused) as refusal:
        import_catalogue(catalogue)
    return refusal.value.problems


def test_tables_with_an_orphan_are_refused():
    catalogue = small_catalogue()
    del catalogue.districts_before["344"]
    assert refused(catalogue) == [
        "10003: không có địa bàn cấp trên 344",
        "10004: không có địa bàn cấp trên 344",
    ]
    assert not Unit.objects.exists()


def test_tables_with_a_loose_edge_are_refused():
    catalogue = small_catalogue()
    catalogue.edges.pop()
    assert refused(catalogue) == ["19999: không có địa bàn tiền thân"]


def test_a_tree_that_does_not_hold_is_refused_and_nothing_is_left():
    province = real_unit("hy", "33", (AFTER, "Tỉnh uỷ Hưng Yên"))
    Unit.objects.filter(pk=province.pk).update(ended_on=date(2026, 1, 1))
    problems = refused(small_catalogue())
    assert problems[0] == "phuong-tan-lap-10002: đơn vị cấp trên hy không có suốt thời gian từ 01/07/2025."
    assert len(problems) == 4
    assert list(Unit.objects.values_list("code", flat=True)) == ["hy"]


def test_units_that_overlap_or_ended_without_reason_are_refused():
    import_catalogue(small_catalogue())
    Unit.objects.filter(code="huyen-khoai-chau-330-truoc-2025").update(end_basis="")
    Unit.objects.filter(code="thai-binh").update(end_basis="")
    UnitVersion.objects.filter(unit__code="phuong-tan-lap-10002").update(valid_from=BEFORE)
    problems = refused(small_catalogue())
    assert [problem for problem in problems if "cấp trên" not in problem] == [
        "Mã địa bàn 10002: thi-tran-b-10002-truoc-2025 và phuong-tan-lap-10002 cùng tồn tại ngày 30/06/2025.",
        "huyen-khoai-chau-330-truoc-2025: đã kết thúc nhưng không có đơn vị kế thừa hay căn cứ kết thúc.",
    ]


def test_a_code_taken_by_another_unit_is_named():
    real_unit("hung-yen", "", (AFTER, "Tỉnh uỷ Hưng Yên"))
    (problem,) = refused(small_catalogue())
    assert problem.startswith(
        "Mã đơn vị hung-yen đã dùng cho đơn vị khác. Nếu là cùng địa bàn, ghi mã địa bàn 33"
    )


def test_two_units_of_one_territory_and_time_are_named():
    real_unit("hy-1", "33", (AFTER, "Một"))
    real_unit("hy-2", "33", (AFTER, "Hai"))
    (problem,) = refused(small_catalogue())
    assert problem.startswith("Mã địa bàn 33: hai đơn vị hy-1 và hy-2 cùng cấp, cùng thời gian.")


# --- the command ------------------------------------------------------------------------------------------


@pytest.fixture
def command(tmp_path):
    """Run the command on the small tables; what it said, line by line."""
    write_tables(small_catalogue(), tmp_path)

    def run(*options) -> list[str]:
        out = io.StringIO()
        call_command("import_units", "--tables", str(tmp_path), *options, stdout=out)
        return out.getvalue().splitlines()

    return run


def test_the_command_says_what_it_did(command):
    assert command() == [
        "Danh mục: 2 tỉnh, thành phố; 5 xã, phường, đặc khu. Trước 01/7/2025: 3 tỉnh, thành phố; 4 huyện; 5 xã; "
        "7 quan hệ cũ → mới.",
        "Tạo 2 đơn vị: tỉnh, thành phố trước 01/7/2025.",
        "Tạo 4 đơn vị: huyện, quận, thị xã, thành phố trước 01/7/2025.",
        "Tạo 3 đơn vị: xã, phường, thị trấn trước 01/7/2025.",
        "Tạo 2 đơn vị: tỉnh, thành phố hiện nay.",
        "Tạo 5 đơn vị: xã, phường, đặc khu hiện nay.",
        "Ghi 16 đơn vị, 22 phiên bản, 7 quan hệ kế thừa.",
        "Đã kiểm tra: đơn vị nào cũng có cấp trên; không chồng thời gian; đã kết thúc thì có kế thừa hoặc lý do.",
    ]
    assert command()[1:3] == ["Nhận 16 đơn vị đã có.", "Không có gì thay đổi."]


def test_a_dry_run_says_so(command):
    assert command("--dry-run")[-1] == "Chạy thử: chưa ghi gì."
    assert not Unit.objects.exists()


def test_the_command_fails_with_the_reasons(command):
    real_unit("hung-yen", "", (AFTER, "Tỉnh uỷ Hưng Yên"), level=UnitLevel.PROVINCE)
    with pytest.raises(CommandError, match="Không ghi gì, vì:\n- Mã đơn vị hung-yen đã dùng"):
        command()
