"""A report as it is looked over: each part with what changed in it, in ready words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models_dv.vietnamese.numbers import format_number, format_signed
from reports.documents.builders import own_words, value_words
from reports.domain.known_outlines import KnownOutline
from reports.domain.milestones import ADJUSTMENT_MARK, Cell
from reports.domain.narrative import parse_narrative
from reports.domain.review import FigureChange
from reports.domain.word_diff import SAME, Line, compare, lines_of
from reports.enums import FigureSource, IndicatorOp, ValueState
from reports.models import Figure, Indicator
from reports.views.staff.comment_rows import CommentRow
from reports.views.staff.figure_lines import SameFigure, change_words, same_figure
from reports.views.staff.parts import Part
from reports.views.staff.review_findings import Looked
from reports.views.staff.text_checks import InWords

NOTHING = "–"


@dataclass(frozen=True)
class ChangedFigure:
    """One figure before and now: “250” → “300”, “+50 (+20%)”; ``note`` where the note changed.

    ``warnings``: what the checks say of it; ``reason``: the note beside them where it did not change.
    """

    code: str
    name: str
    unit_name: str
    old: str
    new: str
    change: str
    note: tuple[Line, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str = ""
    is_explained: bool = False
    is_text: bool = False


@dataclass(frozen=True)
class WholeFigure:
    """One figure as it stands, beside the same period; ``warnings``: what the checks say of it."""

    code: str
    name: str
    unit_name: str
    own: str
    below: str
    total: str
    same: SameFigure
    change: str
    note: str
    warnings: tuple[str, ...] = ()
    is_text: bool = False


@dataclass(frozen=True)
class Piece:
    """A paragraph (``line``), or the rows of a table (``blocks``), which begin with paragraph ``number``."""

    number: int | None
    line: Line | None = None
    blocks: tuple = ()


@dataclass
class ReviewPart:
    """One part on the page. ``changed``: against what is compared with; None where nothing is.

    ``asked``: what the last return asks of it; ``words``: what is to be looked at in its words; ``partial_words``:
    units below are missing in the totals.
    """

    part: Part
    heading: str
    changed: bool | None = None
    pieces: list[Piece] = field(default_factory=list)
    changed_figures: list[ChangedFigure] = field(default_factory=list)
    groups: list[tuple[str, list[WholeFigure]]] = field(default_factory=list)
    seen: bool = False
    comments: list[CommentRow] = field(default_factory=list)
    comment_form: object = None
    returns_it: bool = False
    changed_at: datetime | None = None
    asked: CommentRow | None = None
    words: list[InWords] = field(default_factory=list)
    partial_words: str = ""

    @property
    def places_to_look_at(self) -> int:
        """Places of which the checks say something, in the words and in the figures that are shown."""
        shown = [*self.changed_figures, *(figure for _title, group in self.groups for figure in group)]
        return len(self.words) + sum(bool(figure.warnings) for figure in shown)

    @property
    def open_count(self) -> int:
        """Comments that wait."""
        return sum(not comment.settled for comment in self.comments)


def changed_pieces(old: str, new: str) -> list[Piece]:
    """Both texts in one, paragraph by paragraph."""
    return [Piece(line.number, line) for line in compare(old, new)]


def whole_pieces(text: str) -> list[Piece]:
    """A text as it is read; its paragraphs are counted, a table is one piece."""
    pieces, rows = [], []
    for number, line in enumerate([*lines_of(text), ""], start=1):
        if line.startswith("|"):
            rows.append((number, line))
            continue
        if rows:
            table = parse_narrative("\n".join(row for _number, row in rows))
            pieces.append(Piece(rows[0][0], blocks=table))
            rows = []
        if line:
            pieces.append(Piece(number, Line(((SAME, line),), number)))
    return pieces


# --- figures ------------------------------------------------------------------------------------------


def changed_rows(
    changes: dict[str, FigureChange],
    outline: KnownOutline,
    warnings: Mapping[str, tuple[str, ...]] | None = None,
) -> list[ChangedFigure]:
    """The changed figures in the order of the outline, an adjustment under its indicator.

    ``warnings`` by indicator code; they stand beside the figure, or beside the adjustment alone.
    """
    rows, told = [], dict(warnings or {})
    for indicator in outline.indicators:
        for mark, name in (("", indicator.name), (ADJUSTMENT_MARK, f"{indicator.name} (điều chỉnh số tổng)")):
            change = changes.get(f"{indicator.code}{mark}")
            if change is not None:
                rows.append(_changed_row(indicator, name, change, told.pop(indicator.code, ())))
    return rows


def _changed_row(
    indicator: Indicator, name: str, change: FigureChange, warnings: tuple[str, ...]
) -> ChangedFigure:
    note = compare(change.old.note, change.new.note) if change.old.note != change.new.note else ()
    return ChangedFigure(
        code=indicator.code,
        name=name,
        unit_name=indicator.unit_name,
        old=cell_words(indicator, change.old),
        new=cell_words(indicator, change.new),
        change=_difference(change),
        note=tuple(note),
        warnings=warnings,
        reason="" if note else change.new.note,
        is_explained=bool(change.new.note),
        is_text=indicator.op == IndicatorOp.TEXT,
    )


def cell_words(indicator: Indicator, cell: Cell) -> str:
    """What a cell said: “gần 250”, “Không phát sinh”; “–” for an empty one."""
    if cell.state == ValueState.EMPTY:
        return NOTHING
    if cell.state in (ValueState.NONE, ValueState.NO_DATA):
        return ValueState(cell.state).label
    return (
        cell.text if indicator.op == IndicatorOp.TEXT else value_words(cell.value, cell.qualifier, indicator)
    )


def _difference(change: FigureChange) -> str:
    """“+50 (+20%)”; "" where there is no number on one of the sides, or it is the same."""
    old, new = change.old.value, change.new.value
    if old is None or new is None or old == new:
        return ""
    words = format_signed(new - old)
    if change.percent is None:
        return words
    sign = "+" if change.percent > 0 else "−"
    return f"{words} ({sign}{format_number(abs(change.percent).quantize(1))}%)"


def whole_groups(
    report, outline: KnownOutline, figures: list[Figure], looked: Looked
) -> list[tuple[str, list[WholeFigure]]]:
    """Every figure of the edition under its group; no query."""
    own = {figure.indicator_id: figure for figure in figures if figure.source == FigureSource.OWN}
    groups: dict[str, list[WholeFigure]] = {}
    for indicator in outline.indicators:
        row = _whole_row(indicator, own.get(indicator.pk), looked, report.has_below)
        if row.own or row.total or indicator.for_level(report.level):
            groups.setdefault(str(indicator.group), []).append(row)
    return list(groups.items())


def _whole_row(indicator, figure, looked: Looked, has_below: bool) -> WholeFigure:
    total, last_year = looked.numbers[indicator.code], looked.same
    own = own_words(indicator, figure, total)
    value = total.total if has_below else total.own
    known = last_year.known(indicator.code, on_total=has_below)
    return WholeFigure(
        code=indicator.code,
        name=indicator.name,
        unit_name=indicator.unit_name,
        own=own,
        below=value_words(total.below, "", indicator) if has_below else "",
        total=value_words(total.total, total.qualifier, indicator) if has_below else "",
        same=same_figure(last_year, indicator, on_total=has_below),
        change="" if looked.partial_words else change_words(indicator, value, known),
        note=figure.note if figure and figure.value_state != ValueState.EMPTY else "",
        warnings=looked.warnings.get(indicator.code, ()),
        is_text=indicator.op == IndicatorOp.TEXT,
    )
