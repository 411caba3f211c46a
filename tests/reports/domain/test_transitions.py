"""The way of a report: each step's effect, who may not, what it needs, and that an act happens once."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.models import AuditEntry, UnitRole
from reports.domain import transitions
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, State
from reports.errors import ChecksFailed, MissingInput, NumberTaken, StaleEdition, StepNotPossible
from reports.models import EditionEvent, FrozenTotal, ReportEdition

pytestmark = pytest.mark.django_db


def test_first_save_begins_the_report(world):
    assert world.edition().state == State.NOT_STARTED
    world.write()
    assert world.edition().state == State.DRAFTING


def test_the_whole_way(world):
    world.write(K4=250)
    world.do(Action.SUBMIT, world.author)
    assert world.edition().state == State.IN_REVIEW
    world.do(Action.APPROVE, world.approver)
    assert world.edition().state == State.APPROVED
    event = world.issue(number=7)
    edition = world.edition()
    assert (edition.state, edition.full_number) == (State.ISSUED, "07-BC/ĐU")
    with edition.pdf.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == edition.pdf_sha256
    assert (event.from_state, event.to_state, len(event.receipt)) == (State.APPROVED, State.ISSUED, 8)
    assert world.report().in_force_id == edition.pk
    world.do(Action.ACCEPT, world.reviewer)
    assert world.edition().state == State.ACCEPTED
    states = list(edition.events.values_list("from_state", "to_state"))
    assert states == [
        ("not_started", "drafting"),
        ("drafting", "in_review"),
        ("in_review", "approved"),
        ("approved", "issued"),
        ("issued", "accepted"),
    ]
    audit = AuditEntry.objects.filter(object_id=str(edition.pk), action="Tiếp nhận").get()
    assert (audit.before, audit.after) == (
        {"tình trạng": "Đã gửi, chờ tiếp nhận"},
        {"tình trạng": "Đã tiếp nhận"},
    )


def test_issuing_freezes_the_totals(world):
    world.issued(A1=12, A2=("gan", 30))
    edition = world.edition()
    total = FrozenTotal.objects.get(edition=edition, indicator=world.indicator("A2"))
    assert (total.own, total.total, total.qualifier) == (30, 30, "gan")


@pytest.mark.parametrize(
    ("action", "actor", "prepare"),
    [
        (Action.SUBMIT, "approver", "write"),
        (Action.SUBMIT, "stranger", "write"),
        (Action.SUBMIT, "reader", "write"),
        (Action.SUBMIT, "admin", "write"),
        (Action.ACCEPT, "approver", "issued"),
        (Action.ACCEPT, "stranger", "issued"),
        (Action.ACCEPT, "province_approver", "issued"),
        (Action.ACCEPT, "admin", "issued"),
        (Action.RECALL, "author", "issued"),
    ],
)
def test_others_may_not(world, action, actor, prepare):
    getattr(world, prepare)()
    before = world.edition().state
    with pytest.raises(NotAllowed):
        world.do(action, getattr(world, actor), note="lý do")
    assert world.edition().state == before


def test_author_does_not_approve_what_he_alone_wrote(world):
    UnitRole.objects.create(user=world.author, unit=world.communes[0], role=Role.APPROVER)
    world.write()
    world.do(Action.SUBMIT, world.author)
    with pytest.raises(NotAllowed):
        world.do(Action.APPROVE, world.author)
    world.communes[0].allows_self_approval = True
    world.communes[0].save()
    world.do(Action.APPROVE, world.author)
    edition = world.edition()
    assert (edition.state, edition.self_approved) == (State.APPROVED, True)


def test_empty_report_is_not_submitted(world):
    world.write(text=" ")
    with pytest.raises(ChecksFailed) as failed:
        world.do(Action.SUBMIT, world.author)
    assert [finding.part for finding in failed.value.findings] == ["S0"]
    assert world.edition().state == State.DRAFTING


def test_hard_rule_blocks_submitting(world):
    world.write(C4=5, C5=7)
    with pytest.raises(ChecksFailed) as failed:
        world.do(Action.SUBMIT, world.author)
    assert [finding.code for finding in failed.value.findings] == ["C5"]


def test_return_names_the_parts_that_unlock(world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    details = ReturnDetails(parts={"S2.1": "Bổ sung địa chỉ"})
    world.do(Action.RETURN, world.approver, note="Còn thiếu", details=details)
    edition = world.edition()
    assert (edition.state, edition.unlocked_parts) == (State.RETURNED, ["S2.1"])
    assert edition.is_unlocked("S2.1") and not edition.is_unlocked("S2.2")
    with pytest.raises(StaleEdition):
        world.write(code="S2.2")


def test_return_needs_a_reason(world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    with pytest.raises(MissingInput) as missing:
        world.do(Action.RETURN, world.approver, note="  ")
    assert missing.value.field == "note"


def test_send_back_opens_the_next_edition_and_the_earlier_stays_in_force(world):
    world.issued(A1=3)
    first = world.edition()
    due = timezone.now() + timedelta(days=3)
    with pytest.raises(MissingInput):
        world.do(Action.SEND_BACK, world.reviewer, note="Số chưa khớp")
    details = ReturnDetails(parts={"SL": "Xem lại A1"}, due_at=due)
    world.do(Action.SEND_BACK, world.reviewer, note="Số chưa khớp", details=details)
    report, second = world.report(), world.edition()
    first.refresh_from_db()
    assert (first.state, second.number, second.state) == (State.SENT_BACK, 2, State.RETURNED)
    assert (second.replaces_id, second.unlocked_parts) == (first.pk, ["SL"])
    assert (report.in_force_id, report.due_at) == (first.pk, due)
    assert second.figures.get().value == 3
    world.enter(A1=4)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue(number=2)
    assert world.report().in_force_id == second.pk
    assert FrozenTotal.objects.get(edition=first, indicator=world.indicator("A1")).total == 3


def test_recall_until_accepted(world):
    world.issued()
    world.do(Action.RECALL, world.approver, note="Nhầm số liệu")
    first = ReportEdition.objects.get(report=world.report(), number=1)
    assert (first.state, world.edition().number, world.edition().state) == (
        State.RECALLED,
        2,
        State.DRAFTING,
    )
    assert world.report().in_force_id is None


def test_no_recall_after_acceptance(world):
    world.accepted()
    with pytest.raises(StepNotPossible):
        world.do(Action.RECALL, world.approver, note="Nhầm")


def test_correction_keeps_the_first_edition_in_force_until_the_second_is_accepted(world):
    world.accepted(A1=3)
    first = world.edition()
    world.do(Action.CORRECT, world.approver, note="Sửa số văn bản")
    assert (world.edition().number, world.report().in_force_id) == (2, first.pk)
    world.enter(A1=5)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue(number=2)
    assert world.report().in_force_id == first.pk
    world.do(Action.ACCEPT, world.reviewer)
    first.refresh_from_db()
    assert (world.report().in_force_id, first.state) == (world.edition().pk, State.CORRECTED)


def test_root_body_ends_at_issued(world):
    world.issued(world.province, number=12)
    assert world.report(world.province).in_force_id == world.edition(world.province).pk
    with pytest.raises(NotAllowed):
        world.do(Action.ACCEPT, world.reviewer, world.province)
    world.do(Action.CORRECT, world.province_approver, world.province, note="Sửa")
    assert world.edition(world.province).number == 2


def test_a_repeated_act_answers_with_the_first_receipt(world):
    world.write()
    edition = world.edition()
    first = transitions.perform(edition, Action.SUBMIT, actor=world.author, key="once")
    again = transitions.perform(edition, Action.SUBMIT, actor=world.author, key="once")
    assert first == again
    assert EditionEvent.objects.filter(action=Action.SUBMIT).count() == 1


def test_a_key_is_not_used_for_another_act(world):
    world.write()
    transitions.perform(world.edition(), Action.SUBMIT, actor=world.author, key="once")
    with pytest.raises(StepNotPossible):
        transitions.perform(world.edition(), Action.WITHDRAW, actor=world.author, key="once")


def test_content_saved_since_the_page_was_opened_stops_the_step(world):
    world.write()
    seen = world.edition()
    world.enter(A1=3)
    with pytest.raises(StaleEdition):
        transitions.perform(seen, Action.SUBMIT, actor=world.author, key="stale")
    assert world.edition().state == State.DRAFTING


def test_a_number_is_used_once_in_a_term(world):
    world.accepted(number=5)
    world.do(Action.CORRECT, world.approver, note="Sửa")
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    with pytest.raises(NumberTaken) as taken:
        world.issue(number=5)
    assert taken.value.field == "number"
    assert world.edition().state == State.APPROVED


def test_the_portals_own_series_counts_without_gaps(world):
    unit = world.communes[0]
    unit.portal_numbers = True
    unit.save()
    world.approved()
    world.issue(number=None)
    assert world.edition().document_number == 1
    world.do(Action.RECALL, world.approver, note="Nhầm")
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue(number=None)
    assert world.edition().document_number == 2


def test_issue_date_lies_between_the_window_and_today(world):
    world.approved()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(MissingInput) as late:
        world.issue(issued_on=tomorrow)
    with pytest.raises(MissingInput) as early:
        world.issue(issued_on=world.round.window_from - timedelta(days=1))
    assert (late.value.field, early.value.field) == ("issued_on", "issued_on")


@pytest.mark.parametrize(
    ("action", "actor"),
    [(Action.SUBMIT, "author"), (Action.APPROVE, "approver"), (Action.ACCEPT, "reviewer")],
)
def test_a_step_takes_at_most_twenty_queries(world, action, actor, django_assert_max_num_queries):
    if action == Action.SUBMIT:
        world.write(A1=3)
    elif action == Action.APPROVE:
        world.write(A1=3)
        world.do(Action.SUBMIT, world.author)
    else:
        world.issued(A1=3)
    edition, person = world.edition(), getattr(world, actor)
    with django_assert_max_num_queries(20):
        transitions.perform(edition, action, actor=person, key="counted")


def test_a_page_of_the_earlier_edition_takes_no_step_of_the_next(world):
    world.issued()
    seen = world.edition().revision
    world.do(Action.RECALL, world.approver, note="Sửa")
    edition = world.edition()
    assert (edition.number, edition.revision > seen) == (2, True)
