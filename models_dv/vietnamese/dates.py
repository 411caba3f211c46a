"""Dates as written here: 05/02/2026 is the fifth of February (domain.md §4, §8)."""

import datetime
import re
from zoneinfo import ZoneInfo

NOT_DATE = "Nhập ngày theo thứ tự ngày/tháng/năm, ví dụ 05/02/2026"
SHORT_YEAR = "Ghi năm đủ bốn chữ số, ví dụ 05/02/2026"
NO_SUCH_DAY = "Không có ngày {day:02d}/{month:02d}/{year}. Kiểm tra lại ngày và tháng"
YEAR_OUT_OF_RANGE = "Năm phải từ 1900 đến 2100"

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})")
_AROUND_SEPARATOR = re.compile(r"\s*([/.-])\s*")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class DateError(ValueError):
    """A typed date that cannot be taken; the message says what to do, in Vietnamese."""


def format_date(date: datetime.date) -> str:
    """Return “05/02/2026”; a moment with a time zone gives its day in Việt Nam."""
    if isinstance(date, datetime.datetime) and date.tzinfo:
        date = date.astimezone(_VIETNAM)
    return f"{date.day:02d}/{date.month:02d}/{date.year:04d}"


def parse_date(text: str) -> datetime.date:
    """Read “5/2/2026”, “05-02-2026” or “5.2.2026” as 5 February, and “2026-02-05” as a browser sends it.

    Raises `DateError` when it is no date, has a year of two digits or names a day that is not there.
    """
    text = _AROUND_SEPARATOR.sub(r"\1", text.strip())
    if iso := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif typed := _DAY_FIRST.fullmatch(text):
        if len(typed[4]) == 2:
            raise DateError(SHORT_YEAR)
        day, month, year = int(typed[1]), int(typed[3]), int(typed[4])
    else:
        raise DateError(NOT_DATE)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DateError(YEAR_OUT_OF_RANGE)
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise DateError(NO_SUCH_DAY.format(day=day, month=month, year=year)) from None
