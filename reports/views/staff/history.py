"""What happened to a report, as the person may know it: the steps, and between them who changed what."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from models_dv.errors import NotAllowed
from models_dv.models import AuditEntry
from reports.domain import milestones
from reports.domain import review as looking
from reports.domain.known_outlines import known_outline
from reports.domain.rounds import EXTENSION
from reports.enums import FIGURES_PART, Action
from reports.models import EditionEvent, OutlineSection, Report
from reports.views.staff.access import is_own, latest_edition, refusals_as_page, visible_report
from reports.views.staff.editor_frame import heading
from reports.views.staff.parts import FIGURES_TITLE, parts_of
from reports.views.staff.review_rows import ReviewPart, changed_pieces, changed_rows
from reports.views.staff.words import clock_words, due_words

#: Steps that those above may know; the others are the unit's own business.
_OPEN_ACTIONS = (
    Action.ISSUE,
    Action.RECALL,
    Action.ACCEPT,
    Action.SEND_BACK,
    Action.CORRECT,
    Action.REPLACE,
)
#: Steps whose code the person keeps as a receipt.
_RECEIPTS = {Action.SUBMIT: "Mã", Action.ISSUE: "Mã gửi", Action.ACCEPT: "Mã tiếp nhận"}


@dataclass(frozen=True)
class HappenedStep:
    """One step in ready words. ``parts``: code and title of each part, and what to mend there."""

    at: datetime
    what: str
    who: str
    edition: int | None = None
    note: str = ""
    parts: tuple[tuple[str, str, str], ...] = ()
    due: str = ""
    receipt: str = ""
    event_pk: int | None = None
    changed: tuple["ChangedPlace", ...] = ()


@dataclass(frozen=True)
class ChangedPlace:
    """A part that was written before a step: its code and heading, who wrote there, which figures."""

    code: str
    heading: str
    who: str
    figures: tuple[str, ...] = ()


def history_of(report, *, own: bool) -> list[HappenedStep]:
    """Every step of every edition and every extension, newest first; ``own``: the inner steps too."""
    events = EditionEvent.objects.filter(edition__report=report).select_related("actor", "edition")
    if not own:
        events = events.filter(action__in=[str(action) for action in _OPEN_ACTIONS])
    events = list(events)
    titles = _titles(report) if any(event.parts for event in events) else {}
    steps = [_step(event, titles) for event in events]
    steps += [_extension(entry) for entry in _extensions(report)]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _titles(report) -> dict[str, str]:
    sections = OutlineSection.objects.filter(version_id=report.round.outline_version_id)
    return {**dict(sections.values_list("code", "title")), FIGURES_PART: FIGURES_TITLE}


def _step(event: EditionEvent, titles: dict[str, str]) -> HappenedStep:
    receipt = _RECEIPTS.get(event.action)
    return HappenedStep(
        at=event.at,
        what=event.get_action_display(),
        who=str(event.actor),
        edition=event.edition.number,
        note=event.note or _about(event),
        parts=tuple((code, titles.get(code, code), words) for code, words in event.parts.items()),
        due=due_words(event.due_at) if event.due_at else "",
        receipt=f"{receipt} {event.receipt}" if receipt else "",
        event_pk=event.pk,
    )


def _about(event: EditionEvent) -> str:
    """What the record says of an approval by who wrote the report alone."""
    return "Người soạn tự duyệt." if event.action == Action.APPROVE and event.edition.self_approved else ""


def _extensions(report):
    return AuditEntry.objects.filter(
        object_type=report._meta.label, object_id=str(report.pk), action=EXTENSION
    ).select_related("actor")


def _extension(entry: AuditEntry) -> HappenedStep:
    due = datetime.fromisoformat(entry.after["hạn"]) if entry.after.get("hạn") else None
    return HappenedStep(
        at=entry.at,
        what=entry.action,
        who=str(entry.actor) if entry.actor else "Hệ thống",
        note=entry.note,
        due=due_words(due) if due else "",
    )


# --- the page -----------------------------------------------------------------------------------------


@require_safe
@refusals_as_page
def history(request, pk):
    """Every named step, and for the unit's own people who changed which part before it."""
    report = visible_report(request.user, pk)
    edition, own = latest_edition(report), is_own(request.user, report)
    part = request.GET.get("phan", "")
    written = _written(report) if own else {}
    events = {event.pk: event for event in _submissions(report)} if own else {}
    steps = [_with_changes(step, events, written, part) for step in history_of(report, own=own)]
    parts = {part.code: heading(part) for part in parts_of(report)}
    context = {
        "nav": "reports",
        "report": report,
        "edition": edition,
        "own": own,
        "steps": steps,
        "now": _places(written.get((edition.pk, edition.phase), []), part) if edition.is_writable else (),
        "is_compared": own and (edition.phase > 0 or edition.replaces_id is not None),
        "part": part if part in parts else "",
        "part_heading": parts.get(part, ""),
    }
    return render(request, "staff/review/history.html", context)


def _submissions(report: Report) -> list[EditionEvent]:
    """Submissions with content, each with ``phase``: which of its edition it was, from 0."""
    events = EditionEvent.objects.filter(edition__report=report, action=Action.SUBMIT).order_by("at", "pk")
    counts: dict[int, int] = {}
    kept = []
    for event in events.filter(milestone__isnull=False).only("edition_id"):
        event.phase = counts[event.edition_id] = counts.get(event.edition_id, -1) + 1
        kept.append(event)
    return kept


def _with_changes(step: HappenedStep, submissions, written, part: str) -> HappenedStep:
    told = tuple(row for row in step.parts if part in ("", row[0]))
    event = submissions.get(step.event_pk)
    if event is None:
        return replace(step, parts=told, event_pk=None)
    return replace(step, parts=told, changed=_places(written.get((event.edition_id, event.phase), []), part))


def _written(report: Report) -> dict[tuple[int, int], list[tuple[ChangedPlace, str]]]:
    """(edition, phase) → the places written in it, each with who wrote there; one query."""
    outline = known_outline(report.round.outline_version)
    headings = {part.code: heading(part) for part in parts_of(report)}
    found: dict[tuple[int, int], dict[str, dict[str, set[str]]]] = {}
    rows = milestones.writings_of(report.pk)
    for row in rows:
        code = FIGURES_PART if row.place in outline.by_code else row.place
        if code not in headings:
            continue
        people = found.setdefault((row.edition_id, row.phase), {}).setdefault(code, {})
        people.setdefault(row.place, set()).add(str(row.user))
    names = {indicator.code: str(indicator) for indicator in outline.indicators}
    return {
        key: [_place(code, headings[code], places[code], names) for code in headings if code in places]
        for key, places in found.items()
    }


def _place(code: str, heading_: str, writers: dict[str, set[str]], names: dict[str, str]) -> ChangedPlace:
    """One part; where several wrote in the table, who wrote which figure stands beside it."""
    everybody = set().union(*writers.values())
    figures = [
        f"{name} – {_joined(writers[figure])}" if len(everybody) > 1 else name
        for figure, name in names.items()
        if figure in writers
    ]
    return ChangedPlace(code, heading_, _joined(everybody), tuple(figures))


def _joined(people: set[str]) -> str:
    return ", ".join(sorted(people))


def _places(places: list[ChangedPlace], part: str) -> tuple[ChangedPlace, ...]:
    return tuple(place for place in places if not part or place.code == part)


# --- one difference -----------------------------------------------------------------------------------


@require_safe
@refusals_as_page
def changes(request, pk, row):
    """What was sent for approval at one step against what was sent before it; ``?phan=`` one part alone."""
    report = visible_report(request.user, pk)
    if not is_own(request.user, report):
        raise NotAllowed("Chỉ người của đơn vị xem được các lần sửa trước khi gửi.")
    events = EditionEvent.objects.select_related("milestone", "actor", "edition")
    event = get_object_or_404(events, pk=row, edition__report_id=report.pk, milestone__isnull=False)
    before = milestones.before(event)
    now, old = milestones.content_at(event.milestone), milestones.Content()
    if before is not None:
        old = milestones.content_at(before.milestone)
    part = request.GET.get("phan", "")
    outline = known_outline(report.round.outline_version)
    event.edition.report = report
    now, old = (milestones.as_read(found, event.edition, outline.indicators) for found in (now, old))
    parts = [row for row in _changed_parts(report, old, now) if not part or row.part.code == part]
    if part and part not in {known.code for known in parts_of(report)}:
        raise Http404
    context = {
        "nav": "reports",
        "report": report,
        "trail": [{"title": report.title, "url": report.get_absolute_url()}],
        "event": event,
        "moment": _moment(event),
        "before": f"{before.actor}, {_moment(before)}" if before else "",
        "parts": parts,
        "part": part,
    }
    return render(request, "staff/review/changes.html", context)


def _changed_parts(report, old, now) -> list[ReviewPart]:
    outline = known_outline(report.round.outline_version)
    texts, figures = looking.changed_texts(old, now), looking.changed_figures(old, now)
    rows = []
    for part in parts_of(report):
        row = ReviewPart(part, heading(part), changed=True)
        if part.code == FIGURES_PART and figures:
            row.changed_figures = changed_rows(figures, outline)
        elif part.code in texts:
            row.pieces = changed_pieces(old.texts.get(part.code, ""), now.texts.get(part.code, ""))
        else:
            continue
        rows.append(row)
    return rows


def _moment(event: EditionEvent) -> str:
    at, day = clock_words(event.at)
    return f"{at} ngày {day}"
