"""States and days as a person reads them: texts, kinds and icons of badges."""

from datetime import datetime

from django.utils import timezone

from models_dv.vietnamese.dates import format_date
from models_dv.views.badges import URGENT_DAYS, Badge
from reports.domain.notices import due_words as due_words
from reports.domain.reminders import days_left
from reports.enums import PublicationState, State

SOON_DAYS = 7

_STATE_LOOKS = {
    State.NOT_STARTED: ("", ""),
    State.DRAFTING: ("", "pencil"),
    State.IN_REVIEW: ("info", "clock"),
    State.RETURNED: ("warn", "refresh"),
    State.APPROVED: ("info", "check"),
    State.ISSUED: ("info", "send"),
    State.ACCEPTED: ("ok", "check"),
    State.SENT_BACK: ("warn", "refresh"),
    State.RECALLED: ("warn", "undo"),
    State.CORRECTED: ("info", "pencil"),
}
_PUBLICATION_LOOKS = {
    PublicationState.DRAFT: ("", "pencil"),
    PublicationState.IN_REVIEW: ("info", "clock"),
    PublicationState.PUBLISHED: ("ok", "check"),
    PublicationState.SUPERSEDED: ("info", "pencil"),
    PublicationState.WITHDRAWN: ("", "close"),
    PublicationState.DISCARDED: ("", "close"),
}
ISSUED_BY_ROOT = Badge("Đã phát hành", "ok", "check")


def state_badge(state: str, report) -> Badge:
    """A state of an edition of the report; a body with none above it ends at “Đã phát hành”."""
    if state == State.ISSUED and report.parent_id is None:
        return ISSUED_BY_ROOT
    return Badge(State(state).label, *_STATE_LOOKS[state])


def publication_badge(state: str) -> Badge:
    """The state of a version of a publication."""
    return Badge(PublicationState(state).label, *_PUBLICATION_LOOKS[state])


def is_overdue(report, now: datetime) -> bool:
    """Whether the due date has passed and the report is still with the unit."""
    return report.due_at < now and report.is_owed


def due_badge(report, now: datetime) -> Badge | None:
    """“Quá hạn 2 ngày”, “Còn 5 ngày”; None once the report has been handed in, also while it is corrected."""
    if not report.is_owed:
        return None
    days = days_left(report.due_at, now)
    if days < 0:
        return Badge(f"Quá hạn {-days} ngày", "error", "clock")
    if days == 0:
        return Badge("Hôm nay là hạn gửi báo cáo", "warn", "clock")
    return Badge(f"Còn {days} ngày", "warn" if days <= URGENT_DAYS else "", "clock")


def lower_first(words: str) -> str:
    """The words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def clock_words(moment: datetime) -> tuple[str, str]:
    """(“14:32”, “05/07/2026”) in Việt Nam's time."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M}", format_date(local)
