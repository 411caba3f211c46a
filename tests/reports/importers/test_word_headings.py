"""Which lines are headings."""

import pytest

from reports.importers.word.headings import Number, heading_of, read_number
from reports.importers.word.reader import Line


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("I- TÌNH HÌNH", Number(3, 1), "TÌNH HÌNH"),
        ("IV. Phương hướng", Number(3, 4), "Phương hướng"),
        ("II – Kết quả", Number(3, 2), "Kết quả"),
        ("XII/ Khác", Number(3, 12), "Khác"),
        ("PHẦN THỨ HAI: KẾT QUẢ", Number(1, 2), "KẾT QUẢ"),
        ("Phần I. Kết quả", Number(1, 1), "Kết quả"),
        ("A. Tình hình", Number(2, 1), "Tình hình"),
        ("1. Cấp uỷ", Number(4, 1), "Cấp uỷ"),
        ("1.Cấp uỷ", Number(4, 1), "Cấp uỷ"),
        ("3) Đối thoại", Number(4, 3), "Đối thoại"),
        ("1.2. Kiểm tra", Number(5, 2), "Kiểm tra"),
        ("1.2 Kiểm tra", Number(5, 2), "Kiểm tra"),
        ("II.3. Lực lượng", Number(4, 3), "Lực lượng"),
        ("1.2.3. Việc", Number(6, 3), "Việc"),
        ("a) Việc", Number(9, 1), "Việc"),
        ("6 tháng đầu năm", None, "6 tháng đầu năm"),
        ("20/7/2021, tại Trụ sở", None, "20/7/2021, tại Trụ sở"),
        ("1.743 mô hình", None, "1.743 mô hình"),
        ("12. 41 mô hình", None, "12. 41 mô hình"),
        ("Trong kỳ", None, "Trong kỳ"),
        ("", None, ""),
    ],
)
def test_numbers(text, number, rest):
    assert read_number(text) == (number, rest)


@pytest.mark.parametrize(
    ("line", "sure", "title"),
    [
        (Line("I- TÌNH HÌNH NHÂN DÂN"), True, "TÌNH HÌNH NHÂN DÂN"),
        (Line("I. Tình hình Nhân dân:"), True, "Tình hình Nhân dân"),
        (Line("Tình hình Nhân dân", level=1), True, "Tình hình Nhân dân"),
        (Line("Kết quả", label="II-"), True, "Kết quả"),
        (Line("1. Ưu điểm", bold=True), True, "Ưu điểm"),
        (Line("1. Ưu điểm"), False, "Ưu điểm"),
        (Line("Ưu điểm", bold=True), False, "Ưu điểm"),
        (Line("ƯU ĐIỂM"), False, "ƯU ĐIỂM"),
        (Line("a) Việc", bold=True), False, "Việc"),
    ],
)
def test_headings(line, sure, title):
    found = heading_of(line)
    assert (found.title, found.is_sure) == (title, sure)


@pytest.mark.parametrize(
    "line",
    [
        Line("Đời sống Nhân dân ổn định."),
        Line("1. Tổ chức 12 hội nghị quán triệt."),
        Line("Ban hành văn bản;", bold=True),
        Line("Chấm", label="-", bold=True),
        Line("a) việc thứ nhất"),
        Line("1. " + "rất dài " * 40, bold=True),
        Line("I. Trong kỳ đã họp bàn nhiều việc."),
        Line("-----", bold=True),
        Line("x"),
    ],
)
def test_text_is_no_heading(line):
    assert heading_of(line) is None


def test_a_bold_beginning_leaves_the_rest_as_text():
    found = heading_of(Line("1. Ưu điểm: có chuyển biến.", lead="1. Ưu điểm:"))
    assert (found.title, found.rest, found.is_sure) == ("Ưu điểm", "có chuyển biến.", False)
