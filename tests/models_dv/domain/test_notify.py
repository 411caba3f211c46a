"""Telling people: who, once each, in one statement, and how it is to go out by mail."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from models_dv import clock
from models_dv.domain import notify as domain
from models_dv.domain.notify import holders, mark_all_read, mark_read, notify
from models_dv.enums import MailHabit, MailState, NotificationKind, Role
from models_dv.models import Notification, UnitRole, User
from tests.factories.world import local, make_province, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_province()


@pytest.fixture
def people(unit):
    """Two authors, one of them the actor too; an approver with mail of each; somebody of no unit."""
    return {
        "author": make_user("author", "Nguyễn Văn A", unit, Role.AUTHOR, email="a@tinh.vn"),
        "actor": make_user("actor", "Lê Văn B", unit, Role.AUTHOR, Role.APPROVER, email="b@tinh.vn"),
        "stranger": make_user("stranger", "Người lạ", email="c@tinh.vn"),
    }


@pytest.fixture
def mail(settings):
    """A mail server is set."""
    settings.MAIL_IS_SET = True


def tell(place, actor=None, recipients=None, **values) -> int:
    return notify(
        holders(place.pk, Role.AUTHOR) if recipients is None else recipients,
        **{
            "kind": NotificationKind.RETURNED,
            "title": "Được trả lại",
            "url": "/lam-viec/",
            "obj": place,
            "unit": place,
            "actor": actor,
            **values,
        },
    )


def told() -> set[str]:
    return set(Notification.objects.values_list("recipient__username", flat=True))


class TestWho:
    def test_the_holders_of_the_role_but_not_who_acted(self, unit, people):
        assert tell(unit, people["actor"]) == 1
        row = Notification.objects.get()
        assert (row.recipient, row.unit, row.kind) == (people["author"], unit, NotificationKind.RETURNED)
        assert (row.object_type, row.object_id) == ("models_dv.Unit", unit.pk)

    def test_one_statement(self, unit, people, django_assert_num_queries):
        with django_assert_num_queries(1):
            tell(unit, people["actor"])

    def test_somebody_with_two_roles_is_told_once(self, unit, people):
        assert tell(unit, recipients=holders(unit.pk, Role.AUTHOR, Role.APPROVER)) == 2

    def test_any_role_when_none_is_named(self, unit, people):
        UnitRole.objects.create(user=people["stranger"], unit=unit, role=Role.VIEWER)
        assert set(holders(unit.pk)) == set(people.values())

    def test_people_given_by_hand_must_hold_a_role_in_the_unit(self, unit, people):
        assert tell(unit, recipients=list(people.values())) == 2
        assert told() == {"author", "actor"}

    def test_without_a_unit_there_is_no_such_tie(self, unit, people):
        assert tell(unit, unit=None, recipients=[people["stranger"]]) == 1
        assert list(Notification.objects.visible_to(people["stranger"])) == [Notification.objects.get()]

    def test_a_locked_account_is_not_told(self, unit, people):
        User.objects.filter(username="author").update(is_active=False)
        assert tell(unit, people["actor"]) == 0

    def test_nobody_to_tell_is_no_error(self, unit, people):
        assert tell(unit, recipients=[]) == 0
        assert tell(unit, recipients=User.objects.none()) == 0

    def test_what_is_too_long_is_cut_and_fails_nothing(self, unit, people):
        tell(unit, people["actor"], title="Đ" * 300, text="ộ" * 3000, note="ễ" * 9000)
        row = Notification.objects.get()
        assert (len(row.title), len(row.text), len(row.note)) == (250, 500, 2000)

    def test_it_goes_with_the_transaction(self, unit, people):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tell(unit)
            raise ZeroDivisionError
        assert not Notification.objects.exists()


class TestWhatIsSeen:
    def test_ones_own_alone(self, unit, people):
        tell(unit)
        assert {row.recipient for row in Notification.objects.visible_to(people["author"])} == {
            people["author"]
        }
        assert not Notification.objects.visible_to(people["stranger"]).exists()

    def test_nothing_more_once_the_last_role_in_the_unit_is_gone(self, unit, people):
        tell(unit)
        UnitRole.objects.filter(user=people["author"]).delete()
        assert not Notification.objects.visible_to(User.objects.get(username="author")).exists()

    def test_unread_before_read_then_newest_first(self, unit, people):
        rows = []
        for day in (1, 2, 3):
            with clock.fixed(local(2026, 11, day)):
                tell(unit, people["actor"])
                rows.append(Notification.objects.latest("pk"))
        mark_read(rows[2])
        assert list(Notification.objects.unread_first()) == [rows[1], rows[0], rows[2]]

    def test_all_are_read_up_to_what_was_seen(self, unit, people):
        tell(unit)
        seen = max(Notification.objects.values_list("pk", flat=True))
        tell(unit)
        assert mark_all_read(people["author"], up_to=seen) == 1
        assert Notification.objects.unread().count() == 3

    def test_reading_twice_keeps_the_first_moment(self, unit, people):
        tell(unit, people["actor"])
        with clock.fixed(local(2026, 11, 22, 9)):
            mark_read(Notification.objects.get())
        mark_read(Notification.objects.get())
        assert Notification.objects.get().read_at == local(2026, 11, 22, 9)

    def test_the_same_object_is_settled_by_who_acts(self, unit, people):
        tell(unit)
        domain.settle(people["author"], unit)
        assert [row.recipient for row in Notification.objects.unread()] == [people["actor"]]

    def test_what_is_old_is_removed(self, unit, people):
        with clock.fixed(timezone.now() - domain.AGE_KEPT - timedelta(minutes=1)):
            tell(unit, people["actor"])
        tell(unit, people["author"])
        assert domain.forget_old() == 1
        assert told() == {"actor"}


class TestMail:
    def test_none_waits_without_a_server(self, unit, people):
        tell(unit, people["actor"])
        row = Notification.objects.get()
        assert (row.mail, row.next_try_at) == (MailState.NONE, None)

    @pytest.mark.parametrize(("hour", "expected"), [(6, local(2026, 11, 22, 7)), (7, local(2026, 11, 23, 7))])
    def test_by_default_it_waits_for_the_mail_of_the_day(self, unit, people, mail, hour, expected):
        with clock.fixed(local(2026, 11, 22, hour)):
            tell(unit, people["actor"])
        row = Notification.objects.get()
        assert (row.mail, row.next_try_at) == (MailState.QUEUED, expected)

    @pytest.mark.parametrize(
        ("habit", "email", "state"),
        [
            (MailHabit.EACH, "a@tinh.vn", MailState.QUEUED),
            (MailHabit.EACH, "", MailState.NONE),
            (MailHabit.DAILY, "", MailState.NONE),
            (MailHabit.NEVER, "a@tinh.vn", MailState.NONE),
        ],
    )
    def test_as_the_person_wants_it(self, unit, people, mail, habit, email, state):
        User.objects.filter(username="author").update(mail_habit=habit, email=email)
        now = local(2026, 11, 22, 9)
        with clock.fixed(now):
            tell(unit, people["actor"])
        row = Notification.objects.get()
        assert (row.mail, row.next_try_at) == (state, now if state == MailState.QUEUED else None)

    def test_what_was_read_in_the_portal_need_not_go_out(self, unit, people, mail):
        tell(unit, people["actor"])
        mark_read(Notification.objects.get())
        assert Notification.objects.get().mail == MailState.NONE

    @pytest.mark.parametrize(
        ("habit", "state", "moment"),
        [
            (MailHabit.EACH, MailState.QUEUED, local(2026, 11, 22, 9)),
            (MailHabit.DAILY, MailState.QUEUED, local(2026, 11, 23, 7)),
            (MailHabit.NEVER, MailState.NONE, local(2026, 11, 23, 7)),
        ],
    )
    def test_another_choice_holds_for_what_waits(self, unit, people, mail, habit, state, moment):
        with clock.fixed(local(2026, 11, 22, 9)):
            tell(unit, people["actor"])
            domain.choose_mail(people["author"], habit)
        row = Notification.objects.get()
        assert (row.mail, row.next_try_at) == (state, moment)
        assert User.objects.get(username="author").mail_habit == habit
