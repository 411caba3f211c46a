"""Reading a sheet of any noun: every cell by its column's reader, every row as a whole, rows that are there twice."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from models_dv.domain.sheets import CellError, Problem, SheetKind
from models_dv.importers import row_files
from models_dv.importers.cells import is_empty, shown
from models_dv.importers.row_files import DUPLICATE, ERROR, VALID, CheckedRow
from models_dv.importers.workbook import OpenSheet
from models_dv.models import Unit

TWICE = "Trùng với dòng {number} của tệp"
TWICE_MEND = "Xoá một trong hai dòng"
MARKED = Problem(
    "STT",
    "Ví dụ",
    "Dòng còn ghi “Ví dụ” nên chưa biết có phải dữ liệu không",
    "Xoá chữ “Ví dụ” để nhập dòng này; dòng không cần nhập thì xoá cả dòng",
)
KNOWN_MEND = "Bỏ dòng này, hoặc sửa mục đã có ở trang của nó"


@dataclass
class Checked:
    """What came out: the file of rows, and how many of each."""

    rows_file: str = ""
    valid: int = 0
    wrong: int = 0
    duplicates: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All rows that hold something."""
        return self.valid + self.wrong + self.duplicates


def check(sheet: OpenSheet, kind: SheetKind, unit: Unit, advance: Callable[[int], None]) -> Checked:
    """Read and check every row; ``advance`` is told the number of rows read, again and again.

    Asks the database only for what stands in the register already, and for what cells name.
    """
    seen: dict[Hashable, int] = {}
    checked, places = Checked(), []
    named = [(place, column.key) for place, column in enumerate(kind.columns) if column.key in kind.lookups]
    naming: dict[str, list[tuple[int, int, str]]] = {key: [] for _place, key in named}
    for count, (number, raw) in enumerate(sheet.rows(), start=1):
        row, values = check_row(kind, number, sheet.cells(raw))
        if sheet.is_marked(raw):
            row.mark, row.problems = ERROR, [MARKED, *row.problems]
        identity = kind.identity(values, unit) if row.mark == VALID else None
        if identity is not None and identity in seen:
            _mark(row, TWICE.format(number=seen[identity]), TWICE_MEND)
        elif identity is not None:
            seen[identity] = number
            places.append((identity, len(checked.lines)))
        for place, key in named:
            if row.mark == VALID and row.values[place] is not None:
                naming[key].append((len(checked.lines), place, row.values[place]))
        checked.lines.append(row.line())
        advance(count)
    _mark_known(checked, kind, unit, places)
    for key, cells in naming.items():
        _look_up(checked, kind, key, cells)
    for line in checked.lines:
        _count(checked, line[0])
    checked.rows_file = row_files.keep(checked.lines)
    return checked


def check_row(kind: SheetKind, number: int, cells: list) -> tuple[CheckedRow, dict]:
    """One row with what is wrong with it; and its values by key, as the model stores them."""
    values, problems = [], []
    for column, raw in zip(kind.columns, cells, strict=True):
        value = None
        if raw == "" or is_empty(raw):
            if column.required:
                name = column.header[0].lower() + column.header[1:]
                example = f"Ví dụ: {shown(column.example)}" if column.example else "Nhập vào ô này"
                problems.append(Problem(column.header, "", f"Chưa nhập {name}", example))
        else:
            try:
                value = column.cell.read(raw)
            except CellError as error:
                problems.append(Problem(column.header, shown(raw), error.message, error.mend))
        values.append(value)
    loaded = {} if problems else kind.load(values)
    if not problems:
        problems = list(kind.check(loaded))
    return CheckedRow(number, values, problems, ERROR if problems else VALID), loaded


def _mark_known(checked: Checked, kind: SheetKind, unit: Unit, places: list) -> None:
    """Mark the rows that stand in the register."""
    known = kind.known([identity for identity, _place in places], unit) if places else {}
    if not known:
        return
    for identity, place in places:
        if identity in known:
            row = row_files.read_line(checked.lines[place])
            _mark(row, known[identity], KNOWN_MEND)
            checked.lines[place] = row.line()


def _look_up(checked: Checked, kind: SheetKind, key: str, cells: list[tuple[int, int, str]]) -> None:
    """Put the ids in the place of the words of one column, or mark the row."""
    found = kind.lookups[key]({words for _line, _place, words in cells}) if cells else {}
    for line, place, words in cells:
        row, meant = row_files.read_line(checked.lines[line]), found[words]
        if isinstance(meant, CellError):
            row.values[place], row.mark = None, ERROR
            row.problems.append(Problem(kind.columns[place].header, words, meant.message, meant.mend))
        else:
            row.values[place] = meant
        checked.lines[line] = row.line()


def _mark(row: CheckedRow, message: str, mend: str) -> None:
    row.mark = DUPLICATE
    row.problems.append(Problem("", "", message, mend))


def _count(checked: Checked, mark: str) -> None:
    if mark == VALID:
        checked.valid += 1
    elif mark == ERROR:
        checked.wrong += 1
    else:
        checked.duplicates += 1
