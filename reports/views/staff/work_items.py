"""One row of “Việc của tôi”."""

from dataclasses import dataclass
from datetime import date

from models_dv.views.badges import Badge
from reports.views.staff.parts import Filling


@dataclass(frozen=True)
class WorkItem:
    """One row: what, whose, how urgent, how far, why, and the one button to the exact place."""

    title: str
    unit: str
    badges: tuple[Badge, ...]
    url: str
    button: str
    reason: str = ""
    filling: Filling | None = None
    pk: str = ""
    illustrative: bool = False
    days: int | None = None
    """Days left; below 0: overdue; None: without a due date of his."""

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.days is not None and self.days < 0


def days_until(due_on: date | None, today: date) -> int | None:
    """Days left; None without a due date."""
    return None if due_on is None else (due_on - today).days
