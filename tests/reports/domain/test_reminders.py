"""Reminders: three days and one day before, on the day, and once overdue; told to who has the report in hand."""

from datetime import timedelta

import pytest

from models_dv import clock
from models_dv.enums import MailState, NotificationKind, PeriodKind
from models_dv.models import Notification, UnitRole, User
from reports.domain import contributing, rounds
from reports.domain.reminders import remind, remind_contributors, settle_what_was_done
from reports.enums import Action
from tests.factories.together import give, make_body
from tests.factories.world import local, make_round, make_world

pytestmark = pytest.mark.django_db
DUE = local(2026, 11, 25, 17)


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """Everything is due on 25 November at 17:00."""
    world = make_world()
    for unit in (world.province, *world.communes):
        report = world.report(unit)
        report.due_at = DUE
        report.save()
    Notification.objects.all().delete()
    return world


def told_at(moment) -> dict[str, str]:
    """{username: title} of who is told at the moment."""
    last = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with clock.fixed(moment):
        count = remind()
    rows = Notification.objects.filter(pk__gt=last)
    assert len(rows) == count
    return {row.recipient.username: row.title.split(":")[0] for row in rows}


AUTHORS = ("author-an-binh", "author-xa-1", "author-xa-2", "author-xa-3")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (local(2026, 11, 21, 23, 59), None),
        (local(2026, 11, 22, 0, 0), "Còn 3 ngày"),
        (local(2026, 11, 23, 6), "Còn 2 ngày"),
        (local(2026, 11, 24, 6), "Còn 1 ngày"),
        (local(2026, 11, 25, 0, 0), "Hôm nay là hạn gửi báo cáo"),
        (local(2026, 11, 25, 17, 0), "Hôm nay là hạn gửi báo cáo"),
        (local(2026, 11, 25, 17, 1), "Quá hạn 1 ngày"),
        (local(2026, 11, 28, 6), "Quá hạn 3 ngày"),
        (local(2026, 12, 30, 6), None),
    ],
)
def test_by_the_days_that_are_left(world, moment, words):
    assert told_at(moment) == (dict.fromkeys(AUTHORS, words) if words else {})


def test_of_a_correction_nobody_is_reminded(world):
    world.accepted(world.communes[0])
    world.do(Action.CORRECT, world.approver, note="Sai số")
    told = dict.fromkeys(AUTHORS, "Quá hạn 1 ngày")
    del told["author-xa-1"]
    assert told_at(local(2026, 11, 26)) == told


def test_each_reminder_once_however_often_it_is_asked_for(world):
    told = [
        told_at(local(2026, 11, day, hour)).get("author-xa-1")
        for day in (22, 23, 24, 25, 26, 27)
        for hour in (6, 18)
    ]
    assert [words for words in told if words] == [
        "Còn 3 ngày",
        "Còn 1 ngày",
        "Hôm nay là hạn gửi báo cáo",
        "Quá hạn 1 ngày",
    ]


def test_who_has_it_in_hand(world):
    first, second, third = world.communes
    world.write(first)
    world.do(Action.SUBMIT, world.author, first)
    world.approved(second)
    world.issued(third)
    told = set(told_at(local(2026, 11, 24, 6)))
    assert told == {"author-an-binh", "approver-xa-1", "clerk-xa-2"}


def test_it_leads_to_the_report_and_says_when(world):
    with clock.fixed(local(2026, 11, 24, 6)):
        remind()
    row = Notification.objects.get(recipient=world.author)
    assert row.title == "Còn 1 ngày: Báo cáo 6 tháng đầu năm 2026 – Đảng uỷ xã Phú Lâm"
    assert (row.kind, row.text) == (NotificationKind.DUE_SOON, "Hạn gửi: 17 giờ ngày 25/11/2026.")
    assert row.url == world.report().get_absolute_url()
    assert row.unit == world.communes[0]


def test_a_new_due_date_is_told_anew(world):
    assert "author-xa-1" in told_at(local(2026, 11, 24, 6))
    later = local(2026, 11, 27, 17)
    rounds.extend(world.report(), due_at=later, reason="Chờ số liệu", actor=world.reviewer)
    assert told_at(local(2026, 11, 26, 6)) == {
        "author-an-binh": "Quá hạn 1 ngày",
        "author-xa-1": "Còn 1 ngày",
        "author-xa-2": "Quá hạn 1 ngày",
        "author-xa-3": "Quá hạn 1 ngày",
    }


def test_nobody_is_told_of_a_round_that_is_closed(world):
    rounds.close_round(world.round, actor=world.admin)
    assert told_at(local(2026, 11, 24, 6)) == {}


def test_who_left_is_not_told(world):
    UnitRole.objects.filter(user=world.author).delete()
    User.objects.filter(username="author-xa-2").update(is_active=False)
    assert set(told_at(local(2026, 11, 24, 6))) == {"author-an-binh", "author-xa-3"}


def test_a_report_of_another_round_of_the_unit_is_left_alone(world):
    make_round(world.province, kind=PeriodKind.ANNUAL, due=DUE + timedelta(days=40), opened_by=world.admin)
    Notification.objects.all().delete()
    assert told_at(local(2026, 11, 24, 6)) == dict.fromkeys(AUTHORS, "Còn 1 ngày")


def test_few_statements_whatever_the_units(world, django_assert_num_queries):
    with clock.fixed(local(2026, 11, 24, 6)), django_assert_num_queries(6):
        assert remind() == 4


def test_it_waits_for_the_mail_of_the_day(world, settings):
    settings.MAIL_IS_SET = True
    User.objects.update(email="a@tinh.vn")
    told_at(local(2026, 11, 24, 6))
    row = Notification.objects.get(recipient=world.author)
    assert (row.mail, row.next_try_at) == (MailState.QUEUED, local(2026, 11, 24, 7))


def test_what_is_done_is_read_before_the_mail_of_the_day(world):
    with clock.fixed(local(2026, 11, 22, 6)):
        remind()
    world.write()
    with clock.fixed(local(2026, 11, 22, 9)):
        world.do(Action.SUBMIT, world.author)
    before = Notification.objects.unread().count()
    with clock.fixed(local(2026, 11, 23, 5, 30)):
        assert settle_what_was_done() == 1
    assert Notification.objects.unread().count() == before - 1
    assert not Notification.objects.unread().filter(recipient=world.author).exists()


class TestGivenParts:
    """Who was given parts has a date of his own."""

    @pytest.fixture
    def given(self, world):
        body = make_body(world)
        with clock.fixed(local(2026, 11, 10)):
            given = give(world, body.unit, due_on=local(2026, 11, 20).date())
        Notification.objects.all().delete()
        return given

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            (16, None),
            (17, "Còn 3 ngày"),
            (19, "Còn 1 ngày"),
            (20, "Hôm nay là hạn gửi"),
            (21, "Quá hạn 1 ngày"),
        ],
    )
    def test_by_the_days_that_are_left_and_once(self, world, given, day, words):
        for _again in range(2):
            with clock.fixed(local(2026, 11, day, 6)):
                remind_contributors()
        titles = list(Notification.objects.values_list("title", flat=True))
        report = "Báo cáo 6 tháng đầu năm 2026 – Đảng uỷ xã Phú Lâm"
        assert titles == ([f"{words}: phần được giao của {report}"] if words else [])

    def test_it_leads_to_what_was_given_and_says_what(self, world, given):
        with clock.fixed(local(2026, 11, 19, 6)):
            assert remind_contributors() == 1
        row = Notification.objects.get()
        assert (row.kind, row.unit_id) == (NotificationKind.DUE_SOON, given.unit_id)
        assert row.url == f"/lam-viec/bao-cao/{given.report_id}/duoc-giao/"
        assert row.text == (
            "Được giao phần “Thực hiện dân chủ ở cơ sở”; số liệu nhóm “Dân chủ ở cơ sở”. Hạn gửi: 20/11/2026."
        )

    def test_who_has_handed_in_or_has_it_no_more_is_left_alone(self, world, given):
        body = User.objects.get(unit_roles__unit=given.unit, unit_roles__role="author")
        contributing.hand_in(given, actor=body)
        Notification.objects.all().delete()
        with clock.fixed(local(2026, 11, 19, 6)):
            assert remind_contributors() == 0
        contributing.reopen(given, actor=body)
        contributing.end(given, actor=world.author)
        with clock.fixed(local(2026, 11, 19, 6)):
            assert remind_contributors() == 0
