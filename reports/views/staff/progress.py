"""“Tiến độ nộp”: who has handed in, in one round."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_dv import clock
from models_dv.enums import Role
from models_dv.scopes import covering_unit_ids, unit_ids_with
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import page_of
from reports.enums import RoundState, State
from reports.models import Report, ReportingRound
from reports.views.staff.parts import Filling, fillings
from reports.views.staff.progress_rows import CELLS, row_of
from reports.views.staff.words import days_left, due_words

ROWS_A_PAGE = 100
LONGEST_REMINDER = 200


@dataclass(frozen=True)
class Counts:
    """How many units owe a report to a body above, and how far they are."""

    all: int
    sent: int
    accepted: int
    overdue: int

    @property
    def sentence(self) -> str:
        """“7/10 đơn vị đã gửi, 2 đơn vị đã tiếp nhận, 1 đơn vị quá hạn”; without units below it says so."""
        if not self.all:
            return "Không có đơn vị nào gửi báo cáo lên"
        return (
            f"{self.sent}/{self.all} đơn vị đã gửi, {self.accepted} đơn vị đã tiếp nhận, "
            f"{self.overdue} đơn vị quá hạn"
        )


@require_safe
def progress(request, pk=None):
    """The matrix of one round (without ``pk`` the one that is due about now); the other rounds beside it."""
    now = clock.now()
    visible = Report.objects.visible_to(request.user)
    rounds = list(rounds_of(visible))
    if not rounds and pk is None:
        return render(request, "staff/progress.html", {"nav": "progress"})
    shown = _named(rounds, pk) if pk else due_about(rounds, now)
    reports = visible.filter(round=shown)
    only_overdue = request.GET.get("qua_han") == "1"
    listed = reports.overdue(now) if only_overdue else reports
    page = page_of(request, listed.for_list().order_by("path"), size=ROWS_A_PAGE).page
    for report in page:
        report.round = shown
    filled = fillings(page.object_list)
    counts = counts_of(reports, now)
    context = {
        "nav": "progress",
        "round": shown,
        "rounds": rounds,
        "page": page,
        "rows": [row_of(request.user, report, filled[report.pk], now) for report in page],
        "columns": columns_of(filled.values()),
        "legend": [{"kind": kind, "letter": letter, "text": text} for kind, (letter, text) in CELLS.items()],
        "counts": counts,
        "only_overdue": only_overdue,
        "reminder": reminder(reports, shown, now) if counts.overdue and _looks_below(request.user) else "",
        **illustrative_of(report.unit.illustrative for report in page),
    }
    return render(request, "staff/progress.html", context)


def rounds_of(visible):
    """Rounds in which the person sees a report, newest first."""
    return (
        ReportingRound.objects.filter(pk__in=visible.order_by().values("round"))
        .select_related("period")
        .annotate(due_at=Max("due_dates__due_at"))
        .order_by("-window_to", "pk")
    )


def due_about(rounds, now) -> ReportingRound:
    """The open round whose due date is nearest to now, else the newest."""
    opened = [round_ for round_ in rounds if round_.state == RoundState.OPEN and round_.due_at]
    return min(opened, key=lambda round_: abs(round_.due_at - now)) if opened else rounds[0]


def _named(rounds, pk) -> ReportingRound:
    for round_ in rounds:
        if round_.pk == pk:
            return round_
    raise Http404


def _looks_below(user) -> bool:
    """Whether the person receives reports from below: then he may want to press for them."""
    return bool(covering_unit_ids(user, Role.REVIEWER, Role.VIEWER) or unit_ids_with(user, Role.REVIEWER))


def counts_of(reports, now) -> Counts:
    """Counts over the reports that go to a body above (of a lone unit: over its own)."""
    owed = Q(parent__isnull=False)
    counted = reports.order_by().aggregate(
        all=Count("pk", filter=owed),
        sent=Count("pk", filter=owed & Q(in_force__isnull=False)),
        accepted=Count("pk", filter=owed & Q(in_force__state=State.ACCEPTED)),
        overdue=Count("pk", filter=owed & Q(pk__in=reports.order_by().overdue(now).values("pk"))),
    )
    return Counts(**counted)


def columns_of(filled: list[Filling]) -> list[dict]:
    """The columns: {short, title}, one a top heading of the outline, then the figures."""
    columns: dict[str, dict] = {}
    for filling in filled:
        for state in filling.states:
            part = state.part
            columns.setdefault(part.group, {"short": part.group, "title": part.group_title})
        break
    return list(columns.values())


def reminder(reports, round_, now) -> str:
    """“Lời đôn đốc”: which units are late, to be pasted into a message."""
    late = reports.overdue(now).filter(parent__isnull=False).select_related("unit_version").order_by("path")
    late = list(late[: LONGEST_REMINDER + 1])
    lines = [
        f"- {report.unit_version.name}: hạn {due_words(report.due_at)}, "
        f"quá hạn {-days_left(report.due_at, now)} ngày"
        for report in late[:LONGEST_REMINDER]
    ]
    if len(late) > LONGEST_REMINDER:
        lines.append("- và các đơn vị khác trong danh sách quá hạn")
    return "\n".join(
        [
            f"Các đơn vị sau chưa gửi báo cáo {round_.period.label}:",
            *lines,
            "Đề nghị các đơn vị gửi báo cáo ngay.",
        ]
    )
