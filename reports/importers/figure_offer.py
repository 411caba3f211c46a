"""Figures read from tables, laid beside those of the report: old → new, what cannot be taken and why.

A row of a table goes into the report only where it is ticked; ticked at first is what is clear, readable and
different. Of our template a figure that nobody changed in Excel is not ticked: the portal's may be newer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models_dv.domain.sheets import CellError
from models_dv.vietnamese.numbers import format_qualified
from reports.domain.checks import magnitude_warning
from reports.domain.filling import FigureEntry
from reports.enums import ValueState
from reports.forms.figures import Base, Typed
from reports.importers.figure_grid import (
    ASKED,
    CLEAR,
    COMPUTED,
    FOREIGN,
    UNKNOWN,
    Column,
    FigureRow,
    IndicatorNames,
    read_table,
)
from reports.importers.figure_values import cell_words, read_cell
from reports.models import Figure, Indicator

CLEARED = "(để trống)"
#: A form holds no more; further rows that are not clear are listed as unknown.
MOST_ROWS = 200
TWICE = "Đã có dòng khác chọn chỉ tiêu {code}. Mỗi chỉ tiêu chỉ lấy một dòng"


@dataclass
class Offered:
    """A row that tells of an indicator, or may. ``place`` says where it stands; every text is ready to show."""

    key: str
    place: str
    name: str
    status: str
    likely: list[Indicator]
    indicator: Indicator | None = None
    shown: str = ""
    old: str = ""
    new: str = ""
    note: str = ""
    error: str = ""
    warning: str = ""
    entry: FigureEntry | None = None
    is_same: bool = False
    #: Our template: the figure is as it was when the template was made, the report's is not.
    is_older: bool = False
    chosen: bool = False

    @property
    def is_asked(self) -> bool:
        """Whether the person must say which indicator is meant."""
        return self.status == ASKED

    @property
    def can_be_chosen(self) -> bool:
        """Whether it could be saved."""
        return self.entry is not None and not self.is_same and not self.error


@dataclass
class OfferedTable:
    """What one table offers; ``unknown`` are rows with a value that fit no indicator, (place, name, value)."""

    key: str
    label: str
    columns: Sequence[Column]
    column: Column | None
    is_ours: bool = False
    rows: list[Offered] = field(default_factory=list)
    unknown: list[tuple[str, str, str]] = field(default_factory=list)
    computed: int = 0
    foreign: int = 0
    same: int = 0
    empty: int = 0

    @property
    def wrong(self) -> int:
        """Rows that cannot be taken."""
        return sum(bool(row.error) for row in self.rows)

    @property
    def wrong_words(self) -> str:
        """What to do about them."""
        return f"{self.wrong} dòng lỗi không nhập được. Sửa trong tệp rồi tải lên lại, hoặc nhập các dòng còn lại."


@dataclass(frozen=True)
class _Page:
    """What is looked at together: the report's indicators and figures, what the person said so far."""

    names: IndicatorNames
    own: Mapping[int, Figure]
    codes: Mapping[str, str]
    ticked: Collection[str] | None
    #: Tables whose column was chosen just now: nothing was said of their rows yet.
    fresh: Collection[str] = ()
    #: Indicators of which a row is chosen already.
    taken: set[str] = field(default_factory=set)


def offered_tables(
    grids: Sequence[Mapping],
    names: IndicatorNames,
    own: Mapping[int, Figure],
    *,
    codes: Mapping[str, str],
    ticked: Collection[str] | None,
    fresh: Collection[str] = (),
) -> list[OfferedTable]:
    """The tables of a content as ``ReportImport`` keeps it, beside the report's own figures (by indicator id).

    ``codes``: the indicators that the person chose for rows that may mean several, by the rows' keys; ``ticked``:
    the keys of the rows to be saved, None as long as he said nothing; ``fresh``: the places of the tables whose
    column was chosen just now, whose rows he has not seen.
    """
    page = _Page(names, own, codes, ticked, fresh)
    return [_offered_table(str(place), grid, page) for place, grid in enumerate(grids)]


def chosen_entries(tables: Sequence[OfferedTable]) -> dict[int, FigureEntry]:
    """What is to be saved, by indicator id; base revisions are those of the form, to be set by the caller."""
    return {
        row.indicator.pk: row.entry
        for table in tables
        for row in table.rows
        if row.chosen and row.can_be_chosen and row.indicator
    }


def _offered_table(key: str, grid: Mapping, page: _Page) -> OfferedTable:
    rows = [(number, cells) for number, cells in grid["rows"]]
    table = read_table(rows, page.names, grid["column"])
    if table is None:
        return OfferedTable(key, grid["label"], (), None)
    is_ours = any(row.mark is not None for row in table.rows)
    offered = OfferedTable(key, grid["label"], table.columns, table.column, is_ours)
    for row in table.rows if table.column else ():
        _sort_in(offered, row, page)
    return offered


def _sort_in(table: OfferedTable, row: FigureRow, page: _Page) -> None:
    """Put one row where it belongs: to be chosen, or counted among those that need nothing."""
    is_empty = row.cell is None or row.cell == ""
    if row.status == UNKNOWN or (row.status == ASKED and len(table.rows) >= MOST_ROWS):
        if not is_empty:
            table.unknown.append((f"Dòng {row.number}", row.name, cell_words(row.cell)))
    elif row.status == COMPUTED:
        table.computed += 1
    elif row.status == FOREIGN:
        table.foreign += 1
    elif is_empty and not _is_cleared(row, page):
        table.empty += 1
    else:
        offered = _offered(f"{table.key}-{row.number}", row, table.column, page)
        _claim(offered, page)
        if offered.is_same and not offered.is_asked:
            table.same += 1
        else:
            table.rows.append(offered)


def _is_cleared(row: FigureRow, page: _Page) -> bool:
    """Whether somebody emptied the cell of our template while the report still holds the figure."""
    if row.mark in (None, "", Typed().mark) or not row.code:
        return False
    figure = page.own.get(page.names.by_code[row.code].pk)
    return figure is not None and figure.value_state != ValueState.EMPTY


def _offered(key: str, row: FigureRow, column: Column, page: _Page) -> Offered:
    names = page.names
    code = row.code or page.codes.get(key, "")
    code = code if code in row.likely else ""
    likely = [names.by_code[known] for known in row.likely if names.status(known) == CLEAR]
    offered = Offered(
        key, f"Dòng {row.number}", row.name, row.status, likely, names.by_code.get(code), cell_words(row.cell)
    )
    if offered.indicator is not None:
        _read(offered, row, column, page)
    return offered


def _read(offered: Offered, row: FigureRow, column: Column, page: _Page) -> None:
    """Read the cell for the row's indicator and lay it beside the report's figure."""
    figure = page.own.get(offered.indicator.pk)
    offered.old = entry_words(figure)
    try:
        entry = read_cell(offered.indicator, row.cell, row.note) or FigureEntry(ValueState.EMPTY)
    except CellError as error:
        mend = f". {error.mend}" if error.mend else ""
        offered.error = f"Dòng {row.number}, cột {column.header}: {error.message}{mend}"
        return
    keeps_note = figure is not None and figure.value_state != ValueState.NO_DATA
    if keeps_note and not entry.note and entry.value_state != ValueState.EMPTY:
        entry = replace(entry, note=figure.note)
    offered.entry, offered.new, offered.note = entry, entry_words(entry) or CLEARED, entry.note
    offered.is_same = entry.same_as(figure)
    if figure is not None and figure.value is not None and entry.value is not None:
        offered.warning = magnitude_warning(entry.value, figure.value)
    is_untouched = row.mark is not None and Typed.of(entry).mark == row.mark
    offered.is_older = is_untouched and not offered.is_same
    is_plain = row.status == CLEAR and not offered.is_older and entry.value_state != ValueState.EMPTY
    is_unsaid = page.ticked is None or offered.key.partition("-")[0] in page.fresh
    ticked = is_plain if is_unsaid else offered.key in page.ticked
    offered.chosen = ticked and offered.can_be_chosen


def _claim(offered: Offered, page: _Page) -> None:
    """One row an indicator: of two that are ticked the second is refused."""
    if not offered.chosen or offered.indicator is None:
        return
    code = offered.indicator.code
    if code in page.taken:
        offered.error, offered.chosen = TWICE.format(code=code), False
    page.taken.add(code)


def entry_words(figure: Figure | FigureEntry | None) -> str:
    """A cell in words: “gần 250”, “Không phát sinh”, a text; "" for an empty one."""
    if figure is None or figure.value_state == ValueState.EMPTY:
        return ""
    if figure.value_state in (ValueState.NONE, ValueState.NO_DATA):
        return ValueState(figure.value_state).label
    return figure.text or format_qualified(figure.value, figure.qualifier)


def bases_of(tables: Sequence[OfferedTable], own: Mapping[int, Figure]) -> dict[str, Base]:
    """What each cell that may be saved is now, by code; for the form's hidden field."""
    codes = {
        indicator.code: own[indicator.pk]
        for table in tables
        for row in table.rows
        for indicator in ([row.indicator] if row.indicator else row.likely)
        if indicator.pk in own
    }
    return {code: Base.of(figure) for code, figure in codes.items()}
