import datetime

import pytest

from models_dv.vietnamese.dates import DateError, format_date, parse_date

NOT_DATE = "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"


def test_format_date_puts_the_day_first():
    assert format_date(datetime.date(2026, 2, 5)) == "05/02/2026"
    assert format_date(datetime.date(2026, 12, 31)) == "31/12/2026"


def test_a_moment_gives_its_day_in_vietnam():
    evening = datetime.datetime(2026, 11, 22, 17, 30, tzinfo=datetime.UTC)
    assert format_date(evening) == "23/11/2026"
    assert format_date(evening.replace(tzinfo=None)) == "22/11/2026"


@pytest.mark.parametrize(
    "typed", ["5/2/2026", "05/02/2026", " 05 / 02 / 2026 ", "5-2-2026", "5.2.2026", "2026-02-05"]
)
def test_parse_date_reads_the_fifth_of_february(typed):
    assert parse_date(typed) == datetime.date(2026, 2, 5)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", NOT_DATE),
        ("hôm nay", NOT_DATE),
        ("1 5/2/2026", NOT_DATE),
        ("5/2-2026", NOT_DATE),
        ("2026/02/05", NOT_DATE),
        ("٥/٢/٢٠٢٦", NOT_DATE),
        ("5/2/26", "Ghi năm đủ bốn chữ số, ví dụ 05/02/2026"),
        ("31/2/2026", "Không có ngày 31/02/2026. Kiểm tra lại ngày và tháng"),
        ("2/13/2026", "Không có ngày 02/13/2026. Kiểm tra lại ngày và tháng"),
        ("0/0/2026", "Không có ngày 00/00/2026. Kiểm tra lại ngày và tháng"),
        ("5/2/0026", "Năm phải từ 1900 đến 2100"),
        ("5/2/9999", "Năm phải từ 1900 đến 2100"),
    ],
)
def test_parse_date_says_what_is_wrong(typed, message):
    with pytest.raises(DateError) as raised:
        parse_date(typed)
    assert str(raised.value) == message
