"""Tables as .xlsx and CSV: exports of lists, templates to fill in, uploaded rows with what is wrong with them.

Numbers stay numbers, days stay days; text is text whatever it begins with: no cell is ever a formula or a link.
"""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone

from models_dv.domain.sheets import ExportColumn
from models_dv.vietnamese.dates import format_date

BOM = "\ufeff"
#: In CSV, where a cell cannot say that it is text, a quote goes before what a spreadsheet would compute.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: The most that Excel keeps in a cell, and rows of a sheet.
LONGEST_CELL = 32_767
MAX_ROWS = 1_000_000
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
DAY_FORMAT = "dd/mm/yyyy"
HEADER_FORMAT = {
    "bold": True,
    "bg_color": "#0f4c8a",
    "font_color": "#ffffff",
    "text_wrap": True,
    "valign": "top",
}
FONT = {"font_name": "Times New Roman", "font_size": 12}


class Book:
    """A workbook being written to a temporary file, row after row; memory stays flat.

    ``finish`` gives the file, open at its beginning and gone when it is closed.
    """

    def __init__(self):
        self.file: BinaryIO = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115
        self.book = xlsxwriter.Workbook(self.file, {**SAFE, "constant_memory": True})
        self.book.formats[0].set_font_name(FONT["font_name"])
        self.book.formats[0].set_font_size(FONT["font_size"])
        self.formats: dict[str, Any] = {}

    def format(self, name: str, **values):
        """The format of that name, made at its first use."""
        if name not in self.formats:
            self.formats[name] = self.book.add_format({**FONT, "valign": "top", **values})
        return self.formats[name]

    def sheet(self, title: str, headers: Sequence[str], widths: Sequence[int]):
        """A sheet with a row of headers that stays in sight and filters."""
        sheet = self.book.add_worksheet(title[:31])
        header = self.format("header", **HEADER_FORMAT)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, text in enumerate(headers):
            sheet.write_string(0, place, text, header)
        sheet.freeze_panes(1, 0)
        return sheet

    def write(self, sheet, row: int, place: int, value, look=None) -> None:
        """One cell, as what it is."""
        if value is None or value == "":
            if look is not None:
                sheet.write_blank(row, place, None, look)
        elif isinstance(value, bool):
            sheet.write_string(row, place, "có" if value else "không", look)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(row, place, value, look or self.format("number", num_format="#,##0.###"))
        elif isinstance(value, date):
            sheet.write_datetime(row, place, _naive(value), look or self.format("day", num_format=DAY_FORMAT))
        else:
            text = _clean(str(value))
            wraps = "\n" in text or len(text) > 60
            sheet.write_string(
                row, place, text, look or (self.format("text", text_wrap=True) if wraps else None)
            )

    def finish(self) -> BinaryIO:
        """Close the workbook; its file."""
        self.book.close()
        self.file.seek(0)
        return self.file


def export_xlsx(title: str, columns: Sequence[ExportColumn], rows: Iterable) -> BinaryIO:
    """The rows as one sheet; an open file, to be closed by the caller."""
    book = Book()
    sheet = book.sheet(title, [column.header for column in columns], [column.width for column in columns])
    number = 0
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            break
        for place, column in enumerate(columns):
            book.write(sheet, number, place, column.value(row))
    sheet.autofilter(0, 0, number, len(columns) - 1)
    return book.finish()


def export_csv(columns: Sequence[ExportColumn], rows: Iterable) -> Iterator[str]:
    """The rows as CSV, line by line: with a mark of UTF-8 for Excel, plain numbers, days as 05/02/2026."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow([safe_cell(column.header) for column in columns])
    for row in rows:
        yield writer.writerow([_csv_cell(column.value(row)) for column in columns])


def safe_cell(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


class _Line:
    """A file of which only the line just written is kept."""

    def write(self, text: str) -> str:
        return text


def _csv_cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    if isinstance(value, date):
        return format_date(_naive(value))
    return safe_cell(_clean(str(value)))


def _naive(value: date) -> date:
    """A moment as Việt Nam's clock shows it; Excel knows no time zones."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def _clean(text: str) -> str:
    """Text that an XML file can hold, no longer than a cell."""
    text = "".join(
        char for char in text if char in "\n\t" or (char >= " " and not "\ud800" <= char <= "\udfff")
    )
    return text[:LONGEST_CELL]
