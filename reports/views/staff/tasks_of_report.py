"""Giao nhiệm vụ từ báo cáo: the body that received a report gives a task out of it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from models_dv.errors import NotAllowed
from models_dv.views.staff.tasks import give_task
from reports.domain import task_links
from reports.views.staff.access import refusals_as_page, visible_report


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page
def task_from_report(request, pk):
    """The page of a new task; the reporting unit stands there as the one that leads."""
    report = visible_report(request.user, pk)
    if not task_links.may_give_from(request.user, report):
        raise NotAllowed(
            "Chỉ người soạn thảo hoặc duyệt của đơn vị cấp trên mới giao nhiệm vụ từ báo cáo này."
        )
    if report.in_force_id is None:
        messages.error(request, task_links.NOT_SENT)
        return redirect(report)
    return give_task(
        request,
        givers=[report.parent.unit],
        initial={"lead_unit": report.unit},
        give=lambda _unit, values: task_links.create_task_from(report, values, actor=request.user),
        source=f"Từ {report.title[0].lower()}{report.title[1:]} của {report.unit_version.name}",
        back_url=report.get_absolute_url(),
    )
