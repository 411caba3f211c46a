"""Figures as people here type and read them: 1.743 is one thousand seven hundred …, 6,5 is six and a half.

A typed figure may carry a qualifier (“gần 250”, “hơn 2.200”, “trên 1.900”, “ước 30”); it is a value and
a qualifier, two things (domain.md §2). What can be read in two ways is asked about, never guessed.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from .fold import fold, normalize

QUALIFIER_WORDS = {"": "", "gan": "gần", "hon": "hơn", "tren": "trên", "uoc": "ước"}
"""Code of a qualifier, as stored → the word a person reads before the value."""

MAX_INTEGER_DIGITS = 12
MAX_DECIMALS = 3
NOTHING = "–"
"""What stands in a table where there is no value."""

NOT_NUMBER = "Chỉ nhập số, ví dụ 1.743 hoặc 6,5"
AMBIGUOUS = "“{v}” chưa rõ: dấu chấm tách hàng nghìn (1.743), dấu phẩy cho phần lẻ (1,5)"
NOT_INTEGER = "Chỉ tiêu này là số nguyên"
NEGATIVE = "Giá trị phải từ 0 trở lên"
TOO_LARGE = (
    f"Số quá lớn: nhiều nhất {MAX_INTEGER_DIGITS} chữ số trước dấu phẩy. Kiểm tra xem có thừa chữ số không"
)
TOO_FINE = f"Nhiều nhất {MAX_DECIMALS} chữ số sau dấu phẩy. Làm tròn rồi nhập lại"
#: “khoảng” is none of the words that are kept, and “ước” says more: a figure that is made final later.
ABOUT = "Không ghi “khoảng” trước số. Ghi “gần”, “hơn”, “trên”, hoặc “ước” nếu số sẽ chốt sau"
NOT_MONEY = "Đơn vị tính là “{unit}”: ghi đủ chữ số, không ghi “{words}”"

_LONGEST_TYPED = 80
_MINUS = "−"

_QUALIFIERS = {
    "gan": "gan",
    "hon": "hon",
    "tren": "tren",
    "uoc": "uoc",
    "uoc tinh": "uoc",
    "uoc khoang": "uoc",
}
_SCALES = {"nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9}
#: No unit here counts so many people, buildings or meetings.
_ONLY_MONEY = {"ty", "ti"}

_WORDS = r"[^\W\d_]+(?: [^\W\d_]+)*"
_SHAPE = re.compile(rf"({_WORDS})? ?([-−–+]? ?[0-9.,](?:[0-9., ]*[0-9.,])?) ?({_WORDS})?")
_GROUPED = "|".join([r"[0-9]+", r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+", r"[1-9][0-9]{0,2}(?: [0-9]{3})+"])
_FIGURE = re.compile(rf"(?:{_GROUPED})(?:,([0-9]+))?")
_LIKE_FOREIGN_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")


class NumberError(ValueError):
    """A typed figure that cannot be taken; the message says what to do, in Vietnamese."""


class ParsedNumber(NamedTuple):
    """A figure as typed: its value, and a code of `QUALIFIER_WORDS` ("" for an exact figure)."""

    value: Decimal
    qualifier: str


def parse_number(text: str, *, integer: bool, unit: str = "") -> ParsedNumber:
    """Read a typed figure: 1743, 1.743, “1 743”, “6,5”, “gần 250”, “6,5 tỷ”.

    `integer` refuses a fraction. `unit` is the unit of the indicator: “6,5 tỷ” is 6.500 where the unit
    is “triệu đồng”, and 6.500.000.000 where it is “đồng”; of people there are no “tỷ”.

    Raises `NumberError` for what is no number, can be read in two ways (“1.5”), is negative, or has more
    than 12 digits before or 3 after the comma.
    """
    before, figure, after = _split(text)
    qualifier = _qualifier(before)
    power = _power(after, unit)
    value = _value(figure).scaleb(power) if power else _value(figure)
    if value >= 10**MAX_INTEGER_DIGITS:
        raise NumberError(TOO_LARGE)
    if not power:
        _refuse_foreign_thousands(figure, integer=integer)
    if integer and value != value.to_integral_value():
        raise NumberError(NOT_INTEGER)
    if value != round(value, MAX_DECIMALS):
        raise NumberError(TOO_FINE)
    return ParsedNumber(_plain(value), qualifier)


def format_number(value: Decimal | int | float | None, *, decimals: int | None = None) -> str:
    """Return `value` for reading: 1743 → “1.743”, 6.5 → “6,5”, None → “–”.

    `decimals` fixes the number of decimals (halves go up); without it, those that are there are shown,
    without trailing zeros.
    """
    if value is None:
        return NOTHING
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    sign = _MINUS if number < 0 else ""
    return sign + f"{int(whole):,}".replace(",", ".") + (f",{fraction}" if fraction else "")


def format_signed(value: Decimal | int | float | None, *, decimals: int | None = None) -> str:
    """Return a change with its sign: “+105”, “−86”, “0”; None → “–”."""
    shown = format_number(value, decimals=decimals)
    is_rise = value is not None and value > 0 and any(digit in shown for digit in "123456789")
    return f"+{shown}" if is_rise else shown


def format_qualified(
    value: Decimal | int | float | None, qualifier: str, *, decimals: int | None = None
) -> str:
    """Return `value` with the word of its qualifier: “gần 250”, “1.743”; None → “–”, whatever the qualifier."""
    shown = format_number(value, decimals=decimals)
    return shown if value is None else f"{QUALIFIER_WORDS[qualifier]} {shown}".strip()


def roman(number: int) -> str:
    """Return 1 … 29 as headings are numbered: I, II … XXIX."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]


def percent_change(new: Decimal | int | None, old: Decimal | int | None) -> Decimal | None:
    """Return by how many percent `new` differs from `old`, not rounded; None where that says nothing."""
    if new is None or not old:
        return None
    return (Decimal(new) - Decimal(old)) * 100 / abs(Decimal(old))


def _split(text: str) -> tuple[str, str, str]:
    """Return the words before, the figure and the words after it; white space of every kind is one space."""
    if len(text) > _LONGEST_TYPED:
        raise NumberError(NOT_NUMBER)
    shape = _SHAPE.fullmatch(" ".join(normalize(text).split()))
    if not shape or not any(char.isdigit() for char in shape[2]):
        raise NumberError(NOT_NUMBER)
    if shape[2][0] in "-−–":
        raise NumberError(NEGATIVE)
    return shape[1] or "", shape[2], shape[3] or ""


def _qualifier(words: str) -> str:
    if not words:
        return ""
    if fold(words) not in _QUALIFIERS:
        raise NumberError(ABOUT if fold(words) == "khoang" else NOT_NUMBER)
    return _QUALIFIERS[fold(words)]


def _power(words: str, unit: str) -> int:
    """Return the power of ten between what was typed after the figure and the indicator's unit."""
    typed, own = fold(words), fold(unit)
    if typed in {"", own}:
        return 0
    scale = typed.removesuffix(" dong")
    if scale not in _SCALES:
        raise NumberError(NOT_NUMBER)
    is_money = own.removesuffix("dong").strip() in {"", *_SCALES}
    if not is_money and (scale in _ONLY_MONEY or scale != typed):
        raise NumberError(NOT_MONEY.format(unit=unit, words=words))
    return _SCALES[scale] - _SCALES.get(own.partition(" ")[0], 0)


def _value(figure: str) -> Decimal:
    shape = _FIGURE.fullmatch(figure)
    if not shape:
        raise NumberError(NOT_NUMBER if "+" in figure else AMBIGUOUS.format(v=figure))
    if shape[1] and len(shape[1]) > MAX_DECIMALS:
        raise NumberError(TOO_FINE)
    return Decimal(figure.replace(".", "").replace(" ", "").replace(",", "."))


def _refuse_foreign_thousands(figure: str, *, integer: bool) -> None:
    """Ask about “1,743” where only 1.743 can be meant, and about “1,500”: nobody writes 1,5 so."""
    if _LIKE_FOREIGN_THOUSANDS.fullmatch(figure) and (integer or figure.endswith("0")):
        raise NumberError(AMBIGUOUS.format(v=figure))


def _plain(value: Decimal) -> Decimal:
    """Return the value without exponent and without trailing zeros: 1743, 6.5."""
    return Decimal(f"{value.normalize():f}")
