"""Cells of Excel: what is understood, what is refused, and what is proposed instead."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from models_dv import clock
from models_dv.domain.sheets import CellError
from models_dv.enums import KheoField
from models_dv.importers.cells import Amount, Choice, Day, Whole, Words, Year, is_empty, labels, shown
from models_dv.importers.dan_van_kheo_sheet import restore_results, take_results
from tests.factories.world import local


@pytest.fixture(autouse=True)
def _today():
    with clock.fixed(local(2026, 11, 22)):
        yield


def refused(cell, raw) -> tuple[str, str]:
    with pytest.raises(CellError) as error:
        cell.read(raw)
    return error.value.message, error.value.mend


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        (" Tổ  tự\nquản ", "Tổ tự quản"),
        ("To\u0302\u0309", "Tổ"),
        (12.0, "12"),
        (1743.5, "1.743,5"),
        (True, "có"),
        (datetime(2026, 2, 5), "05/02/2026"),
    ],
)
def test_words_as_excel_shows_them(raw, stored):
    assert Words(40).read(raw) == stored


def test_long_text_keeps_its_lines():
    assert Words(40, lines=True).read(" Một\r\nHai ") == "Một\nHai"


def test_words_too_long_say_by_how_much():
    assert refused(Words(5), "sáu chữ") == ("Đang dài 7 chữ cái", "Rút gọn còn nhiều nhất 5")


@pytest.mark.parametrize(
    ("raw", "stored"), [(420.0, 420), ("420", 420), ("1.743", 1743), ("1 743", 1743), (0, 0)]
)
def test_whole_numbers(raw, stored):
    assert Whole().read(raw) == stored


@pytest.mark.parametrize(
    ("raw", "message", "mend"),
    [
        (1.743, "Cột này chỉ nhận số nguyên", "Có phải 1743?"),
        (0.5, "Cột này chỉ nhận số nguyên", "Có phải 500?"),
        (-3.0, "Giá trị phải từ 0 trở lên", "Có phải 3?"),
        ("12 người", "Chỉ nhập số, ví dụ 1.743 hoặc 6,5", "Có phải 12? Chỉ ghi số, bỏ chữ"),
        ("gần 250", "Ghi đúng số, không ghi gần, hơn, trên, ước", "Có phải 250? Chỉ ghi số, bỏ chữ"),
        ("nhiều", "Chỉ nhập số, ví dụ 1.743 hoặc 6,5", "Ví dụ 1743 hoặc 6,5"),
        (
            "1.5",
            "“1.5” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)",
            "Ví dụ 1743 hoặc 6,5",
        ),
        (
            datetime(2026, 1, 5),
            "Ô không phải là số (Excel đang hiểu là ngày, giờ)",
            "Đổi định dạng ô sang số rồi nhập lại",
        ),
        (2e9, "Số quá lớn, nhiều nhất 1.000.000.000", "Kiểm tra xem có thừa chữ số không"),
        (1e300, "Số quá lớn", "Kiểm tra xem có thừa chữ số không"),
    ],
)
def test_numbers_that_are_not_taken(raw, message, mend):
    assert refused(Whole(), raw) == (message, mend)


@pytest.mark.parametrize(
    ("raw", "value"),
    [(35.5, "35.5"), (0.1 + 0.2, "0.3"), ("6,5", "6.5"), ("6,5 tỷ", "6500"), ("35 triệu đồng", "35")],
)
def test_amounts_lose_nothing(raw, value):
    cell = Amount("triệu đồng")
    assert cell.load(cell.read(raw)) == Decimal(value)


def test_an_amount_in_the_wrong_unit():
    assert refused(Amount("triệu đồng", digits=6), 35_000_000.0) == (
        "Số quá lớn, nhiều nhất 6 chữ số trước dấu phẩy",
        "Ghi theo đơn vị triệu đồng",
    )


@pytest.mark.parametrize("raw", [2026.0, 2026, "2026", "năm 2026", " 2026 "])
def test_years(raw):
    assert Year(1990).read(raw) == 2026


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("26", "Chỉ nhập năm đủ bốn chữ số"),
        (2026.5, "Chỉ nhập năm đủ bốn chữ số"),
        (1989, "Năm phải từ 1990 đến 2027"),
        (2028, "Năm phải từ 1990 đến 2027"),
        (datetime(2026, 1, 1), "Ô ghi một ngày, cột này chỉ ghi năm"),
    ],
)
def test_years_that_are_not_taken(raw, message):
    assert refused(Year(1990), raw)[0] == message


@pytest.mark.parametrize("raw", [date(2026, 2, 5), datetime(2026, 2, 5, 7, 30), "5/2/2026", "05-02-2026"])
def test_days(raw):
    cell = Day()
    assert cell.load(cell.read(raw)) == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("raw", "message", "mend"),
    [
        (
            "30/02/2026",
            "Không có ngày 30/02/2026. Kiểm tra lại ngày và tháng",
            "Ghi ngày/tháng/năm, ví dụ 05/02/2026",
        ),
        (
            46000.0,
            "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026",
            "Ghi ngày/tháng/năm, ví dụ 05/02/2026",
        ),
        ("23/11/2026", "Ngày 23/11/2026 chưa đến", "Ghi ngày đã diễn ra hoặc để trống"),
        (date(1899, 1, 1), "Năm phải từ 1900 đến 2100", "Kiểm tra lại năm"),
    ],
)
def test_days_that_are_not_taken(raw, message, mend):
    assert refused(Day(past=True), raw) == (message, mend)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("Kinh tế", "economy"),
        ("kinh te", "economy"),
        ("Văn hóa - Xã hội", "culture"),
        ("Văn hoá – xã hội", "culture"),
        ("HTCT", "politics"),
    ],
)
def test_choices_with_and_without_accents(raw, stored):
    assert Choice(labels(KheoField), also={"HTCT": "politics"}).read(raw) == stored


def test_a_word_near_a_choice_is_asked_about():
    assert refused(Choice(labels(KheoField)), "Kinh tếế") == (
        "“Kinh tếế” không có trong danh sách",
        "Có phải “Kinh tế”?",
    )


def test_a_word_far_from_all_choices_gets_the_list():
    assert refused(Choice(labels(KheoField)), "Nông nghiệp") == (
        "“Nông nghiệp” không có trong danh sách",
        "Chọn một trong: Kinh tế; Văn hoá – xã hội; Quốc phòng – an ninh; Xây dựng hệ thống chính trị",
    )


def test_results_in_numbers():
    stored = take_results("Hộ hiến đất: 42 hộ; Đất hiến: 1.250 m²;")
    assert [str(figure) for figure in restore_results(stored)] == ["42 hộ Hộ hiến đất", "1.250 m² Đất hiến"]


@pytest.mark.parametrize("text", ["42 hộ hiến đất", "Hộ hiến đất: nhiều", ": 42 hộ", "Hộ hiến đất:"])
def test_results_that_are_not_taken(text):
    with pytest.raises(CellError):
        take_results(text)


def test_what_is_shown_of_a_cell_fits_a_line():
    assert len(shown("chữ " * 100)) == 120


@pytest.mark.parametrize(
    ("raw", "expected"), [("", True), ("  \n", True), (None, True), (0.0, False), (False, False)]
)
def test_empty_cells(raw, expected):
    assert is_empty(raw) is expected
