"""The figures of a report in Excel as they wait to be saved: one table, and what should be said of the file.

The result is plain JSON (``ReportImport.content``)::

    {"grids": [{"label", "rows": [[number, [cells]]], "column"}], "codes": {key of a row: code chosen},
     "notes": [sentences], "is_template": bool}
"""

from typing import BinaryIO

from models_dv.vietnamese.numbers import format_number
from reports.importers.figure_grid import IndicatorNames
from reports.importers.figures_workbook import MOST_ROWS, read_figures, title_of
from reports.importers.told_period import wrong_period

HIDDEN_SHOWN = 10


def read_excel(file: BinaryIO, report, names: IndicatorNames) -> dict:
    """What an open .xlsx that was checked holds of a report's figures. Raises what ``read_figures`` raises."""
    sheet, table = read_figures(file, report, names)
    notes = []
    is_template = sheet.stamp is not None
    if not is_template:
        header = table.column.header if table.column else ""
        period = report.round.period
        notes += filter(None, [wrong_period(title_of(sheet), period) or wrong_period([header], period)])
    if sheet.is_cut:
        notes.append(f"Chỉ đọc {format_number(MOST_ROWS)} dòng đầu có dữ liệu của trang “{sheet.title}”.")
    hidden = [str(row.number) for row in table.rows if row.number in sheet.hidden]
    if hidden:
        shown = ", ".join(hidden[:HIDDEN_SHOWN]) + (", …" if len(hidden) > HIDDEN_SHOWN else "")
        notes.append(
            f"{len(hidden)} dòng đang ẩn trong Excel cũng được đọc (dòng {shown}). Bỏ đánh dấu dòng không muốn nhập."
        )
    column = table.column.place if table.column else None
    rows = [[number, cells] for number, cells in sheet.rows]
    return {
        "grids": [{"label": f"Trang “{sheet.title}”", "rows": rows, "column": column}],
        "codes": {},
        "notes": notes,
        "is_template": is_template,
    }
