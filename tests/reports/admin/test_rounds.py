"""Rounds in the admin: laid out, opened, closed; what an opened one refuses."""

from datetime import date

import pytest
from django.test import Client

from models_dv.enums import PeriodKind
from models_dv.models import AuditEntry, Period
from reports.domain.outlines import copy_version
from reports.enums import RoundState
from reports.models import Report, ReportingRound, RoundDueDate
from tests.factories.world import local
from tests.models_dv.admin.pages import change, errors_of, messages_of, rows_of, text_of

LIST, ADD = "/quan-tri/reports/reportinground/", "/quan-tri/reports/reportinground/add/"
DUE = {
    "due_dates-TOTAL_FORMS": "2",
    "due_dates-0-level": "province",
    "due_dates-0-due_at_0": "05/02/2027",
    "due_dates-0-due_at_1": "17:00",
    "due_dates-1-level": "commune",
    "due_dates-1-due_at_0": "20/01/2027",
    "due_dates-1-due_at_1": "17:00",
}


def page_of(round_) -> str:
    return f"{LIST}{round_.pk}/change/"


@pytest.fixture
def period(world):
    return Period.objects.create(
        kind=PeriodKind.ANNUAL,
        year=2026,
        number=1,
        window_from=date(2025, 12, 15),
        window_to=date(2026, 12, 14),
    )


@pytest.fixture
def planned(world, period):
    round_ = ReportingRound.objects.create(
        root_unit=world.province,
        period=period,
        outline_version=world.round.outline_version,
        window_from=period.window_from,
        window_to=period.window_to,
    )
    RoundDueDate.objects.create(round=round_, level="province", due_at=local(2027, 2, 5))
    return round_


def test_a_new_round_takes_the_window_of_its_period(admin_pages, world, period):
    typed = {
        "root_unit": world.province.pk,
        "period": period.pk,
        "outline_version": world.round.outline_version_id,
    }
    answer = change(admin_pages, ADD, {**typed, **DUE})
    round_ = ReportingRound.objects.get(period=period)
    assert answer.url == page_of(round_)
    assert (round_.window_from, round_.window_to) == (date(2025, 12, 15), date(2026, 12, 14))
    assert round_.due_dates.get(level="province").due_at == local(2027, 2, 5)
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.after["đơn vị mở đợt"]) == ("Thêm đợt báo cáo", "Tỉnh uỷ An Bình (an-binh)")
    assert entry.after["hạn gửi Cấp tỉnh"] == {"cấp": "Cấp tỉnh", "hạn gửi": "2027-02-05T17:00:00+07:00"}


def test_a_window_of_its_own(admin_pages, planned):
    change(admin_pages, page_of(planned), {"window_from": "05/02/2026"})
    planned.refresh_from_db()
    assert planned.window_from == date(2026, 2, 5)
    (entry,) = AuditEntry.objects.all()
    assert (entry.before, entry.after) == (
        {"số liệu từ ngày": "2025-12-15"},
        {"số liệu từ ngày": "2026-02-05"},
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"window_to": "14/12/2025"}, "Ngày đầu kỳ số liệu phải trước ngày cuối."),
        ({"window_to": "2026"}, "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"),
        ({"due_dates-0-due_at_0": "01/12/2025"}, "Hạn gửi phải sau ngày đầu của kỳ số liệu."),
        ({"due_dates-0-due_at_1": "17 giờ"}, "Nhập giờ và phút, ví dụ 17:00"),
    ],
)
def test_what_cannot_be_saved(admin_pages, planned, typed, sentence):
    assert errors_of(change(admin_pages, page_of(planned), typed)) == [sentence]


def test_a_second_round_for_the_period(admin_pages, world):
    typed = {
        "root_unit": world.province.pk,
        "period": world.round.period_id,
        "outline_version": world.round.outline_version_id,
    }
    assert errors_of(change(admin_pages, ADD, typed)) == ["Đơn vị đã có đợt báo cáo cho kỳ này."]


# --- opening -----------------------------------------------------------------------------------------


def test_opening_asks_with_the_number_of_units(admin_pages, planned):
    RoundDueDate.objects.create(round=planned, level="commune", due_at=local(2027, 1, 20))
    assert "Mở đợt báo cáo" in text_of(admin_pages.get(page_of(planned)))
    words = text_of(admin_pages.get(f"{LIST}{planned.pk}/open/"))
    assert "Cấp tỉnh 1 17:00 ngày 05/02/2027 Cấp xã 3 17:00 ngày 20/01/2027 Tổng 4" in words
    assert Report.objects.filter(round=planned).count() == 0


def test_opening_creates_the_reports(admin_pages, world, planned):
    RoundDueDate.objects.create(round=planned, level="commune", due_at=local(2027, 1, 20))
    version = copy_version(planned.outline_version, actor=world.admin)
    ReportingRound.objects.filter(pk=planned.pk).update(outline_version=version)
    AuditEntry.objects.all().delete()
    answer = admin_pages.post(f"{LIST}{planned.pk}/open/", follow=True)
    assert messages_of(answer) == ["Đã mở đợt báo cáo: 4 báo cáo."]
    planned.refresh_from_db()
    version.refresh_from_db()
    assert (planned.state, planned.opened_by) == (RoundState.OPEN, world.admin)
    assert version.locked_at is not None
    units = set(Report.objects.filter(round=planned).values_list("unit__code", flat=True))
    assert units == {"an-binh", "xa-1", "xa-2", "xa-3"}
    (entry,) = AuditEntry.objects.all()
    assert (entry.actor, entry.action) == (world.admin, "Mở đợt báo cáo")
    assert entry.before == {"tình trạng": "Chưa mở"}
    assert entry.after == {"tình trạng": "Đang mở", "số báo cáo": 4}
    assert "Chưa soạn: 4" in text_of(answer)


def test_a_level_without_due_date_is_named(admin_pages, planned):
    words = text_of(admin_pages.get(f"{LIST}{planned.pk}/open/"))
    assert "Chưa có hạn gửi cho: Cấp xã. Thêm hạn gửi rồi mở đợt." in words
    answer = admin_pages.post(f"{LIST}{planned.pk}/open/", follow=True)
    assert messages_of(answer) == ["Chưa có hạn gửi cho: Cấp xã. Thêm hạn gửi rồi mở đợt."]
    planned.refresh_from_db()
    assert planned.state == RoundState.PLANNED
    assert Report.objects.filter(round=planned).count() == AuditEntry.objects.count() == 0


def test_a_root_unit_that_is_not_there_yet(admin_pages, planned):
    ReportingRound.objects.filter(pk=planned.pk).update(
        window_from=date(2018, 1, 1), window_to=date(2018, 6, 1)
    )
    answer = admin_pages.get(f"{LIST}{planned.pk}/open/", follow=True)
    assert messages_of(answer) == ["Đơn vị mở đợt không tồn tại vào ngày cuối kỳ số liệu. Chọn đơn vị khác."]


def test_a_round_is_opened_once(admin_pages, world):
    answer = admin_pages.post(f"{LIST}{world.round.pk}/open/", follow=True)
    assert messages_of(answer) == ["Đợt báo cáo này đã mở. Tải lại trang để xem các báo cáo đã tạo."]
    assert Report.objects.count() == 4


# --- an opened round ---------------------------------------------------------------------------------


def test_an_opened_round_is_only_read(admin_pages, world):
    words = text_of(admin_pages.get(page_of(world.round)))
    assert "Đợt đã mở nên không sửa được" in words
    assert "Chưa soạn: 4" in words
    assert admin_pages.post(page_of(world.round), {"window_to": "01/06/2026"}).status_code == 403
    assert admin_pages.post(f"{LIST}{world.round.pk}/delete/", {"post": "yes"}).status_code == 403
    world.round.refresh_from_db()
    assert world.round.window_to == date(2026, 6, 14)


def test_closing_and_opening_again(admin_pages, world):
    path = f"{LIST}{world.round.pk}/"
    assert "Sau khi khoá sổ" in text_of(admin_pages.get(f"{path}close/"))
    answer = admin_pages.post(f"{path}close/", follow=True)
    assert messages_of(answer) == ["Đã khoá sổ. Báo cáo của đợt này chỉ còn xem."]
    world.round.refresh_from_db()
    assert world.round.state == RoundState.CLOSED
    assert "Đã khoá sổ, chỉ xem." in text_of(answer)
    again = admin_pages.post(f"{path}close/", follow=True)
    assert messages_of(again) == [
        "Đợt báo cáo đang ở tình trạng “Đã khoá sổ” nên không làm được việc này. "
        "Tải lại trang để xem tình trạng mới."
    ]
    admin_pages.post(f"{path}reopen/")
    world.round.refresh_from_db()
    assert world.round.state == RoundState.OPEN
    rows = list(AuditEntry.objects.order_by("pk").values_list("action", "before", "after"))
    open_, closed = {"tình trạng": "Đang mở"}, {"tình trạng": "Đã khoá sổ"}
    assert rows == [("Khoá sổ đợt báo cáo", open_, closed), ("Mở lại đợt báo cáo", closed, open_)]


@pytest.mark.parametrize("step", ["open", "close", "reopen"])
def test_steps_are_the_administrators(admin_pages, world, planned, step):
    admin_pages.force_login(world.province_approver)
    for round_ in (world.round, planned):
        assert admin_pages.post(f"{LIST}{round_.pk}/{step}/").url.startswith("/quan-tri/login/")
    planned.refresh_from_db()
    assert (planned.state, AuditEntry.objects.count()) == (RoundState.PLANNED, 0)


def test_steps_carry_the_safety_token(world, planned):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(world.admin)
    assert careful.post(f"{LIST}{planned.pk}/open/").status_code == 403
    assert (
        careful.post(f"/quan-tri/reports/outlineversion/{planned.outline_version_id}/copy/").status_code
        == 403
    )


def test_a_planned_round_is_deleted(admin_pages, planned):
    admin_pages.post(f"{LIST}{planned.pk}/delete/", {"post": "yes"})
    assert not ReportingRound.objects.filter(pk=planned.pk).exists()
    (entry,) = AuditEntry.objects.all()
    assert entry.before["hạn gửi Cấp tỉnh"]["cấp"] == "Cấp tỉnh"


def test_a_period_in_use_keeps_its_name(admin_pages, world):
    period = world.round.period
    path = f"/quan-tri/models_dv/period/{period.pk}/"
    assert "Kỳ này đã dùng cho 1 đợt báo cáo nên giữ nguyên" in text_of(admin_pages.get(f"{path}change/"))
    change(admin_pages, f"{path}change/", {"year": "2027", "window_to": "15/06/2026"})
    period.refresh_from_db()
    assert (period.year, period.window_to) == (2026, date(2026, 6, 15))
    assert "Đợt báo cáo: 1" in text_of(admin_pages.post(f"{path}delete/", {"post": "yes"}))
    assert Period.objects.filter(pk=period.pk).exists()


# --- the list ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["tinh uy an binh", "AN BÌNH", "2026"])
def test_the_list_and_its_search(admin_pages, world, words):
    assert rows_of(admin_pages.get(LIST, {"q": words})) == [
        ["Báo cáo 6 tháng đầu năm 2026", "Tỉnh uỷ An Bình", "15/12/2025 – 14/06/2026", "Đang mở", "4"]
    ]


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    admin_pages, world, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(14) as one:
        assert len(rows_of(admin_pages.get(LIST))) == 1
    for unit in world.communes[:2]:
        ReportingRound.objects.create(
            root_unit=unit,
            period=world.round.period,
            outline_version=world.round.outline_version,
            window_from=world.round.window_from,
            window_to=world.round.window_to,
        )
    with django_assert_num_queries(len(one.captured_queries)):
        assert len(rows_of(admin_pages.get(LIST))) == 3
