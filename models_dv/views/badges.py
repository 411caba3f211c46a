"""Badges: a state or a day in words with a mark, as ``components/badge.html`` takes them."""

from dataclasses import dataclass
from datetime import date

#: From so many days on a due date is marked.
URGENT_DAYS = 3


@dataclass(frozen=True)
class Badge:
    """What ``components/badge.html`` takes."""

    text: str
    kind: str = ""
    icon: str = ""


def day_badge(due_on: date, today: date, *, on_the_day: str = "Hôm nay là hạn") -> Badge:
    """“Quá hạn 2 ngày”, “Còn 5 ngày”, or ``on_the_day``."""
    days = (due_on - today).days
    if days < 0:
        return Badge(f"Quá hạn {-days} ngày", "error", "clock")
    if days == 0:
        return Badge(on_the_day, "warn", "clock")
    return Badge(f"Còn {days} ngày", "warn" if days <= URGENT_DAYS else "", "clock")
