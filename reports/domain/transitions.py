"""``perform``: the only code that writes the state of an edition (architecture, decision 2)."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.errors import NotAllowed
from reports import permissions
from reports.domain import (
    checks,
    consolidation,
    last_change,
    milestones,
    notices,
    numbering,
    sharing,
)
from reports.domain.writers import wrote_alone
from reports.enums import Action, RoundState, State
from reports.errors import ChecksFailed, MissingInput, StaleEdition, StepNotPossible
from reports.models import (
    EditionEvent,
    Figure,
    FrozenTotal,
    Indicator,
    Report,
    ReportEdition,
    SectionText,
)
from reports.workflow import Move, find_move

#: Letters of a receipt code: none that look alike.
RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
#: Why an approver does not find “Duyệt”, or is refused.
ALONE = "Người soạn không tự duyệt báo cáo mình soạn một mình. Nhờ người có quyền duyệt khác của đơn vị."


@dataclass(frozen=True)
class IssueDetails:
    """What issuing needs: number, date and signer as the clerk entered them, and the file rendered from
    exactly the content that is being issued (``totals`` of the ``indicators`` are those printed in it;
    ``has_below`` tells whether reports of units below are in them)."""

    number: int
    issued_on: date
    signer_name: str
    signer_post: str
    signer_is_deputy: bool
    pdf_name: str
    pdf_sha256: str
    indicators: list[Indicator] = field(repr=False)
    totals: dict[str, consolidation.Total] = field(repr=False)
    has_below: bool = True


@dataclass(frozen=True)
class ReturnDetails:
    """Parts to mend with a word for each ({code: what to mend}), and the new due date."""

    parts: dict[str, str] = field(default_factory=dict)
    due_at: datetime | None = None


@dataclass(frozen=True)
class _Step:
    """One act while it is being carried out."""

    edition: ReportEdition
    move: Move
    actor: object
    note: str
    details: object
    at: datetime

    @property
    def report(self) -> Report:
        return self.edition.report


def perform(
    edition: ReportEdition,
    action: str,
    *,
    actor,
    key: str,
    note: str = "",
    details: IssueDetails | ReturnDetails | None = None,
) -> EditionEvent:
    """Take one step of an edition, or answer with the receipt of the same act done before.

    ``edition.revision`` is the one the person saw: content changed since then stops the step. ``key``
    is the idempotency key, unique per actor. Raises StepNotPossible, StaleEdition, NotAllowed,
    MissingInput, ChecksFailed; then nothing has changed.
    """
    try:
        with transaction.atomic():
            return _carry_out(edition, action, actor, key, note.strip(), details)
    except (IntegrityError, StaleEdition, StepNotPossible):
        earlier = _earlier(edition, action, actor, key)
        if earlier is None:
            raise
        return earlier


def _earlier(edition, action, actor, key) -> EditionEvent | None:
    event = EditionEvent.objects.filter(actor=actor, key=key).first()
    if event and (event.edition_id != edition.pk or event.action != action):
        raise StepNotPossible("Trang này đã dùng cho một việc khác. Tải lại trang rồi làm lại.")
    if event:
        event.is_repeated = True
    return event


def _carry_out(edition, action, actor, key, note, details) -> EditionEvent:
    seen, edition = edition.revision, _fresh(edition.pk, actor, key)
    if edition.is_done:
        return _earlier(edition, action, actor, key)
    move = _find(edition, action)
    step = _Step(edition, move, actor, note, details, clock.now())
    permissions.require(actor, move, edition.report)
    _check_needs(step, seen)
    handed_in = _check_content(step) if "checks" in move.needs else None
    before = edition.state
    _compare_and_set(step, seen)
    _consequences(step)
    event = _write_event(step, before, key)
    if handed_in:
        milestones.keep(event, milestones.content(handed_in.texts, handed_in.figures, handed_in.codes))
    return event


def _fresh(pk: int, actor, key: str) -> ReportEdition:
    """The edition as it is now; ``is_done``: the actor has taken a step with this key before."""
    below = Exists(Report.objects.filter(parent=OuterRef("report_id")))
    done = Exists(EditionEvent.objects.filter(actor=actor, key=key))
    edition = (
        ReportEdition.objects.select_related(
            "report__unit", "report__unit_version", "report__round__period", "report__parent"
        )
        .annotate(has_below=below, is_done=done)
        .get(pk=pk)
    )
    edition.report.has_below = edition.has_below
    return edition


def _find(edition, action) -> Move:
    move = find_move(edition.state, action)
    if move is None or edition.report.latest_id != edition.pk:
        told = last_change.last_step(edition)
        raise StepNotPossible(
            f"{told} Báo cáo đang ở tình trạng “{edition.get_state_display()}” nên không làm được việc "
            f"“{Action(action).label}”. Tải lại trang để xem tình trạng mới.".strip()
        )
    if edition.report.round.state == RoundState.CLOSED:
        raise StepNotPossible("Đợt báo cáo đã khoá sổ, chỉ xem. Nhờ đơn vị cấp trên mở lại đợt.")
    return move


def _check_needs(step: _Step, seen: int) -> None:
    needs, details = step.move.needs, step.details
    if "reason" in needs and not step.note:
        raise MissingInput("Ghi lý do để đơn vị biết phải sửa gì.", "note")
    if "parts" in needs and not (isinstance(details, ReturnDetails) and details.parts):
        raise MissingInput("Chọn ít nhất một phần phải bổ sung.", "parts")
    if "due" in needs and not (isinstance(details, ReturnDetails) and details.due_at):
        raise MissingInput("Ghi hạn nộp lại.", "due_at")
    if isinstance(details, ReturnDetails) and details.due_at and details.due_at <= step.at:
        raise MissingInput("Hạn nộp lại phải sau thời điểm này.", "due_at")
    if "number" in needs:
        _check_issue(step)
    if step.edition.revision != seen:
        raise _stale(step)
    if "other_writer" in needs:
        _check_other_writer(step)


def _check_content(step: _Step) -> checks.HandedIn:
    """The content that is sent for approval; ChecksFailed while something must be mended."""
    found = checks.hand_in(step.edition, has_below=step.report.has_below)
    if found.errors:
        raise ChecksFailed(f"Cần sửa {len(found.errors)} chỗ trước khi trình duyệt", found.errors)
    return found


def _stale(step: _Step) -> StaleEdition:
    told = last_change.last_change(step.edition)
    return StaleEdition(
        f"{told} Nội dung báo cáo vừa thay đổi sau khi trang này được mở. Tải lại trang, xem lại rồi làm tiếp.".strip()
    )


def _check_issue(step: _Step) -> None:
    details = step.details
    if not isinstance(details, IssueDetails):
        raise MissingInput("Nhập số, ngày ban hành và người ký.", "number")
    if not details.signer_name.strip():
        raise MissingInput("Nhập họ và tên người ký.", "signer_name")
    if details.number < 1:
        raise MissingInput("Số văn bản phải từ 1 trở lên.", "number")
    if details.issued_on > timezone.localdate(step.at):
        raise MissingInput("Ngày ban hành không được sau hôm nay.", "issued_on")
    if details.issued_on < step.report.round.window_from:
        raise MissingInput("Ngày ban hành không được trước kỳ số liệu của báo cáo.", "issued_on")


def _check_other_writer(step: _Step) -> None:
    if wrote_alone(step.edition, step.actor) and not step.report.unit.allows_self_approval:
        raise NotAllowed(ALONE)


def _compare_and_set(step: _Step, seen: int) -> None:
    """The state moves only if it and the content are still what was checked."""
    edition, values = step.edition, {"state": step.move.target, "state_at": step.at}
    if step.move.action == Action.SUBMIT:
        values["phase"] = edition.phase + 1
    if step.move.action == Action.APPROVE:
        values["self_approved"] = wrote_alone(edition, step.actor)
    if step.move.action == Action.RETURN:
        parts = step.details.parts if isinstance(step.details, ReturnDetails) else {}
        values["unlocked_parts"] = sorted(parts) or None
        SectionText.objects.filter(edition=edition, section__code__in=list(parts)).update(done=False)
    if step.move.action == Action.ISSUE:
        values |= _issue_values(step)
    changed = ReportEdition.objects.filter(pk=edition.pk, state=step.move.source, revision=seen).update(
        revision=seen + 1, **values
    )
    if changed != 1:
        raise _stale(step)
    for name, value in values.items():
        setattr(edition, name, value)
    edition.revision = seen + 1


def _issue_values(step: _Step) -> dict:
    details: IssueDetails = step.details
    return {
        "document_number": details.number,
        "document_symbol": step.report.unit_version.symbol,
        "issued_on": details.issued_on,
        "signer_name": details.signer_name.strip(),
        "signer_post": details.signer_post.strip(),
        "signer_is_deputy": details.signer_is_deputy,
        "coverage": consolidation.coverage(step.report).as_json() if details.has_below else None,
        "pdf": details.pdf_name,
        "pdf_sha256": details.pdf_sha256,
    }


def _consequences(step: _Step) -> None:
    """What a move brings with it besides the state."""
    action, report, edition = step.move.action, step.report, step.edition
    if action == Action.ISSUE:
        numbering.take(edition, report.unit, step.details.number, step.details.issued_on)
        _freeze_totals(step)
        sharing.end_at_issue(report)
        if report.parent_id is None or report.in_force_id is None or not _in_force_counts(report):
            _put_in_force(step)
    if action == Action.ACCEPT:
        _put_in_force(step)
    if action == Action.RECALL and report.in_force_id == edition.pk:
        Report.objects.filter(pk=report.pk).update(in_force=None)
    if step.move.opens:
        _open_next(step)
    if "due" in step.move.needs:
        Report.objects.filter(pk=report.pk).update(due_at=step.details.due_at)


def _in_force_counts(report: Report) -> bool:
    """Whether an accepted edition is in force, which a newer one replaces only when accepted itself."""
    return ReportEdition.objects.filter(pk=report.in_force_id, state=State.ACCEPTED).exists()


def _put_in_force(step: _Step) -> None:
    report, edition = step.report, step.edition
    old_id = report.in_force_id
    Report.objects.filter(pk=report.pk).update(in_force=edition)
    if not old_id or old_id == edition.pk:
        return
    old = ReportEdition.objects.get(pk=old_id)
    if old.state not in (State.ACCEPTED, State.ISSUED):
        return
    before = old.state
    ReportEdition.objects.filter(pk=old.pk, state=before).update(
        state=State.CORRECTED, state_at=step.at, revision=old.revision + 1
    )
    EditionEvent.objects.create(
        edition=old,
        action=Action.REPLACE,
        from_state=before,
        to_state=State.CORRECTED,
        actor=step.actor,
        at=step.at,
        key=f"replace:{old.pk}:{edition.pk}",
        receipt=_receipt(),
        note=f"Thay bằng bản {edition.number}",
    )
    _audit(step.actor, Action.REPLACE, old, before, State.CORRECTED, f"Thay bằng bản {edition.number}")


def _freeze_totals(step: _Step) -> None:
    """Store the totals printed in the issued file; stop if a report below was accepted meanwhile.

    The unit's own figures cannot have moved: the compare-and-set on the revision has just succeeded.
    """
    details: IssueDetails = step.details
    numbers = details.totals
    if details.has_below and numbers != consolidation.totals(step.edition, indicators=details.indicators):
        raise _stale(step)
    FrozenTotal.objects.bulk_create(
        FrozenTotal(
            edition=step.edition,
            indicator=indicator,
            own=total.own,
            own_qualifier=total.own_qualifier,
            below=total.below,
            adjustment=total.adjustment,
            total=total.total,
            qualifier=total.qualifier,
            counted=total.counted,
            missing=list(total.missing),
        )
        for indicator in details.indicators
        for total in [numbers[indicator.code]]
    )


def _open_next(step: _Step) -> None:
    """Open the next edition with the same content; the earlier one stays as it was.

    Revisions go on counting, so that a page opened on the earlier edition is known as old.
    """
    old = step.edition
    unlocked = sorted(step.details.parts) if isinstance(step.details, ReturnDetails) else None
    new = ReportEdition.objects.create(
        report=step.report,
        number=old.number + 1,
        state=step.move.opens,
        state_at=step.at,
        revision=old.revision + 1,
        replaces=old,
        unlocked_parts=unlocked or None,
    )
    texts = list(SectionText.objects.filter(edition=old).select_related("section"))
    figures = list(Figure.objects.filter(edition=old))
    for row in (*texts, *figures):
        row.pk, row.edition = None, new
    for text in texts:
        text.done = text.done and text.section.code not in (unlocked or ())
    SectionText.objects.bulk_create(texts)
    Figure.objects.bulk_create(figures)
    Report.objects.filter(pk=step.report.pk).update(latest=new)


def _write_event(step: _Step, before: str, key: str) -> EditionEvent:
    details = step.details if isinstance(step.details, ReturnDetails) else ReturnDetails()
    event = EditionEvent.objects.create(
        edition=step.edition,
        action=step.move.action,
        from_state=before,
        to_state=step.move.target,
        actor=step.actor,
        at=step.at,
        key=key,
        receipt=_receipt(),
        note=step.note,
        parts=details.parts,
        due_at=details.due_at,
    )
    _audit(step.actor, step.move.action, step.edition, before, step.move.target, step.note)
    notices.step_taken(event, step.edition)
    return event


def _audit(actor, action, edition, before, after, note) -> None:
    record(
        actor=actor,
        action=Action(action).label,
        obj=edition,
        before={"tình trạng": State(before).label},
        after={"tình trạng": State(after).label},
        note=note,
    )


def _receipt() -> str:
    return "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(8))
