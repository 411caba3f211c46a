"""Phân công: the author gives parts to others and sees who has handed in; a contributor sees what he was given."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_dv import clock
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.vietnamese.dates import format_date
from models_dv.views.badges import Badge
from models_dv.views.staff.answers import posted, say
from reports import permissions, scopes
from reports.domain import contributing as domain
from reports.domain.checks import FIGURES_PART
from reports.enums import RoundState
from reports.forms.together import BODY_NAMES, AssignmentForm, ReopenForm
from reports.models import IndicatorGroup, PartAssignment, Report
from reports.views.staff.access import latest_edition, refusals_as_page, visible_report
from reports.views.staff.editor_frame import heading
from reports.views.staff.parts import parts_of
from reports.views.staff.words import clock_words, due_badge, due_words, state_badge

CLOSED = "Báo cáo không còn ở tình trạng đang soạn nên không phân công được."


@dataclass(frozen=True)
class Names:
    """Parts and groups of figures of a report by code, as they are read."""

    parts: dict[str, str]
    groups: dict[str, str]

    @classmethod
    def of(cls, report) -> "Names":
        """Those of its outline, in order."""
        groups = IndicatorGroup.objects.filter(version_id=report.round.outline_version_id).order_by("order")
        parts = {part.code: heading(part) for part in parts_of(report) if part.code != FIGURES_PART}
        return cls(parts, {group.code: f"{group.code}. {group.name}" for group in groups})


@dataclass(frozen=True)
class Row:
    """One assignment in ready words; ``places`` are (name, address), without address where it cannot be opened."""

    assignment: PartAssignment
    who: str
    places: list[tuple[str, str]]
    badge: Badge
    due: str


# --- the author --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page
def assignments(request, pk):
    """Phân công: what was given to whom, and giving more."""
    report = visible_report(request.user, pk)
    edition = latest_edition(report)
    permissions.require_author(request.user, report)
    names, is_open = Names.of(report), _is_open(report)
    if request.method == "POST" and not is_open:
        messages.warning(request, CLOSED)
        return redirect("staff:assignments", pk)
    form = None
    if is_open:
        form = AssignmentForm(
            posted(request),
            report=report,
            parts=list(names.parts.items()),
            groups=list(names.groups.items()),
            colleagues=domain.colleagues(report, request.user),
            initial={"parts": [request.GET.get("phan", "")]},
        )
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.assign(report, form.task, **form.receiver, actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã giao {domain.in_words(made)} cho {made.person or made.unit}.")
            return redirect("staff:assignments", pk)
    rows = [_row(assignment, names) for assignment in domain.assignments_of(report)]
    context = _around(report, edition) | {"form": form, "rows": rows, "list_id": BODY_NAMES}
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "staff/together/assignments.html", context, status=status)


@require_POST
@refusals_as_page
def assignment_end(request, pk, row):
    """Thôi giao."""
    report = visible_report(request.user, pk)
    permissions.require_author(request.user, report)
    assignment = _one(report, row)
    domain.end(assignment, actor=request.user)
    messages.success(request, f"Đã thôi giao {domain.in_words(assignment)} cho {assignment.unit}.")
    return redirect("staff:assignments", pk)


@require_POST
@refusals_as_page
def assignment_reopen(request, pk, row):
    """Mở lại để sửa: by the author with a word of what is missing, or by the contributor himself."""
    mine = _assigned(request.user, pk).filter(pk=row).first()
    if mine is None:
        report = visible_report(request.user, pk)
        permissions.require_author(request.user, report)
        mine, back = _one(report, row), "staff:assignments"
    else:
        back = "staff:assigned"
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.non_field_errors()[0])
        return redirect(back, pk)
    _act(
        request,
        lambda: domain.reopen(mine, note=form.cleaned_data["note"], actor=request.user),
        "Đã mở lại để sửa.",
    )
    return redirect(back, pk)


# --- the contributor ---------------------------------------------------------------------------------------


@require_safe
@refusals_as_page
def assigned(request, pk):
    """Phần được giao: the parts that the person fills in this report, what is asked, and “Báo xong”."""
    mine = list(_assigned(request.user, pk).prefetch_related("unit__versions"))
    if not mine:
        raise Http404
    report = mine[0].report
    edition, names = latest_edition(report), Names.of(report)
    is_open = _is_open(report)
    context = _around(report, edition) | {
        "rows": [_row(assignment, names, opens=True) for assignment in mine],
        "is_open": is_open,
    }
    return render(request, "staff/together/assigned.html", context)


@require_POST
@refusals_as_page
def assigned_done(request, pk, row):
    """Báo xong."""
    assignment = get_object_or_404(_assigned(request.user, pk), pk=row)
    said = f"Đã báo xong {domain.in_words(assignment)} cho {assignment.report.unit_version.name}."
    _act(request, lambda: domain.hand_in(assignment, actor=request.user), said)
    return redirect("staff:assigned", pk)


def _act(request, act, said: str) -> None:
    """Do it and say so; an expected refusal is said instead."""
    try:
        done = act()
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        if done:
            messages.success(request, said)


# --- shared ------------------------------------------------------------------------------------------------


def _assigned(user, pk: int):
    rows = PartAssignment.objects.filter(scopes.assigned_to(user), report_id=pk)
    return rows.select_related(
        "unit",
        "report__round__period",
        "report__round__outline_version",
        "report__unit",
        "report__unit_version",
        "report__latest",
        "report__parent",
    )


def _one(report: Report, row: int) -> PartAssignment:
    found = get_object_or_404(PartAssignment.objects.select_related("unit", "person"), pk=row, report=report)
    found.report = report
    return found


def _is_open(report: Report) -> bool:
    return report.latest.is_writable and report.round.state != RoundState.CLOSED


def _row(assignment: PartAssignment, names: Names, *, opens: bool = False) -> Row:
    def address(code: str) -> str:
        return reverse("staff:part", args=[assignment.report_id, code]) if opens else ""

    places = [(names.parts.get(code, code), address(code)) for code in assignment.parts]
    places += [
        (f"Số liệu nhóm {names.groups.get(code, code)}", address(FIGURES_PART)) for code in assignment.groups
    ]
    who = str(assignment.unit)
    if assignment.person_id:
        who = f"{assignment.person}, {who}"
    due = format_date(assignment.due_on) if assignment.due_on else ""
    return Row(assignment, who, places, _badge(assignment, clock.today()), due)


def _badge(assignment: PartAssignment, today: date) -> Badge:
    if assignment.handed_in_at:
        at, day = clock_words(assignment.handed_in_at)
        return Badge(f"Đã báo xong lúc {at} ngày {day}", "ok", "check")
    if assignment.due_on and assignment.due_on < today:
        return Badge(f"Quá hạn {(today - assignment.due_on).days} ngày", "error", "clock")
    return Badge("Đang làm", "", "pencil")


def _around(report: Report, edition) -> dict:
    return {
        "nav": "reports",
        "report": report,
        "edition": edition,
        "state": state_badge(edition.state, report),
        "due": due_badge(report, clock.now()),
        "due_words": due_words(report.due_at),
    }
