"""Tasks that are given out of a report (architecture, decision 15: the link stands on this side of the arrow)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from models_dv.domain.audit import record
from models_dv.domain.task_sources import SourceLink, TaskSource
from models_dv.domain.tasks import TaskValues, create_task
from models_dv.errors import ExpectedError
from models_dv.models import Task
from models_dv.permissions import may_keep, require
from reports.models import Report, TaskLink

NOT_SENT = (
    "Báo cáo chưa có bản nào phát hành nên chưa giao nhiệm vụ từ báo cáo này. "
    "Chờ đơn vị phát hành, gửi, hoặc giao nhiệm vụ trực tiếp."
)


def may_give_from(user, report: Report) -> bool:
    """Whether the user gives tasks out of the report: author or approver of the body that receives it."""
    return report.parent_id is not None and may_keep(user, report.parent.unit_id)


@transaction.atomic
def create_task_from(report: Report, values: TaskValues, *, actor) -> Task:
    """Giao nhiệm vụ từ báo cáo: by the body above, once an edition is in force.

    Raises as ``create_task``, NotAllowed for anybody else, ExpectedError while nothing was sent.
    """
    require(may_give_from(actor, report), "giao nhiệm vụ từ báo cáo này")
    if report.in_force_id is None:
        raise ExpectedError(NOT_SENT)
    task = create_task(values, giving_unit=report.parent.unit, actor=actor)
    TaskLink.objects.create(task=task, report=report)
    record(actor=actor, action="Giao nhiệm vụ từ báo cáo", obj=report, after={"nhiệm vụ": task.title})
    return task


def tasks_from(report: Report, user) -> QuerySet[Task]:
    """The tasks given out of the report that the user may see."""
    return Task.objects.visible_to(user).filter(report_link__report=report)


def _tasks() -> Q:
    return Q(Exists(TaskLink.objects.filter(task=OuterRef("pk"))))


def _texts(tasks: Collection[Task]) -> dict[int, str]:
    links = TaskLink.objects.filter(task__in=tasks).select_related(
        "report__round__period", "report__unit_version"
    )
    return {link.task_id: _words(link.report) for link in links}


def _link(task: Task, user) -> SourceLink | None:
    link = (
        TaskLink.objects.filter(task=task)
        .select_related("report__round__period", "report__unit_version")
        .first()
    )
    if link is None:
        return None
    may_open = Report.objects.visible_to(user).filter(pk=link.report_id).exists()
    url = reverse("staff:report", args=[link.report_id]) if may_open else ""
    return SourceLink(_words(link.report), url)


def _words(report: Report) -> str:
    return f"{report.title} – {report.unit_version.short_name}"


#: The kind of source that ``reports.apps`` makes known to the tasks.
FROM_REPORT = TaskSource("bao-cao", "Báo cáo", _tasks, _texts, _link)
