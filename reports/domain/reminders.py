"""Reminders before and after the due date, told once each to whoever has the report in hand."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from models_dv import clock
from models_dv.domain.daily import daily
from models_dv.domain.notify import notify_holders
from models_dv.enums import NotificationKind, Role
from models_dv.models import Notification, UnitRole
from models_dv.vietnamese.dates import format_date
from reports.domain import contributing
from reports.domain.notices import due_words, tell_of_reports
from reports.enums import WRITABLE_STATES, RoundState, State
from reports.models import EditionEvent, PartAssignment, Report, ReportingRound
from reports.models.reports import owed

#: Told when so many days are left, the day of the due date included.
DAYS_BEFORE = (3, 1, 0)
#: What has been overdue for longer is told no more.
DAYS_AFTER = 30
#: Who has the report in hand, by its state.
IN_HAND = (
    (Role.AUTHOR, tuple(str(state) for state in WRITABLE_STATES)),
    (Role.APPROVER, (str(State.IN_REVIEW),)),
    (Role.CLERK, (str(State.APPROVED),)),
)


@daily("settle_what_was_done", after=time(5, 30))
def settle_what_was_done() -> int:
    """Mark as read what people were told of reports on which they have acted since; how many.

    So the mail of the day holds nothing that is done.
    """
    acted = EditionEvent.objects.filter(
        actor=OuterRef("recipient"), edition__report=OuterRef("object_id"), at__gt=OuterRef("created_at")
    )
    told = Notification.objects.filter(Exists(acted), object_type=Report._meta.label)
    return told.mark_read(clock.now())


@daily("remind_of_due_reports", after=time(6, 0))
def remind() -> int:
    """Tell of every report of an open round that is due within three days or overdue; how many were told.

    Repeated on the same day it tells nobody twice; a new due date is told anew.
    """
    now = clock.now()
    first = now - timedelta(days=DAYS_AFTER)
    last = now + timedelta(days=max(DAYS_BEFORE) + 1)
    waiting = Report.objects.owed().filter(
        round__state=RoundState.OPEN,
        due_at__gte=first,
        due_at__lt=last,
    )
    rounds = ReportingRound.objects.select_related("period").in_bulk(
        set(waiting.order_by().values_list("round_id", flat=True))
    )
    moments = waiting.order_by("due_at", "round_id").values_list("due_at", "round_id").distinct()
    return sum(_remind_of(rounds[round_id], due_at, now) for due_at, round_id in moments)


@daily("remind_of_given_parts", after=time(6, 0))
def remind_contributors() -> int:
    """Tell who was given parts with a date of their own, by the same days; how many were told."""
    now = clock.now()
    today = timezone.localdate(now)
    due = (today - timedelta(days=DAYS_AFTER), today + timedelta(days=max(DAYS_BEFORE)))
    rows = contributing.still_open().filter(due_on__range=due).order_by("due_on", "pk")
    rows = rows.select_related(
        "report__unit_version", "report__round__period", "report__round__outline_version"
    )
    return sum(_remind_contributors(given, (given.due_on - today).days) for given in rows)


def _remind_contributors(given: PartAssignment, days: int) -> int:
    return notify_holders(
        contributing.given_to(given),
        kind=NotificationKind.OVERDUE if days < 0 else NotificationKind.DUE_SOON,
        title=f"{_words(days, '')}: phần được giao của {given.report}",
        text=f"Được giao {contributing.in_words(given)}. Hạn gửi: {format_date(given.due_on)}.",
        url=reverse("staff:assigned", args=[given.report_id]),
        object_type=Report._meta.label,
        object_id=Value(given.report_id),
        once=f"given:{given.pk}:{_step(days)}:{given.due_on:%Y%m%d}",
    )


def _remind_of(round_: ReportingRound, due_at: datetime, now: datetime) -> int:
    days = days_left(due_at, now)
    step = _step(days)
    if step is None:
        return 0
    kind = NotificationKind.OVERDUE if days < 0 else NotificationKind.DUE_SOON
    report = f"Báo cáo {round_.period.label}"
    return sum(
        tell_of_reports(
            _in_hand(round_, due_at, role, states),
            kind=kind,
            title=f"{_words(days)}: {report}",
            text=f"Hạn gửi: {due_words(due_at)}.",
            once=f"due:{step}:{timezone.localtime(due_at):%Y%m%d%H%M}:{role}",
        )
        for role, states in IN_HAND
    )


def _in_hand(round_: ReportingRound, due_at: datetime, role: Role, states) -> QuerySet[UnitRole]:
    return UnitRole.objects.filter(
        owed("unit__reports__"),
        role=role,
        unit__reports__round=round_,
        unit__reports__due_at=due_at,
        unit__reports__latest__state__in=states,
    )


def days_left(due_at: datetime, now: datetime) -> int:
    """Calendar days in Việt Nam from now to the due date; negative once it is past, never 0 then."""
    days = (timezone.localdate(due_at) - timezone.localdate(now)).days
    return min(days, -1) if due_at < now else days


def _step(days: int) -> str | None:
    """Which of the reminders it is time for; one that was missed is made up for by the next."""
    if days < 0:
        return "overdue"
    return next((str(step) for step in sorted(DAYS_BEFORE) if days <= step), None)


def _words(days: int, what: str = " báo cáo") -> str:
    if days < 0:
        return f"Quá hạn {-days} ngày"
    return f"Hôm nay là hạn gửi{what}" if days == 0 else f"Còn {days} ngày"
