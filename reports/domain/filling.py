"""Writing into an edition: parts and figures, each with its own revision (architecture, decision 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from models_dv import clock
from models_dv.domain.put_rows import put_rows
from models_dv.vietnamese.fold import normalize
from reports import permissions
from reports.domain import transitions
from reports.domain.checks import FIGURES_PART
from reports.domain.known_outlines import known_outline
from reports.domain.last_change import last_step
from reports.domain.writers import Written, remember
from reports.enums import WRITABLE_STATES, Action, FigureSource, RoundState, State, ValueState
from reports.errors import MissingInput, SaveConflict, StaleEdition, StepNotPossible
from reports.models import Figure, ReportEdition, SectionText

#: What makes a cell the one it is.
FIGURE_KEYS = ["edition", "indicator", "source"]
#: What a saved cell writes over the stored one.
FIGURE_FIELDS = [
    "value_state",
    "value",
    "qualifier",
    "text",
    "note",
    "revision",
    "updated_at",
    "updated_by",
]
COMPARE = "So sánh hai bản trước khi lưu."
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
    open_for_writing(edition, [section.code], actor)
    text = normalize(text)
    stored = SectionText.objects.filter(edition=edition, section=section).select_related("updated_by").first()
    if stored is not None and (stored.text, stored.done) == (text, done):
        return stored
    if stored is not None and stored.revision != base_revision:
        raise conflict(stored, mine=text, theirs=stored, actor=actor)
    return write_text(edition, section, stored, text=text, done=done, actor=actor, at=clock.now())


def write_text(edition, section, stored: SectionText | None, *, text, done, actor, at) -> SectionText:
    """Put the text of one part over what is stored of it; the edition is open for writing."""
    before = Written(section.code)
    if stored is None:
        stored = SectionText.objects.create(
            edition=edition, section=section, text=text, done=done, updated_at=at, updated_by=actor
        )
    else:
        before = Written(section.code, stored.updated_by_id, stored.updated_at)
        stored.text, stored.done, stored.updated_at, stored.updated_by = text, done, at, actor
        stored.revision += 1
        stored.save(update_fields=["text", "done", "updated_at", "updated_by", "revision"])
    remember(edition, [before], actor=actor, at=at)
    return stored


def conflict(changed: SectionText | Figure, *, mine, theirs, actor) -> SaveConflict:
    """The sentence names who last saved ``changed``, and when."""
    message = f"{who_changed(changed, actor)}. {COMPARE}"
    return SaveConflict(message, mine=mine, theirs=theirs)


def who_changed(changed: SectionText | Figure, actor, place: str = "phần này") -> str:
    """“Lê Thị Mẫu vừa sửa phần này lúc 14:32”; of the person's own other tab it does not speak by name."""
    time = timezone.localtime(changed.updated_at).strftime("%H:%M")
    if changed.updated_by_id == actor.pk:
        place = place[0].upper() + place[1:]
        return f"{place} vừa được sửa ở thẻ hoặc máy khác của đồng chí lúc {time}"
    return f"{changed.updated_by} vừa sửa {place} lúc {time}"


@transaction.atomic
def save_figures(
    edition, entries: dict[int, FigureEntry], *, actor, source: str = FigureSource.OWN
) -> dict[int, Figure]:
    """Save the cells given, by indicator id; cells not named stay. Returns the rows written.

    Raises SaveConflict with ``mine`` and ``theirs`` by indicator id when cells were changed by somebody
    else meanwhile; then nothing is saved.
    """
    if source != FigureSource.OWN:
        permissions.require_author(actor, edition.report)
    open_for_writing(edition, [FIGURES_PART], actor, indicator_ids=entries)
    rows = Figure.objects.filter(edition=edition, source=source, indicator_id__in=list(entries))
    stored = {figure.indicator_id: figure for figure in rows}
    changed, theirs = compare(entries, stored)
    if theirs:
        with_names = Figure.objects.select_related("updated_by").in_bulk([f.pk for f in theirs.values()])
        theirs = {pk: with_names[figure.pk] for pk, figure in theirs.items()}
        mine = {pk: entries[pk] for pk in theirs}
        raise conflict(next(iter(theirs.values())), mine=mine, theirs=theirs, actor=actor)
    return write_figures(edition, changed, stored, actor=actor, at=clock.now(), source=source)


def compare(
    entries: Mapping[int, FigureEntry], stored: Mapping[int, Figure]
) -> tuple[dict[int, FigureEntry], dict[int, Figure]]:
    """(what is to be written, what somebody else changed since it was seen), by indicator id.

    A cell that says what is stored already is neither.
    """
    changed, theirs = {}, {}
    for pk, entry in entries.items():
        figure = stored.get(pk)
        if entry.same_as(figure):
            continue
        if figure is not None and figure.revision != entry.base_revision:
            theirs[pk] = figure
        else:
            changed[pk] = entry
    return changed, theirs


def write_figures(
    edition, entries: Mapping[int, FigureEntry], stored: Mapping[int, Figure], *, actor, at, source
) -> dict[int, Figure]:
    """Put cells over what is stored of them, in one statement; the edition is open for writing."""
    if not entries:
        return {}
    rows = {
        pk: _figure_row(edition, pk, entry, stored.get(pk), source, actor, at)
        for pk, entry in entries.items()
    }
    attributes = [Figure._meta.get_field(name).attname for name in (*FIGURE_KEYS, *FIGURE_FIELDS)]
    put_rows(
        Figure,
        (*FIGURE_KEYS, *FIGURE_FIELDS),
        FIGURE_KEYS,
        [[getattr(row, name) for name in attributes] for row in rows.values()],
    )
    own = [pk for pk in rows if not _is_his(stored.get(pk), edition, actor)]
    if own:
        codes = known_outline(edition.report.round.outline_version).by_id
        places = [_written(codes[pk].code, stored.get(pk)) for pk in own]
        remember(edition, places, actor=actor, at=at)
    return rows


def _is_his(stored: Figure | None, edition, actor) -> bool:
    """Whether the cell was written last by the same person since the edition was opened for writing."""
    return stored is not None and stored.updated_by_id == actor.pk and stored.updated_at >= edition.state_at


def _written(code: str, stored: Figure | None) -> Written:
    return Written(code, stored.updated_by_id, stored.updated_at) if stored else Written(code)


def _figure_row(edition, pk, entry: FigureEntry, stored, source, actor, at) -> Figure:
    note = normalize(entry.note)
    if entry.value_state == ValueState.NO_DATA and not note.strip():
        raise MissingInput("Ghi lý do chưa có số liệu", "note")
    value = Decimal(0) if entry.value_state == ValueState.NONE else entry.value
    return Figure(
        edition_id=edition.pk,
        indicator_id=pk,
        source=source,
        value_state=entry.value_state,
        value=value,
        qualifier=entry.qualifier,
        text=normalize(entry.text),
        note=note,
        revision=stored.revision + 1 if stored else 1,
        updated_at=at,
        updated_by_id=actor.pk,
    )


def open_for_writing(
    edition: ReportEdition, part_codes: Sequence[str], actor, *, indicator_ids: Iterable[int] = ()
) -> None:
    """Check the right and the state, begin an edition that was not begun, bump its revision.

    ``indicator_ids``: the cells that are meant, in the part of figures. The bump is a compare-and-set on
    the state, so no save can slip behind a step that was just taken; until the transaction ends it also
    keeps every other save of the edition waiting, so what is read after it stays as it was read.
    """
    if not edition.is_writable:
        raise StaleEdition(
            f"{last_step(edition)} Báo cáo đang ở tình trạng “{edition.get_state_display()}” "
            f"nên không sửa được. {STILL_HERE}".strip()
        )
    for code in part_codes:
        permissions.require_writer(actor, edition.report, code, indicator_ids if code == FIGURES_PART else ())
    if edition.report.round.state == RoundState.CLOSED:
        raise StaleEdition(f"Đợt báo cáo đã khoá sổ nên không sửa được. {STILL_HERE}")
    if not all(edition.is_unlocked(code) for code in part_codes):
        raise StaleEdition("Phần này không nằm trong các phần được trả lại nên đang khoá.")
    if edition.state == State.NOT_STARTED:
        _begin(edition, actor)
    bumped = ReportEdition.objects.filter(
        pk=edition.pk, state__in=[str(state) for state in WRITABLE_STATES]
    ).update(revision=F("revision") + 1)
    if not bumped:
        raise StaleEdition(
            f"{last_step(edition)} Báo cáo vừa được trình duyệt nên không lưu được nữa. {STILL_HERE}".strip()
        )


def _begin(edition: ReportEdition, actor) -> None:
    """Bắt đầu soạn; where somebody else began a moment ago, there is nothing to do."""
    try:
        transitions.perform(edition, Action.BEGIN, actor=actor, key=f"begin:{edition.pk}")
    except (StaleEdition, StepNotPossible):
        if ReportEdition.objects.filter(pk=edition.pk, state=State.NOT_STARTED).exists():
            raise
