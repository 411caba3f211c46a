"""What happened to a report, as the person may know it."""

from dataclasses import dataclass
from datetime import datetime

from models_dv.models import AuditEntry
from reports.domain.checks import FIGURES_PART
from reports.domain.rounds import EXTENSION
from reports.enums import Action
from reports.models import EditionEvent, OutlineSection
from reports.views.staff.parts import FIGURES_TITLE
from reports.views.staff.words import due_words

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
_RECEIPTS = {Action.ISSUE: "Mã gửi", Action.ACCEPT: "Mã tiếp nhận"}


@dataclass(frozen=True)
class HappenedStep:
    """One step in ready words. ``parts`` pairs the title of a part with what to mend there."""

    at: datetime
    what: str
    who: str
    edition: int | None = None
    note: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    due: str = ""
    receipt: str = ""


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
        note=event.note,
        parts=tuple((titles.get(code, code), words) for code, words in event.parts.items()),
        due=due_words(event.due_at) if event.due_at else "",
        receipt=f"{receipt} {event.receipt}" if receipt else "",
    )


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
