"""Tasks of An Bình in all states, each act at its own moment (data: ``reports/data/an_binh_tasks.toml``)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from models_dv import clock
from models_dv.domain import tasks as domain
from models_dv.domain.tasks import TaskValues
from models_dv.enums import NoticeState
from models_dv.models import Conclusion, Task, Unit
from reports.domain.task_links import create_task_from
from reports.management.demo.acts import at
from reports.management.demo.cast import Cast
from reports.models import Report

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "an_binh_tasks.toml"
WORDS = ("title", "content", "lead_post", "joining_others", "product")


def give_tasks(cast: Cast, today: date) -> None:
    """Lay out every task, as of ``today``."""
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["tasks"]:
        _lay_out(_Row(cast, today, row))


class _Row:
    """One task of the data file, its days counted from the day of the demo."""

    def __init__(self, cast: Cast, today: date, row: dict):
        self.cast, self.today, self.row = cast, today, row

    def day(self, value: date | int) -> date:
        """A date, or so many days from today."""
        return value if isinstance(value, date) else self.today + timedelta(days=value)

    def values(self) -> TaskValues:
        """What the task says on the day it is given."""
        row = self.row
        due = row.get("first_due", row.get("due"))
        return TaskValues(
            lead_unit=self.cast.unit(row["lead"]),
            joining_units=tuple(self.cast.unit(key) for key in row.get("joins", ())),
            given_on=self.day(row["given"]),
            due_on=None if due is None else self.day(due),
            **{name: row[name] for name in WORDS if name in row},
        )


def _lay_out(row: _Row) -> None:
    """Given, reported on, extended, ended: as far as the data say."""
    task = _given(row)
    giver = row.cast.author(row.row["giver"])
    for told in row.row.get("progress", ()):
        on = row.day(told["on"])
        with clock.fixed(at(on, 16)):
            domain.add_progress(
                task,
                unit=row.cast.unit(told["by"]),
                on=on,
                text=told["text"],
                percent=told.get("percent"),
                evidence=told.get("evidence", ""),
                actor=row.cast.author(told["by"]),
            )
    if later := row.row.get("extension"):
        with clock.fixed(at(row.day(later["on"]), 9)):
            domain.extend_task(
                task,
                due_on=row.day(later["due"]),
                reason=later["reason"],
                revision=task.revision,
                actor=giver,
            )
    _end(task, row, giver)


def _given(row: _Row) -> Task:
    values, giver = row.values(), row.row["giver"]
    actor, unit = row.cast.author(giver), row.cast.unit(giver)
    with clock.fixed(at(values.given_on, 8, 30)):
        report = _report_before(values) if row.row.get("from_report") else None
        if report is not None:
            return create_task_from(report, values, actor=actor)
        conclusion = _conclusion(unit, row.row.get("conclusion"), values.given_on)
        return domain.create_task(values, giving_unit=unit, actor=actor, conclusion=conclusion)


def _conclusion(unit: Unit, words: str | None, day: date) -> Conclusion | None:
    """The unit's conclusion with these words, when it was signed by the day."""
    if words is None:
        return None
    signed = Conclusion.objects.filter(
        conference__unit=unit,
        conference__notice__state=NoticeState.SIGNED,
        conference__notice__signed_on__lte=day,
        text__contains=words,
    )
    return signed.select_related("conference").order_by("pk").first()


def _report_before(values: TaskValues) -> Report | None:
    """The last report of the leading unit that was in force by the day the task was given."""
    sent = Report.objects.filter(unit=values.lead_unit, in_force__issued_on__lte=values.given_on)
    return sent.select_related("parent__unit").order_by("-round__window_to").first()


def _end(task: Task, row: _Row, giver) -> None:
    if done := row.row.get("done"):
        with clock.fixed(at(row.day(done["on"]), 15)):
            domain.complete_task(
                task,
                result=done["result"],
                ended_on=row.day(done["on"]),
                revision=task.revision,
                actor=row.cast.users[done["by"]],
            )
    if cancelled := row.row.get("cancelled"):
        with clock.fixed(at(row.day(cancelled["on"]), 15)):
            domain.cancel_task(task, reason=cancelled["reason"], revision=task.revision, actor=giver)
    if reopened := row.row.get("reopened"):
        with clock.fixed(at(row.day(reopened["on"]), 15)):
            domain.reopen_task(task, reason=reopened["reason"], revision=task.revision, actor=giver)
