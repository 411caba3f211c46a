"""Writing into an edition: parts and figures, each with its own revision (architecture, decision 3)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from models_dv import clock
from models_dv.vietnamese.fold import normalize
from reports import permissions
from reports.domain import transitions
from reports.domain.checks import FIGURES_PART
from reports.enums import WRITABLE_STATES, Action, FigureSource, RoundState, State, ValueState
from reports.errors import MissingInput, SaveConflict, StaleEdition, StepNotPossible
from reports.models import EditionWriter, Figure, ReportEdition, SectionText

STILL_HERE = "Nội dung vừa nhập còn trên trang này; sao lại trước khi rời trang."


@dataclass(frozen=True)
class FigureEntry:
    """What a person put into one cell. ``value`` in the indicator's unit; ``base_revision`` 0 = no row yet."""

    value_state: str
    value: Decimal | None = None
    qualifier: str = ""
    text: str = ""
    note: str = ""
    base_revision: int = 0

    def same_as(self, figure: Figure | None) -> bool:
        """Whether the stored cell already says this."""
        if figure is None:
            return self.value_state == ValueState.EMPTY and not self.note
        stored = (figure.value_state, figure.value, figure.qualifier, figure.text, figure.note)
        return stored == (self.value_state, self.value, self.qualifier, self.text, self.note)


@transaction.atomic
def save_section(edition, section, *, text: str, done: bool, base_revision: int, actor) -> SectionText:
    """Save one part. Raises SaveConflict (with both texts) when somebody saved it since ``base_revision``."""
    _open_for_writing(edition, section.code, actor)
    text = normalize(text)
    now = clock.now()
    stored = SectionText.objects.filter(edition=edition, section=section).select_related("updated_by").first()
    if stored is None:
        stored = SectionText.objects.create(
            edition=edition, section=section, text=text, done=done, updated_at=now, updated_by=actor
        )
    elif (stored.text, stored.done) != (text, done):
        if stored.revision != base_revision:
            raise _conflict(stored, mine=text, theirs=stored)
        stored.text, stored.done, stored.updated_at, stored.updated_by = text, done, now, actor
        stored.revision += 1
        stored.save(update_fields=["text", "done", "updated_at", "updated_by", "revision"])
    _remember_writer(edition, actor)
    return stored


def _conflict(changed: SectionText | Figure, *, mine, theirs) -> SaveConflict:
    """The sentence names who last saved ``changed``, and when."""
    time = timezone.localtime(changed.updated_at).strftime("%H:%M")
    message = f"{changed.updated_by} vừa sửa phần này lúc {time}. So sánh hai bản trước khi lưu."
    return SaveConflict(message, mine=mine, theirs=theirs)


@transaction.atomic
def save_figures(
    edition, entries: dict[int, FigureEntry], *, actor, source: str = FigureSource.OWN
) -> dict[int, Figure]:
    """Save the cells given, by indicator id; cells not named stay. Returns the rows written.

    Raises SaveConflict with ``mine`` and ``theirs`` by indicator id when cells were changed by somebody
    else meanwhile; then nothing is saved.
    """
    _open_for_writing(edition, FIGURES_PART, actor)
    stored = {
        figure.indicator_id: figure
        for figure in Figure.objects.filter(
            edition=edition, source=source, indicator_id__in=list(entries)
        ).select_related("updated_by")
    }
    changed = {pk: entry for pk, entry in entries.items() if not entry.same_as(stored.get(pk))}
    theirs = {
        pk: stored[pk]
        for pk, entry in changed.items()
        if pk in stored and stored[pk].revision != entry.base_revision
    }
    if theirs:
        mine = {pk: changed[pk] for pk in theirs}
        raise _conflict(next(iter(theirs.values())), mine=mine, theirs=theirs)
    rows = {
        pk: _figure_row(edition, pk, entry, stored.get(pk), source, actor) for pk, entry in changed.items()
    }
    Figure.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["edition", "indicator", "source"],
        update_fields=[
            "value_state",
            "value",
            "qualifier",
            "text",
            "note",
            "revision",
            "updated_at",
            "updated_by",
        ],
    )
    _remember_writer(edition, actor)
    return rows


def _figure_row(edition, pk, entry: FigureEntry, stored, source, actor) -> Figure:
    note = normalize(entry.note)
    if entry.value_state == ValueState.NO_DATA and not note.strip():
        raise MissingInput("Ghi lý do chưa có số liệu", "note")
    value = Decimal(0) if entry.value_state == ValueState.NONE else entry.value
    return Figure(
        edition=edition,
        indicator_id=pk,
        source=source,
        value_state=entry.value_state,
        value=value,
        qualifier=entry.qualifier,
        text=normalize(entry.text),
        note=note,
        revision=stored.revision + 1 if stored else 1,
        updated_at=clock.now(),
        updated_by=actor,
    )


def _open_for_writing(edition: ReportEdition, part_code: str, actor) -> None:
    """Check the right and the state, begin an edition that was not begun, bump its revision.

    The bump is a compare-and-set on the state, so no save can slip behind a step that was just taken.
    """
    if not edition.is_writable:
        raise StaleEdition(
            f"Báo cáo đang ở tình trạng “{edition.get_state_display()}” nên không sửa được. {STILL_HERE}"
        )
    permissions.require_author(actor, edition.report)
    if edition.report.round.state == RoundState.CLOSED:
        raise StaleEdition(f"Đợt báo cáo đã khoá sổ nên không sửa được. {STILL_HERE}")
    if not edition.is_unlocked(part_code):
        raise StaleEdition("Phần này không nằm trong các phần được trả lại nên đang khoá.")
    if edition.state == State.NOT_STARTED:
        _begin(edition, actor)
    bumped = ReportEdition.objects.filter(
        pk=edition.pk, state__in=[str(state) for state in WRITABLE_STATES]
    ).update(revision=F("revision") + 1)
    if not bumped:
        raise StaleEdition(f"Báo cáo vừa được trình duyệt nên không lưu được nữa. {STILL_HERE}")


def _begin(edition: ReportEdition, actor) -> None:
    """Bắt đầu soạn; where somebody else began a moment ago, there is nothing to do."""
    try:
        transitions.perform(edition, Action.BEGIN, actor=actor, key=f"begin:{edition.pk}")
    except (StaleEdition, StepNotPossible):
        if ReportEdition.objects.filter(pk=edition.pk, state=State.NOT_STARTED).exists():
            raise


def _remember_writer(edition, actor) -> None:
    EditionWriter.objects.bulk_create([EditionWriter(edition=edition, user=actor)], ignore_conflicts=True)
