"""A block copied from a sheet: each value goes to the cell that it surely belongs to, or nowhere."""

import pytest

from models_dv.vietnamese.numbers import format_qualified
from reports.enums import ValueState
from reports.importers.pasted_figures import NO_VALUES, WHICH_COLUMN, WHICH_ROWS, read_pasted
from tests.reports.importers.documents import names

NAMES = names()
ASKED = [i for i in NAMES.by_code.values() if i.is_typed and i.for_level("commune")]
CODES = [i.code for i in ASKED]


def block(*rows) -> str:
    return "".join("\t".join(row) + "\r\n" for row in rows)


def read(*rows, at="C2", asked=ASKED):
    return read_pasted(block(*rows), NAMES, asked, at)


def values(pasted) -> dict[str, str]:
    return {
        code: "none"
        if entry.value_state == ValueState.NONE
        else format_qualified(entry.value, entry.qualifier)
        for code, entry in pasted.entries.items()
    }


def test_number_name_unit_and_value():
    pasted = read(
        ("1", "Số lượt tiếp công dân", "lượt", "41"),
        ("2", "Số công dân được tiếp", "người", "1.038"),
        at="A1",
    )
    assert (values(pasted), pasted.left) == ({"C2": "41", "C3": "1.038"}, [])
    assert [entry.note for entry in pasted.entries.values()] == ["", ""]


@pytest.mark.parametrize(
    "row", [("7", "Số lượt tiếp công dân", "lượt", "41"), ("C2", "", "41"), ("C2", "41")]
)
def test_one_row_goes_where_it_says(row):
    assert values(read(row, at="A1")) == {"C2": "41"}


def test_between_two_that_a_name_may_mean_the_cell_of_the_person_decides():
    rows = (("Lượt tiếp công dân", "38"), ("Số mô hình", "43"))
    assert values(read(*rows, at="C2")) == {"C2": "38"}
    assert read(*rows, at="C2").left == ["Dòng 2 “Số mô hình”: chưa rõ là chỉ tiêu nào (K3a, K1, K4)."]
    before = CODES[CODES.index("K1") - 1]
    assert values(read(*rows, at=before)) == {"C2": "38", "K1": "43"}
    contradicting = read(("K4", "Số vụ hoà giải", "50"), ("A1", "", "3"), at="K4")
    assert values(contradicting) == {"A1": "3"}


def test_our_template_with_its_headers():
    pasted = read(
        ("Mã", "Chỉ tiêu", "Đơn vị tính", "Cùng kỳ", "Số liệu", "Ghi chú, lý do", "Đối chiếu"),
        ("C", "", "", "", "", "", ""),
        ("C2", "Lượt tiếp công dân", "lượt", "12", "14", "thêm một phiên", "1a2b"),
        ("C3", "Công dân được tiếp", "người", "9", "", "", "1a2b"),
    )
    assert (values(pasted), pasted.entries["C2"].note, pasted.left) == ({"C2": "14"}, "thêm một phiên", [])


@pytest.mark.parametrize("value", ["14", ""])
def test_our_template_without_its_headers_is_not_guessed(value):
    pasted = read(("C2", "Số lượt tiếp công dân", "lượt", "12", value), ("C3", "", "", "9", ""), at="A1")
    assert (values(pasted), pasted.problem) == ({}, WHICH_COLUMN)


def test_two_years_with_and_without_headers():
    rows = (("Số lượt tiếp công dân", "12", "14"), ("Số công dân được tiếp", "9", "8"))
    assert read(*rows).problem == WHICH_COLUMN
    assert values(read(("Chỉ tiêu", "2025", "2026"), *rows)) == {"C2": "14", "C3": "8"}
    assert values(read(("Chỉ tiêu", "Năm nay", "Năm trước"), *rows)) == {"C2": "12", "C3": "9"}


def test_two_columns_of_numbers_alone():
    rows = (("12", "14"), ("9", "8"))
    assert read(*rows).problem == WHICH_COLUMN
    assert values(read(("Năm 2025", "Năm 2026"), *rows)) == {"C2": "14", "C3": "8"}
    assert read(("Cùng kỳ", "Kế hoạch"), *rows).problem == NO_VALUES


def test_what_is_not_taken_is_said():
    pasted = read(
        ("Chỉ tiêu", "Số liệu"),
        ("Số con trâu", "9"),
        ("Tỷ lệ hoà giải thành", "82"),
        ("Cán bộ phụ trách", "2"),
        ("Số lượt tiếp công dân", "1.5"),
        ("Số công dân được tiếp", "-"),
        ("Vụ hoà giải", "không phát sinh"),
    )
    assert values(pasted) == {"E6": "none"}
    assert pasted.left == [
        "Dòng 2 “Số con trâu”: không có chỉ tiêu nào tên như vậy.",
        "Dòng 3 “Tỷ lệ hoà giải thành”: E8 do hệ thống tự tính.",
        "Dòng 4 “Cán bộ phụ trách”: L1 không nhập ở bảng này.",
        "Dòng 5 “Số lượt tiếp công dân”: “1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ "
        "(1,5).",
        "Dòng 6 “Số công dân được tiếp”: “-” chưa rõ. Ghi 0, “Không phát sinh”, hoặc “Chưa có số liệu” kèm lý do.",
    ]


def test_a_contributor_fills_his_own_cells_alone():
    own = [indicator for indicator in ASKED if indicator.code != "C2"]
    pasted = read(("C2", "41"), ("C3", "38"), asked=own)
    assert (values(pasted), pasted.left) == ({"C3": "38"}, ["Dòng 1 “C2”: C2 không nhập ở bảng này."])
    assert values(read(("41",), at="C2", asked=own)) == {}


def test_values_alone_go_downwards_and_headings_take_no_cell():
    start = CODES.index("C2")
    pasted = read(("Số liệu",), ("I. Công tác",), ("gần 14",), ("",), ("–",), ("không phát sinh",))
    first, _second, third, fourth = CODES[start : start + 4]
    assert values(pasted) == {first: "gần 14", fourth: "none"}
    assert pasted.left == [
        "Dòng 1 “Số liệu”: dòng tiêu đề.",
        "Dòng 2 “I. Công tác”: dòng tiêu đề.",
        f"Dòng 5, ô {third}: “–” chưa rõ. Ghi 0, “Không phát sinh”, hoặc “Chưa có số liệu” kèm lý do.",
    ]


def test_other_words_among_values_make_their_places_unsure():
    pasted = read(("14",), ("chưa tổng hợp",), ("9",))
    assert (values(pasted), pasted.problem.partition(". ")[0]) == (
        {},
        "Dòng 2 “chưa tổng hợp” không phải số nên chưa rõ các số sau thuộc ô nào",
    )


def test_notes_beside_values_and_units_that_are_none():
    pasted = read(("41", "đã rà soát"), ("38", "người"))
    assert [(code, entry.note) for code, entry in pasted.entries.items()] == [
        ("C2", "đã rà soát"),
        ("C3", ""),
    ]


def test_names_that_nobody_knows_and_numbers_of_rows_are_not_values():
    assert read(("Số con trâu", "4"), ("Số con bò", "7")).problem == WHICH_ROWS
    assert read(("1", "Số con trâu"), ("2", "Số con bò")).problem == WHICH_ROWS
    assert read(("1", "Số lượt tiếp công dân"), ("2", "Số công dân được tiếp")).problem == NO_VALUES


def test_more_values_than_cells():
    pasted = read(("1",), ("2",), at=CODES[-1], asked=[i for i in ASKED if i.code != "B6"])
    assert pasted.left[-1] == "Dòng 2 “2”: bảng không còn ô nào ở dưới."


def test_a_cell_of_several_lines_is_one_cell():
    pasted = read_pasted('"Số lượt\n tiếp công dân"\t41\r\nSố công dân được tiếp\t38\r\n', NAMES, ASKED, "A1")
    assert values(pasted) == {"C2": "41", "C3": "38"}
