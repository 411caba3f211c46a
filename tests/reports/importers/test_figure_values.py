"""What a cell says of an indicator."""

from decimal import Decimal

import pytest

from models_dv.domain.sheets import CellError
from reports.domain.filling import FigureEntry
from reports.enums import ValueState
from reports.importers.figure_values import ASK_WHICH, PERCENT_CELL, cell_words, read_cell
from reports.models import Indicator
from tests.reports.importers.documents import decimal_indicator

COUNT = Indicator(pk=1, code="K4", name="Mô hình", unit_name="mô hình", kind="integer", op="stock")
SHARE = Indicator(pk=2, code="X1", name="Tỷ lệ tự nhập", unit_name="%", kind="percent", op="stock")
WORDS = Indicator(pk=3, code="B6", name="Dư luận", kind="text", op="text")
MONEY = decimal_indicator()


def number(value: str, qualifier: str = "", note: str = "") -> FigureEntry:
    return FigureEntry(ValueState.NUMBER, Decimal(value), qualifier, note=note)


@pytest.mark.parametrize(
    ("indicator", "cell", "entry"),
    [
        (COUNT, 41, number("41")),
        (COUNT, 41.0, number("41")),
        (COUNT, 0, number("0")),
        (COUNT, "1.743", number("1743")),
        (COUNT, "gần 250", number("250", "gan")),
        (COUNT, "41 mô hình", number("41")),
        (MONEY, 6.5, number("6.5")),
        (MONEY, "6,5", number("6.5")),
        (MONEY, "6,5 tỷ", number("6500")),
        (SHARE, {"percent": 0.965}, number("96.5")),
        (SHARE, {"percent": 0.07}, number("7")),
        (SHARE, "96,5%", number("96.5")),
        (COUNT, "Không phát sinh", FigureEntry(ValueState.NONE, Decimal(0))),
        (COUNT, "không phát sinh trong kỳ", FigureEntry(ValueState.NONE, Decimal(0))),
        (COUNT, "chưa có số liệu (đang rà soát)", FigureEntry(ValueState.NO_DATA, note="đang rà soát")),
        (COUNT, "Chưa có số liệu: đang rà soát", FigureEntry(ValueState.NO_DATA, note="đang rà soát")),
        (WORDS, "Nhân dân phấn khởi", FigureEntry(ValueState.NUMBER, text="Nhân dân phấn khởi")),
        (WORDS, 12, FigureEntry(ValueState.NUMBER, text="12")),
        (COUNT, "", None),
        (COUNT, None, None),
        (COUNT, "  ", None),
    ],
)
def test_read(indicator, cell, entry):
    assert read_cell(indicator, cell) == entry


def test_the_note_beside_goes_along_and_is_the_reason():
    assert read_cell(COUNT, 41, " Tăng  do sáp nhập ") == number("41", note="Tăng do sáp nhập")
    assert read_cell(COUNT, "chưa có số liệu", "chờ Công an") == FigureEntry(
        ValueState.NO_DATA, note="chờ Công an"
    )


@pytest.mark.parametrize(
    ("indicator", "cell", "message", "mend"),
    [
        (COUNT, "-", "“-” chưa rõ", ASK_WHICH),
        (COUNT, "không có", "“không có” chưa rõ", ASK_WHICH),
        (COUNT, "X", "“X” chưa rõ", ASK_WHICH),
        (COUNT, -3, "Giá trị phải từ 0 trở lên", "Có phải 3?"),
        (COUNT, 12.5, "Cột này chỉ nhận số nguyên", "Có phải 12500?"),
        (COUNT, "mười hai", "Chỉ nhập số, ví dụ 1.743 hoặc 6,5", ""),
        (COUNT, "chưa có số liệu", "Ghi lý do chưa có số liệu", None),
        (COUNT, {"percent": 0.5}, PERCENT_CELL, None),
        (COUNT, {"problem": "Công thức của ô báo lỗi #REF!"}, "Công thức của ô báo lỗi #REF!", ""),
        (COUNT, 1e15, "Số quá lớn", None),
        (COUNT, "1.5", "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)", ""),
    ],
)
def test_refused(indicator, cell, message, mend):
    with pytest.raises(CellError) as refused:
        read_cell(indicator, cell)
    assert refused.value.message == message
    assert mend is None or refused.value.mend == mend


def test_a_note_that_is_too_long_is_refused():
    with pytest.raises(CellError):
        read_cell(COUNT, 41, "a" * 501)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        ("gần 250", "gần 250"),
        (41, "41"),
        (6.5, "6,5"),
        ({"percent": 0.965}, "96,5%"),
        ({"problem": "x"}, ""),
    ],
)
def test_words(cell, words):
    assert cell_words(cell) == words
