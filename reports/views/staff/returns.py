"""The named steps that led to an edition as it stands, and what its returns ask to mend."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Q, prefetch_related_objects
from django.urls import reverse

from models_dv.vietnamese.dates import format_date
from reports.domain.attachments import WITH_FILES
from reports.enums import Action, State
from reports.models import EditionEvent, ReportEdition
from reports.views.staff.access import is_own
from reports.views.staff.comment_rows import CommentRow, moment_words
from reports.views.staff.words import due_words

#: Steps that stand in the history as milestones of the content.
NAMED = (Action.SUBMIT, Action.RETURN, Action.APPROVE, Action.ISSUE, Action.SEND_BACK)
RETURNS = (Action.RETURN, Action.SEND_BACK)
#: What a contributor is told of a return whose words were not meant for him.
IN_GENERAL = "Phần này được trả lại để bổ sung."


def steps_of(user, edition: ReportEdition, place: str = "") -> list[EditionEvent]:
    """Steps of this edition and those that ended the one it replaces, the newest first.

    What is done within the unit stays in it; those above see their own returns. Each submission knows who wrote in
    ``place`` before it (``wrote``, names).
    """
    if edition.state == State.NOT_STARTED and edition.replaces_id is None:
        return []
    inside = edition.reach is not None or is_own(user, edition.report)
    seen = Q(edition_id=edition.pk) if inside else Q(pk__in=[])
    if edition.replaces_id:
        seen |= Q(edition_id=edition.replaces_id, action=Action.SEND_BACK)
    here = FilteredRelation("edition__writings", condition=Q(edition__writings__place=place))
    steps = EditionEvent.objects.filter(seen).exclude(action=Action.BEGIN).annotate(written=here)
    rows = steps.annotate(writer=F("written__user__full_name"), writer_phase=F("written__phase"))
    rows = rows.select_related("actor").annotate(has_files=WITH_FILES).order_by("at", "pk")
    found = _with_writers(rows)[::-1]
    prefetch_related_objects([step for step in found if step.has_files], "attachments")
    return found


def _with_writers(rows) -> list[EditionEvent]:
    """One step for its rows, of which there is one for each writer and phase."""
    steps: dict[int, EditionEvent] = {}
    names: dict[tuple[int, int], set[str]] = defaultdict(set)
    phases: Counter[int] = Counter()
    for row in rows:
        steps.setdefault(row.pk, row)
        names[row.edition_id, row.writer_phase].add(row.writer)
    for step in steps.values():
        step.wrote = ()
        if step.action == Action.SUBMIT:
            step.wrote = tuple(sorted(names.get((step.edition_id, phases[step.edition_id]), ())))
            phases[step.edition_id] += 1
    return list(steps.values())


def returns_of(user, edition: ReportEdition) -> list[EditionEvent]:
    """Every return that led to this edition as it stands, the newest first."""
    return returns_in(steps_of(user, edition), edition)


def returns_in(steps: list[EditionEvent], edition: ReportEdition) -> list[EditionEvent]:
    """The returns among steps; for a contributor those that name a part of his."""
    returns = [step for step in steps if step.action in RETURNS]
    if edition.reach is None:
        return returns
    return [step for step in returns if any(edition.reach.holds(code) for code in step.parts)]


def concerns(event: EditionEvent, code: str) -> bool:
    """Whether a return asks something of this part: it names it, or it names none."""
    return not event.parts or code in event.parts


def is_settled(event: EditionEvent, changed_at: datetime | None) -> bool:
    """Whether the part was changed after the return."""
    return changed_at is not None and changed_at > event.at


def return_rows(
    edition: ReportEdition,
    returns: list[EditionEvent],
    code: str,
    changed_at: datetime | None,
    *,
    named_only: bool = False,
) -> list[CommentRow]:
    """What the returns ask of one part, the newest first; ``named_only``: only those that name the part."""
    return [
        _row(edition, event, code, changed_at)
        for event in returns
        if concerns(event, code) and (code in event.parts or not named_only)
    ]


def last_return(edition: ReportEdition, events: list[EditionEvent], *, inside: bool) -> EditionEvent | None:
    """The return that the edition as it stands answers, among the steps of it and of the one it replaces.

    Those above see their own returns alone.
    """
    seen = [
        event
        for event in events
        if (inside and event.edition_id == edition.pk and event.action in RETURNS)
        or (event.edition_id == edition.replaces_id and event.action == Action.SEND_BACK)
    ]
    return max(seen, key=lambda event: (event.at, event.pk), default=None)


def reason_row(edition: ReportEdition, event: EditionEvent) -> CommentRow:
    """The general reason of a return with the files that came with it, as it stands at the top of a page."""
    return CommentRow(
        _author(edition, event),
        format_date(event.at),
        event.note,
        target=f"Lý do trả lại{_until(event)}",
        files=tuple(event.attachments.all()) if event.has_files else (),
    )


def asked_row(edition: ReportEdition, event: EditionEvent, code: str) -> CommentRow | None:
    """What a return asks of one part beside its general reason; None where it does not name the part."""
    if code not in event.parts:
        return None
    text = event.parts[code] or IN_GENERAL
    return CommentRow(
        _author(edition, event), format_date(event.at), text, target=f"Trả lại để bổ sung{_until(event)}"
    )


def _until(event: EditionEvent) -> str:
    return f", hạn nộp lại {due_words(event.due_at)}" if event.due_at else ""


def _author(edition: ReportEdition, event: EditionEvent) -> str:
    above = edition.report.parent if event.action == Action.SEND_BACK else None
    return above.unit_version.issuer_full_name if above else str(event.actor)


def _row(edition: ReportEdition, event: EditionEvent, code: str, changed_at) -> CommentRow:
    words, general = event.parts.get(code), event.note if edition.reach is None else IN_GENERAL
    settled = is_settled(event, changed_at)
    changes_url = f"{reverse('staff:review', args=[edition.report_id])}#phan-{code}"
    return CommentRow(
        author=_author(edition, event),
        when=format_date(event.at),
        text=words or general,
        general=event.note if words and edition.reach is None else "",
        target=f"Trả lại để bổ sung{_until(event)}",
        settled=settled,
        files=tuple(event.attachments.all()) if event.has_files and edition.reach is None else (),
        changes_url=changes_url if settled and edition.reach is None else "",
    )


@dataclass(frozen=True)
class MilestoneRow:
    """A named moment of an edition: “Trình duyệt”, who, when; ``pk`` is its step's.

    ``wrote``: who had written in the part before it, since the submission before.
    """

    pk: int
    what: str
    who: str
    when: str
    has_content: bool
    wrote: tuple[str, ...] = ()


def milestone_rows(steps: list[EditionEvent], edition: ReportEdition) -> list[MilestoneRow]:
    """The milestones among steps, for the unit's own people; contributors are told nothing of the way."""
    if edition.reach is not None:
        return []
    return [
        MilestoneRow(
            step.pk,
            step.get_action_display(),
            str(step.actor),
            moment_words(step.at),
            step.action == Action.SUBMIT,
            step.wrote,
        )
        for step in steps
        if step.action in NAMED
    ]
