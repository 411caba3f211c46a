"""A draft, or its figures alone, open to the body above for advice before it is signed (domain.md §3)."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.notify import notify
from models_dv.enums import NotificationKind, Role
from models_dv.models import UnitRole, User
from reports import permissions
from reports.enums import SENT_STATES, RoundState, ShareScope, State
from reports.errors import MissingInput, StepNotPossible
from reports.models import DraftShare, Report

SHARED = "Báo cáo đang xin ý kiến cấp trên. Thôi xin ý kiến trước khi gửi lần khác."


def open_share(report: Report) -> DraftShare | None:
    """The request for advice that is open, if there is one."""
    return DraftShare.objects.filter(report=report, ended_at__isnull=True).select_related("shared_by").first()


@transaction.atomic
def share(report: Report, *, scope: str, note: str = "", actor) -> DraftShare:
    """Xin ý kiến cấp trên: who receives reports for the body above may read the draft and comment on it.

    Raises NotAllowed, StepNotPossible (sent already, no body above, one request open), MissingInput.
    """
    permissions.require_author(actor, report)
    if scope not in ShareScope.values:
        raise MissingInput("Chọn cả bản dự thảo hoặc chỉ bảng số liệu.", "scope")
    if refused := why_not(report):
        raise StepNotPossible(refused)
    try:
        with transaction.atomic():
            made = DraftShare.objects.create(report=report, scope=scope, note=note, shared_by=actor)
    except IntegrityError as error:
        raise StepNotPossible(SHARED) from error
    record(actor=actor, action="Xin ý kiến cấp trên", obj=report, after={"phạm vi": str(made)}, note=note)
    _tell_above(made, actor=actor)
    return made


@transaction.atomic
def withdraw(report: Report, *, actor) -> bool:
    """Thôi xin ý kiến: the body above reads the draft no more; its comments stay. False when none was open."""
    permissions.require_author(actor, report)
    if not _close(report):
        return False
    record(actor=actor, action="Thôi xin ý kiến cấp trên", obj=report)
    return True


def end_at_issue(report: Report) -> None:
    """The paper is signed and sent: nothing is asked any more. In the transaction of the step."""
    _close(report)


def _close(report: Report) -> bool:
    shares = DraftShare.objects.filter(report=report, ended_at__isnull=True)
    return shares.update(ended_at=clock.now()) > 0


def why_not(report: Report) -> str:
    """Why nobody above can be asked about the draft now, in words; "" when somebody can."""
    if report.parent_id is None:
        return "Đơn vị không có cấp trên trong đợt này nên không xin ý kiến được."
    state = report.latest.state
    if state == State.NOT_STARTED:
        return "Báo cáo chưa có nội dung. Soạn rồi xin ý kiến."
    if state in SENT_STATES or report.round.state == RoundState.CLOSED:
        return "Báo cáo không còn là dự thảo nên không xin ý kiến được."
    return ""


def _tell_above(made: DraftShare, *, actor) -> None:
    report = made.report
    unit_id = report.parent.unit_id
    rows = UnitRole.objects.filter(unit_id=unit_id, role=Role.REVIEWER, covers_below=True)
    notify(
        User.objects.filter(pk__in=rows.values("user_id")),
        kind=NotificationKind.ADVICE,
        title=f"{NotificationKind.ADVICE.label}: {report}",
        text=f"{actor} xin ý kiến {made.get_scope_display().lower()}.",
        note=made.note,
        url=reverse("staff:edition", args=[report.pk, report.latest.number]),
        obj=report,
        unit=unit_id,
        actor=actor,
    )
