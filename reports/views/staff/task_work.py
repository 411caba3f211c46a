"""The tasks in “Việc của tôi”: those that the person’s units work on, and what they gave that is late."""

from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from models_dv import clock
from models_dv.domain.task_lists import with_names
from models_dv.domain.unit_names import unit_name
from models_dv.enums import Role, TaskState
from models_dv.filters.tasks import OVERDUE
from models_dv.models import Task, Unit
from models_dv.scopes import unit_ids_kept
from models_dv.vietnamese.numbers import format_number
from models_dv.views.badges import Badge
from models_dv.views.staff.task_words import REPORT, due_badge
from reports.views.staff.work_items import WorkItem, days_until


def open_tasks(user) -> QuerySet[Task]:
    """Tasks that the person’s units, or what went on in them, lead or join: he reports on them."""
    units, tasks = unit_ids_kept(user, Role.AUTHOR, Role.APPROVER), Task.objects.order_by()
    led = tasks.filter(lead_unit_id__in=units, state=TaskState.OPEN)
    joined = tasks.filter(joining_units__in=units, state=TaskState.OPEN)
    return Task.objects.filter(pk__in=led.values("pk").union(joined.values("pk")))


def late_tasks(user, today: date) -> QuerySet[Task]:
    """Overdue tasks that the person’s units, or what went on in them, gave to others."""
    units = unit_ids_kept(user, Role.AUTHOR, Role.APPROVER)
    late = Task.objects.overdue(today).filter(giving_unit_id__in=units).order_by()
    return late.exclude(lead_unit_id__in=units).exclude(joining_units__in=units)


def late_givers(user) -> QuerySet[Unit]:
    """The person’s units that gave what is late: each is one row."""
    return Unit.objects.filter(pk__in=late_tasks(user, clock.today()).values("giving_unit_id"))


def items(user, today: date) -> list[WorkItem]:
    """The rows; what is late at others comes last, one row for each unit that gave it. Two queries."""
    given = late_tasks(user, today).values("giving_unit_id", "giving_unit__code", "giving_unit__illustrative")
    given = given.annotate(count=Count("pk"), name=unit_name("giving_unit_id", today)).order_by("name")
    return [
        *(_task_item(task, today) for task in with_names(open_tasks(user), today)),
        *(_late_item(row) for row in given),
    ]


def _task_item(task: Task, today: date) -> WorkItem:
    due = due_badge(task, today)
    return WorkItem(
        title=task.title,
        unit=task.lead_name,
        badges=(due,) if due else (),
        url=reverse("staff:task_progress", args=[task.pk]),
        button=REPORT,
        reason=f"{task.giving_name} giao" if task.giving_unit_id != task.lead_unit_id else "",
        pk=f"task-{task.pk}",
        illustrative=task.giving_unit.illustrative,
        days=days_until(task.due_on, today),
    )


def _late_item(row: dict) -> WorkItem:
    query = urlencode({"giao": row["giving_unit__code"], "han": OVERDUE})
    return WorkItem(
        title="Nhiệm vụ đã giao cho đơn vị khác",
        unit=row["name"] or "",
        badges=(Badge(f"{format_number(row['count'])} nhiệm vụ quá hạn", "error", "clock"),),
        url=f"{reverse('staff:tasks')}?{query}",
        button="Xem danh sách",
        pk=f"late-{row['giving_unit_id']}",
        illustrative=row["giving_unit__illustrative"],
        days=-1,  # at least; how late each of them is stands in the list
    )
