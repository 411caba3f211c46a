"""Parts and groups of figures given to other bodies, or to a colleague: they fill them, say so, and that is all.

What a contributor writes is ordinary content with its writer known; that he writes nothing else is asked where
content is written (``permissions.require_writer``). Source: domain.md §3.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.notify import holders, notify, settle
from models_dv.enums import NotificationKind, Role
from models_dv.errors import NotAllowed
from models_dv.models import Unit, UnitRole, User
from models_dv.scopes import unit_ids_with
from models_dv.vietnamese.dates import format_date
from reports import permissions, scopes
from reports.domain import transitions
from reports.domain.known_outlines import known_outline
from reports.enums import WRITABLE_STATES, Action, RoundState, State
from reports.errors import MissingInput, StepNotPossible
from reports.models import IndicatorGroup, OutlineSection, PartAssignment, Report

NOT_OPEN = (
    "Báo cáo không còn ở tình trạng đang soạn nên không phân công được. Tải lại trang để xem tình trạng mới."
)
#: Parts, and groups of figures, that a sentence names; the others are counted.
MOST_NAMED = 2


@dataclass(frozen=True)
class Task:
    """What is given: codes of parts and of groups of figures, what is asked, by when."""

    parts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    note: str = ""
    due_on: date | None = None


# --- the author of the report ---------------------------------------------------------------------------


@transaction.atomic
def assign(report: Report, task: Task, *, unit: Unit, person: User | None = None, actor) -> PartAssignment:
    """Give parts to a body, or to one person of it, and tell who will fill them.

    A report that was not begun is begun by this. Raises NotAllowed, StepNotPossible, MissingInput.
    """
    permissions.require_author(actor, report)
    _require_open(report)
    _check_receiver(report, unit, person, actor)
    _check_task(report, task)
    if report.latest.state == State.NOT_STARTED:
        transitions.perform(report.latest, Action.BEGIN, actor=actor, key=f"begin:{report.latest_id}")
    assignment = PartAssignment.objects.create(
        report=report,
        unit=unit,
        person=person,
        parts=list(task.parts),
        groups=list(task.groups),
        note=task.note,
        due_on=task.due_on,
        made_by=actor,
    )
    record(actor=actor, action="Giao phần soạn", obj=report, after=_as_told(assignment), note=task.note)
    _tell_contributors(assignment, f"{actor} giao {in_words(assignment)}.{_due(task.due_on)}", actor=actor)
    return assignment


@transaction.atomic
def end(assignment: PartAssignment, *, actor) -> None:
    """Thôi giao: the contributor sees the report no more; what he wrote stays. A second call changes nothing."""
    permissions.require_author(actor, assignment.report)
    open_one = PartAssignment.objects.filter(pk=assignment.pk, ended_at__isnull=True)
    if open_one.update(ended_at=clock.now()):
        record(actor=actor, action="Thôi giao phần soạn", obj=assignment.report, before=_as_told(assignment))


def assignments_of(report: Report) -> QuerySet[PartAssignment]:
    """All that was given for a report and is not ended, with the names of bodies and people; two queries."""
    rows = PartAssignment.objects.filter(report=report, ended_at__isnull=True)
    return rows.select_related("unit", "person", "handed_in_by").prefetch_related("unit__versions")


def colleagues(report: Report, user) -> QuerySet[User]:
    """Other people who write the reports of the unit."""
    people = holders(report.unit_id, Role.AUTHOR).filter(is_active=True)
    return people.exclude(pk=user.pk).order_by("full_name")


# --- the contributor ------------------------------------------------------------------------------------


def assigned_reports(user) -> QuerySet[PartAssignment]:
    """What was given to the user in reports of other bodies and is not ended."""
    rows = PartAssignment.objects.filter(scopes.assigned_to(user))
    return rows.exclude(report__unit_id__in=unit_ids_with(user))


def waiting_for(user) -> QuerySet[PartAssignment]:
    """What was given to the user, in any report, that he has not handed in and can still write."""
    return still_open().filter(scopes.assigned_to(user))


@transaction.atomic
def hand_in(assignment: PartAssignment, *, actor) -> bool:
    """Báo xong: from now on the contributor only reads his parts; the report's authors are told.

    False when it was handed in before. Raises NotAllowed, StepNotPossible.
    """
    _require_contributor(assignment, actor)
    _require_open(assignment.report)
    waiting = PartAssignment.objects.filter(
        pk=assignment.pk, ended_at__isnull=True, handed_in_at__isnull=True
    )
    if not waiting.update(handed_in_at=clock.now(), handed_in_by=actor):
        return False
    settle(actor, assignment.report)
    record(actor=actor, action="Báo xong phần được giao", obj=assignment.report, after=_as_told(assignment))
    _tell_authors(assignment, f"{actor} ({assignment.unit}) báo xong {in_words(assignment)}.", actor=actor)
    return True


@transaction.atomic
def reopen(assignment: PartAssignment, *, note: str = "", actor) -> bool:
    """Mở lại để sửa, by the contributor himself or by an author of the report, who may say what to mend.

    False when it is open. Raises NotAllowed, StepNotPossible.
    """
    by_author = permissions.is_author(actor, assignment.report)
    if not by_author:
        _require_contributor(assignment, actor)
    _require_open(assignment.report)
    done = PartAssignment.objects.filter(pk=assignment.pk, ended_at__isnull=True, handed_in_at__isnull=False)
    if not done.update(handed_in_at=None, handed_in_by=None):
        return False
    record(actor=actor, action="Mở lại phần được giao", obj=assignment.report, note=note)
    text = f"{actor} mở lại {in_words(assignment)} để sửa."
    tell = _tell_contributors if by_author else _tell_authors
    tell(assignment, text, note=note, actor=actor)
    return True


def still_open() -> QuerySet[PartAssignment]:
    """What was given to anybody, is not handed in and can still be written."""
    return PartAssignment.objects.filter(
        ended_at__isnull=True,
        handed_in_at__isnull=True,
        report__round__state=RoundState.OPEN,
        report__latest__state__in=[str(state) for state in WRITABLE_STATES],
    )


def given_to(assignment: PartAssignment) -> QuerySet[UnitRole]:
    """Through which roles it is filled: those of the one person, or of all who write for the body."""
    person = {"user_id": assignment.person_id} if assignment.person_id else {}
    return UnitRole.objects.filter(unit_id=assignment.unit_id, role=Role.AUTHOR, **person)


def in_words(assignment: PartAssignment, *, most: int | None = MOST_NAMED) -> str:
    """“phần “Tình hình Nhân dân”; số liệu nhóm “Dân chủ ở cơ sở””: at most so many of each by name (None: all)."""
    outline = known_outline(assignment.report.round.outline_version)
    groups = {indicator.group.code: indicator.group.name for indicator in outline.indicators}
    parts = {code: section.title for code, section in outline.sections.items()}
    said = (
        _named("phần", [parts[code] for code in assignment.parts], most),
        _named("số liệu nhóm", [groups[code] for code in assignment.groups], most),
    )
    return "; ".join(words for words in said if words)


def _named(what: str, names: list[str], most: int | None) -> str:
    shown = names[:most]
    if not shown:
        return ""
    more = f" và {len(names) - len(shown)} {what} khác" if len(names) > len(shown) else ""
    return f"{what} {', '.join(f'“{name}”' for name in shown)}{more}"


# --- checks ---------------------------------------------------------------------------------------------


def _require_open(report: Report) -> None:
    if report.round.state == RoundState.CLOSED or not report.latest.is_writable:
        raise StepNotPossible(NOT_OPEN)


def _require_contributor(assignment: PartAssignment, actor) -> None:
    if not PartAssignment.objects.filter(scopes.assigned_to(actor), pk=assignment.pk).exists():
        raise NotAllowed("Phần này không được giao cho tài khoản này.")


def _check_receiver(report: Report, unit: Unit, person: User | None, actor) -> None:
    if person is None and unit.pk == report.unit_id:
        raise MissingInput("Chọn người nhận việc trong đơn vị, hoặc chọn đơn vị phối hợp.", "person")
    if person is not None and person.pk == actor.pk:
        raise MissingInput("Chọn người khác: phần này đồng chí soạn được sẵn.", "person")
    writers = holders(unit.pk, Role.AUTHOR).filter(is_active=True)
    if not (writers if person is None else writers.filter(pk=person.pk)).exists():
        raise MissingInput(
            f"{unit} chưa có tài khoản soạn thảo. Nhờ người quản trị thêm tài khoản rồi giao.",
            "unit" if person is None else "person",
        )


def _check_task(report: Report, task: Task) -> None:
    if not task.parts and not task.groups:
        raise MissingInput("Chọn ít nhất một phần hoặc một nhóm chỉ tiêu.", "parts")
    version_id, kind = report.round.outline_version_id, report.round.period.kind
    sections = OutlineSection.objects.filter(version_id=version_id, is_leaf=True)
    known = {section.code for section in sections if section.stands_in(kind)}
    groups = set(IndicatorGroup.objects.filter(version_id=version_id).values_list("code", flat=True))
    if set(task.parts) - known or set(task.groups) - groups:
        raise MissingInput("Phần đã chọn không có trong đề cương. Tải lại trang rồi chọn lại.", "parts")
    if task.due_on is not None and task.due_on < clock.today():
        raise MissingInput("Hạn gửi phải từ hôm nay trở đi.", "due_on")


# --- telling --------------------------------------------------------------------------------------------


def _as_told(assignment: PartAssignment) -> dict:
    told = {"đơn vị": str(assignment.unit), "giao": in_words(assignment, most=None)}
    return told | ({"người": str(assignment.person)} if assignment.person_id else {})


def _due(due_on: date | None) -> str:
    return f" Hạn gửi: {format_date(due_on)}." if due_on else ""


def _tell_contributors(assignment: PartAssignment, text: str, *, note: str | None = None, actor) -> None:
    notify(
        User.objects.filter(pk__in=given_to(assignment).values("user_id")),
        kind=NotificationKind.ASSIGNED,
        title=f"{NotificationKind.ASSIGNED.label}: {assignment.report}",
        text=text,
        note=assignment.note if note is None else note,
        url=reverse("staff:assigned", args=[assignment.report_id]),
        obj=assignment.report,
        unit=assignment.unit_id,
        actor=actor,
    )


def _tell_authors(assignment: PartAssignment, text: str, *, note: str = "", actor) -> None:
    report = assignment.report
    notify(
        holders(report.unit_id, Role.AUTHOR),
        kind=NotificationKind.HANDED_IN,
        title=f"{NotificationKind.HANDED_IN.label}: {report}",
        text=text,
        note=note,
        url=reverse("staff:assignments", args=[report.pk]),
        obj=report,
        unit=report.unit_id,
        actor=actor,
    )
