"""Tasks (nhiệm vụ): giving them, reporting on them, giving more time, ending them (domain.md §7).

Who does what. The unit that gives a task steers it: it edits, gives more time, cancels, opens again. The
units that lead or join report what was done. Done is said by who answers for it: by the giving unit, which
confirms what it asked for, or by the approver of the leading unit, who signs for that unit; an author of
the leading unit reports, and does not close by himself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from models_dv import clock
from models_dv.domain import task_notices
from models_dv.domain.audit import record
from models_dv.domain.changes import difference, filled, label_of, snapshot
from models_dv.domain.notify import settle
from models_dv.domain.units import heir_of, require_standing
from models_dv.domain.uploads import remove_stored, store_file, with_their_row
from models_dv.enums import NoticeState, Role, TaskState
from models_dv.errors import ExpectedError, MissingInput, StaleObject
from models_dv.models import (
    Conclusion,
    ConclusionNotice,
    Task,
    TaskExtension,
    TaskFile,
    TaskProgress,
    Unit,
    UnitPath,
)
from models_dv.permissions import acts_for, may_keep, require
from models_dv.scopes import inherited_units
from models_dv.vietnamese.dates import format_date

#: Where files of evidence are kept.
FOLDER = "nhiem-vu"
UNSIGNED = (
    "Thông báo kết luận của hội nghị này chưa ký, ban hành nên kết luận chưa có hiệu lực. "
    "Ký, ban hành thông báo kết luận trước, hoặc giao nhiệm vụ không gắn với kết luận."
)
OTHER_CONFERENCE = (
    "Kết luận này của hội nghị do đơn vị khác tổ chức. Đơn vị giao phải là đơn vị tổ chức hội nghị."
)
NOT_BELOW = "“{unit}” không thuộc đơn vị giao. Chọn chính đơn vị giao hoặc một đơn vị cấp dưới."


class TaskClosed(ExpectedError):
    """The task has ended; ``doing`` says what cannot be done any more."""

    def __init__(self, task: Task, doing: str):
        state = "đã huỷ" if task.state == TaskState.CANCELLED else "đã hoàn thành"
        super().__init__(f"Nhiệm vụ {state} nên không {doing} được. Mở lại nhiệm vụ trước.")


@dataclass(frozen=True)
class TaskValues:
    """What a task says. Words as they are stored; ``joining_units`` besides the leading one."""

    title: str
    lead_unit: Unit
    content: str = ""
    lead_post: str = ""
    joining_units: tuple[Unit, ...] = ()
    joining_others: str = ""
    given_on: date | None = None  # None: today
    due_on: date | None = None
    product: str = ""

    def fields(self) -> dict:
        """{field: value} of everything but the units that join."""
        return {
            "title": self.title,
            "content": self.content,
            "lead_unit": self.lead_unit,
            "lead_post": self.lead_post,
            "joining_others": self.joining_others,
            "given_on": self.given_on or clock.today(),
            "due_on": self.due_on,
            "product": self.product,
        }


# --- who may -----------------------------------------------------------------------------------------


def may_steer(user, task: Task) -> bool:
    """Whether the user edits, extends, cancels and opens again: the giving unit's author or approver."""
    return may_keep(user, task.giving_unit_id)


def may_close(user, task: Task) -> bool:
    """Whether the user says that it is done: the giving unit, or the approver of the leading unit."""
    return may_steer(user, task) or acts_for(user, task.lead_unit_id, Role.APPROVER)


def reporting_unit_ids(user, task: Task) -> list[int]:
    """Units for which the user reports what was done: the leading one first, then those that join."""
    units = [task.lead_unit_id, *(unit.pk for unit in task.joining_units.all())]
    return [unit_id for unit_id in dict.fromkeys(units) if may_keep(user, unit_id)]


# --- giving and editing ------------------------------------------------------------------------------


@transaction.atomic
def create_task(
    values: TaskValues, *, giving_unit: Unit, actor, conclusion: Conclusion | None = None
) -> Task:
    """Giao nhiệm vụ, by hand or out of a conclusion; out of a report see ``reports.domain.task_links``.

    Raises NotAllowed where the giving unit is not the actor's own, MissingInput (with its field) for what
    cannot be, ExpectedError for a conclusion that does not bind yet: conclusions bind once they are signed.
    """
    require(may_keep(actor, giving_unit.pk), "giao nhiệm vụ thay đơn vị này")
    require_standing(giving_unit, clock.today())
    if conclusion is not None:
        _require_binding(conclusion, giving_unit)
    _check(values, giving_unit)
    _refuse_twice(values, giving_unit, conclusion)
    task = Task.objects.create(
        giving_unit=giving_unit, conclusion=conclusion, created_by=actor, **values.fields()
    )
    task.joining_units.set(values.joining_units)
    record(actor=actor, action="Giao nhiệm vụ", obj=task, after=filled(_values_of(task)))
    task_notices.given(task, task_notices.units_at_work(task), actor=actor)
    return task


@transaction.atomic
def edit_task(task: Task, values: TaskValues, *, revision: int, actor) -> Task:
    """Sửa nhiệm vụ, while it is open. A due date that stands is moved by ``extend_task`` once work began."""
    require(may_steer(actor, task), "sửa nhiệm vụ này")
    _require_open(task, "sửa")
    _check(values, heir_of(task.giving_unit), stay=task_notices.units_at_work(task))
    if values.due_on != task.due_on and not may_move_due(task):
        raise MissingInput(
            "Đã có tiến độ hoặc lần gia hạn: đổi hạn bằng nút “Gia hạn” và ghi lý do.", "due_on"
        )
    before, units, due_on = _values_of(task), task_notices.units_at_work(task), task.due_on
    for name, value in values.fields().items():
        setattr(task, name, value)
    task.set_keys()
    _set(task, revision, TaskState.OPEN, search_text=task.search_text, **values.fields())
    task.joining_units.set(values.joining_units)
    old, new = difference(before, _values_of(task))
    record(actor=actor, action="Sửa nhiệm vụ", obj=task, before=old, after=new)
    task_notices.edited(task, before=units, due_before=due_on, actor=actor)
    return task


def may_move_due(task: Task) -> bool:
    """Whether the due date may still be corrected: none was set, or nothing was built on it."""
    if task.due_on is None:
        return True
    return not (task.progress.exists() or task.extensions.exists())


def _check(values: TaskValues, giving_unit: Unit, *, stay: Iterable[int] = ()) -> None:
    """``stay``: ids of units that have the task and may keep it, also where they have ended."""
    if not values.title.strip():
        raise MissingInput("Chưa nhập nhiệm vụ", "title")
    given_on = values.given_on or clock.today()
    if given_on > clock.today():
        raise MissingInput("Ngày giao không sau hôm nay.", "given_on")
    if values.due_on and values.due_on < given_on:
        raise MissingInput("Hạn hoàn thành phải từ ngày giao trở đi.", "due_on")
    if values.lead_unit in values.joining_units:
        raise MissingInput("Đơn vị chủ trì không ghi lại ở đơn vị phối hợp.", "joining_units")
    below = UnitPath.objects.below(giving_unit, clock.today(), include_self=True)
    reached = set(stay) | set(
        below.filter(unit__in=[values.lead_unit, *values.joining_units]).values_list("unit", flat=True)
    )
    for field, units in (("lead_unit", [values.lead_unit]), ("joining_units", values.joining_units)):
        for unit in units:
            if unit.pk not in reached:
                raise MissingInput(NOT_BELOW.format(unit=unit), field)


def _require_binding(conclusion: Conclusion, giving_unit: Unit) -> None:
    """Only a signed notice binds, and only who held the conference, or its heir, gives tasks in its name."""
    if giving_unit.pk not in givers_of(conclusion, {giving_unit.pk}):
        raise MissingInput(OTHER_CONFERENCE, "giving_unit")
    if not binds(conclusion):
        raise ExpectedError(UNSIGNED)


def givers_of(conclusion: Conclusion, unit_ids: set[int]) -> set[int]:
    """Those of the units that held the conference, or in which all of that one went on."""
    owner = conclusion.conference.unit_id
    if owner in unit_ids:
        return {owner}
    return {unit_id for unit_id in unit_ids if inherited_units([unit_id]).filter(predecessor=owner).exists()}


def binds(conclusion: Conclusion) -> bool:
    """Whether the conclusion's notice is signed."""
    notices = ConclusionNotice.objects.filter(conference_id=conclusion.conference_id)
    return notices.filter(state=NoticeState.SIGNED).exists()


def _refuse_twice(values: TaskValues, giving_unit: Unit, conclusion: Conclusion | None) -> None:
    """The same task a second time is a button pressed twice."""
    same = Task.objects.filter(
        giving_unit=giving_unit,
        lead_unit=values.lead_unit,
        title=values.title,
        due_on=values.due_on,
        conclusion=conclusion,
        state=TaskState.OPEN,
    ).first()
    if same:
        raise MissingInput(
            f"Đơn vị đã giao nhiệm vụ này ngày {format_date(same.given_on)}, cùng đơn vị chủ trì, cùng hạn. "
            "Mở nhiệm vụ đã có, hoặc đổi tên nhiệm vụ.",
            "title",
        )


# --- what was done -----------------------------------------------------------------------------------


def add_progress(task: Task, *, actor, uploaded=None, **values) -> TaskProgress:
    """Báo tiến độ as of a day, with its evidence in words and in a file; by a unit that leads or joins.

    ``values``: unit, on, text, and percent and evidence where they are given. Rows only add up, so two units
    never stand in each other's way. The same words of the same unit and day twice are one row. Raises what
    ``uploads.store_file`` raises.
    """
    if uploaded is None:
        return _add_progress(task, actor=actor, **values)[0]
    _require_reporter(task, values["unit"], actor)
    stored = store_file(uploaded, folder=FOLDER)
    with with_their_row(stored.name):
        progress, is_new = _add_progress(task, actor=actor, **values)
        if is_new or not progress.files.filter(sha256=stored.sha256).exists():
            TaskFile.objects.create(progress=progress, uploaded_by=actor, **stored.fields())
        else:
            remove_stored([stored.name])
    return progress


def _require_reporter(task: Task, unit: Unit, actor) -> None:
    require(unit.pk in reporting_unit_ids(actor, task), "báo tiến độ nhiệm vụ này thay đơn vị đã chọn")


@transaction.atomic
def _add_progress(
    task: Task, *, unit: Unit, on: date, text: str, actor, percent: int | None = None, evidence: str = ""
) -> tuple[TaskProgress, bool]:
    """The row, and whether it is a new one."""
    _require_reporter(task, unit, actor)
    task = Task.objects.select_for_update().get(pk=task.pk)
    _require_open(task, "báo tiến độ")
    if not text.strip():
        raise MissingInput("Chưa nhập kết quả đã làm", "text")
    if percent is not None and not 0 <= percent <= 100:
        raise MissingInput("Mức hoàn thành từ 0 đến 100.", "percent")
    if not task.given_on <= on <= clock.today():
        raise MissingInput(
            f"Ngày tính đến phải từ ngày giao ({format_date(task.given_on)}) đến hôm nay.", "on"
        )
    progress, is_new = TaskProgress.objects.get_or_create(
        task=task,
        unit=unit,
        on=on,
        text=text,
        defaults={"percent": percent, "evidence": evidence, "written_by": actor, "at": clock.now()},
    )
    if is_new:
        after = {"đơn vị báo": label_of(unit), "tính đến ngày": on.isoformat(), "mức hoàn thành (%)": percent}
        record(actor=actor, action="Báo tiến độ nhiệm vụ", obj=task, after=filled(after), note=text)
        settle(actor, task)
    return progress, is_new


@transaction.atomic
def extend_task(task: Task, *, due_on: date, reason: str, revision: int, actor) -> Task:
    """Gia hạn: a later due date, with the reason."""
    require(may_steer(actor, task), "gia hạn nhiệm vụ này")
    _require_open(task, "gia hạn")
    _require_reason(reason, "Chưa nhập lý do gia hạn")
    if task.due_on and due_on <= task.due_on:
        raise MissingInput(f"Hạn mới phải sau hạn đang có ({format_date(task.due_on)}).", "due_on")
    if due_on < clock.today():
        raise MissingInput(f"Ngày {format_date(due_on)} đã qua. Ghi hạn mới từ hôm nay trở đi.", "due_on")
    before = task.due_on
    _set(task, revision, TaskState.OPEN, due_on=due_on)
    TaskExtension.objects.create(
        task=task, due_before=before, due_on=due_on, reason=reason, by=actor, at=clock.now()
    )
    record(
        actor=actor,
        action="Gia hạn nhiệm vụ",
        obj=task,
        before={"hạn hoàn thành": before and before.isoformat()},
        after={"hạn hoàn thành": due_on.isoformat()},
        note=reason,
    )
    task_notices.extended(task, actor=actor)
    return task


# --- ending and opening again ------------------------------------------------------------------------


def complete_task(task: Task, *, result: str, ended_on: date, revision: int, actor) -> Task:
    """Hoàn thành, with what came out; who may stands on top of this file."""
    require(may_close(actor, task), "kết thúc nhiệm vụ này")
    if not result.strip():
        raise MissingInput("Chưa nhập kết quả", "result")
    return _end(task, TaskState.DONE, "Hoàn thành nhiệm vụ", result, ended_on, revision, actor)


def cancel_task(task: Task, *, reason: str, revision: int, actor) -> Task:
    """Huỷ nhiệm vụ: nothing more is expected; ``result`` keeps why."""
    require(may_steer(actor, task), "huỷ nhiệm vụ này")
    _require_reason(reason, "Chưa nhập lý do huỷ")
    return _end(task, TaskState.CANCELLED, "Huỷ nhiệm vụ", reason, clock.today(), revision, actor)


@transaction.atomic
def _end(task: Task, state, action: str, words: str, ended_on: date, revision: int, actor) -> Task:
    _require_open(task, "kết thúc")
    if not task.given_on <= ended_on <= clock.today():
        raise MissingInput(
            f"Ngày kết thúc phải từ ngày giao ({format_date(task.given_on)}) đến hôm nay.", "ended_on"
        )
    _set(task, revision, TaskState.OPEN, state=state, result=words, ended_on=ended_on)
    record(
        actor=actor,
        action=action,
        obj=task,
        before={"tình trạng": TaskState.OPEN.label},
        after={"tình trạng": state.label, "ngày hoàn thành hoặc huỷ": ended_on.isoformat()},
        note=words,
    )
    task_notices.ended(task, by_giver=may_steer(actor, task), actor=actor)
    return task


@transaction.atomic
def reopen_task(task: Task, *, reason: str, revision: int, actor) -> Task:
    """Mở lại: the task is open as before; what it had ended with stays in the record of what happened."""
    require(may_steer(actor, task), "mở lại nhiệm vụ này")
    _require_reason(reason, "Chưa nhập lý do mở lại")
    if task.state == TaskState.OPEN:
        raise ExpectedError("Nhiệm vụ đang mở, không phải mở lại.")
    before = {
        "tình trạng": task.get_state_display(),
        "ngày hoàn thành hoặc huỷ": task.ended_on.isoformat(),
        "kết quả": task.result,
    }
    _set(task, revision, task.state, state=TaskState.OPEN, result="", ended_on=None)
    record(
        actor=actor,
        action="Mở lại nhiệm vụ",
        obj=task,
        before=before,
        after={"tình trạng": TaskState.OPEN.label},
        note=reason,
    )
    task_notices.reopened(task, actor=actor)
    return task


# --- shared ------------------------------------------------------------------------------------------


def _require_open(task: Task, doing: str) -> None:
    if task.state != TaskState.OPEN:
        raise TaskClosed(task, doing)


def _require_reason(reason: str, message: str) -> None:
    if not reason.strip():
        raise MissingInput(message, "reason")


def _set(task: Task, revision: int, was: str, /, **values) -> None:
    """Write if the task still is as the actor saw it; else StaleObject."""
    seen = Task.objects.filter(pk=task.pk, revision=revision, state=was)
    if seen.update(revision=F("revision") + 1, **values) != 1:
        raise StaleObject("Nhiệm vụ này")
    task.refresh_from_db()


def _values_of(task: Task) -> dict:
    joins = [label_of(unit) for unit in task.joining_units.all()]
    return snapshot(task) | {"đơn vị phối hợp": joins}
