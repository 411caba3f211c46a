"""The bell, the list of what one was told, following one to its place, and how mail goes out."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_dv import clock
from models_dv.enums import MailHabit, MailState, NotificationKind, Role
from models_dv.models import Notification, UnitRole, UnitVersion, User
from reports.domain import comments, rounds
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, Audience
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
URL = "/lam-viec/thong-bao/"
MOST_QUERIES = 8


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """Opening the round told every author; that is forgotten."""
    world = make_world()
    Notification.objects.all().delete()
    return world


@pytest.fixture
def approver(client, world):
    """The approver of the first commune has signed in, and was told of one report."""
    world.write()
    world.do(Action.SUBMIT, world.author)
    client.force_login(world.approver)
    return client


def own() -> Notification:
    return Notification.objects.latest("pk")


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def tell(world, count=1, **values) -> None:
    """More for the approver, an hour apart."""
    report = world.report()
    Notification.objects.bulk_create(
        Notification(
            recipient=world.approver,
            unit=world.communes[0],
            kind=NotificationKind.SUBMITTED,
            created_at=clock.now() + timedelta(hours=number),
            object_type="reports.Report",
            object_id=report.pk,
            **{"title": f"Thông báo {number}", "url": report.get_absolute_url(), **values},
        )
        for number in range(count)
    )


class TestTheList:
    def test_says_what_of_which_unit_who_and_when(self, approver, world):
        page = approver.get(URL).content.decode()
        row = own()
        assert (
            f'<a href="{URL}{row.pk}/">Chờ duyệt: Báo cáo 6 tháng đầu năm 2026 – Đảng uỷ xã Phú Lâm</a>'
            in page
        )
        assert "Soạn xa-1 trình duyệt." in page
        assert "Chưa đọc" in page
        assert "<title>Thông báo (1 chưa đọc)" in page
        assert "dữ liệu minh hoạ" in page

    def test_is_empty_with_a_word_on_what_comes_here(self, client, world):
        client.force_login(world.approver)
        page = client.get(URL).content.decode()
        assert "Chưa có thông báo" in page
        assert "Đánh dấu" not in page

    def test_unread_come_first_and_twenty_stand_on_a_page(self, approver, world):
        tell(world, 25, title="Mới")
        Notification.objects.filter(title="Mới").mark_read(clock.now())
        rows = list(approver.get(URL).context["shown"].page)
        assert (len(rows), rows[0].kind, rows[0].is_read) == (20, NotificationKind.SUBMITTED, False)
        assert len(approver.get(URL, {"trang": "2"}).context["shown"].page) == 6

    def test_names_with_markup_stay_text(self, approver, world):
        UnitVersion.objects.filter(unit=world.communes[0]).update(name="<script>alert(1)</script>")
        User.objects.filter(pk=world.approver.pk).update(full_name="<img src=x onerror=alert(2)>")
        tell(world, title="<b>x</b>", text="<i>y</i>", note="<u>z</u>")
        world.do(Action.RETURN, world.approver, note="<script>alert(3)</script>", details=ReturnDetails())
        for user in (world.approver, world.author):
            approver.force_login(user)
            page = approver.get(URL).content.decode()
            for markup in ("<script>alert", "<img src=x", "<b>x", "<i>y", "<u>z"):
                assert markup not in page
        assert "&lt;script&gt;alert(3)" in page

    def test_costs_the_same_few_queries_whatever_the_rows(self, approver, world):
        counts = []
        for more in (0, 2, 15):
            tell(world, more)
            with CaptureQueriesContext(connection) as captured:
                approver.get(URL)
            counts.append(len(captured))
        assert len(set(counts)) == 1
        assert counts[0] <= MOST_QUERIES

    def test_who_lost_the_role_sees_it_no_more(self, approver, world):
        UnitRole.objects.filter(user=world.approver).delete()
        assert "Chưa có thông báo" in approver.get(URL).content.decode()
        assert approver.get(f"{URL}{own().pk}/").status_code == 404


class TestTheBell:
    def test_counts_what_is_unread_on_every_page(self, approver, world):
        page = approver.get(reverse("staff:reports")).content.decode()
        assert 'aria-label="Thông báo, 1 chưa đọc"' in page
        approver.get(f"{URL}{own().pk}/")
        assert 'aria-label="Thông báo"' in approver.get(reverse("staff:reports")).content.decode()

    def test_counts_to_99(self, approver, world):
        tell(world, 120)
        assert 'aria-label="Thông báo, 99+ chưa đọc"' in approver.get(URL).content.decode()

    def test_asks_no_query_of_its_own(self, approver, world, settings):
        counts = []
        for more in (0, 3):
            tell(world, more)
            with CaptureQueriesContext(connection) as captured:
                approver.get(reverse("staff:help"))
            asked = [query["sql"] for query in captured]
            assert sum("models_dv_notification" in sql for sql in asked) == 1
            assert any("models_dv_notification" in sql and "models_dv_unitversion" in sql for sql in asked)
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestFollowing:
    def test_leads_to_the_exact_place_and_marks_it_read(self, approver, world):
        row = own()
        response = approver.get(f"{URL}{row.pk}/")
        assert response["Location"] == reverse("staff:review", args=[world.report().pk])
        assert said(response) == []
        row.refresh_from_db()
        assert row.is_read

    def test_what_has_moved_on_says_who_did_what_and_when(self, client, world):
        world.issued()
        row = Notification.objects.get(recipient=world.reviewer)
        with clock.fixed(local(2027, 1, 5, 14, 32)):
            world.do(Action.ACCEPT, world.reviewer)
        client.force_login(world.reviewer)
        response = client.get(f"{URL}{row.pk}/")
        assert response["Location"] == world.report().get_absolute_url()
        assert said(response) == ["Tiếp nhận đã tiếp nhận lúc 14:32 ngày 05/01/2027."]
        page = client.get(response["Location"]).content.decode()
        assert "Tiếp nhận đã tiếp nhận lúc 14:32 ngày 05/01/2027." in page

    def test_a_comment_keeps_its_place(self, client, world):
        """First the comments, then the return: that is the usual order."""
        world.write(text="Một.\nHai.")
        world.do(Action.SUBMIT, world.author)
        pin = comments.Pin("S2.1", paragraph=2, quote="Hai.")
        made = comments.add(world.edition(), pin, "Rõ hơn", actor=world.approver)
        told = Notification.objects.get(recipient=world.author, kind=NotificationKind.COMMENTED)
        with clock.fixed(local(2027, 1, 5, 9)):
            world.do(Action.RETURN, world.approver, note="Bổ sung")
        client.force_login(world.author)
        response = client.get(f"{URL}{told.pk}/")
        place = reverse("staff:part", args=[world.report().pk, "S2.1"])
        assert response["Location"] == f"{place}#p2-{made.pk}"
        assert said(response) == ["Duyệt xa-1 đã trả lại để bổ sung lúc 09:00 ngày 05/01/2027."]

    def test_a_comment_on_what_may_not_be_read_any_more_leads_to_the_report(self, client, world):
        world.issued()
        comments.add(
            world.edition(), comments.Pin("S2.1"), "Đã rõ", audience=Audience.SHARED, actor=world.author
        )
        told = Notification.objects.get(recipient=world.reviewer, kind=NotificationKind.COMMENTED)
        with clock.fixed(local(2027, 1, 5, 9)):
            world.do(Action.RECALL, world.approver, note="Sót")
        client.force_login(world.reviewer)
        assert client.get(f"{URL}{told.pk}/")["Location"] == world.report().get_absolute_url()

    def test_the_last_step_counts(self, approver, world):
        row = own()
        world.do(Action.WITHDRAW, world.author)
        with clock.fixed(local(2027, 1, 5, 9)):
            world.do(Action.SUBMIT, world.author)
        response = approver.get(f"{URL}{row.pk}/")
        assert said(response) == ["Soạn xa-1 đã trình duyệt lúc 09:00 ngày 05/01/2027."]

    def test_an_extension_is_such_a_step(self, client, world):
        with clock.fixed(local(2026, 11, 1)):
            rounds.notices.round_opened(world.round, [world.report().due_at], actor=None)
        row = Notification.objects.get(recipient=world.author)
        report = world.report()
        with clock.fixed(local(2027, 1, 5, 9)):
            rounds.extend(
                report, due_at=report.due_at + timedelta(days=90), reason="Chờ", actor=world.reviewer
            )
        client.force_login(world.author)
        assert said(client.get(f"{URL}{row.pk}/")) == ["Tiếp nhận đã gia hạn lúc 09:00 ngày 05/01/2027."]

    def test_beginning_to_write_makes_nothing_stale(self, client, world):
        with clock.fixed(local(2026, 11, 1)):
            rounds.notices.round_opened(world.round, [world.report().due_at], actor=None)
        row = Notification.objects.get(recipient=world.author)
        world.write()
        client.force_login(world.author)
        assert said(client.get(f"{URL}{row.pk}/")) == []

    def test_the_body_above_hears_no_inner_step(self, client, world):
        world.issued()
        row = Notification.objects.get(recipient=world.reviewer)
        with clock.fixed(local(2027, 1, 5, 9)):
            world.do(Action.RECALL, world.approver, note="Sót")
        with clock.fixed(local(2027, 1, 6, 9)):
            world.do(Action.SUBMIT, world.author)
        client.force_login(world.reviewer)
        response = client.get(f"{URL}{row.pk}/")
        assert said(response) == ["Duyệt xa-1 đã thu hồi báo cáo lúc 09:00 ngày 05/01/2027."]

    def test_another_persons_is_not_there(self, approver, world):
        row = own()
        approver.force_login(world.author)
        assert approver.get(f"{URL}{row.pk}/").status_code == 404
        assert not Notification.objects.get(pk=row.pk).is_read

    @pytest.mark.parametrize("url", ["https://xau.vn/", "//xau.vn/", "javascript:alert(1)", "xau"])
    def test_it_leads_to_places_of_the_portal_only(self, approver, world, url):
        tell(world, url=url)
        Notification.objects.filter(url=url).update(object_type="models_dv.Task")
        assert approver.get(f"{URL}{own().pk}/")["Location"] == URL


class TestMarking:
    def test_one(self, approver, world):
        tell(world, 2)
        response = approver.post(f"{URL}{own().pk}/da-doc/", {"trang": "2"})
        assert (response.status_code, response["Location"]) == (302, f"{URL}?trang=2")
        assert Notification.objects.unread().filter(recipient=world.approver).count() == 2

    def test_all_that_stood_there_and_nothing_that_came_since(self, approver, world):
        tell(world, 2)
        newest = approver.get(URL).context["newest"]
        tell(world, 1, title="Vừa đến")
        assert approver.post(f"{URL}da-doc/", {"newest": newest})["Location"] == URL
        left = Notification.objects.unread().filter(recipient=world.approver)
        assert [row.title for row in left] == ["Vừa đến"]

    @pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 30, "²"])
    def test_nonsense_marks_nothing(self, approver, world, newest):
        assert approver.post(f"{URL}da-doc/", {"newest": newest}).status_code == 302
        assert Notification.objects.unread().filter(recipient=world.approver).count() == 1

    def test_others_stay_unread(self, approver, world):
        world.do(Action.APPROVE, world.approver)
        approver.post(f"{URL}da-doc/", {"newest": str(10**9)})
        assert Notification.objects.unread().filter(recipient=world.author).exists()

    def test_the_button_is_there_while_something_is_unread(self, approver, world):
        assert "Đánh dấu tất cả đã đọc" in approver.get(URL).content.decode()
        approver.post(f"{URL}{own().pk}/da-doc/")
        assert "Đánh dấu" not in approver.get(URL).content.decode()


class TestMailHabit:
    def test_one_mail_a_day_is_the_first_choice(self, approver, world):
        page = approver.get(URL).content.decode()
        assert 'name="gui_thu" value="daily" required id="id_gui_thu_1" checked' in page.replace("\n", " ")

    def test_another_is_kept(self, approver, world):
        response = approver.post(f"{URL}cach-gui-thu/", {"gui_thu": "each"})
        assert (response["Location"], said(response)) == (URL, ["Đã lưu cách gửi thư."])
        assert User.objects.get(pk=world.approver.pk).mail_habit == MailHabit.EACH

    @pytest.mark.parametrize("value", ["", "hourly"])
    def test_nonsense_comes_back_with_a_word(self, approver, world, value):
        response = approver.post(f"{URL}cach-gui-thu/", {"gui_thu": value})
        assert response.status_code == 422
        assert "Chọn một" in response.content.decode()
        assert User.objects.get(pk=world.approver.pk).mail_habit == MailHabit.DAILY

    def test_why_no_mail_comes_is_said(self, approver, world, settings):
        assert "chưa đặt máy chủ thư" in approver.get(URL).content.decode()
        settings.MAIL_IS_SET = True
        assert "chưa có địa chỉ thư" in approver.get(URL).content.decode()
        User.objects.filter(pk=world.approver.pk).update(email="a@tinh.vn")
        assert "Nhờ người quản trị" not in approver.get(URL).content.decode()
        Notification.objects.filter(recipient=world.approver).update(mail=MailState.FAILED)
        assert "từ chối địa chỉ a@tinh.vn" in approver.get(URL).content.decode()


def test_a_viewer_is_told_of_nothing(client, world):
    world.accepted()
    for user in (world.reader, world.publisher, world.stranger):
        client.force_login(user)
        assert "Chưa có thông báo" in client.get(URL).content.decode()
    assert not UnitRole.objects.filter(user=world.reader).exclude(role=Role.VIEWER).exists()
