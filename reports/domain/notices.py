"""Who is told of what happens to a report, where it leads and what it says (decision 23).

The bodies above are told of what has been sent or taken back; of a draft only when it is shared
(``sharing.py``). Each function is called in the transaction of the act, right after it, and costs one
statement for each group of people.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils import timezone

from models_dv.domain.notify import holders, notify, notify_holders, settle
from models_dv.enums import NotificationKind, Role
from models_dv.models import UnitRole, User
from models_dv.vietnamese.dates import format_date
from reports.domain.writers import writings
from reports.enums import Action
from reports.models import EditionEvent, Report, ReportEdition, ReportingRound


@dataclass(frozen=True)
class Addressed:
    """A group of people, the unit through which they are told, and the place where it leads them."""

    people: QuerySet[User]
    unit_id: int
    url: str


Addressing = Callable[[EditionEvent, ReportEdition], list[Addressed]]

_DECISIONS = (Action.APPROVE, Action.RETURN, Action.ACCEPT, Action.SEND_BACK)


def step_taken(event: EditionEvent, edition: ReportEdition) -> None:
    """Tell whom the step concerns; most steps tell one group, a few nobody.

    What who decides was told of the report before is read by it; for the other steps the work of the day
    sees to that (``reminders.settle_what_was_done``), they do enough already.
    """
    if event.action in _DECISIONS:
        settle(event.actor, edition.report)
    if event.action not in _STEPS:
        return
    kind, did, addressing = _STEPS[event.action]
    for group in addressing(event, edition):
        _tell(group, edition.report, kind, _sentence(event, did), note=event.note, actor=event.actor)


def extended(report: Report, *, reason: str, actor) -> None:
    """Tell who works on the report that it has more time."""
    text = f"{actor} gia hạn. Hạn gửi mới: {due_words(report.due_at)}."
    group = Addressed(holders(report.unit_id, Role.AUTHOR, Role.APPROVER), report.unit_id, _page(report))
    _tell(group, report, NotificationKind.EXTENDED, text, note=reason, actor=actor)


def commented(
    report: Report, *, people: QuerySet[User] | Iterable[User], unit, url: str, what: str, words: str, actor
) -> None:
    """Tell of a comment (``what``: “góp ý phần II.1”). ``people`` must be such as may read the text there."""
    notify(
        people,
        kind=NotificationKind.COMMENTED,
        title=_title(NotificationKind.COMMENTED.label, report),
        text=f"{actor} {what}.",
        note=words,
        url=url,
        obj=report,
        unit=unit,
        actor=actor,
    )


def round_opened(round_: ReportingRound, due: Iterable[datetime], *, actor) -> int:
    """Tell the authors of every unit that a report is expected; ``due``: the due dates there are. How many."""
    return sum(
        tell_of_reports(
            UnitRole.objects.filter(
                role=Role.AUTHOR, unit__reports__round=round_, unit__reports__due_at=due_at
            ),
            kind=NotificationKind.OPENED,
            title=f"{NotificationKind.OPENED.label}: Báo cáo {round_.period.label}",
            text=f"Hạn gửi: {due_words(due_at)}.",
            actor=actor,
        )
        for due_at in sorted(set(due))
    )


def tell_of_reports(rows: QuerySet[UnitRole], *, kind, title: str, text: str, once="", actor=None) -> int:
    """Tell the holders of ``rows``, which are joined to ``unit__reports``, of their reports; how many.

    The name of the unit follows the title. ``once``: what is told only once to a person about a report.
    """
    number = Cast("unit__reports__pk", CharField())
    before, after = reverse("staff:report", args=[0]).rsplit("0", 1)
    return notify_holders(
        rows,
        kind=kind,
        title=Concat(Value(f"{title} – "), F("unit__reports__unit_version__name")),
        text=text,
        url=Concat(Value(before), number, Value(after)),
        object_type=Report._meta.label,
        object_id=F("unit__reports__pk"),
        once=Concat(Value(f"{once}:"), number) if once else "",
        actor=actor,
    )


def moment(at: datetime) -> str:
    """“14:32 ngày 05/07/2026” in Việt Nam."""
    local = timezone.localtime(at)
    return f"{local:%H:%M} ngày {format_date(local)}"


def due_words(due_at: datetime) -> str:
    """When something is due: “17 giờ ngày 10/07/2026”, “16 giờ 30 ngày …”."""
    local = timezone.localtime(due_at)
    minutes = f" {local.minute:02d}" if local.minute else ""
    return f"{local.hour} giờ{minutes} ngày {format_date(local)}"


# --- who, and where it leads -------------------------------------------------------------------------


def _submitted(_event, edition) -> list[Addressed]:
    return [_own(edition.report, _looking_over(edition), Role.APPROVER)]


def _returned(event, edition) -> list[Addressed]:
    report = edition.report
    wrote = Q(pk__in=writings(edition).values("user_id"))
    authors = Q(pk__in=holders(report.unit_id, Role.AUTHOR).values("pk"))
    return [Addressed(User.objects.filter(wrote | authors), report.unit_id, _place(event, report))]


def _approved(_event, edition) -> list[Addressed]:
    report = edition.report
    clerks = _own(report, reverse("staff:issue", args=[report.pk]), Role.CLERK)
    authors = _own(report, _page(report), Role.AUTHOR)
    others = authors.people.exclude(pk__in=clerks.people.values("pk"))
    return [clerks, Addressed(others, report.unit_id, authors.url)]


def _issued(_event, edition) -> list[Addressed]:
    return _above(edition.report, _looking_over(edition))


def _accepted(_event, edition) -> list[Addressed]:
    return [_own(edition.report, _page(edition.report), Role.AUTHOR, Role.APPROVER)]


def _sent_back(event, edition) -> list[Addressed]:
    roles = (Role.AUTHOR, Role.APPROVER, Role.CLERK)
    return [_own(edition.report, _place(event, edition.report), *roles)]


def _recalled(_event, edition) -> list[Addressed]:
    return _above(edition.report, _page(edition.report))


def _corrected(_event, edition) -> list[Addressed]:
    report = edition.report
    return [_own(report, _page(report), Role.AUTHOR, Role.CLERK), *_above(report, _page(report))]


#: Action → what it is called, what was done, whom it concerns.
_STEPS: dict[str, tuple[NotificationKind, str, Addressing]] = {
    Action.SUBMIT: (NotificationKind.SUBMITTED, "trình duyệt", _submitted),
    Action.RETURN: (NotificationKind.RETURNED, "trả lại", _returned),
    Action.APPROVE: (NotificationKind.APPROVED, "duyệt", _approved),
    Action.ISSUE: (NotificationKind.ISSUED, "phát hành, gửi", _issued),
    Action.ACCEPT: (NotificationKind.ACCEPTED, "tiếp nhận", _accepted),
    Action.SEND_BACK: (NotificationKind.RETURNED, "trả lại", _sent_back),
    Action.RECALL: (NotificationKind.RECALLED, "thu hồi để sửa", _recalled),
    Action.CORRECT: (NotificationKind.CORRECTED, "mở bản mới để đính chính", _corrected),
}


def _own(report: Report, url: str, *roles) -> Addressed:
    return Addressed(holders(report.unit_id, *roles), report.unit_id, url)


def _above(report: Report, url: str) -> list[Addressed]:
    """Who receives for the body above, and so may open the report."""
    if report.parent_id is None:
        return []
    unit_id = report.parent.unit_id
    rows = UnitRole.objects.filter(unit_id=unit_id, role=Role.REVIEWER, covers_below=True)
    return [Addressed(User.objects.filter(pk__in=rows.values("user_id")), unit_id, url)]


def _page(report: Report) -> str:
    return reverse("staff:report", args=[report.pk])


def _looking_over(edition: ReportEdition) -> str:
    return reverse("staff:review", args=[edition.report_id])


def _place(event: EditionEvent, report: Report) -> str:
    """The first part to mend."""
    if not event.parts:
        return _page(report)
    return reverse("staff:part", args=[report.pk, next(iter(event.parts))])


# --- what it says ------------------------------------------------------------------------------------


def _sentence(event: EditionEvent, did: str) -> str:
    due = f" Hạn nộp lại: {due_words(event.due_at)}." if event.due_at else ""
    return f"{event.actor} {did}.{due}"


def _title(label: str, report: Report) -> str:
    return f"{label}: {report}"


def _tell(group: Addressed, report: Report, kind, text: str, *, note: str, actor) -> None:
    notify(
        group.people,
        kind=kind,
        title=_title(kind.label, report),
        text=text,
        note=note,
        url=group.url,
        obj=report,
        unit=group.unit_id,
        actor=actor,
    )
