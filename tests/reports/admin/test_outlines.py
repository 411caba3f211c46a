"""Outlines in the admin: codes, formulas and rules fit each other; a locked version is only read."""

import pytest
from django.db.models import Q

from models_dv.models import AuditEntry
from reports.domain.outlines import copy_version
from reports.models import Indicator, Outline, OutlineRule, OutlineSection, OutlineVersion
from tests.models_dv.admin.pages import change, errors_of, messages_of, rows_of, text_of

VERSIONS, INDICATORS = "/quan-tri/reports/outlineversion/", "/quan-tri/reports/indicator/"
ADD = f"{INDICATORS}add/"


@pytest.fixture
def locked(world):
    return world.round.outline_version


@pytest.fixture
def draft(world, locked):
    """An unlocked copy."""
    copy = copy_version(locked, actor=world.admin)
    AuditEntry.objects.all().delete()
    return copy


def page_of(thing) -> str:
    return f"{INDICATORS if isinstance(thing, Indicator) else VERSIONS}{thing.pk}/change/"


def indicator(version, code) -> Indicator:
    return Indicator.objects.get(version=version, code=code)


def new_indicator(version, **typed):
    group = version.groups.get(code="A")
    return {
        "version": version.pk,
        "group": group.pk,
        "order": "200",
        "code": "A90",
        "name": "Cuộc đối thoại",
        "op": "sum",
        **typed,
    }


# --- a locked version --------------------------------------------------------------------------------


def test_a_locked_version_is_shown_with_a_note(admin_pages, locked):
    words = text_of(admin_pages.get(page_of(locked)))
    assert "Phiên bản này đã dùng để mở đợt báo cáo nên chỉ xem" in words
    assert "Đặc điểm tình hình" in words and "A1. Văn bản cấp uỷ ban hành" in words


def test_a_locked_version_is_not_changed_by_post(admin_pages, world, locked):
    section, of_code = world.section("S0"), world.indicator("A1")
    sections = {
        "note": "khác",
        "sections-TOTAL_FORMS": "1",
        "sections-INITIAL_FORMS": "1",
        "sections-0-id": section.pk,
        "sections-0-title": "khác",
    }
    assert admin_pages.post(page_of(locked), sections).status_code == 403
    assert admin_pages.post(page_of(of_code), {"name": "khác"}).status_code == 403
    assert admin_pages.post(f"{VERSIONS}{locked.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin_pages.post(f"{INDICATORS}{of_code.pk}/delete/", {"post": "yes"}).status_code == 403
    assert OutlineSection.objects.get(pk=section.pk).title == "Đặc điểm tình hình"
    assert Indicator.objects.get(pk=of_code.pk).name == of_code.name
    assert AuditEntry.objects.count() == 0


def test_an_indicator_is_not_added_to_a_locked_version(admin_pages, locked):
    answer = change(admin_pages, ADD, new_indicator(locked))
    assert errors_of(answer)[0] == "Mục đã chọn không có trong danh sách. Chọn lại"
    assert not Indicator.objects.filter(code="A90").exists()


def test_a_new_version_is_made_of_a_locked_one(admin_pages, world, locked):
    answer = admin_pages.post(f"{VERSIONS}{locked.pk}/copy/", follow=True)
    copy = OutlineVersion.objects.get(number=2)
    assert answer.redirect_chain == [(page_of(copy), 302)]
    assert messages_of(answer) == ["Đã tạo phiên bản 2. Sửa ở trang này."]
    assert (copy.indicators.count(), copy.locked_at) == (93, None)
    (entry,) = AuditEntry.objects.all()
    assert (entry.actor, entry.action) == (world.admin, "Tạo phiên bản đề cương")
    assert admin_pages.get(f"{VERSIONS}{locked.pk}/copy/").status_code == 405
    admin_pages.force_login(world.approver)
    assert admin_pages.post(f"{VERSIONS}{locked.pk}/copy/", follow=True).status_code in (403, 404, 405)
    assert OutlineVersion.objects.count() == 2


# --- parts and groups --------------------------------------------------------------------------------


def test_a_part_is_changed(admin_pages, draft):
    section = draft.sections.get(code="S0")
    change(admin_pages, page_of(draft), {"sections-0-title": "Tình hình chung"})
    section.refresh_from_db()
    assert section.title == "Tình hình chung"
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.before, entry.after) == (
        "Sửa phiên bản đề cương",
        {"phần S0": {"tiêu đề": "Đặc điểm tình hình"}},
        {"phần S0": {"tiêu đề": "Tình hình chung"}},
    )


def test_a_part_is_added_under_a_heading(admin_pages, draft):
    heading, count = draft.sections.get(code="S2"), draft.sections.count()
    typed = {"order": "90", "code": "S2.10", "title": "Phần mới", "parent": heading.pk, "is_leaf": "on"}
    typed |= {"visibility": "internal", "periods": "both", "version": draft.pk}
    rows = {f"sections-{count}-{name}": value for name, value in typed.items()}
    change(admin_pages, page_of(draft), {"sections-TOTAL_FORMS": str(count + 1), **rows})
    assert draft.sections.get(code="S2.10").parent == heading


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "SL"}, "Mã SL dành cho bảng số liệu. Chọn mã khác."),
        ({"code": "S 0"}, "Mã phần chỉ gồm chữ không dấu, chữ số, dấu . - và _, ví dụ S2.1."),
        ({"title": ""}, "Chưa nhập mục này"),
    ],
)
def test_parts_that_cannot_be_saved(admin_pages, draft, typed, sentence):
    answer = change(
        admin_pages, page_of(draft), {f"sections-0-{name}": value for name, value in typed.items()}
    )
    assert errors_of(answer) == [sentence]


def test_a_heading_is_not_written(admin_pages, draft):
    number = list(draft.sections.order_by("order").values_list("code", flat=True)).index("S2")
    answer = change(admin_pages, page_of(draft), {f"sections-{number}-is_leaf": "on"})
    assert errors_of(answer) == ["Phần này có phần con nên là đề mục. Bỏ dấu “là phần soạn thảo”."]


# --- indicators and rules ----------------------------------------------------------------------------


def test_a_new_indicator(admin_pages, draft):
    change(
        admin_pages, f"{ADD}?version={draft.pk}", new_indicator(draft, level_choices=["province", "commune"])
    )
    made = indicator(draft, "A90")
    assert (made.levels, made.is_typed, made.for_level("central")) == ("province,commune", True, False)
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.after["cách tổng hợp"]) == ("Thêm chỉ tiêu", "Cộng")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"op": "ratio", "numerator_code": "A1"}, "Chỉ tiêu tỷ lệ phải có mã tử số và mã mẫu số."),
        (
            {"op": "ratio", "numerator_code": "A1", "denominator_code": "Z9"},
            "Không có chỉ tiêu mã Z9 trong phiên bản này. Xem lại mã.",
        ),
        ({"op": "calc"}, "Chỉ tiêu tính từ chỉ tiêu khác phải có công thức."),
        (
            {"op": "calc", "expression": "A1 + Z8 - Z9"},
            "Không có chỉ tiêu mã Z8, Z9 trong phiên bản này. Xem lại mã.",
        ),
        (
            {"op": "calc", "expression": "A1 +"},
            "Ký tự thứ 5: cần mã chỉ tiêu, số hoặc dấu (, biểu thức đã hết",
        ),
        (
            {"op": "calc", "expression": "A1 <= A2"},
            "Công thức chỉ tính ra một số, không so sánh. Bỏ phép so sánh.",
        ),
        (
            {"op": "calc", "expression": "A1 + ky_truoc.A2"},
            "Công thức chỉ dùng số liệu của kỳ này. Bỏ cung_ky. và ky_truoc.",
        ),
        (
            {"op": "calc", "expression": "A1 + A90"},
            "Công thức không dùng mã của chính chỉ tiêu này. Bỏ mã đó.",
        ),
        (
            {"op": "calc", "expression": "B4 + 1", "order": "1"},
            "B4 được tính sau chỉ tiêu này. Xếp chỉ tiêu này xuống sau.",
        ),
        ({"op": "text"}, "Kiểu “Chữ” đi với cách tổng hợp “Không cộng”, và ngược lại."),
        ({"code": "A1"}, "Mã chỉ tiêu đã có trong phiên bản đề cương này."),
        (
            {"code": "đ1"},
            "Mã chỉ tiêu bắt đầu bằng chữ hoa không dấu, sau đó là chữ hoặc số, ví dụ K3a.",
        ),
    ],
)
def test_indicators_that_cannot_be_saved(admin_pages, draft, typed, sentence):
    assert errors_of(change(admin_pages, ADD, new_indicator(draft, **typed))) == [sentence]
    assert AuditEntry.objects.count() == 0


def test_a_rule_is_added_to_its_indicator(admin_pages, draft):
    of_code = indicator(draft, "A1")
    rule = {"rules-TOTAL_FORMS": "1", "rules-0-level": "hard", "rules-0-expression": "A1 <= A2 when A2 > 0"}
    change(admin_pages, page_of(of_code), {**rule, "rules-0-scope": "own"})
    assert OutlineRule.objects.get(indicator=of_code).expression == "A1 <= A2 when A2 > 0"
    (entry,) = AuditEntry.objects.all()
    assert entry.after == {
        "quy tắc A1 <= A2 when A2 > 0": {
            "mức": "Bắt buộc",
            "điều kiện": "A1 <= A2 when A2 > 0",
            "kiểm tra trên": "Của đơn vị",
        }
    }


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("A1 <= Z9", "Không có chỉ tiêu mã Z9 trong phiên bản này. Xem lại mã."),
        ("A1 <= cung_ky.Z9", "Không có chỉ tiêu mã Z9 trong phiên bản này. Xem lại mã."),
        ("A1 + A2", "Điều kiện phải có phép so sánh, ví dụ C5 <= C4."),
        ("A1 <=", "Ký tự thứ 6: cần mã chỉ tiêu, số hoặc dấu (, biểu thức đã hết"),
    ],
)
def test_rules_that_cannot_be_saved(admin_pages, draft, expression, sentence):
    of_code = indicator(draft, "A1")
    rule = {"rules-TOTAL_FORMS": "1", "rules-0-level": "hard", "rules-0-expression": expression}
    answer = change(admin_pages, page_of(of_code), {**rule, "rules-0-scope": "own"})
    assert errors_of(answer) == [sentence]


def test_every_shipped_formula_and_rule_can_be_saved_again(admin_pages, draft):
    with_formulas = draft.indicators.filter(Q(rules__isnull=False) | Q(op__in=["ratio", "calc"])).distinct()
    assert with_formulas.count() > 10
    for of_code in with_formulas:
        assert change(admin_pages, page_of(of_code)).status_code == 302
    assert AuditEntry.objects.count() == 0


def test_a_code_used_in_a_formula_stays(admin_pages, draft):
    used = indicator(draft, "B1")
    answer = change(admin_pages, page_of(used), {"code": "B90"})
    assert errors_of(answer) == ["Mã B1 đang dùng trong công thức của B3, B4. Giữ mã cũ."]
    assert admin_pages.post(f"{INDICATORS}{used.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Indicator.objects.filter(pk=used.pk).exists()


def test_an_indicator_is_deleted_with_its_rules(admin_pages, draft):
    change(admin_pages, ADD, new_indicator(draft))
    made = indicator(draft, "A90")
    OutlineRule.objects.create(indicator=made, level="soft", expression="A90 <= 9")
    admin_pages.post(f"{INDICATORS}{made.pk}/delete/", {"post": "yes"})
    assert not Indicator.objects.filter(code="A90").exists()
    gone = AuditEntry.objects.first()
    assert (gone.action, gone.before["mã chỉ tiêu"]) == ("Xoá chỉ tiêu", "A90")


def test_an_unused_version_is_deleted_whole(admin_pages, draft):
    admin_pages.post(f"{VERSIONS}{draft.pk}/delete/", {"post": "yes"})
    assert list(OutlineVersion.objects.values_list("number", flat=True)) == [1]
    assert Indicator.objects.count() == 93


def test_an_outline_from_its_first_version_on(admin_pages, world):
    change(admin_pages, "/quan-tri/reports/outline/add/", {"code": "bau-cu", "name": "Đề cương bầu cử"})
    outline = Outline.objects.get(code="bau-cu")
    words = text_of(admin_pages.get(f"/quan-tri/reports/outline/{outline.pk}/change/"))
    assert "Thêm phiên bản đầu" in words
    group = {"groups-TOTAL_FORMS": "1", "groups-0-order": "1", "groups-0-code": "A", "groups-0-name": "Chung"}
    answer = change(admin_pages, f"{VERSIONS}add/?outline={outline.pk}", {"number": "1", **group})
    version = outline.versions.get()
    assert answer.url.startswith(page_of(version))
    assert version.groups.get().name == "Chung"


@pytest.mark.parametrize("words", ["van ban cap uy ban hanh", "VĂN BẢN CẤP UỶ BAN HÀNH"])
def test_search_does_not_mind_accents(admin_pages, draft, words):
    found = rows_of(admin_pages.get(INDICATORS, {"q": words, "version__id__exact": draft.pk}))
    assert [row[0] for row in found] == ["A1"]


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    admin_pages, draft, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as one:
        assert len(rows_of(admin_pages.get(VERSIONS, {"q": "Bản đầu"}))) == 1
    for number in (3, 4):
        OutlineVersion.objects.create(outline=draft.outline, number=number, note="Bản đầu")
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(rows_of(admin_pages.get(VERSIONS, {"q": "Bản đầu"}))) == 3


def test_the_filter_by_version_takes_one_query_however_many_there_are(
    admin_pages, world, draft, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as two:
        admin_pages.get(INDICATORS)
    copy_version(copy_version(draft, actor=world.admin), actor=world.admin)
    with django_assert_num_queries(len(two.captured_queries)):
        assert len(rows_of(admin_pages.get(INDICATORS))) == 50
