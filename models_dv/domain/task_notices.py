"""Who is told of a task: the people of the units that lead or join, and of the one that gave it.

A mail says that there is a task, of which unit and by when; what the task is about is a person's words and
stays in the portal (decision 23).
"""

from collections.abc import Iterable
from datetime import date, time, timedelta

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from models_dv import clock
from models_dv.domain.daily import daily
from models_dv.domain.notify import notify_holders, settle
from models_dv.enums import NotificationKind, Role, TaskState
from models_dv.models import Task, Unit, UnitRole
from models_dv.scopes import heirs_of
from models_dv.vietnamese.dates import format_date

#: Who of a unit answers for its tasks.
ROLES = (Role.AUTHOR, Role.APPROVER)
#: Told when so many days are left, the due day included; once more when it has passed.
DAYS_BEFORE = (3, 1, 0)
#: What has been overdue for longer is told no more.
DAYS_AFTER = 30


def units_at_work(task: Task) -> list[int]:
    """The unit that leads and those that join."""
    return [task.lead_unit_id, *(unit.pk for unit in task.joining_units.all())]


def given(task: Task, units: Iterable[int], *, actor) -> None:
    """Tell the people of these units that they were given the task."""
    text = f"{actor} giao.{_due(task.due_on)}"
    _tell(task, units, NotificationKind.TASK, "Giao nhiệm vụ", text, actor=actor)


def given_by_file(giver: Unit, units: Iterable[int], *, first: int, actor) -> None:
    """Tell the people of these units once of all that one file gave them; ``first`` is the id of one of the tasks."""
    notify_holders(
        UnitRole.objects.filter(unit_id__in=units, role__in=ROLES),
        kind=NotificationKind.TASK,
        title=f"Giao nhiệm vụ – {giver}",
        text=f"{actor} giao, nhập từ tệp Excel.",
        url=f"{reverse('staff:tasks')}?tinh_trang={TaskState.OPEN}",
        object_type=Unit._meta.label,
        object_id=Value(giver.pk),
        once=Value(f"tasks:{first}"),
        actor=actor,
    )


def edited(task: Task, *, before: Iterable[int], due_before: date | None, actor) -> None:
    """Tell units that are new to the task of it, those that left it, and the others of another due date."""
    now, known = units_at_work(task), set(before)
    given(task, [unit for unit in now if unit not in known], actor=actor)
    tasks = reverse("staff:tasks")  # the page of the task is theirs no more
    text = f"{actor} ghi nhận: đơn vị không còn chủ trì, phối hợp nhiệm vụ này."
    _tell(
        task, known.difference(now), NotificationKind.TASK, "Thôi giao nhiệm vụ", text, url=tasks, actor=actor
    )
    if task.due_on != due_before:
        text = f"{actor} đổi hạn hoàn thành.{_due(task.due_on) or ' Không đặt hạn.'}"
        units = [unit for unit in now if unit in known]
        _tell(task, units, NotificationKind.TASK, "Đổi hạn nhiệm vụ", text, actor=actor)


def extended(task: Task, *, actor) -> None:
    """Tell who works on it that there is more time."""
    text = f"{actor} gia hạn.{_due(task.due_on)}"
    _tell(task, units_at_work(task), NotificationKind.EXTENDED, "Gia hạn nhiệm vụ", text, actor=actor)


def ended(task: Task, *, by_giver: bool, actor) -> None:
    """Tell who worked on it; where the leading unit says itself that it is done, who gave it, too."""
    settle(actor, task)
    words = "Hoàn thành nhiệm vụ" if task.state == TaskState.DONE else "Huỷ nhiệm vụ"
    units = units_at_work(task) if by_giver else [task.giving_unit_id, *units_at_work(task)]
    _tell(task, units, NotificationKind.TASK, words, f"{actor} ghi nhận.", actor=actor)


def reopened(task: Task, *, actor) -> None:
    """Tell who works on it that it goes on."""
    text = f"{actor} mở lại.{_due(task.due_on)}"
    _tell(task, units_at_work(task), NotificationKind.TASK, "Mở lại nhiệm vụ", text, actor=actor)


def _due(due_on: date | None) -> str:
    return f" Hạn hoàn thành: {format_date(due_on)}." if due_on else ""


def _tell(
    task: Task,
    units: Iterable[int],
    kind: NotificationKind,
    words: str,
    text: str,
    *,
    actor,
    url: str = "",
) -> None:
    """One row for each person, through however many units and roles he would be told; one statement.

    Of a unit that went on whole in another one the people of that one are told, too.
    ``url``: where it leads, unless to the task.
    """
    units = list(units)
    if not units:
        return
    notify_holders(
        UnitRole.objects.filter(Q(unit_id__in=units) | Q(unit_id__in=heirs_of(units)), role__in=ROLES),
        kind=kind,
        title=f"{words} – {task.giving_unit}",
        text=text,
        note=task.title,
        url=url or task.get_absolute_url(),
        object_type=Task._meta.label,
        object_id=Value(task.pk),
        once=Value(f"task:{task.pk}:{task.revision}"),
        actor=actor,
    )


# --- reminders -----------------------------------------------------------------------------------------


@daily("remind_of_due_tasks", after=time(6, 0))
def remind() -> int:
    """Tell of every open task that is due within three days or overdue; how many were told.

    Repeated on the same day it tells nobody twice; a new due date is told anew.
    """
    today = clock.today()
    window = (today - timedelta(days=DAYS_AFTER), today + timedelta(days=max(DAYS_BEFORE)))
    waiting = Task.objects.filter(state=TaskState.OPEN, due_on__range=window)
    days = waiting.order_by("due_on").values_list("due_on", flat=True).distinct()
    return sum(
        _remind(due_on, (due_on - today).days, tasks, part)
        for due_on in days
        for tasks, part in (("led_tasks", "chủ trì"), ("joined_tasks", "phối hợp"))
    ) + sum(_remind_heirs(task, (task.due_on - today).days) for task in _of_ended_units(waiting))


def _remind(due_on: date, days: int, tasks: str, part: str) -> int:
    """``tasks``: how a unit leads to what it leads or joins."""
    task, open_then = f"unit__{tasks}", {"state": TaskState.OPEN, "due_on": due_on}
    number = Cast(f"{task}__pk", CharField())
    before, after = reverse("staff:task", args=[0]).rsplit("0", 1)
    return notify_holders(
        UnitRole.objects.filter(
            role__in=ROLES, **{f"{task}__{name}": value for name, value in open_then.items()}
        ),
        **_words(due_on, days, part),
        note=F(f"{task}__title"),
        url=Concat(Value(before), number, Value(after)),
        object_id=F(f"{task}__pk"),
        once=Concat(Value("task:due:"), number, Value(_step(due_on, days))),
    )


def _words(due_on: date, days: int, part: str) -> dict:
    words = f"Quá hạn {-days} ngày" if days < 0 else f"Còn {days} ngày" if days else "Hôm nay là hạn"
    return {
        "kind": NotificationKind.OVERDUE if days < 0 else NotificationKind.DUE_SOON,
        "title": f"{words}: nhiệm vụ {part}",
        "text": f"Hạn hoàn thành: {format_date(due_on)}.",
        "object_type": Task._meta.label,
    }


def _step(due_on: date, days: int) -> str:
    """The last part of what is told once."""
    step = "overdue" if days < 0 else next(str(step) for step in sorted(DAYS_BEFORE) if days <= step)
    return f":{step}:{due_on:%Y%m%d}"


def _of_ended_units(waiting: QuerySet[Task]) -> QuerySet[Task]:
    """Those of the tasks that stand with a unit that is no more: few, so each is told by itself."""
    today = clock.today()
    ended = Q(lead_unit__ended_on__lte=today) | Q(joining_units__ended_on__lte=today)
    return waiting.filter(ended).distinct().order_by("pk").prefetch_related("joining_units")


def _remind_heirs(task: Task, days: int) -> int:
    """Tell those in whose units the leading or a joining one went on whole."""
    parts = (("chủ trì", [task.lead_unit_id]), ("phối hợp", [unit.pk for unit in task.joining_units.all()]))
    return sum(
        notify_holders(
            UnitRole.objects.filter(role__in=ROLES, unit_id__in=heirs_of(units)),
            **_words(task.due_on, days, part),
            note=task.title,
            url=task.get_absolute_url(),
            object_id=Value(task.pk),
            once=Value(f"task:due:{task.pk}{_step(task.due_on, days)}"),
        )
        for part, units in parts
        if units
    )
