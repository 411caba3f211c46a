"""The figures of a report in a workbook: our template, or a unit's own sheet.

Values come from calamine; what it does not tell (errors, percentages, formulas never computed) from ``cell_marks``.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from models_dv.domain.file_refusals import DamagedFile
from models_dv.errors import ExpectedError
from models_dv.importers.cells import words_of
from models_dv.importers.workbook import check_extent
from models_dv.vietnamese.fold import normalize
from reports.domain.figure_sheets import Stamp
from reports.importers.cell_marks import PERCENT, CellMarks
from reports.importers.figure_grid import FigureTable, IndicatorNames, read_table
from reports.importers.figure_values import StoredCell

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 20, 1_000, 16
STAMP_ROWS = 12
STAMP = re.compile(r"Mã mẫu: (\S+) (\S+) (\S+)")
WRONG_TEMPLATE = "Tệp không đúng mẫu kỳ {period}. Tải mẫu mới"
TOO_LARGE = "Số quá lớn"
IS_DAY = "Ô đang là ngày, giờ. Đổi định dạng ô sang số rồi nhập lại"


class NoFigures(ExpectedError):
    """No table of figures in the file."""

    def __init__(self):
        super().__init__(
            "Không tìm thấy bảng số liệu nào: không có cột mã hoặc tên chỉ tiêu khớp với biểu của báo cáo. "
            "Tải mẫu, nhập số vào mẫu rồi tải lên"
        )


class WrongTemplate(ExpectedError):
    """The template of another period, unit or outline."""


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet as they are kept: (number in Excel, cells); ``hidden``: numbers of those nobody sees."""

    title: str
    rows: list[tuple[int, list[StoredCell]]]
    is_cut: bool = False
    hidden: frozenset[int] = frozenset()

    @property
    def stamp(self) -> Stamp | None:
        """What our template says of itself."""
        for _number, cells in self.rows[:STAMP_ROWS]:
            for cell in cells:
                if isinstance(cell, str) and (found := STAMP.fullmatch(" ".join(cell.split()))):
                    return Stamp(*found.groups())
        return None


def read_figures(file: BinaryIO, report, names: IndicatorNames) -> tuple[SheetRows, FigureTable]:
    """The sheet that holds most of the report's figures, and what was read in it.

    Raises WrongTemplate, NoFigures, DamagedFile, TooWide, UnsafeFile.
    """
    best = None
    for sheet in _sheets(file):
        _check_stamp(sheet.stamp, report)
        table = read_table(sheet.rows, names)
        if table is not None and (best is None or table.found > best[1].found):
            best = sheet, table
    if best is None:
        raise NoFigures
    return best


def title_of(sheet: SheetRows) -> list[str]:
    """What stands alone in the first rows of a unit's own sheet."""
    rows = [[cell for cell in cells if cell not in ("", None)] for _number, cells in sheet.rows[:STAMP_ROWS]]
    return [cell for cells in rows if len(cells) == 1 for cell in cells if isinstance(cell, str)]


def _check_stamp(stamp: Stamp | None, report) -> None:
    own = Stamp.of(report)
    if stamp is None or stamp == own:
        return
    message = WRONG_TEMPLATE.format(period=report.round.period.label)
    if stamp.period == own.period and stamp.unit != own.unit:
        message = f"{message} của {report.unit_version.name}"
    elif stamp.period == own.period:
        message = f"{message}: biểu số liệu đã đổi"
    raise WrongTemplate(message)


# --- sheets -----------------------------------------------------------------------------------------------


def _sheets(file: BinaryIO) -> Iterator[SheetRows]:
    """The sheets that a person sees."""
    check_extent(file)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        marks = CellMarks(file)
        for about in book.sheets_metadata[:MOST_SHEETS]:
            if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible:
                rows = _rows_of(about.name, book.get_sheet_by_name(about.name), marks.of(about.name))
                yield replace(rows, hidden=frozenset(marks.hidden))
    except CalamineError as error:
        raise DamagedFile from error


def _rows_of(title: str, sheet, marks: dict[tuple[int, int], str]) -> SheetRows:
    rows, first = [], sheet.start[1] if sheet.start else 0
    for number, raw in enumerate(sheet.iter_rows(), start=1):
        cells = [
            _stored(cell, marks.get((number, first + place))) for place, cell in enumerate(raw[:MOST_COLUMNS])
        ]
        if all(cell in ("", None) for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            return SheetRows(title, rows, is_cut=True)
        rows.append((number, cells))
    return SheetRows(title, rows)


def _stored(cell, mark: str | None) -> StoredCell:
    """A cell as it is kept between reading and saving."""
    if isinstance(cell, float) and not isfinite(cell):
        return {"problem": TOO_LARGE, "shown": "∞"}
    if mark == PERCENT and isinstance(cell, int | float) and not isinstance(cell, bool):
        return {"percent": cell}
    if mark not in (None, PERCENT):
        return {"problem": mark, "shown": "" if cell in ("", None) else words_of(cell)}
    if isinstance(cell, bool):
        return words_of(cell)
    if isinstance(cell, str):
        return normalize(cell).strip()
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return {"problem": IS_DAY, "shown": words_of(cell)}
    return int(cell) if isinstance(cell, float) and cell == int(cell) else cell
