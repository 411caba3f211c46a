"""Workbooks for tests: written with xlsxwriter, given as a browser sends them."""

import datetime
import zipfile
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

HEADERS = (
    "Tên mô hình",
    "Loại",
    "Tập thể, cá nhân",
    "Lĩnh vực",
    "Cấp đăng ký",
    "Năm đăng ký",
    "Địa chỉ cụ thể",
)
GOOD = ("Tổ tự quản", "Mô hình", "Tập thể", "Kinh tế", "Cấp xã", 2026, "Thôn Đông")


def xlsx(rows, headers=HEADERS, *, above: int = 0) -> bytes:
    """A workbook with one sheet; ``above`` empty rows stand over the headers."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Dữ liệu")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate([headers, *rows], start=above):
        for place, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(number, place, value, day)
            elif value is not None:
                sheet.write(number, place, value)
    book.close()
    return stream.getvalue()


def upload(content: bytes, name: str = "danh-sach.xlsx") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content)


def models(count: int) -> list[tuple]:
    """``count`` good rows with different names."""
    return [(f"Mô hình {number}", *GOOD[1:]) for number in range(1, count + 1)]


def with_part(content: bytes, ending: str, old: bytes, new: bytes) -> bytes:
    """The workbook with ``old`` replaced in the part whose name ends so."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename.endswith(ending):
                assert old in data
                data = data.replace(old, new)
            target.writestr(entry.filename, data)
    return stream.getvalue()
