"""Each step of a report tells the right people and nobody else, leads to the right place, and says no more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from models_dv.enums import NotificationKind, Role
from models_dv.models import Notification, UnitRole, UnitVersion, User
from reports.domain import notices, rounds, transitions
from reports.domain.transitions import ReturnDetails
from reports.enums import Action
from tests.factories.world import make_round, make_user, make_world

pytestmark = pytest.mark.django_db
CANARY = "Lời của bản đang soạn mà cấp trên chưa được đọc"


@pytest.fixture(scope="module")
def scene(rows_of_module):
    """The usual cast of the first commune, with people who must never be told: who left, who is locked."""
    world = make_world()
    commune = world.communes[0]
    for name, role in (("left", Role.AUTHOR), ("left-2", Role.APPROVER), ("left-3", Role.CLERK)):
        UnitRole.objects.filter(user=make_user(name, "Đã chuyển", commune, role)).delete()
    UnitRole.objects.filter(user=make_user("left-4", "Đã chuyển", world.province, Role.REVIEWER)).delete()
    make_user("locked", "Bị khoá", commune, *Role, is_active=False)
    make_user("blind", "Tiếp nhận không đọc cấp dưới", world.province, Role.REVIEWER)
    world.write(text=CANARY, K4=250)
    Notification.objects.all().delete()
    return world


def told(since: int = 0) -> dict[str, str]:
    """{username: kind} of everybody told; somebody told twice fails."""
    rows = list(Notification.objects.filter(pk__gt=since).values_list("recipient__username", "kind"))
    assert len(rows) == len({name for name, _kind in rows})
    return dict(rows)


def forget(world) -> None:
    Notification.objects.all().delete()


def bring(world, *actions) -> None:
    """Take steps and forget who was told of them."""
    people = {Action.SUBMIT: world.author, Action.APPROVE: world.approver, Action.ACCEPT: world.reviewer}
    for action in actions:
        if action == Action.ISSUE:
            world.issue()
        else:
            world.do(action, people[action])
    forget(world)


def returned_parts() -> ReturnDetails:
    due = timezone.now() + timedelta(days=5)
    return ReturnDetails(parts={"S2.1": "Ghi rõ địa chỉ", "SL": "Soát lại"}, due_at=due)


ISSUED = (Action.SUBMIT, Action.APPROVE, Action.ISSUE)


class TestWho:
    def test_submitted_the_approvers_of_the_unit(self, world):
        world.do(Action.SUBMIT, world.author)
        assert told() == {"approver-xa-1": NotificationKind.SUBMITTED}

    def test_withdrawn_nobody(self, world):
        bring(world, Action.SUBMIT)
        world.do(Action.WITHDRAW, world.author)
        assert told() == {}

    def test_returned_who_wrote_and_the_authors(self, world):
        helper = make_user("helper", "Cùng soạn", world.communes[0], Role.AUTHOR)
        world.write(code="S0", actor=helper)
        UnitRole.objects.filter(user=helper).update(role=Role.VIEWER)
        gone = make_user("gone", "Soạn rồi chuyển đi", world.communes[0], Role.AUTHOR)
        world.write(code="S1", actor=gone)
        UnitRole.objects.filter(user=gone).delete()
        bring(world, Action.SUBMIT)
        world.do(Action.RETURN, world.approver, note="Bổ sung", details=ReturnDetails())
        assert told() == {"author-xa-1": NotificationKind.RETURNED, "helper": NotificationKind.RETURNED}

    def test_approved_the_clerks_and_the_authors(self, world):
        bring(world, Action.SUBMIT)
        world.do(Action.APPROVE, world.approver)
        assert told() == {
            "author-xa-1": NotificationKind.APPROVED,
            "clerk-xa-1": NotificationKind.APPROVED,
        }

    def test_an_author_who_is_clerk_too_is_told_once_as_clerk(self, world):
        UnitRole.objects.create(user=world.author, unit=world.communes[0], role=Role.CLERK)
        bring(world, Action.SUBMIT)
        world.do(Action.APPROVE, world.approver)
        row = Notification.objects.get(recipient=world.author)
        assert row.url == reverse("staff:issue", args=[world.report().pk])

    def test_issued_who_receives_for_the_body_above(self, world):
        bring(world, Action.SUBMIT, Action.APPROVE)
        world.issue()
        assert told() == {"reviewer": NotificationKind.ISSUED}

    def test_issued_by_a_body_with_none_above_it_nobody(self, world):
        world.approved(world.province)
        forget(world)
        world.issue(world.province)
        assert told() == {}

    def test_accepted_the_authors_and_the_approver(self, world):
        bring(world, *ISSUED)
        world.do(Action.ACCEPT, world.reviewer)
        assert told() == {
            "author-xa-1": NotificationKind.ACCEPTED,
            "approver-xa-1": NotificationKind.ACCEPTED,
        }

    def test_sent_back_the_authors_the_approver_and_the_clerk(self, world):
        bring(world, *ISSUED)
        world.do(Action.SEND_BACK, world.reviewer, note="Bổ sung", details=returned_parts())
        assert told() == dict.fromkeys(["author-xa-1", "approver-xa-1", "clerk-xa-1"], "returned")

    def test_recalled_who_receives_for_the_body_above(self, world):
        bring(world, *ISSUED)
        world.do(Action.RECALL, world.approver, note="Sót số liệu")
        assert told() == {"reviewer": NotificationKind.RECALLED}

    def test_corrected_the_unit_and_the_body_above(self, world):
        bring(world, *ISSUED, Action.ACCEPT)
        world.do(Action.CORRECT, world.approver, note="Sót 2 cuộc")
        assert told() == dict.fromkeys(["author-xa-1", "clerk-xa-1", "reviewer"], "corrected")

    def test_extended_the_authors_and_the_approver(self, world):
        report = world.report()
        later = report.due_at + timedelta(days=3)
        rounds.extend(report, due_at=later, reason="Chờ số liệu", actor=world.reviewer)
        assert told() == {
            "author-xa-1": NotificationKind.EXTENDED,
            "approver-xa-1": NotificationKind.EXTENDED,
        }
        row = Notification.objects.first()
        assert (row.note, row.url) == ("Chờ số liệu", report.get_absolute_url())
        assert row.text == f"Tiếp nhận gia hạn. Hạn gửi mới: {notices.due_words(later)}."

    def test_a_step_of_another_commune_tells_nobody_of_this_one(self, world):
        world.issued(world.communes[1])
        assert set(told()) == {"approver-xa-2", "clerk-xa-2", "author-xa-2", "reviewer"}

    def test_nothing_is_told_of_a_step_that_was_not_taken(self, world):
        with pytest.raises(transitions.StepNotPossible):
            world.do(Action.APPROVE, world.approver)
        assert told() == {}

    def test_the_same_press_twice_tells_once(self, world):
        edition, values = world.edition(), {"actor": world.author, "key": "same"}
        transitions.perform(edition, Action.SUBMIT, **values)
        transitions.perform(edition, Action.SUBMIT, **values)
        assert told() == {"approver-xa-1": NotificationKind.SUBMITTED}

    def test_who_decides_has_read_what_he_was_told(self, world):
        second = make_user("second", "Duyệt thứ hai", world.communes[0], Role.APPROVER)
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        unread = Notification.objects.unread().filter(kind=NotificationKind.SUBMITTED)
        assert [row.recipient for row in unread] == [second]


class TestWhereItLeads:
    @pytest.mark.parametrize(
        ("steps", "action", "place"),
        [
            ((), Action.SUBMIT, "review"),
            ((Action.SUBMIT,), Action.APPROVE, "report"),
            ((*ISSUED,), Action.ACCEPT, "report"),
            ((*ISSUED,), Action.RECALL, "report"),
            ((*ISSUED, Action.ACCEPT), Action.CORRECT, "report"),
        ],
    )
    def test_to_the_page_where_the_next_is_done(self, world, steps, action, place):
        bring(world, *steps)
        actor = {Action.SUBMIT: world.author, Action.ACCEPT: world.reviewer}.get(action, world.approver)
        world.do(action, actor, note="Lý do")
        report = world.report()
        expected = {
            "review": reverse("staff:review", args=[report.pk]),
            "report": report.get_absolute_url(),
        }[place]
        issue = reverse("staff:issue", args=[report.pk])
        assert set(Notification.objects.values_list("url", flat=True)) - {issue} == {expected}

    def test_issued_to_the_page_on_which_it_is_looked_over(self, world):
        bring(world, Action.SUBMIT, Action.APPROVE)
        world.issue()
        assert Notification.objects.get().url == reverse("staff:review", args=[world.report().pk])

    @pytest.mark.parametrize(
        ("details", "code"), [(returned_parts, "S2.1"), (lambda: ReturnDetails({"SL": "Soát"}), "SL")]
    )
    def test_returned_to_the_first_part_to_mend(self, world, details, code):
        bring(world, Action.SUBMIT)
        world.do(Action.RETURN, world.approver, note="Bổ sung", details=details())
        assert Notification.objects.get().url == reverse("staff:part", args=[world.report().pk, code])

    def test_returned_whole_to_the_report(self, world):
        bring(world, Action.SUBMIT)
        world.do(Action.RETURN, world.approver, note="Bổ sung", details=ReturnDetails())
        assert Notification.objects.get().url == world.report().get_absolute_url()


class TestWhatItSays:
    def test_what_of_which_unit_who_and_why(self, world):
        bring(world, *ISSUED)
        details = returned_parts()
        world.do(Action.SEND_BACK, world.reviewer, note="Bổ sung số liệu", details=details)
        row = Notification.objects.get(recipient=world.author)
        assert row.title == "Được trả lại để bổ sung: Báo cáo 6 tháng đầu năm 2026 – Đảng uỷ xã Phú Lâm"
        assert row.text == f"Tiếp nhận trả lại. Hạn nộp lại: {notices.due_words(details.due_at)}."
        assert row.note == "Bổ sung số liệu"
        assert (row.unit, row.object_id) == (world.communes[0], world.report().pk)

    def test_the_body_above_learns_of_no_draft_and_no_word_of_it(self, world):
        bring(world, Action.SUBMIT)
        world.do(Action.RETURN, world.approver, note="Lời riêng của đơn vị", details=ReturnDetails())
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        above = UnitRole.objects.filter(unit=world.province).values("user")
        assert not Notification.objects.filter(recipient__in=above).exists()
        world.issue()
        world.do(Action.RECALL, world.approver, note="Sót số liệu")
        rows = Notification.objects.filter(recipient__in=above)
        assert [(row.kind, row.note) for row in rows.order_by("pk")] == [
            ("issued", ""),
            ("recalled", "Sót số liệu"),
        ]
        everything = "".join(f"{row.title}{row.text}{row.note}" for row in Notification.objects.all())
        assert CANARY not in everything
        assert all("Lời riêng" not in f"{row.title}{row.text}{row.note}" for row in rows)

    def test_of_names_with_markup_the_text_is_kept_as_it_is(self, world):
        UnitVersion.objects.filter(unit=world.communes[0]).update(name="<b>Xã</b> “A” & B")
        world.do(Action.SUBMIT, world.author)
        assert Notification.objects.get().title.endswith("– <b>Xã</b> “A” & B")

    def test_the_longest_names_fail_no_step(self, world):
        UnitVersion.objects.filter(unit=world.communes[0]).update(name="Ễ" * 200)
        User.objects.filter(pk=world.approver.pk).update(full_name="Ộ" * 150)
        bring(world, Action.SUBMIT)
        world.do(Action.RETURN, world.approver, note="ữ" * 5000, details=ReturnDetails())
        assert len(Notification.objects.get().note) == 2000


class TestARound:
    def test_opening_one_tells_the_authors_of_every_unit_of_their_own_report(self, world):
        world.round = make_round(world.province, year=2027, opened_by=world.admin)
        rows = Notification.objects.filter(kind=NotificationKind.OPENED).order_by("pk")
        assert {row.recipient.username: row.url for row in rows} == {
            world.author_of(unit).username: world.report(unit).get_absolute_url()
            for unit in (world.province, *world.communes)
        }
        row = rows.get(recipient=world.author)
        assert row.title == "Mở đợt báo cáo: Báo cáo 6 tháng đầu năm 2027 – Đảng uỷ xã Phú Lâm"
        assert row.text == f"Hạn gửi: {notices.due_words(world.report().due_at)}."
        assert (row.unit, row.object_id, row.object_type) == (
            world.communes[0],
            world.report().pk,
            "reports.Report",
        )

    def test_a_comment_tells_the_people_named_and_not_who_wrote_it(self, world):
        notices.commented(
            world.report(),
            people=[world.author, world.approver, world.stranger],
            unit=world.communes[0],
            url="/lam-viec/bao-cao/1/",
            what="góp ý phần II.1",
            words="Ghi rõ địa chỉ",
            actor=world.approver,
        )
        row = Notification.objects.get()
        assert (row.recipient, row.text, row.note) == (
            world.author,
            "Duyệt xa-1 góp ý phần II.1.",
            "Ghi rõ địa chỉ",
        )
