"""How cells of Excel are read: words, whole numbers, amounts, years, days, choices.

A cell arrives as Excel keeps it: text, float (5 is 5.0), bool, date or datetime. Each reader gives a JSON value
or raises CellError with what is wrong and, wherever it can be guessed, what to write instead.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from models_dv import clock
from models_dv.domain.sheets import CellError
from models_dv.vietnamese.dates import DateError, format_date, parse_date
from models_dv.vietnamese.fold import fold, normalize
from models_dv.vietnamese.numbers import (
    MAX_INTEGER_DIGITS,
    NEGATIVE,
    NOT_INTEGER,
    NumberError,
    format_number,
    parse_number,
)

LONGEST_SHOWN = 120
WHOLE_ONLY = "Cột này chỉ nhận số nguyên"
EXACT_ONLY = "Ghi đúng số, không ghi gần, hơn, trên, ước"


def words_of(raw) -> str:
    """A cell in words, as a person sees it in Excel; one line, in the form in which text is stored."""
    if isinstance(raw, str):
        text = normalize(raw)
        return " ".join(text.split())
    if isinstance(raw, bool):
        return "có" if raw else "không"
    if isinstance(raw, float | int):
        return str(int(raw)) if raw == int(raw) else format_number(raw)
    if isinstance(raw, datetime.date):
        return format_date(raw)
    return str(raw)


def shown(raw) -> str:
    """A cell for a list of errors: not longer than a line."""
    text = words_of(raw)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def is_empty(raw) -> bool:
    """Whether nothing stands in the cell."""
    return raw is None or raw == "" or (isinstance(raw, str) and not raw.strip())


@dataclass(frozen=True)
class Words:
    """Text of at most ``longest`` letters; with ``lines`` its line breaks stay."""

    longest: int
    lines: bool = False
    choices: tuple[str, ...] = ()

    def read(self, raw) -> str:
        """Numbers and days become what Excel shows."""
        if self.lines and isinstance(raw, str):
            text = normalize(raw).strip()
        else:
            text = words_of(raw)
        if len(text) > self.longest:
            raise CellError(
                f"Đang dài {format_number(len(text))} chữ cái",
                f"Rút gọn còn nhiều nhất {format_number(self.longest)}",
            )
        return text

    def load(self, stored: str) -> str:
        """As it is."""
        return stored


@dataclass(frozen=True)
class Whole:
    """A whole number from 0 up, at most ``most``."""

    most: int = 10**9
    choices: tuple[str, ...] = ()

    def read(self, raw) -> int:
        """A number of Excel, or words that parse_number understands (“1.743”)."""
        value = _number(raw, integer=True)
        if value > self.most:
            raise CellError(
                f"Số quá lớn, nhiều nhất {format_number(self.most)}", "Kiểm tra xem có thừa chữ số không"
            )
        return int(value)

    def load(self, stored: int) -> int:
        """As it is."""
        return stored


@dataclass(frozen=True)
class Amount:
    """A number with at most three decimals; ``unit`` is the column's unit (“triệu đồng”: 6,5 tỷ is 6.500)."""

    unit: str = ""
    digits: int = MAX_INTEGER_DIGITS
    choices: tuple[str, ...] = ()

    def read(self, raw) -> str:
        """As text, so that nothing is lost."""
        value = _number(raw, integer=False, unit=self.unit)
        if value >= 10**self.digits:
            raise CellError(
                f"Số quá lớn, nhiều nhất {self.digits} chữ số trước dấu phẩy",
                f"Ghi theo đơn vị {self.unit}" if self.unit else "Kiểm tra xem có thừa chữ số không",
            )
        return str(value)

    def load(self, stored: str) -> Decimal:
        """A Decimal again."""
        return Decimal(stored)


@dataclass(frozen=True)
class Year:
    """A year of four digits, from ``first`` to next year."""

    first: int = 1976
    choices: tuple[str, ...] = ()

    def read(self, raw) -> int:
        """A number, or words with nothing but the year."""
        if isinstance(raw, datetime.date):
            raise CellError("Ô ghi một ngày, cột này chỉ ghi năm", f"Nhập {raw.year}")
        text, last = words_of(raw), clock.today().year + 1
        digits = text.lower().removeprefix("năm").strip()
        if not (len(digits) == 4 and digits.isascii() and digits.isdigit()):
            raise CellError("Chỉ nhập năm đủ bốn chữ số", f"Ví dụ {last - 1}")
        if not self.first <= int(digits) <= last:
            raise CellError(f"Năm phải từ {self.first} đến {last}", "Kiểm tra lại năm")
        return int(digits)

    def load(self, stored: int) -> int:
        """As it is."""
        return stored


@dataclass(frozen=True)
class Day:
    """A day; with ``past`` not after today."""

    past: bool = False
    choices: tuple[str, ...] = ()

    def read(self, raw) -> str:
        """A date of Excel, or words such as 05/02/2026."""
        if isinstance(raw, datetime.datetime):
            day = raw.date()
        elif isinstance(raw, datetime.date):
            day = raw
        else:
            try:
                day = parse_date(words_of(raw))
            except DateError as error:
                raise CellError(str(error), "Ghi ngày/tháng/năm, ví dụ 05/02/2026") from None
        if not 1900 <= day.year <= 2100:
            raise CellError("Năm phải từ 1900 đến 2100", "Kiểm tra lại năm")
        if self.past and day > clock.today():
            raise CellError(f"Ngày {format_date(day)} chưa đến", "Ghi ngày đã diễn ra hoặc để trống")
        return day.isoformat()

    def load(self, stored: str) -> datetime.date:
        """A date again."""
        return datetime.date.fromisoformat(stored)


@dataclass(frozen=True)
class Choice:
    """One of a few words, found without accents; ``options`` are (stored value, word) pairs.

    ``also`` maps other words in use to a stored value.
    """

    options: tuple[tuple[str, str], ...]
    also: dict[str, str] = field(default_factory=dict)
    _by_words: dict[str, str] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self):
        self._by_words.update({fold(word): value for word, value in self.also.items()})
        self._by_words.update({fold(word): str(value) for value, word in self.options})
        self._by_words.update({str(word): str(value) for value, word in self.options})

    @property
    def choices(self) -> tuple[str, ...]:
        """The words for the list in Excel."""
        return tuple(str(word) for _value, word in self.options)

    def read(self, raw) -> str:
        """The stored value; a word not on the list is answered with the nearest that is."""
        if isinstance(raw, str) and raw in self._by_words:
            return self._by_words[raw]
        text = fold(words_of(raw))
        if text in self._by_words:
            return self._by_words[text]
        near = get_close_matches(text, self._by_words, n=1, cutoff=0.6)
        words = {str(value): word for value, word in self.options}
        if near:
            mend = f"Có phải “{words[self._by_words[near[0]]]}”?"
        else:
            mend = "Chọn một trong: " + "; ".join(self.choices)
        raise CellError(f"“{shown(raw)}” không có trong danh sách", mend)

    def load(self, stored: str) -> str:
        """As it is."""
        return stored


class Named:
    """One of many things with names, such as units: found without accents; a name that two bear is asked about.

    ``names`` are (id, names of it) pairs, the first one being that which is proposed.
    """

    choices: tuple[str, ...] = ()

    def __init__(self, names: Iterable[tuple[int, Iterable[str]]], what: str):
        self.what, self._found, self._shown = what, {}, {}
        for pk, words in names:
            words = [word for word in words if word]
            for word in words:
                self._found.setdefault(fold(word), set()).add(pk)
            self._shown[pk] = words[0]

    def read(self, raw) -> int:
        """The id."""
        text = words_of(raw)
        found = self._found.get(fold(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise CellError(f"Có {len(found)} {self.what} tên “{shown(raw)}”", "Ghi mã thay cho tên")
        near = get_close_matches(fold(text), self._found, n=1, cutoff=0.7)
        likely = self._found[near[0]] if near else ()
        mend = (
            f"Có phải “{self._shown[min(likely)]}”?" if likely else "Ghi đúng tên hoặc mã như trong hệ thống"
        )
        raise CellError(f"Không tìm thấy {self.what} “{shown(raw)}”", mend)

    def load(self, stored: int) -> int:
        """As it is."""
        return stored


@dataclass(frozen=True)
class Several:
    """Several of what ``one`` reads, apart by semicolons; each once."""

    one: Named
    choices: tuple[str, ...] = ()

    def read(self, raw) -> list[int]:
        """The ids, in the order in which they stand there."""
        parts = [part.strip() for part in words_of(raw).split(";")]
        return list(dict.fromkeys(self.one.read(part) for part in parts if part))

    def load(self, stored: list[int]) -> list[int]:
        """As it is."""
        return stored


@dataclass(frozen=True)
class Parsed:
    """Words taken apart by a function of the noun: ``take`` gives a JSON value or raises CellError."""

    take: Callable[[str], object]
    restore: Callable[[object], object]
    choices: tuple[str, ...] = ()

    def read(self, raw):
        """The text in one line."""
        return self.take(words_of(raw))

    def load(self, stored):
        """What the function of the noun makes of it."""
        return self.restore(stored)


def labels(choices: Iterable) -> tuple[tuple[str, str], ...]:
    """(stored value, word) pairs of a TextChoices."""
    return tuple((str(choice.value), str(choice.label)) for choice in choices)


def _number(raw, *, integer: bool, unit: str = "") -> Decimal:
    """The number in a cell. Raises CellError with the number to write where it can be guessed."""
    if isinstance(raw, bool | datetime.date | datetime.time | datetime.timedelta):
        raise CellError(
            "Ô không phải là số (Excel đang hiểu là ngày, giờ)", "Đổi định dạng ô sang số rồi nhập lại"
        )
    if isinstance(raw, float | int):
        return _of_float(raw, integer=integer)
    text = words_of(raw)
    try:
        number = parse_number(text, integer=integer, unit=unit)
    except NumberError as error:
        message = WHOLE_ONLY if str(error) == NOT_INTEGER else str(error)
        raise CellError(message, _guess(text)) from None
    if number.qualifier:
        raise CellError(EXACT_ONLY, _guess(text))
    return number.value


def _of_float(raw: float, *, integer: bool) -> Decimal:
    if raw < 0:
        raise CellError(NEGATIVE, f"Có phải {format_number(abs(raw))}?")
    if raw >= 10**MAX_INTEGER_DIGITS:
        raise CellError("Số quá lớn", "Kiểm tra xem có thừa chữ số không")
    if raw == int(raw):
        return Decimal(int(raw))
    value = Decimal(str(round(raw, 3)))
    if integer:
        meant = Decimal(str(raw)) * 1000
        mend = f"Có phải {int(meant)}?" if meant == int(meant) else "Làm tròn rồi nhập lại"
        raise CellError(WHOLE_ONLY, mend)
    return value


def _guess(text: str) -> str:
    """“12 người” → “Nhập 12, bỏ chữ”."""
    digits = "".join(char for char in text if char.isdigit() or char in ".,")
    digits = digits.strip(".,")
    return f"Có phải {digits}? Chỉ ghi số, bỏ chữ" if digits and digits != text else "Ví dụ 1743 hoặc 6,5"
