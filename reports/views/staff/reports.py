"""The list of reports, and the page of one report: where it stands, what can be done, what happened."""

from dataclasses import dataclass

from django.db.models import Max, OuterRef, Subquery
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_dv import clock
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import chips_of, page_of
from reports import permissions
from reports.domain import attachments, consolidation, contributing, publishing, task_links
from reports.enums import State
from reports.filters.reports import ReportFilter
from reports.forms.imports import AttachmentForm
from reports.models import Figure, Report, ReportAttachment, ReportEdition, SectionText
from reports.views.staff.access import is_own, latest_edition, refusals_as_page, visible_report
from reports.views.staff.acts import acts_for
from reports.views.staff.history import history_of
from reports.views.staff.parts import Filling, fillings
from reports.views.staff.reading import last_return
from reports.views.staff.steps import can_extend
from reports.views.staff.together import card_of, given_words
from reports.views.staff.words import Badge, due_badge, due_words, state_badge

#: The way of a report; the body with none above it ends one step earlier.
_WAY = (
    (State.DRAFTING, "Đang soạn"),
    (State.IN_REVIEW, "Chờ duyệt"),
    (State.APPROVED, "Đã duyệt, chờ phát hành"),
    (State.ISSUED, "Đã gửi, chờ tiếp nhận"),
    (State.ACCEPTED, "Đã tiếp nhận"),
)
_PLACE = {
    State.NOT_STARTED: 0,
    State.DRAFTING: 0,
    State.RETURNED: 0,
    State.IN_REVIEW: 1,
    State.APPROVED: 2,
    State.ISSUED: 3,
    State.ACCEPTED: 4,
}


def _given(user):
    return contributing.assigned_reports(user).select_related("report__round__outline_version")


@require_safe
def reports(request):
    """The reports that the person may see, 20 a page."""
    now = clock.now()
    given = {found.report_id: found for found in _given(request.user)}
    visible = Report.objects.visible_to(request.user)
    if given:
        visible = Report.objects.visible_or_given(request.user, given)
    filterset = ReportFilter(request.GET, queryset=visible, now=now)
    page = page_of(request, with_last_change(filterset.qs).for_list()).page
    for report in page:
        report.state = state_badge(report.latest.state, report)
        report.due = due_badge(report, now)
        report.given = given_words(given[report.pk]) if report.pk in given else ""
        report.changed_at = max(filter(None, (report.latest.state_at, report.text_at, report.figure_at)))
    context = {
        "nav": "reports",
        "filter": filterset,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number),
        "chips": chips_of(filterset, request),
        **illustrative_of(report.unit.illustrative for report in page),
        "has_any": page.paginator.count > 0 or visible.exists(),
    }
    return render(request, "staff/reports.html", context)


def with_last_change(queryset):
    """Adds ``text_at`` and ``figure_at``: when the latest edition was last written."""

    def newest(model):
        rows = model.objects.filter(edition=OuterRef("latest")).order_by().values("edition")
        return Subquery(rows.annotate(at=Max("updated_at")).values("at"))

    return queryset.annotate(text_at=newest(SectionText), figure_at=newest(Figure))


@dataclass(frozen=True)
class EditionRow:
    """One edition in the list of a report's page."""

    edition: ReportEdition
    state: Badge
    is_readable: bool
    is_in_force: bool


@require_safe
@refusals_as_page
def report(request, pk):
    """Where one report stands: steps, acts, parts, editions, history, coverage."""
    found = visible_report(request.user, pk)
    edition = latest_edition(found)
    filling = fillings([found])[found.pk]
    own = is_own(request.user, found)
    coverage = consolidation.coverage(found)
    editions = edition_rows(request.user, found)
    may_attach = attachments.may_attach(request.user, edition)
    context = {
        "nav": "reports",
        "report": found,
        "edition": edition,
        "text_is_open": permissions.may_read_text(request.user, edition),
        "state": state_badge(edition.state, found),
        "due": due_badge(found, clock.now()),
        "due_words": due_words(found.due_at),
        "way": way_of(found, edition),
        "acts": acts_for(request.user, edition, filling=filling),
        "may_extend": permissions.may_extend(request.user, found) and can_extend(found),
        "returned": last_return(request.user, edition) if edition.state == State.RETURNED else None,
        "filling": filling,
        "parts": part_rows(request.user, edition, filling),
        "editions": editions,
        "attachments": attachment_rows(editions, edition if may_attach else None, own=own),
        "attachment_form": AttachmentForm() if may_attach else None,
        "history": history_of(found, own=own),
        "coverage": coverage if coverage.expected else None,
        "together": card_of(request.user, found, edition),
        "may_publish": may_publish(request.user, found),
        "may_give_task": found.in_force_id is not None and task_links.may_give_from(request.user, found),
        "given_tasks": task_links.tasks_from(found, request.user),
    }
    return render(request, "staff/report.html", context)


def way_of(found, edition) -> list[dict]:
    """The steps with what is behind and what is now: {text, is_done, is_now}."""
    way = list(_WAY)
    if found.parent_id is None:
        way = [*way[:3], (State.ISSUED, "Đã phát hành")]
    place = _PLACE.get(edition.state, 0)
    last = len(way) - 1
    return [
        {
            "text": text,
            "is_done": number < place or number == place == last,
            "is_now": number == place,
        }
        for number, (_state, text) in enumerate(way)
    ]


def part_rows(user, edition, filling: Filling) -> list[dict]:
    """The parts under their headings: {part, badge, url, heading}; no address where the text is closed."""
    may_write, may_read = permissions.may_write(user, edition), permissions.may_read_text(user, edition)
    rows, heading = [], None
    for state in filling.states:
        part = state.part
        is_child = part.group_title != part.title
        opens = may_write and edition.is_unlocked(part.code)
        rows.append(
            {
                "part": part,
                "badge": _sent_badge(state) if edition.pdf_sha256 else state.badge,
                "is_child": is_child,
                "heading": f"{part.group}. {part.group_title}" if is_child and part.group != heading else "",
                "name": "staff:part" if opens else "staff:edition" if may_read else "",
            }
        )
        heading = part.group
    return rows


def _sent_badge(state) -> Badge:
    """Of a sent edition it only counts whether a part holds anything."""
    return Badge("Có nội dung" if state.written else "Không có nội dung")


def edition_rows(user, found) -> list[EditionRow]:
    """Bản 1, 2 …, newest first; a number once the edition has one."""
    rows = []
    for edition in found.editions.order_by("-number"):
        edition.report = found
        rows.append(
            EditionRow(
                edition,
                state_badge(edition.state, found),
                permissions.may_read_text(user, edition),
                found.in_force_id == edition.pk,
            )
        )
    return rows


def attachment_rows(
    editions: list[EditionRow], open_one: ReportEdition | None, *, own: bool
) -> list[ReportAttachment]:
    """The files of the editions that the person may read; ``is_open``: it may be removed now."""
    readable = [row.edition.pk for row in editions if row.is_readable]
    files = ReportAttachment.objects.filter(attachments.shown_to(own), edition_id__in=readable)
    rows = list(files) if readable else []
    for row in rows:
        row.is_open = open_one is not None and row.edition_id == open_one.pk and row.event_id is None
    return rows


def may_publish(user, found) -> bool:
    """Whether the person publishes for the unit and the report may be published."""
    return publishing.is_publishable(found) and permissions.may_publish(user, found.unit_id)
