"""One round of reminders and mail, by hand or from cron."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from models_dv import clock
from models_dv.domain import notify
from models_dv.enums import MailHabit, NotificationKind
from models_dv.models import Notification
from tests.factories.mail_server import closed_port
from tests.factories.world import local, make_user, make_world


def run() -> str:
    said = StringIO()
    call_command("send_mail_queue", stdout=said)
    return said.getvalue()


def tell(user, title="Mở đợt báo cáo") -> None:
    notify.notify(
        [user],
        kind=NotificationKind.OPENED,
        title=title,
        url="/lam-viec/",
        obj=user,
        unit=None,
        actor=None,
    )


@pytest.fixture
def settings_of_mail(settings):
    settings.MAIL_IS_SET = True
    settings.PORTAL_URL = "https://danvan.example.vn"
    return settings


@pytest.fixture
def person(db, empty_cache):
    return make_user("a", "Nguyễn Văn A", email="a@tinh.vn", mail_habit=MailHabit.EACH)


def test_without_a_mail_server_it_says_so_and_reminds_all_the_same(db, empty_cache):
    world = make_world()
    Notification.objects.all().delete()
    report = world.report()
    report.due_at = local(2026, 11, 23, 17)
    report.save()
    with clock.fixed(local(2026, 11, 22, 9)):
        assert run() == "Chưa đặt DANVAN_MAIL_URL: thông báo chỉ hiện trong cổng.\n"
    assert Notification.objects.get(recipient=world.author).title.startswith("Còn 1 ngày: ")


def test_what_waits_goes_out(person, settings_of_mail):
    tell(person)
    assert run() == "Đã gửi 1 thư, bị từ chối 0, gửi lại sau 0\n"
    assert [message.subject for message in mail.outbox] == ["Mở đợt báo cáo"]


def test_a_server_that_is_away_is_no_error(person, settings_of_mail):
    settings_of_mail.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings_of_mail.EMAIL_HOST, settings_of_mail.EMAIL_PORT = "127.0.0.1", closed_port()
    tell(person)
    assert run().splitlines() == [
        "Đã gửi 0 thư, bị từ chối 0, gửi lại sau 0",
        "Máy chủ thư không nhận; các thư còn lại được giữ và gửi lại sau.",
    ]
