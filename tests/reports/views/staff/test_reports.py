"""The list of reports, the page of one report, the reading page and the file."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.domain.units import rebuild_paths
from models_dv.vietnamese.dates import format_date
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, RoundState, State
from reports.models import Report, ReportingRound
from reports.views.staff.reading import pdf_name
from tests.factories.world import make_commune, make_round
from tests.reports.documents.reading import read_pages

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/bao-cao/"
SECRET = "Câu chỉ có trong bản đang soạn"


def names(response) -> list[str]:
    return [report.unit_version.short_name for report in response.context["page"]]


def page_url(world, unit=None) -> str:
    return world.report(unit).get_absolute_url()


def edition_url(world, unit=None, number=1) -> str:
    return reverse("staff:edition", args=[world.report(unit).pk, number])


def pdf_url(world, unit=None, number=1) -> str:
    return reverse("staff:edition_pdf", args=[world.report(unit).pk, number])


class TestList:
    def test_everyone_sees_his_own(self, client, world):
        expected = {
            "author": ["Xã Phú Lâm"],
            "reviewer": ["Tỉnh An Bình", "Xã Phú Lâm", "Xã Tân Hoà", "Xã Bình Minh"],
            "province_author": ["Tỉnh An Bình"],
            "stranger": [],
            "admin": [],
        }
        for name, units in expected.items():
            client.force_login(getattr(world, name))
            assert names(client.get(LIST)) == units

    @pytest.mark.parametrize(
        ("query", "units"),
        [
            ("q=tan hoa", ["Xã Tân Hoà"]),
            ("q=TÂN HÒA", ["Xã Tân Hoà"]),
            ("q=minh xã", ["Xã Bình Minh"]),
            ("q=ha noi", []),
            ("tinh_trang=issued", ["Xã Tân Hoà"]),
            ("cap=province", ["Tỉnh An Bình"]),
            ("qua_han=1", ["Xã Bình Minh"]),
            ("qua_han=1&q=phú lâm", []),
            ("tinh_trang=nothing&q=tân", ["Xã Tân Hoà"]),
            ("trang=99&q=tân", ["Xã Tân Hoà"]),
        ],
    )
    def test_filters(self, client, world, query, units):
        world.issued(world.communes[1])
        late = world.report(world.communes[2])
        Report.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(days=1))
        client.force_login(world.reviewer)

        response = client.get(f"{LIST}?{query}")

        assert response.status_code == 200
        assert names(response) == units

    def test_by_period_with_chips_that_drop_one_filter(self, client, world):
        make_round(world.province, year=2025, opened_by=world.admin)
        client.force_login(world.author)
        period = world.round.period

        response = client.get(f"{LIST}?ky={period.pk}&q=lam&trang=1")

        assert [report.round for report in response.context["page"]] == [world.round]
        chips = [(chip.label, chip.value, chip.url) for chip in response.context["chips"]]
        assert chips == [
            ("Đơn vị", "lam", f"?ky={period.pk}"),
            ("Kỳ", "6 tháng đầu năm 2026", "?q=lam"),
        ]

    def test_twenty_a_page(self, client, world):
        for number in range(22):
            make_commune(world.province, f"Thôn {number}", code=f"them-{number}")
        rebuild_paths()
        make_round(world.province, year=2025, opened_by=world.admin)
        client.force_login(world.reviewer)

        first = client.get(f"{LIST}?trang=1")
        second = client.get(f"{LIST}?trang=2")

        assert (len(names(first)), len(names(second))) == (20, 10)
        assert "30 báo cáo" in first.content.decode()

    def test_as_many_queries_for_three_rows_as_for_one(self, client, world):
        client.force_login(world.reviewer)
        counts = []
        for query, rows in (("q=phú lâm", 1), ("cap=commune", 3)):
            with CaptureQueriesContext(connection) as captured:
                assert len(names(client.get(f"{LIST}?{query}"))) == rows
            counts.append(len(captured))
        assert counts[0] == counts[1] <= 8

    def test_says_what_to_do_when_nothing_is_found(self, client, world):
        client.force_login(world.author)

        page = client.get(f"{LIST}?q=khong co").content.decode()

        assert "Không có báo cáo nào khớp bộ lọc" in page
        assert "Bỏ bộ lọc" in page

    def test_shows_state_due_date_and_last_change(self, client, world):
        world.write()
        client.force_login(world.author)

        (report,) = client.get(LIST).context["page"]

        assert (report.state.text, report.due.text) == ("Đang soạn", "Còn 10 ngày")
        assert report.changed_at == world.edition().texts.get().updated_at


class TestPage:
    def acts(self, client, user, world, unit=None) -> list[str]:
        client.force_login(user)
        response = client.get(page_url(world, unit))
        return [act.label for act in response.context["acts"].buttons]

    def test_the_acts_of_each_in_each_state(self, client, world):
        def seen():
            cast = ("author", "approver", "clerk", "reader", "reviewer")
            return [self.acts(client, getattr(world, name), world) for name in cast]

        assert seen() == [["Bắt đầu soạn"], [], [], [], []]
        world.write()
        assert seen() == [["Soạn tiếp", "Kiểm tra và trình duyệt"], [], [], [], []]
        world.do(Action.SUBMIT, world.author)
        assert seen() == [["Rút lại để sửa"], ["Duyệt", "Trả lại để bổ sung"], [], [], []]
        world.do(Action.APPROVE, world.approver)
        assert seen() == [[], ["Trả lại để bổ sung"], ["Phát hành, gửi"], [], []]
        world.issue()
        assert seen() == [[], ["Thu hồi báo cáo"], [], [], ["Tiếp nhận", "Trả lại để bổ sung"]]
        world.do(Action.ACCEPT, world.reviewer)
        assert seen() == [[], ["Đính chính"], [], [], []]

    def test_nothing_can_be_done_in_a_closed_round(self, client, world):
        world.write()
        ReportingRound.objects.update(state=RoundState.CLOSED)

        assert self.acts(client, world.author, world) == []
        assert "Đã khoá sổ, chỉ xem" in client.get(page_url(world)).content.decode()

    def test_a_stranger_finds_nothing(self, client, world):
        for user in (world.stranger, world.admin, world.province_author):
            client.force_login(user)
            assert client.get(page_url(world)).status_code == 404

    def test_the_way_of_a_commune_and_of_a_root_body(self, client, world):
        world.accepted()
        world.approved(world.province, A1=3)
        world.issue(world.province)
        client.force_login(world.reviewer)

        commune = client.get(page_url(world)).context["way"]
        root = client.get(page_url(world, world.province)).context["way"]

        assert [step["text"] for step in commune][-2:] == ["Đã gửi, chờ tiếp nhận", "Đã tiếp nhận"]
        assert [step["text"] for step in root][-1] == "Đã phát hành"
        assert all(step["is_done"] for step in commune + root)
        assert [step["is_now"] for step in root] == [False, False, False, True]

    def test_the_body_above_sees_progress_not_text_nor_inner_notes(self, client, world):
        world.write(text=SECRET)
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Chuyện nội bộ")
        client.force_login(world.reviewer)

        response = client.get(page_url(world))
        page = response.content.decode()

        assert response.context["filling"].done == 1
        assert SECRET not in page
        assert "Chuyện nội bộ" not in page
        assert edition_url(world) not in page
        client.force_login(world.reader)
        assert "Chuyện nội bộ" in client.get(page_url(world)).content.decode()

    def test_editions_with_number_file_and_reasons(self, client, world):
        world.issued(number=7, A1=3)
        due = clock.now() + timedelta(days=5)
        details = ReturnDetails(parts={"S2.1": "Ghi rõ nghị quyết"}, due_at=due)
        world.do(Action.SEND_BACK, world.reviewer, note="Thiếu căn cứ", details=details)
        client.force_login(world.author)

        response = client.get(page_url(world))
        page = response.content.decode()

        rows = [(row.edition.number, row.state.text) for row in response.context["editions"]]
        assert rows == [(2, "Được trả lại để bổ sung"), (1, "Đã gửi, bị trả lại")]
        assert "07-BC/ĐU" in page
        assert world.report().editions.get(number=1).pdf_sha256 in page
        assert "Ghi rõ nghị quyết" in page
        assert "Thiếu căn cứ" in page
        issued = world.report().editions.get(number=1).events.get(action=Action.ISSUE)
        assert f"Mã gửi {issued.receipt}" in page

    def test_a_province_sees_who_is_in_and_the_way_to_the_totals(self, client, world):
        world.accepted(world.communes[1])
        client.force_login(world.province_author)

        page = client.get(page_url(world, world.province)).content.decode()

        assert "Đã tiếp nhận 1/3 đơn vị. Còn thiếu: Xã Phú Lâm, Xã Bình Minh" in page
        assert reverse("staff:consolidation", args=[world.report(world.province).pk]) in page

    def test_publishing_is_offered_to_the_publisher_once_in_force(self, client, world):
        client.force_login(world.publisher)
        start = reverse("staff:publish_start", args=[world.report(world.province).pk])
        assert start not in client.get(page_url(world, world.province)).content.decode()
        world.approved(world.province, A1=3)
        world.issue(world.province)

        assert start in client.get(page_url(world, world.province)).content.decode()
        client.force_login(world.province_author)
        assert start not in client.get(page_url(world, world.province)).content.decode()

    def test_only_get(self, client, world):
        client.force_login(world.author)
        assert client.post(page_url(world)).status_code == 405


class TestReading:
    def test_the_whole_report_with_figures_notes_and_warnings(self, client, world):
        world.write(
            text="- Việc một\n- <b>Việc hai</b>", A3=2, A4=0, K4=("gan", 250), K6=("no_data", "Đang rà")
        )
        client.force_login(world.reader)

        response = client.get(edition_url(world))
        page = response.content.decode()

        assert "<li>&lt;b&gt;Việc hai&lt;/b&gt;</li>" in page
        assert "III. Kết quả thực hiện công tác dân vận" in page
        assert "1. Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận" in page
        assert "gần 250" in page
        assert "Ghi chú: Đang rà" in page
        lines = {
            line.indicator.code: line for group in response.context["figures"].groups for line in group.lines
        }
        assert len(lines["A4"].warnings) == 1
        assert lines["A1"].own == ""

    def test_the_approver_finds_the_acts_in_the_bar(self, client, world):
        world.write(text=SECRET)
        world.do(Action.SUBMIT, world.author)
        client.force_login(world.approver)

        page = client.get(edition_url(world)).content.decode()

        assert SECRET in page
        assert reverse("staff:return", args=[world.report().pk]) in page
        assert "Duyệt báo cáo 6 tháng đầu năm 2026 của Đảng uỷ xã Phú Lâm?" in page

    def test_those_above_read_it_once_sent(self, client, world):
        world.write(text=SECRET)
        client.force_login(world.reviewer)

        for url in (edition_url(world), pdf_url(world)):
            response = client.get(url)
            assert response.status_code == 403
            assert "Cấp trên chỉ xem tiến độ của bản đang soạn" in response.content.decode()
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue()
        assert SECRET in client.get(edition_url(world)).content.decode()

    def test_what_was_asked_to_mend_stands_at_its_part(self, client, world):
        world.issued(A1=3)
        details = ReturnDetails(
            parts={"S2.1": "Ghi rõ nghị quyết", "SL": "Kiểm lại nhóm A"},
            due_at=clock.now() + timedelta(days=5),
        )
        world.do(Action.SEND_BACK, world.reviewer, note="Thiếu căn cứ", details=details)
        client.force_login(world.author)

        page = client.get(edition_url(world, number=2)).content.decode()

        assert all(words in page for words in ("Ghi rõ nghị quyết", "Kiểm lại nhóm A", "Thiếu căn cứ"))

    def test_inner_returns_stay_in_the_unit(self, client, world):
        world.write()
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Chuyện nội bộ")
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue()

        client.force_login(world.reviewer)
        assert "Chuyện nội bộ" not in client.get(edition_url(world)).content.decode()
        client.force_login(world.author)
        assert "Chuyện nội bộ" in client.get(edition_url(world)).content.decode()

    def test_no_such_edition_and_no_such_report(self, client, world):
        client.force_login(world.author)
        assert client.get(edition_url(world, number=2)).status_code == 404
        assert client.get(reverse("staff:edition", args=[999999, 1])).status_code == 404
        client.force_login(world.stranger)
        assert client.get(edition_url(world)).status_code == 404
        assert client.get(pdf_url(world)).status_code == 404


class TestFile:
    def body(self, response) -> bytes:
        return b"".join(response.streaming_content) if response.streaming else response.content

    def test_the_frozen_file_as_it_was_issued(self, client, world):
        world.issued(number=7, A1=3)
        client.force_login(world.reviewer)
        edition = world.edition()

        response = client.get(pdf_url(world))

        assert hashlib.sha256(self.body(response)).hexdigest() == edition.pdf_sha256
        assert response["ETag"] == f'"{edition.pdf_sha256}"'
        assert response["Content-Type"] == "application/pdf"
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        name = "07-bc-du-xa-phu-lam-6-thang-dau-nam-2026.pdf"
        assert pdf_name(edition) == name
        assert response["Content-Disposition"] == f'inline; filename="{name}"'
        again = client.get(pdf_url(world), headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304

    def test_a_draft_is_laid_out_now_and_marked(self, client, world):
        world.write(text=SECRET)
        client.force_login(world.author)

        response = client.get(pdf_url(world))

        text = " ".join(page.text for page in read_pages(response.content))
        assert "Dự thảo lần 1" in text
        assert SECRET in text
        assert response["Content-Disposition"].startswith('inline; filename="du-thao-lan-1-xa-phu-lam')
        assert response["Cache-Control"] == "private, no-store"

    def test_a_lost_file_is_said_in_words(self, client, world):
        world.issued(A1=3)
        edition = world.edition()
        edition.pdf.storage.delete(edition.pdf.name)
        client.force_login(world.author)

        response = client.get(pdf_url(world))

        assert response.status_code == 404
        assert "khôi phục kho tệp từ bản sao lưu" in response.content.decode()


def test_the_printed_date_is_day_first(client, world):
    world.issued()
    client.force_login(world.author)
    assert format_date(world.edition().issued_on) in client.get(page_url(world)).content.decode()
    assert world.edition().state == State.ISSUED
