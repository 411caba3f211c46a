"""Workbooks as Excel, LibreOffice and others write them."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter
from openpyxl import Workbook

from models_dv.domain.file_refusals import DamagedFile
from models_dv.importers.workbook import TooWide
from reports.importers.cell_marks import NOT_COMPUTED
from reports.importers.figures_workbook import (
    IS_DAY,
    MOST_ROWS,
    NoFigures,
    WrongTemplate,
    read_figures,
    title_of,
)
from reports.importers.report_excel import read_excel
from reports.importers.told_period import wrong_period
from tests.models_dv.domain.uploaded import EXCEL, office
from tests.reports.importers.documents import names

FILES = Path(__file__).parents[2] / "files"


@dataclass
class Period:
    kind: str = "half_year"
    year: int = 2026
    number: int = 1
    label: str = "6 tháng đầu năm 2026"


def report(unit="xa-1", **period):
    return SimpleNamespace(
        round=SimpleNamespace(period=Period(**period), outline_version_id=1),
        unit=SimpleNamespace(code=unit),
        unit_version=SimpleNamespace(name="Đảng uỷ xã Phú Lâm"),
    )


def cells_of(file) -> dict[str, object]:
    """What was read, by the code of a row (by its name where it is not clear)."""
    _sheet, table = read_figures(file, report(), names())
    return {row.code or row.name: row.cell for row in table.rows}


def saved(book: Workbook) -> BytesIO:
    target = BytesIO()
    book.save(target)
    return target


def sheet_of(*rows) -> BytesIO:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def test_a_file_of_libreoffice_in_the_layout_of_a_unit():
    with (FILES / "so-lieu-xa.xlsx").open("rb") as file:
        sheet, table = read_figures(file, report(), names())
    assert table.column.header == "6 tháng đầu năm 2026"
    cells = {row.code or row.name: row.cell for row in table.rows}
    assert cells == {
        "A1": 12,
        "C2": 41,
        "Số mô hình": 43,
        "Mô hình tiêu biểu": "gần 25",
        "Số cuộc đối thoại của người đứng đầu với Nhân dân": {
            "problem": "Công thức của ô báo lỗi #DIV/0!. Sửa công thức hoặc nhập số",
            "shown": "",
        },
        "B5": "không phát sinh",
        "G1": "6,5 tỷ",
        "Nhà ở sửa chữa": "chưa có số liệu",
        "E8": {"percent": 0.82},
        "E6": {"percent": 0.82},
        "Số con trâu": 9,
    }
    assert wrong_period(title_of(sheet), report().round.period) == ""
    year = report(kind="annual", label="năm 2026").round.period
    assert wrong_period(title_of(sheet), year) == (
        "Tệp ghi 6 tháng đầu năm 2026, báo cáo này là năm 2026. Kiểm tra lại tệp."
    )


def test_formulas_by_their_last_result_or_refused():
    file = sheet_of(("Mã", "Số liệu"), ("A1", "=1+1"), ("K4", 3))
    assert cells_of(file) == {"A1": {"problem": NOT_COMPUTED, "shown": ""}, "K4": 3}
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Mã", "Số liệu"])
    sheet.write_row(1, 0, ["K4", 3])
    sheet.write_string(2, 0, "A1")
    sheet.write_formula(2, 1, "=SUM(B2)", None, 12)
    sheet.write_string(3, 0, "C2")
    sheet.write_formula(3, 1, "=#REF!", None, "#REF!")
    book.close()
    cells = cells_of(target)
    assert (cells["A1"], cells["C2"]["problem"]) == (
        12,
        "Công thức của ô báo lỗi #REF!. Sửa công thức hoặc nhập số",
    )


def test_days_truths_and_percentages():
    import datetime

    book = Workbook()
    sheet = book.active
    for row in (("Mã", "Số liệu"), ("A1", datetime.date(2026, 2, 5)), ("K4", True), ("C2", 0.5)):
        sheet.append(row)
    sheet["B4"].number_format = '0.00"%"'
    sheet["B2"].number_format = "dd/mm/yyyy"
    cells = cells_of(saved(book))
    assert (cells["A1"]["problem"], cells["K4"], cells["C2"]) == (IS_DAY, "có", 0.5)
    sheet["B4"].number_format = "#,##0.0%"
    assert cells_of(saved(book))["C2"] == {"percent": 0.5}


def test_a_table_that_does_not_begin_in_the_corner():
    book = Workbook()
    for row, cells in enumerate((("Mã", "Số liệu"), ("A1", "=1+1"), ("K4", 0.5)), start=7):
        for column, cell in enumerate(cells, start=4):
            book.active.cell(row, column).value = cell
    book.active["E9"].number_format = "0%"
    assert cells_of(saved(book)) == {"A1": {"problem": NOT_COMPUTED, "shown": ""}, "K4": {"percent": 0.5}}


def test_the_sheet_with_most_figures_is_read_and_hidden_ones_are_not():
    book = Workbook()
    book.active.append(("Lời", "dẫn"))
    visible = book.create_sheet("Số liệu")
    hidden = book.create_sheet("Cũ")
    hidden.sheet_state = "hidden"
    for sheet, value in ((visible, 1), (hidden, 2)):
        for code in ("A1", "K4", "C2")[: 2 if sheet is visible else 3]:
            sheet.append((code, value))
    book.create_chartsheet("Biểu đồ")
    assert cells_of(saved(book)) == {"A1": 1, "K4": 1}


@pytest.mark.parametrize(
    ("stamp", "refusal"),
    [
        ("half_year-2026-1 xa-1 v1", ""),
        ("half_year-2025-1 xa-1 v1", "Tệp không đúng mẫu kỳ 6 tháng đầu năm 2026. Tải mẫu mới"),
        ("annual-2026-1 xa-2 v1", "Tệp không đúng mẫu kỳ 6 tháng đầu năm 2026. Tải mẫu mới"),
        (
            "half_year-2026-1 xa-2 v1",
            "Tệp không đúng mẫu kỳ 6 tháng đầu năm 2026. Tải mẫu mới của Đảng uỷ xã Phú Lâm",
        ),
        (
            "half_year-2026-1 xa-1 v2",
            "Tệp không đúng mẫu kỳ 6 tháng đầu năm 2026. Tải mẫu mới: biểu số liệu đã đổi",
        ),
    ],
)
def test_the_stamp_of_the_template(stamp, refusal):
    file = sheet_of((f"Mã mẫu: {stamp}",), ("Mã", "Số liệu"), ("A1", 1), ("K4", 2))
    if not refusal:
        assert cells_of(file) == {"A1": 1, "K4": 2}
        return
    with pytest.raises(WrongTemplate) as refused:
        read_figures(file, report(), names())
    assert refused.value.message == refusal


def test_no_table():
    with pytest.raises(NoFigures):
        read_figures(sheet_of(("Họ tên", "Tuổi"), ("A", 1)), report(), names())
    with pytest.raises(NoFigures):
        read_figures(sheet_of(), report(), names())


def test_numbers_that_are_none():
    file = sheet_of(("Mã", "Số liệu"), ("A1", 1), ("K4", 2))
    import zipfile

    target = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry).replace(b"<v>2</v>", b"<v>1E999</v>"))
    assert cells_of(target)["K4"] == {"problem": "Số quá lớn", "shown": "∞"}


def test_far_cells_broken_files_and_long_sheets():
    book = Workbook()
    book.active["XFD1048576"] = 1
    with pytest.raises(TooWide):
        read_figures(saved(book), report(), names())
    with pytest.raises(DamagedFile):
        read_figures(BytesIO(office(EXCEL, entries={"xl/workbook.xml": b"<workbook"})), report(), names())
    rows = [("A1", 1), ("K4", 2), *((f"Dòng {number}", number) for number in range(MOST_ROWS + 5))]
    sheet, _table = read_figures(sheet_of(*rows), report(), names())
    assert (sheet.is_cut, len(sheet.rows)) == (True, MOST_ROWS)


def test_rows_that_excel_hides_are_read_and_named():
    book = Workbook()
    for row in (("Mã", "Số liệu"), ("K4", 3), ("A1", 1), ("C2", 2)):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    content = read_excel(saved(book), report(), names())
    assert len(content["grids"][0]["rows"]) == 4
    assert content["notes"] == [
        "1 dòng đang ẩn trong Excel cũng được đọc (dòng 3). Bỏ đánh dấu dòng không muốn nhập."
    ]
