"""Parts given to others: who may fill what, Báo xong, mở lại, thôi giao; and who is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv import clock
from models_dv.enums import NotificationKind, Role
from models_dv.errors import NotAllowed
from models_dv.models import AuditEntry, Notification, User
from reports import permissions
from reports.domain import contributing, filling
from reports.domain.contributing import Task
from reports.enums import Action, FigureSource, State
from reports.errors import MissingInput, StepNotPossible
from reports.models import Figure, PartAssignment, SectionText
from tests.factories.together import give, make_body
from tests.factories.world import entry_for, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(world):
    return make_body(world)


def fresh(user) -> User:
    """The account as the next request sees it."""
    return User.objects.get(pk=user.pk)


def write(world, actor, code="S2.5", text="Lời của mặt trận."):
    return filling.save_section(
        world.edition(), world.section(code), text=text, done=True, base_revision=0, actor=actor
    )


def enter(world, actor, **figures):
    entries = {world.indicator(code).pk: entry_for(value) for code, value in figures.items()}
    return filling.save_figures(world.edition(), entries, actor=actor)


class TestGiving:
    def test_a_report_that_was_not_begun_is_begun_by_it(self, world, body):
        give(world, body.unit)
        assert world.edition().state == State.DRAFTING

    def test_it_is_told_and_recorded(self, world, body):
        made = contributing.assign(
            world.report(),
            Task(("S2.5",), ("E",), "Ghi rõ địa chỉ", clock.today() + timedelta(days=3)),
            unit=body.unit,
            actor=world.author,
        )
        told = Notification.objects.get(recipient=body.author)
        assert (told.kind, told.note) == (NotificationKind.ASSIGNED, "Ghi rõ địa chỉ")
        assert told.url == f"/lam-viec/bao-cao/{world.report().pk}/duoc-giao/"
        assert told.text.startswith(
            "Soạn xa-1 giao phần “Thực hiện dân chủ ở cơ sở”; số liệu nhóm “Dân chủ ở cơ sở”. Hạn gửi: "
        )
        entry = AuditEntry.objects.get(action="Giao phần soạn")
        assert entry.after == {
            "đơn vị": str(made.unit),
            "giao": "phần “Thực hiện dân chủ ở cơ sở”; số liệu nhóm “Dân chủ ở cơ sở”",
        }

    def test_only_an_author_of_the_report_gives(self, world, body):
        for user in (world.approver, world.reviewer, world.stranger, body.author):
            with pytest.raises(NotAllowed):
                give(world, body.unit, actor=user)

    @pytest.mark.parametrize(
        ("task", "field"),
        [
            (Task(), "parts"),
            (Task(("S9",)), "parts"),
            (Task(("S2",)), "parts"),
            (Task(groups=("Z",)), "parts"),
            (Task(("S2.5",), due_on=clock.today() - timedelta(days=1)), "due_on"),
        ],
    )
    def test_what_cannot_be_given(self, world, body, task, field):
        with pytest.raises(MissingInput) as refused:
            contributing.assign(world.report(), task, unit=body.unit, actor=world.author)
        assert refused.value.field == field

    def test_a_body_without_an_author_cannot_fill_anything(self, world):
        empty = make_body(world, code="cong-an", name="Công an xã", with_author=False)
        with pytest.raises(MissingInput) as refused:
            give(world, empty.unit)
        assert refused.value.field == "unit"

    def test_a_colleague_is_named_and_is_not_oneself(self, world):
        colleague = make_user("colleague", "Đồng nghiệp", world.communes[0], Role.AUTHOR)
        made = give(world, world.communes[0], person=colleague)
        assert made.person == colleague
        for person in (None, world.author, world.approver):
            with pytest.raises(MissingInput) as refused:
                give(world, world.communes[0], person=person)
            assert refused.value.field == "person"

    def test_not_when_it_was_sent_for_approval(self, world, body):
        world.write()
        world.do(Action.SUBMIT, world.author)
        with pytest.raises(StepNotPossible):
            give(world, body.unit)


class TestFilling:
    def test_his_part_and_his_figures(self, world, body):
        give(world, body.unit, parts=("S2.5",), groups=("E",))
        write(world, fresh(body.author))
        enter(world, fresh(body.author), E5=6)
        assert SectionText.objects.get().updated_by == body.author
        assert Figure.objects.get().updated_by == body.author

    def test_nothing_else(self, world, body):
        give(world, body.unit, parts=("S2.5",), groups=("E",))
        contributor = fresh(body.author)
        for attempt in (
            lambda: write(world, contributor, "S2.6"),
            lambda: enter(world, contributor, K4=7),
            lambda: enter(world, contributor, E5=6, K4=7),
            lambda: filling.save_figures(
                world.edition(),
                {world.indicator("E5").pk: filling.FigureEntry("number", 5, note="x")},
                actor=contributor,
                source=FigureSource.ADJUSTMENT,
            ),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert (SectionText.objects.count(), Figure.objects.count()) == (0, 0)

    def test_figures_need_a_group(self, world, body):
        give(world, body.unit, parts=("S2.5",), groups=())
        with pytest.raises(NotAllowed):
            enter(world, fresh(body.author), E5=6)

    def test_only_the_person_who_is_named(self, world, body):
        other = make_user("other", "Người khác", body.unit, Role.AUTHOR)
        give(world, body.unit, person=body.author)
        write(world, fresh(body.author))
        with pytest.raises(NotAllowed):
            write(world, other)

    def test_only_authors_of_the_body(self, world, body):
        reader = make_user("reads", "Chỉ xem", body.unit, Role.VIEWER, Role.APPROVER)
        give(world, body.unit)
        with pytest.raises(NotAllowed):
            write(world, reader)

    def test_not_another_report(self, world, body):
        give(world, body.unit)
        with pytest.raises(NotAllowed):
            filling.save_section(
                world.edition(world.communes[1]),
                world.section("S2.5"),
                text="x",
                done=False,
                base_revision=0,
                actor=fresh(body.author),
            )

    def test_not_after_the_end(self, world, body):
        made = give(world, body.unit)
        contributing.end(made, actor=world.author)
        with pytest.raises(NotAllowed):
            write(world, fresh(body.author))
        assert not contributing.assignments_of(world.report()).exists()

    def test_the_unit_s_authors_pay_no_query_for_it(self, world):
        report, author = world.report(), fresh(world.author)
        permissions.is_author(author, report)
        with CaptureQueriesContext(connection) as queries:
            permissions.require_writer(author, report, "S2.5", [1, 2])
        assert len(queries) == 0


class TestHandingIn:
    def test_he_reads_only_and_the_author_is_told(self, world, body):
        made = give(world, body.unit)
        write(world, fresh(body.author))
        assert contributing.hand_in(made, actor=fresh(body.author)) is True
        assert contributing.hand_in(made, actor=fresh(body.author)) is False
        with pytest.raises(NotAllowed):
            write(world, fresh(body.author), text="Sửa thêm")
        told = Notification.objects.get(recipient=world.author, kind=NotificationKind.HANDED_IN)
        assert told.url == f"/lam-viec/bao-cao/{world.report().pk}/phan-cong/"
        assert not contributing.waiting_for(fresh(body.author)).exists()

    def test_others_cannot_say_so(self, world, body):
        made = give(world, body.unit)
        for user in (world.author, world.reviewer, world.stranger):
            with pytest.raises(NotAllowed):
                contributing.hand_in(made, actor=user)

    def test_opened_again_by_either(self, world, body):
        made = give(world, body.unit)
        contributing.hand_in(made, actor=fresh(body.author))
        assert contributing.reopen(made, note="Thiếu E6", actor=world.author) is True
        told = Notification.objects.filter(recipient=body.author).latest("pk")
        assert (told.kind, told.note) == (NotificationKind.ASSIGNED, "Thiếu E6")
        write(world, fresh(body.author))
        contributing.hand_in(made, actor=fresh(body.author))
        assert contributing.reopen(made, actor=fresh(body.author)) is True
        assert contributing.reopen(made, actor=fresh(body.author)) is False
        with pytest.raises(NotAllowed):
            contributing.reopen(made, actor=world.reviewer)

    def test_given_twice_it_is_handed_in_twice(self, world, body):
        first = give(world, body.unit, parts=("S2.5",))
        give(world, body.unit, parts=("S2.5", "S2.6"))
        contributing.hand_in(first, actor=fresh(body.author))
        reach = permissions.reach_of(fresh(body.author), world.report().pk)
        assert reach.parts == {"S2.5", "S2.6"}
        assert reach.writes("S2.5")


class TestWaiting:
    def test_what_a_contributor_has_to_do(self, world, body):
        made = give(world, body.unit)
        assert list(contributing.waiting_for(fresh(body.author))) == [made]
        assert list(contributing.assigned_reports(fresh(body.author))) == [made]
        world.write()
        world.do(Action.SUBMIT, world.author)
        assert not contributing.waiting_for(fresh(body.author)).exists()
        assert list(contributing.assigned_reports(fresh(body.author))) == [made]

    def test_a_colleague_has_it_among_his_work_too(self, world):
        colleague = make_user("colleague", "Đồng nghiệp", world.communes[0], Role.AUTHOR)
        made = give(world, world.communes[0], person=colleague)
        assert list(contributing.waiting_for(fresh(colleague))) == [made]
        assert not contributing.waiting_for(fresh(world.author)).exists()
        assert not contributing.assigned_reports(fresh(colleague)).exists()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["S1"], "phần “%(S1)s”"),
        (["S1", "S2.5", "S2.3", "S2.4"], "phần “%(S1)s”, “%(S2.5)s” và 2 phần khác"),
    ],
)
def test_the_first_parts_are_named_and_the_others_counted(world, parts, words):
    given = PartAssignment(report=world.report(), parts=parts)
    assert contributing.in_words(given) == words % {
        code: world.section(code).title for code in ("S1", "S2.5")
    }
