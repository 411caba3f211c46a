"""What the staff pages of one report share: fetching it, the bar on top, its steps, and nothing typed lost."""

from dataclasses import dataclass, field
from functools import wraps
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.permissions import holds
from models_dv.vietnamese.dates import format_date
from reports import permissions
from reports.domain import transitions
from reports.enums import RoundState, State
from reports.errors import StaleEdition
from reports.models import EditionEvent, Report, ReportEdition

#: Kind and icon of the badge of each state (words come from the state itself).
STATE_MARKS = {
    State.NOT_STARTED: ("", ""),
    State.DRAFTING: ("", "pencil"),
    State.IN_REVIEW: ("info", "clock"),
    State.RETURNED: ("warn", "refresh"),
    State.APPROVED: ("info", "check"),
    State.ISSUED: ("info", "send"),
    State.ACCEPTED: ("ok", "check"),
    State.SENT_BACK: ("warn", "refresh"),
    State.RECALLED: ("warn", "undo"),
    State.CORRECTED: ("info", "pencil"),
}
#: Fields of a form that say where it came from, not what a person typed.
TOKEN_FIELD = "csrfmiddlewaretoken"
SESSION_OVER = "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình."
FORM_OLD = "Biểu mẫu này đã cũ nên nội dung chưa được lưu. Nội dung vừa nhập vẫn còn trên màn hình."


def get_visible_report(user, pk: int) -> Report:
    """The report with what its pages show, or 404 for who may not see it.

    ``has_below`` tells whether units below report in the same round; ``latest.report`` is the report itself.
    """
    reports = Report.objects.visible_to(user).select_related(
        "round__period", "unit", "unit_version", "latest", "in_force", "parent__unit_version"
    )
    report = reports.annotate(has_below=Exists(Report.objects.filter(parent=OuterRef("pk")))).filter(pk=pk)
    report = report.first()
    if report is None:
        raise Http404
    for edition in (report.latest, report.in_force):
        if edition is not None:
            edition.report = report
    return report


def get_readable_edition(user, pk: int) -> ReportEdition:
    """The latest edition of a report: 404 for who may not see the report, 403 for who may not read the text."""
    edition = get_visible_report(user, pk).latest
    if edition is None:
        raise Http404
    if not permissions.may_read_text(user, edition):
        raise PermissionDenied
    return edition


def is_author(user, report: Report) -> bool:
    """Whether the user writes reports of the unit, whatever the state of this one."""
    return holds(user, report.unit_id, Role.AUTHOR)


def why_locked(user, edition: ReportEdition, part_code: str = "") -> str:
    """Why the user cannot write now (in this part), in words; "" when he can."""
    if edition.report.round.state == RoundState.CLOSED:
        return "Đã khoá sổ, chỉ xem."
    if not edition.is_writable:
        return f"Báo cáo đang ở tình trạng “{edition.get_state_display()}” nên chỉ xem."
    if not is_author(user, edition.report):
        return "Tài khoản này không soạn báo cáo của đơn vị, chỉ xem."
    if part_code and not edition.is_unlocked(part_code):
        return "Phần này không nằm trong các phần được trả lại nên đang khoá, chỉ xem."
    return ""


# --- the bar on top --------------------------------------------------------------------------------


def report_bar(edition: ReportEdition, **more) -> dict:
    """Values of ``components/report_bar.html``; ``more`` adds save_state, save_text, print_url, check_url."""
    report = edition.report
    kind, icon = STATE_MARKS[edition.state]
    return {
        "title": report.title,
        "unit": report.unit_version.name,
        "state_text": edition.get_state_display(),
        "state_kind": kind,
        "state_icon": icon,
        "due": due_words(edition),
        **more,
    }


def due_words(edition: ReportEdition) -> str:
    """“hạn gửi lại 17 giờ ngày 10/07/2026”; nothing once the edition is sent."""
    if edition.state not in transitions_before_sending():
        return ""
    due = timezone.localtime(edition.report.due_at)
    again = " lại" if edition.number > 1 or edition.state == State.RETURNED else ""
    hour = f"{due.hour} giờ {due.minute:02d}" if due.minute else f"{due.hour} giờ"
    return f"hạn gửi{again} {hour} ngày {format_date(due.date())}"
