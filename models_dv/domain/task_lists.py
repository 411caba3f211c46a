"""Tasks as lists show them: with the names of their units, and by how pressing they are."""

from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from models_dv.domain.unit_names import unit_name
from models_dv.enums import TaskState
from models_dv.models import Task
from models_dv.models.tasks import SOON_DAYS

OVERDUE, IN_TIME, SOON, DONE = "qua-han", "dang-thuc-hien", "sap-den-han", "hoan-thanh"
#: The columns of the board in their order, with their words.
COLUMNS = {
    OVERDUE: "Quá hạn",
    SOON: "Sắp đến hạn",
    IN_TIME: "Đang thực hiện",
    DONE: "Hoàn thành",
}


def with_names(tasks: QuerySet[Task], on: date) -> QuerySet[Task]:
    """Adds ``giving_name`` and ``lead_name`` of the day, and what words about the source need."""
    return tasks.select_related("giving_unit", "conclusion__conference").annotate(
        giving_name=unit_name("giving_unit", on), lead_name=unit_name("lead_unit", on)
    )


def pressing_first(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Open ones by due date, then those that have ended, the last ended first."""
    has_ended = Case(When(state=TaskState.OPEN, then=Value(0)), default=Value(1))
    return tasks.order_by(
        has_ended, F("ended_on").desc(nulls_last=True), F("due_on").asc(nulls_last=True), "pk"
    )


def column_condition(column: str, on: date) -> Q:
    """The tasks of one column of the board on a day; one that was cancelled stands in none."""
    soon = on + timedelta(days=SOON_DAYS)
    is_open = Q(state=TaskState.OPEN)
    return {
        OVERDUE: is_open & Q(due_on__lt=on),
        SOON: is_open & Q(due_on__gte=on, due_on__lte=soon),
        IN_TIME: is_open & (Q(due_on__gt=soon) | Q(due_on__isnull=True)),
        DONE: Q(state=TaskState.DONE),
    }[column]


def column_counts(tasks: QuerySet[Task], on: date) -> dict[str, int]:
    """{column: how many}; one query."""
    counted = {
        column.replace("-", "_"): Count("pk", filter=column_condition(column, on)) for column in COLUMNS
    }
    found = tasks.order_by().aggregate(**counted)
    return {column: found[column.replace("-", "_")] for column in COLUMNS}


def board(tasks: QuerySet[Task], on: date, *, size: int) -> dict[str, list[Task]]:
    """{column: its first ``size`` tasks}: the most pressing first, of those done the last ended. Two queries
    (the units that join stand with them).
    """
    column = Case(
        *(When(column_condition(name, on), then=Value(name)) for name in COLUMNS), default=Value("")
    )
    # Of open tasks ``ended_on`` says nothing: the due date decides.
    order = [F("ended_on").desc(nulls_last=True), F("due_on").asc(nulls_last=True), F("pk").asc()]
    place = Window(RowNumber(), partition_by=F("column"), order_by=order)
    numbered = tasks.order_by().annotate(column=column).exclude(column="").annotate(place=place)
    # The names are looked up for the rows that are shown, not for all that were numbered.
    shown = Task.objects.filter(pk__in=numbered.filter(place__lte=size).values("pk")).annotate(column=column)
    found: dict[str, list[Task]] = {name: [] for name in COLUMNS}
    for task in with_names(shown, on).order_by(*order).prefetch_related("joining_units"):
        found[task.column].append(task)
    return found
