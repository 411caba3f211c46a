"""What every staff view of a report does first: find what the person may see, refuse what he may not do."""

import uuid
from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from models_dv.errors import NotAllowed
from models_dv.scopes import unit_ids_with
from reports import permissions
from reports.models import Report, ReportEdition
from reports.workflow import MOVES


def visible_report(user, pk: int) -> Report:
    """The report with what its pages show; Http404 for whom it does not exist."""
    return get_object_or_404(Report.objects.visible_to(user).for_list().with_below(), pk=pk)


def latest_edition(report: Report) -> ReportEdition:
    """The edition that moves, tied to ``report`` so that its rights cost no further query."""
    edition = report.latest
    if edition is None:
        raise Http404
    edition.report = report
    return edition


def edition_numbered(report: Report, number: int) -> ReportEdition:
    """Bản 1, 2 … of the report; Http404 when there is none."""
    if report.latest and report.latest.number == number:
        return latest_edition(report)
    edition = get_object_or_404(ReportEdition, report=report, number=number)
    edition.report = report
    return edition


def readable_edition(user, report: Report) -> ReportEdition | None:
    """The newest edition whose text the person may read: the latest one, else the one in force."""
    for edition in (report.latest, report.in_force):
        if edition is not None:
            edition.report = report
            if permissions.may_read_text(user, edition):
                return edition
    return None


def is_own(user, report: Report) -> bool:
    """Whether the person belongs to the unit of the report (any role)."""
    return report.unit_id in unit_ids_with(user)


def require_text(user, edition: ReportEdition) -> None:
    """Raise NotAllowed unless the person may read the edition: above, drafts show their progress only."""
    if not permissions.may_read_text(user, edition):
        raise NotAllowed(
            "Cấp trên chỉ xem tiến độ của bản đang soạn. Nội dung xem được sau khi đơn vị phát hành, gửi."
        )


def has_duty(user, action: str, report: Report) -> bool:
    """Whether the person could take this step of the report in some state."""
    return any(permissions.may(user, move, report) for move in _moves(action))


def require_duty(user, action: str, report: Report) -> None:
    """Raise NotAllowed unless ``has_duty``."""
    if not has_duty(user, action, report):
        permissions.require(user, _moves(action)[0], report)


def _moves(action: str):
    return [move for move in MOVES if move.action == action]


def new_key() -> str:
    """An idempotency key for one form."""
    return uuid.uuid4().hex


def refusals_as_page(view):
    """Answer NotAllowed with a page that says why (403) and leads back to the report named ``pk``."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            return refused(request, error, nav="reports", report_pk=kwargs.get("pk"))

    return answer


def refused(request, error: NotAllowed, **context):
    """The page that says why; ``context`` as ``staff/refused.html`` takes it."""
    return render(request, "staff/refused.html", context | {"reason": error.message}, status=403)
