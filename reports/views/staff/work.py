"""“Việc của tôi”: which steps wait for a person, as one condition for the list and for the number in the bar."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from models_dv import clock
from models_dv.enums import Role
from models_dv.models import Notification, UnitVersion
from models_dv.scopes import unit_ids_with
from models_dv.views.badges import day_badge
from reports.domain import contributing
from reports.domain.writers import by_others
from reports.enums import SENT_STATES, WRITABLE_STATES, Action, PublicationState, RoundState, State
from reports.models import DraftShare, EditionEvent, PartAssignment, PublicationVersion, Report, Writing
from reports.views.staff import task_work
from reports.views.staff.parts import CHECK_AND_SUBMIT, Filling, fillings, place_to_write, word_to_write
from reports.views.staff.together import given_words
from reports.views.staff.words import (
    SOON_DAYS,
    Badge,
    days_left,
    due_badge,
    is_overdue,
    publication_badge,
    state_badge,
)
from reports.views.staff.work_items import WorkItem, days_until

RETURNED = "Được trả lại"
OVERDUE = "Quá hạn"
SOON = "Sắp đến hạn"
DRAFTING = "Chưa đến hạn"
TO_APPROVE = "Chờ duyệt"
TO_ISSUE = "Đã duyệt, chờ phát hành"
TO_ACCEPT = "Đã gửi, chờ tiếp nhận"
GIVEN = "Được giao"
ADVICE = "Xin ý kiến dự thảo"
RECALLED = "Cấp dưới thu hồi để sửa"
TO_PUBLISH = "Chờ duyệt công bố"
#: The most pressing first: what is late or nearly so, then what waits for this person, then what has time.
GROUPS = (
    RETURNED,
    OVERDUE,
    SOON,
    TO_APPROVE,
    TO_ISSUE,
    TO_ACCEPT,
    TO_PUBLISH,
    ADVICE,
    RECALLED,
    GIVEN,
    DRAFTING,
)


@dataclass
class WorkGroup:
    """Rows under one heading."""

    title: str
    items: list[WorkItem] = field(default_factory=list)


def waiting_reports(user) -> Q:
    """Reports on which the next step is the person's, in rounds that are open."""
    theirs = Q(pk__in=())
    if author := unit_ids_with(user, Role.AUTHOR):
        theirs |= Q(unit_id__in=author, latest__state__in=[str(state) for state in WRITABLE_STATES])
    if approver := unit_ids_with(user, Role.APPROVER):
        other_writer = Exists(Writing.objects.filter(by_others(user), edition__report=OuterRef("pk")))
        theirs |= Q(unit_id__in=approver, latest__state=State.IN_REVIEW) & (
            Q(unit__allows_self_approval=True) | Q(other_writer)
        )
    if clerk := unit_ids_with(user, Role.CLERK):
        theirs |= Q(unit_id__in=clerk, latest__state=State.APPROVED)
    if reviewer := unit_ids_with(user, Role.REVIEWER):
        theirs |= Q(parent__unit_id__in=reviewer, latest__state=State.ISSUED)
    return Q(round__state=RoundState.OPEN) & theirs


def recalled_reports(user) -> Q:
    """Reports that a unit below recalled and has not sent again: the reviewers above are told here."""
    reviewer = unit_ids_with(user, Role.REVIEWER)
    return Q(parent__unit_id__in=reviewer, latest__replaces__state=State.RECALLED) & ~Q(
        latest__state__in=[str(state) for state in SENT_STATES]
    )


def waiting_publications(user) -> Q:
    """Publications that somebody else wrote and the person may confirm."""
    units = unit_ids_with(user, Role.PUBLISHER)
    return Q(publication__unit_id__in=units, state=PublicationState.IN_REVIEW) & ~Q(written_by=user.pk)


def unit_and_count(user) -> tuple[str, int]:
    """Name of the person's unit and how many steps wait for him."""
    return bar(user)[:2]


def bar(user) -> tuple[str, int, int]:
    """Name of the person's unit, how many steps wait for him, how much he was told and has not read; one query."""
    unit_ids = unit_ids_with(user)
    if not unit_ids:
        return "", 0, 0
    counted = _counted(user)
    rows = list(
        UnitVersion.objects.as_of(clock.today())
        .filter(unit_id__in=unit_ids)
        .annotate(**{kind: _count_of(queryset) for kind, queryset in counted.items()})
        .order_by("name_sort")
        .values_list("short_name", *counted)
    )
    if not rows:
        return "", 0, 0
    name, unread, *counts = rows[0]
    more = f" và {len(rows) - 1} đơn vị khác" if len(rows) > 1 else ""
    return f"{name}{more}", sum(counts), unread


def _counted(user) -> dict[str, QuerySet]:
    """What the bar counts, the unread first. What no role of the person's reaches is not asked for: every page pays."""
    counted = {"unread": Notification.objects.visible_to(user).unread()}
    writes, reviews = unit_ids_with(user, Role.AUTHOR, Role.APPROVER), unit_ids_with(user, Role.REVIEWER)
    if writes or reviews or unit_ids_with(user, Role.CLERK):
        waiting = waiting_reports(user) | recalled_reports(user) if reviews else waiting_reports(user)
        counted["reports"] = Report.objects.filter(waiting)
    if writes:
        counted["tasks"] = task_work.open_tasks(user)
        counted["late"] = task_work.late_givers(user)
        counted["given"] = contributing.waiting_for(user)
    if reviews:
        counted["shared"] = shared_drafts(user)
    if unit_ids_with(user, Role.PUBLISHER):
        counted["publications"] = PublicationVersion.objects.filter(waiting_publications(user))
    return counted


def _count_of(queryset):
    """The number of rows as a value of another query (an aggregate there would group by something)."""
    count = queryset.order_by().annotate(count=Func("pk", function="COUNT", output_field=IntegerField()))
    return Coalesce(Subquery(count.values("count")), 0)


def groups_for(user, now: datetime) -> list[WorkGroup]:
    """Everything that waits for the person, most pressing first; empty groups are left out."""
    groups = {title: WorkGroup(title) for title in GROUPS}
    reports = list(
        Report.objects.filter(waiting_reports(user) | recalled_reports(user))
        .for_list()
        .order_by("due_at", "path")
        if unit_ids_with(user)
        else []
    )
    filled, reasons = fillings(reports), _reasons(reports)
    reviewed = unit_ids_with(user, Role.REVIEWER)
    for report in reports:
        if report.parent_id and report.parent.unit_id in reviewed and report.latest.state not in SENT_STATES:
            groups[RECALLED].items.append(_recalled_item(report))
            continue
        title, item = _report_item(report, filled[report.pk], reasons.get(report.pk, ""), now)
        groups[title].items.append(item)
    if unit_ids_with(user, Role.AUTHOR, Role.APPROVER):
        today = clock.today()
        for given in _given(user):
            item = _given_item(given, today)
            groups[_title_by_day(item, GIVEN)].items.append(item)
        for item in task_work.items(user, today):
            groups[_title_by_day(item, DRAFTING)].items.append(item)
    if reviewed:
        groups[ADVICE].items = [_shared_item(share) for share in _shared(user)]
    if unit_ids_with(user, Role.PUBLISHER):
        groups[TO_PUBLISH].items = [_publication_item(version) for version in _publications(user)]
    for title in (OVERDUE, SOON, DRAFTING):
        groups[title].items.sort(key=_by_day)
    return [group for group in groups.values() if group.items]


def _title_by_day(item: WorkItem, otherwise: str) -> str:
    """The group of what has no state of its own."""
    if item.is_overdue:
        return OVERDUE
    return SOON if item.days is not None and item.days <= SOON_DAYS else otherwise


def _by_day(item: WorkItem) -> tuple[bool, int]:
    """What has no day of its own comes last."""
    return item.days is None, item.days or 0


def _report_item(report, filling: Filling, reason: str, now: datetime) -> tuple[str, WorkItem]:
    state, url = report.latest.state, reverse("staff:review", args=[report.pk])
    if state == State.IN_REVIEW:
        title, button = TO_APPROVE, "Xem và duyệt"
    elif state == State.APPROVED:
        title, button, url = TO_ISSUE, Action.ISSUE.label, reverse("staff:issue", args=[report.pk])
    elif state == State.ISSUED:
        title, button = TO_ACCEPT, "Xem và tiếp nhận"
    else:
        title, button, url = _author_item(report, filling, now)
    due = due_badge(report, now)
    item = WorkItem(
        title=report.title,
        unit=report.unit_version.name,
        badges=(state_badge(state, report), *([due] if due else [])),
        url=url,
        button=button,
        reason=reason,
        filling=None if state == State.ISSUED else filling,
        pk=f"report-{report.pk}",
        illustrative=report.unit.illustrative,
        days=days_left(report.due_at, now) if due else None,
    )
    return (title if title == RETURNED else _title_by_day(item, title)), item


def shared_drafts(user):
    """Drafts on which a unit below asks the person's body for advice."""
    reviewer = unit_ids_with(user, Role.REVIEWER)
    return DraftShare.objects.filter(ended_at__isnull=True, report__parent__unit_id__in=reviewer)


def _shared(user):
    return shared_drafts(user).select_related(
        "report__round__period", "report__unit", "report__unit_version", "report__latest"
    )


def _shared_item(share: DraftShare) -> WorkItem:
    report = share.report
    return WorkItem(
        title=report.title,
        unit=report.unit_version.name,
        badges=(Badge(f"Xin ý kiến {share.get_scope_display().lower()}", "info", "comment"),),
        url=reverse("staff:edition", args=[report.pk, report.latest.number]),
        button="Xem dự thảo",
        reason=share.note,
        pk=f"share-{share.pk}",
        illustrative=report.unit.illustrative,
    )


def _given(user):
    return contributing.waiting_for(user).select_related(
        "report__round__period",
        "report__round__outline_version",
        "report__unit",
        "report__unit_version",
        "report__latest",
    )


def _given_item(given: PartAssignment, today: date) -> WorkItem:
    report = given.report
    due = [day_badge(given.due_on, today)] if given.due_on else []
    return WorkItem(
        title=report.title,
        unit=report.unit_version.name,
        badges=(Badge("Được giao phần", "info", "pencil"), *due),
        url=reverse("staff:assigned", args=[report.pk]),
        button="Mở phần được giao",
        reason=given_words(given),
        pk=f"given-{given.pk}",
        illustrative=report.unit.illustrative,
        days=days_until(given.due_on, today),
    )


def _recalled_item(report) -> WorkItem:
    return WorkItem(
        title=report.title,
        unit=report.unit_version.name,
        badges=(state_badge(State.RECALLED, report),),
        url=report.get_absolute_url(),
        button="Xem báo cáo",
        pk=f"report-{report.pk}",
        illustrative=report.unit.illustrative,
    )


def _author_item(report, filling: Filling, now: datetime) -> tuple[str, str, str]:
    """(group, button, address) of a report that its author writes."""
    if report.latest.state == State.RETURNED:
        title = RETURNED
    elif is_overdue(report, now):
        title = OVERDUE
    else:
        is_soon = report.is_owed and days_left(report.due_at, now) <= SOON_DAYS
        title = SOON if is_soon else DRAFTING
    word = word_to_write(filling, report.latest.unlocked_parts)
    return title, word or CHECK_AND_SUBMIT, place_to_write(report, filling)


def _reasons(reports) -> dict[int, str]:
    """Report → why it was last returned."""
    returned = [report.pk for report in reports if report.latest.state == State.RETURNED]
    if not returned:
        return {}
    events = EditionEvent.objects.filter(
        edition__report_id__in=returned, action__in=[str(Action.RETURN), str(Action.SEND_BACK)]
    ).order_by("at", "pk")
    return dict(events.values_list("edition__report_id", "note"))


def _publications(user):
    return (
        PublicationVersion.objects.filter(waiting_publications(user))
        .select_related("publication__unit", "publication__unit_version", "publication__period", "written_by")
        .order_by("pk")
    )


def _publication_item(version) -> WorkItem:
    publication = version.publication
    return WorkItem(
        title=version.title,
        unit=publication.unit_version.name,
        badges=(publication_badge(version.state),),
        url=reverse("staff:publication_preview", args=[version.pk]),
        button="Xem và công bố",
        reason=f"{version.written_by} gửi duyệt" if version.written_by else "",
        pk=f"publication-{version.pk}",
        illustrative=publication.unit.illustrative,
    )
