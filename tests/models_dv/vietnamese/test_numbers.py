from decimal import Decimal

import pytest

from models_dv.vietnamese.numbers import (
    QUALIFIER_WORDS,
    NumberError,
    format_number,
    format_qualified,
    format_signed,
    parse_number,
    percent_change,
    roman,
)

ABOUT = "Không ghi “khoảng” trước số. Ghi “gần”, “hơn”, “trên”, hoặc “ước” nếu số sẽ chốt sau"
NOT_NUMBER = "Chỉ nhập số, ví dụ 1.743 hoặc 6,5"
INTEGER = "Chỉ tiêu này là số nguyên"
NEGATIVE = "Giá trị phải từ 0 trở lên"
TOO_LARGE = "Số quá lớn: nhiều nhất 12 chữ số trước dấu phẩy. Kiểm tra xem có thừa chữ số không"
TOO_FINE = "Nhiều nhất 3 chữ số sau dấu phẩy. Làm tròn rồi nhập lại"


def ambiguous(typed):
    return f"“{typed}” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)"


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("0", "0", ""),
        ("1743", "1743", ""),
        ("1.743", "1743", ""),
        ("1 743", "1743", ""),
        ("1\u00a0743", "1743", ""),
        ("1\u2009743", "1743", ""),
        ("1\u202f743", "1743", ""),
        ("  12.345.678 ", "12345678", ""),
        ("007", "7", ""),
        ("6,0", "6", ""),
        ("999.999.999.999", "999999999999", ""),
        ("gần 250", "250", "gan"),
        ("Gần 250", "250", "gan"),
        ("ga\u0302\u0300n 250", "250", "gan"),
        ("gần250", "250", "gan"),
        ("hơn 2.200", "2200", "hon"),
        ("trên 1.900", "1900", "tren"),
        ("ước 30", "30", "uoc"),
        ("ước tính 30", "30", "uoc"),
        ("ước khoảng 30", "30", "uoc"),
        ("gan 250", "250", "gan"),
        ("\ufeff1743\u200b", "1743", ""),
    ],
)
def test_whole_numbers_as_people_type_them(typed, value, qualifier):
    assert parse_number(typed, integer=True) == (Decimal(value), qualifier)


@pytest.mark.parametrize(
    ("typed", "value", "qualifier"),
    [
        ("6,5", "6.5", ""),
        ("0,125", "0.125", ""),
        ("0,120", "0.12", ""),
        ("1,743", "1.743", ""),
        ("1.743,25", "1743.25", ""),
        ("1 743,25", "1743.25", ""),
        ("1234,500", "1234.5", ""),
        ("hơn 6,50", "6.5", "hon"),
        ("1743", "1743", ""),
    ],
)
def test_numbers_with_a_fraction(typed, value, qualifier):
    parsed = parse_number(typed, integer=False)
    assert parsed == (Decimal(value), qualifier)
    assert str(parsed.value) == value


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("6,5 tỷ", "triệu đồng", "6500"),
        ("6,5 tỉ đồng", "triệu đồng", "6500"),
        ("500 triệu", "triệu đồng", "500"),
        ("500 triệu đồng", "triệu đồng", "500"),
        ("1,743 tỷ", "triệu đồng", "1743"),
        ("750 nghìn", "triệu đồng", "0.75"),
        ("2 triệu", "đồng", "2000000"),
        ("1,2 nghìn", "người", "1200"),
        ("250 lượt người", "lượt người", "250"),
        ("12,5 m²", "m²", "12.5"),
    ],
)
def test_words_of_scale_count_in_the_unit_of_the_indicator(typed, unit, value):
    assert parse_number(typed, integer=False, unit=unit) == (Decimal(value), "")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", NOT_NUMBER),
        ("   ", NOT_NUMBER),
        ("abc", NOT_NUMBER),
        ("–", NOT_NUMBER),
        (".", NOT_NUMBER),
        ("+5", NOT_NUMBER),
        ("12a", NOT_NUMBER),
        ("1e5", NOT_NUMBER),
        ("=1+2", NOT_NUMBER),
        ("NaN", NOT_NUMBER),
        ("٣", NOT_NUMBER),
        ("chừng 30", NOT_NUMBER),
        ("KHOẢNG 30", ABOUT),
        ("30 người", NOT_NUMBER),
        ("65%", NOT_NUMBER),
        ("9" * 100_000, NOT_NUMBER),
        ("1.5", ambiguous("1.5")),
        ("12.34", ambiguous("12.34")),
        ("1.2345", ambiguous("1.2345")),
        ("1234.567", ambiguous("1234.567")),
        ("0.125", ambiguous("0.125")),
        ("1,743.5", ambiguous("1,743.5")),
        ("1,743,000", ambiguous("1,743,000")),
        ("1.743 000", ambiguous("1.743 000")),
        ("1 5", ambiguous("1 5")),
        ("6,", ambiguous("6,")),
        ("gần 1.5", ambiguous("1.5")),
        ("-5", NEGATIVE),
        ("−5", NEGATIVE),
        ("- 5", NEGATIVE),
        ("gần -5", NEGATIVE),
        ("1000000000000", TOO_LARGE),
        ("1.000.000.000.000", TOO_LARGE),
        ("1000 tỷ", TOO_LARGE),
    ],
)
@pytest.mark.parametrize("integer", [True, False])
def test_what_is_no_figure_is_refused_in_words(typed, message, integer):
    with pytest.raises(NumberError) as raised:
        parse_number(typed, integer=integer)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("typed", "integer", "message"),
    [
        ("6,5", True, INTEGER),
        ("0,125", True, INTEGER),
        ("1,743", True, ambiguous("1,743")),
        ("1,000", True, ambiguous("1,000")),
        ("1,500", False, ambiguous("1,500")),
        ("6,5125", False, TOO_FINE),
        ("6,5125", True, TOO_FINE),
    ],
)
def test_fractions_where_they_do_not_belong(typed, integer, message):
    with pytest.raises(NumberError) as raised:
        parse_number(typed, integer=integer)
    assert str(raised.value) == message


@pytest.mark.parametrize(("words", "unit"), [("tỷ", "người"), ("Tỉ", "m²"), ("nghìn đồng", "hoạt động")])
def test_words_of_money_do_not_count_people_or_things(words, unit):
    with pytest.raises(NumberError) as raised:
        parse_number(f"6,5 {words}", integer=True, unit=unit)
    assert str(raised.value) == f"Đơn vị tính là “{unit}”: ghi đủ chữ số, không ghi “{words}”"


def test_a_small_sum_in_a_large_unit_has_too_many_decimals():
    with pytest.raises(NumberError) as raised:
        parse_number("500 nghìn", integer=False, unit="tỷ đồng")
    assert str(raised.value) == TOO_FINE


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (None, None, "–"),
        (0, None, "0"),
        (1743, None, "1.743"),
        (Decimal("1743.000"), None, "1.743"),
        (Decimal("6.500"), None, "6,5"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("1234567.89"), None, "1.234.567,89"),
        (6.5, None, "6,5"),
        (-86, None, "−86"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("7.25"), 1, "7,3"),
        (Decimal("7"), 1, "7,0"),
        (Decimal("999.5"), 0, "1.000"),
    ],
)
def test_format_number(value, decimals, shown):
    assert format_number(value, decimals=decimals) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (None, None, "–"),
        (0, None, "0"),
        (105, None, "+105"),
        (-86, None, "−86"),
        (Decimal("1743.5"), None, "+1.743,5"),
        (Decimal("0.04"), 1, "0,0"),
    ],
)
def test_format_signed(value, decimals, shown):
    assert format_signed(value, decimals=decimals) == shown


@pytest.mark.parametrize("value", ["0", "7", "1743", "6.5", "0.125", "999999999999.999"])
def test_what_is_shown_can_be_typed_again(value):
    assert parse_number(format_number(Decimal(value)), integer=False).value == Decimal(value)


@pytest.mark.parametrize(
    ("new", "old", "change"),
    [
        (130, 100, Decimal(30)),
        (Decimal("7"), Decimal("8"), Decimal("-12.5")),
        (5, 5, Decimal(0)),
        (-5, -10, Decimal(50)),
        (5, 0, None),
        (5, None, None),
        (None, 5, None),
    ],
)
def test_percent_change(new, old, change):
    assert percent_change(new, old) == change


def test_qualifiers_have_a_word_each():
    assert QUALIFIER_WORDS == {"": "", "gan": "gần", "hon": "hơn", "tren": "trên", "uoc": "ước"}


@pytest.mark.parametrize(
    ("value", "qualifier", "words"),
    [(250, "gan", "gần 250"), (Decimal("6.5"), "", "6,5"), (None, "gan", "–"), (0, "hon", "hơn 0")],
)
def test_a_value_with_its_word(value, qualifier, words):
    assert format_qualified(value, qualifier) == words


def test_a_value_with_its_word_and_fixed_decimals():
    assert format_qualified(Decimal("96.25"), "uoc", decimals=1) == "ước 96,3"


@pytest.mark.parametrize(
    ("number", "words"), [(1, "I"), (4, "IV"), (9, "IX"), (10, "X"), (14, "XIV"), (18, "XVIII"), (29, "XXIX")]
)
def test_numbers_of_headings(number, words):
    assert roman(number) == words
