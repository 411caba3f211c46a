"""Finding the data in a workbook, and refusing one that would fill the memory."""

from io import BytesIO

import pytest
import xlsxwriter

from models_dv.domain.file_refusals import DamagedFile, UnsafeFile
from models_dv.domain.sheets import sheet_kind
from models_dv.importers.workbook import SeveralSheets, TooWide, WrongColumns, check_extent, open_sheet
from tests.models_dv.importers.workbooks import GOOD, HEADERS, models, with_part, xlsx

KIND = sheet_kind("dan-van-kheo")


def opened(content: bytes):
    return open_sheet(BytesIO(content), KIND)


def values(sheet) -> list[dict]:
    keys = [column.key for column in KIND.columns]
    return [dict(zip(keys, sheet.cells(raw), strict=True)) for _number, raw in sheet.rows()]


def test_headers_are_found_below_a_title_without_accents_and_in_any_order():
    headers = ("Ghi chú", "NAM DANG KY", "ten mo hinh, dien hinh *", "Kinh phí", *HEADERS[1:5], "Địa chỉ")
    row = ("x", 2026, "Tổ tự quản", 35.5, *GOOD[1:5], "Thôn Đông")
    sheet = opened(xlsx([row], headers, above=3))
    assert sheet.header_row == 3
    assert sheet.unused == ("Ghi chú",)
    (found,) = values(sheet)
    assert (found["name"], found["year"], found["funds"], found["address"]) == (
        "Tổ tự quản",
        2026.0,
        35.5,
        "Thôn Đông",
    )


def test_rows_keep_their_numbers_and_empty_ones_are_left_out():
    sheet = opened(xlsx([GOOD, (), GOOD, ("", " ")], above=1))
    assert [number for number, _raw in sheet.rows()] == [3, 5]
    assert sheet.total == 4


def test_of_marked_rows_only_the_template_s_own_untouched_one_is_left_out():
    sample = [column.example for column in KIND.columns]
    headers = ["STT", *(column.header for column in KIND.columns)]
    changed = ["Tổ khác", *sample[1:]]
    for first, numbers in ((sample, [3, 4]), (changed, [2, 3, 4])):
        sheet = opened(xlsx([("Ví dụ", *first), ("vi du", *sample), (1, *changed)], headers))
        rows = list(sheet.rows())
        assert [number for number, _raw in rows] == numbers
        assert [sheet.is_marked(raw) for _number, raw in rows][-2:] == [True, False]
        assert sheet.unused == ()


def with_sheets(**sheets) -> bytes:
    """A workbook with a sheet for each name."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return stream.getvalue()


def test_the_sheet_with_data_is_read_and_what_is_left_is_named():
    guide, notes = [("Cột", "Cách ghi")], [("Họp thôn", "ngày 5")]
    sheet = opened(
        with_sheets(
            **{"Hướng dẫn": guide, "Trang 1": [HEADERS], "Trang 2": [HEADERS, GOOD], "Ghi chú": notes}
        )
    )
    assert len(list(sheet.rows())) == 1
    assert sheet.left == ("Trang 1", "Ghi chú")


def test_data_on_two_sheets_is_asked_about():
    with pytest.raises(SeveralSheets, match="Tệp có dữ liệu ở 2 trang tính: Thôn Đông, Thôn Tây"):
        opened(with_sheets(**{"Thôn Đông": [HEADERS, GOOD], "Thôn Tây": [HEADERS, GOOD]}))


def test_a_file_without_the_headers_says_what_to_do():
    with pytest.raises(WrongColumns, match="Không tìm thấy dòng tiêu đề của mẫu"):
        opened(xlsx([("a", "b")], ("Cột một", "Cột hai")))


def test_missing_columns_are_named():
    with pytest.raises(WrongColumns, match="Tệp thiếu cột “Lĩnh vực”, “Địa chỉ cụ thể”"):
        opened(xlsx([GOOD], (*HEADERS[:3], "Khác", *HEADERS[4:6])))


def test_a_column_that_is_there_twice_is_named():
    with pytest.raises(WrongColumns, match="Cột “Tên mô hình, điển hình” có hai lần"):
        opened(xlsx([(*GOOD, "x")], (*HEADERS, "Tên điển hình")))


@pytest.mark.parametrize("cell", [b'"XFD1048576"', b'"xfd1048576"', b'"B1048576"', b'"ZZZZ99"', b"'ZZ40000'"])
def test_one_far_cell_is_refused_before_anything_is_parsed(cell):
    content = with_part(xlsx(models(2)), "sheet1.xml", b'"B2"', cell)
    with pytest.raises(TooWide, match="Chép riêng vùng có dữ liệu"):
        check_extent(BytesIO(content))
    with pytest.raises(TooWide):
        opened(content)


def test_a_far_row_without_a_far_cell_is_refused():
    content = with_part(xlsx(models(2)), "sheet1.xml", b'<row r="3"', b'<row r="1000000"')
    with pytest.raises(TooWide):
        opened(content)


def test_a_sheet_in_another_encoding_is_refused():
    with pytest.raises(UnsafeFile):
        opened(with_part(xlsx(models(2)), "sheet1.xml", b"<sheetData>", b"<sheetData>\0"))


def test_a_broken_sheet_is_damaged():
    with pytest.raises(DamagedFile):
        opened(with_part(xlsx(models(2)), "sheet1.xml", b"</sheetData>", b"</sheetDat"))
