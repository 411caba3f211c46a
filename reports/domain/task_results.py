"""Part S6 of a report, “Kết quả thực hiện nhiệm vụ được giao”: what became of the unit's tasks in the window.

The part opens with them as plain structured text; from then on the words are the person's. A task belongs
to the window when it was given by its end and had not ended before its beginning: so the tasks of the last
conference stand in the next report, and those that stay open stand in every report until they end.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from models_dv import clock
from models_dv.enums import TaskState
from models_dv.models import Task, TaskExtension, TaskProgress
from models_dv.scopes import lines_of
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold

TASKS_PART = "S6"
#: A line tells of a task when it has so many of the words of its title.
SHARE_OF_WORDS = 2 / 3
MOST_NAMED = 5
TOLD = ("text", "percent", "evidence")


@dataclass(frozen=True)
class Told:
    """What the unit reported last by a day."""

    text: str
    percent: int | None
    evidence: str


@dataclass(frozen=True)
class TaskResult:
    """One task as it stood on the last day of the window (today, while the window runs).

    ``due_on``: the due day that held then, before what was extended later.
    """

    task: Task
    until: date
    due_on: date | None
    progress: Told | None

    @property
    def has_ended(self) -> bool:
        """Whether it had ended by then."""
        return self.task.ended_on is not None and self.task.ended_on <= self.until

    @property
    def is_overdue(self) -> bool:
        """Whether it was open after its due day."""
        return not self.has_ended and self.due_on is not None and self.due_on < self.until

    @property
    def standing(self) -> str:
        """“hoàn thành ngày 20/06/2026”, “quá hạn, đang thực hiện, đạt 60%” …"""
        if self.has_ended:
            verb = "hoàn thành" if self.task.state == TaskState.DONE else "đã huỷ"
            return f"{verb} ngày {format_date(self.task.ended_on)}"
        words = "quá hạn, đang thực hiện" if self.is_overdue else "đang thực hiện"
        percent = self.progress.percent if self.progress else None
        return words if percent is None else f"{words}, đạt {percent}%"

    @property
    def words(self) -> str:
        """What was done, in the words of the result or of the last progress; "" when nobody wrote any."""
        if self.has_ended:
            return _one_line(self.task.result)
        return _one_line(self.progress.text) if self.progress else ""

    @property
    def line(self) -> str:
        """The task as one item of a list: title, due date, standing, what was done, evidence."""
        due = f"hạn {format_date(self.due_on)}" if self.due_on else "không đặt hạn"
        text = f"{_ended(_one_line(self.task.title))} ({due}): {self.standing}."
        if self.words:
            text += f" {'Lý do' if self._is_cancelled else 'Kết quả'}: {_ended(self.words)}."
        elif not self.has_ended:
            text += " Chưa báo tiến độ."
        if self.progress and self.progress.evidence and not self._is_cancelled:
            text += f" Minh chứng: {_ended(self.progress.evidence)}."
        return text

    @property
    def _is_cancelled(self) -> bool:
        return self.has_ended and self.task.state == TaskState.CANCELLED


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _ended(text: str) -> str:
    """Without the full stop that the sentence puts itself."""
    return text.rstrip(" .;")


def results_for(report) -> list[TaskResult]:
    """The tasks that the unit, and what had gone on in it, leads in the window of its report; the earliest due
    first, one query. What was done is in the words of who leads.
    """
    window_from, until = report.round.window_from, min(report.round.window_to, clock.today())
    told = TaskProgress.objects.filter(task=OuterRef("pk"), unit=OuterRef("lead_unit"), on__lte=until)
    last = told.order_by("-on", "-pk")
    later = TaskExtension.objects.filter(task=OuterRef("pk"), at__date__gt=until).order_by("at", "pk")
    rows = (
        Task.objects.filter(lead_unit__in=lines_of([report.unit_id], until))
        .filter(given_on__lte=report.round.window_to)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=window_from))
        .annotate(**{f"told_{name}": Subquery(last.values(name)[:1]) for name in TOLD})
        .annotate(was_extended=Exists(later), due_before=Subquery(later.values("due_before")[:1]))
    )
    return [
        TaskResult(task, until, task.due_before if task.was_extended else task.due_on, _told(task))
        for task in rows
    ]


def _told(task: Task) -> Told | None:
    if task.told_text is None:
        return None
    return Told(**{name: getattr(task, f"told_{name}") for name in TOLD})


def text_of(results: list[TaskResult]) -> str:
    """The whole part: a sentence that counts, then one numbered item a task; "" without a task."""
    if not results:
        return ""
    lines = [f"{number}. {result.line}" for number, result in enumerate(results, start=1)]
    return "\n".join([counted(results), "", *lines])


def counted(results: list[TaskResult]) -> str:
    """“Trong kỳ, đơn vị chủ trì 5 nhiệm vụ: 2 hoàn thành, 2 đang thực hiện, 1 quá hạn.”"""
    done = sum(result.has_ended and result.task.state == TaskState.DONE for result in results)
    cancelled = sum(result.has_ended for result in results) - done
    late = sum(result.is_overdue for result in results)
    doing = len(results) - done - cancelled - late
    counts = ((done, "hoàn thành"), (doing, "đang thực hiện"), (late, "quá hạn"), (cancelled, "đã huỷ"))
    words = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"Trong kỳ, đơn vị chủ trì {len(results)} nhiệm vụ: {words}."


# --- what the check says -----------------------------------------------------------------------------


def left_out(results: list[TaskResult], text: str) -> list[TaskResult]:
    """The tasks of which no line of the text tells: none has two thirds of the words of the title."""
    lines = [set(_words(line)) for line in text.splitlines()]
    return [result for result in results if not _is_told(set(_words(result.task.title)), lines)]


def _words(text: str) -> list[str]:
    return [word.strip(".,;:()“”") for word in fold(text).split()]


def _is_told(words: set[str], lines: list[set[str]]) -> bool:
    return any(len(words & line) >= len(words) * SHARE_OF_WORDS for line in lines)


def sentence(missing: list[TaskResult]) -> str:
    """“Chưa nhắc 2 nhiệm vụ của kỳ: …; …”."""
    titles = "; ".join(f"“{_one_line(result.task.title)}”" for result in missing[:MOST_NAMED])
    more = f" và {len(missing) - MOST_NAMED} nhiệm vụ khác" if len(missing) > MOST_NAMED else ""
    return f"Chưa nhắc {len(missing)} nhiệm vụ của kỳ: {titles}{more}"
