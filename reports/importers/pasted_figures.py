"""A block copied from a sheet into the table of figures: which cell each of its values belongs to.

A row with a code or a name goes to that indicator, wherever the person stands; his cell decides only between several
that a name may mean. Values without either go downwards from his cell. The column of this period is known by its
header, or is the only one with values. Where that is not sure, nothing is taken: a wrong figure is saved a moment
later and looks like a right one.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import pairwise

from models_dv.domain.sheets import CellError
from models_dv.vietnamese.fold import fold, normalize
from reports.domain.filling import FigureEntry
from reports.enums import IndicatorOp
from reports.importers.figure_grid import (
    ASKED,
    CLEAR,
    COMPUTED,
    MOST_COLUMNS,
    NOTES,
    UNKNOWN,
    FigureRow,
    FigureTable,
    IndicatorNames,
    header_rank,
    is_header,
    read_table,
)
from reports.importers.figure_values import read_cell, says_value
from reports.models import Indicator

MOST_ROWS, LONGEST_TEXT, LONGEST_NAME = 300, 100_000, 40
TOO_LARGE = (
    f"Khối vừa dán có hơn {MOST_ROWS} dòng hoặc {MOST_COLUMNS} cột. Sao ít hơn, hoặc nhập từ tệp Excel."
)
NO_VALUES = "Khối vừa dán không có cột số của kỳ này."
WHICH_COLUMN = (
    "Chưa rõ cột nào là số của kỳ này. Sao cả dòng tiêu đề (“Năm 2025”, “Số liệu” …), "
    "hoặc chỉ sao một cột số."
)
WHICH_ROWS = "Chưa nhận ra tên chỉ tiêu trong khối vừa dán. Sao cả cột mã chỉ tiêu, hoặc chỉ sao một cột số."
#: What a row of a sheet begins with when it only names what follows: “I.”, “A)”, “2.1.”.
_NUMBERED = re.compile(r"(?:[ivx]+|[a-z]|\d+(?:\.\d+)*)[.)/]\s*\D.*|phan .*|nhom .*", re.DOTALL)
_YEAR = re.compile(r"(?:nam )?(?:19|20)\d\d")

Rows = list[tuple[int, list[str]]]


@dataclass
class Pasted:
    """What the block says: entries by code; ``left``: sentences on what was not taken; ``problem``: why nothing was."""

    entries: dict[str, FigureEntry] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    problem: str = ""


def read_pasted(text: str, names: IndicatorNames, asked: Sequence[Indicator], at: str) -> Pasted:
    """Read a block of cells (tabs and lines, as a sheet puts it on the clipboard).

    ``asked``: the indicators that the person fills, in the order of his table; ``at``: the code of his cell.
    """
    if len(text) > LONGEST_TEXT:
        return Pasted(problem=TOO_LARGE)
    rows = _rows(text)
    width = max((len(cells) for _number, cells in rows), default=0)
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        return Pasted(problem=TOO_LARGE)
    filled = [(number, cells) for number, cells in rows if any(cells)]
    table = read_table(filled, names, least=1) if width > 1 else None
    codes = [indicator.code for indicator in asked]
    if table is not None:
        pasted = _by_name(table, filled, names, codes, at)
    else:
        pasted = _Downwards(rows, width, names.year).read(asked[codes.index(at) :] if at in codes else ())
    if not (pasted.entries or pasted.left or pasted.problem):
        pasted.problem = NO_VALUES
    return pasted


def _rows(text: str) -> Rows:
    """(number, cells) of the block; a cell with line breaks or tabs stands in quotes, a lonely quote is a letter."""
    quoting = csv.QUOTE_NONE if text.count('"') % 2 else csv.QUOTE_MINIMAL
    lines = csv.reader(StringIO(normalize(text), newline=""), delimiter="\t", quoting=quoting)
    return [
        (number, [" ".join(cell.split()) for cell in cells]) for number, cells in enumerate(lines, start=1)
    ]


# --- rows that say what they tell of ----------------------------------------------------------------------


def _by_name(table: FigureTable, rows: Rows, names: IndicatorNames, asked: Sequence[str], at: str) -> Pasted:
    if table.column is None or _may_be_template(table, rows, names):
        return Pasted(problem=WHICH_COLUMN if table.columns else NO_VALUES)
    pasted, place = Pasted(), asked.index(at) if at in asked else len(asked)
    with_code = {number for number, cells in rows if names.by_code.keys() & set(cells)}
    for row in table.rows:
        is_empty = row.cell in (None, "")
        if is_empty and row.status == UNKNOWN:
            continue
        here, place = asked[place : place + 1], place + 1
        if is_empty:
            continue
        # Of several that a name may mean, the one beside which the person stands.
        if row.status == ASKED and row.number not in with_code and set(here) & set(row.likely):
            row = replace(row, status=CLEAR, likely=tuple(here))
        reason = _not_taken(row, asked)
        if reason:
            pasted.left.append(f"{_place(row)}: {reason}.")
        else:
            _take(pasted, names.by_code[row.code], row.cell, row.note, _place(row))
    return pasted


def _may_be_template(table: FigureTable, rows: Rows, names: IndicatorNames) -> bool:
    """Whether the one column with values may be “Cùng kỳ” of our own table, “Số liệu” beside it being empty."""
    place = table.column.place
    known = [cells for _number, cells in rows if names.by_code.keys() & set(cells[:place])]
    has_header = any(is_header(cell) for _number, cells in rows for cell in cells[place : place + 1])
    right = [cells[place + 1] for cells in known if len(cells) > place + 1]
    return bool(known) and not has_header and bool(right) and not any(right)


def _not_taken(row: FigureRow, asked: Sequence[str]) -> str:
    if row.status == UNKNOWN:
        return "không có chỉ tiêu nào tên như vậy"
    if row.status == ASKED:
        return f"chưa rõ là chỉ tiêu nào ({', '.join(row.likely)})"
    if row.status == COMPUTED:
        return f"{row.code} do hệ thống tự tính"
    return "" if row.status == CLEAR and row.code in asked else f"{row.code} không nhập ở bảng này"


def _place(row: FigureRow) -> str:
    return f"Dòng {row.number} “{_short(row.name)}”"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME].rstrip()}…"


def _take(pasted: Pasted, indicator: Indicator, cell: str, note: str, place: str) -> None:
    try:
        entry = read_cell(indicator, cell, note)
    except CellError as error:
        mend = f". {error.mend}" if error.mend else ""
        pasted.left.append(f"{place}: {error.message}{mend}.")
    else:
        if entry is not None:
            pasted.entries[indicator.code] = entry


# --- values alone, downwards ------------------------------------------------------------------------------


class _Downwards:
    """Values one below the other, perhaps with headings of groups between them and notes beside them."""

    def __init__(self, rows: Rows, width: int, year: int):
        self.pasted, self.width, self.year = Pasted(), width, year
        self.rows = [row for row in rows if not self._is_heading(row)]
        first = self.rows[0][1] if self.rows else []
        above = any(is_header(cell) or _YEAR.fullmatch(fold(cell)) for cell in first)
        self.headers = self.rows.pop(0)[1] if above else []

    def read(self, asked: Sequence[Indicator]) -> Pasted:
        """The values, each in the next cell; an empty one passes over its cell."""
        problem = self._choose()
        if problem:
            return Pasted(problem=problem)
        for place, (number, cells) in enumerate(self.rows):
            value = self._cell(cells, self.values)
            if not value:
                continue
            if place >= len(asked):
                self.pasted.left.append(f"Dòng {number} “{_short(value)}”: bảng không còn ô nào ở dưới.")
            elif asked[place].op == IndicatorOp.TEXT:
                self.pasted.left.append(f"Dòng {number} “{_short(value)}”: {asked[place].code} là ô ghi chữ.")
            else:
                indicator = asked[place]
                note = self._cell(cells, self.notes)
                note = "" if fold(note) == fold(indicator.unit_name) else note
                _take(self.pasted, indicator, value, note, f"Dòng {number}, ô {indicator.code}")
        return self.pasted

    def _choose(self) -> str:
        """Find the columns of values and notes; why they cannot be found."""
        columns = {p: [self._cell(cells, p) for _number, cells in self.rows] for p in range(self.width)}
        filled = {place: [cell for cell in cells if cell] for place, cells in columns.items()}
        values = [p for p, cells in filled.items() if cells and all(map(says_value, cells))]
        words = [p for p, cells in filled.items() if cells and p not in values]
        if self.headers:
            ranks = {p: header_rank(self._cell(self.headers, p), self.year) for p in values}
            values = [p for p in values if ranks[p] and ranks[p] == max(ranks.values())]
        if not values:
            return self._no_values(filled) if self.width == 1 else NO_VALUES
        if len(values) > 1:
            return WHICH_COLUMN
        self.values = values[0]
        if any(place < self.values for place in words) or (words and _counts(filled[self.values])):
            return WHICH_ROWS
        self.notes = next((p for p in words if len(words) == 1 and self._may_hold_notes(p)), None)
        return ""

    def _no_values(self, filled) -> str:
        number, cell = next(
            (
                (number, cells[0])
                for number, cells in self.rows
                if cells[:1] and cells[0] and not says_value(cells[0])
            ),
            (0, ""),
        )
        if not number:
            return NO_VALUES
        return (
            f"Dòng {number} “{_short(cell)}” không phải số nên chưa rõ các số sau thuộc ô nào. "
            "Sao kèm cột mã hoặc tên chỉ tiêu, hoặc chỉ sao các ô số."
        )

    def _may_hold_notes(self, place: int) -> bool:
        return not self.headers or NOTES.match(fold(self._cell(self.headers, place))) is not None

    def _is_heading(self, row: tuple[int, list[str]]) -> bool:
        """A row that only names what follows takes no cell of the table."""
        number, cells = row
        said = [cell for cell in cells if cell]
        if len(said) != 1 or says_value(said[0]):
            return False
        is_one = is_header(said[0]) or _NUMBERED.fullmatch(fold(said[0])) is not None
        if is_one:
            self.pasted.left.append(f"Dòng {number} “{_short(said[0])}”: dòng tiêu đề.")
        return is_one

    @staticmethod
    def _cell(cells: Sequence[str], place: int | None) -> str:
        return "" if place is None or place >= len(cells) else cells[place]


def _counts(cells: Sequence[str]) -> bool:
    """Whether a column only numbers the rows: 1, 2, 3 or 4., 5."""
    numbers = [cell.rstrip(".") for cell in cells]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return False
    return all(int(after) - int(before) == 1 for before, after in pairwise(numbers))
