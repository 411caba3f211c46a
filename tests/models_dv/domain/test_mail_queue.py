"""Mail that waits: what goes out, when, and what becomes of it with a server that refuses, is slow or away."""

import logging
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from models_dv import clock
from models_dv.domain import mail_queue, notify
from models_dv.domain.mail_queue import send_due
from models_dv.enums import MailHabit, MailState, NotificationKind, Role
from models_dv.models import Notification, UnitRole, User
from tests.factories import mail_server as servers
from tests.factories.mail_server import closed_port, mail_server
from tests.factories.world import local, make_province, make_user

pytestmark = pytest.mark.django_db
MORNING = local(2026, 11, 23, 7, 1)
EVENING = local(2026, 11, 22, 17)


@pytest.fixture(autouse=True)
def settings_of_mail(settings):
    """A mail server is set; by itself the tests' box that keeps what is sent."""
    settings.MAIL_IS_SET = True
    settings.PORTAL_URL = "https://danvan.example.vn"
    settings.DEFAULT_FROM_EMAIL = "Cổng báo cáo <danvan@example.vn>"
    return settings


@pytest.fixture
def server(settings):
    """A mail server on this machine that does as told; its answers are waited for 0.3 s."""
    with mail_server() as server:
        reach(settings, server.port)
        yield server


def reach(settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.3


@pytest.fixture
def unit():
    return make_province()


@pytest.fixture
def person(unit):
    """Makes somebody who wants his mail in a certain way."""

    def make(name="a", habit=MailHabit.EACH, **values):
        user = make_user(name, f"Người {name}", unit, Role.AUTHOR, email=f"{name}@tinh.vn")
        User.objects.filter(pk=user.pk).update(mail_habit=habit, **values)
        return User.objects.get(pk=user.pk)

    return make


def tell(user, title="Được trả lại: Báo cáo", *, at=EVENING, note="Lý do riêng", **values) -> Notification:
    with clock.fixed(at):
        notify.notify(
            [user],
            kind=NotificationKind.RETURNED,
            title=title,
            text="Lê Văn B trả lại.",
            note=note,
            url="/lam-viec/bao-cao/7/",
            obj=user,
            unit=values.pop("unit", user.unit_roles.get().unit),
            actor=None,
        )
    return Notification.objects.latest("pk")


def send(at=EVENING) -> mail_queue.Outcome:
    with clock.fixed(at):
        return send_due()


def state(row: Notification) -> tuple:
    row.refresh_from_db()
    return row.mail, row.tries, row.next_try_at


class TestOneAtATime:
    def test_each_goes_out_at_once_with_a_link_and_no_words_of_people(self, person):
        row = tell(person(), "Được trả lại: Báo cáo <năm> 2026 & “thử”")
        assert send() == mail_queue.Outcome(sent=1)
        (sent,) = mail.outbox
        assert (sent.subject, sent.to) == ("Được trả lại: Báo cáo <năm> 2026 & “thử”", ["a@tinh.vn"])
        address = f"https://danvan.example.vn/lam-viec/thong-bao/{row.pk}/"
        assert sent.body.splitlines()[:5] == [
            "Kính gửi đồng chí Người a,",
            "",
            "Được trả lại: Báo cáo <năm> 2026 & “thử”",
            "17:00 ngày 22/11/2026. Lê Văn B trả lại.",
            address,
        ]
        ((html, kind),) = sent.alternatives
        assert kind == "text/html"
        assert f'<a href="{address}">Được trả lại: Báo cáo &lt;năm&gt; 2026 &amp; “thử”</a>' in html
        assert "Lý do riêng" not in sent.body + html
        assert "<img" not in html and "http://" not in html
        assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
        assert state(row) == (MailState.SENT, 1, None)
        assert row.mailed_at == EVENING

    def test_what_was_sent_is_not_sent_again(self, person):
        tell(person())
        send()
        assert send() == mail_queue.Outcome()
        assert len(mail.outbox) == 1

    def test_a_name_with_markup_stays_text(self, person):
        tell(person(full_name="<script>alert(1)</script>"), note="")
        send()
        ((html, _kind),) = mail.outbox[0].alternatives
        assert "<script>" not in html
        assert "&lt;script&gt;" in html

    def test_a_subject_is_one_line_whatever_the_names_hold(self, person):
        row = tell(person(), "Trả lại\r\nBcc: x@x.vn")
        assert row.title == "Trả lại Bcc: x@x.vn"
        Notification.objects.update(title="Trả lại\r\nBcc: x@x.vn\u2028nữa")
        send()
        assert mail.outbox[0].subject == "Trả lại Bcc: x@x.vn nữa"
        assert mail.outbox[0].recipients() == ["a@tinh.vn"]
        assert mail.outbox[0].message()["Bcc"] is None

    def test_an_address_that_holds_a_header_is_refused_and_the_others_go_on(self, person, caplog):
        bad, good = person("a", email="a@x.vn\r\nBcc: b@x.vn"), person("b")
        rows = [tell(bad), tell(good)]
        assert send() == mail_queue.Outcome(sent=1, refused=1)
        assert [state(row)[0] for row in rows] == [MailState.FAILED, MailState.SENT]
        assert mail.outbox[0].to == ["b@tinh.vn"]
        assert "b@x.vn" not in caplog.text

    def test_illustrative_names_are_marked(self, person):
        tell(person())
        send()
        assert "Dữ liệu minh hoạ" in mail.outbox[0].body

    def test_many_at_once_are_one_mail(self, person):
        user = person()
        for number in range(mail_queue.MOST_SINGLE + 1):
            tell(user, f"Việc {number}")
        assert send().sent == 1
        assert mail.outbox[0].subject == "6 thông báo đến ngày 22/11/2026"

    def test_without_a_server_nothing_is_done(self, person, settings):
        row = tell(person())
        settings.MAIL_IS_SET = False
        assert send() == mail_queue.Outcome()
        assert state(row) == (MailState.QUEUED, 0, EVENING)

    @pytest.mark.parametrize(
        "change", [{"is_active": False}, {"email": ""}, {"mail_habit": MailHabit.NEVER}], ids=str
    )
    def test_who_is_no_longer_to_be_told_gets_nothing(self, person, change):
        row = tell(person())
        User.objects.update(**change)
        assert send() == mail_queue.Outcome()
        assert state(row)[0] == MailState.NONE
        assert mail.outbox == []

    def test_who_left_the_unit_gets_nothing(self, person):
        row = tell(person())
        UnitRole.objects.all().delete()
        assert send() == mail_queue.Outcome()
        assert state(row)[0] == MailState.NONE
        assert mail.outbox == []


class TestOnceADay:
    def test_one_mail_in_the_morning_with_what_was_not_read(self, person):
        user = person(habit=MailHabit.DAILY)
        for title in ("Việc một", "Việc hai", "Việc ba"):
            row = tell(user, title)
        with clock.fixed(EVENING):
            notify.mark_read(row)
        assert send(EVENING) == mail_queue.Outcome()
        assert send(MORNING).sent == 1
        (sent,) = mail.outbox
        assert sent.subject == "2 thông báo đến ngày 23/11/2026"
        assert sent.body.index("Việc một") < sent.body.index("Việc hai")
        assert "Việc ba" not in sent.body

    def test_no_second_mail_that_day_even_after_a_late_one(self, person):
        user = person(habit=MailHabit.DAILY)
        tell(user, "Hôm qua")
        with clock.fixed(MORNING + timedelta(hours=5)):
            send_due()
        late = tell(user, "Hôm nay", at=MORNING)
        Notification.objects.filter(pk=late.pk).update(next_try_at=MORNING)
        assert send(MORNING + timedelta(hours=6)) == mail_queue.Outcome()
        assert state(late) == (MailState.QUEUED, 0, local(2026, 11, 24, 7))
        assert send(local(2026, 11, 24, 7, 2)).sent == 1
        assert [message.subject for message in mail.outbox] == ["Hôm qua", "Hôm nay"]

    def test_everybody_gets_his_own(self, person):
        first, second = person("a", MailHabit.DAILY), person("b", MailHabit.DAILY)
        for user in (first, second, first):
            tell(user, f"Cho {user.username}")
        assert send(MORNING).sent == 2
        assert [(message.to, message.body.count("Cho ")) for message in mail.outbox] == [
            (["a@tinh.vn"], 2),
            (["b@tinh.vn"], 1),
        ]

    def test_nothing_told_no_mail(self, person):
        person(habit=MailHabit.DAILY)
        assert send(MORNING) == mail_queue.Outcome()


class TestTheServer:
    def test_it_takes_what_waits_the_oldest_first_over_one_connection(self, person, server):
        users = [person(name) for name in ("a", "b", "c")]
        for hour, user in zip((9, 8, 10), users, strict=True):
            tell(user, at=local(2026, 11, 22, hour))
        assert send().sent == 3
        assert server.to() == ["b@tinh.vn", "a@tinh.vn", "c@tinh.vn"]
        assert server.connections == 1
        assert str(server.taken[0]["Subject"]) == "Được trả lại: Báo cáo"
        assert server.taken[0]["From"].addresses[0].addr_spec == "danvan@example.vn"

    def test_away_everything_waits_and_nothing_is_lost(self, person, settings, caplog):
        reach(settings, closed_port())
        rows = [tell(person(name)) for name in ("a", "b", "c")]
        assert send() == mail_queue.Outcome(server_is_away=True)
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        minute = timedelta(minutes=1)
        assert state(rows[0]) == (MailState.QUEUED, 1, EVENING + minute + timedelta(seconds=1))
        assert {state(row) for row in rows[1:]} == {(MailState.QUEUED, 1, EVENING + minute)}
        with mail_server() as server:
            reach(settings, server.port)
            assert send(EVENING + timedelta(minutes=2)).sent == 3
        # Whose turn it was when the server failed comes last: should it be the reason, the others go first.
        assert server.to() == ["b@tinh.vn", "c@tinh.vn", "a@tinh.vn"]

    def test_the_pauses_grow_and_stay_at_an_hour(self, person, settings):
        reach(settings, closed_port())
        row, pauses = tell(person()), []
        for _try in range(8):
            row.refresh_from_db()
            now = row.next_try_at
            send(now)
            row.refresh_from_db()
            pauses.append(round((row.next_try_at - now) / timedelta(minutes=1)))
        assert pauses == [1, 2, 5, 15, 30, 60, 60, 60]
        assert row.mail == MailState.QUEUED

    def test_nothing_is_tried_before_its_time(self, person, server):
        server.behaves = servers.DROPS
        tell(person())
        send()
        assert send(EVENING + timedelta(seconds=59)) == mail_queue.Outcome()
        assert server.connections == 1

    @pytest.mark.parametrize("behaves", [servers.SILENT, servers.DROPS, servers.DROPS_AFTER_TAKING])
    def test_slow_or_breaking_off_is_given_up_soon_and_tried_again(self, person, server, behaves):
        row, server.behaves = tell(person()), behaves
        began = time.monotonic()
        assert send() == mail_queue.Outcome(server_is_away=True)
        assert time.monotonic() - began < 5
        assert state(row)[:2] == (MailState.QUEUED, 1)
        server.behaves = servers.TAKES
        assert send(EVENING + timedelta(minutes=2)).sent == 1
        assert state(row)[0] == MailState.SENT

    def test_a_mail_taken_without_an_answer_bears_the_same_id_again(self, person, server):
        tell(person())
        server.behaves = servers.DROPS_AFTER_TAKING
        send()
        server.behaves = servers.TAKES
        send(EVENING + timedelta(minutes=2))
        first, second = (message["Message-ID"] for message in server.taken)
        assert first == second

    def test_an_address_refused_for_good_fails_and_the_others_go_on(self, person, server):
        rows = [tell(person(name)) for name in ("a", "b", "c")]
        server.refuses = {"b@tinh.vn": "550 no such person"}
        assert send() == mail_queue.Outcome(sent=2, refused=1)
        assert [state(row)[0] for row in rows] == [MailState.SENT, MailState.FAILED, MailState.SENT]
        assert send(EVENING + timedelta(days=9)) == mail_queue.Outcome()

    def test_refused_for_now_waits_alone(self, person, server):
        rows = [tell(person(name)) for name in ("a", "b")]
        server.refuses = {"a@tinh.vn": "451 come back later"}
        assert send() == mail_queue.Outcome(sent=1, postponed=1)
        assert state(rows[0]) == (MailState.QUEUED, 1, EVENING + timedelta(minutes=1))
        server.refuses = {}
        assert send(EVENING + timedelta(minutes=1)).sent == 1

    def test_refused_for_now_for_days_is_refused_for_good(self, person, server):
        row = tell(person())
        server.refuses = {"a@tinh.vn": "451 come back later"}
        late = EVENING + mail_queue.PATIENCE + timedelta(minutes=1)
        assert send(late) == mail_queue.Outcome(refused=1)
        assert state(row)[0] == MailState.FAILED

    def test_a_mail_refused_whole_fails_alone(self, person, server):
        rows = [tell(person(name)) for name in ("a", "b")]
        server.refuses_text = "554 not wanted"
        assert send() == mail_queue.Outcome(refused=2)
        assert {state(row)[0] for row in rows} == {MailState.FAILED}

    def test_a_name_it_does_not_believe_is_the_servers_fault_not_the_mails(self, person, server, settings):
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "danvan", "secret"
        row = tell(person())
        assert send().server_is_away
        assert state(row)[0] == MailState.QUEUED

    def test_the_health_page_hears_of_it_after_some_tries(self, person, settings):
        reach(settings, closed_port())
        row = tell(person())
        for _try in range(mail_queue.TRIES_TO_WORRY):
            assert not mail_queue.is_stuck()
            row.refresh_from_db()
            send(row.next_try_at)
        assert mail_queue.is_stuck()


class TestTwoWorkers:
    def test_what_one_has_taken_the_other_leaves(self, person):
        user = person()
        row = tell(user)
        letter = mail_queue.Letter(user, [row])
        with clock.fixed(EVENING):
            assert mail_queue._take(letter)
            assert not mail_queue._take(letter)
            assert send_due() == mail_queue.Outcome()

    def test_a_letter_is_taken_whole_or_not_at_all(self, person):
        user = person()
        rows = [tell(user), tell(user)]
        Notification.objects.filter(pk=rows[1].pk).update(mail=MailState.SENT)
        with clock.fixed(EVENING):
            assert not mail_queue._take(mail_queue.Letter(user, rows))
        assert state(rows[0]) == (MailState.QUEUED, 0, EVENING)

    def test_what_a_dead_worker_had_goes_out_later(self, person):
        user = person()
        row = tell(user)
        with clock.fixed(EVENING):
            mail_queue._take(mail_queue.Letter(user, [row]))
        assert send(EVENING + mail_queue.LEASE).sent == 1


class NotingBackend(BaseEmailBackend):
    """Notes in how many blocks of a transaction it is called."""

    depths: list[int] = []

    def send_messages(self, messages):
        """Take them."""
        self.depths.append(len(connection.savepoint_ids))
        return len(messages)


def test_no_transaction_is_open_while_the_server_is_spoken_to(person, settings):
    """A slow server must hold no lock in the database."""
    settings.EMAIL_BACKEND = f"{__name__}.NotingBackend"
    tell(person())
    NotingBackend.depths.clear()
    assert send().sent == 1
    assert NotingBackend.depths == [len(connection.savepoint_ids)]


def test_the_step_of_the_caller_never_speaks_to_the_server(person, server):
    server.behaves = servers.SILENT
    with transaction.atomic():
        tell(person())
    assert server.connections == 0
