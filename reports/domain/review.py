"""Looking an edition over: what changed since it was last sent, which parts have been seen, and giving it back.

Source: domain.md §3. For the unit's own people the last time is the submission before this one, else the edition
that was sent before; for those above only what they were sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from models_dv import clock
from models_dv.domain.uploads import remove_stored, store_file, with_their_row
from models_dv.errors import NotAllowed
from models_dv.scopes import unit_ids_with
from models_dv.vietnamese.numbers import percent_change
from reports import permissions
from reports.domain import attachments, milestones
from reports.domain.known_outlines import known_outline
from reports.domain.milestones import Cell, Content
from reports.domain.transitions import ReturnDetails, perform
from reports.domain.word_diff import is_changed
from reports.enums import FIGURES_PART, Action, AttachmentPurpose, Audience, State, ValueState
from reports.models import Comment, EditionEvent, ReportEdition, SeenPart
from reports.workflow import find_move

#: Steps by which an edition is judged: who may take one of them looks it over.
_JUDGED = ((State.IN_REVIEW, Action.APPROVE), (State.ISSUED, Action.ACCEPT))
#: What a return may say about one part.
WORDS_LENGTH = 500
#: Between numbers, whose difference has a percentage.
_NUMBERS = (ValueState.NUMBER, ValueState.NONE)


@dataclass(frozen=True)
class Earlier:
    """The content that this one is compared with, and the step by which it was sent (None where it is not known)."""

    content: Content
    event: EditionEvent | None
    is_other_edition: bool = False


@dataclass(frozen=True)
class FigureChange:
    """One figure that is not what it was; ``code`` as in ``milestones.Content``."""

    code: str
    old: Cell
    new: Cell

    @property
    def percent(self) -> Decimal | None:
        """By how many percent it grew; None where that says nothing."""
        if self.old.state not in _NUMBERS or self.new.state not in _NUMBERS:
            return None
        return percent_change(self.new.value, self.old.value)


def events_of(edition: ReportEdition) -> list[EditionEvent]:
    """Steps of the edition and of the one it replaces, with what was kept at them, oldest first; one query.

    ``has_files``: files came with it.
    """
    editions = [pk for pk in (edition.pk, edition.replaces_id) if pk]
    events = EditionEvent.objects.filter(edition_id__in=editions).annotate(has_files=attachments.WITH_FILES)
    return list(events.select_related("actor", "milestone").order_by("at", "pk"))


def earlier_content(edition: ReportEdition, events: list[EditionEvent], *, inside: bool) -> Earlier | None:
    """What the edition is compared with; None where nothing was sent before.

    ``events`` as ``events_of`` gives them; ``inside``: for the unit's own people. Two queries more where an
    edition was sent before its content was kept.
    """
    if inside:
        sent = [event for event in events if event.edition_id == edition.pk and _has_content(event)]
        before = sent if edition.is_writable else sent[:-1]
        if before:
            return Earlier(milestones.content_at(before[-1].milestone), before[-1])
    if edition.replaces_id is None:
        return None
    old = [event for event in events if event.edition_id == edition.replaces_id]
    kept = [event for event in old if _has_content(event)]
    content = (
        milestones.content_at(kept[-1].milestone) if kept else milestones.content_of(edition.replaces_id)
    )
    issued = next((event for event in reversed(old) if event.action == Action.ISSUE), None)
    return Earlier(content, issued, is_other_edition=True)


def _has_content(event: EditionEvent) -> bool:
    return event.action == Action.SUBMIT and hasattr(event, "milestone")


def changed_texts(old: Content, new: Content) -> set[str]:
    """Codes of the parts whose words differ, as the page shows it: blank lines and spaces are no change."""
    codes = old.texts.keys() | new.texts.keys()
    return {code for code in codes if is_changed(old.texts.get(code, ""), new.texts.get(code, ""))}


def changed_figures(old: Content, new: Content) -> dict[str, FigureChange]:
    """The figures that differ, by code."""
    changes = {}
    for code in old.figures.keys() | new.figures.keys():
        change = FigureChange(code, old.figures.get(code, Cell()), new.figures.get(code, Cell()))
        if change.old != change.new:
            changes[code] = change
    return changes


def unchanged_parts(edition: ReportEdition) -> set[str]:
    """Parts that the last return names and in which nothing is other than it was sent; blank lines are no change."""
    named = set(edition.unlocked_parts or ()) if edition.state == State.RETURNED else set()
    earlier = earlier_content(edition, events_of(edition), inside=True) if named else None
    if earlier is None:
        return set()
    indicators = known_outline(edition.report.round.outline_version).indicators
    both = (earlier.content, milestones.content_of(edition.pk))
    old, new = (milestones.as_read(one, edition, indicators) for one in both)
    figures = {FIGURES_PART} if changed_figures(old, new) else set()
    return named - changed_texts(old, new) - figures


# --- seen ---------------------------------------------------------------------------------------------


def looks_over(user, report) -> bool:
    """Whether the user approves the unit's reports, or receives them for the body above."""
    return any(permissions.may(user, find_move(state, action), report) for state, action in _JUDGED)


def seen_by(user, edition: ReportEdition) -> dict[str, datetime]:
    """Part → when the user ticked it as seen; what was saved later is unseen again."""
    return dict(SeenPart.objects.filter(edition=edition, user=user).values_list("part_code", "at"))


def mark_seen(edition: ReportEdition, codes: Iterable[str], *, seen: bool, actor) -> None:
    """Đã xem phần này, or not yet after all. Raises NotAllowed for who does not judge the report."""
    if not looks_over(actor, edition.report):
        raise NotAllowed("Chỉ người duyệt của đơn vị và người tiếp nhận của cấp trên đánh dấu phần đã xem.")
    if not seen:
        SeenPart.objects.filter(edition=edition, user=actor, part_code__in=list(codes)).delete()
        return
    now = clock.now()
    SeenPart.objects.bulk_create(
        [SeenPart(edition=edition, user=actor, part_code=code, at=now) for code in codes],
        update_conflicts=True,
        unique_fields=["edition", "user", "part_code"],
        update_fields=["at"],
    )


def words_to_mend(user, edition: ReportEdition) -> dict[str, str]:
    """Part → the open comments on it that its judge would repeat in a return.

    The unit's approver repeats his own words, the body above what it said to the unit.
    """
    waiting = Comment.objects.filter(
        report_id=edition.report_id, parent__isnull=True, resolved_at__isnull=True
    )
    if edition.report.unit_id in unit_ids_with(user):
        rows = waiting.filter(author=user)
    else:
        rows = waiting.filter(audience=Audience.SHARED, unit_id__in=unit_ids_with(user))
    words: dict[str, list[str]] = {}
    for row in rows.order_by("at", "pk"):
        place = f"{row.indicator_code}: " if row.indicator_code else ""
        place = f"Đoạn {row.paragraph}: " if row.paragraph else place
        words.setdefault(row.part_code, []).append(f"{place}{' '.join(row.text.split())}")
    return {code: "; ".join(said)[:WORDS_LENGTH] for code, said in words.items()}


# --- giving back --------------------------------------------------------------------------------------


def give_back(
    edition: ReportEdition,
    action: Action,
    *,
    actor,
    key: str,
    note: str,
    details: ReturnDetails,
    uploaded=None,
) -> EditionEvent:
    """Trả lại, with a leader's marked-up file where there is one: both or neither.

    Raises as ``transitions.perform``, and FileRefused or StorageFailed.
    """
    step = {"actor": actor, "key": key, "note": note, "details": details}
    if uploaded is None:
        return perform(edition, action, **step)
    stored = store_file(uploaded, folder=attachments.FOLDER)
    with with_their_row(stored.name):
        event = perform(edition, action, **step)
        if event.attachments.exists():  # the same act once more
            remove_stored([stored.name])
        else:
            attachments.keep(edition, stored, AttachmentPurpose.MARKED_UP, event=event, actor=actor)
        return event
