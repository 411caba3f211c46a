"""Two files around an import: the template to fill in, and the rows that were not taken with what is wrong."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from models_dv.domain.sheets import Column, Problem, SheetKind
from models_dv.exporters.sheets import DAY_FORMAT, Book

DATA_SHEET, GUIDE_SHEET = "Dữ liệu", "Hướng dẫn"
MARK_HEADER, ERROR_HEADER = "STT", "Lỗi"
SAMPLE = "Ví dụ"
#: Rows of the template that have lists to choose from.
ROWS_WITH_LISTS = 10_000
#: Excel takes no more than this for a list written out.
LONGEST_LIST = 255
GUIDE = (
    "Mỗi dòng của trang “{sheet}” là một {noun}; cột có dấu * bắt buộc nhập.",
    "Dòng “{sample}” chỉ để minh hoạ: có xoá hay không cũng không được nhập.",
    "Thứ tự các cột đổi được; không đổi tên cột. Cột không có trong mẫu thì hệ thống bỏ qua.",
    "Ngày ghi 05/02/2026. Số ghi 1743 hoặc 6,5, không kèm chữ.",
    "Tệp lớn nhất 10 MB, định dạng .xlsx, không đặt mật khẩu.",
)


def template(kind: SheetKind) -> BinaryIO:
    """The file to fill in: a sheet with lists to choose from and a marked sample row, and one that explains."""
    book = Book()
    header = [MARK_HEADER, *(_header(column) for column in kind.columns)]
    sheet = book.sheet(DATA_SHEET, header, [8, *(column.width for column in kind.columns)])
    required = book.format("required", bold=True, bg_color="#7c0f13", font_color="#ffffff", text_wrap=True)
    example = book.format("sample", italic=True, font_color="#5a6270", bg_color="#f1f3f5", text_wrap=True)
    day = book.format(
        "sample day", italic=True, font_color="#5a6270", bg_color="#f1f3f5", num_format=DAY_FORMAT
    )
    for place, column in enumerate(kind.columns, start=1):
        if column.required:
            sheet.write_string(0, place, _header(column), required)
        if column.note:
            sheet.write_comment(0, place, column.note, {"x_scale": 2})
        if column.as_text:
            sheet.set_column(place, place, column.width, book.format("text", num_format="@"))
        _offer_choices(sheet, place, column)
    sheet.write_string(1, 0, SAMPLE, example)
    for place, column in enumerate(kind.columns, start=1):
        book.write(sheet, 1, place, column.example, day if isinstance(column.example, date) else example)
    _write_guide(book, kind)
    return book.finish()


def error_file(
    kind: SheetKind,
    headers: Sequence[str],
    rows: Iterable[tuple[int, Sequence, Sequence[Problem]]],
) -> BinaryIO:
    """Rows that were not taken: the file's own columns, the wrong cells coloured with a comment, and what to mend.

    ``rows``: (number in the file, raw cells in the order of ``headers``, problems). After mending it is
    uploaded as it is: the added columns are not read.
    """
    book = Book()
    sheet = book.sheet(
        DATA_SHEET,
        ["Dòng", *headers, ERROR_HEADER],
        [8, *_widths(kind, headers), 70],
    )
    wrong = book.format("wrong", bg_color="#fdecea", font_color="#b3261e", text_wrap=True)
    wrong_day = book.format("wrong day", bg_color="#fdecea", font_color="#b3261e", num_format=DAY_FORMAT)
    places = {header: place for place, header in enumerate(headers, start=1)}
    for line, (number, cells, problems) in enumerate(rows, start=1):
        at = {places[problem.column]: problem for problem in problems if problem.column in places}
        sheet.write_number(line, 0, number)
        for place, cell in enumerate(cells, start=1):
            look = (wrong_day if isinstance(cell, date) else wrong) if place in at else None
            book.write(sheet, line, place, cell, look)
        for place, problem in at.items():
            sheet.write_comment(line, place, _sentence(problem), {"x_scale": 2})
        sheet.write_string(line, len(headers) + 1, "\n".join(map(words, problems)), wrong)
    return book.finish()


def words(problem: Problem) -> str:
    """“cột Lĩnh vực: “Kinh tê” không có trong danh sách. Có phải “Kinh tế”?”."""
    return f"Cột {problem.column}: {_sentence(problem)}" if problem.column else _sentence(problem)


def _sentence(problem: Problem) -> str:
    return f"{problem.message}. {problem.mend}" if problem.mend else problem.message


def _header(column: Column) -> str:
    return f"{column.header} *" if column.required else column.header


def _offer_choices(sheet, place: int, column: Column) -> None:
    choices = list(column.cell.choices)
    if not choices or len(",".join(choices)) > LONGEST_LIST or any("," in choice for choice in choices):
        return
    sheet.data_validation(
        1,
        place,
        ROWS_WITH_LISTS,
        place,
        {
            "validate": "list",
            "source": choices,
            "error_type": "warning",
            "error_title": "Ngoài danh sách",
            "error_message": "Chọn một từ trong danh sách của cột này.",
        },
    )


def _widths(kind: SheetKind, headers: Sequence[str]) -> list[int]:
    known = {column.header: column.width for column in kind.columns}
    return [known.get(header, 18) for header in headers]


def _write_guide(book: Book, kind: SheetKind) -> None:
    sheet = book.sheet(GUIDE_SHEET, ["Cột", "Bắt buộc", "Cách ghi", "Ví dụ"], [30, 10, 80, 45])
    line = 0
    for line, column in enumerate(kind.columns, start=1):
        how = " ".join(filter(None, (column.note, _choices_in_words(column))))
        for place, value in enumerate((column.header, "có" if column.required else "", how, column.example)):
            book.write(sheet, line, place, value)
    general = [text.format(sheet=DATA_SHEET, noun=kind.noun, sample=SAMPLE) for text in GUIDE]
    for offset, text in enumerate([*general, *kind.instructions], start=2):
        book.write(sheet, line + offset, 0, "•")
        book.write(sheet, line + offset, 2, text)


def _choices_in_words(column: Column) -> str:
    choices = list(column.cell.choices)
    return f"Một trong: {'; '.join(choices)}." if choices else ""
