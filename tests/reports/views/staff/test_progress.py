"""“Tiến độ nộp”: the matrix, its sentences, the counts and the reminder."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.domain.units import rebuild_paths
from models_dv.enums import PeriodKind
from models_dv.vietnamese.dates import format_date
from reports.domain.transitions import ReturnDetails
from reports.enums import Action
from reports.models import Report
from reports.views.staff.progress import counts_of
from reports.views.staff.words import due_words
from tests.factories.world import make_province, make_round

pytestmark = pytest.mark.django_db
URL = "/lam-viec/tien-do/"


def see(client, user, url=URL) -> dict[str, object]:
    """Row by name of unit."""
    client.force_login(user)
    return {row.name: row for row in client.get(url).context["rows"]}


def make_late(world, unit, days):
    Report.objects.filter(pk=world.report(unit).pk).update(due_at=clock.now() - timedelta(days=days))


def send_back(world, unit, *parts):
    details = ReturnDetails(parts=dict.fromkeys(parts, ""), due_at=clock.now() + timedelta(days=5))
    world.do(Action.SEND_BACK, world.reviewer, unit, note="Bổ sung", details=details)


def test_a_row_in_one_state_is_a_sentence(client, world):
    today = format_date(clock.today())
    first, second, third = world.communes
    world.accepted(first)
    world.issued(second)
    make_late(world, third, 2)

    rows = see(client, world.reviewer)

    assert list(rows) == ["Tỉnh An Bình", "Xã Phú Lâm", "Xã Tân Hoà", "Xã Bình Minh"]
    assert [(row.kind, row.sentence) for row in rows.values()] == [
        ("empty", "Chưa soạn"),
        ("accepted", f"Đã tiếp nhận cả báo cáo ngày {today}"),
        ("issued", f"Đã gửi ngày {today}, chờ tiếp nhận"),
        ("overdue", "Quá hạn 2 ngày, chưa gửi phần nào"),
    ]


def test_the_sentences_of_the_steps_between(client, world):
    first, second, third = world.communes
    world.write(first)
    world.do(Action.SUBMIT, world.author)
    world.accepted(second)
    world.do(Action.CORRECT, world.approver_of(second), second, note="Sai số")
    world.write(third)
    make_late(world, third, 1)
    world.approved(world.province, A1=3)
    world.issue(world.province)

    rows = see(client, world.reviewer)

    assert [(row.kind, row.sentence) for row in rows.values()] == [
        ("accepted", f"Đã phát hành ngày {format_date(clock.today())}"),
        ("draft", "Chờ duyệt"),
        ("accepted", "Đã tiếp nhận, đang soạn bản 2 thay thế"),
        ("overdue", "Quá hạn 1 ngày, đang soạn 1/18 phần"),
    ]


def test_a_correction_is_not_late_while_the_earlier_edition_is_in_force(client, world):
    """Only where the body above sent the correction back with a date of its own does a date hold again."""
    first, approver, reports = world.communes[0], world.approver, Report.objects.filter(parent__isnull=False)
    world.accepted(first)
    world.do(Action.CORRECT, approver, note="Sai số")
    make_late(world, first, 3)

    assert (
        counts_of(reports, clock.now()).sentence
        == "1/3 đơn vị đã gửi, 1 đơn vị đã tiếp nhận, 0 đơn vị quá hạn"
    )
    assert see(client, world.reviewer, f"{URL}?qua_han=1") == {}
    for user, url in ((world.reviewer, URL), (world.author, "/"), (world.author, "/lam-viec/")):
        client.force_login(user)
        assert "uá hạn 3 ngày" not in client.get(url).content.decode()
    for url in ("", "ban/2/", "gia-han/", "phan/S2.1/", "xem-xet/"):
        page = client.get(f"/lam-viec/bao-cao/{world.report().pk}/{url}", follow=True).content.decode()
        assert "Quá hạn" not in page and "hạn gửi" not in page

    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, approver)
    world.issue(number=2)
    send_back(world, first, "S2.1")
    assert Report.objects.overdue(clock.now()).count() == 0
    assert list(Report.objects.overdue(clock.now() + timedelta(days=6))) == [world.report()]


def test_a_draft_shows_its_groups(client, world):
    world.write(code="S2.8", A1=3)

    row = see(client, world.author)["Xã Phú Lâm"]

    assert [cell.letter for cell in row.cells] == ["–", "–", "S", "–", "–", "–", "–", "S"]
    assert row.cells[2].label == "Xã Phú Lâm, phần III: Đang soạn"
    assert row.cells[2].url == reverse("staff:edition", args=[world.report().pk, 1]) + "#phan-S2.8"
    assert row.cells[7].label == "Xã Phú Lâm, Số liệu: Đang soạn"


def test_the_cells_of_a_draft_lead_those_above_to_the_report_only(client, world):
    world.write()

    row = see(client, world.reviewer)["Xã Phú Lâm"]

    assert {cell.url for cell in row.cells} == {world.report().get_absolute_url()}


def test_a_report_returned_in_parts_shows_which(client, world):
    first, second, _third = world.communes
    world.issued(first)
    send_back(world, first, "S2.8", "SL")
    world.accepted(second)

    row = see(client, world.reviewer)["Xã Phú Lâm"]

    assert [cell.letter for cell in row.cells] == ["N", "N", "T", "N", "N", "N", "N", "T"]
    assert row.cells[2].url == reverse("staff:edition", args=[world.report(first).pk, 1]) + "#phan-S2.8"


def test_the_columns_are_the_headings_of_the_outline(client, world):
    client.force_login(world.author)

    columns = client.get(URL).context["columns"]

    assert [column["short"] for column in columns] == ["I", "II", "III", "IV", "V", "VI", "VII", "Số liệu"]
    assert columns[2]["title"] == "Kết quả thực hiện công tác dân vận"


def test_the_counts_are_over_the_units_below(client, world):
    world.accepted(world.communes[0])
    world.issued(world.communes[1])
    make_late(world, world.communes[2], 2)
    make_late(world, world.province, 2)
    client.force_login(world.reviewer)

    page = client.get(URL).content.decode()

    assert "2/3 đơn vị đã gửi, 1 đơn vị đã tiếp nhận, 1 đơn vị quá hạn" in page


def test_a_round_without_units_below_has_no_counts(world):
    other = make_province("khac", "Khác")
    rebuild_paths()
    shown = make_round(other, year=2027, opened_by=world.admin)
    assert counts_of(Report.objects.filter(round=shown), clock.now()).sentence == (
        "Không có đơn vị nào gửi báo cáo lên"
    )


def test_only_the_overdue_and_the_words_to_press_them(client, world):
    make_late(world, world.communes[1], 3)

    rows = see(client, world.reviewer, f"{URL}?qua_han=1")
    response = client.get(URL)

    assert list(rows) == ["Xã Tân Hoà"]
    due = due_words(world.report(world.communes[1]).due_at)
    assert response.context["reminder"] == (
        "Các đơn vị sau chưa gửi báo cáo 6 tháng đầu năm 2026:\n"
        f"- Đảng uỷ xã Tân Hoà: hạn {due}, quá hạn 3 ngày\n"
        "Đề nghị các đơn vị gửi báo cáo ngay."
    )
    assert "Sao chép lời đôn đốc" in response.content.decode()


def test_a_commune_is_not_asked_to_press_others(client, world):
    make_late(world, world.communes[0], 3)
    client.force_login(world.author)

    assert client.get(URL).context["reminder"] == ""


def test_another_round_by_its_address(client, world):
    earlier = make_round(world.province, year=2025, opened_by=world.admin)
    client.force_login(world.author)

    response = client.get(f"{URL}{earlier.pk}/")

    assert response.context["round"] == earlier
    assert [round_.pk for round_ in response.context["rounds"]] == [world.round.pk, earlier.pk]


def test_the_round_that_is_due_about_now_comes_first(client, world):
    due = clock.now() + timedelta(days=40)
    later = make_round(world.province, kind=PeriodKind.ANNUAL, due=due, opened_by=world.admin)
    client.force_login(world.author)

    response = client.get(URL)

    assert response.context["round"] == world.round
    assert [round_.pk for round_ in response.context["rounds"]] == [later.pk, world.round.pk]


def test_rounds_of_others_do_not_exist(client, world):
    client.force_login(world.stranger)

    assert client.get(f"{URL}{world.round.pk}/").status_code == 404
    assert "Chưa có đợt báo cáo nào" in client.get(URL).content.decode()
    assert client.post(URL).status_code == 405


def test_as_many_queries_for_three_rows_as_for_one(client, world):
    world.issued(world.communes[0])
    counts = []
    for user in (world.author, world.reviewer):
        client.force_login(user)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        counts.append(len(captured))

    assert counts[1] - counts[0] <= 1  # the paths that the reviewer covers
    assert max(counts) <= 14


def test_a_province_beside_it_is_not_shown(client, world):
    other = make_province("khac", "Khác")
    rebuild_paths()
    make_round(other, year=2027, opened_by=world.admin)

    assert "Tỉnh Khác" not in see(client, world.reviewer)
