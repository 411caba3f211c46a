"""The wizard's pages: text → plan → choices → dry run → applied → undone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.domain.reorganisation.drafts import plan_of
from models_dv.domain.units import rebuild_paths
from models_dv.enums import ReorganisationState, UnitLevel, UnitType
from models_dv.models import AuditEntry, Reorganisation, Unit, UnitRole, UnitVersion
from reports.models import Report
from tests.factories.conferences import add_difficulty, make_conference
from tests.factories.kheo import make_model
from tests.factories.land import BASIS, make_land
from tests.factories.world import local, make_commune, make_round, make_user
from tests.models_dv.admin.pages import change, errors_of, form_of, messages_of, rows_of, text_of

LIST = "/quan-tri/models_dv/reorganisation/"
ADD = f"{LIST}add/"
TITLE = "Sắp xếp năm 2026"
MERGER = "Hợp nhất xã Phú Lâm và xã Tân Hoà thành xã Phú Hoà."
TEXT = f"1. {MERGER}\n2. Nhập xã Tân Lập vào xã Đổi.\n3. Giải thể xã Bình Minh."


@pytest.fixture(autouse=True)
def on_the_day():
    """The plans come into force today."""
    with clock.fixed(local(2026, 12, 1)):
        yield


@pytest.fixture
def land(db):
    """An Bình with its communes; what its making wrote in the audit is forgotten."""
    land = make_land()
    AuditEntry.objects.all().delete()
    return land


@pytest.fixture
def pages(client, land):
    """A client signed in as the administrator."""
    client.force_login(land.admin)
    return client


def typed(land, text=TEXT) -> dict:
    return {
        "title": TITLE,
        "legal_basis": BASIS,
        "effective_on": "01/12/2026",
        "scope": land.scope.pk,
        "source_text": text,
    }


def draft(pages, land, text=TEXT) -> Reorganisation:
    """A draft, made as the administrator makes it."""
    answer = change(pages, ADD, typed(land, text), button="_save")
    row = Reorganisation.objects.get()
    assert answer.url == at("plan", row)
    return row


def at(name: str, row, *more) -> str:
    return reverse(f"admin:models_dv_reorganisation_{name}", args=[row.pk, *more])


def settled(pages, land) -> Reorganisation:
    """A draft with nothing open."""
    return draft(pages, land, MERGER)


def open_round(land, year=2026):
    """A round in which every body hands in."""
    UnitVersion.objects.filter(level=UnitLevel.DISTRICT).update(level=UnitLevel.COMMUNE)
    return make_round(land.scope, year=year, opened_by=land.admin)


def carried_out(pages, land, **more) -> Reorganisation:
    """A plan that was carried out."""
    row = settled(pages, land)
    change(pages, at("preview", row), more, button="apply")
    row.refresh_from_db()
    return row


# --- the draft -----------------------------------------------------------------------------------------


def test_a_text_becomes_a_plan_with_what_is_open(pages, land):
    row = draft(pages, land)
    words = text_of(pages.get(at("plan", row)))
    assert "Cần chọn (1 việc)" in words
    assert "xã Tân Lập: Có 2 đơn vị tên “xã Tân Lập”. Chọn một." in words
    assert "Câu chưa đọc được (1)" in words and "Khoản 3: Giải thể xã Bình Minh" in words
    assert "Còn mục phải chọn hoặc sửa, chưa xem trước được." in words
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.actor, entry.after) == (
        "Lập phương án sắp xếp",
        land.admin,
        {"số việc đọc được": 2},
    )


def test_a_draft_needs_title_basis_and_day(pages, land):
    answer = change(pages, ADD, {"effective_on": "31/02/2026"})
    assert errors_of(answer) == [
        "Chưa nhập mục này",
        "Chưa nhập mục này",
        "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026",
    ]
    assert not Reorganisation.objects.exists()


def test_choosing_settles_it(pages, land):
    row = draft(pages, land)
    chosen = land["lap-vu-thu"].pk
    change(pages, at("plan", row), {"unit-1-0": chosen}, button="do")
    row.refresh_from_db()
    assert plan_of(row).changes[1].sources[0].unit == chosen
    assert row.revision == 1
    assert "Xem trước thay đổi" in text_of(pages.get(at("plan", row)))


def test_only_what_is_offered_can_be_chosen(pages, land):
    row = draft(pages, land)
    change(pages, at("plan", row), {"unit-1-0": land["binh-yen"].pk}, button="do")
    row.refresh_from_db()
    assert plan_of(row).changes[1].sources[0].unit is None


def test_a_change_and_a_sentence_are_dropped(pages, land):
    row = draft(pages, land)
    pages.post(at("plan", row), {"revision": "0", "do": "drop-1"})
    pages.post(at("plan", row), {"revision": "1", "do": "read-0"})
    row.refresh_from_db()
    plan = plan_of(row)
    assert ([one.result.words for one in plan.changes], plan.unread) == (["xã Phú Hoà"], [])


@pytest.mark.parametrize("what", ["drop-9", "drop-", "drop--1", "read-x", "drop-99999999999999"])
def test_buttons_typed_by_hand_do_no_harm(pages, land, what):
    row = draft(pages, land)
    before = row.plan
    pages.post(at("plan", row), {"revision": "0", "do": what})
    row.refresh_from_db()
    assert row.plan == before


def test_somebody_else_saved_it_first(pages, land):
    row = draft(pages, land)
    pages.post(at("plan", row), {"revision": "0", "do": "save"})
    pages.post(at("plan", row), {"revision": "0", "do": "drop-0"})
    assert messages_of(pages.get(at("plan", row))) == [
        "Phương án vừa được người khác sửa. Xem lại rồi lưu lại."
    ]
    assert len(plan_of(Reorganisation.objects.get()).changes) == 2


def test_another_day_keeps_the_plan_and_another_text_makes_it_anew(pages, land):
    row = draft(pages, land)
    page = f"{LIST}{row.pk}/change/"
    change(pages, page, {"effective_on": "15/12/2026"}, button="_save")
    row.refresh_from_db()
    assert (f"{row.effective_on:%d/%m/%Y}", len(plan_of(row).changes)) == ("15/12/2026", 2)
    new = {"source_text": "Đổi tên xã Đổi thành xã Mới.", "read_again": "on"}
    change(pages, page, new, button="_save")
    row.refresh_from_db()
    assert [one.result.words for one in plan_of(row).changes] == ["xã Mới"]
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == [
        "Lập phương án sắp xếp",
        "Sửa phương án sắp xếp",
        "Sửa phương án sắp xếp",
    ]


def test_another_text_of_an_old_page_is_refused_and_stays_typed(pages, land):
    row = draft(pages, land)
    page = f"{LIST}{row.pk}/change/"
    values = {**form_of(pages.get(page)), "title": "Tên khác", "_save": "1"}
    pages.post(at("plan", row), {"revision": "0", "do": "save"})
    answer = pages.post(page, values)
    assert errors_of(answer) == ["Phương án vừa được người khác sửa. Xem lại rồi lưu lại."]
    assert 'value="Tên khác"' in answer.content.decode()


def test_a_draft_is_deleted_with_an_audit_row(pages, land):
    row = draft(pages, land)
    pages.post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert not Reorganisation.objects.exists()
    assert AuditEntry.objects.latest("pk").action == "Xoá sắp xếp đơn vị"


# --- one change by hand ----------------------------------------------------------------------------------


def sources(*rows, total=None) -> dict:
    """What is typed into the rows of old units: (unit, extent)."""
    values = {"sources-TOTAL_FORMS": total or len(rows), "sources-INITIAL_FORMS": "0"}
    for number, (unit, extent) in enumerate(rows):
        values |= {f"sources-{number}-unit": unit.pk, f"sources-{number}-extent": extent}
    return values


def test_a_change_by_hand(pages, land):
    row = draft(pages, land, "")
    new = {"words": "xã Phú Hoà", "kind": "new", "revision": "0", "was": ""}
    pages.post(at("new_change", row), new | sources((land["phu-lam"], "whole"), (land["doi"], "part")))
    row.refresh_from_db()
    (made,) = plan_of(row).changes
    assert [(source.words, source.unit, source.extent) for source in made.sources] == [
        ("Xã Phú Lâm", land["phu-lam"].pk, "whole"),
        ("Xã Đổi", land["doi"].pk, "part"),
    ]
    assert (made.result.name, made.result.code, made.result.parent) == (
        "Đảng uỷ xã Phú Hoà",
        "an-binh-xa-phu-hoa",
        land.scope.pk,
    )


def test_a_unit_is_kept_under_its_name(pages, land):
    row = draft(pages, land, "")
    kept = {"words": "", "kind": "kept", "unit": land["doi"].pk, "revision": "0", "was": ""}
    pages.post(at("new_change", row), kept | sources((land["phu-lam"], "whole")))
    result = plan_of(Reorganisation.objects.get()).changes[0].result
    assert (result.words, result.unit, result.name) == ("xã Đổi", land["doi"].pk, "Đảng uỷ xã Đổi")


def test_other_words_give_other_names_but_what_was_written_stays(pages, land):
    row = settled(pages, land)
    page = at("change_of_plan", row, 0)
    change(pages, page, {"words": "phường Phú Hoà", "place_name": "Phú Hoà Mới"}, button="_save")
    result = plan_of(Reorganisation.objects.get()).changes[0].result
    assert (result.name, result.type, result.place_name) == ("Đảng uỷ phường Phú Hoà", "ward", "Phú Hoà Mới")
    change(pages, page, {"name": "Đảng bộ phường Phú Hoà"}, button="_save")
    result = plan_of(Reorganisation.objects.get()).changes[0].result
    assert (result.name, result.issuer_name) == ("Đảng bộ phường Phú Hoà", "Đảng uỷ phường Phú Hoà")


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ({"words": ""}, ["Ghi tên đơn vị mới, có loại ở trước, ví dụ: xã Phú Lâm."]),
        ({"words": "Phú Hoà"}, ["Ghi cả loại ở trước, ví dụ: xã Phú Lâm, phường Cửa Nam."]),
        ({"kind": "kept", "unit": ""}, ["Chọn đơn vị được giữ."]),
        (
            {"code": "Phú Hoà"},
            ["Mã đơn vị chỉ gồm chữ thường không dấu, chữ số, dấu - và _, ví dụ ha-tinh."],
        ),
        ({"territory_code": "4a"}, ["Mã địa bàn chỉ gồm chữ số, ví dụ 01 hoặc 00004."]),
        ({"sources-0-extent": ""}, ["Chưa nhập mục này"]),
    ],
)
def test_what_cannot_be_saved(pages, land, wrong, sentences):
    row = settled(pages, land)
    answer = change(pages, at("change_of_plan", row, 0), wrong, button="_save")
    assert errors_of(answer) == sentences
    row.refresh_from_db()
    assert row.revision == 0


def test_a_unit_is_taken_out_of_a_change(pages, land):
    row = settled(pages, land)
    change(pages, at("change_of_plan", row, 0), {"sources-1-DELETE": "on"}, button="_save")
    assert [one.unit for one in plan_of(Reorganisation.objects.get()).changes[0].sources] == [
        land["phu-lam"].pk
    ]


def test_a_change_that_somebody_else_saved_first_stays_typed(pages, land):
    row = draft(pages, land)
    page = at("change_of_plan", row, 0)
    values = {**form_of(pages.get(page)), "words": "xã Khác"}
    pages.post(at("plan", row), {"revision": "0", "do": "save"})
    answer = pages.post(page, values)
    assert errors_of(answer) == ["Phương án vừa được người khác sửa. Xem lại rồi lưu lại."]
    again = {**form_of(answer), "words": "xã Khác"}
    assert pages.post(page, again).status_code == 302
    assert plan_of(Reorganisation.objects.get()).changes[0].result.words == "xã Khác"


def test_a_number_that_is_now_another_change_is_not_overwritten(pages, land):
    row = draft(pages, land)
    page = at("change_of_plan", row, 0)
    values = form_of(pages.get(page))
    pages.post(at("plan", row), {"revision": "0", "do": "drop-0"})
    answer = pages.post(page, {**values, "revision": "1"})
    assert errors_of(answer) == ["Chỗ này nay là việc khác. Quay lại phương án rồi mở đúng việc."]


def test_a_change_that_is_not_there(pages, land):
    assert pages.get(at("change_of_plan", draft(pages, land), 7)).status_code == 404


# --- dry run, apply, undo --------------------------------------------------------------------------------


def test_an_open_plan_has_no_dry_run(pages, land):
    row = draft(pages, land)
    assert pages.get(at("preview", row)).url == at("plan", row)


def test_the_dry_run_names_everything_and_writes_nothing(pages, land):
    author = land.role("phu-lam").user
    make_model(land["phu-lam"], author)
    add_difficulty(make_conference(land["phu-lam"]))
    open_round(land)
    row, units = settled(pages, land), Unit.objects.count()
    words = text_of(pages.get(at("preview", row)))
    for said in (
        "Đơn vị kết thúc: 2",
        "Đơn vị lập mới: 1",
        "Báo cáo trong đợt đang mở: 2",
        "Đảng uỷ xã Phú Lâm phu-lam Đảng uỷ xã Phú Hoà (sáp nhập)",
        "Người phu-lam (nguoi-phu-lam) Soạn thảo Đảng uỷ xã Phú Lâm",
        "Còn báo cáo chưa gửi: giữ cả vai trò cũ",
        "Chưa soạn: 2",
        "Đảng uỷ xã Phú Lâm 1 1 1 Đảng uỷ xã Phú Hoà",
        "Không vai trò nào được đánh dấu sẵn",
        "Người không được đánh dấu giữ vai trò ở đơn vị cũ",
    ):
        assert said in words
    assert Unit.objects.count() == units


def test_apply_and_its_result(pages, land):
    role = land.role("phu-lam")
    row = carried_out(pages, land, role=[role.pk])
    assert row.state == ReorganisationState.APPLIED
    assert UnitRole.objects.get(pk=role.pk).unit.code == "an-binh-xa-phu-hoa"
    page = pages.get(at("result", row))
    assert messages_of(page) == ["Đã áp dụng sắp xếp đơn vị."]
    words = text_of(page)
    assert "Việc cần làm tiếp cho đơn vị mới" in words
    assert "Đơn vị kết thúc: Đảng uỷ xã Phú Lâm, Đảng uỷ xã Tân Hòa" in words


def test_a_new_unit_without_anybody_is_asked_about(pages, land):
    land.role("phu-lam")
    row = settled(pages, land)
    values = form_of(pages.get(at("preview", row)))
    assert pages.post(at("preview", row), values).url == at("preview", row)
    (said,) = messages_of(pages.get(at("preview", row)))
    assert said.startswith(
        "Chưa chuyển vai trò nào sang “Đảng uỷ xã Phú Hoà”: sau khi áp dụng chưa ai soạn thảo"
    )
    assert pages.post(at("preview", row), values | {"nobody": "1"}).url == at("result", row)


def test_a_body_below_may_get_a_name_after_the_new_unit(pages, land):
    body = make_commune(land["phu-lam"], "Phú Lâm", code="mttq-phu-lam")
    body.versions.update(
        name="Uỷ ban Mặt trận Tổ quốc xã Phú Lâm",
        short_name="Mặt trận xã Phú Lâm",
        issuer_name="Uỷ ban Mặt trận Tổ quốc xã Phú Lâm",
        header_issuer="Uỷ ban Mặt trận Tổ quốc xã Phú Lâm",
        type=UnitType.BODY,
    )
    rebuild_paths()
    row = settled(pages, land)
    words = text_of(pages.get(at("preview", row)))
    assert "1 đơn vị còn mang tên của đơn vị kết thúc" in words
    assert "Gợi ý: Uỷ ban Mặt trận Tổ quốc xã Phú Hoà" in words
    field, new = f"child-{body.pk}", "Uỷ ban Mặt trận Tổ quốc xã Phú Hoà"
    assert form_of(pages.get(at("preview", row)))[field] == "Uỷ ban Mặt trận Tổ quốc xã Phú Lâm"
    change(pages, at("preview", row), {field: new}, button="apply")
    names = body.versions.order_by("valid_from").values_list("name", "short_name", "header_issuer")
    assert list(names) == [
        ("Uỷ ban Mặt trận Tổ quốc xã Phú Lâm", "Mặt trận xã Phú Lâm", "Uỷ ban Mặt trận Tổ quốc xã Phú Lâm"),
        (new, "Mặt trận xã Phú Hoà", new),
    ]


def test_who_has_a_report_to_send_keeps_the_role_besides_the_new_one(pages, land):
    role = land.role("phu-lam")
    open_round(land)
    carried_out(pages, land, role=[role.pk])
    rows = UnitRole.objects.filter(user=role.user).order_by("unit__code")
    assert list(rows.values_list("unit__code", flat=True)) == ["an-binh-xa-phu-hoa", "phu-lam"]


def test_a_repeated_post_applies_once(pages, land):
    row = settled(pages, land)
    values = form_of(pages.get(at("preview", row)))
    for _time in range(2):
        assert pages.post(at("preview", row), values).url == at("result", row)
    assert Unit.objects.filter(code="an-binh-xa-phu-hoa").count() == 1
    assert AuditEntry.objects.filter(action="Áp dụng sắp xếp đơn vị").count() == 1


def test_what_changed_meanwhile_is_looked_at_again(pages, land):
    row = settled(pages, land)
    values = form_of(pages.get(at("preview", row)))
    land.role("phu-lam")
    assert pages.post(at("preview", row), values).url == at("preview", row)
    assert messages_of(pages.get(at("preview", row))) == [
        "Dữ liệu đã thay đổi sau khi xem trước. Xem trước lại rồi áp dụng."
    ]
    assert Unit.objects.get(code="phu-lam").ended_on is None


def test_undo_and_a_new_draft(pages, land):
    row = carried_out(pages, land)
    assert "trở lại đúng như trước khi áp dụng" in text_of(pages.get(at("undo", row)))
    change(pages, at("undo", row), button="undo")
    row.refresh_from_db()
    assert row.state == ReorganisationState.UNDONE
    assert not Unit.objects.filter(code="an-binh-xa-phu-hoa").exists()
    assert pages.get(at("undo", row)).url == at("result", row)
    answer = pages.post(at("again", row))
    copy = Reorganisation.objects.exclude(pk=row.pk).get()
    assert (answer.url, copy.plan) == (at("plan", copy), row.plan)


def test_undo_says_what_stands_in_the_way(pages, land):
    row = carried_out(pages, land)
    new = Unit.objects.get(code="an-binh-xa-phu-hoa")
    UnitRole.objects.create(user=land.admin, unit=new, role="viewer")
    assert "1 vai trò trong đơn vị gắn với đơn vị mới." in text_of(pages.get(at("undo", row)))
    answer = pages.post(at("undo", row), {"revision": "1"})
    assert "1 vai trò trong đơn vị gắn với đơn vị mới." in text_of(answer)
    assert Unit.objects.filter(pk=new.pk).exists()


def test_a_report_of_the_new_unit_stands_in_the_way(pages, land):
    row = carried_out(pages, land)
    round_ = open_round(land, 2027)
    assert Report.objects.filter(round=round_, unit__code="an-binh-xa-phu-hoa").exists()
    words = text_of(pages.get(at("undo", row)))
    assert "2 báo cáo gắn với đơn vị mới." in words


def test_what_was_carried_out_is_only_read(pages, land):
    row = carried_out(pages, land)
    page = pages.get(f"{LIST}{row.pk}/change/")
    assert "readonly" in page.content.decode() and page.status_code == 200
    assert pages.post(f"{LIST}{row.pk}/change/", typed(land)).status_code == 403
    assert pages.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    for name in ("plan", "preview"):
        assert pages.get(at(name, row)).url == at("result", row)
    pages.post(at("plan", row), {"revision": "1", "do": "drop-0"})
    assert len(plan_of(Reorganisation.objects.get()).changes) == 1


# --- who, and lists ------------------------------------------------------------------------------------


def every_page(row) -> list[str]:
    return [at(name, row) for name in ("plan", "new_change", "preview", "result", "undo", "again")] + [
        at("change_of_plan", row, 0)
    ]


def test_administrators_only(client, land):
    client.force_login(land.admin)
    row = settled(client, land)
    client.force_login(make_user("can-bo", "Cán bộ", land.scope, "author", "reviewer"))
    for page in (LIST, ADD, *every_page(row)):
        assert client.get(page, follow=True).status_code == 403
    client.logout()
    for page in every_page(row):
        assert client.get(page).url.startswith("/dang-nhap/")


def test_a_plan_that_is_not_there(pages, land):
    row = Reorganisation(pk=404)
    assert {pages.get(page).status_code for page in every_page(row)} == {404}
    assert pages.get(f"{LIST}{'9' * 30}/phuong-an/").status_code == 404


def test_a_row_of_the_list(pages, land):
    row = settled(pages, land)
    assert rows_of(pages.get(LIST)) == [[TITLE, "01/12/2026", "Tỉnh uỷ An Bình", "Dự thảo", "–"]]
    assert [cells[0] for cells in rows_of(pages.get(LIST, {"q": "sap xep"}))] == [TITLE]
    assert f'href="{at("plan", row)}"' in pages.get(LIST).content.decode()


def test_pages_cost_a_few_queries_whatever_the_number_of_changes(pages, land, django_assert_max_num_queries):
    lines = [f"{number}. Đổi tên xã Đổi thành xã Mới {number}." for number in range(40)]
    row = draft(pages, land, "\n".join(lines))
    with django_assert_max_num_queries(16):
        pages.get(at("plan", row))
    row.delete()
    row = settled(pages, land)
    with django_assert_max_num_queries(26):
        pages.get(at("preview", row))


def test_the_day_before_counts(pages, land):
    """A unit that ended the day before is no longer there."""
    row = settled(pages, land)
    Unit.objects.filter(code="phu-lam").update(ended_on=row.effective_on - timedelta(days=1))
    assert "đã ghi kết thúc ngày 30/11/2026" in text_of(pages.get(at("plan", row)))
