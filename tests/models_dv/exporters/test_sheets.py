"""Exports are opened again and read: what is a number, what is a day, and that nothing computes."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from models_dv.domain.sheets import ExportColumn
from models_dv.exporters.sheets import export_csv, export_xlsx, safe_cell

COLUMNS = [
    ExportColumn("Tên", lambda row: row[0]),
    ExportColumn("Số", lambda row: row[1]),
    ExportColumn("Ngày", lambda row: row[2]),
]
ROWS = [
    ("Tổ tự quản", 1743, date(2026, 2, 5)),
    ("Dòng một\nDòng hai", Decimal("6.5"), datetime(2026, 2, 4, 20, 30, tzinfo=UTC)),
    ("", None, None),
]
HOSTILE = [
    '=HYPERLINK("http://x.test","xem")',
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "http://x.test/?a=1",
    "internal:Sheet1!A1",
    "＝1+1",
    " =1+1",
    "{=1}",
]


def read(file) -> list[list]:
    with file:
        return CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()


def test_numbers_are_numbers_and_days_are_days():
    assert read(export_xlsx("Thử", COLUMNS, ROWS)) == [
        ["Tên", "Số", "Ngày"],
        ["Tổ tự quản", 1743.0, date(2026, 2, 5)],
        ["Dòng một\nDòng hai", 6.5, datetime(2026, 2, 5, 3, 30)],
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text):
    column = ExportColumn(text, lambda row: row)
    with export_xlsx("Thử", [column], [text]) as file:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in names
        file.seek(0)
        shown = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert shown[1] == [text.replace("\r", "").strip() and text.replace("\r", "")]


def test_csv_has_a_mark_for_excel_and_plain_numbers():
    assert "".join(export_csv(COLUMNS, ROWS)) == (
        '\ufeffTên,Số,Ngày\r\nTổ tự quản,1743,05/02/2026\r\n"Dòng một\nDòng hai",6.5,05/02/2026\r\n,,\r\n'
    )


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()[0] in "=+-@＝"])
def test_no_cell_of_csv_begins_a_formula(text):
    assert safe_cell(text) == f"'{text}"


def test_harmless_text_is_left_alone():
    assert safe_cell("Tổ tự quản – 05") == "Tổ tự quản – 05"


def test_what_an_xml_file_cannot_hold_is_left_out():
    assert read(export_xlsx("Thử", COLUMNS[:1], [("a\x00b\x0b\ud800c",)]))[1] == ["abc"]


def test_a_cell_longer_than_excel_keeps_is_cut():
    assert len(read(export_xlsx("Thử", COLUMNS[:1], [("dài " * 20_000,)]))[1][0]) == 32_767
