"""The workbook in which a unit fills in the figures of one report: locked but for the cells to fill in."""

from typing import BinaryIO

from models_dv.exporters.sheets import Book
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import format_qualified
from reports.domain import series
from reports.domain.figure_sheets import MARK_HEADER, NOTE_HEADER, VALUE_HEADER, Stamp
from reports.enums import IndicatorKind, IndicatorOp, ValueState
from reports.forms.figures import Typed
from reports.models import Figure, Indicator

SHEET, GUIDE = "Số liệu", "Cách ghi"
HEADERS = ("Mã", "Chỉ tiêu", "Đơn vị tính", "Cùng kỳ", VALUE_HEADER, NOTE_HEADER, MARK_HEADER)
WIDTHS = (7, 58, 14, 14, 18, 46, 10)
HEADER_ROW = 5
VALUE, NOTE, MARK = 4, 5, 6
#: Excel shows no more beside a cell.
LONGEST_HELP = 255
LINES = (
    "Chỉ nhập vào cột “Số liệu” và “Ghi chú, lý do”; các ô khác đã khoá.",
    "Chọn một ô của cột “Số liệu” thì hiện cách tính chỉ tiêu đó.",
    "Số: 1743 hoặc 1.743; phần lẻ sau dấu phẩy: 6,5. Có thể ghi “gần 250”, “hơn 2.200”, “trên 1.900”, “ước 30”.",
    "“Không phát sinh”: trong kỳ không có việc này.",
    "“Chưa có số liệu”: có việc nhưng chưa có số; ghi lý do ở cột bên cạnh.",
    "Ô để trống: giữ nguyên số đang có trên cổng.",
    "Ô xám là chỉ tiêu hệ thống tự tính, không nhập.",
    "Lưu tệp dạng .xlsx, không đặt mật khẩu, rồi tải lên ở trang “Nhập từ Excel” của báo cáo.",
)


def figures_template(report, indicators: list[Indicator], own: dict[int, Figure]) -> BinaryIO:
    """The workbook of a report, with what stands in its figures now; an open file, to be closed by the caller.

    ``indicators`` in order with their groups; ``own`` the unit's figures by indicator id.
    """
    book = Book()
    sheet = book.book.add_worksheet(SHEET)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, None, {"hidden": place == MARK})
    _write_head(book, sheet, report)
    row = HEADER_ROW
    same, group = series.same_period(report), None
    for indicator in indicators:
        if indicator.is_typed and not indicator.for_level(report.level):
            continue
        if indicator.group_id != group:
            group, row = indicator.group_id, row + 1
            sheet.merge_range(row, 0, row, NOTE, str(indicator.group), _look(book, "group"))
        row += 1
        _write_row(book, sheet, row, indicator, own.get(indicator.pk), same)
    sheet.freeze_panes(HEADER_ROW + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": False})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    _write_guide(book)
    return book.finish()


LOOKS = {
    "title": {"bold": True, "font_size": 14},
    "plain": {},
    "head": {"bold": True, "bg_color": "#0f4c8a", "font_color": "#ffffff", "text_wrap": True, "border": 1},
    "group": {"bold": True, "bg_color": "#e8eef5", "border": 1},
    "cell": {"border": 1, "text_wrap": True},
    "number": {"border": 1, "align": "right"},
    "whole": {"border": 1, "bg_color": "#fffbe6", "locked": False, "align": "right", "num_format": "#,##0"},
    "decimal": {"border": 1, "bg_color": "#fffbe6", "locked": False, "align": "right"},
    "words": {"border": 1, "bg_color": "#fffbe6", "locked": False, "text_wrap": True},
    "computed": {"border": 1, "bg_color": "#e3e6ea", "font_color": "#5a6270", "italic": True},
}


def _look(book: Book, name: str):
    return book.format(f"figures {name}", **LOOKS[name])


def _write_head(book: Book, sheet, report) -> None:
    window = f"{format_date(report.round.window_from)} – {format_date(report.round.window_to)}"
    sheet.write_string(0, 0, f"SỐ LIỆU {report.title.upper()}", _look(book, "title"))
    sheet.write_string(1, 0, report.unit_version.name, _look(book, "title"))
    sheet.write_string(2, 0, f"Số liệu từ {window}", _look(book, "plain"))
    sheet.write_string(3, 0, str(Stamp.of(report)), _look(book, "plain"))
    for place, header in enumerate(HEADERS):
        sheet.write_string(HEADER_ROW, place, header, _look(book, "head"))


def _write_row(book: Book, sheet, row: int, indicator: Indicator, figure: Figure | None, same) -> None:
    cell = _look(book, "cell")
    sheet.write_string(row, 0, indicator.code, cell)
    sheet.write_string(row, 1, indicator.name, cell)
    sheet.write_string(row, 2, indicator.unit_name, cell)
    known = same.known(indicator.code, on_total=False)
    if known and not known.qualifier:
        sheet.write_number(row, 3, known.value, _look(book, "number"))
    else:
        words = format_qualified(known.value, known.qualifier) if known else ""
        sheet.write_string(row, 3, words, _look(book, "number"))
    if indicator.definition:
        words = " ".join(indicator.definition.split())
        words = words if len(words) <= LONGEST_HELP else f"{words[: LONGEST_HELP - 1]}…"
        options = {"validate": "any", "input_title": indicator.code, "input_message": words}
        sheet.data_validation(row, VALUE, row, VALUE, options)
    if not indicator.is_typed:
        sheet.write_string(row, VALUE, "tự tính", _look(book, "computed"))
        sheet.write_blank(row, NOTE, None, _look(book, "computed"))
        return
    _write_value(book, sheet, row, indicator, figure)
    typed = Typed.of(figure)
    sheet.write_string(row, NOTE, typed.note, _look(book, "words"))
    sheet.write_string(row, MARK, typed.mark, cell)


def _write_value(book: Book, sheet, row: int, indicator: Indicator, figure: Figure | None) -> None:
    """A plain number as a number, all else in words."""
    typed = Typed.of(figure)
    words = ValueState(typed.state).label if typed.state else typed.value
    is_text = indicator.op == IndicatorOp.TEXT or indicator.kind == IndicatorKind.TEXT
    is_whole = indicator.kind == IndicatorKind.INTEGER
    look = _look(book, "words" if is_text else "whole" if is_whole else "decimal")
    if not words:
        sheet.write_blank(row, VALUE, None, look)
    elif figure.value is not None and not figure.qualifier and not typed.state:
        sheet.write_number(row, VALUE, figure.value, look)
    else:
        sheet.write_string(row, VALUE, words, look)


def _write_guide(book: Book) -> None:
    sheet = book.book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(LINES):
        sheet.write_string(row, 0, line, _look(book, "cell"))
    sheet.protect()
