"""Tables of figures in any layout."""

from reports.importers.figure_grid import ASKED, CLEAR, COMPUTED, FOREIGN, UNKNOWN, read_table
from tests.reports.importers.documents import names


def read(*rows, column=None, year=2026, level="commune"):
    return read_table(list(enumerate(rows, start=1)), names(level, year), column)


def told(table) -> list[tuple[str, str, object]]:
    return [(row.status, row.code, row.cell) for row in table.rows]


def test_by_code():
    table = read(("Mã", "Chỉ tiêu", "Số liệu"), ("A1", "Văn bản", 12), ("K4", "Mô hình tiêu biểu", "gần 25"))
    assert told(table) == [(CLEAR, "A1", 12), (CLEAR, "K4", "gần 25")]
    assert [row.number for row in table.rows] == [2, 3]


def test_by_name_with_units_and_notes():
    table = read(
        ("TT", "Nội dung", "ĐVT", "Kết quả", "Ghi chú"),
        (1, "Số lượt tiếp công dân", "lượt", 41, "tăng"),
        (2, "1.2. Số công dân được tiếp", "người", 38, ""),
        (3, "Số con trâu", "con", 9, ""),
    )
    assert told(table) == [(CLEAR, "C2", 41), (CLEAR, "C3", 38), (UNKNOWN, "", 9)]
    assert table.rows[0].note == "tăng"


def test_what_says_less_or_more_than_the_name_is_asked():
    """“Số tiền vận động” is not “Số tiền vận động Quỹ “Vì người nghèo””, and tỷ đồng is not triệu đồng."""
    table = read(
        ("Nội dung", "ĐVT", "Số lượng"),
        ("Số tiền vận động", "triệu đồng", 64),
        ("Số tiền vận động Quỹ Vì người nghèo", "tỷ đồng", 6.5),
        ("Mô hình tiêu biểu", "mô hình", 2),
        ("Số lượt tiếp công dân của Chủ tịch xã", "lượt", 41),
        ("Tổng số mô hình, điển hình đăng ký", "mô hình", 43),
    )
    assert [(row.status, row.likely[0]) for row in table.rows] == [
        (ASKED, "G1"),
        (ASKED, "G1"),
        (ASKED, "K4"),
        (ASKED, "C2"),
        (CLEAR, "K1"),
    ]


def test_like_two_is_asked_and_so_are_two_rows_of_one():
    table = read(
        ("Nội dung", "Số lượng"),
        ("Số mô hình", 43),
        ("Vụ hoà giải", 50),
        ("Số vụ hoà giải", 51),
        ("Số vụ hoà giải thành", 41),
    )
    assert [row.status for row in table.rows] == [ASKED, ASKED, ASKED, CLEAR]
    assert table.rows[0].likely[:2] == ("K3a", "K1")
    assert table.rows[1].likely[0] == "E6"


def test_a_code_beside_the_name_of_something_else_is_asked():
    table = read(("Mã", "Chỉ tiêu", "Số liệu"), ("A1", "Số vụ hoà giải", 50), ("K4", "Mô hình tiêu biểu", 2))
    assert [(row.status, row.likely[:2]) for row in table.rows] == [(ASKED, ("A1", "E6")), (CLEAR, ("K4",))]


def test_computed_ones_and_those_of_other_units():
    rows = (("Mã", "Số liệu"), ("E8", 82), ("L1", 3), ("A1", 12))
    assert [row.status for row in read(*rows).rows] == [COMPUTED, FOREIGN, CLEAR]
    assert [row.status for row in read(*rows, level="province").rows] == [COMPUTED, CLEAR, CLEAR]


def test_the_column_of_this_period():
    table = read(
        ("TT", "Nội dung", "Kế hoạch", "Thực hiện", "", "So sánh (%)"),
        ("", "", "", "Năm 2025", "Năm 2026", ""),
        (1, "Số lượt tiếp công dân", 50, 38, 41, 1.08),
        (2, "Số công dân được tiếp", 60, 40, 45, 1.13),
    )
    assert table.column.header == "Năm 2026"
    assert [row.cell for row in table.rows] == [41, 45]


def test_two_columns_that_could_be_it_are_asked_about():
    rows = (("Nội dung", "Quý I", "Quý II"), ("Số lượt tiếp công dân", 1, 2), ("Số công dân được tiếp", 3, 4))
    assert read(*rows).column is None
    assert [row.cell for row in read(*rows, column=2).rows] == [2, 4]
    assert read(*rows, column=99).column is None


def test_a_column_without_header():
    table = read(("1", "Số lượt tiếp công dân", "41"), ("2", "Số công dân được tiếp", "38"))
    assert [row.cell for row in table.rows] == ["41", "38"]


def test_no_table_of_figures():
    assert read(("Địa bàn", "Hồ sơ"), ("Xã Phú Lâm", 12), ("Xã Tân Hoà", 9)) is None
    assert read() is None
    assert read(("", None), (None, "")) is None
    assert read(("Số lượt tiếp công dân", 41)) is None


def test_headings_of_groups_are_passed_over():
    table = read(
        ("Nội dung", "Số liệu"), ("I", ""), ("1", 2), ("Số lượt tiếp công dân", 41), ("Vụ hoà giải", 5)
    )
    assert [row.code for row in table.rows if row.status == CLEAR] == ["C2", "E6"]
