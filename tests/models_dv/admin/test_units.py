"""Units in the admin: versions through time, the tree, search, what is written down."""

from datetime import date

import pytest

from models_dv.domain.units import rebuild_paths
from models_dv.models import AuditEntry, Unit, UnitPath, UnitRole, UnitSuccession, UnitVersion
from models_dv.scopes import paths_of
from tests.factories.world import make_commune, make_province, make_user
from tests.models_dv.admin.pages import change, errors_of, messages_of, rows_of, text_of

LIST, ADD = "/quan-tri/models_dv/unit/", "/quan-tri/models_dv/unit/add/"


def page_of(unit) -> str:
    return f"{LIST}{unit.pk}/change/"


@pytest.fixture
def province(db):
    return make_province()


@pytest.fixture
def commune(province):
    unit = make_commune(province, "Phú Lâm", code="xa-1")
    rebuild_paths()
    return unit


def new_unit(parent, **typed):
    """What an administrator types for a new commune."""
    first = {
        "valid_from": "05/02/2026",
        "name": "Đảng uỷ xã Đức Thịnh",
        "short_name": "Xã Đức Thịnh",
        "place_name": "Đức Thịnh",
        "type": "commune",
        "level": "commune",
        "parent": parent.pk if parent else "",
        "issuer_name": "Đảng uỷ xã Đức Thịnh",
        "header_issuer": "Đảng uỷ xã Đức Thịnh",
        "signing_form": "committee",
        "signing_authority": "Ban Thường vụ",
        "head_post": "Bí thư",
        "deputy_post": "Phó Bí thư",
        **typed,
    }
    return {"code": "duc-thinh", **{f"versions-0-{name}": value for name, value in first.items()}}


def second_version(old, **typed):
    """What is typed into a second version of a unit: as the first, with changes."""
    names = [field.name for field in UnitVersion._meta.concrete_fields if field.editable]
    first = old.versions.get()
    values = {name: getattr(first, name) for name in names if name not in ("id", "unit", "parent")}
    values |= {"parent": first.parent_id or "", "unit": old.pk, "id": "", **typed}
    return {"versions-TOTAL_FORMS": "2", **{f"versions-1-{name}": value for name, value in values.items()}}


def test_a_new_unit_with_its_first_version(admin_pages, administrator, province):
    change(admin_pages, ADD, new_unit(province))
    unit = Unit.objects.get(code="duc-thinh")
    version = unit.versions.get()
    assert (version.valid_from, version.parent, version.name_folded[:20]) == (
        date(2026, 2, 5),
        province,
        "dang uy xa duc thinh",
    )
    assert paths_of([unit.pk], date(2026, 2, 5)) == [f"{province.pk:08d}{unit.pk:08d}"]
    (entry,) = AuditEntry.objects.all()
    assert (entry.actor, entry.action, entry.object_label) == (
        administrator,
        "Thêm đơn vị",
        "Đảng uỷ xã Đức Thịnh",
    )
    assert entry.before == {}
    assert entry.after["mã đơn vị"] == "duc-thinh"
    assert entry.after["phiên bản từ 05/02/2026"]["đơn vị cấp trên"] == "Tỉnh uỷ An Bình (an-binh)"


def test_a_name_typed_with_eth_and_loose_marks_is_stored_in_its_one_form(admin_pages, province):
    typed = {"versions-0-short_name": "Xã \u00d0ư\u0301c Thịnh"}
    change(admin_pages, ADD, new_unit(province) | typed)
    assert Unit.objects.get(code="duc-thinh").versions.get().short_name == "Xã Đức Thịnh"


def test_a_change_of_one_field_writes_that_field_only(admin_pages, commune):
    change(admin_pages, page_of(commune), {"territory_code": "00004"})
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.before, entry.after) == (
        "Sửa đơn vị",
        {"mã địa bàn": ""},
        {"mã địa bàn": "00004"},
    )


def test_a_change_of_a_row_writes_one_entry_about_the_unit(admin_pages, commune):
    change(admin_pages, page_of(commune), {"versions-0-symbol": "ĐU"})
    assert AuditEntry.objects.count() == 0  # the symbol was ĐU already
    change(admin_pages, page_of(commune), {"versions-0-symbol": "ĐUX", "illustrative": ""})
    (entry,) = AuditEntry.objects.all()
    assert (entry.object_type, entry.object_id) == ("models_dv.Unit", str(commune.pk))
    assert entry.before == {"dữ liệu minh hoạ": True, "phiên bản từ 01/01/2020": {"ký hiệu": "ĐU"}}
    assert entry.after == {"dữ liệu minh hoạ": False, "phiên bản từ 01/01/2020": {"ký hiệu": "ĐUX"}}


def test_a_second_version_ends_the_first_and_moves_the_unit(admin_pages, commune):
    other = make_province("binh-yen", "Bình Yên")
    change(admin_pages, page_of(commune), second_version(commune, valid_from="01/07/2025", parent=other.pk))
    assert paths_of([commune.pk], date(2025, 6, 30))[0].startswith(
        f"{commune.versions.first().parent_id:08d}"
    )
    assert paths_of([commune.pk], date(2025, 7, 1)) == [f"{other.pk:08d}{commune.pk:08d}"]
    page = text_of(admin_pages.get(page_of(commune)))
    assert "Đến ngày: 01/07/2025" in page and "Đến ngày: nay" in page
    (entry,) = AuditEntry.objects.all()
    assert entry.before == {}
    assert list(entry.after) == ["phiên bản từ 01/07/2025"]


def test_the_tree_is_laid_out_only_when_it_changes(admin_pages, commune):
    before = set(UnitPath.objects.values_list("pk", flat=True))
    change(admin_pages, page_of(commune), {"versions-0-name": "Đảng uỷ xã Phú Lâm mới"})
    assert set(UnitPath.objects.values_list("pk", flat=True)) == before
    change(admin_pages, page_of(commune), {"ended_on": "01/07/2025"})
    assert paths_of([commune.pk], date(2025, 7, 1)) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"valid_from": "01/01/2019"},
            "“Tỉnh uỷ An Bình” chỉ có từ 01/01/2020. Chọn đơn vị khác hoặc lùi ngày có hiệu lực.",
        ),
        ({"valid_from": "30/02/2026"}, "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"),
        ({"valid_from": "02/13/2026"}, "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"),
        ({"valid_from": ""}, "Chưa nhập mục này"),
        ({"name": ""}, "Chưa nhập mục này"),
    ],
)
def test_what_cannot_be_saved(admin_pages, province, typed, sentence):
    answer = change(admin_pages, ADD, new_unit(province, **typed))
    assert errors_of(answer) == [sentence]
    assert not Unit.objects.filter(code="duc-thinh").exists()
    assert AuditEntry.objects.count() == 0


def test_a_parent_that_has_ended(admin_pages, province):
    Unit.objects.filter(pk=province.pk).update(ended_on=date(2025, 7, 1))
    answer = change(admin_pages, ADD, new_unit(province))
    assert errors_of(answer) == ["“Tỉnh uỷ An Bình” đã kết thúc ngày 01/07/2025. Chọn đơn vị khác."]


def test_an_end_before_the_beginning(admin_pages, province):
    answer = change(admin_pages, ADD, {**new_unit(province), "ended_on": "05/02/2026"})
    assert errors_of(answer) == ["Đơn vị kết thúc ngày 05/02/2026: phiên bản phải bắt đầu trước ngày đó."]


def test_codes_of_units_and_territories(admin_pages, province):
    answer = change(admin_pages, ADD, {**new_unit(province), "code": "Đức Thịnh", "territory_code": "4a"})
    assert errors_of(answer) == [
        "Mã đơn vị chỉ gồm chữ thường không dấu, chữ số, dấu - và _, ví dụ ha-tinh.",
        "Mã địa bàn chỉ gồm chữ số, ví dụ 01 hoặc 00004.",
    ]


def test_the_code_stays(admin_pages, commune):
    change(admin_pages, page_of(commune), {"code": "xa-khac"})
    commune.refresh_from_db()
    assert commune.code == "xa-1"


def test_a_unit_without_a_version(admin_pages, province):
    answer = change(admin_pages, ADD, {"code": "duc-thinh"})
    assert errors_of(answer) == ["Thêm ít nhất một phiên bản: đơn vị phải có tên và cấp từ một ngày."]


def test_a_unit_under_itself(admin_pages, commune, province):
    answer = change(admin_pages, page_of(province), {"versions-0-parent": commune.pk})
    assert errors_of(answer) == [
        "“Đảng uỷ xã Phú Lâm” nằm dưới chính đơn vị này từ 01/01/2020. Chọn đơn vị không thuộc nhánh này."
    ]


def test_a_cycle_that_would_close_later(admin_pages, commune, province):
    other = make_province("binh-yen", "Bình Yên")
    moved = UnitVersion.objects.get(unit=commune)
    moved.pk, moved.valid_from, moved.parent = None, date(2026, 3, 1), other
    moved.save()
    # From 2020 on the other province under the commune: it closes on the day the commune moved under it.
    answer = change(admin_pages, page_of(other), {"versions-0-parent": commune.pk})
    assert errors_of(answer) == [
        "“Đảng uỷ xã Phú Lâm” nằm dưới chính đơn vị này từ 01/03/2026. Chọn đơn vị không thuộc nhánh này."
    ]


def test_a_first_version_after_those_below(admin_pages, commune, province):
    answer = change(admin_pages, page_of(province), {"versions-0-valid_from": "01/07/2025"})
    assert errors_of(answer) == [
        "1 phiên bản đơn vị cấp dưới bắt đầu từ 01/01/2020, trước khi đơn vị này có (01/07/2025). "
        "Lùi ngày của phiên bản đầu."
    ]


def test_ending_a_unit_with_others_below_says_so(admin_pages, commune, province):
    change(admin_pages, page_of(province), {"ended_on": "01/07/2025"})
    assert messages_of(admin_pages.get(LIST))[0] == (
        "1 đơn vị cấp dưới chưa có phiên bản mới từ 01/07/2025: từ ngày đó chúng đứng ngoài cây. "
        "Thêm phiên bản với đơn vị cấp trên mới cho từng đơn vị."
    )


def test_a_succession_is_entered_from_either_side(admin_pages, commune, province):
    other = make_commune(province, "Tân Hoà", code="xa-2")
    edge = {
        "predecessor_edges-TOTAL_FORMS": "1",
        "predecessor_edges-0-predecessor": other.pk,
        "predecessor_edges-0-kind": "merge",
        "predecessor_edges-0-on": "01/07/2025",
        "predecessor_edges-0-successor": commune.pk,
    }
    change(admin_pages, page_of(commune), edge)
    assert UnitSuccession.objects.get().predecessor == other
    (entry,) = AuditEntry.objects.all()
    (row,) = entry.after.values()
    assert row == {
        "đơn vị cũ": "Đảng uỷ xã Tân Hoà (xa-2)",
        "cách thay đổi": "Sáp nhập",
        "ngày thay đổi": "2025-07-01",
    }
    assert "Đảng uỷ xã Phú Lâm – Tỉnh uỷ An Bình (xa-1)" in text_of(admin_pages.get(page_of(other)))


# --- deleting ----------------------------------------------------------------------------------------


def test_a_unit_that_nothing_refers_to_is_deleted(admin_pages, commune):
    page = admin_pages.get(f"{LIST}{commune.pk}/delete/")
    assert "Xoá hẳn đơn vị “Đảng uỷ xã Phú Lâm”?" in text_of(page)
    admin_pages.post(f"{LIST}{commune.pk}/delete/", {"post": "yes"})
    assert not Unit.objects.filter(pk=commune.pk).exists()
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.object_id, entry.after) == ("Xoá đơn vị", str(commune.pk), {})
    assert entry.before["mã đơn vị"] == "xa-1"
    assert entry.before["phiên bản từ 01/01/2020"]["tên đơn vị"] == "Đảng uỷ xã Phú Lâm"


def test_a_unit_that_others_refer_to_is_kept(admin_pages, commune, province):
    make_user("can-bo", "Cán bộ", province, "author")
    answer = admin_pages.post(f"{LIST}{province.pk}/delete/", {"post": "yes"})
    words = text_of(answer)
    assert "Không xoá được đơn vị “Tỉnh uỷ An Bình” vì còn dữ liệu nhắc tới:" in words
    assert "Phiên bản đơn vị: 1" in words and "Vai trò trong đơn vị: 1" in words
    assert "Đơn vị không còn hoạt động thì ghi ngày kết thúc, không xoá." in words
    assert Unit.objects.filter(pk=province.pk).exists() and UnitRole.objects.count() == 1
    assert AuditEntry.objects.count() == 0


def test_the_only_version_is_not_deleted(admin_pages, commune):
    answer = change(admin_pages, page_of(commune), {"versions-0-DELETE": "on"})
    assert errors_of(answer) == ["Thêm ít nhất một phiên bản: đơn vị phải có tên và cấp từ một ngày."]


# --- lists -------------------------------------------------------------------------------------------


def test_a_row_of_the_list(admin_pages, commune):
    assert rows_of(admin_pages.get(LIST))[1] == [
        "Đảng uỷ xã Phú Lâm",
        "Cấp xã",
        "Tỉnh uỷ An Bình",
        "xa-1",
        "–",
        "Minh hoạ",
    ]


@pytest.mark.parametrize("words", ["phu lam", "PHÚ LÂM", "xã  phu", "xa-1", "00004"])
def test_search_does_not_mind_accents(admin_pages, commune, words):
    Unit.objects.filter(pk=commune.pk).update(territory_code="00004")
    found = rows_of(admin_pages.get(LIST, {"q": words}))
    assert [row[3] for row in found] == ["xa-1"]


def test_search_finds_a_former_name(admin_pages, commune):
    change(
        admin_pages,
        page_of(commune),
        second_version(commune, valid_from="01/07/2025", name="Đảng uỷ phường Mới"),
    )
    assert [row[0] for row in rows_of(admin_pages.get(LIST, {"q": "phu lam"}))] == ["Đảng uỷ phường Mới"]


def test_filters_by_the_level_of_today_and_by_end(admin_pages, commune, province):
    assert [row[3] for row in rows_of(admin_pages.get(LIST, {"cap": "commune"}))] == ["xa-1"]
    Unit.objects.filter(pk=commune.pk).update(ended_on=date(2025, 7, 1))
    assert [row[3] for row in rows_of(admin_pages.get(LIST, {"con": "co"}))] == ["an-binh"]
    ended = rows_of(admin_pages.get(LIST, {"con": "khong"}))
    assert [row[0] for row in ended] == ["Đảng uỷ xã Phú Lâm (đến 01/07/2025)"]


def test_suggestions_name_the_body_above_and_the_code(admin_pages, commune):
    query = {"app_label": "models_dv", "model_name": "unitrole", "field_name": "unit", "term": "phu lam"}
    answer = admin_pages.get("/quan-tri/autocomplete/", query).json()
    assert answer["results"] == [
        {"id": str(commune.pk), "text": "Đảng uỷ xã Phú Lâm – Tỉnh uỷ An Bình (xa-1)"}
    ]


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    admin_pages, commune, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as one:
        admin_pages.get(LIST, {"cap": "commune"})
    for number in (2, 3):
        make_commune(commune.current.parent, f"Xã {number}", code=f"xa-{number}")
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(rows_of(admin_pages.get(LIST, {"cap": "commune"}))) == 3


def test_the_exact_name_stands_first_unless_another_order_is_asked_for(admin_pages, commune, province):
    make_commune(province, "Phú Lâm Đông", code="xa-0")
    assert [row[3] for row in rows_of(admin_pages.get(LIST, {"q": "phu lam"}))] == ["xa-1", "xa-0"]
    assert [row[3] for row in rows_of(admin_pages.get(LIST, {"q": "phu lam", "o": "4"}))] == ["xa-0", "xa-1"]


def test_saving_one_unit_leaves_the_places_of_the_others_alone(admin_pages, commune, province):
    stray = make_commune(province, "Chưa xếp", code="xa-9")
    change(admin_pages, page_of(commune), {"ended_on": "01/07/2025"})
    assert not UnitPath.objects.filter(unit=stray).exists()
