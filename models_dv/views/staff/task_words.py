"""Tasks as a person reads them: badges of state and due date, what may be done, where they come from."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from models_dv.domain.tasks import may_close, may_steer, reporting_unit_ids
from models_dv.enums import TaskState
from models_dv.models import Task
from models_dv.vietnamese.numbers import format_number
from models_dv.views.badges import Badge, day_badge

_LOOKS = {
    TaskState.OPEN: ("info", "clock"),
    TaskState.DONE: ("ok", "check"),
    TaskState.CANCELLED: ("", "close"),
}
REPORT, EDIT, EXTEND, COMPLETE, CANCEL, REOPEN = (
    "Báo tiến độ",
    "Sửa",
    "Gia hạn",
    "Hoàn thành",
    "Huỷ nhiệm vụ",
    "Mở lại",
)


@dataclass(frozen=True)
class TaskAct:
    """One button: words, address, kind."""

    label: str
    url: str
    kind: str = ""


def task_badge(task: Task) -> Badge:
    """The state in words."""
    return Badge(task.get_state_display(), *_LOOKS[TaskState(task.state)])


def due_badge(task: Task, today: date) -> Badge | None:
    """“Quá hạn 2 ngày”, “Còn 5 ngày”, of a task that was done “Chậm 2 ngày”; None without a due date."""
    if not task.is_open:
        late = task.days_late(today)
        return Badge(f"Chậm {format_number(late)} ngày", "warn", "clock") if late else None
    if task.due_on is None:
        return None
    return day_badge(task.due_on, today)


def acts_for(user, task: Task) -> list[TaskAct]:
    """What the person may do now, the most likely first."""

    def act(label: str, name: str, kind: str = "") -> TaskAct:
        return TaskAct(label, reverse(f"staff:{name}", args=[task.pk]), kind)

    steers = may_steer(user, task)
    if not task.is_open:
        return [act(REOPEN, "task_reopen")] if steers else []
    acts = []
    if reporting_unit_ids(user, task):
        acts.append(act(REPORT, "task_progress", "primary"))
    if may_close(user, task):
        acts.append(act(COMPLETE, "task_complete", "" if acts else "primary"))
    if steers:
        acts += [
            act(EXTEND, "task_extend"),
            act(EDIT, "task_edit"),
            act(CANCEL, "task_cancel", "danger"),
        ]
    return acts
