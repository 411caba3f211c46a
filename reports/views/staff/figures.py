"""The table of figures in the editor: Cùng kỳ | Của đơn vị | Cấp dưới | Tổng, saved cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpResponseRedirect
from django.shortcuts import render

from models_dv.errors import ExpectedError, NotAllowed
from models_dv.vietnamese.numbers import format_number
from reports.domain import filling, kheo_proposals, series
from reports.domain.checks import FIGURES_PART
from reports.enums import FigureSource
from reports.errors import SaveConflict
from reports.forms.figures import STATE, VALUE, AdjustmentForm, Base, FiguresForm, write_base
from reports.models import Figure, Indicator
from reports.views.staff.base import save_state, why_locked
from reports.views.staff.editor_frame import Progress, code_beside, open_frame, part_url
from reports.views.staff.figure_lines import figure_table
from reports.views.staff.figure_rows import Sheet, bases, cell_url, given_of, load_sheet, rows_of

#: Button “Lấy số này”: its value is the code of the cell.
TAKE = "lay"


@dataclass
class Answer:
    """What became of a save: what could not be saved, and why."""

    form: FiguresForm | None = None
    adjustment: AdjustmentForm | None = None
    #: Figures that somebody else changed meanwhile, by indicator id.
    theirs: Mapping[int, Figure] = field(default_factory=dict)
    refused: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether everything that was sent is saved."""
        wrong_cells = self.form is not None and self.form.errors
        wrong_adjustment = self.adjustment is not None and self.adjustment.error
        return not (wrong_cells or wrong_adjustment or self.theirs or self.refused)

    @property
    def status(self) -> int:
        """Status of the page that shows it."""
        if self.is_complete:
            return 200
        return 409 if self.theirs or self.refused else 422


def answer(request, edition):
    """The part “SL” of the editor, for who may read it; POST is the unit's authors' (asked before)."""
    if request.method != "POST":
        return _show(request, edition, Answer())
    answered = _save(request, edition)
    if not answered.is_complete:
        edition.refresh_from_db(fields=["state", "revision", "unlocked_parts"])
        return _show(request, edition, answered)
    if TAKE in request.POST:
        return HttpResponseRedirect(cell_url(edition, request.POST[TAKE]))
    code = code_beside(edition, FIGURES_PART, 1) if "tiep" in request.POST else ""
    return HttpResponseRedirect(part_url(edition, code or FIGURES_PART))


def _save(request, edition) -> Answer:
    """Save every changed cell that can be saved; the others come back.

    With ``lay`` the cell named there is first filled in from the registry of “Dân vận khéo”.
    """
    report = edition.report
    rows = Indicator.objects.filter(version_id=report.round.outline_version_id)
    indicators = list(rows.select_related("group").order_by("order"))
    asked = [i for i in given_of(edition, indicators) if i.for_level(report.level) or not i.is_typed]
    data = _with_registry(request.POST, report, asked) if edition.reach is None else request.POST
    answered = Answer(form=FiguresForm(asked, data))
    try:
        answered.theirs = save_cells(edition, answered.form.entries, actor=request.user)
        if report.has_below:
            answered.adjustment = _save_adjustment(request, edition, indicators)
    except NotAllowed:
        raise
    except ExpectedError as error:
        answered.refused = error.message
    return answered


def _with_registry(data, report, indicators):
    """What was sent, with the number that was asked for by “Lấy số này” in its cell."""
    code = data.get(TAKE, "")
    found = kheo_proposals.proposals(report, indicators, {}).get(code) if code else None
    if found is None:
        return data
    data = data.copy()
    data[VALUE + code], data[STATE + code] = format_number(found.number), ""
    return data


def save_cells(edition, entries, *, actor, source=FigureSource.OWN) -> dict[int, Figure]:
    """Save all cells but those that somebody else changed meanwhile; returns these as they are stored."""
    theirs: dict[int, Figure] = {}
    while entries:
        try:
            filling.save_figures(edition, entries, actor=actor, source=source)
            break
        except SaveConflict as conflict:
            theirs |= conflict.theirs
            entries = {pk: entry for pk, entry in entries.items() if pk not in conflict.theirs}
    return theirs


def _save_adjustment(request, edition, indicators) -> AdjustmentForm | None:
    """The one adjustment that the form may hold; a wrong one comes back with the reason."""
    form = AdjustmentForm(indicators, request.POST)
    if form.is_filled and form.error is None:
        theirs = save_cells(edition, form.entries, actor=request.user, source=FigureSource.ADJUSTMENT)
        form.refuse(theirs, request.user)
    return form


def _show(request, edition, answered: Answer):
    """The table to fill in, or to read where it is locked."""
    if why_locked(request.user, edition, FIGURES_PART):
        return _show_locked(request, edition, answered)
    sheet = load_sheet(edition)
    refused = bool(answered.refused)
    groups = rows_of(sheet, answered.form, answered.theirs, actor=request.user, nothing_saved=refused)
    rows = [row for group in groups for row in group.rows]
    bad = [row for row in rows if row.bad_value or row.bad_note]
    unsaved = [row for row in rows if row.save == "failed" and row.errors]
    done = 0 < len(sheet.asked) == sheet.filled and not bad
    frame = open_frame(
        request.user,
        edition,
        FIGURES_PART,
        figures=Progress(sheet.filled > 0, done, sheet.changed_at, errors=len(bad)),
    )
    context = frame.context(**_save_state(sheet, answered, unsaved)) | {
        "groups": groups,
        "unsaved": unsaved,
        "refused": answered.refused,
        "has_below": sheet.has_below,
        "columns": 8 if sheet.has_below else 6,
        "error_count": len(bad),
        "warning_count": sum(bool(row.warnings) for row in rows),
        "filled_count": f"{sheet.filled}/{len(sheet.asked)}",
        "base": write_base(bases(sheet, answered.form)),
        "same_label": sheet.same.label,
        "same_words": series.same_period_words(sheet.same),
        "partial_words": sheet.partial_words,
        "adjustable": sheet.adjustable if sheet.has_below else (),
        "adjusted": sum(bool(row.adjustment) for row in rows),
        "adjustment": answered.adjustment,
        "adjustment_base": write_base({sheet.codes[pk]: Base.of(f) for pk, f in sheet.adjusted.items()}),
    }
    return render(request, "staff/editor/figures.html", context, status=answered.status)


def _show_locked(request, edition, answered: Answer):
    """The table as it is read; what could not be saved is listed, so that it can be copied."""
    frame = open_frame(request.user, edition, FIGURES_PART)
    typed = answered.form.typed if answered.form else {}
    context = frame.context() | {
        "figures": figure_table(edition, has_below=edition.report.has_below, with_warnings=False),
        "refused": answered.refused,
        "typed": [(code, row.value or row.state, row.note) for code, row in typed.items()],
    }
    return render(request, "staff/editor/figures_locked.html", context, status=answered.status)


def _save_state(sheet: Sheet, answered: Answer, unsaved) -> dict:
    """What the bar says of the last save."""
    if answered.refused:
        return {"save_state": "failed", "save_text": "Chưa lưu được"}
    if unsaved:
        return {"save_state": "failed", "save_text": f"{len(unsaved)} ô chưa lưu"}
    return save_state(sheet.changed_at)
